// The whole address of an endpoint that examples call, where the gateway answers.
import { exampleOf } from '../../domain/permissions/example.ts';
import type { Page } from './page.ts';

/** Any caller knocks at it; without an endpoint that can be called as it stands, at the API's own door. */
export const exampleUrl = ({ domain }: Pick<Page, 'domain'>): string =>
  `${domain.settings.apiOrigin}${exampleOf(domain.permissions)?.path ?? '/'}`;

/** One that the chosen permissions allow. */
export const exampleUrlFor = (
  { domain }: Pick<Page, 'domain'>,
  chosen: readonly string[],
): string | undefined => {
  const found = exampleOf(domain.permissions, chosen);
  return found === undefined ? undefined : `${domain.settings.apiOrigin}${found.path}`;
};
