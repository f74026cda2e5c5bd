// Facts that a reviewer should not have to look for.
import type { App } from '../apps/app.ts';
import type { Domain } from '../domain.ts';
import type { Permission } from '../permissions/permission.ts';
import { plainLine } from '../plain-line.ts';
import { PAGE_WAIT_MS, type WebsiteLook } from '../websites/website.ts';
import { websiteLookOf } from './checklist.ts';
import type { Content, SubmissionKind } from './submission.ts';

export type Risk =
  | { readonly kind: 'redirect-host'; readonly hosts: readonly string[] }
  | { readonly kind: 'deletes-data' | 'sends-messages' | 'first-app' }
  | { readonly kind: 'name-alike'; readonly name: string }
  /** It does not answer, or could not be reached from here; the vendor may have changed it since. */
  | { readonly kind: 'website'; readonly look: WebsiteLook };

const MAX_NAMES = 5_000;

const hostOf = (url: string): string => URL.parse(url)?.hostname ?? '';

/** Redirect hosts that are neither the website's, nor below it, nor this computer, nor an app's own scheme. */
const strangeHosts = ({ website, redirectUris }: Content): readonly string[] => {
  const home = hostOf(website).replace(/^www\./, '');
  const isHome = (host: string): boolean => host === home || (home !== '' && host.endsWith(`.${home}`));
  return [
    ...new Set(
      redirectUris
        .filter((uri) => uri.startsWith('https:'))
        .map(hostOf)
        .filter((host) => host !== '' && !isHome(host.replace(/^www\./, ''))),
    ),
  ];
};

const LOOKALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '5': 's',
  i: 'l',
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
};

/** Names with the same key look alike: case, marks, spaces, signs and common look-alike letters do not count. */
const nameKey = (name: string): string =>
  [
    ...plainLine(name)
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, ''),
  ]
    .map((letter) => LOOKALIKES[letter] ?? letter)
    .join('')
    .replace(/rn/g, 'm');

const alike = async (domain: Domain, app: App, name: string): Promise<string | undefined> => {
  const key = nameKey(name);
  const others = await domain.stores.reviews.otherAppNames(app, MAX_NAMES);
  return [domain.settings.brand.name, ...others].find((other) => nameKey(other) === key);
};

const SAYS_NOTHING: ReadonlySet<WebsiteLook['answer']['kind']> = new Set(['answers', 'waiting', 'not-asked']);

export const risksOf = async (
  domain: Domain,
  kind: SubmissionKind,
  app: App,
  proposed: Content,
  permissions: readonly Permission[],
): Promise<readonly Risk[]> => {
  const hosts = strangeHosts(proposed);
  const [look, other, known] = await Promise.all([
    websiteLookOf(domain, proposed, PAGE_WAIT_MS),
    alike(domain, app, proposed.name),
    app.vendorId === undefined ? true : domain.stores.reviews.hasPublished(app.vendorId),
  ]);
  return [
    ...(hosts.length === 0 ? [] : [{ kind: 'redirect-host', hosts } as const]),
    ...(look === undefined || SAYS_NOTHING.has(look.answer.kind) ? [] : [{ kind: 'website', look } as const]),
    ...(permissions.some(({ sensitivity }) => sensitivity === 'deletes')
      ? [{ kind: 'deletes-data' } as const]
      : []),
    ...(permissions.some(({ sensitivity }) => sensitivity === 'sends')
      ? [{ kind: 'sends-messages' } as const]
      : []),
    ...(other === undefined ? [] : [{ kind: 'name-alike', name: other } as const]),
    ...(kind === 'app' && !known ? [{ kind: 'first-app' } as const] : []),
  ];
};
