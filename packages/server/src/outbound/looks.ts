// Remembers what websites answered, asks each at most once at a time, and lets nobody wait longer than they want to.
import { isPublicAddress } from './addresses.ts';
import { resolveByDns } from './resolve.ts';
import { askWebsite } from './website.ts';
import type { LookAtWebsite, WebsiteAnswer, WebsiteLook } from '../domain/websites/website.ts';
import type { Now } from '../domain/trace.ts';

export type LookPorts = {
  readonly ask: (url: string) => Promise<WebsiteAnswer>;
  readonly now: Now;
};

const GOOD_MS = 10 * 60_000;
/** Soon again: the vendor is mending it. */
const BAD_MS = 30_000;
const MAX_REMEMBERED = 1_000;
const MAX_AT_ONCE = 8;

const hostOf = (url: string): string => URL.parse(url)?.host ?? '';

const within = async (
  asked: Promise<WebsiteLook>,
  waitMs: number,
  otherwise: WebsiteLook,
): Promise<WebsiteLook> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<WebsiteLook>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), waitMs);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
};

export const createLooks = ({ ask, now }: LookPorts): LookAtWebsite => {
  const remembered = new Map<string, WebsiteLook>();
  const running = new Map<string, Promise<WebsiteLook>>();

  const remember = (url: string, look: WebsiteLook): void => {
    remembered.delete(url);
    remembered.set(url, look);
    const [oldest] = remembered.keys();
    if (remembered.size > MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  };

  const start = (url: string): Promise<WebsiteLook> => {
    const asked = ask(url)
      .then((answer) => {
        const look = { host: hostOf(url), answer, atMs: now() };
        remember(url, look);
        return look;
      })
      .finally(() => running.delete(url));
    running.set(url, asked);
    return asked;
  };

  return (url, waitMs) => {
    const nowMs = now();
    const before = remembered.get(url);
    const goodForMs = before?.answer.kind === 'answers' ? GOOD_MS : BAD_MS;
    if (before !== undefined && nowMs - before.atMs < goodForMs) return Promise.resolve(before);
    const waiting: WebsiteLook = { host: hostOf(url), answer: { kind: 'waiting' }, atMs: nowMs };
    const asked = running.get(url) ?? (running.size < MAX_AT_ONCE ? start(url) : undefined);
    // An old answer is better than none while a new one is on its way.
    return asked === undefined
      ? Promise.resolve(before ?? waiting)
      : within(asked, waitMs, before ?? waiting);
  };
};

const LOOK_TIMEOUT_MS = 5_000;

export const websiteLooks = ({ allow }: { readonly allow: readonly string[] }, now: Now): LookAtWebsite => {
  const ports = {
    resolve: resolveByDns,
    isPublic: isPublicAddress,
    webPorts: new Set(['80', '443']),
    allow: new Set(allow),
    timeoutMs: LOOK_TIMEOUT_MS,
  };
  return createLooks({ ask: (url) => askWebsite(url, ports), now });
};

/** For a deployment that reaches nothing outside. */
export const noLooks =
  (now: Now): LookAtWebsite =>
  (url) =>
    Promise.resolve({ host: hostOf(url), answer: { kind: 'not-asked' }, atMs: now() });
