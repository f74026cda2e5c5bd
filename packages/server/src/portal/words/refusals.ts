// Words of what operations refuse, typed by their table: a refusal without words fails the type check.
import type { OperationId, RefusalsOf } from '../../domain/operations.ts';

export const refusalWords = {
  'sessions.sign-in': {
    'wrong-pair': 'E-mail or password is wrong.',
    throttled: 'Too many tries. Wait a little and try again.',
  },
  'sessions.sign-out': {},
  'sessions.step-up': {
    'wrong-password': 'The password is wrong.',
    throttled: 'Too many tries. Wait a little and try again.',
  },
  'apps.register': { 'no-vendor': 'Only people on a vendor’s team register apps.' },
  'apps.set-permissions': {
    'needs-review': 'This app is in production: changing its permissions needs a review.',
    'under-review': 'Locked during review.',
    changed: 'Somebody changed this app since you opened the page. Check what it says now, then save again.',
  },
  'apps.roll-secret': {
    'public-app': 'This app has no secret; it uses PKCE.',
    'too-many': 'Two secrets are live already. Wait until the older one ends, or end it now.',
  },
  'apps.delete': {
    changed: 'Somebody changed this app since you opened the page. Check what it says now, then delete it.',
  },
  'keys.create': { limit: 'You have as many active keys as you may. Revoke one first.' },
  'keys.revoke': {},
  'keys.reveal': {
    opaque: 'Cannot be shown again.',
    'not-active': 'This key has ended; there is nothing to show.',
  },
  'connections.disconnect': {},
  'connections.allow-again': {
    'not-ended': 'This app can use your key already.',
    'key-ended': 'The API key has ended. Give the app another one.',
    'app-unavailable': 'This app cannot be connected at the moment. Its developer knows more.',
    changed: 'This was answered in another window already.',
  },
} as const satisfies { readonly [Id in OperationId]: Readonly<Record<RefusalsOf<Id>, string>> };
