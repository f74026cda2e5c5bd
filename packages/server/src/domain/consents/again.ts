// After a breaking publish people are asked again: why, and which permissions are new to them.
import type { App } from '../apps/app.ts';
import type { StandingConsent } from '../connections/store.ts';
import type { Domain } from '../domain.ts';

export type ConsentAgain = {
  /** The vendor's, empty if it wrote none. */
  readonly note: string;
  /** What the person allowed before. */
  readonly known: ReadonlySet<string>;
};

/** In some workspace the person agreed to an earlier epoch of the app, and to none of the present one. */
export const isAskedAgain = (app: Pick<App, 'epoch'>, ofApp: readonly StandingConsent[]): boolean =>
  [...Map.groupBy(ofApp, (one) => one.workspaceId).values()].some((consents) =>
    consents.every(({ epoch }) => epoch < app.epoch),
  );

export const consentAgain = async (
  domain: Pick<Domain, 'stores'>,
  app: App,
  userId: number,
): Promise<ConsentAgain | undefined> => {
  if (app.epoch === 1) return undefined;
  const { connections, permissionSets, reviews } = domain.stores;
  const earlier = await connections.consentsOf(userId, app.id);
  if (!isAskedAgain(app, earlier)) return undefined;
  const [why, ...sets] = await Promise.all([
    reviews.lastBreakingOf(app.id),
    ...earlier.map(({ permissionSetId }) => permissionSets.find(permissionSetId)),
  ]);
  return {
    note: why?.note ?? '',
    known: new Set(sets.flatMap((set) => set?.permissions ?? [])),
  };
};
