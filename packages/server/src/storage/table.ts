// Table: how one record of the domain lies in columns. Field names, column names and placeholders meet here only.
import type { Row, Statement, Value } from './engine.ts';

type Stored = Exclude<Value, null>;

/** For fields that are no plain value. Absent fields are NULL without being asked. */
export type Codec<Field> = {
  readonly column: string;
  readonly encode: (field: Field) => Value;
  readonly decode: (value: Value) => Field;
};

type Fields<Record> = {
  readonly [Field in keyof Record]-?: Exclude<Record[Field], undefined> extends Stored
    ? string
    : Codec<Exclude<Record[Field], undefined>>;
};

export type Table<Entity> = {
  readonly name: string;
  /** `u.id as u_id, …` with an alias, for joins; plain names without. */
  readonly columns: (alias?: string) => string;
  readonly values: (entity: Entity) => Record<string, Value>;
  /** `extra` follows the values, e.g. `on conflict (…) do nothing`. */
  readonly insert: (entity: Entity, extra?: string) => Statement;
  readonly entity: (row: Row, alias?: string) => Entity;
  readonly columnOf: (field: keyof Entity) => string;
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

export const defineTable = <Entity extends object>(name: string, fields: Fields<Entity>): Table<Entity> => {
  const codecs = Object.entries(fields as Record<string, string | Codec<never>>).map(([field, spec]) => ({
    field,
    ...(typeof spec === 'string' ? { column: spec, encode: undefined, decode: undefined } : spec),
  }));
  const columns = codecs.map(({ column }) => column);
  const insert = `insert into ${name} (${columns.join(', ')})
    values (${columns.map((column) => `:${column}`).join(', ')})`;

  const values = (entity: Entity): Record<string, Value> => {
    const source = entity as Record<string, unknown>;
    return Object.fromEntries(
      codecs.map(({ field, column, encode }) => {
        const value = source[field];
        if (encode !== undefined && value !== undefined) return [column, encode(value as never)];
        return [column, (value as Stored | undefined) ?? null];
      }),
    );
  };

  return {
    name,
    values,
    columns: (alias) =>
      columns
        .map((column) => (alias === undefined ? column : `${alias}.${column} as ${alias}_${column}`))
        .join(', '),
    insert: (entity, extra = '') => ({ sql: `${insert} ${extra}`, values: values(entity) }),
    entity: (row, alias) => {
      const entity: Record<string, unknown> = {};
      for (const { field, column, decode } of codecs) {
        const value = row[alias === undefined ? column : `${alias}_${column}`] ?? null;
        if (decode !== undefined) entity[field] = decode(value);
        else if (value !== null) entity[field] = value;
      }
      return entity as Entity;
    },
    columnOf: (field) => codecs.find((codec) => codec.field === field)?.column ?? '',
  };
};
