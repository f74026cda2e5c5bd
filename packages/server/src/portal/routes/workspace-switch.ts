// The workspace that a browser looks at, kept in a cookie of ours; it counts only while the person is in it.
import type { Domain } from '../../domain/domain.ts';
import type { SignedIn } from '../../domain/operation.ts';
import type { PageForm } from '../../http/forms.ts';
import type { FormTarget, WorkspaceSwitch } from '../frame.ts';
import { personRoute, seeOther, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { ownAddress } from './return-to.ts';

const SWITCH = '/settings/workspaces/switch';
const FLOW = 'workspaces.switch';
const YEAR_SECONDS = 31_536_000;

/** Undefined where there is nothing to choose between. */
export const workspaceSwitchOf = async (
  domain: Domain,
  signedIn: SignedIn,
  chosen: string | undefined,
  target: (action: string, flow: string) => FormTarget,
): Promise<WorkspaceSwitch | undefined> => {
  const memberships = await domain.stores.workspaces.membershipsOf(signedIn.user.id);
  if (memberships.length < 2) return undefined;
  const options = memberships.map(({ workspace }) => ({ id: workspace.publicId, name: workspace.name }));
  const current = options.find(({ id }) => id === chosen);
  return { options, form: target(SWITCH, FLOW), ...(current === undefined ? {} : { current }) };
};

const post = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const { cookies } = page.site;
  const wanted = form.get('workspace') ?? 'all';
  const memberships = await page.domain.stores.workspaces.membershipsOf(page.signedIn.user.id);
  const found = memberships.some(({ workspace }) => workspace.publicId === wanted);
  const cookie = found
    ? cookies.set(cookies.workspace, wanted, YEAR_SECONDS)
    : cookies.clear(cookies.workspace);
  return { kind: 'redirect', to: ownAddress(form.get('return_to')) ?? '/', cookies: [cookie] };
};

/** Before the route of one workspace, which would take its name for an id. */
export const workspaceSwitchRoutes: readonly Route[] = [
  personRoute({
    path: SWITCH,
    get: () => seeOther('/settings/workspaces'),
    post: { fields: ['workspace', 'return_to'], flow: () => FLOW, handle: post },
  }),
];
