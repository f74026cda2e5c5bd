// The shape of every failure on Loomta's device endpoints: `{"error": value}` (document 004).
import type { Answer } from '../../http/exchange.ts';
import { jsonAnswer } from '../../http/answers.ts';

export const refuse = (status: number, error: string, retryAfterSeconds?: number): Answer => {
  const answer = jsonAnswer({ error }, status);
  if (retryAfterSeconds === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfterSeconds) } };
};
