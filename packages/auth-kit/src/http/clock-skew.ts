// How far this machine's clock is from the server's, by the answer's Date (whole seconds, so small values mean nothing).

/** Ours minus theirs; undefined without a usable Date. Half the travel time is taken out. */
export function clockSkewMs(headers: Headers, sentAtMs: number, receivedAtMs: number): number | undefined {
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) ? undefined : Math.round((sentAtMs + receivedAtMs) / 2 - (date + 500));
}
