// Qualification of vendors, where the deployment asks for it: the vendor's form, and a reviewer's or operator's decision.
import * as v from 'valibot';
import { nothing } from '../answers.ts';
import { isWebsite } from '../apps/fields.ts';
import { onAVendorTeam } from '../apps/rules.ts';
import { code } from '../field-problem.ts';
import { letterTo } from '../mail/letter.ts';
import { proofLetters } from '../mail/words/proofs.ts';
import { done, operation, refuse, type Rule } from '../operation.ts';
import { emailText, optionalText, phoneText, publicIdText, requiredText } from '../text-rules.ts';
import { isVendor, vendorOf } from './rules.ts';

const link = v.pipe(
  optionalText(300),
  v.check((given) => isWebsite(given), code('website-not-a-url')),
);

export const submitQualification = operation({
  id: 'vendors.submit-qualification',
  summary: 'Send the form of the vendor qualification',
  http: ['POST', '/api/vendor/qualification'],
  sessionOnly: true,
  output: nothing,
  answer: () => undefined,
  who: 'signed-in',
  input: v.strictObject({
    companyName: requiredText(200),
    companyWebsite: link,
    privacyUrl: link,
    assessorName: requiredText(100),
    assessorTitle: requiredText(100),
    email: emailText,
    phone: v.pipe(phoneText, v.minLength(1, code('phone-missing'))),
  }),
  subject: 'none',
  allow: [onAVendorTeam],
  stepUp: false,
  refusals: { 'no-vendor': 404, 'not-asked': 404, 'under-review': 409, qualified: 409 },
  async run({ domain, asker, nowMs, trace }, form) {
    if (!domain.settings.vendorQualification) return refuse('not-asked');
    const vendor = await vendorOf(domain, asker);
    if (!isVendor(vendor)) return vendor;
    const { qualifications } = domain.stores;
    const before = await qualifications.find(vendor.id);
    if (before?.status === 'qualified') return refuse('qualified');
    if (before?.status === 'under-review') return refuse('under-review');
    const next = {
      ...form,
      vendorId: vendor.id,
      status: 'under-review' as const,
      version: (before?.version ?? 0) + 1,
      submittedBy: asker.user.id,
      submittedAtMs: nowMs,
    };
    return (await qualifications.submit(next, trace())) ? done(next) : refuse('under-review');
  },
});

const decides: Rule<undefined> = (_domain, { user }) =>
  user.platformRole === 'reviewer' || user.platformRole === 'operator';

export const decideQualification = operation({
  id: 'vendors.decide-qualification',
  summary: 'Approve or decline the qualification of a vendor',
  http: ['POST', '/api/vendors/{vendor}/qualification'],
  sessionOnly: true,
  output: nothing,
  answer: () => undefined,
  who: 'signed-in',
  input: v.strictObject({
    vendor: publicIdText,
    version: v.pipe(v.number(), v.safeInteger()),
    decision: v.picklist(['qualified', 'declined'], code('choice-missing')),
    reason: optionalText(2000),
  }),
  subject: 'none',
  allow: [decides],
  stepUp: false,
  refusals: { unknown: 404, 'own-vendor': 409, changed: 409, 'reason-missing': 400 },
  async run({ domain, asker, nowMs, trace }, input) {
    const { stores, settings } = domain;
    const vendor = await stores.vendors.findByPublicId(input.vendor);
    const waiting = vendor && (await stores.qualifications.find(vendor.id));
    if (vendor === undefined || waiting === undefined) return refuse('unknown');
    if (await stores.vendors.isOnTeam(asker.user.id, vendor.id)) return refuse('own-vendor');
    const { decision, reason } = input;
    if (decision === 'declined' && reason === '') return refuse('reason-missing');
    const letter =
      decision === 'qualified'
        ? proofLetters.qualified(vendor.name, `${settings.issuer}/developer/apps/new`)
        : proofLetters.notQualified(vendor.name, reason, `${settings.issuer}/developer/qualification`);
    const next = {
      ...waiting,
      status: decision,
      version: waiting.version + 1,
      decidedBy: asker.user.id,
      decidedAtMs: nowMs,
      ...(reason === '' ? {} : { reason }),
    };
    const mails = [letterTo(domain, waiting.email, 'qualification-decided', letter)];
    const decided = await stores.qualifications.decide(next, input.version, trace({ decision }, mails));
    return decided ? done(next) : refuse('changed');
  },
});
