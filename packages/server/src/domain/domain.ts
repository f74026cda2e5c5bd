// What every operation of the domain is given. Made once in serve.ts.
import type { Memory } from './access/memory.ts';
import type { Guesses } from './guesses.ts';
import type { LastUsed } from './last-used.ts';
import type { MakeLogo } from './logos/make-logo.ts';
import type { Pace } from './devices/pace.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { Permission } from './permissions/permission.ts';
import type { Settings } from './settings.ts';
import type { Stores } from './stores.ts';
import type { UsageRecorder } from './usage/recorder.ts';
import type { LookAtWebsite } from './websites/website.ts';
import type { Actor, Now, Trace } from './trace.ts';

export type Domain = {
  readonly stores: Stores;
  readonly secrets: Secrets;
  readonly settings: Settings;
  readonly now: Now;
  readonly memory: Memory;
  readonly devicePace: Pace;
  readonly guesses: Guesses;
  readonly lastUsed: LastUsed;
  readonly usage: UsageRecorder;
  /** Turns what strangers upload into a picture of our own. */
  readonly makeLogo: MakeLogo;
  /** Asks what strangers name as their website, bounded, and only public addresses. */
  readonly lookAtWebsite: LookAtWebsite;
  /** The API's permissions, from its OpenAPI document. */
  readonly permissions: readonly Permission[];
  /** Ids of the operations that a management key can be good for. */
  readonly managementOperations: ReadonlySet<string>;
};

/** Who asks, from where, in which request; becomes the trace of what is written. */
export type Caused = {
  readonly actor: Actor;
  readonly requestId: string;
  readonly address: string;
  /** The User-Agent, cut. */
  readonly device: string;
};

export const traceOf = (
  verb: string,
  caused: Caused,
  atMs: number,
  detail?: Trace['detail'],
  mails?: Trace['mails'],
): Trace => ({
  verb,
  actor: caused.actor,
  requestId: caused.requestId,
  atMs,
  ...(detail === undefined ? {} : { detail }),
  ...(mails === undefined ? {} : { mails }),
});
