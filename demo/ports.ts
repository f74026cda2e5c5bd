// Are the demo's three ports free? Asked before anything starts, so that the answer can name whose port is taken.
import { createServer } from 'node:net';

export type TakenPort = {
  readonly port: number;
  /** Who would have used it; Latchkey itself is not named. */
  readonly by?: 'sample app' | 'token service';
  readonly because: 'in use' | 'not allowed';
};

const codeOf = (port: number, host: string): Promise<string | undefined> =>
  new Promise((settle) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => settle(error.code));
    probe.listen({ port, host, ipv6Only: host.includes(':') }, () => probe.close(() => settle(undefined)));
  });

// A machine without IPv6 has no ::1 to be taken.
const absent = new Set<string | undefined>(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

const check = async (port: number, hosts: readonly string[]): Promise<TakenPort['because'] | undefined> => {
  for (const host of hosts) {
    const code = await codeOf(port, host);
    if (code === undefined || absent.has(code)) continue;
    return code === 'EACCES' ? 'not allowed' : 'in use';
  }
  return undefined;
};

const uses: readonly { readonly offset: number; readonly by?: 'sample app' | 'token service' }[] = [
  { offset: 0 },
  { offset: 1, by: 'sample app' },
  { offset: 2, by: 'token service' },
];

export const findTakenPort = async (port: number): Promise<TakenPort | undefined> => {
  for (const { offset, ...use } of uses) {
    const because = await check(port + offset, offset === 0 ? ['127.0.0.1', '::1'] : ['127.0.0.1']);
    if (because !== undefined) return { port: port + offset, because, ...use };
  }
  return undefined;
};

/** The next hundred whose three ports are free. */
export const proposePort = async (port: number): Promise<number> => {
  for (let other = Math.max(port, 3_900) + 100; other < 65_000; other += 100) {
    if ((await findTakenPort(other)) === undefined) return other;
  }
  return 0;
};

/** One line: what is wrong, that nothing runs, and a command that works. `rest` are the other words of the person's command. */
export const sayTakenPort = (taken: TakenPort, proposal: number, rest: readonly string[]): string => {
  const whose = taken.by === undefined ? '' : ` (the ${taken.by} needs it)`;
  const what = taken.because === 'in use' ? 'is in use' : 'may not be used by you';
  const command = ['npm start -- --port', proposal, ...rest].join(' ');
  return `Port ${taken.port} ${what}${whose}; nothing was started. Choose one: ${command}`;
};

/** The person's words without the port, quoted for a shell where they need it. */
export const withoutPort = (words: readonly string[]): readonly string[] => {
  const kept: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--port') at += 1;
    else if (!word.startsWith('--port='))
      kept.push(/^[\w./:@=,+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
  }
  return kept;
};
