/** Owns the flags that every command understands. */
import { oneOf, shortText } from './checks.ts';
import type { OptionSpec } from './option.ts';

const formats = ['text', 'json', 'csv', 'yaml'] as const;
export type Format = (typeof formats)[number];

const methodIds = ['token-url', 'browser-oauth', 'client-credentials', 'direct-token'] as const;
export type MethodId = (typeof methodIds)[number];

export const globalOptions: readonly OptionSpec[] = [
  { name: 'json', summary: 'Same as --format json' },
  {
    name: 'format',
    value: 'FORMAT',
    summary: 'text, json, csv or yaml (default: text)',
    values: formats,
    check: oneOf(...formats),
  },
  { name: 'no-header', summary: 'Leave out the header of tables and CSV' },
  { name: 'no-color', summary: 'No colour, also by NO_COLOR' },
  { name: 'verbose', summary: 'Say on stderr what happens, without secrets; also by DEBUG' },
  {
    name: 'auth-method',
    value: 'METHOD',
    summary: `Use only this method, also by LOFTY_AUTH_METHOD: ${methodIds.join(', ')}`,
    values: methodIds,
    check: oneOf(...methodIds),
  },
  {
    name: 'profile',
    value: 'NAME',
    summary: 'Another account or host, also by LOFTY_PROFILE; see auth profiles',
    check: shortText(32),
  },
  { name: 'version', short: 'V', summary: 'Print the version' },
  { name: 'help', short: 'h', summary: 'Print help' },
];

export type GlobalOptions = {
  readonly format: Format;
  readonly header: boolean;
  readonly color: boolean;
  readonly verbose: boolean;
  readonly authMethod: MethodId | undefined;
  /** Undefined: the one that `auth switch` chose. */
  readonly profile: { readonly name: string; readonly by: 'option' | 'variable' } | undefined;
};
