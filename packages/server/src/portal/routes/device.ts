// `/cli-auth` and `/device`: a person compares the code of a terminal and decides (protocol.md 7; security.md 44, 45).
// A GET only fills in the field. Continue binds the code to this person and session; Authorize is another POST.
import { formatUserCode } from '@latchkey/protocol';
import { modeOf } from '../../domain/apps/app.ts';
import {
  approveDevice,
  bindDevice,
  denyDevice,
  mayMakeTerminalKey,
  type ApproveRefusal,
  type FoundDevice,
} from '../../domain/devices/decide.ts';
import { lookUpTyped } from '../../domain/devices/typed-code.ts';
import { typedSymbols } from '../../domain/devices/user-code.ts';
import { isFresh } from '../../domain/sessions/fresh.ts';
import type { PageForm } from '../../http/forms.ts';
import { addressBlock } from '../../limits/address-block.ts';
import {
  deviceConfirmPage,
  deviceDonePage,
  deviceEntryPage,
  type DeviceEntryProblem,
} from '../device/device.ts';
import type { WorkspaceOption } from '../parts/workspace-choice.ts';
import { consentProblemPage } from '../problems/problem.ts';
import { words } from '../words/common.ts';
import { deviceOriginWords } from '../words/device-origin.ts';
import { deviceWords } from '../words/device.ts';
import { keyWords } from '../words/keys.ts';
import { routeProblemWords } from '../words/route-problems.ts';
import { decision, personRoute, seeOther, type PageAnswer, type PersonPage, type Route } from './page.ts';
import { badValue, problem } from './problems.ts';
import { stepUpAddress } from './return-to.ts';

const KEYS_URL = '/settings/integrations/api';
const APPS_URL = '/settings/integrations/authorizations';

const entry = (
  page: PersonPage,
  typed: string | undefined,
  problem?: DeviceEntryProblem,
  status = 200,
): PageAnswer =>
  decision(
    deviceEntryPage({
      frame: page.frame,
      form: page.target(page.path, 'device-enter'),
      ...(typed === undefined ? {} : { typed }),
      ...(problem === undefined ? {} : { problem }),
    }),
    status,
  );

type Looked = { readonly found: FoundDevice } | { readonly answer: PageAnswer };

/** The request behind a typed code, or the page that says why there is none. Wrong codes are counted [security 41]. */
const look = async (page: PersonPage, typed: string): Promise<Looked> => {
  const by = { userId: page.signedIn.user.id, address: page.exchange.address };
  const looked = await lookUpTyped(page.domain, typed, by);
  if ('throttledSeconds' in looked) {
    const minutes = Math.max(1, Math.ceil(looked.throttledSeconds / 60));
    return { answer: entry(page, typed, { reason: 'throttled', minutes }, 429) };
  }
  const { found } = looked;
  if (found === undefined) return { answer: entry(page, typed, { reason: 'not-waiting' }, 404) };
  if (found.state === 'expired') return { answer: entry(page, typed, { reason: 'expired' }, 404) };
  // Approved ones go on: a double click is answered like the first (protocol.md 7).
  if (found.state === 'pending' || found.state === 'approved') return { found };
  return { answer: entry(page, typed, { reason: 'not-waiting' }, 404) };
};

/** Rough on purpose: enough to recognise a network, too little to point at a person. */
const roughly = (address: string): string => {
  const block = addressBlock(address);
  if (block === 'unknown') return deviceOriginWords.unknown;
  if (block === '127.0.0.0/24' || address === '::1') return deviceOriginWords.thisComputer;
  return block.endsWith('/24') ? block.replace(/\.0\/24$/, '.x') : block;
};

const isLoopback = (address: string): boolean =>
  address === '::1' || addressBlock(address) === '127.0.0.0/24';

const isOtherNetwork = (terminal: string, browser: string): boolean =>
  addressBlock(terminal) !== addressBlock(browser) && !(isLoopback(terminal) && isLoopback(browser));

const optionsFor = async (page: PersonPage, found: FoundDevice): Promise<readonly WorkspaceOption[]> => {
  const memberships = await page.domain.stores.workspaces.membershipsOf(page.signedIn.user.id);
  return memberships.map((membership) => {
    const { workspace, member } = membership;
    const allowed = found.request.outcome === 'grant' || mayMakeTerminalKey(page.domain, membership);
    return {
      id: workspace.publicId,
      name: workspace.name,
      role: member.role,
      ...(allowed ? {} : { disabledReason: deviceWords.roleTooLow(words.roles[member.role]) }),
    };
  });
};

const confirm = async (
  page: PersonPage,
  found: FoundDevice,
  typed: string,
  missing = false,
): Promise<PageAnswer> => {
  const { request, app } = found;
  const symbols = typedSymbols(typed) ?? '';
  const userCode = formatUserCode(app.userCodePrefix, symbols);
  const options = await optionsFor(page, found);
  if (options.length === 0) return noWorkspace(page);
  const set =
    request.outcome === 'grant'
      ? await page.domain.stores.permissionSets.find(request.permissionSetId)
      : undefined;
  const asked = new Set(set?.permissions);
  return decision(
    deviceConfirmPage({
      frame: page.frame,
      form: page.target(page.path, `device-decide ${symbols}`, { user_code: userCode }),
      userCode,
      app: { name: app.name, mode: modeOf(app) },
      askedAtMs: request.createdAtMs,
      expiresAtMs: request.expiresAtMs,
      address: roughly(request.address),
      ...(request.device === '' ? {} : { says: request.device }),
      otherNetwork: isOtherNetwork(request.address, page.exchange.address),
      gets:
        request.outcome === 'key'
          ? { kind: 'key' }
          : { kind: 'connection', permissions: page.domain.permissions.filter(({ id }) => asked.has(id)) },
      workspaces: { options, missing },
      entryUrl: page.path,
    }),
    missing ? 400 : 200,
  );
};

