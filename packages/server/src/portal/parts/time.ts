// Times: machine-readable, in the reader's zone when it is known, rewritten by times.js in the same words.
import { html } from '../html.ts';
import type { Html } from '../html.ts';

export type Clock = { readonly nowMs: number; readonly zone: string };

const minute = 60_000;
const hour = 60 * minute;

const write = (atMs: number, zone: string, parts: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: knownZone(zone), ...parts }).format(atMs);

const zones = new Map<string, string>();

/** The zone if this runtime knows it, else UTC: it came from a cookie. */
export const knownZone = (zone: string): string => {
  const seen = zones.get(zone);
  if (seen !== undefined) return seen;
  if (!/^[A-Za-z0-9_+/-]{1,64}$/.test(zone)) return 'UTC';
  try {
    Intl.DateTimeFormat('en-GB', { timeZone: zone });
  } catch {
    return 'UTC';
  }
  if (zones.size < 1000) zones.set(zone, zone);
  return zone;
};

const yearOf = (atMs: number, zone: string): string => write(atMs, zone, { year: 'numeric' });

const day = { day: 'numeric', month: 'short' } as const;
const clock = { hour: '2-digit', minute: '2-digit', hour12: false } as const;

const dateText = (atMs: number, zone: string): string => write(atMs, zone, { ...day, year: 'numeric' });

const absoluteText = (atMs: number, { nowMs, zone }: Clock): string =>
  yearOf(atMs, zone) === yearOf(nowMs, zone) ? write(atMs, zone, { ...day, ...clock }) : dateText(atMs, zone);

/** `3 min ago`; also for the words of a device request. */
export const agoText = (atMs: number, nowMs: number): string => {
  const passed = nowMs - atMs;
  if (passed < minute) return 'just now';
  if (passed < hour) return `${Math.floor(passed / minute)} min ago`;
  const hours = Math.floor(passed / hour);
  return hours === 1 ? '1 hour ago' : `${hours} hours ago`;
};

const element = (atMs: number, form: 'moment' | 'absolute' | 'date', text: string): Html =>
  html`<time datetime="${new Date(atMs).toISOString()}" data-form="${form}">${text}</time>`;

/** Where only `3 min ago` stands: the time itself comes out under a finger, a pointer or the keyboard's focus. */
const withExact = (atMs: number, at: Clock, text: string): Html =>
  html`<time
    datetime="${new Date(atMs).toISOString()}"
    data-form="moment"
    data-exact="${absoluteText(atMs, at)}"
    tabindex="0"
    >${text}</time
  >`;

/** Under a day `3 min ago`, else `22 Nov, 14:05`. */
export const moment = (atMs: number, at: Clock): Html => {
  const passed = at.nowMs - atMs;
  return passed >= 0 && passed < 24 * hour
    ? withExact(atMs, at, agoText(atMs, at.nowMs))
    : element(atMs, 'moment', absoluteText(atMs, at));
};

/** `22 Nov, 14:05`. */
export const absolute = (atMs: number, at: Clock): Html => element(atMs, 'absolute', absoluteText(atMs, at));

/** `3 Nov 2026`. */
export const date = (atMs: number, at: Clock): Html => element(atMs, 'date', dateText(atMs, at.zone));

/** `14:05`. */
export const clockText = (atMs: number, zone: string): string => write(atMs, zone, clock);

/** `22 Nov`. */
export const dayText = (atMs: number, zone: string): string => write(atMs, zone, day);

/** Both, on pages about one thing. */
export const fullMoment = (atMs: number, at: Clock): Html => {
  const recent = at.nowMs - atMs >= 0 && at.nowMs - atMs < 24 * hour;
  return recent
    ? html`${element(atMs, 'moment', agoText(atMs, at.nowMs))} (${absolute(atMs, at)})`
    : absolute(atMs, at);
};

/** Silent timer with a polite line; without scripts the remaining minutes stand as text. */
export const countdown = (given: {
  readonly id: string;
  readonly endsAtMs: number;
  readonly at: Clock;
  readonly ended: string;
}): Html => {
  const leftMs = Math.max(0, given.endsAtMs - given.at.nowMs);
  return html`<span
      role="timer"
      data-ends="${new Date(given.endsAtMs).toISOString()}"
      data-remaining-ms="${leftMs}"
      data-says="${given.id}-says"
      data-over="${given.id}-over"
      data-ended="${given.ended}"
      data-two-minutes="2 minutes left."
      data-thirty-seconds="30 seconds left."
      >${Math.ceil(leftMs / minute)} min</span
    ><span class="visually-hidden" role="status" id="${given.id}-says"></span>`;
};
