// Somebody who may do an operation, so that nothing but the request itself can be in its way.
import type { ApiOperation } from '../table.ts';
import type { Persona } from './world.ts';

/** Whose it is: the vendor's things are asked for by the vendor, the desk's by the reviewer. */
export const senderOf = ({ id }: ApiOperation): Exclude<Persona, 'nobody'> => {
  if (id.startsWith('operate.') || id.startsWith('audit.')) return 'operator';
  if (id === 'apps.suspend' || id === 'apps.lift' || id === 'keys.import-legacy') return 'operator';
  if (id.startsWith('reviews.') || id === 'vendors.decide-qualification') return 'reviewer';
  return /^(?:apps|vendors|management-keys)\./.test(id) ? 'vendor' : 'user';
};
