// RFC 9110 section 10.2.3: Retry-After as seconds or as a date.

export function retryAfterSeconds(headers: Headers, nowMs: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  // Date.parse alone would take '-1' for a year.
  const at = value.endsWith(' GMT') ? Date.parse(value) : Number.NaN;
  // A date is by the server's clock, so its own Date is the better "now".
  const serverNow = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(at)
    ? undefined
    : Math.max(0, Math.ceil((at - (Number.isNaN(serverNow) ? nowMs : serverNow)) / 1000));
}
