// What the CRM keeps, in memory. All ids are 64-bit integers, so all ids are bigint.
import type { WorkspaceRole } from '../people.ts';

export type Agent = {
  readonly id: bigint;
  /** As the gateway names this person in X-Latchkey-User. */
  readonly externalId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly phoneNumber: string | null;
  readonly role: WorkspaceRole;
  readonly groupId: bigint;
  readonly timeZoneId: string;
};

type Group = { readonly id: bigint; readonly name: string };

type Address = {
  readonly streetAddress: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly zipCode: string | null;
};

export type Lead = Address & {
  readonly leadId: bigint;
  readonly firstName: string;
  readonly lastName: string;
  readonly birthday: string | null;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly source: string;
  readonly stage: Stage;
  readonly assignedUserId: bigint | null;
  readonly score: number;
  readonly tags: readonly string[];
  readonly leadTypes: readonly number[];
  readonly createTimeMs: number;
  readonly assignTimeMs: number | null;
  readonly lastActivityTimeMs: number;
  readonly cannotText: boolean;
  readonly cannotCall: boolean;
  readonly cannotEmail: boolean;
  readonly hiddenFlag: boolean;
  readonly referredBy: string | null;
  readonly inquiry: Inquiry | null;
};

type Inquiry = {
  readonly priceMin: number;
  readonly priceMax: number;
  readonly bedroomsMin: number;
  readonly locations: readonly string[];
};

export type Webhook = {
  readonly subscribeId: bigint;
  readonly listId: number;
  readonly callbackUrl: string;
  readonly limit: number;
  /** Client ID of the app that subscribed; empty when an API key did. */
  readonly vendorId: string;
};

export type Platform = {
  readonly id: string;
  readonly provider: 'tiktok' | 'instagram' | 'threads';
  readonly handle: string;
  readonly disabled: boolean;
  readonly refreshNeeded: boolean;
};

export type Workspace = {
  readonly externalId: string;
  readonly teamId: bigint;
  readonly name: string;
  readonly groups: readonly Group[];
  readonly agents: readonly Agent[];
  readonly leads: Map<bigint, Lead>;
  /** Deleted leads: out of every answer, kept with the reason. */
  readonly trash: Map<bigint, { readonly lead: Lead; readonly reason: string }>;
  readonly webhooks: Map<bigint, Webhook>;
  readonly platforms: readonly Platform[];
};

export const stages = ['New Lead', 'Contacted', 'Qualified', 'Under Contract', 'Closed'] as const;
type Stage = (typeof stages)[number];

export const leadTypeIds: readonly number[] = [1, 2, 5, 6, 7, 8, 9, -1];

export const sources = [
  'Website',
  'Open House',
  'Referral',
  'Zillow',
  'Facebook Ads',
  'Google Ads',
  'Sign Call',
  'API',
] as const;

/** A source or tag that nobody configured gets a stable id of its own, made from its name. */
export const idOfName = (name: string): bigint => {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(name.trim().toLowerCase())) {
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return hash >> 2n;
};

/** External ids are decimal 64-bit integers; a name that is none still gets one number of its own. */
export const idOfExternal = (externalId: string): bigint => {
  const asInteger = /^\d{1,19}$/.test(externalId) ? BigInt(externalId) : undefined;
  return asInteger !== undefined && asInteger <= MAX_ID ? asInteger : idOfName(externalId);
};

export const MAX_ID: bigint = 2n ** 63n - 1n;

export type Store = {
  /** The workspace of that name; an unknown one is empty, and exists from its first write. */
  readonly open: (externalId: string) => Workspace;
  readonly keep: (workspace: Workspace) => void;
  readonly nextId: () => bigint;
};

const emptyWorkspace = (externalId: string): Workspace => ({
  externalId,
  teamId: idOfExternal(externalId),
  name: '',
  groups: [],
  agents: [],
  leads: new Map(),
  trash: new Map(),
  webhooks: new Map(),
  platforms: [],
});

export const createStore = (seeded: readonly Workspace[]): Store => {
  const workspaces = new Map(seeded.map((workspace) => [workspace.externalId, workspace]));
  let lastId = 9_100_000_000_000_000_000n;
  return {
    open: (externalId) => workspaces.get(externalId) ?? emptyWorkspace(externalId),
    keep: (workspace) => void workspaces.set(workspace.externalId, workspace),
    nextId: () => (lastId += 1n),
  };
};
