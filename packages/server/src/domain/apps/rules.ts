// Who may act on an app: the team that owns it; everybody else gets the answer of an unknown app.
import type { Rule } from '../operation.ts';
import type { App } from './app.ts';

export const teamOfApp: Rule<App> = ({ stores }, asker, app) =>
  app.vendorId !== undefined && stores.vendors.isOnTeam(asker.user.id, app.vendorId);

export const onAVendorTeam: Rule<undefined> = async ({ stores }, asker) =>
  (await stores.vendors.ofUser(asker.user.id)) !== undefined;
