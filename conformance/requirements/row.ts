// What a row of the table is: a requirement of a document, and the test that proves it.

export type Requirement = {
  readonly document: keyof typeof documents;
  readonly requirement: string;
  /** Test file, and the exact name of a test in it. */
  readonly proof: readonly [file: string, test: string];
};

export const documents = {
  '000': 'lofty-cli authentication',
  '001': 'OAuth 2.0 for developers',
  '002': 'OAuth 2.0 for vendors',
  '003': 'Lofty API and OAuth 2.0, the older article',
  '004': 'CLI device flow',
  help: 'Newer help pages of the same product: platform, API keys, limits, connected apps',
} as const;

export const rowsOf =
  (document: Requirement['document'], file: string) =>
  (rows: readonly (readonly [requirement: string, test: string, otherFile?: string])[]): Requirement[] =>
    rows.map(([requirement, test, otherFile]) => ({
      document,
      requirement,
      proof: [otherFile ?? file, test],
    }));
