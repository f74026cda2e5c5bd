/** Owns what an API's refusal means to a person: one sentence, the next step, and the exit code. */
import type { Context } from './context.ts';
import type { ExitCode } from './exit-code.ts';
import { exitCode } from './exit-code.ts';
import { loginCommands } from './methods.ts';
import type { MethodId } from './global-options.ts';
import { cellText, isObject, readJson } from './output/json-value.ts';
import { printable } from './output/printable.ts';

export type ApiError = {
  readonly status: number;
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly retryAfter: string | undefined;
};

export async function readApiError(response: Response): Promise<ApiError> {
  const body = readJson(await response.text().catch(() => ''));
  const text = (name: string): string | undefined => {
    const value = isObject(body) ? cellText(body[name]) : '';
    return value === '' ? undefined : printable(value).slice(0, 300);
  };
  return {
    status: response.status,
    code: text('code') ?? text('error'),
    message: text('message') ?? text('error_description'),
    retryAfter: response.headers.get('retry-after') ?? undefined,
  };
}

/** A refused call ends the command: stdout stays empty, stderr says what was answered and what to do. */
export function refuseCall(context: Context, request: string, error: ApiError, method: string): ExitCode {
  const code = error.code === undefined ? '' : `, code ${error.code}`;
  const said = error.message === undefined ? '' : ` ${error.message}`;
  const { exit, fix } = meaning(error, method);
  return context.refuse(
    {
      kind: 'rejected',
      reason: `${request} was refused (${error.status}${code}).${said}`,
      next: fix,
    },
    exit,
  );
}

function meaning(
  error: ApiError,
  method: string,
): { readonly exit: ExitCode; readonly fix: string | undefined } {
  switch (error.status) {
    case 401:
      return { exit: exitCode.expired, fix: signInAgain(method) };
    case 403:
      return { exit: exitCode.forbidden, fix: forbiddenFix(error.code) };
    case 404:
      return {
        exit: exitCode.failure,
        fix: 'check the path and the id; what you may not see is not found either',
      };
    case 429: {
      const wait = /^\d{1,6}$/.test(error.retryAfter ?? '') ? `in ${error.retryAfter} s` : 'in a minute';
      return { exit: exitCode.failure, fix: `too many requests: try again ${wait}` };
    }
    default: {
      if (error.status < 400) return { exit: exitCode.network, fix: redirectFix };
      const theirs = error.status >= 500;
      return {
        exit: exitCode.failure,
        fix: theirs ? 'try again; the server had a fault of its own' : undefined,
      };
    }
  }
}

/** The API never sends anybody elsewhere. */
const redirectFix = 'check the address and the proxy (a sign-in page between?); the saved sign-in is kept';

export function forbiddenFix(code: string | undefined): string {
  if (code === '200100') return 'its developer adds the permission; then sign in again';
  if (code === 'VENDOR_HAS_NO_PERMISSION')
    return 'ask its developer: this app may not use the API at the moment';
  return 'your role does not allow it; ask an administrator of your workspace';
}

export function signInAgain(method: string): string {
  return loginCommands[method as MethodId] ?? 'lofty-cli auth login-browser';
}
