/** Owns `lofty-cli auth status`: the whole chain, which link is in use, and why the others are not. */
import type { Explanation, Identity, Link, TokenSet } from '@latchkey/auth-kit';
import { symbols } from '@latchkey/auth-kit';
import type { Run } from '../../command.ts';
import type { Context } from '../../context.ts';
import { paragraph } from '../../context.ts';
import type { ExitCode } from '../../exit-code.ts';
import { exitCode } from '../../exit-code.ts';
import { exitCodeOf } from '../../failures.ts';
import type { Host } from '../../host.ts';
import { noteworthySkewMs, skewWords } from '../../clock.ts';
import { nameIdentity, permissionsOf, untilOf, workspaceOf } from '../../identity-words.ts';
import { renderTable } from '../../output/table.ts';
import { wrap } from '../../output/wrap.ts';
import { savedTokens } from '../../saved-tokens.ts';
import { day, span } from '../../words.ts';

type Status = {
  readonly host: Host;
  readonly links: readonly Link[];
  readonly inUse: Link | undefined;
  /** What is saved of the sign-in in use; undefined for one that is kept nowhere. */
  readonly saved: TokenSet | undefined;
  /** Until when the browser sign-in can renew itself. */
  readonly until: number | undefined;
};

export const run: Run = async (context, input) => {
  const session = context.session();
  if (!session.ok) return context.refuse(session.failure);
  const { host, chain } = session.value;
  const found = await chain.explain({ offline: input.switches.has('offline') });
  const path = cacheOf(context, found.inUse?.name);
  const saved = path === undefined ? undefined : await savedTokens(context.io, path);
  const links = found.links.map(sayNotYet);
  const status: Status = {
    host,
    links,
    inUse: links.find((link) => link.name === found.inUse?.name),
    saved,
    until: saved === undefined ? undefined : untilOf(saved),
  };
  await show(context, status);
  warnShadowed(context, status.links);
  warnSkewed(context, saved?.clockSkewMs);
  return finish(context, found);
};

function cacheOf({ files }: Context, method: string | undefined): string | undefined {
  switch (method) {
    case 'token-url':
      return files.sessionCache;
    case 'browser-oauth':
      return files.pkceCache;
    case 'client-credentials':
      return files.oauthCache;
    case undefined:
    default:
      return undefined;
  }
}

async function show(context: Context, status: Status): Promise<void> {
  const { io, global, print } = context;
  switch (global.format) {
    case 'text': {
      const narrow = (io.stdout.columns() ?? 80) < 60;
      const text = narrow ? narrowText(status) : wideText(context, status);
      io.stdout.write(text);
      return;
    }
    case 'csv':
      return await print(JSON.stringify(status.links.map(linkData)));
    case 'json':
    case 'yaml':
      return await print(JSON.stringify(statusData(context, status)));
  }
}

function finish(context: Context, { inUse, failure }: Explanation): ExitCode {
  if (inUse !== undefined || failure === undefined) return exitCode.ok;
  if (failure.kind === 'not-signed-in') {
    context.say('Not signed in. Start with: lofty-cli auth login-browser');
    return exitCode.notSignedIn;
  }
  const next = failure.next === undefined ? [] : [`Fix: ${failure.next}`];
  context.say(
    ...paragraph(context.io, symbols(context.io).failed, [`Not signed in: ${failure.reason}.`, ...next]),
  );
  return exitCodeOf(failure);
}

/** A browser login is not a setting that is missing. */
function sayNotYet(link: Link): Link {
  if (link.name !== 'browser-oauth' || link.state !== 'not set') return link;
  return { ...link, reason: 'lofty-cli auth login-browser not run yet' };
}

function wideText(context: Context, status: Status): string {
  const { host, inUse, links } = status;
  const head =
    inUse === undefined
      ? []
      : [
          signedIn(inUse),
          `Host    ${host.baseUrl}   ${host.from === undefined ? 'the default' : `from ${host.from}`}`,
          `Ends    ${ends(context, status)}`,
          '',
        ];
  const rows = links.flatMap((link, index) => methodRows(context, link, index + 1));
  const table = renderTable(
    { columns: ['', 'Method', 'State', 'Why'], rows },
    { header: context.global.header, width: undefined },
  );
  return [...head, table].join('\n');
}

