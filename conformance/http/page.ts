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

export const readPage = (raw: string): Seen => {
  const html = withoutUnseen(raw);
  const forms: Form[] = [];
  const byId = new Map<string, Form>();
  const links: Link[] = [];
  const labels = new Map<string, string>();
  const labelled: { readonly id: string; readonly field: Field }[] = [];
  const listeners: Listener[] = [];
  let current: Form | undefined;
  let wrapping: Field[] | undefined;
  let select: { readonly attributes: Attributes; value: string } | undefined;
  let title = '';
  let text = '';

  const listen = (tag: string, done: (text: string) => void): void => {
    listeners.push({ tag, text: '', done });
  };
  const add = (attributes: Attributes, field: Field): void => {
    const form = attributes['form'] === undefined ? current : byId.get(attributes['form']);
    form?.fields.push(field);
    wrapping?.push(field);
    if (attributes['id'] !== undefined) labelled.push({ id: attributes['id'], field });
  };
  const open = ({ name, attributes }: Tag, at: number): void => {
    switch (name) {
      case 'form':
        current = {
          action: attributes['action'] ?? '',
          method: (attributes['method'] ?? 'get').toUpperCase(),
          enctype: attributes['enctype'] ?? 'application/x-www-form-urlencoded',
          fields: [],
          buttons: [],
        };
        forms.push(current);
        if (attributes['id'] !== undefined) byId.set(attributes['id'], current);
        return;
      case 'input': {
        const type = attributes['type'] ?? 'text';
        const form = attributes['form'] === undefined ? current : byId.get(attributes['form']);
        if (type === 'submit')
          form?.buttons.push({
            name: attributes['name'] ?? '',
            value: attributes['value'] ?? '',
            text: attributes['value'] ?? '',
          });
        else
          add(
            attributes,
            fieldOf(
              attributes,
              type,
              attributes['value'] ?? (type === 'checkbox' || type === 'radio' ? 'on' : ''),
            ),
          );
        return;
      }
      case 'textarea':
        listen('textarea', (value) =>
          add(attributes, fieldOf(attributes, 'textarea', value.replace(/^\n/, ''))),
        );
        return;
      case 'select':
        select = { attributes, value: '' };
        return;
      case 'option':
        if (select !== undefined && ('selected' in attributes || select.value === ''))
          select.value = attributes['value'] ?? '';
        return;
      case 'button': {
        if ((attributes['type'] ?? 'submit') !== 'submit') return;
        const form = attributes['form'] === undefined ? current : byId.get(attributes['form']);
        const button: Button = {
          name: attributes['name'] ?? '',
          value: attributes['value'] ?? '',
          text: '',
        };
        form?.buttons.push(button);
        listen('button', (words) => {
          button.text = squeeze(words);
        });
        return;
      }
      case 'a': {
        if (attributes['href'] === undefined) return;
        const link: Link = { href: attributes['href'], at, text: '' };
        links.push(link);
        listen('a', (words) => {
          link.text = squeeze(words);
        });
        return;
      }
      case 'label': {
        const inside: Field[] = [];
        wrapping = inside;
        listen('label', (words) => {
          wrapping = undefined;
          if (attributes['for'] !== undefined) labels.set(attributes['for'], squeeze(words));
          for (const field of inside) field.label = squeeze(words);
        });
        return;
      }
      case 'title':
        if (title === '')
          listen('title', (words) => {
            title ||= squeeze(words);
          });
        return;
      default:
    }
  };
  const close = (name: string): void => {
    if (name === 'form') current = undefined;
    if (name === 'select' && select !== undefined) {
      add(select.attributes, fieldOf(select.attributes, 'select', select.value));
      select = undefined;
    }
    const index = listeners.findLastIndex((one) => one.tag === name);
    if (index < 0) return;
    const [listener] = listeners.splice(index, 1);
    listener?.done(listener.text);
  };
  walk(
    html,
    (tag, at) => (tag.closing ? close(tag.name) : open(tag, at)),
    (words) => {
      if (!listeners.some(({ tag }) => tag === 'title')) text += `${words} `;
      for (const listener of listeners) listener.text += words;
    },
  );
  for (const { id, field } of labelled) field.label ||= labels.get(id) ?? '';
  return { text: squeeze(text), title, forms, links };
};
