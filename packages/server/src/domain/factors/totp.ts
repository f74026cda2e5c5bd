// Codes of an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds, which is what every app reads).
import { Secret, TOTP } from 'otpauth';
import type { Domain } from '../domain.ts';
import type { User } from '../users/user.ts';
import type { TotpFactor } from './factor.ts';

const SECRET_BYTES = 20;
const PERIOD_SECONDS = 30;
/** A clock may be one step off either way. */
const WINDOW = 1;

const totpOf = (base32: string): TOTP =>
  new TOTP({ secret: Secret.fromBase32(base32), period: PERIOD_SECONDS });

export const newTotpSecret = (domain: Pick<Domain, 'secrets'>): string => {
  return new Secret({ buffer: new Uint8Array(domain.secrets.random(SECRET_BYTES)).buffer }).base32;
};

/** What the app reads from the picture. */
export const totpUri = (
  domain: Pick<Domain, 'settings'>,
  user: Pick<User, 'email'>,
  base32: string,
): string =>
  new TOTP({
    issuer: domain.settings.brand.name,
    label: user.email,
    secret: Secret.fromBase32(base32),
    period: PERIOD_SECONDS,
  }).toString();

/** The step that the code belongs to, if it is right now, or was or will be one step away. */
export const stepOf = (base32: string, code: string, nowMs: number): number | undefined => {
  const delta = totpOf(base32).validate({ token: code, timestamp: nowMs, window: WINDOW });
  return delta === null ? undefined : Math.floor(nowMs / 1000 / PERIOD_SECONDS) + delta;
};

const context = (userId: number): string => `totp ${userId}`;

export const lockTotpSecret = (domain: Pick<Domain, 'secrets'>, userId: number, base32: string): Uint8Array =>
  domain.secrets.totpBox.lock(base32, context(userId));

/** Undefined when its key left the ring. */
export const openTotpSecret = (
  domain: Pick<Domain, 'secrets'>,
  factor: Pick<TotpFactor, 'secret' | 'userId'>,
): string | undefined => domain.secrets.totpBox.open(factor.secret, context(factor.userId));

const SETUP_MS = 20 * 60_000;
const setupContext = (userId: number, sessionId: number): string => `totp setup ${userId} ${sessionId}`;

/** A secret on its way: shown to the person, kept by nobody until a code proves that the app has it. */
export const lockSetup = (
  domain: Pick<Domain, 'secrets' | 'now'>,
  userId: number,
  sessionId: number,
  base32: string,
): string =>
  Buffer.from(
    domain.secrets.totpBox.lock(`${domain.now()} ${base32}`, setupContext(userId, sessionId)),
  ).toString('base64url');

/** The secret, if it was shown to this session not long ago. */
export const openSetup = (
  domain: Pick<Domain, 'secrets' | 'now'>,
  userId: number,
  sessionId: number,
  setup: string,
): string | undefined => {
  const opened = domain.secrets.totpBox.open(
    Buffer.from(setup, 'base64url'),
    setupContext(userId, sessionId),
  );
  const [madeAt = '', base32] = opened?.split(' ') ?? [];
  return base32 !== undefined && domain.now() - Number(madeAt) < SETUP_MS ? base32 : undefined;
};
