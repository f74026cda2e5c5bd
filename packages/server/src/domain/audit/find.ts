// What an operator types to name somebody or something: an e-mail address, a public id, or a client id.
import type { Domain } from '../domain.ts';
import type { SubjectKind } from '../trace.ts';
import { emailKey } from '../users/user.ts';

type Found = { readonly kind: SubjectKind; readonly id: number };

export const findPerson = async (
  { stores }: Pick<Domain, 'stores'>,
  text: string,
): Promise<number | undefined> => {
  const user = text.includes('@')
    ? await stores.users.findByEmailKey(emailKey(text))
    : await stores.users.findByPublicId(text);
  return user?.id;
};

export const findSubject = async (
  domain: Pick<Domain, 'stores'>,
  text: string,
): Promise<Found | undefined> => {
  const { apps, workspaces, keys, connections, managementKeys } = domain.stores;
  const found = (kind: SubjectKind, one: { readonly id: number } | undefined): Found | undefined =>
    one === undefined ? undefined : { kind, id: one.id };
  const person = await findPerson(domain, text);
  if (person !== undefined) return { kind: 'user', id: person };
  return (
    found('app', (await apps.findByPublicId(text)) ?? (await apps.findByClientId(text))) ??
    found('workspace', await workspaces.findByPublicId(text)) ??
    found('key', await keys.findByPublicId(text)) ??
    found('connection', await connections.findByPublicId(text)) ??
    found('management-key', await managementKeys.findByPublicId(text))
  );
};
