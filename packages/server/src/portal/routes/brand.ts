// The brand as the configuration spells it, and as pages use it.
import type { Brand } from '../frame.ts';

export type BrandSettings = {
  readonly name: string;
  readonly support: string;
  /** Shown only if it is a path of ours: the pages' policy loads no picture from elsewhere. */
  readonly logo?: string | undefined;
  readonly privacy?: string | undefined;
  readonly terms?: string | undefined;
};

export const brandOf = (settings: BrandSettings): Brand => ({
  name: settings.name,
  supportEmail: settings.support,
  ...(settings.logo?.startsWith('/') === true ? { logoUrl: settings.logo } : {}),
  ...(settings.terms === undefined ? {} : { termsUrl: settings.terms }),
  ...(settings.privacy === undefined ? {} : { privacyUrl: settings.privacy }),
});
