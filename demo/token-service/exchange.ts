// The exchange behind the Token URL: client credentials with a customer key at the issuer (document 001).

type Tokens = {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly scope?: string;
  readonly refresh_token?: string;
};

export type Exchange =
  | { readonly is: 'tokens'; readonly tokens: Tokens }
  /** The customer key behind this session was revoked, ran out, or its owner ended the connection. */
  | { readonly is: 'ended' }
  /** The issuer cannot be reached, or asks to wait. */
  | { readonly is: 'unavailable'; readonly retryAfterSeconds: number }
  /** The issuer refuses this service itself, or answers something that is no token: the operator must look. */
  | { readonly is: 'broken'; readonly said: string };

export type ExchangeSettings = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly customerKey: string;
};

const TIMEOUT_MS = 10_000;

type Fields = Readonly<Record<string, unknown>>;

const tokensFrom = (answer: Fields): Tokens | undefined => {
  const { access_token, token_type, expires_in, scope, refresh_token } = answer;
  if (typeof access_token !== 'string' || access_token === '') return undefined;
  if (typeof token_type !== 'string' || token_type.toLowerCase() !== 'bearer') return undefined;
  if (typeof expires_in !== 'number' || expires_in <= 0) return undefined;
  return {
    access_token,
    token_type: 'Bearer',
    expires_in,
    ...(typeof scope === 'string' ? { scope } : {}),
    ...(typeof refresh_token === 'string' ? { refresh_token } : {}),
  };
};

const secondsFrom = (header: string | null): number =>
  header !== null && /^\d{1,5}$/.test(header) ? Number(header) : 5;

const meaningOf = (response: Response, answer: Fields): Exchange => {
  if (response.status === 429 || response.status >= 500) {
    return { is: 'unavailable', retryAfterSeconds: secondsFrom(response.headers.get('retry-after')) };
  }
  if (response.status === 200) {
    const tokens = tokensFrom(answer);
    return tokens === undefined
      ? { is: 'broken', said: 'an answer without a token' }
      : { is: 'tokens', tokens };
  }
  if (answer['error'] === 'invalid_grant') return { is: 'ended' };
  return {
    is: 'broken',
    said: typeof answer['error'] === 'string' ? answer['error'] : `HTTP ${response.status}`,
  };
};

export const exchange = async (settings: ExchangeSettings): Promise<Exchange> => {
  try {
    const response = await fetch(`${settings.issuer}/oauth/token`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: settings.clientId,
        client_secret: settings.clientSecret,
        customer_key: settings.customerKey,
      }),
      // A secret goes to the address that it was meant for, or nowhere.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer: unknown = await response.json().catch(() => ({}));
    return meaningOf(response, typeof answer === 'object' && answer !== null ? (answer as Fields) : {});
  } catch {
    return { is: 'unavailable', retryAfterSeconds: 5 };
  }
};
