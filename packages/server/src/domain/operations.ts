// The table of operations. The words of refusals (portal/words/refusals.ts) are typed by it: a missing word fails tsc.
import { deleteApp } from './apps/delete.ts';
import { registerApp } from './apps/register.ts';
import { rollSecret } from './apps/roll-secret.ts';
import { setPermissions } from './apps/set-permissions.ts';
import { allowAgain } from './connections/allow-again.ts';
import { disconnect } from './connections/disconnect.ts';
import { createKey } from './keys/create.ts';
import { revealKey } from './keys/reveal.ts';
import { revokeKey } from './keys/revoke.ts';
import { signIn } from './sessions/sign-in.ts';
import { signOut } from './sessions/sign-out.ts';
import { stepUp } from './sessions/step-up.ts';

export const operations = {
  [signIn.id]: signIn,
  [signOut.id]: signOut,
  [stepUp.id]: stepUp,
  [registerApp.id]: registerApp,
  [setPermissions.id]: setPermissions,
  [rollSecret.id]: rollSecret,
  [deleteApp.id]: deleteApp,
  [createKey.id]: createKey,
  [revokeKey.id]: revokeKey,
  [revealKey.id]: revealKey,
  [disconnect.id]: disconnect,
  [allowAgain.id]: allowAgain,
};

export type OperationId = keyof typeof operations;
export type RefusalsOf<Id extends OperationId> = keyof (typeof operations)[Id]['refusals'];
