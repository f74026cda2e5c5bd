// RFC 6749 4.1.3 with RFC 7636 4.5: an authorization code for tokens.
import { isVerifier } from '@latchkey/protocol';
import { redeemCode } from '../../domain/codes/redeem-code.ts';
import { invalidGrant, missing, type Grant } from './grant.ts';

export const authorizationCode: Grant = {
  type: 'authorization_code',
  notFor: () => undefined,
  async run({ domain, app, form, caused }) {
    const code = form.get('code');
    if (code === undefined) return missing('code');
    const verifier = form.get('code_verifier');
    if (verifier !== undefined && !isVerifier(verifier)) {
      return {
        ok: false,
        error: {
          error: 'invalid_request',
          description: 'code_verifier must be 43 to 128 characters of A-Z a-z 0-9 - . _ ~.',
        },
      };
    }
    const result = await redeemCode(
      domain,
      { app, code, redirectUri: form.get('redirect_uri'), verifier },
      caused,
    );
    if (result.ok) return result;
    // The reason goes no further: to a thief it would say how close the guess was.
    return invalidGrant(
      'The code is not valid: wrong, used, older than 60 seconds, or made for another app, redirect_uri or code_verifier. Start the authorization again.',
    );
  },
};
