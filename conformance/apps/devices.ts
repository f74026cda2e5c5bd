// What a terminal does: Loomta's device endpoints, those of RFC 8628, and the session that approves by API.
import { exchange, formBody, jsonBody } from '../http/exchange.ts';
import type { Reply } from '../http/exchange.ts';
import { issuer } from '../target.ts';
import type { DemoPerson } from '../target.ts';
import { askToken, json, text } from './tokens.ts';

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

export type Started = { readonly deviceCode: string; readonly userCode: string };

const startedOf = (reply: Reply): Started => {
  const body = json(reply);
  if (reply.status !== 200) throw new Error(`no device request: ${reply.status} ${reply.text}`);
  return { deviceCode: text(body['device_code']), userCode: text(body['user_code']) };
};

export const startLoomta = (): Promise<Reply> => exchange(issuer, '/auth/device/start', jsonBody({}));
export const startedLoomta = async (): Promise<Started> => startedOf(await startLoomta());

export const pollLoomta = (deviceCode: string): Promise<Reply> =>
  exchange(issuer, '/auth/device/token', jsonBody({ device_code: deviceCode }));

export const startStandard = (clientId = 'lofty-cli'): Promise<Reply> =>
  exchange(issuer, '/oauth/device_authorization', formBody({ client_id: clientId }));
export const startedStandard = async (): Promise<Started> => startedOf(await startStandard());

export const pollStandard = (deviceCode: string, clientId = 'lofty-cli'): Promise<Reply> =>
  askToken({ grant_type: DEVICE_GRANT, device_code: deviceCode, client_id: clientId });

/** The short session bearer that the documented approve call wants. */
export const sessionOf = async (person: DemoPerson): Promise<string> => {
  const reply = await exchange(
    issuer,
    '/auth/session',
    jsonBody({ email: person.email, password: person.password }),
  );
  const body = json(reply);
  const found = Object.values(body).find((value) => typeof value === 'string' && value.length > 20);
  if (reply.status !== 200 || found === undefined)
    throw new Error(`no session: ${reply.status} ${Object.keys(body).join(', ')}`);
  return text(found);
};

export type Decision = {
  readonly session?: string;
  readonly workspaceId?: string;
  readonly body: unknown;
};

export const decide = (verb: 'approve' | 'deny', { session, workspaceId, body }: Decision): Promise<Reply> =>
  exchange(
    issuer,
    `/auth/device/${verb}`,
    jsonBody(body, {
      ...(session === undefined ? {} : { authorization: `Bearer ${session}` }),
      ...(workspaceId === undefined ? {} : { 'x-organization-id': workspaceId }),
    }),
  );
