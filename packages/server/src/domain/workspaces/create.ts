// A workspace that somebody makes for themselves; its maker is the owner.
import * as v from 'valibot';
import { plainLine } from '../plain-line.ts';
import { done, operation, refuse, refuseField } from '../operation.ts';
import { requiredText, publicIdText } from '../text-rules.ts';
import { newSandbox } from '../users/newcomer.ts';
import { nothing } from '../answers.ts';
import { runsWorkspace } from './rules.ts';

/** Of one person, so that every list of them stays short. */
const WORKSPACES_PER_PERSON = 50;

export const createWorkspace = operation({
  id: 'workspaces.create',
  summary: 'Create a workspace',
  http: ['POST', '/api/workspaces'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({ name: requiredText(80) }),
  output: v.object({ id: v.string(), name: v.string() }),
  subject: 'none',
  allow: [],
  stepUp: false,
  refusals: { limit: 409 },
  async run({ domain, asker, trace }, input) {
    const name = plainLine(input.name);
    if (name === '') return refuseField('name', 'name-missing');
    const own = await domain.stores.workspaces.membershipsOf(asker.user.id);
    if (own.length >= WORKSPACES_PER_PERSON) return refuse('limit');
    const { workspace, owner } = await newSandbox(domain, asker.user, name);
    await domain.stores.workspaces.create(workspace, owner, trace());
    return done(workspace);
  },
  answer: ({ publicId, name }) => ({ id: publicId, name }),
});

export const renameWorkspace = operation({
  id: 'workspaces.rename',
  summary: 'Rename a workspace',
  http: ['POST', '/api/workspaces/{workspace}/rename'],
  sessionOnly: false,
  who: 'signed-in',
  input: v.strictObject({ workspace: publicIdText, name: requiredText(80) }),
  output: nothing,
  subject: 'workspace',
  allow: [runsWorkspace],
  stepUp: false,
  refusals: {},
  async run({ domain, trace }, input, workspace) {
    const name = plainLine(input.name);
    if (name === '') return refuseField('name', 'name-missing');
    await domain.stores.workspaces.rename(workspace.id, name, trace());
    return done(undefined);
  },
});
