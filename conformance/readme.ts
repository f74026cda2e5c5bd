// The text of README.md, made from the requirements and the curl requests.
import { changeText, curlRequests } from './curl-requests.ts';
import type { CurlRequest } from './curl-requests.ts';
import { requirements } from './requirements.ts';
import { documents } from './requirements/row.ts';
import type { Requirement } from './requirements/row.ts';

const INTRODUCTION = `# Conformance

A black-box suite: it knows the server by HTTP and the command-line tools as processes, and nothing of their insides. Each
requirement of documents 000 to 004, and of the product's newer help pages, is one row below, with the test that proves it; a row without a test fails
\`readme.test.ts\`, and so does this file when it is not what \`write-readme.ts\` writes.

## Run it

\`\`\`sh
npm test -- conformance                                   # starts a demo of its own, and stops it
LATCHKEY_TARGET=.latchkey-demo/demo.json npm test -- conformance   # the demo that \`npm start\` runs
\`\`\`

\`LATCHKEY_TARGET\` names a \`demo.json\`: base URL (\`issuer\`), people with passwords, apps, customer keys. Any server that has
these can be tested; the base URL may be anywhere. The suite makes apps, connections and keys, ends what counts against a
limit, and keeps under every throttle, but do not point it at a server with data that you care about.
\`clock.test.ts\` always starts a server of its own, whose clock it moves: what ends after minutes or months, and what
throttles everybody at an address, cannot be tried on a shared one.

Mails are read where the demo shows them, at \`/demo/mail\`. A person is played over HTTP alone: links and buttons are found by what is written on them, and forms are sent as a
browser would send them. \`curl.test.ts\` needs \`curl\`.

## Files

| file | what it proves |
| --- | --- |
| \`000\` to \`004\` | the documents, in their order |
| \`curl.test.ts\` | the documents' curl requests, run by curl |
| \`001-lifecycle\`, \`001-edits\`, \`003-review\` | from registration to production, edits of a production app, sign-up, mails |
| \`api-keys.test.ts\` | the newer help pages: API keys, connected apps |
| \`refusals-*.test.ts\` | every refusal that the protocol lists, exactly |
| \`clock.test.ts\` | what ends by time, rate windows, throttles on guessing |
| \`sign-in.test.ts\` | sessions |
| \`rfc.test.ts\` | metadata, revocation, introspection, CORS, and oauth4webapi as a client that knows only the RFCs |
| \`races.test.ts\` | one winner |
| \`bad-input.test.ts\`, \`arbitrary-input.test.ts\` | bad input is refused in the right shape, and leaves nothing behind |

## Facts without a row

Advice to people (where to keep a secret, whom to phone), the reference of the API itself, which is its owner's, and what one document says that another replaces:

| what a document says | what holds |
| --- | --- |
| 003: id and secret come after approval | 001: at registration; after approval they stand in the account too |
| 003: Support changes an application's details | 001: the vendor does, with a review once the app is in production |
| 003: credentials are generated at sign-up, without a code | the newer pages: a mailed code |
| 003: Approved and Rejected | 001: Production and Declined; the dashboard's filter has both words |
| an older help page: a vendor is qualified before it registers apps | a setting, which the demo leaves off; proven in \`packages/server\` |
| a newer help page: some endpoints have a lower limit of their own | not built: a limit is an app's |
`;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const requirementTable = (document: Requirement['document']): string => {
  const rows = requirements
    .filter((row) => row.document === document)
    .map(({ requirement, proof: [file, test] }) => [requirement, `\`${file}\`: ${test}`]);
  const title = document === 'help' ? documents.help : `${document} ${documents[document]}`;
  return `### ${title}\n\n${table(['requirement', 'test'], rows)}\n`;
};

/** Equal changes once, with how often. */
const changesOf = ({ changes }: CurlRequest): string => {
  const counts = new Map<string, number>();
  for (const change of changes) counts.set(changeText(change), (counts.get(changeText(change)) ?? 0) + 1);
  return [...counts].map(([text, count]) => (count === 1 ? text : `${text} (${count} times)`)).join(', ');
};

const curlTable = (): string => {
  const rows = curlRequests.map((request) => [
    request.document,
    request.title,
    request.method,
    changesOf(request),
    request.note ?? '',
  ]);
  return `## The curl requests and what was changed to run them

Only host, placeholders and broken line ends or quotes were changed. The requests stand word for word in
[curl-requests.ts](curl-requests.ts).

${table(['document', 'request', 'curl sends', 'changed', 'note'], rows)}
`;
};

export const readmeText = (): string =>
  [
    INTRODUCTION,
    '## Requirements\n',
    ...(Object.keys(documents) as Requirement['document'][]).toSorted().map(requirementTable),
    curlTable(),
  ].join('\n');
