// The terminal takes its login back (Ctrl-C): the code on its screen must not work any more.
import { matchesHash, recordIdOf, SECRET_PREFIX } from '../../secrets/record-secret.ts';
import type { App } from '../apps/app.ts';
import { traceOf, type Caused, type Domain } from '../domain.ts';

/** True when the request still waited; one that was decided, or is another app's, stays as it is. */
export const withdrawDevice = async (
  domain: Domain,
  app: App,
  deviceCode: string,
  caused: Caused,
): Promise<boolean> => {
  const id = recordIdOf(SECRET_PREFIX.deviceCode, deviceCode);
  const request = id === undefined ? undefined : await domain.stores.devices.find(id);
  if (request === undefined || !matchesHash(deviceCode, request.hash) || request.appId !== app.id)
    return false;
  const trace = traceOf('devices.withdraw', caused, domain.now(), { app: app.clientId });
  const withdrawn = await domain.stores.devices.withdraw(request.id, trace);
  if (withdrawn) domain.devicePace.forget(request.id);
  return withdrawn;
};
