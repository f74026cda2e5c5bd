// A person's passkeys.
import * as v from 'valibot';
import { nothing } from '../answers.ts';
import { publicId } from '../connections/grant.ts';
import { securityMail } from '../mail/words/security.ts';
import { done, operation, refuse, type SignedIn } from '../operation.ts';
import { publicIdText, requiredText } from '../text-rules.ts';
import type { Passkey } from './factor.ts';
import { addFactor } from './first-factor.ts';
import { checkCreated, creationOptions } from './passkey.ts';

export const PASSKEYS_PER_PERSON = 10;

const bindingOf = ({ session }: SignedIn): string => `session ${session.id}`;

export const startPasskey = operation({
  id: 'factors.start-passkey',
  summary: 'Begin to add a passkey',
  http: ['POST', '/api/factors/passkeys/start'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({}),
  output: v.object({
    options: v.pipe(
      v.looseObject({}),
      v.description('For `PublicKeyCredential.parseCreationOptionsFromJSON`; good for 10 minutes.'),
    ),
  }),
  subject: 'none',
  allow: [],
  stepUp: true,
  refusals: { limit: 409 },
  async run({ domain, asker }) {
    const known = await domain.stores.factors.passkeysOf(asker.user.id);
    if (known.length >= PASSKEYS_PER_PERSON) return refuse('limit');
    return done({ options: await creationOptions(domain, asker.user, known, bindingOf(asker)) });
  },
  answer: ({ options }) => ({ options: { ...options } }),
});

export const addPasskey = operation({
  id: 'factors.add-passkey',
  summary: 'Add a passkey',
  http: ['POST', '/api/factors/passkeys'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({
    name: requiredText(60),
    credential: v.pipe(
      v.optional(v.pipe(v.string(), v.maxLength(32_768)), ''),
      v.description('The browser’s `PublicKeyCredential`, as JSON text.'),
    ),
  }),
  output: v.object({
    passkey: v.object({ id: v.string(), name: v.string() }),
    recoveryCodes: v.array(v.string()),
  }),
  subject: 'none',
  allow: [],
  stepUp: true,
  refusals: { 'passkey-refused': 400, limit: 409 },
  async run({ domain, asker, caused, nowMs, trace }, { name, credential }) {
    const { user, session } = asker;
    const made = await checkCreated(domain, bindingOf(asker), credential);
    if (made === undefined) return refuse('passkey-refused');
    const { challenge, ...traits } = made;
    const passkey: Passkey = {
      ...traits,
      id: await domain.stores.nextId(),
      publicId: publicId(domain, 'pk'),
      userId: user.id,
      name,
      createdAtMs: nowMs,
    };
    const mails = securityMail(domain, user, { kind: 'passkey-added', name }, caused);
    const { added, recoveryCodes } = await addFactor(domain, user.id, (codes) =>
      domain.stores.factors.addPasskey(
        passkey,
        challenge,
        PASSKEYS_PER_PERSON,
        codes,
        session.id,
        trace(undefined, mails),
      ),
    );
    if (added) return done({ passkey, recoveryCodes });
    const known = await domain.stores.factors.passkeysOf(user.id);
    return refuse(known.length >= PASSKEYS_PER_PERSON ? 'limit' : 'passkey-refused');
  },
  answer: ({ passkey, recoveryCodes }) => ({
    passkey: { id: passkey.publicId, name: passkey.name },
    recoveryCodes: [...recoveryCodes],
  }),
});

export const removePasskey = operation({
  id: 'factors.remove-passkey',
  summary: 'Remove a passkey',
  http: ['POST', '/api/factors/passkeys/{passkey}/remove'],
  sessionOnly: true,
  who: 'signed-in',
  input: v.strictObject({ passkey: publicIdText }),
  output: nothing,
  subject: 'none',
  allow: [],
  stepUp: true,
  refusals: { gone: 404 },
  async run({ domain, asker: { user }, caused, trace }, input) {
    const known = await domain.stores.factors.passkeysOf(user.id);
    const passkey = known.find((one) => one.publicId === input.passkey);
    if (passkey === undefined) return refuse('gone');
    const mails = securityMail(domain, user, { kind: 'passkey-removed', name: passkey.name }, caused);
    const removed = await domain.stores.factors.removePasskey(passkey.id, user.id, trace(undefined, mails));
    return removed ? done(undefined) : refuse('gone');
  },
});
