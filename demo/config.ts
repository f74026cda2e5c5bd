// The configuration that the demo runs with: loopback, invented people, one browser for all of them.
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { readConfig, type Config } from '@latchkey/server';

const OPENAPI = fileURLToPath(new URL('openapi.yaml', import.meta.url));
export const RESOURCE_SERVER = 'demo-crm';

export const configOf = (
  options: { readonly dataFolder: string; readonly openapi?: string },
  issuer: string,
  port: number,
  upstream: string,
  resourceSecret: string,
): Config =>
  readConfig({
    issuer,
    listen: { port, hosts: ['127.0.0.1', '::1'] },
    data: options.dataFolder,
    brand: { name: 'Demo CRM', support: 'support@demo.test' },
    // One browser plays all people.
    staff_second_factor: false,
    upstream,
    openapi: options.openapi ?? OPENAPI,
    gateway: { shared_origin: true },
    // Invented websites answer nobody, and the demo needs no network.
    outbound: { website_checks: false },
    resource_servers: [
      {
        client_id: RESOURCE_SERVER,
        secret_sha256: createHash('sha256').update(resourceSecret).digest('hex'),
      },
    ],
    first_party_apps: [
      {
        client_id: 'lofty-cli',
        name: 'lofty-cli',
        redirect_uris: ['http://127.0.0.1/callback', 'http://[::1]/callback'],
        user_code_prefix: 'LFT',
      },
      { client_id: 'loomta', name: 'loomta', user_code_prefix: 'LMT' },
    ],
  });
