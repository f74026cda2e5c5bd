// The token exchange and a first call in three languages, with the app's own values. Secrets come from the environment.
export type SnippetValues = {
  readonly issuer: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly isPublic: boolean;
  /** Whole address of an endpoint that the app may call. */
  readonly callUrl?: string;
};

export type Snippets = { readonly curl: string; readonly node: string; readonly python: string };

const shellText = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Through curl's standard input: what stands in a command's words can be read by every program of the machine. */
const curl = (given: SnippetValues): string =>
  [
    ...(given.isPublic
      ? [`curl ${shellText(`${given.issuer}/oauth/token`)} \\`]
      : [
          `printf 'user = "%s:%s"\\n' ${shellText(given.clientId)} "$CLIENT_SECRET" |`,
          `  curl --config - ${shellText(`${given.issuer}/oauth/token`)} \\`,
        ]),
    `  --data-urlencode ${shellText('grant_type=authorization_code')} \\`,
    ...(given.isPublic
      ? [
          `  --data-urlencode ${shellText(`client_id=${given.clientId}`)} \\`,
          `  --data-urlencode "code_verifier=$CODE_VERIFIER" \\`,
        ]
      : []),
    `  --data-urlencode ${shellText(`redirect_uri=${given.redirectUri}`)} \\`,
    `  --data-urlencode "code=$CODE"`,
    ...(given.callUrl === undefined
      ? []
      : [
          '',
          '# Then, with ACCESS_TOKEN set to the access_token of that answer:',
          `printf 'header = "Authorization: Bearer %s"\\n' "$ACCESS_TOKEN" |`,
          `  curl -i --config - ${shellText(given.callUrl)}`,
        ]),
  ].join('\n');

const proofs = (given: SnippetValues, variable: (name: string) => string): readonly string[] =>
  given.isPublic
    ? [`code_verifier: ${variable('CODE_VERIFIER')},`]
    : [`client_secret: ${variable('CLIENT_SECRET')},`];

const node = (given: SnippetValues): string =>
  [
    `const answer = await fetch(${JSON.stringify(`${given.issuer}/oauth/token`)}, {`,
    `  method: 'POST',`,
    `  body: new URLSearchParams({`,
    `    grant_type: 'authorization_code',`,
    `    code: process.env.CODE,`,
    `    redirect_uri: ${JSON.stringify(given.redirectUri)},`,
    `    client_id: ${JSON.stringify(given.clientId)},`,
    ...proofs(given, (name) => `process.env.${name}`).map((line) => `    ${line}`),
    `  }),`,
    `});`,
    `if (!answer.ok) throw new Error(await answer.text());`,
    `const { access_token } = await answer.json();`,
    ...(given.callUrl === undefined
      ? []
      : [
          `const called = await fetch(${JSON.stringify(given.callUrl)}, {`,
          '  headers: { authorization: `Bearer ${access_token}` },',
          `});`,
          `console.log(called.status, await called.text());`,
        ]),
  ].join('\n');

const python = (given: SnippetValues): string =>
  [
    'import json, os, urllib.parse, urllib.request',
    '',
    'form = urllib.parse.urlencode({',
    `    "grant_type": "authorization_code",`,
    `    "code": os.environ["CODE"],`,
    `    "redirect_uri": ${JSON.stringify(given.redirectUri)},`,
    `    "client_id": ${JSON.stringify(given.clientId)},`,
    given.isPublic
      ? `    "code_verifier": os.environ["CODE_VERIFIER"],`
      : `    "client_secret": os.environ["CLIENT_SECRET"],`,
    '}).encode()',
    `with urllib.request.urlopen(${JSON.stringify(`${given.issuer}/oauth/token`)}, form) as answer:`,
    '    access_token = json.load(answer)["access_token"]',
    ...(given.callUrl === undefined
      ? []
      : [
          '',
          `request = urllib.request.Request(${JSON.stringify(given.callUrl)},`,
          '    headers={"Authorization": f"Bearer {access_token}"})',
          'with urllib.request.urlopen(request) as called:',
          '    print(called.status, called.read().decode())',
        ]),
  ].join('\n');

export const snippetsOf = (given: SnippetValues): Snippets => ({
  curl: curl(given),
  node: node(given),
  python: python(given),
});
