// The screen of a device login: where to go, what to enter there, the wait.
import type { Io } from '../io.ts';
import type { DeviceTicket } from '../login/device-ticket.ts';
import type { PasteVerdict } from '../login/pasted.ts';
import { link } from './link.ts';
import { qrCode } from './qr.ts';
import { bold, isNarrow, say } from './screen.ts';
import { waitForPerson } from './wait-for-person.ts';

export type DeviceScreen = {
  readonly ticket: DeviceTicket;
  readonly deadlineMs: number;
  /** Opens the page with the code filled in, for the person to compare. */
  readonly open: boolean;
  /** Why there is no browser here: a sentence, or nothing. */
  readonly why?: string | undefined;
  readonly words?: DeviceWords | undefined;
  readonly paste?: ((text: string) => PasteVerdict) | undefined;
};

export type DeviceWords = {
  /** Instead of "On any device open" above the address. */
  readonly goTo?: ((address: string) => string) | undefined;
  /** Under an opened page: what to look at there. */
  readonly check?: string | undefined;
};

/** Call the result to take the waiting line away and give the keyboard back. */
export async function showDeviceCode(io: Io, screen: DeviceScreen): Promise<() => void> {
  const { ticket, deadlineMs, paste } = screen;
  const open = screen.open && ticket.pageIsOurs;
  if (open && !isNarrow(io)) await showOpened(io, screen);
  else {
    if (open) await io.openBrowser(pageOf(ticket));
    await showAddress(io, screen, open);
  }
  return waitForPerson(io, {
    deadlineMs,
    words: 'Waiting',
    copies: ticket.userCode,
    copyName: 'code',
    paste,
  });
}

async function showOpened(io: Io, { ticket, words }: DeviceScreen): Promise<void> {
  say(io, bold(io, ticket.userCode), '');
  const page = pageOf(ticket);
  if (await io.openBrowser(page)) {
    say(io, `Opened ${link(io, page)}`, words?.check ?? 'Check that the page shows this code.');
  } else {
    say(io, 'No browser could be opened. On any device open', link(io, page));
  }
}

async function showAddress(io: Io, { ticket, why, words }: DeviceScreen, opened: boolean): Promise<void> {
  const address = link(io, ticket.verificationUri);
  const go = words?.goTo?.(address) ?? `On any device open\n${address}`;
  const first = why === undefined ? go : `${why}${isNarrow(io) ? '\n' : ' '}${go}`;
  say(io, first, 'and enter', bold(io, ticket.userCode));
  if (opened && words?.check !== undefined) say(io, words.check);
  const drawn = opened ? undefined : await qrCode(io, pageOf(ticket));
  if (drawn !== undefined) say(io, drawn);
}

function pageOf(ticket: DeviceTicket): string {
  return ticket.verificationUriComplete ?? ticket.verificationUri;
}