const noWorkspace = (page: PersonPage): PageAnswer =>
  decision(
    consentProblemPage({ frame: page.frame, reason: 'no-workspace', requestId: page.exchange.requestId }),
    403,
  );

/** Authentication of the last ten minutes first; then the code is filled in again. */
const toStepUp = (page: PersonPage, typed: string): PageAnswer =>
  seeOther(stepUpAddress(`${page.path}?code=${encodeURIComponent(typed)}`));

const enter = async (page: PersonPage, typed: string): Promise<PageAnswer> => {
  if (!isFresh(page.domain, page.signedIn.session)) return toStepUp(page, typed);
  const looked = await look(page, typed);
  if ('answer' in looked) return looked.answer;
  const { request, state } = looked.found;
  const bound = state === 'pending' && (await bindDevice(page.domain, request, page.signedIn.session));
  return bound ? confirm(page, looked.found, typed) : entry(page, typed, { reason: 'not-waiting' }, 404);
};

const deny = async (page: PersonPage, typed: string): Promise<PageAnswer> => {
  const looked = await look(page, typed);
  if ('answer' in looked) return looked.answer;
  const { session } = page.signedIn;
  const result = await denyDevice(page.domain, { typedCode: typed, session }, page.caused);
  if (result.ok) return decision(deviceDonePage({ frame: page.frame, outcome: { kind: 'denied' } }));
  const reason = result.reason === 'expired' ? 'expired' : 'not-waiting';
  return entry(page, typed, { reason }, 404);
};

const refused = (
  page: PersonPage,
  found: FoundDevice,
  typed: string,
  reason: ApproveRefusal,
): PageAnswer | Promise<PageAnswer> => {
  switch (reason) {
    case 'unknown-code':
    case 'used':
      return entry(page, typed, { reason: 'not-waiting' }, 404);
    case 'expired':
      return entry(page, typed, { reason: 'expired' }, 404);
    case 'workspace-forbidden':
    case 'role-too-low':
      return confirm(page, found, typed, true);
    case 'key-limit': {
      const message = keyWords.atLimit(page.domain.settings.keysPerMember);
      return problem(
        page,
        409,
        { ...routeProblemWords.refused, message },
        { action: { label: words.apiKeys, url: KEYS_URL } },
      );
    }
    case 'app-suspended':
    case 'not-a-tester':
      return decision(
        consentProblemPage({
          frame: page.frame,
          reason: reason === 'app-suspended' ? 'suspended' : 'not-open-to-you',
          appName: found.app.name,
          requestId: page.exchange.requestId,
        }),
        403,
      );
  }
};

const approve = async (page: PersonPage, typed: string, workspacePublicId: string): Promise<PageAnswer> => {
  if (!isFresh(page.domain, page.signedIn.session)) return toStepUp(page, typed);
  const looked = await look(page, typed);
  if ('answer' in looked) return looked.answer;
  const { session } = page.signedIn;
  const result = await approveDevice(
    page.domain,
    { typedCode: typed, session, workspacePublicId },
    page.caused,
  );
  if (!result.ok) return refused(page, looked.found, typed, result.reason);
  const { request, app } = looked.found;
  if (request.outcome === 'grant')
    return decision(
      deviceDonePage({ frame: page.frame, outcome: { kind: 'connection', appsUrl: APPS_URL } }),
    );
  const before = request.keyId === undefined ? undefined : await page.domain.stores.keys.find(request.keyId);
  const keyName = result.keyName ?? before?.name ?? app.name;
  return decision(
    deviceDonePage({ frame: page.frame, outcome: { kind: 'key', keyName, keysUrl: KEYS_URL } }),
  );
};

const handle = (page: PersonPage, form: PageForm): PageAnswer | Promise<PageAnswer> => {
  const typed = form.get('user_code');
  if (typed === undefined) return entry(page, typed, { reason: 'code-missing' }, 400);
  switch (form.get('decision')) {
    case undefined:
      return enter(page, typed);
    case 'authorize':
      return approve(page, typed, form.get('workspace') ?? '');
    case 'deny':
      return deny(page, typed);
    default:
      return badValue(page, 'decision');
  }
};

const routeAt = (path: string): Route =>
  personRoute({
    path,
    get: (page) => entry(page, page.search('code')),
    post: {
      fields: ['user_code', 'decision', 'workspace'],
      // A decision is bound to the code that was compared.
      flow: (_page, form) =>
        form.get('decision') === undefined
          ? 'device-enter'
          : `device-decide ${typedSymbols(form.get('user_code') ?? '') ?? ''}`,
      handle,
    },
  });

export const deviceRoutes: readonly Route[] = ['/cli-auth', '/device'].map(routeAt);
