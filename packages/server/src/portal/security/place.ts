// Where a session came from, in words and roughly: the block of the address, never a place on a map.
import { addressBlock } from '../../limits/address-block.ts';
import { placeWords } from '../words/security.ts';

/** `203.0.113.x`, `2001:db8:1:2::/64`. */
const blockText = (block: string): string =>
  block.endsWith('/24') ? block.replace(/\.0\/24$/, '.x') : block;

const isLoopback = (address: string, block: string): boolean =>
  address === '::1' || block.startsWith('127.') || address === '::ffff:127.0.0.1';

const PRIVATE = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|f[cd]|fe[89ab])/i;

export const placeText = (address: string, now: string): string => {
  const block = addressBlock(address);
  if (block === 'unknown') return placeWords.unknown;
  if (isLoopback(address, block)) return placeWords.thisComputer;
  const shown = blockText(block);
  if (block === addressBlock(now)) return placeWords.in(placeWords.thisNetwork, shown);
  return PRIVATE.test(block) ? placeWords.in(placeWords.privateNetwork, shown) : shown;
};
