// The demo's invented people, workspaces and apps: pure data, read by the server's demo start and by the CRM.
// Passwords, client ids and secrets are not here: they are made anew for every data folder.

export type WorkspaceRole = 'owner' | 'admin' | 'member';

export type DemoPerson = {
  readonly name: string;
  readonly email: string;
  readonly role: 'agent' | 'vendor' | 'reviewer' | 'operator' | 'stranger';
  /** The CRM's own id for this person: a decimal 64-bit integer. */
  readonly externalId: string;
  readonly phone: string;
  readonly timeZone: string;
};

export type DemoWorkspace = {
  readonly name: string;
  /** The CRM's own id for this workspace: a decimal 64-bit integer. */
  readonly externalId: string;
  readonly members: readonly { readonly email: string; readonly role: WorkspaceRole }[];
  /** How many leads the CRM invents for it. */
  readonly leadCount: number;
};

export type DemoVendor = {
  readonly name: string;
  readonly website: string;
  readonly members: readonly string[];
  readonly contactName: string;
  readonly contactEmail: string;
  readonly contactPhone: string;
};

export type DemoApp = {
  readonly name: string;
  readonly vendor: string;
  readonly kind: 'confidential' | 'public';
  readonly mode: 'development' | 'production';
  readonly website: string;
  readonly description: string;
  readonly redirectUris: readonly string[];
  /** operationIds of openapi.yaml. */
  readonly permissions: readonly string[];
  /** E-mails of people who accepted an invitation to try it in development mode. */
  readonly testers: readonly string[];
  /** Colours of its logo: ground and mark. */
  readonly logo: { readonly ground: string; readonly mark: string; readonly shape: LogoShape };
  /** Sent to review, and, with a reason, declined. */
  readonly review?: {
    readonly purpose: string;
    readonly permissionReasons: string;
    readonly howToTry: string;
    readonly declined?: string;
  };
};

export type LogoShape = 'bars' | 'door' | 'rings' | 'waves';

// Ari's and Harbor Homes' ids are above 2^53 on purpose: a program that reads them as doubles gets another number.
export const demoPeople: readonly DemoPerson[] = [
  {
    name: 'Ari Mendes',
    email: 'ari@demo.test',
    role: 'agent',
    externalId: '9007199254740993',
    phone: '+12065550114',
    timeZone: 'America/Los_Angeles',
  },
  {
    name: 'Vera Lindqvist',
    email: 'vera@demo.test',
    role: 'vendor',
    externalId: '840021',
    phone: '+12065550127',
    timeZone: 'Europe/Stockholm',
  },
  {
    name: 'Rory Blake',
    email: 'rory@demo.test',
    role: 'reviewer',
    externalId: '840022',
    phone: '+12065550131',
    timeZone: 'America/New_York',
  },
  {
    name: 'Olive Tran',
    email: 'olive@demo.test',
    role: 'operator',
    externalId: '1152921504606846979',
    phone: '+12065550148',
    timeZone: 'America/Los_Angeles',
  },
  {
    name: 'Sam Okafor',
    email: 'sam@demo.test',
    role: 'stranger',
    externalId: '1152921504606846981',
    phone: '+12065550162',
    timeZone: 'America/Chicago',
  },
];

export const demoWorkspaces: readonly DemoWorkspace[] = [
  {
    name: 'Northside Realty',
    externalId: '71001',
    members: [{ email: 'ari@demo.test', role: 'owner' }],
    leadCount: 41,
  },
  {
    name: 'Harbor Homes',
    externalId: '9007199254741997',
    members: [
      { email: 'olive@demo.test', role: 'owner' },
      { email: 'ari@demo.test', role: 'member' },
    ],
    leadCount: 38,
  },
  {
    name: "Vera's sandbox",
    externalId: '71003',
    members: [{ email: 'vera@demo.test', role: 'owner' }],
    leadCount: 5,
  },
  {
    name: 'Fernway Estates',
    externalId: '9007199254742999',
    members: [{ email: 'sam@demo.test', role: 'owner' }],
    leadCount: 12,
  },
];

export const demoVendors: readonly DemoVendor[] = [
  {
    name: 'Lindqvist Tools',
    website: 'https://tools.example',
    members: ['vera@demo.test'],
    contactName: 'Vera Lindqvist',
    contactEmail: 'vera@demo.test',
    contactPhone: '+12065550127',
  },
];

export const demoApps: readonly DemoApp[] = [
  {
    name: 'Pipeline Sync',
    vendor: 'Lindqvist Tools',
    kind: 'confidential',
    mode: 'production',
    website: 'https://pipelinesync.example',
    description: 'Keeps the leads of your CRM and your pipeline board in step, in both directions.',
    // Loopback: the port may differ from the registered one (RFC 8252 section 7.3).
    redirectUris: ['http://127.0.0.1:4001/callback'],
    permissions: [
      'me.get',
      'members.list',
      'leads.list',
      'leads.get',
      'leads.create',
      'leads.update',
      'webhooks.list',
    ],
    testers: [],
    logo: { ground: '#2b4c9b', mark: '#ffffff', shape: 'bars' },
  },
  {
    name: 'Open House',
    vendor: 'Lindqvist Tools',
    kind: 'public',
    mode: 'development',
    website: 'https://openhouse.example',
    description: 'Signs visitors of an open house in on a phone and turns them into leads.',
    redirectUris: ['http://127.0.0.1/callback'],
    permissions: ['me.get', 'leads.list', 'leads.create'],
    testers: ['ari@demo.test'],
    logo: { ground: '#12633b', mark: '#f0c06a', shape: 'door' },
  },
  {
    name: 'Lead Digest',
    vendor: 'Lindqvist Tools',
    kind: 'confidential',
    mode: 'development',
    website: 'https://leaddigest.example',
    description: 'Writes one mail each morning: which leads are new, which wait for an answer.',
    redirectUris: ['https://leaddigest.example/oauth/callback'],
    permissions: ['me.get', 'leads.list', 'leads.get'],
    testers: [],
    logo: { ground: '#5a3e9b', mark: '#efeaf9', shape: 'rings' },
    review: {
      purpose: 'One mail each morning instead of looking through every lead.',
      permissionReasons:
        'me.get: the name in the greeting.\nleads.list, leads.get: what stands in the mail. Nothing is changed.',
      howToTry: 'Open leaddigest.example/demo; sign in as reviewer with the password rain-on-monday.',
    },
  },
  {
    name: 'Call Notes',
    vendor: 'Lindqvist Tools',
    kind: 'confidential',
    mode: 'development',
    website: 'https://callnotes.example',
    description: 'Turns what was said on the phone into notes on the lead.',
    redirectUris: ['https://login.phone-cloud.example/callback'],
    permissions: ['me.get', 'leads.list', 'leads.update', 'webhooks.create'],
    testers: [],
    logo: { ground: '#7a4b00', mark: '#fcf0d6', shape: 'waves' },
    review: {
      purpose: 'Agents talk; the app writes it down.',
      permissionReasons: 'leads.update: the notes.',
      howToTry: 'Call the number on callnotes.example.',
      declined:
        'Two things keep us from showing this app to everybody.\n- Send people back to an address on callnotes.example: they would not know the host you use now.\n- Leave out webhooks.create, or say what the app is told about and why.',
    },
  },
];
