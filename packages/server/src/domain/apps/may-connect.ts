// Who may connect an app: everyone in production; the team and accepted testers before (protocol.md 3, security.md 40).
import type { UserId } from '../users/user.ts';
import type { Domain } from '../domain.ts';
import { isFirstParty, modeOf, type ConnectableApp } from './app.ts';

export type ConnectRefusal = 'app-suspended' | 'not-a-tester';

/** At once where nothing has to be read. */
export const connectRefusal = (
  domain: Pick<Domain, 'stores'>,
  app: ConnectableApp,
  userId: UserId,
): ConnectRefusal | undefined | Promise<ConnectRefusal | undefined> => {
  if (app.suspendedAtMs !== undefined || app.deletedAtMs !== undefined) return 'app-suspended';
  if (isFirstParty(app) || modeOf(app) === 'production') return undefined;
  return testerRefusal(domain, app, userId);
};

const testerRefusal = async (
  domain: Pick<Domain, 'stores'>,
  app: ConnectableApp,
  userId: UserId,
): Promise<ConnectRefusal | undefined> => {
  const { vendors, apps } = domain.stores;
  if (app.vendorId !== undefined && (await vendors.isOnTeam(userId, app.vendorId))) return undefined;
  return (await apps.isTester(app.id, userId)) ? undefined : 'not-a-tester';
};
