// The operations as the management API walks over them: those with an address, all of one shape.
import type * as v from 'valibot';
import { operations } from '../domain/operations.ts';
import type { Http, Operation } from '../domain/operation.ts';

type AnyOperation = Operation<string, 'none', 'anyone' | 'signed-in', object, unknown, string, boolean>;
export type ApiOperation = AnyOperation & {
  readonly http: Http;
  readonly output: v.GenericSchema;
};

const hasAddress = (op: AnyOperation): op is ApiOperation => op.http !== undefined && op.output !== undefined;

// What each takes and gives is checked by its own schemas when it runs.
const all = Object.values(operations) as unknown as readonly AnyOperation[];
export const apiOperations: readonly ApiOperation[] = all.filter(hasAddress);

/** `apps` of `apps.roll-secret`. */
export const nounOf = ({ id }: Pick<ApiOperation, 'id'>): string => id.split('.', 1)[0] ?? id;

export const pathParameters = (path: string): readonly string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');

export const isForKeys = ({ sessionOnly }: Pick<ApiOperation, 'sessionOnly'>): boolean =>
  sessionOnly === false;

export const byPath = (): ReadonlyMap<string, readonly ApiOperation[]> =>
  Map.groupBy(apiOperations, ({ http: [, path] }) => path);
