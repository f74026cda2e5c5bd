// Tests only: an authorization server and API whose answers a test writes itself, and which keeps what it was sent.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen, type Running } from './listen.ts';

export type Seen = {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

export type Scripted = {
  readonly status: number;
  readonly body: string | object;
  readonly headers?: Readonly<Record<string, string>>;
};

export type FakeIssuer = Running & { readonly seen: Seen[]; answer: (seen: Seen) => Scripted };

export const startFakeIssuer = async (answer: (seen: Seen) => Scripted): Promise<FakeIssuer> => {
  const seen: Seen[] = [];
  const read = async (incoming: IncomingMessage): Promise<Seen> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    return {
      method: incoming.method ?? '',
      target: incoming.url ?? '',
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString(),
    };
  };
  const respond = (request: Seen, outgoing: ServerResponse): void => {
    seen.push(request);
    const { status, body, headers } = fake.answer(request);
    const isText = typeof body === 'string';
    outgoing.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json', ...headers });
    outgoing.end(isText ? body : JSON.stringify(body));
  };
  const server = createServer((incoming, outgoing) => {
    void read(incoming).then((request) => respond(request, outgoing));
  });
  const running = await listen(server, 0, '127.0.0.1');
  const fake: FakeIssuer = { ...running, seen, answer };
  return fake;
};
