/** Owns `lofty-cli auth login`: client credentials with a customer key. */
import { proveWritable } from '@latchkey/auth-kit';
import type { Run } from '../../command.ts';
import { savedTokens } from '../../saved-tokens.ts';
import { finishLogin } from '../../sign-in.ts';

export const run: Run = async (context) => {
  const method = 'client-credentials';
  const cachePath = context.files.oauthCache;
  const session = context.session({ method });
  if (!session.ok) return context.refuse(session.failure);
  const writable = await proveWritable(cachePath);
  if (!writable.ok) return context.refuse(writable.failure);
  // A login is asked for: the token at hand does not count, even if it is still good.
  const refused = (await savedTokens(context.io, cachePath))?.accessToken;
  const answer = await session.value.chain.resolve(refused === undefined ? {} : { refused });
  if (answer.ok)
    return await finishLogin(context, session.value, { method, label: answer.source.label, cachePath });
  const missing = answer.links.find((link) => link.state === 'not set');
  if (missing === undefined) return context.refuse(answer.failure);
  return context.refuse({
    kind: 'not-signed-in',
    reason: missing.reason,
    next: 'set LOFTY_CLIENT_ID and LOFTY_CLIENT_SECRET, and the customer key by LOFTY_CUSTOMER_KEY or lofty-cli auth set -',
  });
};
