/** Owns the checks of option values: each answers what is wrong, or undefined. */

export function oneOf(...allowed: readonly string[]): (value: string) => string | undefined {
  return (value) => (allowed.includes(value) ? undefined : `must be one of ${allowed.join(', ')}`);
}

export function wholeNumber(from: number, to: number): (value: string) => string | undefined {
  const problem = `must be a whole number from ${from} to ${to}`;
  return (value) => {
    if (!/^\d{1,15}$/.test(value)) return problem;
    const number = Number(value);
    return number >= from && number <= to ? undefined : problem;
  };
}

export function shortText(maxLength: number): (value: string) => string | undefined {
  return (value) => {
    if (value.trim() === '') return 'must not be empty';
    return value.length > maxLength ? `is longer than ${maxLength} characters` : undefined;
  };
}

/** Plain http carries secrets in clear, so it is only for this computer. */
export function secureUrl(value: string): string | undefined {
  if (value.length > 2048) return 'is longer than 2048 characters';
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return 'must be an address that starts with https://';
  }
  if (url.username !== '' || url.password !== '') return 'must not hold a name or password';
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return 'must start with https:// (plain http only for localhost)';
  }
  return undefined;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

const maxCustomerKeyLength = 4096;

/** A key is one printable ASCII word; anything else is a slip of the clipboard. */
export function customerKey(value: string): string | undefined {
  if (value === '') return 'must not be empty';
  if (value.length > maxCustomerKeyLength) return `is longer than ${maxCustomerKeyLength} characters`;
  if (/\s/.test(value)) return 'must be one word without spaces or line breaks';
  return /^[\x21-\x7e]+$/.test(value) ? undefined : 'holds characters that no key has';
}
