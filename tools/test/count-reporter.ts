// A node:test reporter that writes one line of JSON at the end: how many passed, failed and were skipped, and why.
import type { TestEvent } from 'node:test/reporters';

export type Counts = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
};

const isSuite = (details: unknown): boolean => (details as { readonly type?: string }).type === 'suite';

/** A suite is only a heading, unless something outside its tests failed it. */
export default async function* count(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let passed = 0;
  let failed = 0;
  const skipped: string[] = [];
  for await (const event of source) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { details, skip, todo, name } = event.data;
    if (isSuite(details) && event.type === 'test:pass') continue;
    if (skip !== undefined && skip !== false)
      skipped.push(typeof skip === 'string' ? `${name}: ${skip}` : name);
    else if (event.type === 'test:pass') passed += 1;
    else if (todo === undefined || todo === false) failed += 1;
  }
  yield `${JSON.stringify({ passed, failed, skipped } satisfies Counts)}\n`;
}
