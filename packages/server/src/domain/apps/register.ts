// Registers an app with the fields of document 003. It starts in development mode; nothing is sent for review.
import { redirectUriProblem } from '@latchkey/protocol';
import * as v from 'valibot';
import { publicId } from '../connections/grant.ts';
import { code } from '../field-problem.ts';
import { done, operation, refuse } from '../operation.ts';
import { optionalText, requiredText } from '../text-rules.ts';
import type { App } from './app.ts';
import { newClientSecret } from './client-secret.ts';
import { onAVendorTeam } from './rules.ts';

const MAX_REDIRECT_URIS = 10;

const isWebsite = (given: string): boolean => {
  const url = URL.parse(given);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '';
};
const isEmail = (given: string): boolean => /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$/.test(given);

/** Each address gets its own problem, at its own field. */
const redirectUri = v.pipe(
  v.string(),
  v.trim(),
  v.rawCheck(({ dataset, addIssue }) => {
    const problem = dataset.typed ? redirectUriProblem(dataset.value) : undefined;
    if (problem !== undefined) addIssue({ message: code(`redirect-uri-${problem}`) });
  }),
);

const appFields = {
  name: requiredText(60),
  website: v.pipe(
    optionalText(300),
    v.check((given) => given === '' || isWebsite(given), code('website-not-a-url')),
  ),
  description: optionalText(1000),
  redirectUris: v.pipe(
    v.array(redirectUri),
    v.minLength(1, code('redirect-uri-missing')),
    v.maxLength(MAX_REDIRECT_URIS, code('too-many-redirect-uris')),
    v.transform((all) => [...new Set(all)]),
  ),
  contactName: optionalText(100),
  contactEmail: v.pipe(
    optionalText(320),
    v.check((given) => given === '' || isEmail(given), code('email-malformed')),
  ),
  contactPhone: v.pipe(
    optionalText(40),
    v.check((given) => given === '' || /^\+?[\d ().\-/]{5,40}$/.test(given), code('phone-malformed')),
  ),
};

export const registerApp = operation({
  id: 'apps.register',
  summary: 'Register an app',
  who: 'signed-in',
  input: v.strictObject({ ...appFields, kind: v.picklist(['confidential', 'public'], code('kind-missing')) }),
  subject: 'none',
  allow: [onAVendorTeam],
  stepUp: false,
  refusals: { 'no-vendor': 404 },
  async run({ domain, asker, nowMs, trace }, { kind, ...fields }) {
    const vendor = await domain.stores.vendors.ofUser(asker.user.id);
    if (vendor === undefined) return refuse('no-vendor');
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
});
