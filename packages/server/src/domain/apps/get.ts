// One app with its live secrets and how many connections it has; never whose.
import * as v from 'valibot';
import { done, operation } from '../operation.ts';
import { publicIdText } from '../text-rules.ts';
import { answerOfApp, answerOfSecret, appAnswer, secretAnswer } from './answer.ts';
import { teamOfApp } from './rules.ts';

export const getApp = operation({
  id: 'apps.get',
  summary: 'Read an app',
  http: ['GET', '/api/apps/{app}'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({ app: publicIdText }),
  output: v.object({
    app: appAnswer,
    secrets: v.array(secretAnswer),
    connections: v.pipe(v.number(), v.integer(), v.description('How many are active.')),
  }),
  subject: 'app',
  allow: [teamOfApp],
  stepUp: false,
  refusals: {},
  async run({ domain, nowMs }, _input, app) {
    const [secrets, connections] = await Promise.all([
      domain.stores.apps.secretsOf(app.id, nowMs),
      domain.stores.connections.countActive(app.id),
    ]);
    return done({ app, secrets, connections });
  },
  answer: async ({ app, secrets, connections }, domain) => ({
    app: await answerOfApp(app, domain),
    secrets: secrets.map(answerOfSecret),
    connections,
  }),
});
