// Which addresses of the internet we connect to when somebody else named the host: global unicast ones, and no other.
import { BlockList, isIP } from 'node:net';

/** IANA's special-purpose registry for IPv4, and what is no single host. */
const NOT_GLOBAL_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/** All that IANA gives to hosts. Mapped, NAT64, local, link-local and multicast addresses lie outside. */
const GLOBAL_V6 = ['2000::', 3] as const;

/** Inside it, but for protocols (Teredo), documentation, and IPv4 in disguise (6to4). */
const NOT_GLOBAL_V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const refused = new BlockList();
for (const [net, prefix] of NOT_GLOBAL_V4) refused.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of NOT_GLOBAL_V6) refused.addSubnet(net, prefix, 'ipv6');
const global = new BlockList();
global.addSubnet(...GLOBAL_V6, 'ipv6');

export const isPublicAddress = (address: string): boolean => {
  switch (isIP(address)) {
    case 4:
      return !refused.check(address, 'ipv4');
    case 6:
      return !address.includes('%') && global.check(address, 'ipv6') && !refused.check(address, 'ipv6');
    default:
      return false;
  }
};
