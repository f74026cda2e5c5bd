import type { Actor, SubjectKind } from '../trace.ts';
import type { AuditEntry } from './audit.ts';

export type AuditFilter = {
  readonly subject?: { readonly kind: SubjectKind; readonly id: number };
  readonly actor?: { readonly kind: Actor['kind']; readonly id?: number };
  /** `keys.revoke`, or `keys` for all of that noun. */
  readonly verb?: string;
  readonly fromMs?: number;
  /** Exclusive. */
  readonly untilMs?: number;
};

/** Entries are written by every other store's writes; here they are read only. */
export interface AuditStore {
  /** Newest first, before an id. */
  list(filter: AuditFilter, before: number | undefined, limit: number): Promise<readonly AuditEntry[]>;
}
