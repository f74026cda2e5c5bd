// `/invitations/{link}`: accepting what was mailed. A link alone shows who invites to what; only its reader can accept.
import { acceptAsNewcomer, acceptInvitation } from '../../domain/invitations/accept.ts';
import { findInvitation, type Invitation } from '../../domain/invitations/invitation.ts';
import { perform } from '../../domain/operation.ts';
import { COOKIE_TOTAL_MS } from '../../domain/sessions/lifetimes.ts';
import { emailKey } from '../../domain/users/user.ts';
import type { PageForm } from '../../http/forms.ts';
import { invitationPage, type InvitationTo, type InvitationView } from '../invitations/invitation.ts';
import { problemsByField } from '../parts/field-problems.ts';
import { invitationWords as text } from '../words/team.ts';
import { normal, openRoute, personRoute, seeOther, type Page, type PageAnswer, type Route } from './page.ts';
import { problem } from './problems.ts';
import { refusal } from './refusal.ts';
import { signInAddress } from './return-to.ts';

const addressOf = (link: string): string => `/invitations/${link}`;
const flowOf = (page: Page): string => `invitations ${page.part('link')}`;

const over = (page: Page): PageAnswer => problem(page, 410, text.over);

const toOf = (invitation: Invitation): InvitationTo => {
  switch (invitation.to) {
    case 'tester':
    case 'transfer':
      return { to: invitation.to, app: invitation.app.name, vendor: invitation.vendor.name };
    case 'team':
      return { to: 'team', vendor: invitation.vendor.name };
    case 'workspace':
      return { to: 'workspace', workspace: invitation.workspace.name, role: invitation.role };
  }
};

type Reader = InvitationView['reader'];

/** Whether somebody signs in with the address shows only to whoever has the link that was mailed to it. */
const readerOf = async (
  page: Page,
  invitation: Invitation,
  given: Pick<Extract<Reader, { kind: 'new' }>, 'fullName' | 'problems'>,
): Promise<Reader> => {
  const link = page.part('link');
  const here = addressOf(link);
  if (page.signedIn !== undefined)
    return {
      kind: 'signed-in',
      accept: page.target(`${here}/accept`, flowOf(page)),
      differentUrl: signInAddress(here),
    };
  const known = await page.domain.stores.users.findByEmailKey(emailKey(invitation.proof.email));
  if (known !== undefined || invitation.to === 'transfer')
    return { kind: 'known', signInUrl: signInAddress(here) };
  const form = page.target(`${here}/new`, flowOf(page), undefined, 'browser');
  return { kind: 'new', form, ...given };
};

const show = async (
  page: Page,
  given: Pick<Extract<Reader, { kind: 'new' }>, 'fullName' | 'problems'> = {},
  status = 200,
): Promise<PageAnswer> => {
  const invitation = await findInvitation(page.domain, page.part('link'));
  if (invitation === undefined) return over(page);
  const { proof, from } = invitation;
  const { signedIn } = page;
  if (signedIn !== undefined && emailKey(signedIn.user.email) !== emailKey(proof.email))
    return otherAddress(page, signedIn.user.email);
  return normal(
    invitationPage({
      frame: page.frame,
      invitation: { ...toOf(invitation), from: from.fullName, expiresAtMs: proof.expiresAtMs },
      email: proof.email,
      reader: await readerOf(page, invitation, given),
    }),
    status,
  );
};

const otherAddress = (page: Page, email: string): PageAnswer =>
  problem(
    page,
    403,
    { ...text.otherAddress, message: text.otherAddress.message(email) },
    { action: { label: text.different, url: signInAddress(addressOf(page.part('link'))) } },
  );

const afterwards = (invitation: Invitation): PageAnswer => {
  switch (invitation.to) {
    case 'transfer':
      return seeOther(`/developer/apps/${invitation.app.publicId}/credentials`, 'app-taken');
    case 'team':
      return seeOther('/developer/authorizations', 'invitation-accepted');
    case 'workspace':
      return seeOther('/settings/workspaces', 'invitation-accepted');
    case 'tester':
      return seeOther('/settings/integrations/authorizations', 'invitation-accepted');
  }
};

export const invitationRoutes: readonly Route[] = [
  openRoute({ path: '/invitations/:link', get: (page) => show(page) }),
  openRoute({
    path: '/invitations/:link/new',
    get: (page) => seeOther(addressOf(page.part('link'))),
    post: {
      fields: ['fullName', 'password'],
      boundTo: 'browser',
      flow: flowOf,
      handle: async (page: Page, form: PageForm): Promise<PageAnswer> => {
        const fullName = form.get('fullName') ?? '';
        const result = await perform(
          page.domain,
          acceptAsNewcomer,
          { asker: page.signedIn, caused: page.caused },
          {
            link: page.part('link'),
            fullName,
            password: form.get('password') ?? '',
            timeZone: page.frame.zone,
          },
        );
        if (result.ok) {
          const { cookies } = page.site;
          const cookie = cookies.set(cookies.session, result.value.secret, COOKIE_TOTAL_MS / 1000);
          return { ...afterwards(result.value.invitation), cookies: [cookie] };
        }
        if ('problems' in result)
          return show(page, { fullName, problems: problemsByField(result.problems) }, 400);
        if (result.reason === 'sign-in-first') return seeOther(signInAddress(addressOf(page.part('link'))));
        return result.reason === 'no-vendor'
          ? refusal(page, acceptAsNewcomer.id, result, '/sign-up')
          : over(page);
      },
    },
  }),
  personRoute({
    path: '/invitations/:link/accept',
    get: (page) => seeOther(addressOf(page.part('link'))),
    post: {
      fields: [],
      flow: flowOf,
      handle: async (page) => {
        const result = await perform(
          page.domain,
          acceptInvitation,
          { asker: page.signedIn, caused: page.caused },
          { link: page.part('link') },
        );
        if (result.ok) return afterwards(result.value);
        if ('problems' in result) return over(page);
        if (result.reason === 'other-address') return otherAddress(page, page.signedIn.user.email);
        if (result.reason === 'over') return over(page);
        return refusal(page, acceptInvitation.id, result, addressOf(page.part('link')));
      },
    },
  }),
];
