// The decision about one request: target, then authenticate, count, permit. Shared by the proxy and forward-auth.
import type { Access, Caller } from '../domain/access/access.ts';
import type { Catalogue, Match } from '../domain/permissions/catalogue.ts';
import type { DialectName, Permission } from '../domain/permissions/permission.ts';
import type { Windows } from '../limits/windows.ts';
import { authenticate, type Authenticated } from './authenticate.ts';
import { count, rateHeaders } from './count.ts';
import type { DOUBLED } from './credential.ts';
import { permit } from './permit.ts';
import { targetProblem } from './raw-target.ts';
import type { RefusalReason } from './refusals.ts';
import type { GatewaySettings } from './settings.ts';

export type Asked = {
  readonly method: string;
  readonly target: string;
  readonly path: string;
  readonly query: string | undefined;
  readonly authorization: string | undefined | typeof DOUBLED;
};

/** What is known of the caller at the end; for hooks and headers. */
export type Known = { readonly caller?: Caller; readonly permission?: Permission };

export type Verdict = Known & { readonly dialect: DialectName } & (
    | {
        readonly kind: 'pass';
        readonly caller: Caller;
        readonly permission: Permission;
        readonly rate: Readonly<Record<string, string>>;
      }
    | {
        readonly kind: 'refuse';
        readonly reason: RefusalReason;
        /** Rate limit headers once the app or key is known, and `Allow`. */
        readonly headers?: Readonly<Record<string, string>>;
      }
  );

export type JudgePorts = {
  readonly catalogue: Catalogue;
  readonly access: Access;
  readonly windows: Windows;
  readonly settings: GatewaySettings;
  readonly now: () => number;
  /** A credential was accepted, whatever comes of the request. */
  readonly used: (caller: Caller) => void;
};

const settle = (
  ports: JudgePorts,
  dialect: DialectName,
  match: Match | 'unknown-path',
  caller: Authenticated,
): Verdict => {
  if (typeof caller === 'string') return { kind: 'refuse', dialect, reason: caller };
  const nowMs = ports.now();
  ports.used(caller);
  const taken = count(caller, ports.windows, ports.settings.requestsPerMinute, nowMs);
  const rate = rateHeaders(taken, nowMs);
  if (!taken.allowed) return { kind: 'refuse', dialect, reason: 'too-many-requests', headers: rate, caller };
  const permitted = permit(caller, match);
  switch (permitted.kind) {
    case 'permitted':
      return { kind: 'pass', dialect, caller, permission: permitted.permission, rate };
    case 'not-permitted': {
      const { kind: reason, permission } = permitted;
      return { kind: 'refuse', dialect, reason, headers: rate, caller, permission };
    }
    case 'wrong-method': {
      const headers = { ...rate, allow: permitted.allowed.join(', ') };
      return { kind: 'refuse', dialect, reason: permitted.kind, headers, caller };
    }
    case 'unknown-path':
      return { kind: 'refuse', dialect, reason: permitted.kind, headers: rate, caller };
  }
};

export const judge = (ports: JudgePorts, asked: Asked): Verdict | Promise<Verdict> => {
  const { catalogue, access, settings } = ports;
  const problem = targetProblem(asked.target, asked.path);
  if (problem !== undefined)
    return { kind: 'refuse', dialect: catalogue.dialectOf(asked.path), reason: problem };
  const match = catalogue.match(asked.method, asked.path);
  const dialect =
    match !== 'unknown-path' && 'permission' in match ? match.dialect : catalogue.dialectOf(asked.path);
  const caller = authenticate(asked.authorization, asked.query, dialect, access, settings);
  return caller instanceof Promise
    ? caller.then((result) => settle(ports, dialect, match, result))
    : settle(ports, dialect, match, caller);
};
