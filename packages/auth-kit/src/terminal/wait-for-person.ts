// A wait for a person who is busy elsewhere: the countdown, the keys that work meanwhile, and what may be pasted.
import type { Io } from '../io.ts';
import type { PasteVerdict } from '../login/pasted.ts';
import { copyToClipboard } from './clipboard.ts';
import type { Copied } from './clipboard.ts';
import { isNarrow } from './screen.ts';
import { symbols } from './symbols.ts';
import { typeInto } from './typed.ts';
import { showWait } from './wait-line.ts';

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
  let typed = '';
  let copied: Copied | undefined;
  const line = showWait(io, wait.deadlineMs, (left) => {
    if (typed !== '') return `${typed.length} symbols typed     Enter send   Ctrl-U clear   Ctrl-C cancel`;
    return waitingLine(io, wait, left, copied);
  });
  const offer = (text: string, whole: boolean): void => {
    const verdict = wait.paste?.(text) ?? 'taken';
    if (verdict === 'taken') typed = '';
    else if (whole) line.say(`${symbols(io).failed} ${complaints[verdict]}`);
  };
  const copy = async (): Promise<void> => {
    copied = await copyToClipboard(io, wait.copies);
    line.redraw();
  };
  const commands: Readonly<Record<string, () => void>> = {
    c: () => void copy(),
    ...wait.keys,
  };
  const stopKeys = io.keys?.((input) => {
    const { text, event } = typeInto(typed, input, (key) => Object.hasOwn(commands, key));
    typed = wait.paste === undefined ? '' : text;
    if (event?.kind === 'key') commands[event.key]?.();
    else if (event !== undefined && wait.paste !== undefined) offer(event.text, event.kind === 'line');
    line.redraw();
  });
  let stopped = false;
  return () => {
    if (stopped) return;
    stopped = true;
    stopKeys?.();
    line.stop();
  };
}

function waitingLine(io: Io, wait: Wait, left: string, copied: Copied | undefined): string {
  const narrow = isNarrow(io);
  const copyHint = narrow ? 'c copy' : `c copy ${wait.copyName}`;
  const hints = [
    ...(io.keys === undefined ? [] : [copied === undefined ? copyHint : copiedWords[copied]]),
    'Ctrl-C cancel',
  ];
  if (narrow) return `Waiting, ${left}    ${hints.join('   ')}`;
  return `${wait.words}, ${left} left     ${hints.join('   ')}`;
}
