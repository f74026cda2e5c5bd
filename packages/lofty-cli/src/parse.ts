/** Owns reading the command line: words and flags become one request, or a sentence on what is wrong and how to fix it. */
import { parseArgs } from 'node:util';
import type { CommandInput, CommandSpec } from './command.ts';
import type { OptionSpec, PositionalSpec } from './option.ts';
import type { Format, GlobalOptions, MethodId } from './global-options.ts';
import { globalOptions } from './global-options.ts';
import { nearest } from './nearest.ts';

export type Parsed =
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly path: readonly string[] }
  | {
      readonly kind: 'run';
      readonly command: CommandSpec;
      readonly input: CommandInput;
      readonly global: GlobalOptions;
    }
  | {
      readonly kind: 'usage-error';
      readonly problem: string;
      readonly fix: string;
    };

type UsageError = Extract<Parsed, { readonly kind: 'usage-error' }>;
type HelpRequest = Extract<Parsed, { readonly kind: 'help' }>;
type Found = { readonly command: CommandSpec; readonly rest: readonly string[] };
type Environment = Readonly<Record<string, string | undefined>>;
type Flag = { readonly name: string; readonly raw: string; readonly value: string | undefined };

const usageError = (problem: string, fix: string): UsageError => ({ kind: 'usage-error', problem, fix });

export function parse(argv: readonly string[], commands: readonly CommandSpec[], env: Environment): Parsed {
  if (argv.some((word) => word.includes('\uFFFD'))) {
    return usageError(
      'An argument is not valid UTF-8.',
      'Set a UTF-8 locale, or give the value by file or stdin.',
    );
  }
  const { words, flags } = split(argv, commands);
  const asked = (name: string): boolean => flags.some((flag) => flag.name === name);

  const helpPath = pathOfHelpWord(words);
  if (asked('help') || helpPath !== undefined || (words.length === 0 && flags.length === 0)) {
    return checkHelpPath(helpPath ?? words, commands, asked('help'));
  }
  if (asked('version')) return { kind: 'version' };

  const found = findCommand(words, commands);
  if ('kind' in found) return found;
  const { command, rest } = found;
  const options = readFlags(flags, [...globalOptions, ...(command.options ?? [])], command, commands);
  if ('problem' in options) return options;
  const [one, other] = command.exclusive ?? [];
  if (one !== undefined && other !== undefined && options.switches.has(one) && options.switches.has(other)) {
    return usageError(`--${one} and --${other} contradict each other.`, 'Give one of them.');
  }
  const wrong = checkPositionals(rest, command);
  if (wrong !== undefined) return wrong;
  const global = readGlobal(options, env);
  if ('problem' in global) return global;
  return { kind: 'run', command, input: { positionals: rest, ...options }, global };
}

/** Which options take a value is known for all commands at once, so flags may stand anywhere. */
function split(
  argv: readonly string[],
  commands: readonly CommandSpec[],
): { words: string[]; flags: Flag[] } {
  const all = [...globalOptions, ...commands.flatMap((command) => command.options ?? [])];
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      all.map(({ name, short, value }) => [
        name,
        { type: value === undefined ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) },
      ]),
    ),
  });
  const words: string[] = [];
  const flags: Flag[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind === 'option') {
      // "--limit --json" forgot the number; parseArgs would take "--json" for it.
      const swallowed = token.inlineValue === false && token.value.startsWith('--');
      flags.push({ name: token.name, raw: token.rawName, value: swallowed ? undefined : token.value });
      if (swallowed) flags.push({ name: token.value.slice(2), raw: token.value, value: undefined });
    }
  }
  return { words, flags };
}

/** `help auth login` and `auth help login` both mean the help of `auth login`. */
function pathOfHelpWord(words: readonly string[]): readonly string[] | undefined {
  if (words[0] === 'help') return words.slice(1);
  if (words[0] === 'auth' && words[1] === 'help') return ['auth', ...words.slice(2)];
  return undefined;
}

