// What an app's calls of the last hour came to, minute by minute.
import * as v from 'valibot';
import { teamOfApp } from '../apps/rules.ts';
import { done, operation } from '../operation.ts';
import { publicIdText } from '../text-rules.ts';
import { answerOfUsage, summarise, usageAnswer } from './summary.ts';
import { MINUTE_MS } from './usage.ts';

const MINUTES = 60;

export const usageMinutes = operation({
  id: 'usage.minutes',
  summary: 'Read the usage of the last hour',
  http: ['GET', '/api/apps/{app}/usage/minutes'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({ app: publicIdText }),
  output: usageAnswer,
  subject: 'app',
  allow: [teamOfApp],
  stepUp: false,
  refusals: {},
  async run({ domain, nowMs }, _input, app) {
    const endMs = nowMs - (nowMs % MINUTE_MS) + MINUTE_MS;
    const fromMs = endMs - MINUTES * MINUTE_MS;
    const counts = await domain.stores.usage.minutesOf(app.id, fromMs, endMs);
    return done(summarise(counts, fromMs, MINUTE_MS, MINUTES));
  },
  answer: answerOfUsage,
});
