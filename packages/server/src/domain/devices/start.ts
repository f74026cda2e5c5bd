// Starts a terminal login: a device code for the terminal, a user code for the person (RFC 8628 3.2; document 004).
import { formatUserCode, narrowScope, pickUserCode, type ScopeRequest } from '@latchkey/protocol';
import { createRecordSecret, SECRET_PREFIX } from '../../secrets/record-secret.ts';
import type { App } from '../apps/app.ts';
import type { Caused, Domain } from '../domain.ts';
import type { DeviceOutcome } from './device-request.ts';
import { userCodeHash } from './user-code.ts';

export type StartedDevice = {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly expiresInSeconds: number;
  readonly intervalSeconds: number;
};
export type StartRefusal = 'app-suspended' | 'no-device-grant' | 'scope-too-wide' | 'too-many';

/** Two codes collide once in some 10^7 times at full load; more tries than this mean a broken random source. */
const TRIES = 5;

export const startDevice = async (
  domain: Domain,
  request: { readonly app: App; readonly outcome: DeviceOutcome; readonly scope: ScopeRequest },
  caused: Caused,
): Promise<
  | { readonly ok: true; readonly started: StartedDevice }
  | { readonly ok: false; readonly reason: StartRefusal }
> => {
  const { stores, secrets, settings } = domain;
  const { app } = request;
  if (app.suspendedAtMs !== undefined || app.deletedAtMs !== undefined)
    return { ok: false, reason: 'app-suspended' };
  if (!app.deviceGrant) return { ok: false, reason: 'no-device-grant' };
  const live = await stores.permissionSets.find(app.permissionSetId);
  const permissions = narrowScope(request.scope, live?.permissions ?? []);
  if (permissions === undefined) return { ok: false, reason: 'scope-too-wide' };
  const permissionSetId = await stores.permissionSets.intern(permissions);

  for (let tries = 0; tries < TRIES; tries += 1) {
    const id = await stores.nextId();
    const nowMs = domain.now();
    const { secret, hash } = createRecordSecret(SECRET_PREFIX.deviceCode, id, secrets.random);
    const symbols = pickUserCode(() => secrets.random(1)[0] ?? 0);
    const opened = await stores.devices.open(
      {
        id,
        hash,
        userCodeHash: userCodeHash(domain, symbols),
        appId: app.id,
        outcome: request.outcome,
        permissionSetId,
        epoch: app.epoch,
        createdAtMs: nowMs,
        expiresAtMs: nowMs + settings.deviceRequestSeconds * 1000,
        address: caused.address,
        device: caused.device,
      },
      settings.devicePendingLimit,
    );
    if (opened === 'too-many') return { ok: false, reason: 'too-many' };
    if (opened === 'opened') {
      return {
        ok: true,
        started: {
          deviceCode: secret,
          userCode: formatUserCode(app.userCodePrefix, symbols),
          expiresInSeconds: settings.deviceRequestSeconds,
          intervalSeconds: settings.deviceIntervalSeconds,
        },
      };
    }
  }
  throw new Error('no free user code found');
};
