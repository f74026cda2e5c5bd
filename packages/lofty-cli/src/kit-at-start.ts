/** What every command needs of the kit, by name: loading the kit as a whole would load what no short command needs. */
export { nodeIo, withSecretFiles } from '@latchkey/auth-kit';
