// Passwords of invented people: easy to type from a screen, made anew for every data folder.
import { randomInt } from 'node:crypto';

const first =
  'kestrel maple linen cobalt pewter amber willow saffron juniper copper velvet harvest marble cedar indigo russet meadow falcon ivory clover'.split(
    ' ',
  );
const second =
  'orbit quartz harbor fern ridge lantern summit garden river canyon bridge meadow prairie anchor forest island valley beacon pebble thicket'.split(
    ' ',
  );

/** Such as `kestrel-orbit-41`; for a demo on loopback only. */
export const inventPassword = (): string =>
  `${first[randomInt(first.length)]}-${second[randomInt(second.length)]}-${String(randomInt(100)).padStart(2, '0')}`;
