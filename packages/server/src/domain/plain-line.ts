// Names that people give, without what could disguise them: for pages, subjects of mails and lists alike (security.md 45).

// Controls, direction overrides and isolates, and characters without width. Joiners stay: scripts and emoji need them.
const disguises = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;

export const plainLine = (given: string): string =>
  given.toWellFormed().replace(disguises, ' ').replace(/\s+/g, ' ').trim();
