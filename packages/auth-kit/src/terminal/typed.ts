// What a person types or pastes while a wait is on screen: single keys are commands as long as no text was begun.

export type Typed = {
  /** Typed so far, not sent yet. */
  readonly text: string;
  readonly event?:
    | { readonly kind: 'key'; readonly key: string }
    /** Enter was pressed, or the terminal marked the end of a paste. */
    | { readonly kind: 'line'; readonly text: string }
    /** Perhaps complete already. */
    | { readonly kind: 'part'; readonly text: string };
};

const longest = 8192;

export function typeInto(text: string, input: string, isCommand: (key: string) => boolean): Typed {
  if (text === '' && isCommand(input)) return { text, event: { kind: 'key', key: input } };
  if (input === '\u007f' || input === '\b') return { text: text.slice(0, -1) };
  if (input === '\u0015') return { text: '' };
  const ended = /[\r\n]$/.test(input);
  // oxlint-disable-next-line no-control-regex
  const whole = (text + input.replaceAll(/[\u0000-\u001f]/gu, '')).slice(0, longest);
  if (!ended) return whole === text ? { text } : { text: whole, event: { kind: 'part', text: whole } };
  return whole === '' ? { text } : { text: '', event: { kind: 'line', text: whole } };
}
