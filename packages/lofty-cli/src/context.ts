/** Owns what a running command is given: the outside world, its options, and its two outputs. */
import type { AuthorizedFetch, Chain, Failure, Io, Result } from '@latchkey/auth-kit';
import { authorizedFetch, chain, exchangeLines, ok, symbols, traceExchanges } from '@latchkey/auth-kit';
import type { ExitCode } from './exit-code.ts';
import { exitCodeOf } from './failures.ts';
import type { Files } from './files.ts';
import { credentialFiles } from './files.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Host } from './host.ts';
import { readHost } from './host.ts';
import type { ActiveProfile } from './profile.ts';
import { environmentFor } from './profile.ts';
import type { SessionFlags } from './methods.ts';
import { loftyMethods } from './methods.ts';
import type { Columns } from './output/text.ts';
import { wrap } from './output/wrap.ts';

export type Session = { readonly host: Host; readonly chain: Chain; readonly call: AuthorizedFetch };

export type Context = {
  readonly io: Io;
  readonly global: GlobalOptions;
  readonly profile: ActiveProfile;
  readonly files: Files;
  /** Data, to stdout, in the chosen format. The body is JSON text, so that digits stay as they came. */
  readonly print: (body: string, columns?: Columns) => Promise<void>;
  /** Lines for people, to stderr. */
  readonly say: (...lines: readonly string[]) => void;
  readonly sayDone: (line: string) => void;
  readonly sayNote: (line: string) => void;
  /** Says why and what to do, and answers the exit code to end with. */
  readonly refuse: (failure: Failure, exit?: ExitCode) => ExitCode;
  readonly session: (pin?: Pin) => Result<Session>;
};

/** A login works on its own method only, whatever `--auth-method` says. */
type Pin = { readonly method: string; readonly flags?: SessionFlags };

export function createContext(outside: Io, global: GlobalOptions, profile: ActiveProfile): Context {
  const files = credentialFiles(outside.homedir(), profile.name);
  const sign = symbols(outside);
  const say = (...lines: readonly string[]): void => {
    for (const line of lines) outside.stderr.write(`${line}\n`);
  };
  const io = global.verbose
    ? traceExchanges(outside, (exchange) => say(...exchangeLines(exchange)))
    : outside;
  const sayNote = (line: string): void => say(`${sign.note} ${line}`);
  return {
    io,
    global,
    profile,
    files,
    say,
    sayNote,
    sayDone: (line) => say(`${sign.done} ${line}`),
    print: async (body, columns) => {
      const { renderBody } = await import('./output/render.ts');
      const width = io.stdout.isTTY ? io.stdout.columns() : undefined;
      const { format, header } = global;
      io.stdout.write(
        await renderBody(body, { format, header, width, ...(columns === undefined ? {} : { columns }) }),
      );
    },
    refuse: (failure, exit) => refuse(io, { ...failure, next: nextFor(profile, failure.next) }, exit),
    session: (pin) => openSession({ io, global, profile, files, sayNote }, pin),
  };
}

/** Says why and what to do, and answers the exit code to end with. */
export function refuse(io: Io, failure: Failure, exit: ExitCode = exitCodeOf(failure)): ExitCode {
  const next = failure.next === undefined ? [] : [sentence(`Fix: ${failure.next}`)];
  for (const line of paragraph(io, symbols(io).failed, [sentence(failure.reason), ...next])) {
    io.stderr.write(`${line}\n`);
  }
  return exit;
}

/** A login that is told to be run must be the login of this profile. */
function nextFor(profile: ActiveProfile, next: string | undefined): string | undefined {
  if (profile.by !== 'option' || next === undefined) return next;
  return /^lofty-cli auth login[a-z-]*$/.test(next) ? `${next} --profile ${profile.name}` : next;
}

function openSession(
  { io, global, profile, files, sayNote }: Pick<Context, 'io' | 'global' | 'profile' | 'files' | 'sayNote'>,
  pin: Pin | undefined,
): Result<Session> {
  const host = readHost(io, profile);
  if (!host.ok) return host;
  // A login and a pinned method say by themselves what they use.
  const isFree = pin === undefined && global.authMethod === undefined;
  const { env, hidden } = isFree ? environmentFor(io.env, profile) : { env: io.env, hidden: [] };
  for (const name of hidden) sayNote(`${name} is set but not used: --profile ${profile.name} comes first.`);
  const credentials = chain(loftyMethods(host.value, files, pin?.flags), {
    io: { ...io, env },
    notice: sayNote,
    pin: pin?.method ?? global.authMethod,
    startWith: 'lofty-cli auth login-browser',
  });
  const call = authorizedFetch({
    io,
    chain: credentials,
    baseUrl: host.value.baseUrl,
    onWait: (waitMs, status) =>
      sayNote(`The server asks to wait ${Math.ceil(waitMs / 1000)} s (HTTP ${status})`),
  });
  return ok({ host: host.value, chain: credentials, call });
}

/** A sign, then sentences each on its own line, broken to the terminal (80 columns where it is none). */
export function paragraph(io: Io, sign: string, sentences: readonly string[]): readonly string[] {
  const width = Math.max(20, Math.min(io.stderr.columns() ?? 80, 100) - 2);
  return sentences
    .flatMap((text) => wrap(text, width))
    .map((line, index) => (index === 0 ? `${sign} ${line}` : `  ${line}`));
}

/** A failure's reason has no full stop; a command at its end must not get one that would be copied. */
function sentence(text: string): string {
  const capital = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(capital) || /lofty-cli [a-z -]+$/.test(capital) ? capital : `${capital}.`;
}
