// Reading a request's body with a limit, so that the one who sends too much still gets an answer that says so.
import type { IncomingMessage } from 'node:http';

/**
 * Undefined: longer than the limit. The rest is read and dropped, since a caller that is still sending would not see
 * the answer; far beyond the limit the connection is cut.
 */
export const readBody = async (incoming: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= maxBytes) chunks.push(chunk);
    if (length > 16 * maxBytes) break;
  }
  return length <= maxBytes ? Buffer.concat(chunks) : undefined;
};
