/** Owns what a completion script knows: words that can follow words, options of each command, and values of options. */
import type { CommandSpec } from '../command.ts';
import type { OptionSpec } from '../option.ts';
import { globalOptions } from '../global-options.ts';

export type Offer = { readonly text: string; readonly summary: string };

export type Place = {
  /** The words before, joined by spaces; empty at the start. */
  readonly path: string;
  readonly words: readonly Offer[];
  readonly options: readonly OptionSpec[];
};

export type Model = {
  /** Every place that words lead to, the start first. */
  readonly places: readonly Place[];
  readonly global: readonly OptionSpec[];
  /** Options that swallow the next word, with their dashes. */
  readonly withValue: readonly string[];
};

export function modelOf(commands: readonly CommandSpec[], groups: Readonly<Record<string, string>>): Model {
  const paths = new Set<string>(['']);
  for (const { path } of commands) {
    for (let length = 1; length <= path.length; length += 1) paths.add(path.slice(0, length).join(' '));
  }
  const all = [...globalOptions, ...commands.flatMap((command) => command.options ?? [])];
  return {
    places: [...paths].map((path) => placeOf(path, commands, groups)),
    global: globalOptions,
    withValue: [...new Set(all.filter(({ value }) => value !== undefined).map(({ name }) => `--${name}`))],
  };
}

function placeOf(
  path: string,
  commands: readonly CommandSpec[],
  groups: Readonly<Record<string, string>>,
): Place {
  const before = path === '' ? [] : path.split(' ');
  const own = commands.find((command) => command.path.join(' ') === path);
  const words = new Map<string, string>();
  for (const command of commands) {
    const word = command.path[before.length];
    if (word === undefined || !before.every((each, index) => command.path[index] === each)) continue;
    const isWhole = command.path.length === before.length + 1;
    words.set(
      word,
      isWhole ? command.summary : (words.get(word) ?? groups[[...before, word].join(' ')] ?? command.summary),
    );
  }
  const [argument] = own?.positionals ?? [];
  for (const value of argument?.values ?? []) words.set(value, argument?.summary ?? '');
  return {
    path,
    words: [...words].map(([text, summary]) => ({ text, summary })),
    options: own?.options ?? [],
  };
}

/** Where a person is, in one word of a script: `top/auth/login`. */
export function label(path: string): string {
  return ['top', ...path.split(' ').filter((word) => word !== '')].join('/');
}
