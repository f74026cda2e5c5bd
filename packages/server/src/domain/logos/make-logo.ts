// The port that turns what strangers upload into a picture of our own.
import type { FieldCode } from '../field-problem.ts';

export type MadeLogo =
  | { readonly ok: true; readonly png: Uint8Array; readonly hash: string }
  | { readonly ok: false; readonly problem: Extract<FieldCode, `logo-${string}`> | 'busy' };

/** Decodes what strangers send, bounded in size, dimensions and time [security 54]. */
export type MakeLogo = (picture: Uint8Array) => Promise<MadeLogo>;
