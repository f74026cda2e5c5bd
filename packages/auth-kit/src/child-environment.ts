// What a program that we start is given of our environment: all but the secrets, which it has no need of and may log.

const secretName = /TOKEN|SECRET|PASSWORD|SESSION_ID|_KEY$/i;
/** The desktop's own: a number. */
const harmless = /^XDG_/;

export function isSecretVariable(name: string): boolean {
  return secretName.test(name) && !harmless.test(name);
}

export function childEnvironment(env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isSecretVariable(name)));
}
