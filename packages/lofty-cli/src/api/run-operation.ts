/** Owns a command that calls one endpoint: its path, query and body from what was typed, and the question before a loss. */
import { fail, ok } from '@latchkey/auth-kit';
import type { Result } from '@latchkey/auth-kit';
import { LosslessNumber } from 'lossless-json';
import type { CommandInput } from '../command.ts';
import { single } from '../command.ts';
import { confirm } from '../confirm.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-code.ts';
import type { JsonValue } from '../output/json-value.ts';
import { readJson, writeCompactJson } from '../output/json-value.ts';
import { readBody } from '../request-body.ts';
import { callResource } from '../resource.ts';
import { columnsOf } from './columns.ts';
import type { ApiOperation, ApiValue } from './operation.ts';
import { optionName } from './operation.ts';

export async function runOperation(
  operation: ApiOperation,
  context: Context,
  input: CommandInput,
): Promise<ExitCode> {
  const body = await bodyOf(operation, context, input);
  if (!body.ok) return context.refuse(body.failure);
  if (operation.method === 'DELETE' && !input.switches.has('yes')) {
    const what = [operation.summary, ...input.positionals].join(' ');
    const answer = await confirm(context, what);
    if (!answer.ok) return context.refuse(answer.failure);
  }
  const columns = columnsOf(operation.id);
  return await callResource(context, {
    method: operation.method,
    path: pathOf(operation, input),
    query: queryOf(operation, input),
    ...(body.value === undefined ? {} : { body: body.value }),
    ...(columns === undefined ? {} : { columns }),
  });
}

function pathOf({ path, values }: ApiOperation, { positionals }: CommandInput): string {
  return values
    .filter((value) => value.in === 'path')
    .reduce(
      (at, { wire }, index) => at.replace(`{${wire}}`, encodeURIComponent(positionals[index] ?? '')),
      path,
    );
}

function queryOf({ values }: ApiOperation, input: CommandInput): (readonly [string, string])[] {
  return values
    .filter((value) => value.in === 'query')
    .flatMap(({ wire, type }) => {
      const name = optionName(wire);
      if (type === 'switch') return input.switches.has(name) ? [[wire, 'true'] as const] : [];
      return (input.values[name] ?? []).map((given) => [wire, given] as const);
    });
}

async function bodyOf(
  { values, body }: ApiOperation,
  context: Context,
  input: CommandInput,
): Promise<Result<string | undefined>> {
  if (body === undefined) return ok(undefined);
  const fields = values.filter((value) => value.in === 'body');
  const given = fields.filter(({ wire }) => input.values[optionName(wire)] !== undefined);
  const data = single(input, 'data');
  const [field] = given;
  if (data !== undefined && field !== undefined) {
    return fail('configuration', `--data is the whole body, and --${optionName(field.wire)} a part of it`, {
      next: 'give one or the other',
    });
  }
  if (data !== undefined) return await readBody(context, data);
  const missing = fields.filter((each) => each.required === true && !given.includes(each));
  const [first] = missing.length > 0 ? missing : fields;
  if (missing.length > 0 || (body === 'required' && given.length === 0)) {
    const what =
      missing.length > 0 ? missing.map(({ wire }) => `--${optionName(wire)}`).join(', ') : 'a field';
    const option = `--${optionName(first?.wire ?? '')}`;
    return fail('configuration', `${what} is missing`, { next: `give ${option} and others, or --data` });
  }
  if (given.length === 0) return ok(undefined);
  const members = given.map((each) => [
    each.wire,
    bodyValue(each, input.values[optionName(each.wire)] ?? []),
  ]);
  return ok(writeCompactJson(Object.fromEntries(members) as Record<string, JsonValue>));
}

function bodyValue(value: ApiValue, given: readonly string[]): JsonValue {
  const each = given.map((text): JsonValue => {
    switch (value.type) {
      case 'integer':
      case 'number':
        return new LosslessNumber(text);
      case 'boolean':
        return text === 'true';
      case 'json':
        return readJson(text) ?? text;
      case 'switch':
      case 'text':
        return text;
    }
  });
  return value.many === true ? each : (each[0] ?? null);
}
