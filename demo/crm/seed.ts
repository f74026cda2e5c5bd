// Invents the CRM's agents, leads and platforms from people.ts: the same start time gives the same data, always.
import { demoPeople, demoWorkspaces, type DemoPerson, type DemoWorkspace } from '../people.ts';
import { sources, stages, type Agent, type Lead, type Platform, type Workspace } from './records.ts';

export type CrmSeed = {
  readonly people: readonly DemoPerson[];
  readonly workspaces: readonly DemoWorkspace[];
};

export const demoSeed: CrmSeed = { people: demoPeople, workspaces: demoWorkspaces };

const firstNames =
  'Priya Marcus Elena Tomas Hana Devon Ingrid Luis Noor Callum Mei Andre Sofia Jonas Amara Ruth Kenji Bianca Omar Leah Felix Yara Grant Nadia'.split(
    ' ',
  );
const lastNames =
  'Raman Whitfield Duarte Novak Sato Pruitt Halvorsen Ortega Haddad Fraser Chen Baptiste Rossi Weber Nwosu Levin Mori Castellano Aziz Goldberg Hartmann Farah Ellison Petrov'.split(
    ' ',
  );
const streets = [
  'Alder Street',
  'Birch Lane',
  'Canal Road',
  'Dahlia Court',
  'Elm Avenue',
  'Foundry Way',
  'Garden Terrace',
];
const towns = [
  { city: 'Seattle', state: 'WA', zipCode: '98103' },
  { city: 'Shoreline', state: 'WA', zipCode: '98133' },
  { city: 'Tacoma', state: 'WA', zipCode: '98402' },
  { city: 'Bellevue', state: 'WA', zipCode: '98004' },
  { city: 'Everett', state: 'WA', zipCode: '98201' },
] as const;
const tagNames = ['First-time buyer', 'Relocating', 'Investor', 'Pre-approved', 'Waterfront', 'Downsizing'];

/** A small linear generator (Numerical Recipes' constants): enough to look varied, and never changes. */
const generator = (seed: bigint): ((below: number) => number) => {
  let state = Number(seed % 4294967296n);
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
};

const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

const agentsOf = (workspace: DemoWorkspace, people: readonly DemoPerson[]): Agent[] => {
  const teamId = BigInt(workspace.externalId);
  const signedUp = workspace.members.flatMap(({ email, role }, index) => {
    const person = people.find((one) => one.email === email);
    if (person === undefined) return [];
    const [firstName = '', ...rest] = person.name.split(' ');
    return [
      {
        id: BigInt(person.externalId),
        externalId: person.externalId,
        firstName,
        lastName: rest.join(' '),
        email,
        phoneNumber: person.phone,
        role,
        groupId: teamId * 10n + BigInt(index % 2),
        timeZoneId: person.timeZone,
      },
    ];
  });
  // Colleagues who never sign in here, so that leads are assigned to more than one person.
  const colleagues = [0, 1, 2].map((index) => {
    const id = teamId * 100n + BigInt(index) + 1n;
    const firstName = pick(firstNames, Number(teamId % 7n) + index * 5);
    const lastName = pick(lastNames, Number(teamId % 5n) + index * 7);
    return {
      id,
      externalId: id.toString(),
      firstName,
      lastName,
      email: `${firstName}.${lastName}@example.com`.toLowerCase(),
      phoneNumber: `+1206555017${index}`,
      role: index === 0 ? ('admin' as const) : ('member' as const),
      groupId: teamId * 10n + BigInt(index % 2),
      timeZoneId: 'America/Los_Angeles',
    };
  });
  return workspace.leadCount > 5 ? [...signedUp, ...colleagues] : signedUp;
};

const hourMs = 3_600_000;

type Chance = (below: number) => number;

const personOf = (
  index: number,
  chance: Chance,
): Pick<Lead, 'firstName' | 'lastName' | 'emails' | 'phones'> => {
  // Steps coprime to 24 walk all names, so that no two of the first leads share one.
  const firstName = pick(firstNames, index * 7 + 3);
  const lastName = pick(lastNames, index * 11 + Math.floor(index / 24) + 5);
  const digits = String(10 + ((index * 13) % 90));
  return {
    firstName,
    lastName,
    emails: chance(12) === 0 ? [] : [`${firstName}.${lastName}@example.com`.toLowerCase()],
    phones: chance(8) === 0 ? [] : [`+142555501${digits}`],
  };
};

