// Whom a credential speaks for, as far as the API told: for people, never for a decision.

export type Identity = {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly workspace?: string | undefined;
};
