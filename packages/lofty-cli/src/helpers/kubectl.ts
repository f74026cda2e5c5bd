/** Owns the ExecCredential of client-go credential plugins (client.authentication.k8s.io). */
import type { Credential, Result } from '@latchkey/auth-kit';
import { fail, ok } from '@latchkey/auth-kit';

const versions = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];

/** kubectl says in KUBERNETES_EXEC_INFO which version it speaks; by hand it is not set. */
export function execVersion(info: string | undefined): Result<string> {
  if (info === undefined || info === '') return ok(versions[0] ?? '');
  let asked: unknown;
  try {
    asked = (JSON.parse(info) as { readonly apiVersion?: unknown } | null)?.apiVersion;
  } catch {
    asked = undefined;
  }
  if (typeof asked === 'string' && versions.includes(asked)) return ok(asked);
  return fail('configuration', 'KUBERNETES_EXEC_INFO asks for a version that is not known here', {
    next: `write apiVersion: ${versions[0]} into the exec section of your kubeconfig`,
  });
}

export function execCredential(apiVersion: string, { token, expiresAt }: Credential): string {
  const expires = expiresAt === undefined ? {} : { expirationTimestamp: secondsOnly(expiresAt) };
  return JSON.stringify({ kind: 'ExecCredential', apiVersion, spec: {}, status: { ...expires, token } });
}

/** RFC 3339 without fractions, which Go's reader of metav1.Time takes everywhere. */
function secondsOnly(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
