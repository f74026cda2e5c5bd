// `auth:logout`: deletes the credentials file. The key itself lives on, and the person is told so.
import { displayPath, removePrivateFile, symbols } from '@latchkey/auth-kit';
import type { Io } from '@latchkey/auth-kit';
import { credentialsPath, pendingPath } from '../credentials.ts';
import { done } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';

export async function authLogout(io: Io): Promise<Outcome> {
  const path = credentialsPath(io);
  const shown = displayPath(path, io);
  const removed = await removePrivateFile(path);
  await removePrivateFile(pendingPath(io));
  const lines = removed
    ? [`Deleted ${shown}.`, 'The key itself stays valid until you revoke it in Settings > API Keys.']
    : [`Nothing to delete: ${shown} is not there.`];
  if ((io.env['LOOMTA_API_KEY'] ?? '').trim() !== '') {
    lines.push(`${symbols(io).note} LOOMTA_API_KEY is set, so commands still use that key.`);
  }
  io.stderr.write(`${lines.join('\n')}\n`);
  return done({ status: 'logged_out', removed });
}
