// Makes what a handler is given: the person behind the cookie, the frame of the page, forms bound to session and flow.
import { parseForm, isForm } from '@latchkey/protocol';
import type { Caused } from '../../domain/domain.ts';
import type { SignedIn } from '../../domain/operation.ts';
import { checkSession } from '../../domain/sessions/check-session.ts';
import { causedBy } from '../../http/caused.ts';
import { cookieValue } from '../../http/cookies.ts';
import type { Exchange } from '../../http/exchange.ts';
import type { Frame, Person, SectionName, WorkspaceSwitch } from '../frame.ts';
import { flashWords, type FlashName } from '../words/flash.ts';
import { BECOME, becomeFlow, demoBarOf } from './demo-people.ts';
import { workspaceSwitchOf } from './workspace-switch.ts';
import type { FormBinding, Page, Site } from './page.ts';

export type OpenedPage = {
  readonly page: Page;
  readonly isVendor: boolean;
  readonly csrf: (flow: string, boundTo: FormBinding) => string;
  /** Set with the answer: a browser without one gets its random value; a shown flash is cleared. */
  readonly cookies: readonly string[];
};

const DAY_SECONDS = 86_400;
const BROWSER_COOKIE = /^[\w-]{32}$/;

const zoneOf = (cookies: string | undefined): string => {
  const given = cookieValue(cookies, 'zone');
  if (given === undefined) return 'UTC';
  try {
    const zone = decodeURIComponent(given);
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
};

const flashOf = (site: Site, cookies: string | undefined): FlashName | undefined => {
  const given = cookieValue(cookies, site.cookies.flash);
  return given !== undefined && Object.hasOwn(flashWords, given) ? (given as FlashName) : undefined;
};

const personOf = (
  signedIn: SignedIn,
  isVendor: boolean,
  workspaces: WorkspaceSwitch | undefined,
  csrf: (flow: string) => string,
): Person => {
  const { platformRole } = signedIn.user;
  const sections: SectionName[] = [
    'settings',
    ...(isVendor ? (['developer'] as const) : []),
    ...(platformRole === 'reviewer' ? (['review'] as const) : []),
    ...(platformRole === 'operator' ? (['operate'] as const) : []),
  ];
  return {
    name: signedIn.user.fullName,
    email: signedIn.user.email,
    sections,
    ...(workspaces === undefined ? {} : { workspaces }),
    signOut: { action: '/sign-out', csrf: csrf('sign-out') },
  };
};

const searchOf = (query: string): ((name: string) => string | undefined) => {
  const parsed = parseForm(query);
  return (name) => (isForm(parsed) ? parsed.get(name) : undefined);
};

export const openPage = async (
  site: Site,
  exchange: Exchange,
  part: (name: string) => string,
): Promise<OpenedPage> => {
  const { domain } = site;
  const cookies = exchange.header('cookie');
  const secret = cookieValue(cookies, site.cookies.session);
  const signedIn = secret === undefined ? undefined : await checkSession(domain, 'cookie', secret);
  const isVendor =
    signedIn !== undefined && (await domain.stores.vendors.ofUser(signedIn.user.id)) !== undefined;

  const known = cookieValue(cookies, site.cookies.browser);
  const hasBrowser = known !== undefined && BROWSER_COOKIE.test(known);
  const browser = hasBrowser ? known : Buffer.from(domain.secrets.random(24)).toString('base64url');
  const csrf = (flow: string, boundTo: FormBinding = 'session'): string => {
    const binding =
      boundTo === 'browser' || signedIn === undefined
        ? `browser:${browser}`
        : `session:${signedIn.session.id}`;
    return domain.secrets.csrfToken(binding, flow);
  };

  const workspaces =
    signedIn &&
    (await workspaceSwitchOf(
      domain,
      signedIn,
      cookieValue(cookies, site.cookies.workspace),
      (action, flow) => ({ action, csrf: csrf(flow), hidden: { return_to: exchange.path } }),
    ));
  const flash = flashOf(site, cookies);
  const nowMs = domain.now();
  const demo = demoBarOf(site, signedIn?.user, {
    action: BECOME,
    csrf: csrf(becomeFlow, 'browser'),
    hidden: { from: exchange.path },
  });
  const frame: Frame = {
    brand: site.brand,
    nowMs,
    zone: zoneOf(cookies),
    ...(signedIn === undefined ? {} : { person: personOf(signedIn, isVendor, workspaces, csrf) }),
    ...(flash === undefined ? {} : { flash: { tone: 'ok', text: flashWords[flash] } }),
    ...(demo === undefined ? {} : { demo }),
    ...(domain.settings.vendorQualification ? { withQualification: true as const } : {}),
  };
  const anonymous = causedBy(exchange);
  const caused: Caused =
    signedIn === undefined ? anonymous : { ...anonymous, actor: { kind: 'user', id: signedIn.user.id } };
  const target: Page['target'] = (action, flow, hidden, boundTo) => ({
    action,
    csrf: csrf(flow, boundTo),
    ...(hidden === undefined ? {} : { hidden }),
  });
  const query = exchange.query ?? '';
  return {
    page: {
      site,
      domain,
      exchange,
      path: exchange.path,
      query,
      search: searchOf(query),
      part,
      signedIn,
      caused,
      nowMs,
      frame,
      target,
    },
    isVendor,
    csrf,
    cookies: [
      ...(hasBrowser ? [] : [site.cookies.set(site.cookies.browser, browser, DAY_SECONDS)]),
      ...(flash === undefined ? [] : [site.cookies.clear(site.cookies.flash)]),
    ],
  };
};
