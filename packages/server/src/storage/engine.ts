// The storage engine: the little that each database must offer. storage/<noun>.ts holds the SQL, once, above it.

/** What both databases store and return alike: no boolean, Date, bigint or undefined. Numbers are safe integers. */
export type Value = string | number | Uint8Array | null;
export type Row = Readonly<Record<string, Value>>;

/** One SQL text for both databases; placeholders are `:name`, each bound by a value of that name. */
export type Statement = { readonly sql: string; readonly values: Readonly<Record<string, Value>> };

/**
 * All or nothing. Each claim must change exactly one row, in order, else the unit leaves no trace; the writes follow
 * when all claims are won. A statement that throws is a bug or an outage, never an expected conflict.
 */
export type Unit = { readonly claims: readonly Statement[]; readonly writes: readonly Statement[] };

export interface Engine {
  /** Sees every commit that resolved before the call. */
  read(statement: Statement): Promise<readonly Row[]>;
  /** True once the whole unit is on disk; false when a claim was lost. Units of one caller keep their order. */
  commit(unit: Unit): Promise<boolean>;
  /** Lets commits under way finish first. */
  close(): Promise<void>;
}

/** An engine as the migrations see it: DDL is the one thing that the two databases do not share. */
export interface Database extends Engine {
  readonly dialect: 'sqlite' | 'postgres';
  /** Several statements without values, in one transaction. */
  script(sql: string): Promise<void>;
}

type Placeholders = {
  /** The distinct names in order of appearance. */
  readonly names: readonly string[];
  /** The text with `$1`, `$2`, … in their places. */
  readonly numbered: string;
  /** The text with a bare `?` in each place, unless a name stands twice. */
  readonly unnamed: string | undefined;
};

/** Strings and the colons inside them are skipped; `::` is no placeholder (and not portable: use `cast`). */
const token = /'(?:[^']|'')*'|::|:([A-Za-z][A-Za-z0-9_]*)/g;

export const parsePlaceholders = (sql: string): Placeholders => {
  const names: string[] = [];
  let places = 0;
  const numbered = sql.replace(token, (whole, name: string | undefined) => {
    if (name === undefined) return whole;
    places += 1;
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  const bare = (whole: string, name: string | undefined): string => (name === undefined ? whole : '?');
  return { names, numbered, unnamed: places === names.length ? sql.replace(token, bare) : undefined };
};

/** A forgotten or surplus value would be NULL on one database and an error on the other: on both it is a bug. */
export const requireValues = (names: readonly string[], { sql, values }: Statement): void => {
  for (const name of names) {
    if (values[name] === undefined) throw new Error(`No value for :${name} in: ${sql}`);
  }
  if (Object.keys(values).length !== names.length) {
    const surplus = Object.keys(values).filter((name) => !names.includes(name));
    throw new Error(`No placeholder for ${surplus.join(', ')} in: ${sql}`);
  }
};
