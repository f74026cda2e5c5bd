/** Owns how dates and spans of time are written for people. */

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `21 May 2027`, in this computer's zone. */
export function day(ms: number): string {
  const date = new Date(ms);
  return `${date.getDate()} ${months[date.getMonth()] ?? ''} ${date.getFullYear()}`;
}

/** `41 min`, `7 min 12 s`, `3 h 5 min`: the two largest units, or one when `rough`. */
export function span(ms: number, rough = false): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor((seconds % 86_400) / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first === -1) return '0 s';
  return parts
    .slice(first, first + (rough ? 1 : 2))
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** Enough of a secret to tell it from another one: its last four characters. */
export function mask(secret: string): string {
  return secret.length >= 12 ? `…${secret.slice(-4)}` : '…';
}
