// Who may: operators. For everybody else these operations are not there.
import type { Rule } from '../operation.ts';

export const byOperator: Rule<unknown> = (_domain, asker) => asker.user.platformRole === 'operator';
