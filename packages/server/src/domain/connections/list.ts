// What a person has connected, newest first: one active connection for each app and workspace, and the ended uses of API keys.
import * as v from 'valibot';
import { instant, instantOf, instantOrNull, pageAnswer, pageFrom, pageInput } from '../answers.ts';
import { done, operation } from '../operation.ts';
import { connectionEntry, type ConnectedApp, type EndedKeyUse } from './list-connections.ts';

const connectionAnswer = v.object({
  id: v.string(),
  state: v.picklist(['active', 'ended']),
  app: v.object({ clientId: v.string(), name: v.string(), vendor: v.nullable(v.string()) }),
  workspace: v.object({ id: v.string(), name: v.string() }),
  permissions: v.pipe(v.array(v.string()), v.description('Ids of what the app may do now.')),
  keyName: v.pipe(v.nullable(v.string()), v.description('The API key by which it was connected.')),
  connectedAt: v.nullable(instant),
  lastUsedAt: v.nullable(instant),
  endsAt: v.nullable(instant),
  endedAt: v.nullable(instant),
});
type Answer = v.InferOutput<typeof connectionAnswer>;

const around = ({ app, vendor, workspace }: ConnectedApp | EndedKeyUse) => ({
  app: { clientId: app.clientId, name: app.name, vendor: vendor?.name ?? null },
  workspace: { id: workspace.publicId, name: workspace.name },
});

const active = (one: ConnectedApp): Answer => ({
  id: one.publicId,
  state: 'active',
  ...around(one),
  permissions: one.permissions.map(({ id }) => id),
  keyName: one.keyName ?? null,
  connectedAt: instantOf(one.connectedAtMs),
  lastUsedAt: instantOrNull(one.lastUsedAtMs),
  endsAt: instantOrNull(one.endsAtMs),
  endedAt: null,
});

const ended = (one: EndedKeyUse): Answer => ({
  id: one.publicId,
  state: 'ended',
  ...around(one),
  permissions: [],
  keyName: one.key.name,
  connectedAt: null,
  lastUsedAt: null,
  endsAt: null,
  endedAt: instantOf(one.endedAtMs),
});

const answerOf = (one: ConnectedApp | EndedKeyUse): Answer => ('endedAtMs' in one ? ended(one) : active(one));

export const listOwnConnections = operation({
  id: 'connections.list',
  summary: 'List connected apps',
  http: ['GET', '/api/connections'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject(pageInput),
  output: pageAnswer(connectionAnswer),
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: {},
  async run({ domain, asker }, input) {
    const { connections } = domain.stores;
    const userId = asker.user.id;
    const page = await pageFrom(input, {
      find: async (name) => {
        const connection = await connections.findByPublicId(name);
        return connection?.userId === userId ? connection.id : undefined;
      },
      read: (before, limit) => connections.entriesOf(userId, { before, limit }),
      nameOf: ({ publicId }) => publicId,
    });
    if ('ok' in page) return page;
    const found = await Promise.all(page.items.map((entry) => connectionEntry(domain, entry)));
    return done({ items: found.flatMap((one) => (one === undefined ? [] : answerOf(one))), next: page.next });
  },
});
