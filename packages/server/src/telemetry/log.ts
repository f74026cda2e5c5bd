// Structured logs: one JSON line each on stderr. Paths without their query; never a header, body or secret.

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export type Log = {
  readonly info: (event: string, fields?: LogFields) => void;
  /** `error` is told in full here and nowhere else. */
  readonly error: (event: string, error: unknown, fields?: LogFields) => void;
};

export const createLog = (write: (line: string) => void, nowMs: () => number): Log => {
  const line = (level: string, event: string, fields: LogFields | undefined): void =>
    write(`${JSON.stringify({ time: new Date(nowMs()).toISOString(), level, event, ...fields })}\n`);
  return {
    info: (event, fields) => line('info', event, fields),
    error: (event, error, fields) =>
      line('error', event, {
        ...fields,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
  };
};

export const silentLog: Log = { info: () => {}, error: () => {} };
