// The table of operations. The words of refusals (portal/words/refusals.ts) are typed by it: a missing word fails tsc.
import { deleteApp } from './apps/delete.ts';
import { getApp } from './apps/get.ts';
import { listApps } from './apps/list.ts';
import { registerApp } from './apps/register.ts';
import { rollSecret } from './apps/roll-secret.ts';
import { setPermissions } from './apps/set-permissions.ts';
import { allowAgain } from './connections/allow-again.ts';
import { disconnect } from './connections/disconnect.ts';
import { listOwnConnections } from './connections/list.ts';
import { createKey } from './keys/create.ts';
import { importLegacyKeyByOperator } from './keys/import-legacy.ts';
import { listKeys } from './keys/list.ts';
import { revealKey } from './keys/reveal.ts';
import { revokeKey } from './keys/revoke.ts';
import { createManagementKey } from './management-keys/create.ts';
import { listManagementKeys } from './management-keys/list.ts';
import { revokeManagementKey } from './management-keys/revoke.ts';
import { changeApp } from './apps/change.ts';
import { cancelEdit, discardEdit } from './apps/end-edit.ts';
import { publishEdit } from './apps/publish-edit.ts';
import { saveEdit, setEditPermissions } from './apps/save-edit.ts';
import { submitEdit } from './apps/submit-edit.ts';
import { submitApp } from './apps/submit.ts';
import { liftApp, suspendApp } from './apps/suspend.ts';
import { withdrawApp } from './apps/withdraw.ts';
import { addReviewNote } from './reviews/add-note.ts';
import { approve, decline } from './reviews/decide.ts';
import { readHistory } from './apps/history.ts';
import { readSubmission } from './apps/read-submission.ts';
import { listReviews, readReview } from './reviews/list.ts';
import { takeReview } from './reviews/take.ts';
import { listPermissions } from './permissions/list.ts';
import { listFactors, renewRecoveryCodes } from './factors/list.ts';
import { addPasskey, removePasskey, startPasskey } from './factors/passkey-operations.ts';
import { confirmTotp, removeTotp, startTotp } from './factors/totp-operations.ts';
import { signInWithPasskey } from './sessions/passkey-sign-in.ts';
import { secondStep, secondStepWithPasskey } from './sessions/second-step.ts';
import { endOneSession, endOtherSessions, listSessions } from './sessions/sessions-of.ts';
import { signIn } from './sessions/sign-in.ts';
import { signOut } from './sessions/sign-out.ts';
import { stepUp, stepUpWithPasskey } from './sessions/step-up.ts';
import { usageDays } from './usage/days.ts';
import { usageMinutes } from './usage/minutes.ts';
import { usageRequests } from './usage/requests.ts';
import { changePassword } from './users/change-password.ts';
import { me } from './users/me.ts';
import { updateProfile } from './users/update-profile.ts';
import { createWorkspace, renameWorkspace } from './workspaces/create.ts';
import { inviteMember, withdrawInvitation } from './workspaces/invite.ts';
import { listWorkspaces } from './workspaces/list.ts';
import {
  changeRole,
  leaveWorkspace,
  listMembers,
  listWorkspaceInvitations,
  removeMember,
} from './workspaces/members.ts';
import { addLogo } from './logos/add.ts';
import { acceptAsNewcomer, acceptInvitation } from './invitations/accept.ts';
import { offerTransfer, withdrawTransfer } from './apps/transfer.ts';
import { inviteTester, listTesters, removeTester, withdrawTesterInvitation } from './testers/testers.ts';
import { askEmailChange, changeEmail } from './users/change-email.ts';
import { askReset, resetPassword } from './users/reset-password.ts';
import { resendSignUpCode, signUp, verifySignUp } from './users/sign-up.ts';
import { changeVendorProfile } from './vendors/change-profile.ts';
import { decideQualification, submitQualification } from './vendors/qualify.ts';
import { inviteTeamMember, listTeam, removeTeamMember, withdrawTeamInvitation } from './vendors/team.ts';
import { exportAudit, listAudit } from './audit/list.ts';
import { operateApp, operateApps, setAppLimit } from './operate/apps.ts';
import { claimOperator } from './operate/claim.ts';
import { operateMails, retryMail } from './operate/mails.ts';
import { disablePerson, enablePerson, operatePeople, operatePerson } from './operate/people.ts';
import { operatePermissions } from './operate/permissions.ts';
import { setPersonRole } from './operate/set-role.ts';
import { operateWorkspace, operateWorkspaces } from './operate/workspaces.ts';

