// Who may see and end a management key: the person who made it and, of a vendor's key, everyone on the team.
import type { Rule } from '../operation.ts';
import type { ManagementKey } from './management-key.ts';

export const makerOrTeam: Rule<ManagementKey> = ({ stores }, asker, key) =>
  key.userId === asker.user.id ||
  (key.vendorId !== undefined && stores.vendors.isOnTeam(asker.user.id, key.vendorId));
