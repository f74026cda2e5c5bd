// One call as an endpoint sees it: who calls, in which workspace, with what. The gateway vouches for the identity.
import type { JsonObject } from '../lossless-json.ts';
import type { Answer, Refusal } from './answer.ts';
import type { Query } from './query.ts';
import { idOfExternal, type Agent, type Store, type Workspace } from './records.ts';

export type Call = {
  readonly workspace: Workspace;
  /** Absent when only a workspace key called (Loomta paths). */
  readonly caller: Agent;
  /** Client ID of the calling app; empty for an API key. */
  readonly app: string;
  /** The path's `{name}`, still as text. */
  readonly id: string;
  readonly query: Query;
  /** The body, which is `{}` where none was sent. */
  readonly body: JsonObject;
  readonly nowMs: number;
  readonly store: Store;
};

export type Endpoint = (call: Call) => Answer | Refusal;

/** A person this CRM has not met is a plain member of a known workspace, and the owner of an unknown (empty) one. */
export const callerOf = (workspace: Workspace, externalId: string): Agent =>
  workspace.agents.find((agent) => agent.externalId === externalId) ?? {
    id: idOfExternal(externalId),
    externalId,
    firstName: '',
    lastName: '',
    email: null,
    phoneNumber: null,
    role: workspace.agents.length === 0 ? 'owner' : 'member',
    groupId: workspace.groups[0]?.id ?? 0n,
    timeZoneId: 'UTC',
  };
