// How long sessions live (protocol.md 10).
const DAY_MS = 86_400_000;

/** Cookie sessions: 14 days without use, 90 in all. */
export const COOKIE_IDLE_MS = 14 * DAY_MS;
export const COOKIE_TOTAL_MS = 90 * DAY_MS;
/** The bearer that Loomta's approve wants. */
export const BEARER_MS = 15 * 60_000;
/** For the second step of a sign-in. */
export const HALF_MS = 10 * 60_000;
/** "Last seen" is written at most this often. */
export const SEEN_EVERY_MS = 60_000;
