// What ended or changed during the last longest token lifetime: all that a node keeps in memory to judge access tokens
// (protocol.md 8). Bounded by recent changes, not by connections or tokens.
import type { Change, ChangeKind } from '../changes/change.ts';
import type { Settings } from '../settings.ts';
import type { AccessToken } from '../tokens/access-token.ts';

export type RecentChanges = {
  readonly note: (change: Change) => void;
  /** Whether a link of the token's chain ended, or the app's epoch moved on, after the token was issued. */
  readonly ended: (token: AccessToken) => 'ended' | 'app-suspended' | undefined;
  /** Forgets what no live token can meet any more. */
  readonly forgetBefore: (atMs: number) => void;
  readonly size: () => number;
};

/** What a token's chain is made of. */
type LinkKind = Exclude<ChangeKind, 'secrets'>;
/** A redemption may read its chain just before a link ends and issue just after: changes outlive tokens by this much. */
const SLACK_MS = 60_000;

/** How long a change must be remembered: no token that it ended can be alive afterwards. */
export const rememberedMs = (settings: Pick<Settings, 'accessTokenSeconds'>): number =>
  settings.accessTokenSeconds * 1000 + SLACK_MS;

type Noted = { readonly atMs: number; readonly ended: boolean; readonly epoch: number };

export const createRecentChanges = (): RecentChanges => {
  const kinds: LinkKind[] = ['grant', 'connection', 'app', 'user', 'member', 'key', 'token'];
  const noted = new Map(kinds.map((kind) => [kind, new Map<number, Noted>()] as const));
  const of = (kind: LinkKind): Map<number, Noted> => noted.get(kind) as Map<number, Noted>;
  const [grants, connections, apps, users, members, keys, tokens] = kinds.map(of) as [
    Map<number, Noted>,
    Map<number, Noted>,
    Map<number, Noted>,
    Map<number, Noted>,
    Map<number, Noted>,
    Map<number, Noted>,
    Map<number, Noted>,
  ];
  const isEnded = (map: Map<number, Noted>, id: number): boolean =>
    map.size > 0 && map.get(id)?.ended === true;
  return {
    note(change) {
      // No token hangs on a client secret.
      if (change.kind === 'secrets') return;
      of(change.kind).set(change.id, { atMs: change.atMs, ended: change.ended, epoch: change.epoch });
    },
    ended(token) {
      if (
        isEnded(grants, token.grantId) ||
        isEnded(connections, token.connectionId) ||
        isEnded(users, token.userId) ||
        isEnded(members, token.memberId) ||
        isEnded(tokens, token.tokenId) ||
        (token.keyId !== 0 && isEnded(keys, token.keyId))
      )
        return 'ended';
      const app = apps.get(token.appId);
      if (app === undefined) return undefined;
      if (app.epoch !== token.epoch) return 'ended';
      return app.ended ? 'app-suspended' : undefined;
    },
    forgetBefore(atMs) {
      for (const map of noted.values())
        for (const [id, change] of map) if (change.atMs < atMs) map.delete(id);
    },
    size: () => [...noted.values()].reduce((sum, map) => sum + map.size, 0),
  };
};
