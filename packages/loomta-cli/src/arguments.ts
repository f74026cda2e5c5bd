// The command line of loomta: which command, with what; or why not.
import { parseArgs } from 'node:util';
import { redactText } from '@latchkey/auth-kit';

export type Arguments =
  | { readonly kind: 'help' | 'version' }
  | {
      readonly kind: 'command';
      readonly name: CommandName;
      readonly login: LoginInput;
      readonly profile: string | undefined;
    }
  | { readonly kind: 'completion'; readonly shell: Shell }
  | { readonly kind: 'wrong'; readonly message: string };

export type LoginInput = {
  readonly noBrowser: boolean;
  readonly wait: boolean;
  readonly noWait: boolean;
  /** Finish what an earlier login began. */
  readonly resume: boolean;
  readonly apiKey: string | undefined;
};

export const commandNames = [
  'auth:login',
  'auth:status',
  'auth:logout',
  'platforms:list',
  'completion',
] as const;
type CommandName = Exclude<(typeof commandNames)[number], 'completion'>;

const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

const options = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
  'no-browser': { type: 'boolean' },
  wait: { type: 'boolean' },
  'no-wait': { type: 'boolean' },
  resume: { type: 'boolean' },
  'api-key': { type: 'string' },
  profile: { type: 'string' },
} as const;

export function readArguments(argv: readonly string[]): Arguments {
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    return wrong(error instanceof Error ? firstSentence(error.message) : 'The command line cannot be read.');
  }
  const { values, positionals } = parsed;
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  const [name, ...rest] = positionals;
  if (name === undefined) return wrong('No command given.');
  const known = commandNames.find((each) => each === name);
  if (known === undefined) return wrong(`There is no command ${quoted(name)}.`);
  if (known === 'completion') {
    const shell = shells.find((each) => each === rest[0]);
    if (shell === undefined || rest.length > 1) return wrong(`completion takes one of ${shells.join(', ')}.`);
    return { kind: 'completion', shell };
  }
  // Quoting would print a key that was typed in the wrong place.
  if (rest.length > 0) return wrong(`${known} takes no further words.`);
  const given = loginOptions.filter((option) => values[option] !== undefined);
  const [first, second] = given;
  if (known !== 'auth:login' && first !== undefined) return wrong(`--${first} belongs to auth:login.`);
  const contradicts = first === 'api-key' || (given.includes('wait') && given.includes('no-wait'));
  if (contradicts && second !== undefined)
    return wrong(`--${first} and --${second} cannot be used together.`);
  const login: LoginInput = {
    noBrowser: values['no-browser'] === true,
    wait: values.wait === true,
    noWait: values['no-wait'] === true,
    resume: values.resume === true,
    apiKey: values['api-key'],
  };
  return { kind: 'command', name: known, login, profile: values.profile };
}

export const loginOptions = ['api-key', 'wait', 'no-wait', 'no-browser', 'resume'] as const;

function wrong(message: string): Arguments {
  return { kind: 'wrong', message };
}

/** Node's message goes on about a double dash, and quotes what was typed. */
function firstSentence(message: string): string {
  return `${message.split(/\.(?:\s|$)/)[0] ?? message}.`.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 200);
}

function quoted(text: string): string {
  return JSON.stringify(redactText(text.length > 40 ? `${text.slice(0, 40)}…` : text));
}
