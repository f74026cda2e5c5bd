// The screen of a browser login: the address, the keys, what may be pasted, the wait.
import type { Io } from '../io.ts';
import type { BrowserLoginEvent } from '../login/browser.ts';
import { link } from './link.ts';
import { isNarrow, say } from './screen.ts';
import { waitForPerson } from './wait-for-person.ts';

export type Listening = Extract<BrowserLoginEvent, { type: 'listening' }>;

/** Call the result to take the waiting line away and give the keyboard back. */
export function showAddress(io: Io, event: Listening, onCodeInstead: () => void): () => void {
  // The short address fits any line, and leads from this machine only, which is where the port is too.
  const address = event.shortUrl ?? event.url;
  const narrow = isNarrow(io);
  if (narrow) say(io, 'Open this address:');
  else if (event.opened) say(io, 'Opened your browser. If nothing appeared, open this address:', '');
  else say(io, 'No browser could be opened here. Open this address:', '');
  say(io, link(io, address), '');
  if (!narrow && io.keys !== undefined) {
    say(io, 'Browser on another machine? Press p for a code instead.');
  }
  return wait(io, event, address, { p: onCodeInstead });
}

/** For a browser elsewhere and a server without device codes: the way back is by hand. */
export function showPaste(io: Io, event: Listening, why: string | undefined): () => void {
  const address = event.pasteUrl ?? event.url;
  const ask =
    event.pasteUrl === undefined
      ? 'Paste the address that the browser ends at, though it shows no page:'
      : 'Paste the code shown:';
  if (why !== undefined) say(io, why);
  say(io, 'On any device open this address:', link(io, address), io.keys === undefined ? '' : ask);
  return wait(io, event, address, {});
}

function wait(
  io: Io,
  { deadlineMs, paste }: Listening,
  copies: string,
  keys: Readonly<Record<string, () => void>>,
): () => void {
  const words = 'Waiting for you to authorize';
  return waitForPerson(io, { deadlineMs, words, copies, copyName: 'address', keys, paste });
}
