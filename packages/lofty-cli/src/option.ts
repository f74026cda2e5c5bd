/** Owns what an option and an argument are: names, help, checks, and what completion offers for them. */

export type OptionSpec = {
  /** Without the dashes. */
  readonly name: string;
  readonly short?: string;
  /** Shown in help; an option without one is a switch. */
  readonly value?: string;
  readonly summary: string;
  readonly repeatable?: boolean;
  /** What is wrong with a value, as the end of a sentence that begins with the option's name. */
  readonly check?: (value: string) => string | undefined;
  /** What it can be, where that is a short list; for completion. */
  readonly values?: readonly string[];
};

export type PositionalSpec = {
  readonly name: string;
  readonly summary: string;
  /** What it can be, where that is a short list; for completion. */
  readonly values?: readonly string[];
  readonly check?: (value: string) => string | undefined;
};
