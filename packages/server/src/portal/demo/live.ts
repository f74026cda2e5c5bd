// What the demo's start page shows live: the gateway's last decisions, and which steps really happened. In memory only.
import type { Decision } from '../../gateway/decision.ts';

export type LiveState = {
  /** Newest first. */
  readonly decisions: readonly Decision[];
  readonly knocked: boolean;
  readonly notPermitted: boolean;
  /** Apps that got an answer of the API. */
  readonly answeredApps: ReadonlySet<number>;
  /** A bare API key got one. */
  readonly answeredKey: boolean;
  /** From the newest Disconnect to the refused call after it. */
  readonly cutAfterMs?: number;
};

export type Live = {
  readonly decided: (decision: Decision) => void;
  readonly disconnected: (atMs: number) => void;
  readonly state: () => LiveState;
};

const SHOWN = 10;
const APPS = 100;

export const createLive = (): Live => {
  let decisions: readonly Decision[] = [];
  let knocked = false;
  let notPermitted = false;
  let answeredKey = false;
  let disconnectedAtMs: number | undefined;
  let cutAfterMs: number | undefined;
  const answeredApps = new Set<number>();
  return {
    decided(decision) {
      decisions = [decision, ...decisions].slice(0, SHOWN);
      const { reason, status, appId, atMs } = decision;
      if (reason === 'no-credential') knocked = true;
      if (reason === 'not-permitted') notPermitted = true;
      if (reason === 'ok' && status < 300) {
        if (appId === undefined) answeredKey = true;
        else if (answeredApps.size < APPS) answeredApps.add(appId);
      }
      // A token that ended tells nobody whose it was: the first one refused after the click is taken for the app's.
      if (reason === 'bad-credential' && disconnectedAtMs !== undefined && atMs >= disconnectedAtMs) {
        cutAfterMs = atMs - disconnectedAtMs;
        disconnectedAtMs = undefined;
      }
    },
    disconnected(atMs) {
      disconnectedAtMs = atMs;
    },
    state: () => ({
      decisions,
      knocked,
      notPermitted,
      answeredApps,
      answeredKey,
      ...(cutAfterMs === undefined ? {} : { cutAfterMs }),
    }),
  };
};
