/** Owns `lofty-cli me`. */
import type { Run } from '../command.ts';
import { profilePath } from '../identity.ts';
import { callResource } from '../resource.ts';

export const run: Run = (context) => callResource(context, { method: 'GET', path: profilePath });
