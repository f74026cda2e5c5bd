// What a user does in the settings: makes and revokes API keys, disconnects apps.
import type { Filled, Page, Person } from './person.ts';

export const KEYS = '/settings/integrations/api';
export const CONNECTIONS = '/settings/integrations/authorizations';

const KEY_TEXT = /eyJ[\w-]+\.[\w-]+\.[\w-]+|loomta_sk_[\w-]+/;

export const keyOn = (page: Page): string => {
  const found = KEY_TEXT.exec(page.reply.text)?.[0];
  if (found === undefined) throw new Error(`no key on the page: ${page.text.slice(0, 400)}`);
  return found;
};

export const openCreateKey = async (person: Person): Promise<Page> =>
  person.follow(await person.open(KEYS), 'Create API Key');

export type WantedKey = {
  readonly name: string;
  readonly workspace?: string;
  readonly more?: Filled;
};

/** Presses Create key; the page that comes shows the key once. */
export const createKey = async (person: Person, wanted: WantedKey): Promise<Page> => {
  const page = await openCreateKey(person);
  const fields = page.forms.flatMap((form) => form.fields);
  const asks = fields.some((field) => field.name === 'workspace' && field.type === 'radio');
  return person.press(page, 'Create key', {
    name: wanted.name,
    acknowledged: true,
    ...(wanted.workspace !== undefined && asks ? { workspace: wanted.workspace } : {}),
    ...wanted.more,
  });
};

/** Asks to revoke the key that ends so, and confirms. */
export const revokeKey = async (person: Person, key: string): Promise<Page> => {
  const list = await person.open(KEYS);
  const at = list.reply.text.indexOf(key.slice(-4));
  const link = list.links.find((one) => one.at > at && one.text.startsWith('Revoke'));
  if (at < 0 || link === undefined) throw new Error('the key is not on the list');
  return person.press(await person.open(link.href), 'Revoke key');
};

export const disconnect = async (person: Person, appName: string): Promise<Page> => {
  const list = await person.open(CONNECTIONS);
  const words = new RegExp(`^Disconnect\\b.*${RegExp.escape(appName)}`);
  return person.press(await person.follow(list, words), 'Disconnect');
};
