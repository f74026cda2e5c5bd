// What a vendor does: registers an app, completes it, chooses its permissions.
import type { App } from '../apps/tokens.ts';
import { pngPicture } from '../http/picture.ts';
import type { Filled, Page, Person } from './person.ts';

export const DASHBOARD = '/developer/authorizations';
export const REGISTER = '/developer/apps/new';

const SECRET = /lk_secret_[\w-]+/;

export type WantedApp = {
  readonly name: string;
  readonly kind: 'confidential' | 'public';
  readonly redirectUri: string;
  readonly permissions: readonly string[];
  readonly more?: Filled;
};

export const register = async (
  person: Person,
  wanted: Omit<WantedApp, 'permissions'>,
  form?: Page,
): Promise<Page> =>
  person.press(form ?? (await person.open(REGISTER)), 'Submit', {
    name: wanted.name,
    kind: wanted.kind,
    redirectUri: [wanted.redirectUri, ''],
    ...wanted.more,
  });

export const secretOn = (page: Page): string | undefined => SECRET.exec(page.reply.text)?.[0];

export const clientIdOn = (page: Page): string => {
  const found = /Client ID ([\w-]{16,})/.exec(page.text)?.[1];
  if (found === undefined)
    throw new Error(`no client id on ${page.url.pathname}: ${page.text.slice(0, 300)}`);
  return found;
};

const addresses = new Map<string, string>();

/** The address of the app's page, from the dashboard; it stays what it is. */
export const appAddress = async (person: Person, name: string): Promise<string> => {
  const known = addresses.get(name);
  if (known !== undefined) return known;
  const dashboard = await person.open(`${DASHBOARD}?${new URLSearchParams({ q: name })}`);
  const link = dashboard.links.find((one) => one.text.startsWith(name));
  if (link === undefined) throw new Error(`${name} is not on the dashboard`);
  addresses.set(name, link.href);
  return link.href;
};

/** What a review needs of an app's fields beside those that every app has, and the logo. */
export const COMPLETE: Filled = {
  website: 'https://app.example',
  description: 'Shows the leads of an agent on a board.',
  contactName: 'Vera Lindqvist',
  contactEmail: 'contact@app.example',
  contactPhone: '+1 206 555 0127',
};

/**
 * The registration form with its picture chosen: it came with another button, and the form kept it. Sent once, the page is
 * good for any number of apps, for pictures are counted.
 */
export const formWithLogo = async (person: Person): Promise<Page> => {
  const logo = { bytes: pngPicture(96), type: 'image/png' };
  return person.press(await person.open(REGISTER), 'Add another address', { logo });
};

/** Page of the app, or one of its tabs: `review`, `settings`, `edit`. */
export const openApp = async (person: Person, name: string, tab = ''): Promise<Page> =>
  person.open(`${await appAddress(person, name)}${tab === '' ? '' : `/${tab}`}`);

export const choosePermissions = async (
  person: Person,
  appName: string,
  permissions: readonly string[],
): Promise<Page> => {
  const page = await openApp(person, appName, 'permissions');
  return person.press(page, 'Save', { permission: permissions });
};

/** A new app in development, with what the flows need of it. */
export const createApp = async (person: Person, wanted: WantedApp, form?: Page): Promise<App> => {
  const page = await register(person, wanted, form);
  const clientSecret = secretOn(page);
  const clientId = clientIdOn(page);
  if (wanted.permissions.length > 0) await choosePermissions(person, wanted.name, wanted.permissions);
  return {
    name: wanted.name,
    clientId,
    ...(clientSecret === undefined ? {} : { clientSecret }),
    redirectUri: wanted.redirectUri,
  };
};

let made = 0;
/** No two runs against one server share an app's name. */
export const uniqueName = (words: string): string => {
  made += 1;
  return `${words} ${process.pid.toString(36)}-${made}`;
};
