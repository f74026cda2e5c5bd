// A wait for a person who is busy elsewhere: the countdown, the keys that work meanwhile, and what may be pasted.
import type { Io, StopKeys } from '../io.ts';
import type { PasteVerdict } from '../login/pasted.ts';
import { copyToClipboard } from './clipboard.ts';
import type { Copied } from './clipboard.ts';
import { isNarrow } from './screen.ts';
import { symbols } from './symbols.ts';
import { typeInto } from './typed.ts';
import { showWait } from './wait-line.ts';
import type { WaitLine } from './wait-line.ts';

export type Wait = {
  readonly deadlineMs: number;
  /** Before the time that is left: "Waiting for you to authorize". */
  readonly words: string;
  /** What `c` copies, and what the hint calls it. */
  readonly copies: string;
  readonly copyName: 'address' | 'code';
  readonly keys?: Readonly<Record<string, () => void>> | undefined;
  readonly paste?: ((text: string) => PasteVerdict) | undefined;
};

const complaints: Readonly<Record<Exclude<PasteVerdict, 'taken'>, string>> = {
  'other-sign-in': 'That belongs to another sign-in. Open the address above, and paste what it ends in.',
  'not-a-code': 'That is no code. Paste all that the page shows, or the address that the browser ended at.',
};

const copiedWords: Readonly<Record<Copied, string>> = {
  copied: 'copied',
  asked: 'copied, if your terminal allows it',
  'not-copied': 'nothing here can copy',
};

/** Call the result to take the line away and give the keyboard back. */
export function waitForPerson(io: Io, wait: Wait): () => void {
  let stopKeys: StopKeys | undefined;
  let line: WaitLine | undefined;
  let stopped = false;
  const screen: Screen = {
    typed: '',
    copied: undefined,
    redraw: () => line?.redraw(),
    say: (text) => line?.say(text),
  };
  const begin = (stop?: StopKeys): void => {
    if (stopped) return stop?.();
    stopKeys = stop;
    line = showWait(io, wait.deadlineMs, (left) => waitingLine(io, wait, screen, left));
  };
  // The line invites to type, so it comes once nothing that is typed is echoed.
  const keys = io.keys?.((input) => act(io, wait, screen, input));
  if (keys instanceof Promise) void keys.then(begin, () => begin());
  else begin(keys);
  return () => {
    if (stopped) return;
    stopped = true;
    stopKeys?.();
    line?.stop();
  };
}

type Screen = {
  typed: string;
  copied: Copied | undefined;
  readonly redraw: () => void;
  readonly say: (text: string) => void;
};

function act(io: Io, wait: Wait, screen: Screen, input: string): void {
  const commands: Readonly<Record<string, () => void>> = {
    c: () => void copy(io, wait, screen),
    ...wait.keys,
  };
  const { text, event } = typeInto(screen.typed, input, (key) => Object.hasOwn(commands, key));
  screen.typed = wait.paste === undefined ? '' : text;
  if (event?.kind === 'key') commands[event.key]?.();
  else if (event !== undefined && wait.paste !== undefined) {
    const verdict = wait.paste(event.text);
    if (verdict === 'taken') screen.typed = '';
    else if (event.kind === 'line') screen.say(`${symbols(io).failed} ${complaints[verdict]}`);
  }
  screen.redraw();
}

async function copy(io: Io, wait: Wait, screen: Screen): Promise<void> {
  screen.copied = await copyToClipboard(io, wait.copies);
  screen.redraw();
}

function waitingLine(io: Io, wait: Wait, { typed, copied }: Screen, left: string): string {
  if (typed !== '') return `${typed.length} symbols typed     Enter send   Ctrl-U clear   Ctrl-C cancel`;
  const narrow = isNarrow(io);
  const copyHint = narrow ? 'c copy' : `c copy ${wait.copyName}`;
  const hints = [
    ...(io.keys === undefined ? [] : [copied === undefined ? copyHint : copiedWords[copied]]),
    'Ctrl-C cancel',
  ];
  if (narrow) return `Waiting, ${left}    ${hints.join('   ')}`;
  return `${wait.words}, ${left} left     ${hints.join('   ')}`;
}
