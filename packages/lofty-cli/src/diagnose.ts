/** Owns why `auth test` failed: which of the documented causes it was, in words, with the fix and the exit code. */
import type { Failure } from '@latchkey/auth-kit';
import type { ApiError } from './api-errors.ts';
import { forbiddenFix, signInAgain } from './api-errors.ts';
import { noteworthySkewMs, skewWords } from './clock.ts';
import type { ExitCode } from './exit-code.ts';
import { exitCode } from './exit-code.ts';
import { exitCodeOf } from './failures.ts';
import { profilePath } from './identity.ts';
import { day } from './words.ts';

type Cause =
  | 'clock-skew'
  | 'expired-refresh-token'
  | 'wrong-customer-key'
  | 'missing-permission'
  | 'access-ended'
  | 'unreachable'
  | 'not-signed-in'
  | 'other';

export type Diagnosis = {
  readonly cause: Cause;
  readonly sentences: readonly string[];
  readonly exit: ExitCode;
};

export type Evidence = {
  /** The method that failed or was refused; empty when none is configured. */
  readonly method: string;
  /** This machine's clock minus the server's. */
  readonly clockSkewMs: number | undefined;
  readonly nowMs: number;
  readonly baseUrl: string;
  /** What the browser login had saved before the test began. */
  readonly browser:
    { readonly expiresAt: number | undefined; readonly until: number | undefined } | undefined;
  /** The customer key, masked, and where it came from. */
  readonly customerKey: string | undefined;
};

const keyFix = 'Fix: copy a key from Settings > Integrations > API; lofty-cli auth set -';

/** No call was answered: the chain yielded no credential, or no other one after a 401. */
export function diagnoseFailure(failure: Failure, evidence: Evidence): Diagnosis {
  if (failure.kind === 'network') return unreachable(failure, evidence);
  if (failure.kind === 'not-signed-in') {
    return diagnosis('not-signed-in', exitCode.notSignedIn, [
      'Not signed in.',
      `Start with: ${signInAgain('')}`,
    ]);
  }
  if (failure.kind !== 'rejected' && failure.kind !== 'expired') return plain(failure);
  // A definite word from the token endpoint is judged by the server's clock, whatever ours says.
  if (failure.code === undefined && isSkewed(evidence)) return clockSkew(evidence.clockSkewMs ?? 0);
  switch (evidence.method) {
    case 'browser-oauth':
      return endedSignIn(evidence);
    case 'client-credentials':
      return failure.code === 'invalid_grant' ? wrongCustomerKey(evidence) : plain(failure);
    case 'direct-token':
      return directToken(failure);
    default:
      return plain(failure);
  }
}

/** The call was answered, but not with the profile. */
export function diagnoseAnswer(error: ApiError, evidence: Evidence): Diagnosis {
  const code = error.code === undefined ? '' : `, code ${error.code}`;
  if (error.status === 403) {
    const may = error.code === '200100' ? 'this app may not call' : 'you may not call';
    return diagnosis('missing-permission', exitCode.forbidden, [
      `Missing permission: ${may} GET ${profilePath} (403${code}).`,
      `Fix: ${forbiddenFix(error.code)}.`,
    ]);
  }
  if (error.status === 401) {
    return isSkewed(evidence) ? clockSkew(evidence.clockSkewMs ?? 0) : accessEnded(evidence.method);
  }
  const said = error.message === undefined ? '' : ` ${error.message}`;
  const wait =
    error.status === 429 ? 'Fix: too many requests; try again in a minute.' : 'Fix: try again later.';
  return diagnosis('other', exitCode.failure, [
    `GET ${profilePath} answered ${error.status}${code}.${said}`,
    wait,
  ]);
}

function isSkewed({ clockSkewMs }: Evidence): boolean {
  return clockSkewMs !== undefined && Math.abs(clockSkewMs) >= noteworthySkewMs;
}

function clockSkew(clockSkewMs: number): Diagnosis {
  return diagnosis('clock-skew', exitCode.failure, [
    `Clock skew: ${skewWords(clockSkewMs)}.`,
    'Fix: set the clock (Linux: sudo timedatectl set-ntp true), try again.',
  ]);
}

/** The server does not say why a refresh token is dead; how the access token stood tells the causes apart. */
function endedSignIn({ browser, nowMs, method }: Evidence): Diagnosis {
  const ranOut = browser?.expiresAt !== undefined && nowMs >= browser.expiresAt;
  const { until } = browser ?? {};
  if (until !== undefined && nowMs >= until)
    return expiredRefresh(`this sign-in ended on ${day(until)}`, method);
  if (ranOut) return expiredRefresh('this sign-in has ended, or was disconnected', method);
  return accessEnded(method);
}

function expiredRefresh(why: string, method: string): Diagnosis {
  return diagnosis('expired-refresh-token', exitCode.expired, [
    `Expired refresh token: ${why}.`,
    `Fix: ${signInAgain(method)}`,
  ]);
}

function accessEnded(method: string): Diagnosis {
  return diagnosis('access-ended', exitCode.expired, [
    "Access ended: disconnected, or the app's permissions changed.",
    `Fix: ${signInAgain(method)}`,
  ]);
}

function directToken(failure: Failure): Diagnosis {
  if (failure.code === 'invalid_grant') {
    return expiredRefresh('LOFTY_REFRESH_TOKEN is not accepted any more', 'direct-token');
  }
  return diagnosis('access-ended', exitCode.expired, [
    'Access ended: LOFTY_ACCESS_TOKEN is wrong, expired or revoked.',
    `Fix: ${signInAgain('direct-token')}`,
  ]);
}

function wrongCustomerKey({ customerKey }: Evidence): Diagnosis {
  return diagnosis('wrong-customer-key', exitCode.expired, [
    `Wrong customer key: ${customerKey ?? 'it'} is unknown, revoked or expired.`,
    keyFix,
  ]);
}

function unreachable(failure: Failure, { baseUrl }: Evidence): Diagnosis {
  const variable = failure.reason.includes(baseUrl) ? 'LOFTY_BASE_URL' : 'LOFTY_TOKEN_URL';
  return diagnosis('unreachable', exitCode.network, [
    `${capital(failure.reason)}.`,
    `Your saved sign-in is kept. Fix: check ${variable}, network, proxy.`,
  ]);
}

function plain(failure: Failure): Diagnosis {
  const fix = failure.next === undefined ? [] : [`Fix: ${failure.next}`];
  return diagnosis('other', exitCodeOf(failure), [`${capital(failure.reason)}.`, ...fix]);
}

function diagnosis(cause: Cause, exit: ExitCode, sentences: readonly string[]): Diagnosis {
  return { cause, exit, sentences };
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
