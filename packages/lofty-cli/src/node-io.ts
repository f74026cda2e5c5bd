/** The kit's input and output, by name: loading the kit as a whole would load what no short command needs. */
export { nodeIo } from '@latchkey/auth-kit';
