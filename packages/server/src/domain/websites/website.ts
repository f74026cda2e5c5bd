// Website: what the address that a vendor gave answered when it was last looked at. Asking is the business of outbound/.

export type WebsiteAnswer =
  | { readonly kind: 'answers'; readonly status: number }
  | { readonly kind: 'error-status'; readonly status: number }
  | { readonly kind: 'no-such-host' }
  /** Private, of this machine, or of no single host. */
  | { readonly kind: 'not-public' }
  | { readonly kind: 'certificate' }
  /** More than three in a row, or to what is no web address. */
  | { readonly kind: 'redirects' }
  /** Only 80 and 443 are asked: what answers elsewhere is nobody's business. */
  | { readonly kind: 'other-port' }
  | { readonly kind: 'unreachable' }
  /** Not known yet: asked just now, or there is too much to ask. */
  | { readonly kind: 'waiting' }
  /** Looking is switched off. */
  | { readonly kind: 'not-asked' };

export type WebsiteLook = {
  /** Of the address that was given, whatever it redirected to. */
  readonly host: string;
  readonly answer: WebsiteAnswer;
  readonly atMs: number;
};

/** Answers after `waitMs` at the latest, then with `waiting`; the answer is remembered for the next to ask. */
export type LookAtWebsite = (url: string, waitMs: number) => Promise<WebsiteLook>;

/** A page waits this long; a submission as long as one look can take. */
export const PAGE_WAIT_MS = 1_500;
export const SUBMIT_WAIT_MS = 6_000;

/** What surely is the website's own fault. Everything else may be ours, and holds nothing up. */
const FAULTS: ReadonlySet<WebsiteAnswer['kind']> = new Set([
  'error-status',
  'no-such-host',
  'not-public',
  'certificate',
  'redirects',
]);

export const isFault = ({ answer }: WebsiteLook): boolean => FAULTS.has(answer.kind);
