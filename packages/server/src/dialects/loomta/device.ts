// Loomta's device flow (document 004): starts name no app, and what is handed out, exactly once, is an API key.
import { approveDevice, denyDevice, type ApproveRefusal } from '../../domain/devices/decide.ts';
import { pollDevice, type PollResult } from '../../domain/devices/poll.ts';
import { startDevice } from '../../domain/devices/start.ts';
import { lookUpTyped } from '../../domain/devices/typed-code.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Session } from '../../domain/sessions/session.ts';
import type { Answer, Exchange, Handler } from '../../http/exchange.ts';
import { jsonAnswer } from '../../http/answers.ts';
import { causedBy } from '../../http/caused.ts';
import { readJsonObject, textField } from './json-body.ts';
import { refuse } from './refuse.ts';
import { sessionOf } from './session-of.ts';

export const startEndpoint =
  (domain: Domain): Handler =>
  async (exchange) => {
    if ((await readJsonObject(exchange)) === undefined) return refuse(400, 'invalid_request');
    const caused = causedBy(exchange);
    const source = { about: 'any', address: caused.address };
    const wait = domain.guesses.blockedForSeconds('device-start', source);
    if (wait !== undefined) return refuse(429, 'slow_down', wait);
    domain.guesses.failed('device-start', source);
    const entry = await domain.memory.appByClientId(domain.settings.terminalAppClientId);
    if (entry === undefined) return refuse(503, 'temporarily_unavailable');
    const result = await startDevice(domain, { app: entry.app, outcome: 'key', scope: 'all' }, caused);
    if (!result.ok) return refuse(503, 'temporarily_unavailable', 60);
    const page = `${domain.settings.issuer}/cli-auth`;
    const { started } = result;
    return jsonAnswer({
      device_code: started.deviceCode,
      user_code: started.userCode,
      verification_uri: page,
      verification_uri_complete: `${page}?code=${started.userCode}`,
      interval: started.intervalSeconds,
      expires_in: started.expiresInSeconds,
    });
  };

/** Four values are documented; denied, unknown and claimed share one (protocol.md 15). */
const POLL_ERRORS: Record<Exclude<PollResult['kind'], 'tokens' | 'key'>, string> = {
  pending: 'authorization_pending',
  'slow-down': 'slow_down',
  expired: 'expired_token',
  denied: 'access_denied',
  unknown: 'access_denied',
  claimed: 'access_denied',
};

export const tokenEndpoint =
  (domain: Domain): Handler =>
  async (exchange) => {
    const body = await readJsonObject(exchange);
    const deviceCode = body && textField(body, 'device_code');
    if (deviceCode === undefined) return refuse(400, 'invalid_request');
    const result = await pollDevice(domain, { deviceCode, outcome: 'key' }, causedBy(exchange));
    if (result.kind === 'key') return jsonAnswer({ status: 'approved', api_key: result.key });
    if (result.kind === 'tokens') throw new Error('a key request handed out tokens');
    return refuse(400, POLL_ERRORS[result.kind]);
  };

const APPROVE_ERRORS: Record<ApproveRefusal, readonly [number, string]> = {
  'workspace-forbidden': [403, 'workspace_forbidden'],
  'role-too-low': [403, 'workspace_forbidden'],
  'not-a-tester': [403, 'workspace_forbidden'],
  'app-suspended': [403, 'workspace_forbidden'],
  'key-limit': [403, 'key_limit_reached'],
  'unknown-code': [404, 'invalid_user_code'],
  used: [409, 'user_code_used'],
  expired: [410, 'expired_token'],
};

/** Session, then workspace header, then body: the first that is wrong answers. */
const decisionEndpoint =
  (
    domain: Domain,
    decide: (request: { session: Session; typedCode: string; exchange: Exchange }) => Promise<Answer>,
  ): Handler =>
  async (exchange) => {
    const session = await sessionOf(domain, exchange);
    if (session === undefined) return refuse(401, 'invalid_session');
    const body = await readJsonObject(exchange);
    const typedCode = body && textField(body, 'userCode');
    if (typedCode === undefined) return refuse(400, 'invalid_request');
    const by = { userId: session.userId, address: exchange.address };
    const looked = await lookUpTyped(domain, typedCode, by);
    if ('throttledSeconds' in looked) return refuse(429, 'slow_down', looked.throttledSeconds);
    return decide({ session, typedCode, exchange });
  };

export const approveEndpoint = (domain: Domain): Handler =>
  decisionEndpoint(domain, async ({ session, typedCode, exchange }) => {
    const workspacePublicId = exchange.header('x-organization-id');
    if (workspacePublicId === undefined) return refuse(403, 'workspace_forbidden');
    const caused = { ...causedBy(exchange), actor: { kind: 'user', id: session.userId } } as const;
    const result = await approveDevice(domain, { typedCode, session, workspacePublicId }, caused);
    if (!result.ok) return refuse(...APPROVE_ERRORS[result.reason]);
    return jsonAnswer({ status: 'approved', organizationId: result.workspacePublicId });
  });

export const denyEndpoint = (domain: Domain): Handler =>
  decisionEndpoint(domain, async ({ session, typedCode, exchange }) => {
    const caused = { ...causedBy(exchange), actor: { kind: 'user', id: session.userId } } as const;
    const result = await denyDevice(domain, { typedCode, session }, caused);
    if (!result.ok) return refuse(...APPROVE_ERRORS[result.reason]);
    return jsonAnswer({ status: 'denied' });
  });
