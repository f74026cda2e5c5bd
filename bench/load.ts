// The load: keep-alive connections on raw sockets, one request under way on each, the next as soon as its answer is whole.
import { connect, type Socket } from 'node:net';
import { endOfAnswer, statusOf } from './wire.ts';
import type { Plan } from './works.ts';

export type Load = {
  readonly answers: number;
  readonly wrong: number;
  /** The first answer that was not what was expected. */
  readonly wrongAnswer: string | undefined;
  readonly elapsedMs: number;
  /** How much of its core the load itself used; near 1 it would be what is measured. */
  readonly busy: number;
};

const opened = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });

const CREDENTIAL = /(?<=refresh_token=)[^&]+/;
const ISSUED = /"refresh_token":"([^"]+)"/;

/** What connection n sends next, given the answer before; undefined: nothing is left. */
const sourceOf = (plan: Plan): ((connection: number, answer: string | undefined) => string | undefined) => {
  const { requests, use } = plan;
  if (use === 'follow') {
    const halves = requests.map((request) => request.split(CREDENTIAL) as [string, string]);
    return (connection, answer) => {
      if (answer === undefined) return requests[connection];
      const token = ISSUED.exec(answer)?.[1];
      const half = halves[connection];
      return token === undefined || half === undefined ? undefined : half[0] + token + half[1];
    };
  }
  let next = 0;
  return () => {
    if (next === requests.length && use === 'again') next = 0;
    return requests[next++];
  };
};

/** One answer and nothing else. */
export const askOnce = async (port: number, request: string): Promise<string> => {
  const socket = await opened(port);
  try {
    return await new Promise((resolve, reject) => {
      let text = '';
      socket.setEncoding('latin1');
      socket.on('data', (chunk: string) => {
        text += chunk;
        if (endOfAnswer(text) !== undefined) resolve(text);
      });
      socket.on('close', () => reject(new Error(`No whole answer: ${text.slice(0, 200)}`)));
      socket.write(request, 'latin1');
    });
  } finally {
    socket.destroy();
  }
};

export const runLoad = async (plan: Plan, connections: number, durationMs: number): Promise<Load> => {
  const { status, text: mark } = plan.expect;
  const source = sourceOf(plan);
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(plan.port)));
  let answers = 0;
  let wrong = 0;
  let wrongAnswer: string | undefined;
  const cpu = process.cpuUsage();
  const startedMs = performance.now();
  const endMs = startedMs + durationMs;

  const drive = (socket: Socket, index: number): Promise<void> =>
    new Promise((resolve, reject) => {
      let text = '';
      const send = (answer: string | undefined): void => {
        const request = performance.now() < endMs ? source(index, answer) : undefined;
        if (request === undefined) resolve();
        else socket.write(request, 'latin1');
      };
      socket.setEncoding('latin1');
      socket.on('data', (chunk: string) => {
        text = text === '' ? chunk : text + chunk;
        if (endOfAnswer(text) === undefined) return;
        const answer = text;
        text = '';
        answers += 1;
        if (statusOf(answer) !== status || !answer.includes(mark)) {
          wrong += 1;
          wrongAnswer ??= answer;
        }
        send(answer);
      });
      socket.on('close', () => reject(new Error('The server closed a connection during a round.')));
      send(undefined);
    });

  try {
    await Promise.all(sockets.map(drive));
  } finally {
    for (const socket of sockets) socket.destroy();
  }
  const elapsedMs = performance.now() - startedMs;
  const used = process.cpuUsage(cpu);
  return { answers, wrong, wrongAnswer, elapsedMs, busy: (used.user + used.system) / 1000 / elapsedMs };
};
