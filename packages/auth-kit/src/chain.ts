// The credential chain: sources in order, the first that yields a valid token wins, and nothing happens silently.
import type { Credential, CredentialSource, Resolution, ResolveContext } from './credential.ts';
import type { Failure } from './failure.ts';
import type { Identity } from './identity.ts';
import type { Io } from './io.ts';

export type LinkState = 'not set' | 'usable' | 'in use' | 'shadowed' | 'failed' | 'not pinned';
export type Link = {
  readonly name: string;
  readonly label: string;
  readonly state: LinkState;
  /** Fit for the Why column of `auth status`. */
  readonly reason: string;
  readonly credential?: Credential | undefined;
  readonly identity?: Identity | undefined;
  readonly failure?: Failure | undefined;
  /** For `shadowed`: the variable that is set to no effect, and the name of the link that comes first. */
  readonly variable?: string | undefined;
  readonly shadowedBy?: string | undefined;
};
export type ChainOptions = {
  readonly io: Io;
  readonly notice?: ((line: string) => void) | undefined;
  /** Name of the only source to use. */
  readonly pin?: string | undefined;
  /** The flag or variable that says so, for messages. */
  readonly pinnedBy?: string | undefined;
  /** Said when nothing is configured. */
  readonly startWith?: string | undefined;
};
export type ChainAnswer =
  | {
      readonly ok: true;
      readonly source: Pick<CredentialSource, 'name' | 'label'>;
      readonly credential: Credential;
      readonly links: readonly Link[];
    }
  | { readonly ok: false; readonly failure: Failure; readonly links: readonly Link[] };
export type Explanation = {
  readonly links: readonly Link[];
  readonly inUse: Link | undefined;
  readonly failure: Failure | undefined;
};
export type ChainAsk = Pick<ResolveContext, 'refused' | 'fresh'>;
export type Chain = {
  /** First source that yields a valid token. Links below the winner are not evaluated (absent in `links`). */
  readonly resolve: (ask?: ChainAsk) => Promise<ChainAnswer>;
  /** Every link with its state. Links below the winner are looked at without a call; with `offline`, all are. */
  readonly explain: (ask?: { readonly offline?: boolean | undefined }) => Promise<Explanation>;
};

/** Longer than a command takes; a program that runs for days tries again. */
const rememberFailureMs = 60_000;

/**
 * Sources in order of precedence. Neither function throws or prints: what a person should hear goes to `notice`, each line
 * once. A source that failed is asked again after a minute.
 */
export function chain(sources: readonly CredentialSource[], options: ChainOptions): Chain {
  const said = new Set<string>();
  const notice = (line: string): void => {
    if (!said.has(line)) options.notice?.(line);
    said.add(line);
  };
  // A source that failed is not asked again for a while: one time-out a command, not one a call.
  const failures = new Map<string, { readonly failure: Failure; readonly untilMs: number }>();
  const pinned =
    options.pin === undefined ? sources : sources.filter((source) => source.name === options.pin);
  const ask = async (source: CredentialSource, context: ResolveContext): Promise<Resolution> => {
    const found = failures.get(source.name);
    const now = options.io.monotonicMs();
    if (found !== undefined && now < found.untilMs) return { state: 'failed', failure: found.failure };
    const answer = await source.resolve(context);
    if (answer.state === 'failed' && context.offline !== true) {
      failures.set(source.name, { failure: answer.failure, untilMs: now + rememberFailureMs });
    }
    return answer;
  };
  return {
    resolve: async (how = {}) => {
      if (pinned.length === 0) return { ok: false, failure: unknownPin(sources, options), links: [] };
      return await resolveFirst(
        pinned,
        (source) => ask(source, { io: options.io, notice, ...how }),
        options,
        notice,
      );
    },
    explain: async ({ offline } = {}) => {
      if (pinned.length === 0) return { links: [], inUse: undefined, failure: unknownPin(sources, options) };
      return await explainAll(sources, options, (source, quiet) =>
        ask(source, { io: options.io, notice, offline: quiet || offline === true }),
      );
    },
  };
}

