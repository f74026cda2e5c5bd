// What a sign-in by the management API answers. The session itself travels in its cookie only.
import * as v from 'valibot';
import type { OpenedSession } from './open-session.ts';

export const openedAnswer = v.object({
  state: v.picklist(['signed-in', 'second-step-owed']),
  half: v.pipe(v.nullable(v.string()), v.description('For the second step, within ten minutes.')),
});

export const answerOfOpened = ({ session, secret }: OpenedSession): v.InferOutput<typeof openedAnswer> =>
  session.kind === 'half' ? { state: 'second-step-owed', half: secret } : { state: 'signed-in', half: null };
