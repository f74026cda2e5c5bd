// Table: how one record of the domain lies in columns. Field names, column names and placeholders meet here only.
import type { PageBefore } from '../domain/page.ts';
import type { Engine, Row, Statement, Value } from './engine.ts';

type Stored = Exclude<Value, null>;

/** For fields that are no plain value. Absent fields are NULL without being asked. */
export type Codec<Field> = {
  readonly column: string;
  readonly encode: (field: Field) => Value;
  readonly decode: (value: Value) => Field;
};

type Fields<Entity> = {
  readonly [Field in keyof Entity]-?: Exclude<Entity[Field], undefined> extends Stored
    ? string
    : Codec<Exclude<Entity[Field], undefined>>;
};

/** Columns that are written with the record but are no part of it, such as search keys. */
type Derived<Entity> = Readonly<Record<string, (entity: Entity) => Value>>;

/** A table's columns under an alias in a join: `u.id as u_id, …`. */
export type Aliased<Entity> = { readonly columns: string; readonly entity: (row: Row) => Entity };

export type Table<Entity> = {
  /** `rest` is everything after the table's name. */
  readonly select: (rest: string) => string;
  /** `rest` follows the values, e.g. `on conflict (…) do nothing`. */
  readonly insert: (rest?: string) => (entity: Entity) => Statement;
  /** `update … set` all columns but those of the fixed fields, then `rest`. */
  readonly update: (fixed: readonly (keyof Entity)[], rest: string) => (entity: Entity) => Statement;
  readonly entity: (row: Row) => Entity;
  /** All columns, or only those of the named fields. */
  readonly as: <Field extends keyof Entity = keyof Entity>(
    alias: string,
    only?: readonly Field[],
  ) => Aliased<Pick<Entity, Field>>;
};

/** No boolean type is shared by the databases: a flag is 1 or NULL. */
export const flag = (column: string): Codec<boolean> => ({
  column,
  encode: (field) => (field ? 1 : null),
  decode: (value) => value !== null,
});

/** Opaque text to the database, never queried. */
export const textList = (column: string): Codec<readonly string[]> => ({
  column,
  encode: (field) => JSON.stringify(field),
  decode: (value) => JSON.parse(String(value)) as string[],
});

type FieldColumn = {
  readonly field: string;
  readonly column: string;
  readonly encode?: (field: never) => Value;
  readonly decode?: (value: Value) => unknown;
};

export const defineTable = <Entity extends object>(
  name: string,
  fields: Fields<Entity>,
  derived: Derived<Entity> = {},
): Table<Entity> => {
  const all: readonly FieldColumn[] = Object.entries(fields as Record<string, string | Codec<never>>).map(
    ([field, spec]) => (typeof spec === 'string' ? { field, column: spec } : { field, ...spec }),
  );
  const columns = [...all.map(({ column }) => column), ...Object.keys(derived)];

  const values = (entity: Entity, chosen: readonly FieldColumn[]): Record<string, Value> => {
    const result: Record<string, Value> = {};
    for (const { field, column, encode } of chosen) {
      const value = (entity as Record<string, unknown>)[field];
      if (value === undefined) result[column] = null;
      else result[column] = encode === undefined ? (value as Stored) : encode(value as never);
    }
    for (const [column, derive] of Object.entries(derived)) result[column] = derive(entity);
    return result;
  };

  const entityBy = (prefix: string, chosen = all): ((row: Row) => Entity) => {
    const sources = chosen.map((source) => ({ ...source, key: `${prefix}${source.column}` }));
    return (row) => {
      const entity: Record<string, unknown> = {};
      for (const { field, key, decode } of sources) {
        const value = row[key] ?? null;
        if (decode !== undefined) entity[field] = decode(value);
        else if (value !== null) entity[field] = value;
      }
      return entity as Entity;
    };
  };

  return {
    select: (rest) => `select ${all.map(({ column }) => column).join(', ')} from ${name} ${rest}`,
    insert: (rest = '') => {
      const places = columns.map((column) => `:${column}`);
      const sql = `insert into ${name} (${columns.join(', ')}) values (${places.join(', ')}) ${rest}`;
      return (entity) => ({ sql, values: values(entity, all) });
    },
    update: (fixed, rest) => {
      const moving = all.filter(({ field }) => !(fixed as readonly string[]).includes(field));
      const set = [...moving.map(({ column }) => column), ...Object.keys(derived)];
      const sql = `update ${name} set ${set.map((column) => `${column} = :${column}`).join(', ')} ${rest}`;
      return (entity) => ({ sql, values: values(entity, moving) });
    },
    entity: entityBy(''),
    as: (alias, only) => {
      const chosen =
        only === undefined ? all : all.filter(({ field }) => (only as readonly string[]).includes(field));
      return {
        columns: chosen.map(({ column }) => `${alias}.${column} as ${alias}_${column}`).join(', '),
        entity: entityBy(`${alias}_`, chosen),
      };
    },
  };
};

/** What a list `… id < :before order by id desc limit :limit` is bound to; without a page it is read whole. */
export const pageValues = (page: PageBefore | undefined): { before: number; limit: number } => ({
  before: page?.before ?? Number.MAX_SAFE_INTEGER,
  limit: page?.limit ?? Number.MAX_SAFE_INTEGER,
});

/** The first row of a `select` made by `table.select`, or undefined. */
export const readOne = async <Entity>(
  engine: Engine,
  table: Pick<Table<Entity>, 'entity'>,
  sql: string,
  values: Statement['values'],
): Promise<Entity | undefined> => {
  const [row] = await engine.read({ sql, values });
  return row === undefined ? undefined : table.entity(row);
};

export const readAll = async <Entity>(
  engine: Engine,
  table: Pick<Table<Entity>, 'entity'>,
  sql: string,
  values: Statement['values'],
): Promise<readonly Entity[]> => (await engine.read({ sql, values })).map(table.entity);
