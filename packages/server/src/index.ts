// What a program that embeds the service takes from here: configure, serve, and the domain behind it.
export { ConfigError, readConfig, type Config } from './config.ts';
export { createLog, silentLog, type Log } from './telemetry/log.ts';
export { serve, type ServePorts, type Serving } from './serve.ts';
export { PortTaken, StartError } from './open-domain.ts';
export { createRecordSecret, SECRET_PREFIX } from './secrets/record-secret.ts';
export { publicId } from './domain/connections/grant.ts';
export { decline } from './domain/reviews/decide.ts';
export { exampleOf } from './domain/permissions/example.ts';
export { issueCode } from './domain/codes/issue-code.ts';
export { perform, type SignedIn } from './domain/operation.ts';
export { redeemCode } from './domain/codes/redeem-code.ts';
export { submitApp } from './domain/apps/submit.ts';
export { emailKey } from './domain/users/user.ts';
export type { ApiKey } from './domain/keys/key.ts';
export type { App } from './domain/apps/app.ts';
export type { Domain } from './domain/domain.ts';
export type { PlatformRole, User } from './domain/users/user.ts';
export type { Workspace } from './domain/workspaces/workspace.ts';
