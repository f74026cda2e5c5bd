// `/settings/security`: password, second step, passkeys, recovery codes, sessions. What changes any of them needs a step-up.
import { encode } from 'uqr';
import { listFactors, renewRecoveryCodes } from '../../domain/factors/list.ts';
import {
  addPasskey,
  PASSKEYS_PER_PERSON,
  removePasskey,
  startPasskey,
} from '../../domain/factors/passkey-operations.ts';
import { confirmTotp, removeTotp, startTotp } from '../../domain/factors/totp-operations.ts';
import { perform } from '../../domain/operation.ts';
import { endOneSession, endOtherSessions, listSessions } from '../../domain/sessions/sessions-of.ts';
import { changePassword } from '../../domain/users/change-password.ts';
import { PASSWORD_MIN } from '../../domain/users/password-rules.ts';
import type { PageForm } from '../../http/forms.ts';
import { deviceText } from '../security/device.ts';
import { securityPage, securityUrl as HOME, type ListedSession } from '../security/overview.ts';
import { placeText } from '../security/place.ts';
import {
  newPasskeyPage,
  passwordPage,
  recoveryCodesPage,
  removePasskeyPage,
  removeTotpPage,
  renewCodesPage,
} from '../security/steps.ts';
import { totpPage } from '../security/totp.ts';
import { fieldText } from '../words/fields.ts';
import { refusalWords } from '../words/refusals.ts';
import { securityWords } from '../words/security.ts';
import { normal, personRoute, seeOther, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { badValue, notFound } from './problems.ts';
import { refusal } from './refusal.ts';
import { whenFresh } from './to-step-up.ts';

const PASSWORD = `${HOME}/password`;
const TOTP = `${HOME}/authenticator`;
const PASSKEYS = `${HOME}/passkeys`;
const CODES = `${HOME}/recovery-codes`;
const OTHERS = `${HOME}/sessions/end-others`;

const by = (page: PersonPage) => ({ asker: page.signedIn, caused: page.caused });
const endFlow = (session: string): string => `sessions.end ${session}`;

const factorsOf = async (page: PersonPage) => {
  const result = await perform(page.domain, listFactors, by(page), {});
  if (!result.ok) throw new Error('a person may always list their own second factors');
  return result.value;
};

const sessionsOf = async (page: PersonPage): Promise<readonly ListedSession[]> => {
  const result = await perform(page.domain, listSessions, by(page), {});
  if (!result.ok) throw new Error('a person may always list their own sessions');
  const listed = result.value.map(({ session, name, current }): ListedSession => ({
    device: deviceText(session.device),
    place: placeText(session.address, page.caused.address),
    isCurrent: current,
    isTerminal: session.kind === 'bearer',
    lastSeenAtMs: session.lastSeenAtMs,
    createdAtMs: session.createdAtMs,
    ...(current ? {} : { end: page.target(`${HOME}/sessions/${name}/end`, endFlow(name)) }),
  }));
  return listed.toSorted((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
};

const overview = async (page: PersonPage): Promise<PageAnswer> => {
  const { totp, passkeys, recoveryCodesLeft } = await factorsOf(page);
  const { dormantRole } = page.signedIn;
  return normal(
    securityPage({
      frame: page.frame,
      ...(dormantRole === undefined ? {} : { staff: dormantRole }),
      ...(totp === undefined ? {} : { totp }),
      passkeys: passkeys.map((one) => ({ ...one, removeUrl: `${PASSKEYS}/${one.publicId}/remove` })),
      canAddPasskey: passkeys.length < PASSKEYS_PER_PERSON,
      recoveryCodesLeft,
      sessions: await sessionsOf(page),
      endOthers: page.target(OTHERS, 'sessions.end-others'),
    }),
  );
};

const showPassword = (page: PersonPage, error?: string, status = 200): PageAnswer =>
  normal(
    passwordPage({
      frame: page.frame,
      form: page.target(PASSWORD, 'users.change-password'),
      minLength: PASSWORD_MIN,
      error,
    }),
    status,
  );

const postPassword = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const password = form.get('password') ?? '';
  const result = await perform(page.domain, changePassword, by(page), { password });
  if (result.ok) return seeOther(HOME, 'password-changed');
  if (!('problems' in result)) return refusal(page, changePassword.id, result, HOME);
  return showPassword(page, fieldText(result.problems[0]?.code ?? 'malformed'), 400);
};

const showTotp = async (page: PersonPage, setup = '', error?: string, status = 200): Promise<PageAnswer> => {
  const result = await perform(page.domain, startTotp, by(page), { setup });
  if (!result.ok) return refusal(page, startTotp.id, result, HOME);
  const { secret, uri } = result.value;
  return normal(
    totpPage({
      frame: page.frame,
      form: page.target(TOTP, 'factors.confirm-totp', { setup: result.value.setup }),
      picture: encode(uri, { ecc: 'M', border: 0 }).data,
      secret,
      error,
    }),
    status,
  );
};

const postTotp = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const setup = form.get('setup') ?? '';
  const code = form.get('code') ?? '';
  if (setup.length > 400) return badValue(page, 'setup');
  const { problems } = securityWords;
  if (code.trim() === '') return showTotp(page, setup, problems['code-missing'], 400);
  const result = await perform(page.domain, confirmTotp, by(page), { setup, code: code.slice(0, 64) });
  if (!result.ok)
    return result.reason === 'wrong-code'
      ? showTotp(page, setup, problems['wrong-code'], 400)
      : refusal(page, confirmTotp.id, result, TOTP);
  const { recoveryCodes } = result.value;
  if (recoveryCodes.length === 0) return seeOther(HOME, 'totp-added');
  return normal(recoveryCodesPage({ frame: page.frame, codes: recoveryCodes, added: 'totp' }));
};

const askRemoveTotp = async (page: PersonPage): Promise<PageAnswer> => {
  const { totp, passkeys } = await factorsOf(page);
  if (totp === undefined) return notFound(page);
  const form = page.target(`${TOTP}/remove`, 'factors.remove-totp');
  return normal(removeTotpPage({ frame: page.frame, form, isLast: passkeys.length === 0 }));
};

const postRemoveTotp = async (page: PersonPage): Promise<PageAnswer> => {
  const result = await perform(page.domain, removeTotp, by(page), {});
  return result.ok ? seeOther(HOME, 'totp-removed') : refusal(page, removeTotp.id, result, HOME);
};

const showNewPasskey = async (
  page: PersonPage,
  given: { readonly name?: string; readonly error?: string; readonly atName?: boolean } = {},
  status = 200,
): Promise<PageAnswer> => {
  const result = await perform(page.domain, startPasskey, by(page), {});
  if (!result.ok) return refusal(page, startPasskey.id, result, HOME);
  return normal(
    newPasskeyPage({
      frame: page.frame,
      passkey: {
        target: page.target(`${PASSKEYS}/new`, 'factors.add-passkey'),
        options: JSON.stringify(result.value.options),
      },
      name: given.name ?? deviceText(page.caused.device),
      error: given.error,
      atName: given.atName === true,
    }),
    status,
  );
};

const postPasskey = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const name = form.get('name') ?? '';
  const credential = form.get('credential') ?? '';
  const result = await perform(page.domain, addPasskey, by(page), { name, credential });
  if (result.ok) {
    const { recoveryCodes } = result.value;
    if (recoveryCodes.length === 0) return seeOther(HOME, 'passkey-added');
    return normal(recoveryCodesPage({ frame: page.frame, codes: recoveryCodes, added: 'passkey' }));
  }
  if ('problems' in result) {
    const problem = result.problems.find(({ field }) => field === 'name');
    if (problem === undefined) return badValue(page, result.problems[0]?.field ?? '');
    const { problems } = securityWords;
    const error = problem.code === 'too-long' ? problems['too-long'] : problems['name-missing'];
    return showNewPasskey(page, { name, error, atName: true }, 400);
  }
  if (result.reason !== 'passkey-refused') return refusal(page, addPasskey.id, result, HOME);
  const error = refusalWords['factors.add-passkey']['passkey-refused'];
  return showNewPasskey(page, { name, error }, 400);
};

