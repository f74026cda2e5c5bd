/** Owns help texts, all generated from the command table. */
import type { CommandSpec } from './command.ts';
import type { OptionSpec } from './option.ts';
import { globalOptions } from './global-options.ts';
import { wrap } from './output/wrap.ts';
import { positionalUsage } from './parse.ts';

type Row = readonly [left: string, right: string];

export function helpText(
  path: readonly string[],
  commands: readonly CommandSpec[],
  groups: Readonly<Record<string, string>>,
  columns: number,
): string {
  const command = commands.find((candidate) => candidate.path.join(' ') === path.join(' '));
  const blocks = command === undefined ? overview(path, commands, groups) : commandHelp(command);
  return `${blocks.map((block) => layOut(block, columns)).join('\n\n')}\n`;
}

type Block = { readonly title?: string; readonly lines?: readonly string[]; readonly rows?: readonly Row[] };

function overview(
  path: readonly string[],
  commands: readonly CommandSpec[],
  groups: Readonly<Record<string, string>>,
): readonly Block[] {
  const name = ['lofty-cli', ...path].join(' ');
  const inside = commands.filter((command) => path.every((word, index) => command.path[index] === word));
  const group = groups[path.join(' ')];
  return [
    { lines: [group ?? 'Work with the Lofty API from a terminal.'] },
    { title: 'Usage', lines: [`${name} <command> [options]`] },
    { title: 'Commands', rows: inside.map((command): Row => [usage(command, path.length), command.summary]) },
    { title: 'Options', rows: globalOptions.map(optionRow) },
    ...(path.length === 0
      ? [
          { title: 'Environment', rows: environment },
          { title: 'Exit codes', rows: exitCodes },
        ]
      : []),
    { lines: [`${name} <command> --help tells more about a command.`] },
  ];
}

function commandHelp(command: CommandSpec): readonly Block[] {
  const { options = [], positionals = [], details = [], examples = [] } = command;
  const blocks: Block[] = [
    { lines: [command.summary] },
    { title: 'Usage', lines: [`lofty-cli ${usage(command, 0)}${options.length > 0 ? ' [options]' : ''}`] },
  ];
  if (details.length > 0) blocks.push({ lines: details });
  if (positionals.length > 0) {
    blocks.push({
      title: 'Arguments',
      rows: positionals.map((spec): Row => [positionalUsage(spec), spec.summary]),
    });
  }
  if (options.length > 0) blocks.push({ title: 'Options', rows: options.map(optionRow) });
  if (examples.length > 0) blocks.push({ title: 'Examples', lines: examples });
  blocks.push({ title: 'Global options', rows: globalOptions.map(optionRow) });
  return blocks;
}

function usage(command: CommandSpec, skip: number): string {
  return [...command.path.slice(skip), ...(command.positionals ?? []).map(positionalUsage)].join(' ');
}

function optionRow(option: OptionSpec): Row {
  const short = option.short === undefined ? '' : `-${option.short}, `;
  return [`${short}--${option.name}${option.value === undefined ? '' : ` ${option.value}`}`, option.summary];
}

const environment: readonly Row[] = [
  ['LOFTY_BASE_URL', 'API host (default: https://api.lofty.com)'],
  ['LOFTY_TOKEN_URL, LOFTY_SESSION_ID', '1 Token URL'],
  ['LOFTY_CLIENT_ID, LOFTY_CLIENT_SECRET, LOFTY_CUSTOMER_KEY', '3 Client Credentials'],
  ['LOFTY_ACCESS_TOKEN, LOFTY_REFRESH_TOKEN', '4 Direct Token'],
  ['LOFTY_AUTH_METHOD, LOFTY_PROFILE', 'Same as --auth-method, --profile'],
  ['LOFTY_..._FILE', 'The file that holds a secret, in the place of its variable'],
  ['NO_COLOR, DEBUG', 'Same as --no-color, --verbose'],
];

const exitCodes: readonly Row[] = [
  ['0', 'done'],
  ['1', 'failed'],
  ['2', 'the command line is wrong'],
  ['3', 'not signed in'],
  ['4', 'the sign-in has ended'],
  ['5', 'not allowed'],
  ['6', 'the server cannot be reached'],
  ['130', 'cancelled'],
];

const indent = '  ';
const widestLeft = 26;

function layOut(block: Block, columns: number): string {
  const width = Math.max(30, Math.min(columns, 100));
  const pad = block.title === undefined ? '' : indent;
  const lines = (block.lines ?? []).flatMap((line) =>
    // Examples are copied from the screen: they are never broken by us.
    block.title === 'Examples' ? [pad + line] : wrap(line, width - pad.length).map((part) => pad + part),
  );
  const rows = layOutRows(block.rows ?? [], width);
  return [...(block.title === undefined ? [] : [block.title]), ...lines, ...rows].join('\n');
}

/** Two columns where they fit; else each right side stands under its left side. */
function layOutRows(rows: readonly Row[], width: number): readonly string[] {
  const left = Math.min(widestLeft, Math.max(0, ...rows.map(([text]) => text.length)));
  const stacked = width < 60;
  return rows.flatMap(([text, summary]) => {
    const under = stacked ? 4 : left + 4;
    const parts = wrap(summary, width - under);
    const beside = !stacked && text.length <= left;
    const first = beside ? [indent + text.padEnd(left + 2) + (parts[0] ?? '')] : [indent + text];
    return [...first, ...parts.slice(beside ? 1 : 0).map((part) => ' '.repeat(under) + part)];
  });
}