export const operations = {
  [signIn.id]: signIn,
  [signOut.id]: signOut,
  [stepUp.id]: stepUp,
  [secondStep.id]: secondStep,
  [secondStepWithPasskey.id]: secondStepWithPasskey,
  [signInWithPasskey.id]: signInWithPasskey,
  [stepUpWithPasskey.id]: stepUpWithPasskey,
  [listSessions.id]: listSessions,
  [endOneSession.id]: endOneSession,
  [endOtherSessions.id]: endOtherSessions,
  [listFactors.id]: listFactors,
  [startTotp.id]: startTotp,
  [confirmTotp.id]: confirmTotp,
  [removeTotp.id]: removeTotp,
  [startPasskey.id]: startPasskey,
  [addPasskey.id]: addPasskey,
  [removePasskey.id]: removePasskey,
  [renewRecoveryCodes.id]: renewRecoveryCodes,
  [me.id]: me,
  [updateProfile.id]: updateProfile,
  [changePassword.id]: changePassword,
  [listWorkspaces.id]: listWorkspaces,
  [createWorkspace.id]: createWorkspace,
  [renameWorkspace.id]: renameWorkspace,
  [listMembers.id]: listMembers,
  [listWorkspaceInvitations.id]: listWorkspaceInvitations,
  [inviteMember.id]: inviteMember,
  [withdrawInvitation.id]: withdrawInvitation,
  [changeRole.id]: changeRole,
  [removeMember.id]: removeMember,
  [leaveWorkspace.id]: leaveWorkspace,
  [listPermissions.id]: listPermissions,
  [listApps.id]: listApps,
  [getApp.id]: getApp,
  [registerApp.id]: registerApp,
  [setPermissions.id]: setPermissions,
  [rollSecret.id]: rollSecret,
  [deleteApp.id]: deleteApp,
  [changeApp.id]: changeApp,
  [submitApp.id]: submitApp,
  [withdrawApp.id]: withdrawApp,
  [saveEdit.id]: saveEdit,
  [setEditPermissions.id]: setEditPermissions,
  [submitEdit.id]: submitEdit,
  [cancelEdit.id]: cancelEdit,
  [discardEdit.id]: discardEdit,
  [publishEdit.id]: publishEdit,
  [suspendApp.id]: suspendApp,
  [liftApp.id]: liftApp,
  [readSubmission.id]: readSubmission,
  [readHistory.id]: readHistory,
  [listReviews.id]: listReviews,
  [readReview.id]: readReview,
  [takeReview.id]: takeReview,
  [addReviewNote.id]: addReviewNote,
  [approve.id]: approve,
  [decline.id]: decline,
  [listKeys.id]: listKeys,
  [createKey.id]: createKey,
  [revokeKey.id]: revokeKey,
  [revealKey.id]: revealKey,
  [importLegacyKeyByOperator.id]: importLegacyKeyByOperator,
  [listManagementKeys.id]: listManagementKeys,
  [createManagementKey.id]: createManagementKey,
  [revokeManagementKey.id]: revokeManagementKey,
  [listOwnConnections.id]: listOwnConnections,
  [disconnect.id]: disconnect,
  [allowAgain.id]: allowAgain,
  [addLogo.id]: addLogo,
  [signUp.id]: signUp,
  [resendSignUpCode.id]: resendSignUpCode,
  [verifySignUp.id]: verifySignUp,
  [askReset.id]: askReset,
  [resetPassword.id]: resetPassword,
  [askEmailChange.id]: askEmailChange,
  [changeEmail.id]: changeEmail,
  [acceptInvitation.id]: acceptInvitation,
  [acceptAsNewcomer.id]: acceptAsNewcomer,
  [changeVendorProfile.id]: changeVendorProfile,
  [listTeam.id]: listTeam,
  [inviteTeamMember.id]: inviteTeamMember,
  [withdrawTeamInvitation.id]: withdrawTeamInvitation,
  [removeTeamMember.id]: removeTeamMember,
  [submitQualification.id]: submitQualification,
  [decideQualification.id]: decideQualification,
  [listTesters.id]: listTesters,
  [inviteTester.id]: inviteTester,
  [withdrawTesterInvitation.id]: withdrawTesterInvitation,
  [removeTester.id]: removeTester,
  [offerTransfer.id]: offerTransfer,
  [withdrawTransfer.id]: withdrawTransfer,
  [usageMinutes.id]: usageMinutes,
  [usageDays.id]: usageDays,
  [usageRequests.id]: usageRequests,
  [listAudit.id]: listAudit,
  [exportAudit.id]: exportAudit,
  [operatePeople.id]: operatePeople,
  [operatePerson.id]: operatePerson,
  [disablePerson.id]: disablePerson,
  [enablePerson.id]: enablePerson,
  [setPersonRole.id]: setPersonRole,
  [operateWorkspaces.id]: operateWorkspaces,
  [operateWorkspace.id]: operateWorkspace,
  [operateApps.id]: operateApps,
  [operateApp.id]: operateApp,
  [setAppLimit.id]: setAppLimit,
  [operateMails.id]: operateMails,
  [retryMail.id]: retryMail,
  [operatePermissions.id]: operatePermissions,
  [claimOperator.id]: claimOperator,
};

/** What a management key can be good for (protocol.md 10). */
export const managementOperations: ReadonlySet<string> = new Set(
  Object.values<{ readonly id: string; readonly sessionOnly: boolean }>(operations)
    .filter(({ sessionOnly }) => !sessionOnly)
    .map(({ id }) => id),
);

export type OperationId = keyof typeof operations;
export type RefusalsOf<Id extends OperationId> = keyof (typeof operations)[Id]['refusals'];
