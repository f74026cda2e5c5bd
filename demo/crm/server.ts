// The demo CRM: a plain node:http API in memory. It authenticates nobody: the gateway in front of it vouches, by
// X-Latchkey-User and X-Latchkey-Workspace, for who calls and where. It therefore listens on loopback only.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isObject, parseJson, writeJson, type JsonObject } from '../lossless-json.ts';
import { listen, type Running } from '../listen.ts';
import { readBody } from '../read-body.ts';
import { invalid, isRefusal, refuse, refusePublic, tooLong, type Answer, type Refusal } from './answer.ts';
import { callerOf, type Call } from './call.ts';
import { readQuery } from './query.ts';
import { createStore, type Store } from './records.ts';
import { routeOf } from './routes.ts';
import { demoSeed, seededWorkspaces, type CrmSeed } from './seed.ts';

export type CrmOptions = {
  readonly port: number;
  readonly host?: string;
  readonly now?: () => number;
  readonly seed?: CrmSeed;
};

const BODY_MAX_BYTES = 64 * 1024;

const bodyOf = async (incoming: IncomingMessage): Promise<JsonObject | Refusal> => {
  const bytes = await readBody(incoming, BODY_MAX_BYTES);
  if (bytes === undefined) return tooLong(`The body is longer than ${BODY_MAX_BYTES} bytes.`);
  if (bytes.length === 0) return {};
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return invalid('The body is not UTF-8.');
  }
  const value = parseJson(text);
  return isObject(value) ? value : invalid('The body must be one JSON object.');
};

const header = (incoming: IncomingMessage, name: string): string => {
  const value = incoming.headers[name];
  return typeof value === 'string' ? value : '';
};

const identity = /^[\w-]{1,64}$/;

/** Loomta's paths need only the workspace: a workspace key has no human user. */
const checkIdentity = (user: string, workspace: string, isPublic: boolean): Refusal | undefined => {
  if (identity.test(workspace) && (identity.test(user) || (isPublic && user === ''))) return undefined;
  const message =
    'This API is reached through the gateway, which sends X-Latchkey-User and X-Latchkey-Workspace.';
  return isPublic ? refusePublic(401, 'missing_api_key', message) : refuse(401, 'BAD_CREDENTIALS', message);
};

const answerOf = async (
  incoming: IncomingMessage,
  store: Store,
  now: () => number,
): Promise<Answer | Refusal> => {
  const target = incoming.url ?? '/';
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const isPublic = path.startsWith('/public/');
  const user = header(incoming, 'x-latchkey-user');
  const workspaceId = header(incoming, 'x-latchkey-workspace');
  const stranger = checkIdentity(user, workspaceId, isPublic);
  if (stranger !== undefined) return stranger;
  const route = routeOf(path);
  const notFound = isPublic ? 'not_found' : 'NOT_FOUND';
  if (route === undefined) return refuse(404, notFound, 'No such endpoint.');
  const endpoint = route.methods[incoming.method === 'HEAD' ? 'GET' : (incoming.method ?? '')];
  if (endpoint === undefined) {
    const allowed = Object.keys(route.methods).join(', ');
    return refuse(
      405,
      isPublic ? 'method_not_allowed' : 'METHOD_NOT_ALLOWED',
      `This endpoint takes ${allowed}.`,
    );
  }
  const query = readQuery(mark < 0 ? '' : target.slice(mark + 1));
  if (isRefusal(query)) return query;
  const body = await bodyOf(incoming);
  if (isRefusal(body)) return body;
  const workspace = store.open(workspaceId);
  const call: Call = {
    workspace,
    caller: callerOf(workspace, user),
    app: header(incoming, 'x-latchkey-app'),
    id: route.id,
    query,
    body,
    nowMs: now(),
    store,
  };
  return endpoint(call);
};

const send = (incoming: IncomingMessage, outgoing: ServerResponse, { status, body }: Answer): void => {
  const bytes = Buffer.from(writeJson(body));
  const path = (incoming.url ?? '').split('?', 1)[0] ?? '';
  const allow = status === 405 ? { allow: Object.keys(routeOf(path)?.methods ?? {}).join(', ') } : {};
  outgoing.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes.length,
    'cache-control': 'no-store',
    ...allow,
  });
  outgoing.end(incoming.method === 'HEAD' ? undefined : bytes);
};

export const startCrm = async ({
  port,
  host = '127.0.0.1',
  now = Date.now,
  seed = demoSeed,
}: CrmOptions): Promise<Running> => {
  const store = createStore(seededWorkspaces(seed, now()));
  const server = createServer((incoming, outgoing) => {
    void answerOf(incoming, store, now).then(
      (answer) => send(incoming, outgoing, isRefusal(answer) ? answer.refused : answer),
      // Only a caller that went away mid-body, or a bug, comes here.
      () => outgoing.destroy(),
    );
  });
  return listen(server, port, host);
};
