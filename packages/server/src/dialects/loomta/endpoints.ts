// The table of Loomta's endpoints at the host root; its public API goes through the gateway.
import type { Domain } from '../../domain/domain.ts';
import type { Handler } from '../../http/exchange.ts';
import { onlyMethods } from '../../http/answers.ts';
import { approveEndpoint, denyEndpoint, startEndpoint, tokenEndpoint } from './device.ts';
import { sessionEndpoint } from './session.ts';

export const loomtaEndpoints = (domain: Domain): ReadonlyMap<string, Handler> =>
  new Map([
    ['/auth/session', sessionEndpoint(domain)],
    ['/auth/device/start', onlyMethods(['POST'], startEndpoint(domain))],
    ['/auth/device/token', onlyMethods(['POST'], tokenEndpoint(domain))],
    ['/auth/device/approve', onlyMethods(['POST'], approveEndpoint(domain))],
    ['/auth/device/deny', onlyMethods(['POST'], denyEndpoint(domain))],
  ]);
