/** Owns what a command knows about an endpoint of the API; the rows are generated from its OpenAPI document. */

export type ApiOperation = {
  /** Its operation id; the words of the command are the same, without the dots. */
  readonly id: string;
  readonly method: string;
  /** With `{names}` where path values go. */
  readonly path: string;
  readonly summary: string;
  readonly details?: string;
  readonly values: readonly ApiValue[];
  /** Absent where the endpoint takes no JSON body. */
  readonly body?: 'required' | 'optional';
  /** As flags, from the document's own example. */
  readonly example?: string;
};

export type ApiValue = {
  /** As the API spells it. The option is the same in kebab-case. */
  readonly wire: string;
  readonly in: 'path' | 'query' | 'body';
  /** A `switch` is an option without a value, sent as true. `json` is anything else than a plain value. */
  readonly type: 'text' | 'integer' | 'number' | 'boolean' | 'switch' | 'json';
  readonly summary: string;
  readonly required?: true;
  /** A list: its option may be repeated. */
  readonly many?: true;
  readonly values?: readonly string[];
  /** What the API takes without it. */
  readonly preset?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
};

/** `assignedUserId` is `--assigned-user-id`. */
export function optionName(wire: string): string {
  return wire.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}
