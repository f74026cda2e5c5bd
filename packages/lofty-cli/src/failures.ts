/** Owns what each kind of failure means to a script. */
import type { Failure } from '@latchkey/auth-kit';
import type { ExitCode } from './exit-code.ts';
import { exitCode } from './exit-code.ts';

export function exitCodeOf(failure: Failure): ExitCode {
  switch (failure.kind) {
    case 'network':
    case 'server':
      return exitCode.network;
    case 'rejected':
    case 'expired':
      return exitCode.expired;
    case 'not-signed-in':
      return exitCode.notSignedIn;
    case 'configuration':
    case 'insecure':
      return exitCode.usage;
    case 'cancelled':
      return exitCode.cancelled;
    case 'denied':
    case 'storage':
      return exitCode.failure;
  }
}