async function resolveFirst(
  sources: readonly CredentialSource[],
  ask: (source: CredentialSource) => Promise<Resolution>,
  options: ChainOptions,
  notice: (line: string) => void,
): Promise<ChainAnswer> {
  const links: Link[] = [];
  for (const [index, source] of sources.entries()) {
    const answer = await ask(source);
    if (answer.state === 'failed' && answer.failure.kind === 'cancelled') {
      return { ok: false, failure: answer.failure, links };
    }
    links.push(toLink(source, answer, 'in use'));
    if (answer.state !== 'usable') continue;
    const { credential } = answer;
    const used = `${source.label}${as(credential.identity)}`;
    for (const link of links.filter((each) => each.failure !== undefined)) {
      notice(`${link.label} failed: ${link.reason}. Using ${used} instead.`);
    }
    for (const lower of sources.slice(index + 1)) {
      const variable = lower.setToken?.(options.io);
      if (variable !== undefined) notice(`${variable} is set but not used: ${used} comes first.`);
    }
    return { ok: true, source, credential, links };
  }
  return { ok: false, failure: nothingWon(links, options), links };
}

async function explainAll(
  sources: readonly CredentialSource[],
  options: ChainOptions,
  ask: (source: CredentialSource, quiet: boolean) => Promise<Resolution>,
): Promise<Explanation> {
  const links: Link[] = [];
  let winner: number | undefined;
  for (const [index, source] of sources.entries()) {
    if (options.pin !== undefined && source.name !== options.pin) {
      links.push({
        name: source.name,
        label: source.label,
        state: 'not pinned',
        reason: `${options.pin} is pinned${by(options)}`,
      });
      continue;
    }
    const answer = await ask(source, winner !== undefined);
    const yields = answer.state === 'usable' || answer.state === 'configured';
    if (winner === undefined) {
      links.push(toLink(source, answer, 'in use'));
      if (yields) winner = index;
      continue;
    }
    const variable = yields ? source.setToken?.(options.io) : undefined;
    links.push(
      variable === undefined
        ? toLink(source, answer, 'usable')
        : {
            ...toLink(source, answer, 'shadowed'),
            reason: `${variable} is set; method ${winner + 1} wins`,
            variable,
            shadowedBy: links[winner]?.name,
          },
    );
  }
  const inUse = winner === undefined ? undefined : links[winner];
  return { links, inUse, failure: inUse === undefined ? nothingWon(links, options) : undefined };
}

function toLink(source: CredentialSource, answer: Resolution, whenUsable: LinkState): Link {
  const { name, label } = source;
  switch (answer.state) {
    case 'not-configured':
      return {
        name,
        label,
        state: 'not set',
        reason: answer.reason ?? `${answer.missing.join(', ')} missing`,
      };
    case 'failed':
      return { name, label, state: 'failed', reason: answer.failure.reason, failure: answer.failure };
    case 'configured':
      return {
        name,
        label,
        state: whenUsable,
        reason: answer.reason,
        identity: answer.identity,
      };
    case 'usable':
      return {
        name,
        label,
        state: whenUsable,
        reason: answer.credential.origin,
        credential: answer.credential,
        identity: answer.credential.identity,
      };
  }
}

function nothingWon(links: readonly Link[], { startWith }: ChainOptions): Failure {
  const failed = links.find((link) => link.failure !== undefined);
  if (failed?.failure !== undefined) {
    return { ...failed.failure, reason: `${failed.label} failed: ${failed.failure.reason}` };
  }
  return { kind: 'not-signed-in', reason: 'not signed in', next: startWith };
}

function by({ pinnedBy }: ChainOptions): string {
  return pinnedBy === undefined ? '' : ` by ${pinnedBy}`;
}

function unknownPin(sources: readonly CredentialSource[], { pin, pinnedBy }: ChainOptions): Failure {
  const said = pinnedBy === undefined ? '' : `, as ${pinnedBy} says`;
  return {
    kind: 'configuration',
    reason: `there is no sign-in method ${JSON.stringify(pin)}${said}`,
    next: `use one of: ${sources.map((source) => source.name).join(', ')}`,
  };
}

function as(identity: Identity | undefined): string {
  const who = identity?.email ?? identity?.name;
  return who === undefined ? '' : ` as ${who}`;
}
