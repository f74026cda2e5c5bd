// Rounds: every work on every server, again and again, in rotated order, so that a noisy minute hits all of them alike.
import { askOnce, runLoad } from './load.ts';
import type { ServerProcess } from './server-process.ts';
import { recorded } from './wire.ts';
import { SERVERS, WORKS, type Plan, type Recorded, type ServerKind, type Work } from './works.ts';

export type Sample = {
  readonly perSecond: number;
  /** Microseconds of the server process, user and system, garbage collection included. */
  readonly cpuPerAnswer: number;
  readonly serverBusy: number;
  readonly loadBusy: number;
};

/** One sample a round. */
export type Samples = ReadonlyMap<Work, Readonly<Record<ServerKind, readonly Sample[]>>>;

export type Rounds = {
  readonly works: readonly Work[];
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly roundMs: number;
  readonly connections: number;
  /** When everything is warm and the first round that counts begins. */
  readonly warm: () => Promise<void>;
  readonly progress: (line: string) => void;
};

type Servers = Readonly<Record<ServerKind, ServerProcess>>;
type PlanOf = (kind: ServerKind, work: Work, wanted: number) => Promise<Plan>;

/** Records one answer of Latchkey for each work, for the bare server to repeat to the same requests. */
const preparePlans = async (servers: Servers, works: readonly Work[], least: number): Promise<PlanOf> => {
  const latchkey = new Map<Work, Plan>();
  const answers = new Map<Work, Recorded>();
  for (const work of works) {
    const plan = await servers.latchkey.plan(work, least);
    latchkey.set(work, plan);
    answers.set(work, recorded(await askOnce(plan.port, plan.requests.at(-1) ?? '')));
  }
  return async (kind, work, wanted) => {
    const plan = latchkey.get(work);
    const answer = answers.get(work);
    if (plan === undefined || answer === undefined) throw new Error(`${work} was not prepared`);
    switch (kind) {
      case 'bare':
        return {
          ...plan,
          port: await servers.bare.repeat(answer),
          // It decides nothing: a spent code is as good as any.
          use: plan.use === 'once' ? 'again' : plan.use,
        };
      case 'latchkey':
        return plan.use === 'again' ? plan : servers.latchkey.plan(work, wanted);
      case 'oidc-provider':
        return servers[kind].plan(work, wanted);
    }
  };
};

const measure = async (
  server: ServerProcess,
  plan: Plan,
  connections: number,
  forMs: number,
): Promise<Sample> => {
  const before = await server.cpuMs();
  const load = await runLoad(plan, connections, forMs);
  const cpuMs = (await server.cpuMs()) - before;
  if (load.wrong > 0) {
    throw new Error(
      `${load.wrong} of ${load.answers} answers were not "${plan.expect.status} … ${plan.expect.text} …":\n${load.wrongAnswer}`,
    );
  }
  return {
    perSecond: (load.answers * 1000) / load.elapsedMs,
    cpuPerAnswer: (cpuMs * 1000) / load.answers,
    serverBusy: cpuMs / load.elapsedMs,
    loadBusy: load.busy,
  };
};

const FIRST_PER_SECOND = 3_000;
/** Codes are made before the round that needs them, somewhat more than the round before used up. */
const SPARE = 1.5;

export const runRounds = async (servers: Servers, settings: Rounds): Promise<Samples> => {
  const { works, rounds, warmUpMs, roundMs, connections, warm, progress } = settings;
  const planOf = await preparePlans(servers, works, connections + 1);
  const samples = new Map<Work, Record<ServerKind, Sample[]>>();
  for (const work of works) samples.set(work, { bare: [], latchkey: [], 'oidc-provider': [] });
  const last = new Map<string, number>();

  // Round 0 warms up and is not kept.
  for (let round = 0; round <= rounds; round += 1) {
    if (round === 1) await warm();
    for (const [work, kept] of samples) {
      const first = round % SERVERS.length;
      for (const kind of [...SERVERS.slice(first), ...SERVERS.slice(0, first)]) {
        // The bare server is one and the same handler for every work.
        const forMs = round > 0 ? roundMs : kind === 'bare' ? Math.min(warmUpMs, 300) : warmUpMs;
        const perSecond = last.get(`${kind} ${work}`) ?? FIRST_PER_SECOND;
        const wanted = Math.max(connections + 1, Math.ceil((perSecond * forMs * SPARE) / 1000));
        const plan = await planOf(kind, work, wanted);
        const sample = await measure(servers[kind], plan, connections, forMs);
        last.set(`${kind} ${work}`, sample.perSecond);
        if (round > 0) kept[kind].push(sample);
      }
      progress(round === 0 ? `warm-up: ${WORKS[work]}` : `round ${round} of ${rounds}: ${WORKS[work]}`);
    }
  }
  return samples;
};
