// A letter: what a mail of ours says, composed once as text and once as HTML. One small layout, the owner's brand on it,
// no picture, no link but those it is about. Names of people and apps come from strangers: escaped and on one line.
import type { Domain } from '../domain.ts';
import { plainLine } from '../plain-line.ts';
import { mailTo, type MailText, type NewMail } from './mail.ts';

export type LetterPart =
  | string
  /** A code to type, alone on its line. */
  | { readonly kind: 'code'; readonly code: string }
  /** The one thing to do; its address also stands as text. */
  | { readonly kind: 'action'; readonly label: string; readonly url: string }
  /** Words of another person, such as a reviewer's reason; lines are kept. */
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] };

export type Letter = { readonly subject: string; readonly parts: readonly LetterPart[] };

export type LetterBrand = { readonly name: string; readonly support: string };

const SPECIAL: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (one) => SPECIAL[one] ?? one);

/** Line ends stay where another person wrote them. */
const plainLines = (text: string): readonly string[] => text.split(/\r\n|\r|\n/).map(plainLine);

const textOf = (part: LetterPart): string => {
  if (typeof part === 'string') return plainLine(part);
  switch (part.kind) {
    case 'code':
      return `    ${plainLine(part.code)}`;
    case 'action':
      return `${plainLine(part.label)}:\n${part.url}`;
    case 'quote':
      return plainLines(part.text)
        .map((line) => `> ${line}`.trimEnd())
        .join('\n');
    case 'list':
      return part.items.map((item) => `- ${plainLine(item)}`).join('\n');
  }
};

const FONT = 'font-family:system-ui,-apple-system,Segoe UI,Roboto,sans-serif';
const PARAGRAPH = 'margin:0 0 16px;font-size:16px;line-height:24px';

const htmlOf = (part: LetterPart): string => {
  if (typeof part === 'string') return `<p style="${PARAGRAPH}">${escape(plainLine(part))}</p>`;
  switch (part.kind) {
    case 'code':
      return `<p style="margin:0 0 16px;font:600 28px/36px ui-monospace,Menlo,monospace;letter-spacing:4px">${escape(plainLine(part.code))}</p>`;
    case 'action': {
      const url = escape(part.url);
      return `<p style="margin:0 0 8px"><a href="${url}" style="display:inline-block;padding:10px 16px;border-radius:6px;background:#2b4c9b;color:#ffffff;font-size:16px;font-weight:600;text-decoration:none">${escape(plainLine(part.label))}</a></p><p style="margin:0 0 16px;font-size:13px;line-height:20px;color:#55575c;word-break:break-all">${url}</p>`;
    }
    case 'quote':
      return `<blockquote style="margin:0 0 16px;padding:0 0 0 12px;border-left:3px solid #8a8a80;font-size:16px;line-height:24px">${plainLines(part.text).map(escape).join('<br>')}</blockquote>`;
    case 'list':
      return `<ul style="margin:0 0 16px;padding:0 0 0 20px;font-size:16px;line-height:24px">${part.items.map((item) => `<li>${escape(plainLine(item))}</li>`).join('')}</ul>`;
  }
};

export const compose = (brand: LetterBrand, letter: Letter): MailText => {
  const subject = plainLine(letter.subject);
  const sender = plainLine(brand.name);
  const help = `Questions? Write to ${brand.support}.`;
  return {
    subject,
    text: `${[...letter.parts.map(textOf), `--\n${sender}\n${help}`].join('\n\n')}\n`,
    html: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${escape(subject)}</title></head>
<body style="margin:0;padding:24px 16px;${FONT}"><div style="max-width:560px;margin:0 auto">
<p style="margin:0 0 24px;font-size:18px;line-height:24px;font-weight:600">${escape(sender)}</p>
${letter.parts.map(htmlOf).join('\n')}
<p style="margin:32px 0 0;padding:16px 0 0;border-top:1px solid #c9c9c0;font-size:13px;line-height:20px;color:#6b6d72">${escape(sender)}<br>${escape(help)}</p>
</div></body></html>
`,
  };
};

/** For `trace.mails` of the write that it tells of. */
export const letterTo = (
  domain: Pick<Domain, 'secrets' | 'settings'>,
  to: string,
  purpose: string,
  letter: Letter,
): NewMail => mailTo(domain, to, purpose, compose(domain.settings.brand, letter));
