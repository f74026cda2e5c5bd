// The keyboard while a login waits: raw mode on, pastes marked, and all of it off again, whatever happens.
import { StringDecoder } from 'node:string_decoder';
import { keyParser } from './key-parser.ts';

export type KeyReader = {
  /** Ctrl-C: raw mode swallows it, so it is turned back into the signal. */
  readonly onInterrupt: () => void;
  readonly onInput: (input: string) => void;
};

const markPastes = '\u001b[?2004h';
const leavePastes = '\u001b[?2004l';

/** Call the result to give the keyboard back. */
export function readKeys({ onInput, onInterrupt }: KeyReader): () => void {
  const { stdin, stderr } = process;
  const parse = keyParser();
  const decoder = new StringDecoder('utf8');
  const marks = stderr.isTTY && process.env['TERM'] !== 'dumb';
  const listen = (chunk: Buffer): void => {
    for (const input of parse(decoder.write(chunk))) {
      if (input === '\u0003') onInterrupt();
      else onInput(input);
    }
  };
  stdin.setRawMode(true);
  if (marks) stderr.write(markPastes);
  stdin.on('data', listen);
  stdin.resume();
  let reading = true;
  const stop = (): void => {
    if (!reading) return;
    reading = false;
    process.off('exit', stop);
    stdin.off('data', listen);
    stdin.setRawMode(false);
    if (marks) stderr.write(leavePastes);
    stdin.pause();
  };
  process.once('exit', stop);
  return stop;
}
