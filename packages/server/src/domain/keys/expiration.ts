// "Stops working at 12:01 AM on this day", in the zone of the person who makes the key; kept as an instant (protocol.md 12).

/** Undefined for a text that is no day of the calendar. */
export const expirationMs = (day: string, timeZone: string): number | undefined => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  try {
    return Temporal.PlainDate.from(day).toZonedDateTime({
      timeZone,
      plainTime: Temporal.PlainTime.from('00:01'),
    }).epochMilliseconds;
  } catch {
    return undefined;
  }
};
