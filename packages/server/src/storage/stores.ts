// All stores over one engine. The database must have been migrated.
import type { OnChange, Stores } from '../domain/stores.ts';
import { appStore } from './apps.ts';
import { changeStore } from './changes.ts';
import { codeStore } from './codes.ts';
import { connectionStore } from './connections.ts';
import { deviceStore } from './devices.ts';
import type { Engine } from './engine.ts';
import { leaseIds } from './ids.ts';
import { keyStore } from './keys.ts';
import { mailStore } from './mails.ts';
import { permissionSetStore } from './permission-sets.ts';
import { openBacking } from './record.ts';
import { sessionStore } from './sessions.ts';
import { userStore } from './users.ts';
import { vendorStore } from './vendors.ts';
import { workspaceStore } from './workspaces.ts';

/** `onChange` hears of each commit's changes before the writing method answers; it must not throw. */
export const openStores = (engine: Engine, onChange: OnChange): Stores => {
  const nextId = leaseIds(engine);
  const backing = openBacking(engine, nextId, onChange);
  return {
    nextId,
    users: userStore(backing),
    workspaces: workspaceStore(backing),
    sessions: sessionStore(backing),
    vendors: vendorStore(backing),
    apps: appStore(backing),
    permissionSets: permissionSetStore(backing),
    connections: connectionStore(backing),
    codes: codeStore(backing),
    devices: deviceStore(backing),
    keys: keyStore(backing),
    changes: changeStore(backing),
    mails: mailStore(backing),
  };
};
