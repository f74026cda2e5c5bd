// Where every secret's randomness comes from; given in by who starts the process.

export type RandomBytes = (length: number) => Uint8Array;
