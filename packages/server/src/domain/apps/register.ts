// Registers an app with the fields of document 003. It starts in development mode; nothing is sent for review.
import * as v from 'valibot';
import { publicId } from '../connections/grant.ts';
import { code } from '../field-problem.ts';
import { done, operation, refuse, refuseField } from '../operation.ts';
import { answerOfApp, appAnswer } from './answer.ts';
import type { App } from './app.ts';
import { newClientSecret } from './client-secret.ts';
import { isLogo } from '../logos/logo.ts';
import { appFields } from './fields.ts';
import { isQualified } from '../vendors/rules.ts';
import { onAVendorTeam } from './rules.ts';

export const registerApp = operation({
  id: 'apps.register',
  summary: 'Register an app',
  http: ['POST', '/api/apps'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({ ...appFields, kind: v.picklist(['confidential', 'public'], code('kind-missing')) }),
  output: v.object({ app: appAnswer, clientSecret: v.nullable(v.string()) }),
  subject: 'none',
  allow: [onAVendorTeam],
  stepUp: false,
  refusals: { 'no-vendor': 404, 'not-qualified': 403 },
  async run({ domain, asker, nowMs, trace }, { kind, ...fields }) {
    const vendor = await domain.stores.vendors.ofUser(asker.user.id);
    if (vendor === undefined) return refuse('no-vendor');
    if (!(await isQualified(domain, vendor))) return refuse('not-qualified');
    if (!(await isLogo(domain, fields.logoHash))) return refuseField('logoHash', 'malformed');
    const app: App = {
      id: await domain.stores.nextId(),
      publicId: publicId(domain, 'app'),
      clientId: Buffer.from(domain.secrets.random(12)).toString('hex'),
      vendorId: vendor.id,
      kind,
      status: 'development',
      statusSinceMs: nowMs,
      deviceGrant: false,
      userCodePrefix: '',
      epoch: 1,
      version: 1,
      permissionSetId: await domain.stores.permissionSets.intern([]),
      ...fields,
      createdAtMs: nowMs,
    };
    const first = kind === 'confidential' ? await newClientSecret(domain, app.id, nowMs) : undefined;
    await domain.stores.apps.create(app, first?.row, trace({ clientId: app.clientId }));
    return done({ app, clientSecret: first?.secret });
  },
  answer: async ({ app, clientSecret }, domain) => ({
    app: await answerOfApp(app, domain),
    clientSecret: clientSecret ?? null,
  }),
});
