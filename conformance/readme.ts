// The text of README.md, made from the requirements and the curl requests.
import { changeText, curlRequests } from './curl-requests.ts';
import type { CurlRequest } from './curl-requests.ts';
import { documents, requirements } from './requirements.ts';
import type { Requirement } from './requirements.ts';

const INTRODUCTION = `# Conformance

A black-box suite: it knows the server by HTTP and the command-line tools as processes, and nothing of their insides. Each
requirement of documents 000 to 004 is one row below, with the test that proves it; a row without a test fails
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

A person is played over HTTP alone: links and buttons are found by what is written on them, and forms are sent as a
browser would send them. \`curl.test.ts\` needs \`curl\`.

## Files

| file | what it proves |
| --- | --- |
| \`000\` to \`004\` | the documents, in their order |
| \`curl.test.ts\` | the documents' curl requests, run by curl |
| \`refusals-*.test.ts\` | every refusal that the protocol lists, exactly |
| \`clock.test.ts\` | what ends by time, rate windows, throttles on guessing |
| \`sign-in.test.ts\` | sessions |
| \`rfc.test.ts\` | metadata, revocation, introspection, CORS, and oauth4webapi as a client that knows only the RFCs |
| \`races.test.ts\` | one winner |
| \`bad-input.test.ts\`, \`arbitrary-input.test.ts\` | bad input is refused in the right shape, and leaves nothing behind |

## Not yet

Of documents 001 and 003, what belongs to submission, review, edits of a production app and their mail has no row yet: it
comes with those features. So do the answers for suspended apps and for tokens of an older epoch, which no page can cause yet.
`;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const requirementTable = (document: Requirement['document']): string => {
  const rows = requirements
    .filter((row) => row.document === document)
    .map(({ requirement, proof: [file, test] }) => [requirement, `\`${file}\`: ${test}`]);
  return `### ${document} ${documents[document]}\n\n${table(['requirement', 'test'], rows)}\n`;
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
