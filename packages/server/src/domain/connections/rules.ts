// Who may act on a connection: the person whose consent it is.
import type { Rule } from '../operation.ts';
import type { Connection } from './connection.ts';

export const ownerOfConnection: Rule<Connection> = (_domain, asker, connection) =>
  connection.userId === asker.user.id;
