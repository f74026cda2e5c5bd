// Reads a request body with a limit; nothing past the limit is kept in memory.
import type { IncomingMessage } from 'node:http';

export const readBody = (
  incoming: IncomingMessage,
  limitBytes: number,
): Promise<Uint8Array | 'too-large' | 'aborted'> =>
  new Promise((resolve) => {
    const announced = Number(incoming.headers['content-length'] ?? 0);
    if (announced > limitBytes) {
      incoming.resume();
      resolve('too-large');
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limitBytes) {
        chunks.length = 0;
        resolve('too-large');
      } else chunks.push(chunk);
    });
    incoming.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    incoming.on('error', () => resolve('aborted'));
    incoming.on('close', () => resolve('aborted'));
  });
