// Reads what a person sees of a page: text, links, and forms with their buttons, fields and labels. Knows no page of ours.

export type Field = {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly checked: boolean;
  readonly disabled: boolean;
  label: string;
};
export type Button = { readonly name: string; readonly value: string; text: string };
export type Form = {
  readonly action: string;
  readonly method: string;
  readonly enctype: string;
  readonly fields: Field[];
  readonly buttons: Button[];
};
export type Link = { readonly href: string; readonly at: number; text: string };
export type Seen = {
  readonly text: string;
  readonly title: string;
  readonly forms: readonly Form[];
  readonly links: readonly Link[];
};

type Attributes = Readonly<Record<string, string>>;
type Tag = { readonly name: string; readonly closing: boolean; readonly attributes: Attributes };

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

const decode = (text: string): string =>
  text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi, (whole, decimal, hex, name: string | undefined) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex as string, 16));
    return ENTITIES[name ?? ''] ?? whole;
  });

const squeeze = (text: string): string => text.replaceAll(/[\s\u2066-\u2069]+/g, ' ').trim();

const TAG = /<(\/?)([a-zA-Z][\w-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/g;
const ATTRIBUTE = /([^\s"'=/>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

const attributesOf = (text: string): Attributes =>
  Object.fromEntries(
    [...text.matchAll(ATTRIBUTE)].map(([, name = '', double, single, bare]) => [
      name.toLowerCase(),
      decode(double ?? single ?? bare ?? ''),
    ]),
  );

const withoutUnseen = (html: string): string =>
  html
    .replaceAll(/<!--[\s\S]*?-->|<![^>]*>/g, (part) => ' '.repeat(part.length))
    .replaceAll(/<(script|style|template)\b[\s\S]*?<\/\1\s*>/gi, (part) => ' '.repeat(part.length));

/** Walks tags and the text between them, in order. */
const walk = (html: string, onTag: (tag: Tag, at: number) => void, onText: (text: string) => void): void => {
  let from = 0;
  for (const match of html.matchAll(TAG)) {
    if (match.index > from) onText(decode(html.slice(from, match.index)));
    const [whole, slash, name = '', rest = ''] = match;
    onTag({ name: name.toLowerCase(), closing: slash === '/', attributes: attributesOf(rest) }, match.index);
    from = match.index + whole.length;
  }
  onText(decode(html.slice(from)));
};

type Listener = { readonly tag: string; text: string; readonly done: (text: string) => void };

const fieldOf = (attributes: Attributes, type: string, value: string): Field => ({
  name: attributes['name'] ?? '',
  type,
  value,
  checked: 'checked' in attributes,
  disabled: 'disabled' in attributes,
  label: '',
});

type Reader = {
  readonly forms: Form[];
  readonly byId: Map<string, Form>;
  readonly links: Link[];
  readonly labels: Map<string, string>;
  readonly labelled: { readonly id: string; readonly field: Field }[];
  readonly listeners: Listener[];
  form: Form | undefined;
  inLabel: Field[] | undefined;
  select: { readonly attributes: Attributes; value: string } | undefined;
  title: string;
  text: string;
};

const formOf = (reader: Reader, { form }: Attributes): Form | undefined =>
  form === undefined ? reader.form : reader.byId.get(form);

const listen = (reader: Reader, tag: string, done: (text: string) => void): void => {
  reader.listeners.push({ tag, text: '', done });
};

const addField = (reader: Reader, attributes: Attributes, type: string, value: string): void => {
  const field = fieldOf(attributes, type, value);
  formOf(reader, attributes)?.fields.push(field);
  reader.inLabel?.push(field);
  if (attributes['id'] !== undefined) reader.labelled.push({ id: attributes['id'], field });
};

const addButton = (reader: Reader, attributes: Attributes, text: string): Button => {
  const button: Button = { name: attributes['name'] ?? '', value: attributes['value'] ?? '', text };
  formOf(reader, attributes)?.buttons.push(button);
  return button;
};

type Open = (reader: Reader, attributes: Attributes, at: number) => void;

const openForm: Open = (reader, attributes) => {
  const form: Form = {
    action: attributes['action'] ?? '',
    method: (attributes['method'] ?? 'get').toUpperCase(),
    enctype: attributes['enctype'] ?? 'application/x-www-form-urlencoded',
    fields: [],
    buttons: [],
  };
  reader.form = form;
  reader.forms.push(form);
  if (attributes['id'] !== undefined) reader.byId.set(attributes['id'], form);
};

const openInput: Open = (reader, attributes) => {
  const type = attributes['type'] ?? 'text';
  const unset = type === 'checkbox' || type === 'radio' ? 'on' : '';
  if (type === 'submit') addButton(reader, attributes, attributes['value'] ?? '');
  else addField(reader, attributes, type, attributes['value'] ?? unset);
};

const openLabel: Open = (reader, attributes) => {
  const inside: Field[] = [];
  reader.inLabel = inside;
  listen(reader, 'label', (words) => {
    reader.inLabel = undefined;
    if (attributes['for'] !== undefined) reader.labels.set(attributes['for'], squeeze(words));
    for (const field of inside) field.label = squeeze(words);
  });
};

const openers: Readonly<Record<string, Open>> = {
  form: openForm,
  input: openInput,
  label: openLabel,
  textarea: (reader, attributes) =>
    listen(reader, 'textarea', (value) => addField(reader, attributes, 'textarea', value.replace(/^\n/, ''))),
  select: (reader, attributes) => {
    reader.select = { attributes, value: '' };
  },
  option: ({ select }, attributes) => {
    if (select !== undefined && ('selected' in attributes || select.value === ''))
      select.value = attributes['value'] ?? '';
  },
  button: (reader, attributes) => {
    if ((attributes['type'] ?? 'submit') !== 'submit') return;
    const button = addButton(reader, attributes, '');
    listen(reader, 'button', (words) => {
      button.text = squeeze(words);
    });
  },
  a: (reader, attributes, at) => {
    if (attributes['href'] === undefined) return;
    const link: Link = { href: attributes['href'], at, text: '' };
    reader.links.push(link);
    listen(reader, 'a', (words) => {
      link.text = squeeze(words);
    });
  },
  title: (reader) =>
    listen(reader, 'title', (words) => {
      reader.title ||= squeeze(words);
    }),
};

const close = (reader: Reader, name: string): void => {
  const { listeners, select } = reader;
  if (name === 'form') reader.form = undefined;
  if (name === 'select' && select !== undefined) {
    addField(reader, select.attributes, 'select', select.value);
    reader.select = undefined;
  }
  const index = listeners.findLastIndex((one) => one.tag === name);
  if (index < 0) return;
  const [listener] = listeners.splice(index, 1);
  listener?.done(listener.text);
};

const hear = (reader: Reader, words: string): void => {
  if (!reader.listeners.some(({ tag }) => tag === 'title')) reader.text += `${words} `;
  for (const listener of reader.listeners) listener.text += words;
};

export const readPage = (raw: string): Seen => {
  const reader: Reader = {
    forms: [],
    byId: new Map(),
    links: [],
    labels: new Map(),
    labelled: [],
    listeners: [],
    form: undefined,
    inLabel: undefined,
    select: undefined,
    title: '',
    text: '',
  };
  walk(
    withoutUnseen(raw),
    ({ name, closing, attributes }, at) =>
      closing ? close(reader, name) : openers[name]?.(reader, attributes, at),
    (words) => hear(reader, words),
  );
  for (const { id, field } of reader.labelled) field.label ||= reader.labels.get(id) ?? '';
  const { title, forms, links } = reader;
  return { text: squeeze(reader.text), title, forms, links };
};
