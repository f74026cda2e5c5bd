/** The same change in both dialects. */
export type Migration = {
  readonly number: number;
  readonly name: string;
  readonly sqlite: string;
  readonly postgres: string;
};
