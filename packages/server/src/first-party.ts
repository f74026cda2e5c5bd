// First-party apps are configured by the operator, not registered: made at start, and kept as the configuration says.
import { publicId } from './domain/connections/grant.ts';
import type { App } from './domain/apps/app.ts';
import type { Domain } from './domain/domain.ts';
import type { FirstPartyApp } from './config.ts';

const wantedApp = (
  configured: FirstPartyApp,
  base: Pick<App, 'id' | 'publicId' | 'epoch' | 'version' | 'createdAtMs' | 'statusSinceMs'>,
  permissionSetId: number,
  codePage: string,
): App => ({
  ...base,
  clientId: configured.client_id,
  kind: 'public',
  status: 'production',
  deviceGrant: configured.device_grant,
  userCodePrefix: configured.user_code_prefix,
  permissionSetId,
  ...(configured.rate_limit_per_minute === undefined
    ? {}
    : { rateLimitPerMinute: configured.rate_limit_per_minute }),
  name: configured.name,
  website: '',
  description: '',
  // Who may come back to a port may come back by hand too: the page shows the code, to be pasted into the terminal.
  redirectUris:
    configured.redirect_uris.length === 0 ? [] : [...new Set([...configured.redirect_uris, codePage])],
  contactName: '',
  contactEmail: '',
  contactPhone: '',
});

const same = (a: App, b: App): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (app: App): unknown => Object.entries(app).toSorted(([a], [b]) => (a < b ? -1 : 1));

/** First-party apps may ask for every permission; the person's consent and role still cut it. */
export const ensureFirstPartyApps = async (
  domain: Domain,
  configured: readonly FirstPartyApp[],
): Promise<void> => {
  const { stores } = domain;
  const all = await stores.permissionSets.intern(domain.permissions.map((permission) => permission.id));
  const codePage = `${domain.settings.issuer}/oauth/code`;
  for (const entry of configured) {
    const nowMs = domain.now();
    const trace = {
      verb: 'apps.configure',
      actor: { kind: 'system' },
      requestId: 'start',
      atMs: nowMs,
    } as const;
    const present = await stores.apps.findByClientId(entry.client_id);
    if (present === undefined) {
      const base = {
        id: await stores.nextId(),
        publicId: publicId(domain, 'app'),
        epoch: 1,
        version: 1,
        createdAtMs: nowMs,
        statusSinceMs: nowMs,
      };
      await stores.apps.create(wantedApp(entry, base, all, codePage), undefined, trace);
      continue;
    }
    const wanted = wantedApp(entry, present, all, codePage);
    if (same(present, wanted)) continue;
    await stores.apps.replace({ ...wanted, version: present.version + 1 }, present.version, trace);
  }
};