const wishOf = (chance: Chance): Pick<Lead, 'inquiry'> => {
  if (chance(5) === 0) return { inquiry: null };
  const priceMin = 300_000 + chance(9) * 50_000;
  return {
    inquiry: {
      priceMin,
      priceMax: priceMin + 150_000 + chance(4) * 50_000,
      bedroomsMin: 1 + chance(4),
      locations: [pick(towns, chance(5)).city],
    },
  };
};

/** Odd and above 2^53, so reading one as a double changes it. Every fifth is an old record's id, from another series. */
const leadIdOf = (teamId: bigint, index: number): bigint =>
  index % 5 === 4
    ? teamId + 600_000n + BigInt(index)
    : 9_007_199_254_740_993n + teamId * 1000n + BigInt(index) * 2n;

const leadOf = (
  index: number,
  teamId: bigint,
  agents: readonly Agent[],
  nowMs: number,
  chance: Chance,
): Lead => {
  const stage = pick(stages, [0, 0, 0, 1, 1, 2, 2, 3, 4][chance(9)] ?? 0);
  const createTimeMs = nowMs - (24 * (2 + index * 3) + chance(20)) * hourMs;
  const assigned = chance(7) === 0 ? undefined : pick(agents, chance(agents.length));
  const town = pick(towns, chance(5));
  return {
    leadId: leadIdOf(teamId, index),
    ...personOf(index, chance),
    birthday: chance(3) === 0 ? `19${60 + chance(39)}-0${1 + chance(9)}-1${chance(9)}` : null,
    source: pick(sources, chance(7)),
    stage,
    assignedUserId: assigned?.id ?? null,
    score: chance(101),
    tags: tagNames.filter(() => chance(4) === 0),
    leadTypes: [pick([2, 2, 2, 1, 5, 6], chance(6))],
    streetAddress: `${100 + chance(880)} ${pick(streets, chance(7))}`,
    ...town,
    createTimeMs,
    assignTimeMs: assigned === undefined ? null : createTimeMs + hourMs,
    lastActivityTimeMs: createTimeMs + chance(40) * hourMs,
    cannotText: chance(9) === 0,
    cannotCall: chance(11) === 0,
    cannotEmail: false,
    hiddenFlag: false,
    referredBy: chance(10) === 0 ? `${pick(firstNames, chance(24))} ${pick(lastNames, chance(24))}` : null,
    ...wishOf(chance),
  };
};

const platformsOf = (workspace: DemoWorkspace): readonly Platform[] => {
  const handle = `@${workspace.name.toLowerCase().replaceAll(/[^a-z]+/g, '')}`;
  const platform = (tail: string, provider: Platform['provider'], flags?: Partial<Platform>): Platform => ({
    id: `6f1d2c40-8a57-4e0b-9c11-${workspace.externalId.slice(-6).padStart(8, '0')}${tail}`,
    provider,
    handle,
    disabled: false,
    refreshNeeded: false,
    ...flags,
  });
  if (workspace.leadCount <= 5) return [];
  return [
    platform('0001', 'tiktok'),
    platform('0002', 'instagram'),
    ...(workspace.leadCount < 40 ? [platform('0003', 'threads', { refreshNeeded: true })] : []),
  ];
};

export const seededWorkspaces = (seed: CrmSeed, nowMs: number): readonly Workspace[] =>
  seed.workspaces.map((workspace) => {
    const teamId = BigInt(workspace.externalId);
    const agents = agentsOf(workspace, seed.people);
    const chance = generator(teamId);
    const leads = Array.from({ length: workspace.leadCount }, (_, index) =>
      leadOf(index, teamId, agents, nowMs, chance),
    );
    return {
      externalId: workspace.externalId,
      teamId,
      name: workspace.name,
      groups: [
        { id: teamId * 10n, name: 'Buyers' },
        { id: teamId * 10n + 1n, name: 'Sellers' },
      ],
      agents,
      leads: new Map(leads.map((lead) => [lead.leadId, lead])),
      trash: new Map(),
      webhooks: new Map(),
      platforms: platformsOf(workspace),
    };
  });
