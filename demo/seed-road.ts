// How far the demo's apps are on their road: a flow run in development, submissions, a decline; by the same operations as
// the pages.
import {
  decline,
  issueCode,
  perform,
  redeemCode,
  submitApp,
  type App,
  type Domain,
  type SignedIn,
  type User,
} from '@latchkey/server';
import type { DemoApp } from './people.ts';

const caused = {
  actor: { kind: 'system' },
  requestId: 'demo',
  address: '127.0.0.1',
  device: 'demo start',
} as const;

/** No session is kept: nobody signed in. */
const as = (domain: Domain, user: User) => {
  const nowMs = domain.now();
  const session: SignedIn['session'] = {
    id: 0,
    kind: 'cookie',
    userId: user.id,
    hash: new Uint8Array(32),
    createdAtMs: nowMs,
    authenticatedAtMs: nowMs,
    lastSeenAtMs: nowMs,
    endsAtMs: nowMs,
    address: caused.address,
    device: caused.device,
  };
  return { asker: { user, session }, caused: { ...caused, actor: { kind: 'user', id: user.id } as const } };
};

/** The vendor connects the app in their own workspace, as the walk-through does. */
export const runFlow = async (domain: Domain, app: App, vendor: User): Promise<void> => {
  const [membership] = await domain.stores.workspaces.membershipsOf(vendor.id);
  const [redirectUri] = app.redirectUris;
  if (membership === undefined || redirectUri === undefined) throw new Error(`${app.name} cannot be tried`);
  const request = {
    app,
    redirectUri,
    redirectUriStated: true,
    challenge: undefined,
    permissionSetId: app.permissionSetId,
    userId: vendor.id,
    workspaceId: membership.workspace.id,
  };
  const code = await issueCode(domain, request, caused);
  const redeemed = await redeemCode(domain, { app, code, redirectUri, verifier: undefined }, caused);
  if (!redeemed.ok) throw new Error(`the flow of ${app.name} did not run: ${redeemed.reason}`);
};

/** Into the queue, and out of it again when the reviewer's answer is known. */
export const sendToReview = async (
  domain: Domain,
  app: App,
  { declined, ...answers }: NonNullable<DemoApp['review']>,
  people: { readonly vendor: User; readonly reviewer: User },
): Promise<void> => {
  const input = { app: app.publicId, version: app.version, ...answers, recording: '' };
  const submitted = await perform(domain, submitApp, as(domain, people.vendor), input);
  if (!submitted.ok) throw new Error(`${app.name} cannot be submitted: ${JSON.stringify(submitted)}`);
  if (declined === undefined) return;
  const open = await domain.stores.reviews.openOf(app.id);
  if (open === undefined) throw new Error(`the submission of ${app.name} is gone`);
  const { id, version, versionHash } = open;
  const decision = { review: String(id), version, versionHash, reason: declined };
  const answer = await perform(domain, decline, as(domain, people.reviewer), decision);
  if (!answer.ok) throw new Error(`${app.name} cannot be declined: ${JSON.stringify(answer)}`);
};
