// The screen of a running demo: where to go, who to be, and five commands to copy. Pure.
import { isAbsolute, relative } from 'node:path';
import type { DemoFile } from './demo-file.ts';

export type ScreenFacts = {
  readonly file: DemoFile;
  readonly dataFolder: string;
  /** The data folder is the one that `npm run shell` finds by itself. */
  readonly isDefaultFolder: boolean;
  /** Where the person stands. */
  readonly cwd: string;
  readonly found: boolean;
  readonly own?: {
    readonly openapi: string;
    /** An endpoint that can be called as it stands. */
    readonly path?: string;
  };
};

type Row = readonly string[];

/** Columns at the same place in every row, at least `widths` wide; what ends its row may be longer than its column. */
const columns = (rows: readonly Row[], widths: readonly number[]): readonly string[] => {
  const wide = widths.map((width, at) =>
    Math.max(width, ...rows.map((row) => (at < row.length - 1 ? (row[at] ?? '').length + 2 : 0))),
  );
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(wide[at] ?? 0))
      .join('')
      .trimEnd(),
  );
};

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const count = (amount: number, noun: string): string =>
  `${numbers[amount] ?? amount} ${noun}${amount === 1 ? '' : 's'}`;

const whoIs = ({ role, workspaces }: DemoFile['people'][number], file: DemoFile): string => {
  if (role === 'agent') return `agent, ${count(workspaces.length, 'workspace')}`;
  if (role === 'vendor') return `vendor, owns ${count(file.apps.length, 'app')}`;
  if (role === 'stranger') return "stranger: in no app's test list";
  return role;
};

const shownFolder = (folder: string, cwd: string): string => {
  const below = relative(cwd, folder);
  const inside = below !== '' && !below.startsWith('..') && !isAbsolute(below);
  return inside ? below : folder;
};

const quoted = (word: string): string =>
  /^[\w./:@=,+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

const day = (iso: string): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(iso));

const addresses = ({ file, own, cwd }: ScreenFacts): readonly Row[] => [
  ['Start here', file.issuer],
  own === undefined
    ? ['Sample app', file.sampleAppUrl, "a vendor's web app to connect"]
    : ['Your API', file.upstreamUrl, `as ${shownFolder(own.openapi, cwd)} says`],
  ['Mail', `${file.issuer}/demo/mail`],
];

const commands = (facts: ScreenFacts): readonly Row[] => {
  const { file, own, dataFolder, isDefaultFolder, cwd } = facts;
  const folder = isDefaultFolder ? '' : ` -- --data ${quoted(shownFolder(dataFolder, cwd))}`;
  const agent = file.people.find(({ role }) => role === 'agent')?.email.split('@')[0] ?? 'ari';
  const call: readonly Row[] =
    own === undefined
      ? [['lofty-cli leads list --limit 3']]
      : own.path === undefined
        ? []
        : [[`lofty-cli api GET ${quoted(own.path)}`, 'a call to your API, as an app with all permissions']];
  const rows: readonly Row[] = [
    [`npm run shell${folder}`, 'lofty-cli and loomta, pointed here'],
    ['lofty-cli auth login-browser', `sign in as ${agent}, press Authorize`],
    ...call,
    ['loomta auth:login', 'compare the code, choose a workspace'],
    ...(own === undefined ? [['loomta platforms:list']] : []),
  ];
  return rows.map((row, at) => [String(at + 1), ...row]);
};

const indent = (line: string): string => (line === '' ? '' : `  ${line}`);

export const demoScreen = (facts: ScreenFacts): string => {
  const { file, found, dataFolder, cwd } = facts;
  const people = file.people.map((person): Row => [person.email, person.password, whoIs(person, file)]);
  const body = [
    ...columns(addresses(facts), [14, 28, 0]),
    '',
    ...columns([['People', 'password', 'who'], ...people], [17, 23, 0]),
    '',
    'In a second terminal, same folder:',
    ...columns(commands(facts), [3, 33, 0]),
    '',
    `Data, and demo.json for scripts: ${shownFolder(dataFolder, cwd)}/   (delete it to start over)`,
    'Loopback only, invented people, not for production. Docs: /docs',
  ];
  return [
    'Latchkey demo is running                                    Ctrl-C stops it',
    ...(found ? [`Found your demo data from ${day(file.madeAt)}.`] : []),
    '',
    ...body.map(indent),
    '',
  ].join('\n');
};
