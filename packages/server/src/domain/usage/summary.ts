// Usage as vendors see it: one bar for every minute or day, what each endpoint came to, and the tokens issued.
import * as v from 'valibot';
import { instant, instantOf } from '../answers.ts';
import type { Outcome, UsageCount } from './usage.ts';

export type Tally = Readonly<Record<Outcome, number>>;
export type Bar = Tally & { readonly startMs: number };
/** `what` is a permission id, or `unknown` for calls of no endpoint. */
export type Called = Tally & { readonly what: string };
export type Issued = { readonly grantType: string; readonly issued: number; readonly refused: number };

export type Usage = {
  readonly stepMs: number;
  /** Oldest first, with those in which nothing happened. */
  readonly bars: readonly Bar[];
  /** Most called first. */
  readonly endpoints: readonly Called[];
  readonly tokens: readonly Issued[];
};

/** Only the busiest are listed: an answer stays bounded. */
const ENDPOINTS = 100;
const NONE: Tally = { '2xx': 0, '4xx': 0, '429': 0, '5xx': 0 };
const TOKEN = 'token/';

export const totalOf = (tally: Tally): number => tally['2xx'] + tally['4xx'] + tally['429'] + tally['5xx'];

const plus = <Key>(tallies: Map<Key, Tally>, key: Key, { outcome, count }: UsageCount): void => {
  const known = tallies.get(key) ?? NONE;
  tallies.set(key, { ...known, [outcome]: known[outcome] + count });
};

/** `steps` bars of `stepMs`, the first of which starts at `fromMs`. */
export const summarise = (
  counts: readonly UsageCount[],
  fromMs: number,
  stepMs: number,
  steps: number,
): Usage => {
  const bars = new Map<number, Tally>(Array.from({ length: steps }, (_, at) => [fromMs + at * stepMs, NONE]));
  const endpoints = new Map<string, Tally>();
  const tokens = new Map<string, Tally>();
  for (const one of counts) {
    if (one.what.startsWith(TOKEN)) plus(tokens, one.what.slice(TOKEN.length), one);
    else {
      plus(endpoints, one.what, one);
      plus(bars, one.startMs, one);
    }
  }
  return {
    stepMs,
    bars: [...bars].map(([startMs, tally]) => ({ startMs, ...tally })),
    endpoints: [...endpoints]
      .map(([what, tally]) => ({ what, ...tally }))
      .toSorted((a, b) => totalOf(b) - totalOf(a) || (a.what < b.what ? -1 : 1))
      .slice(0, ENDPOINTS),
    tokens: [...tokens]
      .map(([grantType, tally]) => ({
        grantType,
        issued: tally['2xx'],
        refused: totalOf(tally) - tally['2xx'],
      }))
      .toSorted((a, b) => (a.grantType < b.grantType ? -1 : 1)),
  };
};

const count = v.pipe(v.number(), v.integer());
const tally = { '2xx': count, '4xx': count, '429': count, '5xx': count };

export const usageAnswer = v.object({
  bars: v.pipe(
    v.array(v.object({ start: instant, ...tally })),
    v.description('Oldest first, empty ones too.'),
  ),
  endpoints: v.array(
    v.object({
      permission: v.pipe(v.string(), v.description('`unknown` for calls of no endpoint.')),
      ...tally,
    }),
  ),
  tokens: v.array(v.object({ grantType: v.string(), issued: count, refused: count })),
});

export const answerOfUsage = (usage: Usage): v.InferOutput<typeof usageAnswer> => ({
  bars: usage.bars.map(({ startMs, ...counts }) => ({ start: instantOf(startMs), ...counts })),
  endpoints: usage.endpoints.map(({ what, ...counts }) => ({ permission: what, ...counts })),
  tokens: [...usage.tokens],
});
