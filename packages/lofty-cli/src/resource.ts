/** Owns the common course of a resource command: one call, its answer printed, its refusal explained. */
import type { Context } from './context.ts';
import type { ExitCode } from './exit-code.ts';
import { exitCode } from './exit-code.ts';
import type { Columns } from './output/text.ts';

export type ResourceCall = {
  readonly method: string;
  readonly path: string;
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  readonly columns?: Columns;
};

export async function callResource(context: Context, request: ResourceCall): Promise<ExitCode> {
  const session = context.session();
  if (!session.ok) return context.refuse(session.failure);
  const { method, path, body } = request;
  const answer = await session.value.call(withQuery(path, request.query ?? []), {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
  });
  if (!answer.ok) return context.refuse(answer.failure);
  if (!answer.response.ok) {
    const { readApiError, refuseCall } = await import('./api-errors.ts');
    const error = await readApiError(answer.response);
    return refuseCall(context, `${method} ${path.split('?')[0] ?? ''}`, error, answer.source.name);
  }
  const { readAnswer } = await import('./read-answer.ts');
  const text = await readAnswer(context.io, answer.response);
  if (!text.ok) return context.refuse(text.failure);
  await context.print(text.value, request.columns);
  return exitCode.ok;
}

function withQuery(path: string, query: readonly (readonly [string, string])[]): string {
  if (query.length === 0) return path;
  const added = query
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  return `${path}${path.includes('?') ? '&' : '?'}${added}`;
}
