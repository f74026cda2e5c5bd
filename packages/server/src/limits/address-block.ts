// The block of addresses that one source can choose from freely: /24 of IPv4, /64 of IPv6 [security 41, 63].
import { isIPv4, isIPv6 } from 'node:net';

const v4Block = (address: string): string => `${address.slice(0, address.lastIndexOf('.'))}.0/24`;

/** The eight groups of an IPv6 address; a dotted ending becomes two groups. */
const groupsOf = (address: string): number[] => {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const plain =
    dotted === null
      ? address
      : `${dotted[1]}${(Number(dotted[2]) * 256 + Number(dotted[3])).toString(16)}:${(Number(dotted[4]) * 256 + Number(dotted[5])).toString(16)}`;
  const [head = '', tail] = plain.split('::');
  const parse = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const before = parse(head);
  const after = tail === undefined ? [] : parse(tail);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  return [...before, ...Array<number>(zeros).fill(0), ...after];
};

/** Text that is no address shares the one block `unknown`: it is throttled, never let through uncounted. */
export const addressBlock = (ip: string): string => {
  const address = ip.includes('%') ? ip.slice(0, ip.indexOf('%')) : ip;
  if (isIPv4(address)) return v4Block(address);
  if (!isIPv6(address)) return 'unknown';
  const groups = groupsOf(address);
  const [g0, g1, g2, g3, g4, g5, g6 = 0, g7 = 0] = groups;
  const mapped = g0 === 0 && g1 === 0 && g2 === 0 && g3 === 0 && g4 === 0 && g5 === 0xffff;
  if (mapped) return v4Block(`${g6 >> 8}.${g6 & 255}.${g7 >> 8}.${g7 & 255}`);
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
};
