#!/usr/bin/env node
// `latchkey start --config FILE`: a production start. It makes no people and no default passwords.
import { parseArgs } from 'node:util';
import { ConfigError, loadConfig } from './config.ts';
import type { Domain } from './domain/domain.ts';
import { offerOperatorClaim } from './domain/operate/claim.ts';
import { StartError } from './open-domain.ts';
import { serve } from './serve.ts';
import { createLog } from './telemetry/log.ts';

const USAGE = 'Usage: latchkey start [--config latchkey.yaml]\n';

const fail = (text: string, code: number): never => {
  process.stderr.write(`${text}\n`);
  process.exit(code);
};

const readArguments = (): { readonly config: string } => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        config: { type: 'string', default: 'latchkey.yaml' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help === true) {
      process.stdout.write(USAGE);
      process.exit(0);
    }
    if (positionals.join(' ') !== 'start') fail(`Unknown command. ${USAGE}`, 2);
    return { config: values.config };
  } catch (error) {
    return fail(`${(error as Error).message}\n${USAGE}`, 2);
  }
};

/** On the console only, never in the log: whoever reads it becomes the first operator [security 67]. */
const showOperatorClaim = async (domain: Domain): Promise<void> => {
  const link = await offerOperatorClaim(domain);
  if (link === undefined) return;
  process.stdout.write(
    `There is no operator yet. Open this link within an hour to become the first one; it works once:\n${link}\n`,
  );
};

const start = async (): Promise<void> => {
  const { config } = readArguments();
  try {
    const log = createLog((line) => void process.stderr.write(line), Date.now);
    const loaded = loadConfig(config, process.env);
    const serving = await serve(loaded, { log });
    await showOperatorClaim(serving.domain);
    log.info('started', { issuer: loaded.issuer, port: serving.port });
    const stop = (): void => void serving.close().then(() => process.exit(0));
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  } catch (error) {
    if (error instanceof ConfigError || error instanceof StartError) fail(error.message, 1);
    throw error;
  }
};

await start();
