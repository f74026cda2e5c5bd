// A page's form with one picture: multipart/form-data (RFC 7578), read whole within a limit, its text fields held to the
// same rules as every other form.
import { parsePageForm, type FormShape, type PageForm, type PageFormProblem } from './forms.ts';
import type { Exchange } from './exchange.ts';

/** Larger than the largest picture that is taken, so that one that is too large is told so beside its field. */
const MAX_UPLOAD_BYTES = 4_194_304;
const MAX_TEXT_BYTES = 65_536;

export const isMultipart = (contentType: string | undefined): boolean =>
  contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'multipart/form-data';

/** Undefined when it is no form, however it is broken. */
const parse = async (body: Uint8Array, contentType: string): Promise<FormData | undefined> => {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  } catch {
    return undefined;
  }
};

export const readUploadForm = async (
  exchange: Exchange,
  shape: FormShape,
  file: string,
): Promise<PageForm | PageFormProblem> => {
  const contentType = exchange.header('content-type') ?? '';
  const body = await exchange.body(MAX_UPLOAD_BYTES);
  if (typeof body === 'string') return { kind: body, limitBytes: MAX_UPLOAD_BYTES };
  const data = await parse(body, contentType);
  if (data === undefined) return { kind: 'aborted' };
  const texts = new URLSearchParams();
  let upload: Blob | undefined;
  for (const [name, value] of data) {
    if (typeof value === 'string') texts.append(name, value);
    else if (name !== file || upload !== undefined) return { kind: 'unknown-field', parameter: name };
    else upload = value;
  }
  const text = texts.toString();
  if (text.length > MAX_TEXT_BYTES) return { kind: 'too-large' };
  const form = parsePageForm(text, shape);
  if (!('get' in form) || upload === undefined || upload.size === 0) return form;
  const bytes = new Uint8Array(await upload.arrayBuffer());
  return { ...form, file: (name) => (name === file ? bytes : undefined) };
};