const removeFlow = (page: PersonPage): string => `factors.remove-passkey ${page.part('passkey')}`;

const askRemovePasskey = async (page: PersonPage): Promise<PageAnswer> => {
  const { totp, passkeys } = await factorsOf(page);
  const passkey = passkeys.find(({ publicId }) => publicId === page.part('passkey'));
  if (passkey === undefined) return notFound(page);
  return normal(
    removePasskeyPage({
      frame: page.frame,
      form: page.target(`${PASSKEYS}/${passkey.publicId}/remove`, removeFlow(page)),
      name: passkey.name,
      isLast: totp === undefined && passkeys.length === 1,
    }),
  );
};

const postRemovePasskey = async (page: PersonPage): Promise<PageAnswer> => {
  const result = await perform(page.domain, removePasskey, by(page), { passkey: page.part('passkey') });
  if (result.ok) return seeOther(HOME, 'passkey-removed');
  return !('problems' in result) && result.reason === 'gone'
    ? notFound(page)
    : refusal(page, removePasskey.id, result, HOME);
};

const askRenew = async (page: PersonPage): Promise<PageAnswer> => {
  const form = page.target(CODES, 'factors.renew-recovery-codes');
  return page.signedIn.user.secondFactorSinceMs === undefined
    ? notFound(page)
    : normal(renewCodesPage({ frame: page.frame, form }));
};

