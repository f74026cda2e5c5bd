// OpenAPI path templates: their segments, which of them are more exact than others, which two cannot be told apart.

/** A static segment is its text; a parameter is the texts around its parameters, `['', '']` for a whole `{id}`. */
type Segment = { readonly text: string } | { readonly around: readonly string[] };

export type PathTemplate = { readonly template: string; readonly segments: readonly Segment[] };

const PARAMETER = /\{[^{}/]+\}/;
/** What the gateway lets through unchanged (gateway/raw-target.ts); anything else could never be asked for. */
const STATIC_TEXT = /^[A-Za-z0-9\-._~!$&'()*+,=:@%]*$/;

const parseSegment = (raw: string): Segment | string => {
  const around = raw.split(new RegExp(PARAMETER, 'g'));
  for (const text of around) {
    if (/[{}]/.test(text)) return `"${raw}" has a brace without its partner`;
    if (!STATIC_TEXT.test(text))
      return `"${raw}" holds a character that the gateway refuses in request paths`;
    if (/%2[ef]|%5c/i.test(text)) return `"${raw}" holds an encoded dot, slash or backslash`;
  }
  if (around.length === 1) return raw === '.' || raw === '..' ? `"${raw}" is a dot segment` : { text: raw };
  if (around.slice(1, -1).includes('')) return `"${raw}" has two parameters with nothing between them`;
  return { around };
};

/** The template's segments, or what is wrong with it. */
export const parseTemplate = (template: string): PathTemplate | string => {
  if (!template.startsWith('/')) return 'it does not start with "/"';
  const segments: Segment[] = [];
  const parts = template.slice(1).split('/');
  for (const [index, part] of parts.entries()) {
    if (part === '' && index < parts.length - 1) return 'it has an empty segment ("//")';
    const segment = parseSegment(part);
    if (typeof segment === 'string') return segment;
    segments.push(segment);
  }
  return { template, segments };
};

const overlaps = (a: readonly string[], b: readonly string[]): boolean => {
  const [aHead = '', bHead = ''] = [a[0], b[0]];
  const [aTail = '', bTail = ''] = [a.at(-1), b.at(-1)];
  return (
    (aHead.startsWith(bHead) || bHead.startsWith(aHead)) && (aTail.endsWith(bTail) || bTail.endsWith(aTail))
  );
};

/** Whether the segment's text around its parameters fits, every parameter having at least one character. */
export const fitsAround = (around: readonly string[], segment: string): boolean => {
  const head = around[0] ?? '';
  const tail = around.at(-1) ?? '';
  const end = segment.length - tail.length;
  if (!segment.startsWith(head) || !segment.endsWith(tail)) return false;
  let from = head.length;
  for (let index = 1; index < around.length - 1; index++) {
    const text = around[index] ?? '';
    const at = segment.indexOf(text, from + 1);
    if (at < 0 || at + text.length > end) return false;
    from = at + text.length;
  }
  return end - from >= 1;
};

export const isWhole = (around: readonly string[]): boolean =>
  around.length === 2 && around[0] === '' && around[1] === '';

type Relation = 'apart' | 'same' | 'first' | 'second' | 'unclear';

/** Which of two segments is more exact, for texts that fit both. */
const relate = (a: Segment, b: Segment): Relation => {
  if ('text' in a && 'text' in b) return a.text === b.text ? 'same' : 'apart';
  if ('text' in a) return 'around' in b && fitsAround(b.around, a.text) ? 'first' : 'apart';
  if ('text' in b) return fitsAround(a.around, b.text) ? 'second' : 'apart';
  if (isWhole(a.around)) return isWhole(b.around) ? 'same' : 'second';
  if (isWhole(b.around)) return 'first';
  return overlaps(a.around, b.around) ? 'unclear' : 'apart';
};

/** Two templates that fit one path, neither of them being the more exact: nobody can say which endpoint is meant. */
export const ambiguous = (a: PathTemplate, b: PathTemplate): boolean => {
  if (a.segments.length !== b.segments.length) return false;
  let first = false;
  let second = false;
  for (const [index, segment] of a.segments.entries()) {
    const relation = relate(segment, b.segments[index] as Segment);
    if (relation === 'apart') return false;
    first ||= relation === 'first' || relation === 'unclear';
    second ||= relation === 'second' || relation === 'unclear';
  }
  return first === second;
};
