// Step-up: what is dangerous needs an authentication of the last ten minutes (protocol.md 10).
import type { Domain } from '../domain.ts';
import type { Session } from './session.ts';

export const isFresh = (domain: Pick<Domain, 'now' | 'settings'>, session: Session): boolean =>
  domain.now() - session.authenticatedAtMs < domain.settings.stepUpSeconds * 1000;
