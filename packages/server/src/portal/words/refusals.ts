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
    'code-missing': 'Enter the 6-digit code of your authenticator app.',
    'wrong-code': 'This code is wrong, or was used before.',
    throttled: 'Too many tries. Wait a little and try again.',
  },
  'sessions.second-step': {
    expired: 'This sign-in waited too long. Start again with your password.',
    'wrong-code': 'This code is wrong, or was used before.',
    throttled: 'Too many tries. Wait a little and try again.',
  },
  'sessions.second-step-with-passkey': {
    expired: 'This sign-in waited too long. Start again with your password.',
    'passkey-refused': 'This passkey did not work here. Try again, or use a code.',
  },
  'sessions.sign-in-with-passkey': {
    'passkey-refused': 'This passkey did not work here. Try again, or sign in with your password.',
  },
  'sessions.step-up-with-passkey': {
    'passkey-refused': 'This passkey did not work here. Try again, or use your password.',
  },
  'sessions.list': {},
  'sessions.end': { gone: 'It is signed out already.' },
  'sessions.end-others': {},
  'factors.list': {},
  'factors.start-totp': { exists: 'There is an authenticator app already. Remove it first.' },
  'factors.confirm-totp': {
    exists: 'There is an authenticator app already. Remove it first.',
    expired: 'This page was open for too long. Start again with a new picture.',
    'wrong-code': 'This code is wrong. Check the clock of your phone, and enter the code it shows now.',
  },
  'factors.remove-totp': {},
  'factors.start-passkey': { limit: 'You have as many passkeys as you may. Remove one first.' },
  'factors.add-passkey': {
    'passkey-refused': 'The passkey could not be added. Open the page again and repeat it.',
    limit: 'You have as many passkeys as you may. Remove one first.',
  },
  'factors.remove-passkey': { gone: 'This passkey is removed already.' },
  'factors.renew-recovery-codes': {
    'no-factor': 'Recovery codes stand in for an authenticator app or a passkey. Set up one of them first.',
  },
  'users.update-profile': {},
  'users.change-password': {},
  'apps.register': {
    'no-vendor': 'Only people on a vendor’s team register apps.',
    'not-qualified': 'Your qualification is not approved yet, so no app can be registered.',
  },
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
  'apps.change': {
    'needs-review': 'This app is in production: changing it needs a review. Propose an update.',
    'under-review': 'Locked during review.',
    changed: 'Somebody changed this app since you opened the page. Check what it says now, then save again.',
  },
  'apps.submit': {
    'wrong-status': 'This app cannot be submitted now. See where it stands below.',
    incomplete: 'Something that a review needs is still missing. See the list.',
    changed:
      'Somebody changed this app since you opened the page. Check what it says now, then submit again.',
  },
  'apps.withdraw': {
    'wrong-status': 'This app is not under review any more.',
    changed: 'This was decided or changed at the same moment. See where the app stands now.',
  },
  'apps.save-edit': {
    'wrong-status': 'Only an app in production has updates. Change this one in its settings.',
    locked: 'Locked during review.',
    changed:
      'Somebody changed this update since you opened the page. Check what it says now, then save again.',
  },
  'apps.set-edit-permissions': {
    'wrong-status': 'Only an app in production has updates.',
    locked: 'Locked during review.',
    changed:
      'Somebody changed this update since you opened the page. Check what it says now, then save again.',
  },
  'apps.submit-edit': {
    'wrong-status': 'This update cannot be submitted now. See where it stands below.',
    'nothing-changed': 'Nothing changed yet.',
    incomplete: 'The update lacks something that a review needs. See the list.',
    changed:
      'Somebody changed this update since you opened the page. Check what it says now, then submit again.',
  },
  'apps.cancel-edit': {
    'wrong-status': 'There is no update to cancel any more.',
    changed: 'This was decided or changed at the same moment. See where the update stands now.',
  },
  'apps.discard-edit': {
    'wrong-status': 'There is no update to discard any more.',
    changed: 'This was changed at the same moment. See where the update stands now.',
  },
  'apps.publish-edit': {
    'wrong-status': 'There is no approved update to publish.',
    changed: 'This was changed at the same moment. See where the update stands now.',
    'live-moved':
      'The live app is not the one that the reviewer compared the update with. Cancel the update and propose it again.',
  },
  'apps.suspend': {
    'suspended-already': 'This app is suspended already.',
    changed: 'Somebody changed this app at the same moment. Check what it says now, then try again.',
  },
  'apps.lift': {
    'not-suspended': 'This app is not suspended.',
    changed: 'Somebody changed this app at the same moment. Check what it says now, then try again.',
  },
  'apps.submission': {},
  'apps.history': {},
  'reviews.list': {},
  'reviews.get': {},
  'reviews.take': {
    'own-app': 'You belong to this vendor.',
    decided: 'This is not waiting for a review any more.',
    taken: 'Another reviewer took this. See who holds it now.',
  },
  'reviews.note': { 'own-app': 'You belong to this vendor.' },
  'reviews.approve': {
    'own-app': 'You belong to this vendor.',
    decided: 'This is not waiting for a review any more.',
    taken: 'Another reviewer took this. Take it over first.',
    changed: 'This changed since you opened the page. Read the version below before you decide.',
  },
  'reviews.decline': {
    'own-app': 'You belong to this vendor.',
    decided: 'This is not waiting for a review any more.',
    taken: 'Another reviewer took this. Take it over first.',
    changed: 'This changed since you opened the page. Read the version below before you decide.',
  },
  'apps.add-logo': {
    busy: 'Too many pictures wait to be read. Try again in a moment.',
    throttled: 'Too many pictures were sent. Wait a little and try again.',
  },
  'users.sign-up': { throttled: 'Too many mails were asked for. Wait a little and try again.' },
  'users.resend-sign-up-code': {
    'too-soon': 'A code was mailed less than a minute ago. Wait a little, and look into the spam folder.',
    'too-many': 'No more codes are mailed for this sign-up. Sign up again.',
    over: 'This sign-up is over. Sign up again.',
  },
  'users.verify-sign-up': {
    'wrong-code': 'This is not the code that was mailed.',
    'too-many-tries': 'Too many wrong codes. Ask for a new one.',
    over: 'This code expired or was used. Sign up again.',
    'signed-up-already': 'This address has a sign-in already. Sign in with it.',
  },
  'users.ask-reset': { throttled: 'Too many mails were asked for. Wait a little and try again.' },
  'users.reset-password': { over: 'This link was used already or is older than an hour.' },
  'users.ask-email-change': {
    throttled: 'Too many mails were asked for. Wait a little and try again.',
    same: 'This is your e-mail address already.',
  },
  'users.change-email': {
    'wrong-code': 'This is not the code that was mailed.',
    'too-many-tries': 'Too many wrong codes. Start the change again.',
    over: 'This code expired or was used. Start the change again.',
    'email-taken': 'Somebody else signs in with this address by now.',
  },
  'invitations.accept': {
    over: 'This invitation was used, withdrawn, or is older than 7 days.',
    'other-address': 'This invitation is for another e-mail address.',
    'on-a-team': 'You are on another vendor’s team. Leave it first; then open the link again.',
    'no-vendor': 'Only a vendor can take an app over. Sign up as a vendor first.',
    'own-app': 'This app belongs to your team already.',
    changed: 'The app changed, is under review or is suspended. Open the link again later.',
  },
  'invitations.accept-as-newcomer': {
    over: 'This invitation was used, withdrawn, or is older than 7 days.',
    'sign-in-first': 'This address has a sign-in. Sign in to accept.',
    'no-vendor': 'Only a vendor can take an app over. Sign up as a vendor first.',
  },
  'vendors.change-profile': { 'no-vendor': 'You are on no vendor’s team.' },
  'vendors.list-team': { 'no-vendor': 'You are on no vendor’s team.' },
  'vendors.invite': {
    'no-vendor': 'You are on no vendor’s team.',
    'on-the-team': 'This person is on the team already.',
    'too-many': 'Too many invitations wait already. Withdraw one first.',
    throttled: 'Too many mails were asked for. Wait a little and try again.',
  },
  'vendors.withdraw-invitation': {
    'no-vendor': 'You are on no vendor’s team.',
    'not-waiting': 'This invitation does not wait any more.',
  },
  'vendors.remove-member': {
    'no-vendor': 'You are on no vendor’s team.',
    'not-on-team': 'This person is not on the team any more.',
    'last-member': 'You are the only one on this team. Invite somebody first.',
  },
  'vendors.submit-qualification': {
    'no-vendor': 'You are on no vendor’s team.',
    'not-asked': 'No qualification is needed here.',
    'under-review': 'The form is under review already.',
    qualified: 'You are qualified already.',
  },
  'vendors.decide-qualification': {
    unknown: 'This vendor sent no form.',
    'own-vendor': 'You belong to this vendor.',
    changed: 'This was decided or changed since you opened the page.',
    'reason-missing': 'Enter the reason; it is sent as written.',
  },
  'apps.list-testers': {},
  'apps.invite-tester': {
    'may-already': 'This person may connect the app already.',
    'too-many': 'All seats are taken. Remove a tester or withdraw an invitation first.',
    throttled: 'Too many mails were asked for. Wait a little and try again.',
  },
  'apps.withdraw-tester-invitation': { 'not-waiting': 'This invitation does not wait any more.' },
  'apps.remove-tester': { 'no-tester': 'This person is no tester any more.' },
  'apps.offer-transfer': {
    'under-review': 'Locked during review.',
    suspended: 'This app is suspended. Ask support before giving it away.',
    'own-team': 'This person is on your team.',
    throttled: 'Too many mails were asked for. Wait a little and try again.',
  },
  'apps.withdraw-transfer': { 'not-waiting': 'This offer does not wait any more.' },
  'keys.create': {
    limit: 'You have as many active keys as you may. Revoke one first.',
    'role-too-low': 'In this workspace only owners and admins make keys of this kind.',
  },
  'keys.revoke': {},
  'keys.reveal': {
    opaque: 'Cannot be shown again.',
    'not-active': 'This key has ended; there is nothing to show.',
  },
  'users.me': {},
  'workspaces.list': {},
  'workspaces.create': { limit: 'You are in as many workspaces as one person can be. Leave one first.' },
  'workspaces.rename': {},
  'workspaces.members': {},
  'workspaces.invitations': {},
  'workspaces.invite': {
    'is-member': 'This person is in the workspace already.',
    'not-yours': 'Only an owner makes somebody an owner.',
    'too-many': 'Too many invitations wait. Withdraw one first.',
    throttled: 'Too many mails were sent. Wait a little and try again.',
  },
  'workspaces.withdraw-invitation': { 'not-waiting': 'This invitation waits no longer.' },
  'workspaces.change-role': {
    'no-member': 'This person is not in the workspace any more.',
    'not-yours': 'Only an owner changes who is an owner.',
    'last-owner': 'A workspace needs an owner. Make somebody else an owner first.',
  },
  'workspaces.remove-member': {
    'no-member': 'This person is not in the workspace any more.',
    'not-yours': 'Only an owner removes an owner.',
    'last-owner': 'A workspace needs an owner. Make somebody else an owner first.',
  },
  'workspaces.leave': {
    'last-owner': 'You are its only owner. Make somebody else an owner first, then leave.',
  },
  'permissions.list': {},
  'apps.list': {},
  'apps.get': {},
  'usage.minutes': {},
  'usage.days': {},
  'usage.requests': {},
  'keys.list': {},
  'connections.list': {},
  'management-keys.list': {},
  'management-keys.create': {
    limit: 'You have as many active management keys as you may. Revoke one first.',
    'no-vendor': 'Only people on a vendor’s team make keys for it.',
  },
  'management-keys.revoke': {},
  'keys.import-legacy': {
    'no-member': 'No member of this workspace has this e-mail address.',
    exists: 'This key was imported before.',
    'not-a-key': 'An imported key has 20 to 2048 letters, digits and . _ ~ + / = - and none of our prefixes.',
  },
  'connections.disconnect': {},
  'connections.allow-again': {
    'not-ended': 'This app can use your key already.',
    'key-ended': 'The API key has ended. Give the app another one.',
    'app-unavailable': 'This app cannot be connected at the moment. Its developer knows more.',
    changed: 'This was answered in another window already.',
  },
  'audit.list': {},
  'audit.export': {},
  'operate.people': {},
  'operate.person': {},
  'operate.disable-person': {
    yourself: 'You cannot keep yourself out. Ask another operator.',
    'disabled-already': 'This person is kept out already.',
  },
  'operate.enable-person': { 'not-disabled': 'This person is let in already.' },
  'operate.set-role': {
    yourself: 'You cannot change your own role. Ask another operator.',
    unchanged: 'This person has this role already, or somebody changed it meanwhile. Look at it again.',
  },
  'operate.workspaces': {},
  'operate.workspace': {},
  'operate.apps': {},
  'operate.app': {},
  'operate.set-app-limit': {
    changed: 'Somebody changed this app since you opened the page. Check what it says now, then save again.',
  },
  'operate.mails': {},
  'operate.retry-mail': {
    'not-given-up': 'This mail does not wait to be tried again: it is on its way, sent, or gone.',
  },
  'operate.permissions': {},
  'operate.claim': {
    over: 'This link is used, older than an hour, or overtaken by a newer one. Start the service again for another.',
    'email-taken': 'Somebody has this e-mail address already. Use another one.',
  },
} as const satisfies { readonly [Id in OperationId]: Readonly<Record<RefusalsOf<Id>, string>> };
