// All stores over one engine. The database must have been migrated.
import type { OnChange, Stores } from '../domain/stores.ts';
import { appStore } from './apps.ts';
import { auditStore } from './audit.ts';
import { changeStore } from './changes.ts';
import { codeStore } from './codes.ts';
import { connectionStore } from './connections.ts';
import { deviceStore } from './devices.ts';
import { directoryStore } from './directory.ts';
import type { Engine } from './engine.ts';
import { factorStore } from './factors.ts';
import { leaseIds } from './ids.ts';
import { keyStore } from './keys.ts';
import { logoStore } from './logos.ts';
import { mailStore } from './mails.ts';
import { managementKeyStore } from './management-keys.ts';
import { operatorClaimStore } from './operator-claims.ts';
import { permissionSetStore } from './permission-sets.ts';
import { proofStore } from './proofs.ts';
import { qualificationStore } from './qualifications.ts';
import { openBacking } from './record.ts';
import { reviewStore } from './reviews.ts';
import { sessionStore } from './sessions.ts';
import { testerStore } from './testers.ts';
import { usageStore } from './usage.ts';
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
    factors: factorStore(backing),
    vendors: vendorStore(backing),
    apps: appStore(backing),
    permissionSets: permissionSetStore(backing),
    reviews: reviewStore(backing),
    connections: connectionStore(backing),
    codes: codeStore(backing),
    devices: deviceStore(backing),
    keys: keyStore(backing),
    managementKeys: managementKeyStore(backing),
    changes: changeStore(backing),
    mails: mailStore(backing),
    usage: usageStore(backing),
    proofs: proofStore(backing),
    testers: testerStore(backing),
    qualifications: qualificationStore(backing),
    logos: logoStore(backing),
    audit: auditStore(backing),
    directory: directoryStore(backing),
    operatorClaims: operatorClaimStore(backing),
  };
};
