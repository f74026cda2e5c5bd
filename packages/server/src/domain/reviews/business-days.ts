// "Usually about three business days" (documents 001, 003): Monday to Friday, in UTC.

const DAY_MS = 86_400_000;
const PROMISED_DAYS = 3;

const isBusinessDay = (atMs: number): boolean => {
  const day = new Date(atMs).getUTCDay();
  return day !== 0 && day !== 6;
};

/** The same time of day, so many business days later. */
export const afterBusinessDays = (fromMs: number, days: number): number => {
  let atMs = fromMs;
  for (let left = days; left > 0;) {
    atMs += DAY_MS;
    if (isBusinessDay(atMs)) left -= 1;
  }
  return atMs;
};

export const isLate = (submittedAtMs: number, nowMs: number): boolean =>
  nowMs > afterBusinessDays(submittedAtMs, PROMISED_DAYS);
