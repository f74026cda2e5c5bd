// Verbose lines without secrets: what stands after a secret's name, in any of the spellings we send or meet, goes; so
// does what looks like a secret wherever it stands.

const hidden = '[hidden]';

const secretNames = [
  'access_token',
  'refresh_token',
  'id_token',
  'token',
  'client_secret',
  'customer_key',
  'api_key',
  'apiKey',
  'session_id',
  'sessionid',
  'device_code',
  'user_code',
  'userCode',
  'code',
  'code_verifier',
  'state',
  'password',
  'secret',
  'assertion',
];
const anySecret = secretNames.join('|');
const secretName = new RegExp(`^(?:${anySecret})$`, 'i');

export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

const headerLine = /\b((?:proxy-)?authorization|(?:set-)?cookie|x-api-key)\b(["']?\s*[:=]\s*)[^\r\n"']+/gi;
const jsonValue = new RegExp(`(["'](?:${anySecret})["']\\s*:\\s*)(?:"(?:[^"\\\\]|\\\\.)*"?|[^\\s,}]+)`, 'gi');
const formValue = new RegExp(`(^|[?&;\\s"'])((?:${anySecret})=)[^&;#\\s"']*`, 'gi');
const bearer = /\b(bearer|basic|token)\s+[A-Za-z0-9._~+/=-]{8,}/gi;
const shaped = /\b(?:lk_[a-z]+_|[a-z]+_sk_|eyJ)[A-Za-z0-9._~+/=-]{8,}/g;
const userInfo = /(\bhttps?:\/\/)[^/@\s]+@/gi;

/** For text that was not built here: hides what stands after a secret's name, and what looks like a secret. */
export function redactText(text: string): string {
  return text
    .replaceAll(headerLine, `$1$2${hidden}`)
    .replaceAll(jsonValue, `$1"${hidden}"`)
    .replaceAll(formValue, `$1$2${hidden}`)
    .replaceAll(bearer, `$1 ${hidden}`)
    .replaceAll(shaped, hidden)
    .replaceAll(userInfo, `$1${hidden}@`);
}
