// Who may act on an API key: the person who made it.
import type { Rule } from '../operation.ts';
import type { ApiKey } from './key.ts';

export const ownerOfKey: Rule<ApiKey> = (_domain, asker, key) => key.userId === asker.user.id;
