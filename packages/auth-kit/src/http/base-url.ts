// Which addresses may see a credential: https anywhere, plain http on this machine only.
import { fail, ok } from '../failure.ts';
import type { Failure, Result } from '../failure.ts';

/** A base URL without trailing slash. `name` is the setting that the message blames. */
export function checkBaseUrl(text: string, name: string): Result<string> {
  let url;
  try {
    url = new URL(text);
  } catch {
    return fail('configuration', `${name} is no address: ${text.slice(0, 100)}`, {
      next: `set ${name} to something like https://api.example.com`,
    });
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return fail('configuration', `${name} must begin with https://`, { next: `change ${name}` });
  }
  if (url.username !== '' || url.password !== '') {
    return fail('configuration', `${name} must not hold a user name or password`, {
      next: `take them out of ${name}`,
    });
  }
  if (url.search !== '' || url.hash !== '') {
    return fail('configuration', `${name} must not have a query or fragment`, { next: `change ${name}` });
  }
  if (!isSafeForCredentials(url)) return insecure(url, name);
  return ok(url.href.replace(/\/+$/, ''));
}

/** For a whole address, query included (a Token URL). */
export function checkCredentialUrl(text: string, name: string): Result<URL> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return fail('configuration', `${name} is no web address`, { next: `set ${name} to an https:// address` });
  }
  return isSafeForCredentials(url) ? ok(url) : insecure(url, name);
}

function isSafeForCredentials(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
}

export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function insecure(url: URL, name: string): { readonly ok: false; readonly failure: Failure } {
  return fail(
    'insecure',
    `${name} is plain http to ${url.hostname}: anyone on the way could read the credential`,
    {
      next: `use https:// in ${name}`,
    },
  );
}
