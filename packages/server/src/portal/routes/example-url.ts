// The whole address of an endpoint that examples call, where the gateway answers.
import { exampleOf } from '../../domain/permissions/example.ts';
import type { Page } from './page.ts';

/** To knock at: where no endpoint can be called as it stands, the first one with its parameters made up. */
export const exampleUrl = ({ domain }: Pick<Page, 'domain'>): string => {
  const { permissions, settings } = domain;
  const path = exampleOf(permissions)?.path ?? permissions[0]?.path.replaceAll(/\{[^{}]+\}/g, '1') ?? '/';
  return `${settings.apiOrigin}${path}`;
};

/** One that the chosen permissions allow. */
export const exampleUrlFor = (
  { domain }: Pick<Page, 'domain'>,
  chosen: readonly string[],
): string | undefined => {
  const found = exampleOf(domain.permissions, chosen);
  return found === undefined ? undefined : `${domain.settings.apiOrigin}${found.path}`;
};
