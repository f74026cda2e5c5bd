// The demo's apps as the flows need them, and apps of their own for tests that count or end something.
import { createApp, uniqueName } from '../person/developer.ts';
import { signedInAs } from '../person/sign-in.ts';
import { appAs, personAs } from '../target.ts';
import type { App } from './tokens.ts';

/** Any path works on loopback; nobody listens there, and nobody is sent there. */
const CALLBACK = 'http://127.0.0.1:4001/callback';

const flowApp = (kind: 'confidential' | 'public', mode: 'development' | 'production'): App => {
  const { redirectUris, ...known } = appAs(kind, mode);
  return { ...known, redirectUri: redirectUris[0] ?? CALLBACK };
};

/** Confidential, in production: everybody may connect it. */
export const productionApp: App = flowApp('confidential', 'production');
/** Public, in development: its vendor's team and the agent may. */
export const publicApp: App = flowApp('public', 'development');

/** The agent's first workspace, where the agent may make keys. */
export const AGENT_WORKSPACE = personAs('agent').workspaces.find(({ role }) => role !== 'member')?.name ?? '';

export const vendor = personAs('vendor');

/** A new app of the vendor, in development. */
export const ownApp = async (
  words: string,
  wanted: {
    readonly kind?: 'confidential' | 'public';
    readonly permissions?: readonly string[];
    readonly redirectUri?: string;
  } = {},
): Promise<App> =>
  createApp(await signedInAs(vendor), {
    name: uniqueName(words),
    kind: wanted.kind ?? 'confidential',
    redirectUri: wanted.redirectUri ?? 'https://app.example/callback',
    permissions: wanted.permissions ?? ['me.get', 'leads.list'],
  });
