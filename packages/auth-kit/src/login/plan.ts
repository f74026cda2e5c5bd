// Which way of signing in fits this machine and this moment, and by what evidence. Pure: the evidence is gathered
// elsewhere.

export type LoginWay =
  /** A browser on this machine comes back to a loopback port. */
  | 'browser'
  /** A code is typed in a browser on any device. */
  | 'device'
  /** A browser on any device shows a code, which is pasted here. */
  | 'paste'
  /** Nobody reads this terminal: a program is told where to go, and the login is finished later. */
  | 'hand-over';

export type LoginEvidence = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** Whether a person can read what is written, and answer. */
  readonly terminal: boolean;
  readonly inContainer: boolean;
  /** Whether a program that opens a browser is there (Linux and its relatives only). */
  readonly opener: boolean;
};

export type LoginWishes = {
  /** Pins the way. */
  readonly way?: LoginWay | undefined;
  readonly noBrowser?: boolean | undefined;
  /** Without a terminal: wait for the person all the same instead of handing over. */
  readonly wait?: boolean | undefined;
  /** What the server can do; default true. */
  readonly device?: boolean | undefined;
};

export type LoginPlan = {
  readonly way: LoginWay;
  readonly openBrowser: boolean;
  /** Begins a sentence: "over SSH". */
  readonly because: string;
  /** The person chose it, and knows why. */
  readonly asked: boolean;
};

/** Without wishes: hand over where nobody reads, a code where no browser can reach this machine, else the browser. */
export function planLogin(evidence: LoginEvidence, wishes: LoginWishes = {}): LoginPlan {
  const elsewhere = wishes.device === false ? 'paste' : 'device';
  if (wishes.way !== undefined) {
    const openBrowser = wishes.way === 'browser' && wishes.noBrowser !== true;
    return { way: wishes.way, openBrowser, because: 'you asked for it', asked: true };
  }
  if (!evidence.terminal && wishes.wait !== true) {
    return { way: 'hand-over', openBrowser: false, because: 'there is no terminal', asked: false };
  }
  if (wishes.noBrowser === true) {
    return { way: elsewhere, openBrowser: false, because: 'you asked for no browser', asked: true };
  }
  const away = browserIsElsewhere(evidence);
  if (away !== undefined) return { way: elsewhere, openBrowser: false, because: away, asked: false };
  const { env } = evidence;
  if (isOff(env['BROWSER'])) {
    return { way: 'browser', openBrowser: false, because: 'BROWSER says to open none', asked: true };
  }
  return { way: 'browser', openBrowser: true, because: whyBrowser(evidence), asked: false };
}

function isOff(browser: string | undefined): boolean {
  return browser === 'none' || browser === 'false';
}

/** Why a browser that the person uses cannot reach a port of this machine; undefined when it can. */
function browserIsElsewhere({ env, platform, inContainer, opener }: LoginEvidence): string | undefined {
  if (env['CODESPACES']) return 'in a codespace';
  // VS Code and its like set it where they open pages on the person's own machine and forward the ports.
  if (env['BROWSER']) return undefined;
  // A connection without a terminal of its own is an editor's tunnel: its person sits at a desktop.
  if (env['SSH_CONNECTION'] && env['SSH_TTY']) return 'over SSH';
  if (env['REMOTE_CONTAINERS']) return 'in a development container';
  if (env['CI']) return 'in CI';
  if (hasDesktop(platform, env)) return undefined;
  const display = env['DISPLAY'] || env['WAYLAND_DISPLAY'];
  if (!display) return inContainer ? 'in a container' : 'without a display';
  return opener ? undefined : 'without a program that opens pages';
}

function hasDesktop(platform: string, env: LoginEvidence['env']): boolean {
  return platform === 'win32' || platform === 'darwin' || isWsl(env);
}

function isWsl(env: LoginEvidence['env']): boolean {
  return Boolean(env['WSL_DISTRO_NAME'] || env['WSL_INTEROP']);
}

function whyBrowser({ env, platform }: LoginEvidence): string {
  if (env['BROWSER']) return 'BROWSER is set';
  if (isWsl(env)) return 'Windows has a browser';
  return platform === 'win32' || platform === 'darwin' ? 'this is a desktop' : 'a display is there';
}
