// What can be wrong with one field of an input: a closed set, so that every one has its words (portal/words/fields.ts).
import type { RedirectUriProblem } from '@latchkey/protocol';

export type FieldCode =
  | 'name-missing'
  | 'too-long'
  | 'no-control-characters'
  | 'kind-missing'
  | 'redirect-uri-missing'
  | 'too-many-redirect-uris'
  | `redirect-uri-${RedirectUriProblem}`
  | 'website-not-a-url'
  | 'email-malformed'
  | 'phone-malformed'
  | 'date-malformed'
  | 'date-not-in-future'
  | 'workspace-missing'
  | 'not-acknowledged'
  | 'unknown-permission'
  | 'unknown-operation'
  | 'name-differs'
  | 'choice-missing'
  | 'answer-missing'
  | 'reason-missing'
  | 'organization-missing'
  | 'email-missing'
  | 'phone-missing'
  | 'password-missing'
  | 'password-too-short'
  | 'password-too-long'
  | 'password-guessable'
  | 'code-malformed'
  | 'logo-type'
  | 'logo-too-large'
  | 'logo-dimensions'
  | 'logo-unreadable'
  | 'malformed';

export type FieldProblem = {
  readonly field: string;
  /** Of a list: which of its entries. */
  readonly index?: number;
  readonly code: FieldCode;
};

/** Types the message of a valibot check; only such messages reach people. */
export const code = <Code extends FieldCode>(given: Code): Code => given;
