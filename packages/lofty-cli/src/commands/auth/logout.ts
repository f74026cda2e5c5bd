/** Owns `lofty-cli auth logout`: as documented it only deletes what this computer holds, and says so. */
import type { Run } from '../../command.ts';
import { removeSaved } from '../../remove-saved.ts';

export const run: Run = (context) => {
  const { sessionCache, pkceCache, oauthCache, customerKey } = context.files;
  return removeSaved(context, [sessionCache, pkceCache, oauthCache, customerKey], {
    nothing: 'Nothing was saved on this computer.',
    variables: ['LOFTY_SESSION_ID', 'LOFTY_CLIENT_SECRET', 'LOFTY_CUSTOMER_KEY', 'LOFTY_ACCESS_TOKEN'],
    afterwards: [
      'Only on this computer: nothing was revoked at the server. To end access there, disconnect',
      'lofty-cli under Settings > Integrations, or revoke the key you used.',
    ],
  });
};
