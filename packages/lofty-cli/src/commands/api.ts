/** Owns `lofty-cli api`: any endpoint, the body sent exactly as given. */
import { ok } from '@latchkey/auth-kit';
import type { Run } from '../command.ts';
import { single } from '../command.ts';
import { readBody } from '../request-body.ts';
import { callResource } from '../resource.ts';

const bodyless = ['GET', 'HEAD'];

export const run: Run = async (context, input) => {
  const [method = '', path = ''] = input.positionals;
  const verb = method.toUpperCase();
  const data = single(input, 'data');
  if (data !== undefined && bodyless.includes(verb)) {
    return context.refuse({
      kind: 'configuration',
      reason: `a ${verb} request takes no --data`,
      next: 'use --query NAME=VALUE, or another method',
    });
  }
  const body = data === undefined ? ok(undefined) : await readBody(context, data);
  if (!body.ok) return context.refuse(body.failure);
  const query = (input.values['query'] ?? []).map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  return callResource(context, {
    method: verb,
    path,
    query,
    ...(body.value === undefined ? {} : { body: body.value }),
  });
};