const columnsBeforeWhy = 35;

/** On a terminal a long reason goes on below itself, not below the number. */
function methodRows({ io }: Context, link: Link, number: number): string[][] {
  const columns = io.stdout.columns();
  const width = columns === undefined ? Infinity : Math.max(20, columns - columnsBeforeWhy);
  const [first = '', ...more] = wrap(link.reason, width);
  return [[`${number}`, link.label, link.state, first], ...more.map((line) => ['', '', '', line])];
}

function narrowText(status: Status): string {
  const { host, inUse, links, until } = status;
  const lines: string[] = [];
  if (inUse !== undefined) {
    const identity = inUse.credential?.identity;
    const end = until === undefined ? undefined : `until ${day(until)}`;
    lines.push(identity === undefined ? `Signed in by ${inUse.label}` : nameIdentity(identity));
    const second = [identity?.workspace, end].filter((part) => part !== undefined).join(', ');
    if (second !== '') lines.push(second);
    lines.push(host.baseUrl, '');
  }
  const winner = links.findIndex((link) => link.name === inUse?.name) + 1;
  for (const [index, link] of links.entries()) {
    const by = link.state === 'shadowed' ? ` by ${winner}` : '';
    lines.push(`${index + 1} ${link.label}: ${link.state}${by}`);
    if (link.state === 'in use' || link.state === 'usable' || link.state === 'failed')
      lines.push(`  ${link.reason}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

function signedIn({ credential, label }: Link): string {
  const identity: Identity | undefined = credential?.identity;
  if (identity === undefined) return `Signed in by ${label}`;
  return `Signed in as ${nameIdentity(identity)}${workspaceOf(identity)}`;
}

function ends({ io }: Context, { inUse, until }: Status): string {
  const { expiresAt, renews } = inUse?.credential ?? {};
  const left = expiresAt === undefined ? undefined : expiresAt - io.now();
  const token = left === undefined || left < 0 ? '' : `, ${span(left, left >= 60_000)} left`;
  const renewing = renews === true ? `access token renews itself${token}` : undefined;
  if (until !== undefined)
    return renewing === undefined ? day(until) : `${day(until).padEnd(20)}    ${renewing}`;
  if (renewing !== undefined) return renewing;
  return left === undefined ? 'not known here' : `in ${span(left, left >= 60_000)}`;
}

const variables: Readonly<Record<string, string>> = { 'direct-token': 'LOFTY_ACCESS_TOKEN' };

function warnShadowed({ sayNote, say }: Context, links: readonly Link[]): void {
  for (const link of links) {
    const variable = variables[link.name];
    if (link.state !== 'shadowed' || variable === undefined) continue;
    sayNote(`${variable} is set but not used. To use it:`);
    say(`  lofty-cli --auth-method ${link.name} …   or   lofty-cli auth logout`);
  }
}

function warnSkewed({ sayNote }: Context, clockSkewMs: number | undefined): void {
  if (clockSkewMs === undefined || Math.abs(clockSkewMs) < noteworthySkewMs) return;
  sayNote(`Clock, when the token came: ${skewWords(clockSkewMs)}.`);
}

const linkData = ({ name, label, state, reason }: Link): Record<string, string> => ({
  method: name,
  label,
  state,
  reason,
});

/** A documented shape (docs/cli.md): members are added, never changed. */
function statusData({ profile }: Context, status: Status): Record<string, unknown> {
  const { host, links, inUse, saved, until } = status;
  const credential = inUse?.credential;
  const iso = (ms: number | undefined): string | null =>
    ms === undefined ? null : new Date(ms).toISOString();
  return {
    profile: profile.name,
    signedIn: inUse !== undefined,
    method: inUse?.name ?? null,
    identity: credential?.identity ?? inUse?.identity ?? null,
    permissions: permissionsOf(saved?.scope) ?? null,
    storage: credential?.storage ?? null,
    host: host.baseUrl,
    hostFrom: host.from ?? 'default',
    accessTokenEnds: iso(credential?.expiresAt),
    renewsItself: credential?.renews ?? null,
    signInEnds: iso(until),
    clockSkewSeconds: saved?.clockSkewMs === undefined ? null : Math.round(saved.clockSkewMs / 1000),
    links: links.map(linkData),
  };
}
