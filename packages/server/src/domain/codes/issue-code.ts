// Issues an authorization code: what the person agreed to is fixed here (protocol.md 2, 4).
import { createRecordSecret, SECRET_PREFIX } from '../../secrets/record-secret.ts';
import type { App } from '../apps/app.ts';
import { traceOf, type Caused, type Domain } from '../domain.ts';

export type CodeRequest = {
  readonly app: App;
  readonly userId: number;
  readonly workspaceId: number;
  readonly redirectUri: string;
  readonly redirectUriStated: boolean;
  readonly challenge: string | undefined;
  readonly permissionSetId: number;
};

export const issueCode = async (domain: Domain, request: CodeRequest, caused: Caused): Promise<string> => {
  const id = await domain.stores.nextId();
  const nowMs = domain.now();
  const { secret, hash } = createRecordSecret(SECRET_PREFIX.code, id, domain.secrets.random);
  await domain.stores.codes.issue(
    {
      id,
      hash,
      appId: request.app.id,
      userId: request.userId,
      workspaceId: request.workspaceId,
      redirectUri: request.redirectUri,
      redirectUriStated: request.redirectUriStated,
      ...(request.challenge === undefined ? {} : { challenge: request.challenge }),
      permissionSetId: request.permissionSetId,
      epoch: request.app.epoch,
      issuedAtMs: nowMs,
      expiresAtMs: nowMs + domain.settings.codeSeconds * 1000,
    },
    traceOf('connections.authorize', caused, nowMs, { app: request.app.clientId }),
  );
  return secret;
};
