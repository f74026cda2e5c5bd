// The vendor's name and contact: the name stands on consent pages, the contact fills in new registrations.
import * as v from 'valibot';
import { nothing } from '../answers.ts';
import { onAVendorTeam } from '../apps/rules.ts';
import { done, operation } from '../operation.ts';
import { emailText, optionalText, phoneText, requiredText } from '../text-rules.ts';
import { isVendor, vendorOf } from './rules.ts';

export const changeVendorProfile = operation({
  id: 'vendors.change-profile',
  summary: 'Change the developer profile',
  http: ['POST', '/api/vendor'],
  sessionOnly: false,
  output: nothing,
  answer: () => undefined,
  who: 'signed-in',
  input: v.strictObject({
    name: requiredText(100),
    contactName: optionalText(100),
    contactEmail: emailText,
    contactPhone: phoneText,
  }),
  subject: 'none',
  allow: [onAVendorTeam],
  stepUp: false,
  refusals: { 'no-vendor': 404 },
  async run({ domain, asker, trace }, fields) {
    const vendor = await vendorOf(domain, asker);
    if (!isVendor(vendor)) return vendor;
    await domain.stores.vendors.change({ ...vendor, ...fields }, trace());
    return done(undefined);
  },
});
