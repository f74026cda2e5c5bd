/** Owns who a credential speaks for: the fields of GET /v1.0/me that people recognise themselves by. */
import type { AuthorizedFetch, Identity } from '@latchkey/auth-kit';
import { isObject, readJson } from './output/json-value.ts';
import { printable } from './output/printable.ts';

export const profilePath = '/v1.0/me';

/** Undefined when the answer is no profile: who it is stays unknown, the sign-in stays good. */
export function identityOf(profile: string): Identity | undefined {
  const me = readJson(profile);
  if (!isObject(me)) return undefined;
  const text = (value: unknown): string | undefined =>
    typeof value === 'string' && value !== '' ? printable(value).slice(0, 200) : undefined;
  const name = [text(me['firstName']), text(me['lastName'])].filter((part) => part !== undefined).join(' ');
  const agentInfo = me['agentInfo'];
  const workspace = isObject(agentInfo) ? text(agentInfo['companyName']) : undefined;
  const email = text(me['email']);
  if (name === '' && email === undefined) return undefined;
  return {
    ...(name === '' ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    ...(workspace === undefined ? {} : { workspace }),
  };
}

export async function askIdentity(call: AuthorizedFetch): Promise<Identity | undefined> {
  const answer = await call(profilePath);
  if (!answer.ok || answer.response.status !== 200) return undefined;
  return identityOf(await answer.response.text().catch(() => ''));
}