function checkHelpPath(words: readonly string[], commands: readonly CommandSpec[], byFlag: boolean): Parsed {
  const path = knownWords(words, commands);
  const isCommand = commands.some((command) => samePath(command.path, path));
  // With -h a command's own arguments may already be there: `api GET /v1.0/me -h`.
  if (path.length === words.length || (byFlag && isCommand)) return { kind: 'help', path };
  return unknownCommand(words, path, commands);
}

/** As many words as lead to a command or a group of commands. */
function knownWords(words: readonly string[], commands: readonly CommandSpec[]): readonly string[] {
  const last = words.findLastIndex((_, index) =>
    commands.some((command) => startsWith(command.path, words.slice(0, index + 1))),
  );
  return words.slice(0, last + 1);
}

function findCommand(
  words: readonly string[],
  commands: readonly CommandSpec[],
): Found | HelpRequest | UsageError {
  if (words.length === 0) {
    return usageError('No command was given.', 'See lofty-cli --help for the commands.');
  }
  // `me` is a command, and so is `me get`: the longer one is meant.
  const command = commands
    .filter((candidate) => startsWith(words, candidate.path))
    .toSorted((left, right) => right.path.length - left.path.length)[0];
  if (command !== undefined) return { command, rest: words.slice(command.path.length) };
  const known = knownWords(words, commands);
  return known.length === words.length
    ? { kind: 'help', path: words }
    : unknownCommand(words, known, commands);
}

function unknownCommand(
  words: readonly string[],
  known: readonly string[],
  commands: readonly CommandSpec[],
): UsageError {
  const typed = words[known.length] ?? '';
  const candidates = commands
    .filter((command) => startsWith(command.path, known) && command.path.length > known.length)
    .map((command) => command.path[known.length] ?? '');
  const near = nearest(typed, [...new Set(candidates)]) ?? elsewhere(typed, commands);
  const prefix = ['lofty-cli', ...known].join(' ');
  return usageError(
    `${JSON.stringify(clip(typed))} is not a command${known.length > 0 ? ` of ${prefix}` : ''}.`,
    near === undefined
      ? `See ${prefix} --help for the commands.`
      : `Did you mean: ${near.includes(' ') ? near : `${prefix} ${near}`}`,
  );
}

/** `lofty-cli login-browser` forgot `auth`. */
function elsewhere(typed: string, commands: readonly CommandSpec[]): string | undefined {
  const last = nearest(
    typed,
    commands.map((command) => command.path.at(-1) ?? ''),
  );
  const command = commands.find((candidate) => candidate.path.at(-1) === last);
  return command === undefined ? undefined : `lofty-cli ${command.path.join(' ')}`;
}

function readFlags(
  flags: readonly Flag[],
  known: readonly OptionSpec[],
  command: CommandSpec,
  commands: readonly CommandSpec[],
): Pick<CommandInput, 'values' | 'switches'> | UsageError {
  const name = `lofty-cli ${command.path.join(' ')}`;
  const values: Record<string, string[]> = {};
  const switches = new Set<string>();
  for (const flag of flags) {
    const spec = known.find((option) => option.name === flag.name);
    if (spec === undefined) return unknownFlag(flag, known, name, commands);
    if (spec.value === undefined) {
      if (flag.value !== undefined)
        return usageError(`--${spec.name} takes no value.`, `Write only --${spec.name}.`);
      switches.add(spec.name);
      continue;
    }
    const problem = checkValue(spec, flag.value, values[spec.name]);
    if (problem !== undefined) return usageError(problem, `See ${name} --help.`);
    (values[spec.name] ??= []).push(flag.value ?? '');
  }
  return { values, switches };
}

