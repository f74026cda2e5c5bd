// The request body on its way to the upstream: streamed, counted, cut off at the limit.
import type { IncomingMessage } from 'node:http';
import { Transform } from 'node:stream';

export class BodyTooLarge extends Error {}

export const hasBody = (incoming: IncomingMessage): boolean => {
  if (incoming.headers['transfer-encoding'] !== undefined) return true;
  const length = incoming.headers['content-length'];
  return length !== undefined && length !== '0';
};

/**
 * A stream between the two sides, so that giving up on the upstream does not tear down the caller's connection, over
 * which the refusal still has to go.
 */
export const limitedBody = (incoming: IncomingMessage, limitBytes: number): Transform => {
  let size = 0;
  const body = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > limitBytes) done(new BodyTooLarge());
      else done(null, chunk);
    },
  });
  // undici stops listening when it is done with the body; what happens afterwards concerns nobody.
  body.on('error', () => undefined);
  incoming.pipe(body);
  // pipe() passes no errors on: a caller who hangs up in the middle must not look like one who finished.
  incoming.once('close', () => {
    if (!incoming.complete) body.destroy(new Error('the caller hung up'));
  });
  // Given up on before its end: the rest is read and dropped, so that the connection can carry the answer.
  body.once('close', () => {
    incoming.unpipe(body);
    incoming.resume();
  });
  return body;
};
