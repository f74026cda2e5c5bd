// The ports that storage implements, all together, and the ids that are assigned before a write.
import type { AppStore } from './apps/store.ts';
import type { AuditStore } from './audit/store.ts';
import type { Change } from './changes/change.ts';
import type { ChangeStore } from './changes/store.ts';
import type { CodeStore } from './codes/store.ts';
import type { ConnectionStore } from './connections/store.ts';
import type { DeviceStore } from './devices/store.ts';
import type { FactorStore } from './factors/store.ts';
import type { LogoStore } from './logos/store.ts';
import type { MailStore } from './mail/store.ts';
import type { ManagementKeyStore } from './management-keys/store.ts';
import type { KeyStore } from './keys/store.ts';
import type { OperatorClaimStore } from './operate/claim-store.ts';
import type { DirectoryStore } from './operate/directory-store.ts';
import type { ProofStore } from './proofs/store.ts';
import type { PermissionSetStore } from './permissions/store.ts';
import type { ReviewStore } from './reviews/store.ts';
import type { SessionStore } from './sessions/store.ts';
import type { TesterStore } from './testers/store.ts';
import type { UsageStore } from './usage/store.ts';
import type { UserStore } from './users/store.ts';
import type { QualificationStore } from './vendors/qualification-store.ts';
import type { VendorStore } from './vendors/store.ts';
import type { WorkspaceStore } from './workspaces/store.ts';

/**
 * Every method resolves only when its write is on disk, and takes and gives plain data, so that an adapter may let
 * concurrent callers share a commit. Writing methods leave their trace (audit row, changes) in the same unit.
 */
export type Stores = {
  /** A new safe integer (< 2^53), unique over all kinds and never given again. */
  readonly nextId: () => Promise<number>;
  readonly users: UserStore;
  readonly workspaces: WorkspaceStore;
  readonly sessions: SessionStore;
  readonly factors: FactorStore;
  readonly vendors: VendorStore;
  readonly apps: AppStore;
  readonly permissionSets: PermissionSetStore;
  readonly reviews: ReviewStore;
  readonly connections: ConnectionStore;
  readonly codes: CodeStore;
  readonly devices: DeviceStore;
  readonly keys: KeyStore;
  readonly managementKeys: ManagementKeyStore;
  readonly changes: ChangeStore;
  readonly mails: MailStore;
  readonly usage: UsageStore;
  readonly proofs: ProofStore;
  readonly testers: TesterStore;
  readonly qualifications: QualificationStore;
  readonly logos: LogoStore;
  readonly audit: AuditStore;
  readonly directory: DirectoryStore;
  readonly operatorClaims: OperatorClaimStore;
};

/** Called after each commit and before its method resolves, with the changes it wrote. */
export type OnChange = (changes: readonly Change[]) => void;
