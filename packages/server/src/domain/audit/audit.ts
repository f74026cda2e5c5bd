// The audit log as operators read it: who did what to which thing, when, in which request, with names as they are now.
import type { Actor, SubjectKind } from '../trace.ts';

/** A name and a public id where the thing has them and still is there. */
export type Named = { readonly publicId?: string; readonly name?: string };

export type AuditEntry = {
  readonly id: number;
  readonly atMs: number;
  readonly verb: string;
  readonly actor: Named & { readonly kind: Actor['kind']; readonly id?: number };
  readonly subject: Named & { readonly kind: SubjectKind; readonly id: number };
  readonly requestId: string;
  readonly detail?: Readonly<Record<string, string | number>>;
};
