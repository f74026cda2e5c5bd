// The person's answer to an authorization request. Consent is all or nothing for what was shown (protocol.md 2).
import { hash } from 'node:crypto';
import { issueCode } from '../codes/issue-code.ts';
import { connectRefusal, type ConnectRefusal } from '../apps/may-connect.ts';
import type { Caused, Domain } from '../domain.ts';
import type { Permission } from '../permissions/permission.ts';
import type { Membership } from '../workspaces/workspace.ts';
import { consentAgain, type ConsentAgain } from './again.ts';
import { answerUri, type AuthorizeRequest } from './authorize-request.ts';

export type Consent = {
  readonly memberships: readonly Membership[];
  readonly permissions: readonly Permission[];
  /** After a breaking publish, for somebody who had connected the app before. */
  readonly again?: ConsentAgain;
  /** Of everything the page shows that a person decides on; a change between showing and pressing shows the page again. */
  readonly shownHash: string;
};

export type ConsentRefusal = ConnectRefusal | 'no-workspace';

export const consentFor = async (
  domain: Domain,
  request: AuthorizeRequest,
  userId: number,
): Promise<
  { readonly ok: true; readonly consent: Consent } | { readonly ok: false; readonly reason: ConsentRefusal }
> => {
  const { app } = request;
  const refusal = await connectRefusal(domain, app, userId);
  if (refusal !== undefined) return { ok: false, reason: refusal };
  const memberships = await domain.stores.workspaces.membershipsOf(userId);
  if (memberships.length === 0) return { ok: false, reason: 'no-workspace' };
  const asked = new Set(request.permissions);
  const permissions = domain.permissions.filter((permission) => asked.has(permission.id));
  const again = await consentAgain(domain, app, userId);
  const shown = JSON.stringify([
    userId,
    app.clientId,
    app.name,
    app.website,
    app.status,
    app.epoch,
    request.redirectUri,
    permissions.map(({ id, method, path, sentence }) => [id, method, path, sentence]),
    again === undefined ? null : [again.note, permissions.map(({ id }) => again.known.has(id))],
  ]);
  return {
    ok: true,
    consent: {
      memberships,
      permissions,
      shownHash: hash('sha256', shown, 'base64url'),
      ...(again === undefined ? {} : { again }),
    },
  };
};

export type AuthorizeDecision = {
  readonly userId: number;
  readonly workspacePublicId: string;
  /** `shownHash` of the page that was answered. */
  readonly shownHash: string;
};

export type AuthorizeResult =
  | { readonly ok: true; readonly to: string }
  | { readonly ok: false; readonly reason: ConsentRefusal | 'changed' | 'choose-a-workspace' };

export const authorize = async (
  domain: Domain,
  request: AuthorizeRequest,
  decision: AuthorizeDecision,
  caused: Caused,
): Promise<AuthorizeResult> => {
  const current = await consentFor(domain, request, decision.userId);
  if (!current.ok) return current;
  if (current.consent.shownHash !== decision.shownHash) return { ok: false, reason: 'changed' };
  const membership = current.consent.memberships.find(
    ({ workspace }) => workspace.publicId === decision.workspacePublicId,
  );
  if (membership === undefined) return { ok: false, reason: 'choose-a-workspace' };
  const code = await issueCode(
    domain,
    { ...request, userId: decision.userId, workspaceId: membership.workspace.id },
    caused,
  );
  return { ok: true, to: answerUri(domain, request, { code }) };
};

export const denyUri = (domain: Pick<Domain, 'settings'>, request: AuthorizeRequest): string =>
  answerUri(domain, request, { error: 'access_denied' });
