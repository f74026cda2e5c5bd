// The authorization code flow of a confidential app, with state and PKCE (RFC 6749 section 4.1, RFC 7636, RFC 9207).
import { createHash } from 'node:crypto';
import { meaningOfTokens } from './meaning.ts';
import { send, type Answer, type Clock } from './send.ts';
import type { Session, Tokens } from './session.ts';

export type AppSettings = {
  /** For requests from this server. */
  readonly issuer: string;
  /** For the browser; also what `iss` must say. */
  readonly publicIssuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
};

const PENDING_MAX = 5;
const PENDING_MS = 10 * 60_000;

/** Where to send the browser; remembers in the session what the answer must fit. */
export const beginConnecting = (
  session: Session,
  settings: AppSettings,
  redirectUri: string,
  nowMs: number,
  random: () => string,
): string => {
  const [state, verifier] = [random(), random()];
  const [oldest] = session.pending.keys();
  if (session.pending.size >= PENDING_MAX && oldest !== undefined) session.pending.delete(oldest);
  session.pending.set(state, { verifier, atMs: nowMs });
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return `${settings.publicIssuer}/oauth/authorize?${query}`;
};

export type Callback =
  | { readonly is: 'code'; readonly code: string; readonly verifier: string }
  | { readonly is: 'cancelled' }
  | { readonly is: 'refused'; readonly error: string; readonly description: string }
  /** Nothing that this browser began: forged, repeated, or too old. */
  | { readonly is: 'unexpected' }
  | { readonly is: 'other-issuer' };

/** Spends the state: the same callback loaded twice is unexpected the second time. */
export const readCallback = (
  session: Session | undefined,
  query: URLSearchParams,
  { publicIssuer }: AppSettings,
  nowMs: number,
): Callback => {
  const one = (name: string): string => (query.getAll(name).length === 1 ? (query.get(name) ?? '') : '');
  const state = one('state');
  const begun = session?.pending.get(state);
  session?.pending.delete(state);
  if (begun === undefined || nowMs - begun.atMs > PENDING_MS) return { is: 'unexpected' };
  if (query.has('iss') && one('iss') !== publicIssuer) return { is: 'other-issuer' };
  const [code, error] = [one('code'), one('error')];
  if (error === 'access_denied') return { is: 'cancelled' };
  if (error !== '') return { is: 'refused', error, description: one('error_description') };
  return code === '' ? { is: 'unexpected' } : { is: 'code', code, verifier: begun.verifier };
};

const tokensFrom = (
  { status, json }: Answer,
  before: Tokens | undefined,
  nowMs: number,
): Tokens | undefined => {
  const { access_token, refresh_token, expires_in } = json;
  if (status !== 200 || typeof access_token !== 'string') return undefined;
  return {
    accessToken: access_token,
    // RFC 6749 section 6: without a new one, the old one stays good.
    refreshToken: typeof refresh_token === 'string' ? refresh_token : before?.refreshToken,
    endsAtMs: nowMs + (typeof expires_in === 'number' ? expires_in : 0) * 1000,
  };
};

const askTokens = async (
  session: Session,
  settings: AppSettings,
  grant: Readonly<Record<string, string>>,
  clock: Clock,
): Promise<boolean> => {
  const isCode = grant['grant_type'] === 'authorization_code';
  const { answer, sent } = await send(
    {
      title: isCode ? 'Exchange the code for tokens' : 'Refresh the token',
      method: 'POST',
      url: `${settings.issuer}/oauth/token`,
      form: { ...grant, client_id: settings.clientId, client_secret: settings.clientSecret },
    },
    meaningOfTokens(isCode ? 'code' : 'refresh token'),
    clock,
  );
  session.sent = [sent, ...session.sent].slice(0, 6);
  const tokens = tokensFrom(answer, isCode ? undefined : session.tokens, clock.now());
  if (tokens !== undefined) session.tokens = tokens;
  return tokens !== undefined;
};

export const exchangeCode = (
  session: Session,
  settings: AppSettings,
  { code, verifier, redirectUri }: { code: string; verifier: string; redirectUri: string },
  clock: Clock,
): Promise<boolean> =>
  askTokens(
    session,
    settings,
    { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier },
    clock,
  );

export const refreshTokens = (
  session: Session,
  refreshToken: string,
  settings: AppSettings,
  clock: Clock,
): Promise<boolean> =>
  askTokens(session, settings, { grant_type: 'refresh_token', refresh_token: refreshToken }, clock);
