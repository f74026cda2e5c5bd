// Turns the secret of a management key into the person who made it, as far as the key goes.
import { matchesHash, recordIdOf, SECRET_PREFIX } from '../../secrets/record-secret.ts';
import type { Domain } from '../domain.ts';
import type { KeyHolder } from '../operation.ts';
import { managementKeyStatus } from './management-key.ts';

export const checkManagementKey = async (domain: Domain, text: string): Promise<KeyHolder | undefined> => {
  const id = recordIdOf(SECRET_PREFIX.managementKey, text);
  const key = id === undefined ? undefined : await domain.stores.managementKeys.find(id);
  if (key === undefined || !matchesHash(text, key.hash)) return undefined;
  if (managementKeyStatus(key, domain.now()) !== 'active') return undefined;
  const user = await domain.stores.users.find(key.userId);
  if (user === undefined || user.disabledAtMs !== undefined) return undefined;
  // A vendor's key acts by its maker's place in the team.
  if (key.vendorId !== undefined && !(await domain.stores.vendors.isOnTeam(user.id, key.vendorId)))
    return undefined;
  domain.lastUsed.note('management-key', key.id);
  return { user, managementKey: key };
};
