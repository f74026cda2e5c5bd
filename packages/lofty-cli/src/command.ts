/** Owns what a command is: its words, help text, and how its code is loaded when it runs. */
import type { Context } from './context.ts';
import type { ExitCode } from './exit-code.ts';
import type { OptionSpec, PositionalSpec } from './option.ts';

export type CommandInput = {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly switches: ReadonlySet<string>;
};

export type Run = (context: Context, input: CommandInput) => Promise<ExitCode>;

export type CommandSpec = {
  readonly path: readonly string[];
  readonly summary: string;
  readonly details?: readonly string[];
  readonly positionals?: readonly PositionalSpec[];
  readonly options?: readonly OptionSpec[];
  /** Two switches that contradict each other. */
  readonly exclusive?: readonly [string, string];
  readonly examples?: readonly string[];
  /** A profile that is named for the first time begins here; everywhere else it is a slip. */
  readonly beginsProfile?: true;
  /** Imports the command's code only when it runs, so that `--help` and `auth status` load little. */
  readonly load: () => Promise<{ readonly run: Run }>;
};

/** The only value of an option that may be given once. */
export function single(input: CommandInput, name: string): string | undefined {
  return input.values[name]?.[0];
}
