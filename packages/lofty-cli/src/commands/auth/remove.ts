/** Owns `lofty-cli auth remove`: the saved customer key and the tokens got with it. */
import type { Run } from '../../command.ts';
import { removeSaved } from '../../remove-saved.ts';

export const run: Run = (context) =>
  removeSaved(context, [context.files.customerKey, context.files.oauthCache], {
    nothing: 'No customer key is saved.',
    variables: ['LOFTY_CUSTOMER_KEY'],
    revoked: false,
    afterwards: [],
  });
