// Takes secrets out of what is shown of an exchange, in three ways: only known headers and form fields are shown at all;
// JSON values under a secret's name go; and each secret that was seen once is hidden wherever it comes up again.
import { isSecretName, redactText } from './redact.ts';

export type Redactor = {
  /** Shorter values would hide ordinary words; where they stand they are hidden by name. */
  readonly learn: (secret: string) => void;
  readonly learnHeaders: (headers: Headers) => void;
  readonly learnUrl: (url: string) => void;
  readonly learnBody: (text: string, form: boolean) => void;
  readonly text: (text: string) => string;
  readonly url: (url: string) => string;
  readonly headers: (headers: Headers) => Readonly<Record<string, string>>;
  readonly body: (text: string, form: boolean) => string;
};

const hidden = '[hidden]';
const shortestLearnt = 6;
const longestShown = 4096;

const shownHeaders =
  /^(?:accept|accept-language|allow|cache-control|content-encoding|content-length|content-type|date|deprecation|retry-after|server|sunset|user-agent|www-authenticate|x-request-id|request-id|location|(?:x-)?ratelimit.*)$/;

/** Of what goes to and comes from a token endpoint; everything else there is hidden. */
const plainNames = new Set([
  'grant_type',
  'client_id',
  'scope',
  'redirect_uri',
  'resource',
  'audience',
  'token_type_hint',
  'token_type',
  'expires_in',
  'interval',
  'status',
  'error',
  'error_description',
  'error_uri',
  'verification_uri',
  'issuer',
]);

export function createRedactor(): Redactor {
  const known = new Set<string>();
  const learn = (secret: string): void => {
    for (const spelling of [...spellingsOf(secret), ...spellingsOf(decoded(secret))]) {
      if (spelling.length >= shortestLearnt) known.add(spelling);
    }
  };
  const text = (given: string): string => {
    let shown = given;
    for (const secret of [...known].sort((a, b) => b.length - a.length)) {
      shown = shown.replaceAll(secret, hidden);
    }
    return redactText(shown);
  };
  const shown: Shown = { text, learn };
  return {
    learn,
    learnHeaders: (headers) => learnHeaders(headers, learn),
    learnUrl: (url) => void parameters(url, shown),
    learnBody: (body, form) => void (form ? formOf(body, shown) : jsonOf(body, shown)),
    text,
    url: (url) => parameters(url, shown),
    headers: (headers) =>
      Object.fromEntries(
        [...headers].map(([name, value]) => [
          name,
          shownHeaders.test(name) ? text(name === 'location' ? parameters(value, shown) : value) : hidden,
        ]),
      ),
    body: (body, form) => {
      const found = form ? formOf(body, shown) : jsonOf(body, shown);
      return found.length > longestShown ? `${found.slice(0, longestShown)}…` : found;
    },
  };
}

/** As it is, and as it stands in an address, a form, JSON or Basic credentials. */
function spellingsOf(given: string): readonly string[] {
  // Half a surrogate pair has no spelling in an address.
  const secret = given.replaceAll(/\p{Surrogate}/gu, '\ufffd');
  return [
    given,
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ x: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret, 'utf8').toString('base64'),
    Buffer.from(secret, 'utf8').toString('base64url'),
  ];
}

type Shown = { readonly text: (text: string) => string; readonly learn: (secret: string) => void };

function learnHeaders(headers: Headers, learn: (secret: string) => void): void {
  for (const [name, value] of headers) {
    if (shownHeaders.test(name)) continue;
    learn(value);
    if (/^(?:set-)?cookie$/.test(name)) {
      for (const pair of value.split(/;\s*/)) learn(pair.slice(pair.indexOf('=') + 1));
    }
    const [scheme = '', given = ''] = value.split(/\s+/, 2);
    learn(given);
    if (scheme.toLowerCase() !== 'basic') continue;
    const pair = Buffer.from(given, 'base64').toString('utf8');
    learn(pair.slice(pair.indexOf(':') + 1));
  }
}

/** An address without its user name, password, fragment, and the values of parameters that are secret. */
function parameters(href: string, { text, learn }: Shown): string {
  if (!URL.canParse(href)) return text(href);
  const url = new URL(href);
  learn(decoded(url.password));
  learn(url.hash.slice(1));
  url.username = '';
  url.password = '';
  url.hash = '';
  const query = [...url.searchParams].map(([name, value]) => {
    if (!isSecretName(name)) return `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
    learn(value);
    return `${encodeURIComponent(name)}=${hidden}`;
  });
  url.search = '';
  return text(query.length === 0 ? url.href : `${url.href}?${query.join('&')}`);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function formOf(body: string, { text, learn }: Shown): string {
  const fields = [...new URLSearchParams(body)].map(([name, value]) => {
    if (plainNames.has(name)) return `${name}=${value}`;
    learn(value);
    return `${name}=${hidden}`;
  });
  return text(fields.join('&'));
}

function jsonOf(body: string, shown: Shown): string {
  let data: unknown;
  try {
    data = JSON.parse(body);
  } catch {
    return `[${body.length} characters, no JSON]`;
  }
  return shown.text(JSON.stringify(valueOf(data, shown, false)));
}

function valueOf(value: unknown, shown: Shown, secret: boolean): unknown {
  if (Array.isArray(value)) return value.map((each) => valueOf(each, shown, secret));
  if (typeof value === 'object' && value !== null) {
    const names = Object.keys(value);
    // One secret makes the whole answer one of credentials, whatever its other fields are called.
    const credentials = secret || names.some((name) => isSecretName(name));
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        valueOf(each, shown, credentials && !plainNames.has(name)),
      ]),
    );
  }
  if (!secret) return value;
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  shown.learn(String(value));
  return hidden;
}
