// What every page is given besides its own subject: brand, person, clock, one line about the last change.
import type { Html } from './html.ts';

export type Brand = {
  readonly name: string;
  /** On our own origin (the page's CSP allows no other). */
  readonly logoUrl?: string;
  readonly supportEmail: string;
  readonly termsUrl?: string;
  readonly privacyUrl?: string;
  /** A sheet that overrides `--accent…`, on our own origin. */
  readonly stylesheetUrl?: string;
};

export type SectionName = 'settings' | 'developer' | 'review' | 'operate';

export type Person = {
  readonly name: string;
  readonly email: string;
  /** The parts of the portal that this person may see, in this order. */
  readonly sections: readonly SectionName[];
  /** Where there are several to choose between. */
  readonly workspaces?: WorkspaceSwitch;
  readonly signOut: FormTarget;
};

/** Which workspace lists are shown of. */
export type WorkspaceSwitch = {
  /** Absent: all of them. */
  readonly current?: { readonly id: string; readonly name: string };
  readonly options: readonly { readonly id: string; readonly name: string }[];
  /** Posts `workspace`: an id, or `all`. */
  readonly form: FormTarget;
};

/** Where a form posts to, and the token without which it is refused (security.md 13). */
export type FormTarget = {
  readonly action: string;
  readonly csrf: string;
  readonly hidden?: Readonly<Record<string, string>>;
};

/** Demo data only, never on sign-in, consent and device pages. */
export type DemoBar = {
  /** Absent while nobody is signed in; without a role, whoever is none of the demo's people. */
  readonly you?: { readonly name: string; readonly role?: string };
  readonly others: readonly { readonly name: string; readonly email: string }[];
  /** Posts `email` of the person to become. */
  readonly form: FormTarget;
};

export type Flash = { readonly tone: 'ok' | 'bad' | 'info'; readonly text: string | Html };

export type Frame = {
  readonly brand: Brand;
  readonly nowMs: number;
  /** IANA name from the reader's cookie, else `UTC`. */
  readonly zone: string;
  readonly person?: Person;
  readonly flash?: Flash;
  readonly demo?: DemoBar;
  /** The deployment looks at vendors before they register apps: then they have a page for it. */
  readonly withQualification?: true;
};
