// A path as the log may have it: links whose path is a secret are named by their kind only [security 31].

/** Every secret of ours that stands for a row begins so (secrets/record-secret.ts). */
const SECRET = /\blk_([a-z]+)_[\w%-]+/g;

export const loggedPath = (path: string): string => path.replace(SECRET, 'lk_$1_…');
