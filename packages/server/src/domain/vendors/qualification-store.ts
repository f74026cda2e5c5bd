import type { Trace } from '../trace.ts';
import type { Qualification } from './qualification.ts';
import type { Vendor, VendorId } from './vendor.ts';

export type WaitingQualification = { readonly qualification: Qualification; readonly vendor: Vendor };

export interface QualificationStore {
  find(vendorId: VendorId): Promise<Qualification | undefined>;
  /** Version 1 is the first; the next ones follow a decline and raise its version. False if that is not so. */
  submit(next: Qualification, trace: Trace): Promise<boolean>;
  /** Compare-and-set on the version that was shown, while it waits. */
  decide(next: Qualification, expectedVersion: number, trace: Trace): Promise<boolean>;
  /** Oldest first. */
  listWaiting(limit: number): Promise<readonly WaitingQualification[]>;
}
