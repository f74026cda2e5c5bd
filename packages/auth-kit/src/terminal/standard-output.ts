// The process's own output, made as late and as light as can be: whether it is a terminal, and how text gets there.
import { fstatSync, statSync, writeSync } from 'node:fs';
import { devNull } from 'node:os';

export type Output = {
  readonly write: (text: string) => void;
  readonly isTTY: boolean;
  /** Width of the terminal; undefined when it is none. */
  readonly columns: () => number | undefined;
  readonly rows?: (() => number | undefined) | undefined;
};

export function standardOutput(): Output {
  return output(1, () => process.stdout);
}

export function standardError(): Output {
  return output(2, () => process.stderr);
}

/** What is no character device, or the null device, is no terminal; only else the stream is made, with the network stack. */
export function isTerminal(fd: number, stream: () => { readonly isTTY?: boolean }): boolean {
  try {
    const file = fstatSync(fd);
    return file.isCharacterDevice() && file.rdev !== nullDevice() && stream().isTTY === true;
  } catch {
    // A descriptor that is closed.
    return false;
  }
}

function nullDevice(): number | undefined {
  return process.platform === 'win32' ? undefined : statSync(devNull).rdev;
}

function output(fd: number, stream: () => NodeJS.WriteStream): Output {
  const isTTY = isTerminal(fd, stream);
  return {
    write: isTTY ? (text) => void stream().write(text) : plainWriter(fd, stream),
    isTTY,
    columns: () => (isTTY ? stream().columns : undefined),
    rows: () => (isTTY ? stream().rows : undefined),
  };
}

/**
 * Into a pipe or a file, straight to the descriptor: making the stream takes a quarter of what starting Node takes. When a
 * pipe is full the stream takes over, which waits for the reader, and keeps the order from then on.
 */
function plainWriter(fd: number, stream: () => NodeJS.WriteStream): Output['write'] {
  let waits = false;
  return (text) => {
    let rest = Buffer.from(text);
    while (!waits && rest.length > 0) {
      try {
        rest = rest.subarray(writeSync(fd, rest));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
        waits = true;
      }
    }
    if (rest.length > 0) stream().write(rest);
  };
}
