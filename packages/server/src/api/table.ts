// The operations as the management API walks over them: those with an address, all of one shape.
import { operations } from '../domain/operations.ts';
import type { Operation } from '../domain/operation.ts';

export type ApiOperation = Operation<
  string,
  'none',
  'anyone' | 'signed-in',
  object,
  unknown,
  string,
  boolean,
  unknown
>;

// What each takes and gives is checked by its own schemas when it runs.
export const apiOperations = Object.values(operations) as unknown as readonly ApiOperation[];

/** `apps` of `apps.roll-secret`. */
export const nounOf = ({ id }: Pick<ApiOperation, 'id'>): string => id.split('.', 1)[0] ?? id;

export const pathParameters = (path: string): readonly string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');

export const byPath = (): ReadonlyMap<string, readonly ApiOperation[]> =>
  Map.groupBy(apiOperations, ({ http: [, path] }) => path);
