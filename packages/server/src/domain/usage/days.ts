// What an app's calls of the last thirty days came to, day by day (UTC).
import * as v from 'valibot';
import { teamOfApp } from '../apps/rules.ts';
import { done, operation } from '../operation.ts';
import { publicIdText } from '../text-rules.ts';
import { dayOf } from './recorder.ts';
import { answerOfUsage, summarise, usageAnswer } from './summary.ts';
import { DAY_MS } from './usage.ts';

const DAYS = 30;

export const usageDays = operation({
  id: 'usage.days',
  summary: 'Read the usage of the last thirty days',
  http: ['GET', '/api/apps/{app}/usage/days'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({ app: publicIdText }),
  output: usageAnswer,
  subject: 'app',
  allow: [teamOfApp],
  stepUp: false,
  refusals: {},
  async run({ domain, nowMs }, _input, app) {
    const endMs = dayOf(nowMs) + DAY_MS;
    const fromMs = endMs - DAYS * DAY_MS;
    const counts = await domain.stores.usage.daysOf(app.id, fromMs, endMs);
    return done(summarise(counts, fromMs, DAY_MS, DAYS));
  },
  answer: answerOfUsage,
});
