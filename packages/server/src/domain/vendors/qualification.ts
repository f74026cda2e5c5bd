// Vendor qualification: who a vendor is, looked at by a reviewer before it may register apps, where the deployment asks for it.
import type { UserId } from '../users/user.ts';
import type { VendorId } from './vendor.ts';

export type QualificationStatus = 'under-review' | 'qualified' | 'declined';

/** The documented form "Account Info". */
export type QualificationForm = {
  readonly companyName: string;
  readonly companyWebsite: string;
  readonly privacyUrl: string;
  readonly assessorName: string;
  readonly assessorTitle: string;
  readonly email: string;
  readonly phone: string;
};

export type Qualification = QualificationForm & {
  readonly vendorId: VendorId;
  readonly status: QualificationStatus;
  /** Raised by every write: a reviewer decides what was shown. */
  readonly version: number;
  readonly submittedBy: UserId;
  readonly submittedAtMs: number;
  readonly decidedBy?: UserId;
  readonly decidedAtMs?: number;
  /** Of a decline, as written. */
  readonly reason?: string;
};
