/** Owns the screen of a browser login: the address, the keys, the wait. */
import type { BrowserLoginEvent, Result, TokenSet } from '@latchkey/auth-kit';
import { loginWithBrowser } from '@latchkey/auth-kit';
import type { LoginParts } from './parts.ts';
import { firstPartyApp, loginCommands } from '../methods.ts';
import { isNarrow } from './outcome.ts';
import { waitLine } from './wait-line.ts';

export async function byBrowser(
  { context, session, save, identify }: LoginParts,
  { openBrowser }: { readonly openBrowser: boolean },
): Promise<Result<TokenSet> | 'code instead'> {
  const { io } = context;
  const stop = new AbortController();
  let codeInstead = false;
  let stopWaiting = (): void => undefined;
  const onEvent = (event: BrowserLoginEvent): void => {
    stopWaiting();
    if (event.type !== 'listening') return;
    // Without a browser here the address is for another machine's: the short one only works on this one.
    const address = openBrowser ? event.shortUrl : event.url;
    sayAddress(context, address, event.opened, openBrowser);
    stopWaiting = waitLine(context, {
      deadlineMs: event.deadlineMs,
      wide: (left) => `Waiting for you to authorize, ${left} left`,
      copied: address,
      copyHint: 'c copy address',
      onKey: (key) => {
        if (key !== 'p' || !openBrowser) return;
        codeInstead = true;
        stop.abort();
      },
    });
  };
  const answer = await loginWithBrowser({
    io,
    baseUrl: session.host.baseUrl,
    clientId: firstPartyApp,
    openBrowser,
    loginCommand: loginCommands['browser-oauth'],
    onEvent,
    identify,
    save,
    signal: stop.signal,
  });
  stopWaiting();
  return codeInstead && !answer.ok && !io.signal.aborted ? 'code instead' : answer;
}

function sayAddress(
  { io, say }: LoginParts['context'],
  address: string,
  opened: boolean,
  openBrowser: boolean,
): void {
  const narrow = isNarrow(io);
  if (narrow || !openBrowser) say('Open this address:', address, '');
  else if (opened) say('Opened your browser. If nothing appeared, open this address:', '', address, '');
  else say('No browser could be opened here. Open this address:', '', address, '');
  if (!narrow && openBrowser && io.keys !== undefined) {
    say('Browser on another machine? Press p for a code instead.');
  }
}