function checkValue(
  spec: OptionSpec,
  value: string | undefined,
  earlier: readonly string[] | undefined,
): string | undefined {
  if (value === undefined || value === '') {
    return `--${spec.name} needs a value: --${spec.name} ${spec.value ?? ''}.`;
  }
  if (earlier !== undefined && spec.repeatable !== true) return `--${spec.name} was given more than once.`;
  const wrong = spec.check?.(value);
  return wrong === undefined ? undefined : `--${spec.name} ${wrong}.`;
}

function unknownFlag(
  flag: Flag,
  known: readonly OptionSpec[],
  name: string,
  commands: readonly CommandSpec[],
): UsageError {
  const owner = commands.find((command) => command.options?.some((option) => option.name === flag.name));
  if (owner !== undefined) {
    return usageError(
      `${name} has no option --${flag.name}; it belongs to lofty-cli ${owner.path.join(' ')}.`,
      `See ${name} --help.`,
    );
  }
  const near = nearest(
    flag.name,
    known.map((option) => option.name),
  );
  return usageError(
    `${name} has no option ${clip(flag.raw)}.`,
    near === undefined ? `See ${name} --help.` : `Did you mean: --${near}`,
  );
}

function checkPositionals(rest: readonly string[], command: CommandSpec): UsageError | undefined {
  const specs = command.positionals ?? [];
  const name = `lofty-cli ${command.path.join(' ')}`;
  const usage = [name, ...specs.map(positionalUsage)].join(' ');
  for (const [index, spec] of specs.entries()) {
    const value = rest[index];
    if (value === undefined) return usageError(`${name} needs <${spec.name}>.`, `Write: ${usage}`);
    const wrong = value === '' ? 'must not be empty' : spec.check?.(value);
    if (wrong !== undefined) return usageError(`<${spec.name}> ${wrong}.`, `Write: ${usage}`);
  }
  if (rest.length > specs.length) {
    const extra = rest.length - specs.length;
    return usageError(
      `${name} was given ${extra} argument${extra === 1 ? '' : 's'} too many.`,
      `Write: ${usage}${extra > 0 && specs.length > 0 ? ' (quote a value that holds spaces)' : ''}`,
    );
  }
  return undefined;
}

export function positionalUsage(spec: PositionalSpec): string {
  return `<${spec.name}>`;
}

function readGlobal(
  { values, switches }: Pick<CommandInput, 'values' | 'switches'>,
  env: Environment,
): GlobalOptions | UsageError {
  const chosen = values['format']?.[0] as Format | undefined;
  if (switches.has('json') && chosen !== undefined && chosen !== 'json') {
    return usageError(`--json and --format ${chosen} contradict each other.`, 'Give one of them.');
  }
  const method = values['auth-method']?.[0] ?? presence(env['LOFTY_AUTH_METHOD']);
  const wrong = method === undefined ? undefined : authMethod?.check?.(method);
  if (wrong !== undefined) return usageError(`LOFTY_AUTH_METHOD ${wrong}.`, 'Correct it, or unset it.');
  return {
    format: switches.has('json') ? 'json' : (chosen ?? 'text'),
    header: !switches.has('no-header'),
    color: !switches.has('no-color') && presence(env['NO_COLOR']) === undefined,
    verbose: switches.has('verbose') || presence(env['DEBUG']) !== undefined,
    authMethod: method as MethodId | undefined,
    profile: profileOf(values['profile']?.[0], presence(env['LOFTY_PROFILE'])),
  };
}

function profileOf(option: string | undefined, variable: string | undefined): GlobalOptions['profile'] {
  if (option !== undefined) return { name: option, by: 'option' };
  return variable === undefined ? undefined : { name: variable, by: 'variable' };
}

const authMethod = globalOptions.find((option) => option.name === 'auth-method');

const presence = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

const startsWith = (long: readonly string[], short: readonly string[]): boolean =>
  short.every((word, index) => long[index] === word);

const samePath = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && startsWith(left, right);

/** A mistyped word may be a pasted secret or a screenful: only its beginning is repeated. */
const clip = (word: string): string => (word.length > 16 ? `${word.slice(0, 16)}…` : word);
