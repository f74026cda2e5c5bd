// Makes a client secret: shown once, kept as its SHA-256.
import { createRecordSecret, SECRET_PREFIX } from '../../secrets/record-secret.ts';
import type { Domain } from '../domain.ts';
import type { AppSecret } from './app.ts';

export const newClientSecret = async (
  domain: Domain,
  appId: number,
  nowMs: number,
): Promise<{ readonly row: AppSecret; readonly secret: string }> => {
  const id = await domain.stores.nextId();
  const { secret, hash, lastFour } = createRecordSecret(
    SECRET_PREFIX.clientSecret,
    id,
    domain.secrets.random,
  );
  return { row: { id, appId, hash, lastFour, createdAtMs: nowMs }, secret };
};
