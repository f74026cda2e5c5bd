// The numbers of protocol.md section 16, all settings of the deployment.
import type { Role } from './workspaces/workspace.ts';

export type Settings = {
  /** No trailing slash. */
  readonly issuer: string;
  /** Where the gateway answers: the issuer, or an origin of its own. */
  readonly apiOrigin: string;
  /** What people call the API owner, and whom they write to: heads every mail. */
  readonly brand: { readonly name: string; readonly support: string };
  /** Whether a vendor is looked at before it may register apps. */
  readonly vendorQualification: boolean;
  readonly accessTokenSeconds: number;
  readonly codeSeconds: number;
  /** From first issue (documents 002, 003: 180 days). */
  readonly refreshTokenDays: number;
  readonly deviceRequestSeconds: number;
  readonly deviceIntervalSeconds: number;
  readonly devicePendingLimit: number;
  readonly keysPerMember: number;
  /** Roles that may let a terminal have a key to everything in the workspace. */
  readonly terminalKeyRoles: readonly Role[];
  readonly opaqueKeyPrefix: string;
  /** Client id of the first-party app behind document 004's start call, which names none. */
  readonly terminalAppClientId: string;
  readonly stepUpSeconds: number;
  /** Whether reviewers and operators must have a second factor before they can act as such (protocol.md 10). */
  readonly staffSecondFactor: boolean;
  readonly testersPerApp: number;
  /** Of the management API: for each key, each person by session, and each address without either. */
  readonly managementRequestsPerMinute: number;
};

export const DEFAULT_SETTINGS: Omit<Settings, 'issuer' | 'apiOrigin' | 'brand' | 'vendorQualification'> = {
  accessTokenSeconds: 3600,
  codeSeconds: 60,
  refreshTokenDays: 180,
  deviceRequestSeconds: 600,
  deviceIntervalSeconds: 5,
  devicePendingLimit: 10_000,
  keysPerMember: 10,
  terminalKeyRoles: ['owner', 'admin'],
  opaqueKeyPrefix: 'loomta_sk_',
  terminalAppClientId: 'loomta',
  stepUpSeconds: 600,
  staffSecondFactor: true,
  testersPerApp: 25,
  managementRequestsPerMinute: 300,
};
