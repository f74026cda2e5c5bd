// Vendor: a team of users with a developer profile that owns apps.

import type { User } from '../users/user.ts';

export type VendorId = number;

export type Vendor = {
  readonly id: VendorId;
  readonly publicId: string;
  readonly name: string;
  readonly contactName: string;
  readonly contactEmail: string;
  readonly contactPhone: string;
  readonly createdAtMs: number;
};

export type TeamMember = { readonly user: User; readonly joinedAtMs: number };
