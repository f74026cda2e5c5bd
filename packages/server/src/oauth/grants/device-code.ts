// RFC 8628 3.4 and 3.5: a terminal polls for its tokens.
import { DEVICE_CODE_GRANT, type TokenError } from '@latchkey/protocol';
import { pollDevice, type PollResult } from '../../domain/devices/poll.ts';
import { missing, type Grant } from './grant.ts';

const ERRORS: Record<Exclude<PollResult['kind'], 'tokens' | 'key'>, TokenError> = {
  unknown: { error: 'invalid_grant', description: 'This device_code is not known. Start again.' },
  claimed: { error: 'invalid_grant', description: 'This device_code was used before. Start again.' },
  pending: { error: 'authorization_pending', description: 'Not approved yet. Keep polling at the interval.' },
  'slow-down': { error: 'slow_down', description: 'Polled too fast. Add 5 seconds to the interval.' },
  expired: { error: 'expired_token', description: 'The code was not approved in time. Start again.' },
  denied: {
    error: 'access_denied',
    description: 'The request was denied. Start again if that was a mistake.',
  },
};

export const deviceCode: Grant = {
  type: DEVICE_CODE_GRANT,
  notFor: (app) => (app.deviceGrant ? undefined : 'This app may not use the device grant.'),
  async run({ domain, app, form, caused }) {
    const code = form.get('device_code');
    if (code === undefined) return missing('device_code');
    const result = await pollDevice(domain, { deviceCode: code, outcome: 'grant', appId: app.id }, caused);
    if (result.kind === 'tokens') return { ok: true, tokens: result.tokens };
    if (result.kind === 'key') throw new Error('a grant request handed out a key');
    return { ok: false, error: ERRORS[result.kind] };
  },
};
