// `/developer/apps/{id}/testing` and `/transfer`: who may try an app in development, and giving it to another vendor.
import type { App } from '../../domain/apps/app.ts';
import { offerTransfer, withdrawTransfer } from '../../domain/apps/transfer.ts';
import { waitingFor } from '../../domain/invitations/open.ts';
import { perform } from '../../domain/operation.ts';
import { isFresh } from '../../domain/sessions/fresh.ts';
import {
  inviteTester,
  listTesters,
  removeTester,
  withdrawTesterInvitation,
} from '../../domain/testers/testers.ts';
import type { PageForm } from '../../http/forms.ts';
import { appTestingPage, removeTesterPage, type AppTestingView } from '../developer/testing.ts';
import { appTransferPage, type AppTransferView } from '../developer/transfer.ts';
import { fieldText } from '../words/fields.ts';
import { addressOf, by, headOf, ofTeam } from './app-page.ts';
import { normal, seeOther, vendorRoute, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { notFound } from './problems.ts';
import { refusal, refusalStatus, refusalText } from './refusal.ts';
import { toStepUp } from './to-step-up.ts';

const ROOT = '/developer/apps/:app';

const at = (page: PersonPage): string => `/developer/apps/${page.part('app')}/testing`;
const flowOf = (page: PersonPage, id: string): string => `${id} ${page.part('app')}`;

const showTesting = async (
  page: PersonPage,
  app: App,
  given: Pick<AppTestingView, 'email' | 'problem'> = {},
  status = 200,
): Promise<PageAnswer> => {
  const result = await perform(page.domain, listTesters, by(page), { app: app.publicId });
  if (!result.ok) return refusal(page, listTesters.id, result, addressOf(app));
  const { seats, limit, testers, invitations } = result.value;
  return normal(
    appTestingPage({
      frame: page.frame,
      app: await headOf(page, app),
      seats,
      limit,
      testers: testers.map(({ user, addedAtMs }) => ({
        name: user.fullName,
        email: user.email,
        addedAtMs,
        removeUrl: `${at(page)}/${user.publicId}/remove`,
      })),
      waiting: invitations.map(({ email, expiresAtMs }) => ({
        email,
        expiresAtMs,
        withdraw: page.target(`${at(page)}/withdraw`, flowOf(page, withdrawTesterInvitation.id), { email }),
      })),
      invite: page.target(at(page), flowOf(page, inviteTester.id)),
      ...given,
    }),
    status,
  );
};

const invite = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const email = form.get('email') ?? '';
  const result = await perform(page.domain, inviteTester, by(page), { app: page.part('app'), email });
  if (result.ok) return seeOther(at(page), 'invitation-sent');
  const again = (problem: AppTestingView['problem'], status: number) =>
    ofTeam((there, app) =>
      showTesting(there, app, { email, ...(problem === undefined ? {} : { problem }) }, status),
    )(page);
  if ('problems' in result) {
    const text = fieldText(result.problems[0]?.code ?? 'email-malformed');
    return again({ text, atField: true }, 400);
  }
  const text = refusalText(inviteTester.id, result.reason);
  if (text === undefined) return refusal(page, inviteTester.id, result, at(page));
  return again(
    { text, atField: result.reason === 'may-already' },
    refusalStatus(inviteTester.id, result.reason),
  );
};

const withdraw = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const given = { app: page.part('app'), email: form.get('email') ?? '' };
  const result = await perform(page.domain, withdrawTesterInvitation, by(page), given);
  return result.ok
    ? seeOther(at(page), 'invitation-withdrawn')
    : refusal(page, withdrawTesterInvitation.id, result, at(page));
};

const removeFlow = (page: PersonPage): string => `${flowOf(page, removeTester.id)} ${page.part('user')}`;

