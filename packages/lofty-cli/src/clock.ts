/** Owns how a wrong clock is told. */
import { span } from './words.ts';

/** Below this no token is judged wrongly; people's clocks are seldom closer than some seconds. */
export const noteworthySkewMs = 120_000;

/** `clockSkewMs` is this machine's clock minus the server's. */
export function skewWords(clockSkewMs: number): string {
  return `this computer is ${span(clockSkewMs)} ${clockSkewMs > 0 ? 'ahead of' : 'behind'} the server`;
}
