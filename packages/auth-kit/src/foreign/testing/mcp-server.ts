// A server of the Model Context Protocol over standard input and output, as an author of one would build it on the kit:
// one tool that calls the API as whoever signed in. Arguments: the API, and the file of the sign-in.
import { createInterface } from 'node:readline';
import { authorizedFetch, browserPkce, chain, nodeIo } from '../../index.ts';

const [baseUrl = '', cachePath = ''] = process.argv.slice(2);
const io = nodeIo();
const notice = (line: string): void => io.stderr.write(`${line}\n`);
const source = browserPkce({ baseUrl, cachePath, clientId: 'mcp', loginCommand: 'crm login' });
const call = authorizedFetch({ io, chain: chain([source], { io, notice }), baseUrl });

type Request = { readonly id?: number; readonly method: string };

const answers: Readonly<Record<string, () => unknown>> = {
  initialize: () => ({
    protocolVersion: '2025-06-18',
    capabilities: { tools: {} },
    serverInfo: { name: 'crm', version: '1' },
  }),
  'tools/list': () => ({ tools: [{ name: 'me', inputSchema: { type: 'object' } }] }),
  'tools/call': async () => {
    const answer = await call('/v1.0/me');
    const { reason, next = '' } = answer.ok ? { reason: '' } : answer.failure;
    const text = answer.ok ? await answer.response.text() : `${reason}. Fix: ${next}`;
    return { content: [{ type: 'text', text }], isError: !answer.ok };
  },
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method } = JSON.parse(line) as Request;
  const reply = async (): Promise<void> => {
    const result = await answers[method]?.();
    if (id !== undefined) io.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`);
  };
  void reply();
});