const postRenew = async (page: PersonPage): Promise<PageAnswer> => {
  const result = await perform(page.domain, renewRecoveryCodes, by(page), {});
  if (!result.ok) return refusal(page, renewRecoveryCodes.id, result, HOME);
  return normal(recoveryCodesPage({ frame: page.frame, codes: result.value.recoveryCodes }));
};

const postEnd = async (page: PersonPage): Promise<PageAnswer> => {
  const result = await perform(page.domain, endOneSession, by(page), { session: page.part('session') });
  if (result.ok) return seeOther(HOME, 'session-ended');
  return !('problems' in result) && result.reason === 'gone'
    ? notFound(page)
    : refusal(page, endOneSession.id, result, HOME);
};

const postEndOthers = async (page: PersonPage): Promise<PageAnswer> => {
  const result = await perform(page.domain, endOtherSessions, by(page), {});
  return result.ok ? seeOther(HOME, 'sessions-ended') : refusal(page, endOtherSessions.id, result, HOME);
};

export const securityRoutes: readonly Route[] = [
  personRoute({ path: HOME, get: overview }),
  personRoute({
    path: PASSWORD,
    get: whenFresh((page) => showPassword(page)),
    post: { fields: ['password'], flow: () => 'users.change-password', handle: postPassword },
  }),
  personRoute({
    path: TOTP,
    get: whenFresh((page) => showTotp(page)),
    post: { fields: ['setup', 'code'], flow: () => 'factors.confirm-totp', handle: postTotp },
  }),
  personRoute({
    path: `${TOTP}/remove`,
    get: whenFresh(askRemoveTotp),
    post: { fields: [], flow: () => 'factors.remove-totp', handle: postRemoveTotp },
  }),
  personRoute({
    path: `${PASSKEYS}/new`,
    get: whenFresh((page) => showNewPasskey(page)),
    post: { fields: ['name', 'credential'], flow: () => 'factors.add-passkey', handle: postPasskey },
  }),
  personRoute({
    path: `${PASSKEYS}/:passkey/remove`,
    get: whenFresh(askRemovePasskey),
    post: { fields: [], flow: removeFlow, handle: postRemovePasskey },
  }),
  personRoute({
    path: CODES,
    get: whenFresh(askRenew),
    post: { fields: [], flow: () => 'factors.renew-recovery-codes', handle: postRenew },
  }),
  // Before the pattern below, which would take its name for a session's.
  personRoute({
    path: OTHERS,
    get: () => seeOther(HOME),
    post: { fields: [], flow: () => 'sessions.end-others', handle: postEndOthers },
  }),
  personRoute({
    path: `${HOME}/sessions/:session/end`,
    get: () => seeOther(HOME),
    post: { fields: [], flow: (page) => endFlow(page.part('session')), handle: postEnd },
  }),
];
