// Who caused a write, as machine endpoints know it before anybody is authenticated.
import type { Caused } from '../domain/domain.ts';
import type { Exchange } from './exchange.ts';

const MAX_DEVICE_LENGTH = 200;

export const causedBy = (exchange: Exchange): Caused => ({
  actor: { kind: 'anonymous' },
  requestId: exchange.requestId,
  address: exchange.address,
  device: (exchange.header('user-agent') ?? '').slice(0, MAX_DEVICE_LENGTH),
});
