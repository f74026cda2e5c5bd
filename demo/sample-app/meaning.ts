// What an answer means for the app, in words: what happened, and what a real app does next.
import type { Answer } from './send.ts';

const unreachable = 'Nobody answered. Is Latchkey running? Start it, then call again.';
const overloaded = 'The server has a problem of its own. Nothing is lost; try again later.';

const waitFor = ({ headers }: Answer): string => {
  const seconds = headers.get('retry-after');
  return seconds === null ? 'Wait a minute, then call again.' : `Wait ${seconds} seconds, then call again.`;
};

/** The server may name what is missing (RFC 6750 section 3); otherwise it is the permission of the called endpoint. */
const missingPermission = ({ headers }: Answer, called: string): string =>
  /\bscope="([^"]+)"/.exec(headers.get('www-authenticate') ?? '')?.[1] ?? called;

const forbidden = (answer: Answer, permission: string, endpoint: string): string => {
  const { code } = answer.json;
  if (code === 200100) {
    return (
      `The token is good, but this app does not have the permission ${missingPermission(answer, permission)} ` +
      `(${endpoint}). Its vendor asks for it in the developer portal; then people authorize the app again.`
    );
  }
  return code === 'VENDOR_HAS_NO_PERMISSION'
    ? 'The whole app may not use this API at the moment, for example because it was suspended.'
    : 'The person who connected this app may not do this themselves, so the app may not either.';
};

export const meaningOfCall =
  (permission: string, endpoint: string, done: (answer: Answer) => string) =>
  (answer: Answer): string => {
    const { status } = answer;
    if (status === 0) return unreachable;
    if (status < 300) return done(answer);
    if (status === 401) {
      return (
        'The access token no longer works: someone pressed Disconnect, the permissions of the app changed, or its time ' +
        'is over. A real app stops here and asks the person to connect again.'
      );
    }
    if (status === 403) return forbidden(answer, permission, endpoint);
    if (status === 404)
      return 'There is no such record, or the person who connected this app may not see it.';
    if (status === 429) return `The app used up its requests of this minute. ${waitFor(answer)}`;
    return status >= 500
      ? overloaded
      : 'The API found something wrong with this request; the answer names it.';
  };

export const meaningOfTokens =
  (subject: 'code' | 'refresh token') =>
  (answer: Answer): string => {
    const { status, json } = answer;
    if (status === 0) return unreachable;
    if (status === 200) {
      return subject === 'code'
        ? 'The code was exchanged for tokens, from server to server: the browser never sees them.'
        : 'A new access token, without asking the person again.';
    }
    if (status === 429) return `Too many token requests. ${waitFor(answer)}`;
    if (status >= 500) return overloaded;
    if (json['error'] === 'invalid_grant') {
      return subject === 'code'
        ? 'The code was too old, already used, or made for another request. Connect again.'
        : 'The connection has ended: someone pressed Disconnect, or the permissions of the app changed. Connect again.';
    }
    if (json['error'] === 'invalid_client') {
      return "The server does not accept this app's Client ID and Client Secret. Restart the demo, or check its settings.";
    }
    return 'The server refused the exchange; the answer names why.';
  };