const showRemove = async (page: PersonPage, app: App): Promise<PageAnswer> => {
  const { testersPerApp } = page.domain.settings;
  const testers = await page.domain.stores.testers.listOf(app.id, testersPerApp);
  const found = testers.find(({ user }) => user.publicId === page.part('user'));
  if (found === undefined) return notFound(page);
  return normal(
    removeTesterPage({
      frame: page.frame,
      form: page.target(`${at(page)}/${found.user.publicId}/remove`, removeFlow(page)),
      name: found.user.fullName,
      keepUrl: at(page),
    }),
  );
};

const remove = async (page: PersonPage): Promise<PageAnswer> => {
  const given = { app: page.part('app'), user: page.part('user') };
  const result = await perform(page.domain, removeTester, by(page), given);
  return result.ok ? seeOther(at(page), 'tester-removed') : refusal(page, removeTester.id, result, at(page));
};

const transferAt = (page: PersonPage): string => `/developer/apps/${page.part('app')}/transfer`;

const showTransfer = async (
  page: PersonPage,
  app: App,
  given: Pick<AppTransferView, 'email' | 'problem'> = {},
  status = 200,
): Promise<PageAnswer> => {
  if (!isFresh(page.domain, page.signedIn.session)) return toStepUp(page);
  const [waiting] = await waitingFor(page.domain, 'transfer', app.id);
  return normal(
    appTransferPage({
      frame: page.frame,
      app: await headOf(page, app),
      offer: page.target(transferAt(page), flowOf(page, offerTransfer.id)),
      ...(waiting === undefined
        ? {}
        : {
            waiting: {
              email: waiting.email,
              withdraw: page.target(`${transferAt(page)}/withdraw`, flowOf(page, withdrawTransfer.id)),
            },
          }),
      ...given,
    }),
    status,
  );
};

const offer = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const email = form.get('email') ?? '';
  const result = await perform(page.domain, offerTransfer, by(page), { app: page.part('app'), email });
  if (result.ok) return seeOther(transferAt(page), 'offer-sent');
  const again = (text: string, atField: boolean, status: number) =>
    ofTeam((there, app) => showTransfer(there, app, { email, problem: { text, atField } }, status))(page);
  if ('problems' in result) return again(fieldText(result.problems[0]?.code ?? 'email-malformed'), true, 400);
  const text = refusalText(offerTransfer.id, result.reason);
  if (text === undefined) return refusal(page, offerTransfer.id, result, transferAt(page));
  return again(text, result.reason === 'own-team', refusalStatus(offerTransfer.id, result.reason));
};

const withdrawOffer = async (page: PersonPage): Promise<PageAnswer> => {
  const result = await perform(page.domain, withdrawTransfer, by(page), { app: page.part('app') });
  return result.ok
    ? seeOther(transferAt(page), 'offer-withdrawn')
    : refusal(page, withdrawTransfer.id, result, transferAt(page));
};

export const appTestingRoutes: readonly Route[] = [
  vendorRoute({
    path: `${ROOT}/testing`,
    get: ofTeam((page, app) => showTesting(page, app)),
    post: { fields: ['email'], flow: (page) => flowOf(page, inviteTester.id), handle: invite },
  }),
  vendorRoute({
    path: `${ROOT}/testing/withdraw`,
    get: (page) => seeOther(at(page)),
    post: {
      fields: ['email'],
      flow: (page) => flowOf(page, withdrawTesterInvitation.id),
      handle: withdraw,
    },
  }),
  vendorRoute({
    path: `${ROOT}/testing/:user/remove`,
    get: ofTeam(showRemove),
    post: { fields: [], flow: removeFlow, handle: remove },
  }),
  vendorRoute({
    path: `${ROOT}/transfer`,
    get: ofTeam((page, app) => showTransfer(page, app)),
    post: { fields: ['email'], flow: (page) => flowOf(page, offerTransfer.id), handle: offer },
  }),
  vendorRoute({
    path: `${ROOT}/transfer/withdraw`,
    get: (page) => seeOther(transferAt(page)),
    post: { fields: [], flow: (page) => flowOf(page, withdrawTransfer.id), handle: withdrawOffer },
  }),
];
