// What a page's handler is given and what it answers with. Routes are data, so that no handler can forget a check.
import type { AppMode } from '../../domain/apps/app.ts';
import type { Caused, Domain } from '../../domain/domain.ts';
import type { SignedIn } from '../../domain/operation.ts';
import type { CookieJar } from '../../http/cookies.ts';
import type { Exchange } from '../../http/exchange.ts';
import type { FormShape, PageForm } from '../../http/forms.ts';
import type { AssetAnswer } from '../assets.ts';
import type { Live } from '../demo/live.ts';
import type { Brand, FormTarget, Frame } from '../frame.ts';
import type { PageKind } from '../headers.ts';
import type { Html } from '../html.ts';
import type { FlashName } from '../words/flash.ts';

/** Invented people and addresses of the demo; a production start has none. */
export type DemoSite = {
  readonly sampleAppUrl: string;
  readonly people: readonly {
    /** In `/sign-in?as=…`. */
    readonly slug: string;
    readonly name: string;
    /** `agent, two workspaces`. */
    readonly who: string;
    readonly email: string;
    readonly password: string;
  }[];
};

/** Made once at start. */
export type Site = {
  readonly domain: Domain;
  readonly brand: Brand;
  readonly demo?: DemoSite;
  /** Only in the demo: what the gateway decided last. */
  readonly live?: Live;
  /** Files of the brand (logo, style sheet) by exact path. */
  readonly assets?: (path: string) => AssetAnswer | undefined;
  /** A bug: its text goes to the log only. */
  readonly onError: (error: unknown, requestId: string) => void;
  readonly cookies: CookieJar;
  /** Shown to vendors; the gateway enforces them. */
  readonly requestsPerMinute?: Readonly<Record<AppMode, number>>;
};

export type Page<Who = SignedIn | undefined> = {
  readonly site: Site;
  readonly domain: Domain;
  readonly exchange: Exchange;
  readonly path: string;
  /** As it came, without `?`; empty when there is none. */
  readonly query: string;
  /** One value of the query; undefined when absent, doubled or malformed. */
  readonly search: (name: string) => string | undefined;
  /** A part of the path, as the route names it. */
  readonly part: (name: string) => string;
  readonly signedIn: Who;
  readonly caused: Caused;
  readonly nowMs: number;
  readonly frame: Frame;
  /** A form bound to the session (to the browser where nobody is signed in) and to one flow. */
  readonly target: (
    action: string,
    flow: string,
    hidden?: FormTarget['hidden'],
    boundTo?: FormBinding,
  ) => FormTarget;
};
export type FormBinding = 'session' | 'browser';
export type PersonPage = Page<SignedIn>;

export type PageAnswer =
  | {
      readonly kind: 'page';
      readonly status: number;
      readonly html: Html;
      readonly pageKind: PageKind;
      /** Origins besides our own that its scripts call. */
      readonly calls?: readonly string[];
      readonly cookies?: readonly string[];
      readonly headers?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'redirect';
      readonly to: string;
      readonly cookies?: readonly string[];
      readonly flash?: FlashName;
    }
  /** Something to keep, never shown as a page. */
  | {
      readonly kind: 'file';
      readonly type: string;
      readonly name: string;
      readonly body: string;
      readonly cookies?: readonly string[];
    };

/** A page with navigation. */
export const normal = (html: Html, status = 200): PageAnswer => ({
  kind: 'page',
  status,
  html,
  pageKind: 'normal',
});
/** A page whose scripts call the API, which may have an origin of its own. */
export const callingApi = ({ domain }: Pick<Page, 'domain'>, html: Html): PageAnswer => {
  const { apiOrigin, issuer } = domain.settings;
  return {
    kind: 'page',
    status: 200,
    html,
    pageKind: 'normal',
    ...(apiOrigin === issuer ? {} : { calls: [apiOrigin] }),
  };
};
/** A page whose POST may end in a redirect to an app: no `form-action` (protocol.md 10). */
export const decision = (html: Html, status = 200): PageAnswer => ({
  kind: 'page',
  status,
  html,
  pageKind: 'decision',
});
/** 303, also after a POST: never 307 or 308, which would repeat it elsewhere [security 10]. */
export const seeOther = (to: string, flash?: FlashName): PageAnswer => ({
  kind: 'redirect',
  to,
  ...(flash === undefined ? {} : { flash }),
});

type Answering = PageAnswer | Promise<PageAnswer>;

export type Post<P> = FormShape & {
  /** `browser` for sign-in: several tabs of it stay good while one of them changes the session. */
  readonly boundTo?: FormBinding;
  /** What the form's token is bound to, besides the session: the same that the page gave to `target`. */
  readonly flow: (page: P, form: PageForm) => string;
  readonly handle: (page: P, form: PageForm) => Answering;
  /** The field of one picture: then the form may also come as multipart/form-data. */
  readonly upload?: string;
  /** Instead of the common page, when the token is not the expected one. */
  readonly refused?: (page: P) => Answering;
};

type Handlers<P> = {
  readonly path: string;
  readonly get?: (page: P) => Answering;
  readonly post?: Post<P>;
};

export type Route =
  | ({ readonly access: 'anyone' } & Handlers<Page>)
  | ({ readonly access: 'signed-in' | 'vendor' | 'reviewer' | 'operator' } & Handlers<PersonPage>);

export const openRoute = (given: Handlers<Page>): Route => ({ access: 'anyone', ...given });
export const personRoute = (given: Handlers<PersonPage>): Route => ({ access: 'signed-in', ...given });
/** For people on a vendor's team; others get the 404 of an unknown page. */
export const vendorRoute = (given: Handlers<PersonPage>): Route => ({ access: 'vendor', ...given });
/** For operators; others get the 404 of an unknown page. */
export const operatorRoute = (given: Handlers<PersonPage>): Route => ({ access: 'operator', ...given });
/** For reviewers; others get the 404 of an unknown page. */
export const reviewerRoute = (given: Handlers<PersonPage>): Route => ({ access: 'reviewer', ...given });
