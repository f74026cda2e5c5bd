// Permission: one endpoint of the API owner's API. Its identity is operation id + method + path (protocol.md 13).

export type PermissionSetId = number;
export type Sensitivity = 'reads' | 'changes' | 'sends' | 'deletes';
export type DialectName = 'lofty' | 'loomta';

export type Permission = {
  /** The OpenAPI operationId. */
  readonly id: string;
  readonly group: string;
  readonly groupTitle: string;
  readonly method: string;
  /** OpenAPI path template, e.g. `/v1.0/leads/{leadId}`. */
  readonly path: string;
  /** Plain words for people, e.g. `View leads`. */
  readonly sentence: string;
  readonly sensitivity: Sensitivity;
  readonly deprecated: boolean;
  /** Method and path alone make a call: nothing has to be filled in, and nothing changes. */
  readonly bare?: true;
};

/** An interned set of permission ids; rows are never changed, so they may be cached for ever. */
export type PermissionSet = { readonly id: PermissionSetId; readonly permissions: readonly string[] };
