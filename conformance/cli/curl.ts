// Runs a printed command by a shell with the real curl; what we need to see of the answer is asked for in a .curlrc.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type CurlAnswer = {
  readonly method: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
};

const MARK = '\u0001';

const shell = (command: string, folder: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', command], {
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, CURL_HOME: folder, NO_PROXY: '*' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(out) : reject(new Error(`curl ended with ${code ?? 'a signal'}: ${err}`)),
    );
  });

export const runCurl = async (command: string): Promise<CurlAnswer> => {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-curl-'));
  try {
    const shown = `${MARK}%{method}${MARK}%{http_code}${MARK}%{content_type}`;
    await writeFile(join(folder, '.curlrc'), `silent\nshow-error\nmax-time = 30\nwrite-out = "${shown}"\n`);
    const [body = '', method = '', status = '', contentType = ''] = (await shell(command, folder)).split(
      MARK,
    );
    return { method, status: Number(status), contentType, body };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
