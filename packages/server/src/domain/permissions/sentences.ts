// How an endpoint becomes plain words and a sensitivity, where its OpenAPI document says neither (DESIGN.md 4.9).
import type { Sensitivity } from './permission.ts';

type Words = { readonly verb: string; readonly sensitivity: Sensitivity };

/** The one table: verb and sensitivity by method. `x-latchkey-sentence` and `x-latchkey-sensitivity` win over it. */
const BY_METHOD: Readonly<Record<string, Words>> = {
  GET: { verb: 'View', sensitivity: 'reads' },
  HEAD: { verb: 'View', sensitivity: 'reads' },
  OPTIONS: { verb: 'View', sensitivity: 'reads' },
  TRACE: { verb: 'View', sensitivity: 'reads' },
  POST: { verb: 'Create', sensitivity: 'changes' },
  PUT: { verb: 'Change', sensitivity: 'changes' },
  PATCH: { verb: 'Change', sensitivity: 'changes' },
  DELETE: { verb: 'Delete', sensitivity: 'deletes' },
};

const wordsOf = (method: string): Words => BY_METHOD[method] ?? { verb: 'Use', sensitivity: 'changes' };

export const sensitivityOf = (method: string): Sensitivity => wordsOf(method).sensitivity;

/** Acronyms keep their case: `API keys`, but `leads`. */
const inSentence = (title: string): string =>
  /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;

export const sentenceOf = (method: string, groupTitle: string): string =>
  `${wordsOf(method).verb} ${inSentence(groupTitle)}`;

/** `lead-notes`, `lead_notes` and `leadNotes` become `Lead notes`. */
export const titleOf = (segment: string): string => {
  const words = segment
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ');
  return words === '' ? 'API' : words.charAt(0).toUpperCase() + words.slice(1);
};
