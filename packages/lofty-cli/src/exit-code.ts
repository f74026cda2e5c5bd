/** Owns the exit codes that scripts may rely on; every command ends with one of these. */
export const exitCode = {
  ok: 0,
  failure: 1,
  usage: 2,
  notSignedIn: 3,
  expired: 4,
  forbidden: 5,
  network: 6,
  cancelled: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
