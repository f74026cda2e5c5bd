// The transition table through the operations, over real stores of both kinds.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { databases } from '../../storage/testing/databases.ts';
import { ANSWERS, openDesk, type Desk } from '../../testing/review-desk.ts';
import { caused, startService, type Service } from '../../testing/service.ts';
import type { App } from '../apps/app.ts';
import { changeApp } from '../apps/change.ts';
import { publishEdit } from '../apps/publish-edit.ts';
import { submitEdit } from '../apps/submit-edit.ts';
import { submitApp } from '../apps/submit.ts';
import { perform } from '../operation.ts';
import { approve, decline } from './decide.ts';
import { transition, type LifecycleEvent, type Standing } from '../apps/lifecycle.ts';
import type { Submission } from './submission.ts';

const STALE = ['change', 'submit', 'submit-edit', 'publish', 'approve', 'decline'] as const;
type StaleForm = (typeof STALE)[number];

type Step =
  | {
      readonly kind:
        'change' | 'submit' | 'withdraw' | 'approve' | 'decline' | 'cancel' | 'publish' | 'discard';
    }
  /** Beside the table: an operator stops the app and lets it go on. */
  | { readonly kind: 'suspend' | 'lift' }
  /** A page that was open too long: every form on it names an older version. */
  | { readonly kind: 'stale'; readonly form: StaleForm }
  | { readonly kind: 'save'; readonly permissions: readonly string[] }
  | { readonly kind: 'submit-edit'; readonly publish: 'at-once' | 'by-hand' };

const ALL = ['me.get', 'leads.list', 'leads.get', 'leads.create'];

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .constantFrom('change', 'withdraw', 'decline', 'cancel', 'publish', 'discard')
      .map((kind) => ({ kind })),
  },
  { weight: 2, arbitrary: fc.constantFrom('suspend', 'lift').map((kind) => ({ kind })) },
  { weight: 3, arbitrary: fc.constantFrom(...STALE).map((form) => ({ kind: 'stale' as const, form })) },
  { weight: 4, arbitrary: fc.constantFrom('submit', 'approve').map((kind) => ({ kind })) },
  {
    weight: 4,
    arbitrary: fc
      .subarray(ALL, { minLength: 1 })
      .map((permissions) => ({ kind: 'save' as const, permissions })),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('at-once', 'by-hand')
      .map((publish) => ({ kind: 'submit-edit' as const, publish })),
  },
);

/** The row of the table that a step asks for, from where the app stands. */
const eventOf = (step: Step, open: Submission | undefined): LifecycleEvent | undefined => {
  const isEdit = open?.kind === 'edit';
  switch (step.kind) {
    case 'change':
    case 'submit':
    case 'withdraw':
      return step.kind;
    case 'approve':
      if (!isEdit) return 'approve';
      return open.publish === 'at-once' ? 'approve-and-publish-edit' : 'approve-edit';
    case 'decline':
      return isEdit ? 'decline-edit' : 'decline';
    case 'save':
      return open?.status === 'declined' ? 'change-edit' : undefined;
    case 'submit-edit':
      return open?.status === 'declined' ? 'resubmit-edit' : 'propose-edit';
    case 'cancel':
      return 'cancel-edit';
    case 'publish':
      return 'publish-edit';
    case 'discard':
      return open?.status === 'draft' ? undefined : 'discard-edit';
    case 'suspend':
    case 'lift':
    case 'stale':
      return undefined;
  }
};

/** One version behind what there is; where there was none, a form that was never shown. */
const sendStale = async (desk: Desk, app: App, form: StaleForm): Promise<string> => {
  const by = { asker: desk.vera, caused };
  const open = await desk.open(app);
  const live = await desk.current(app);
  const old = {
    app: app.publicId,
    version: (form === 'change' || form === 'submit' ? live : open)?.version ?? 0,
  };
  const stale = { ...old, version: Math.max(0, old.version - 1) };
  const decision = {
    review: String(open?.id ?? 0),
    version: stale.version,
    versionHash: open?.versionHash ?? '',
  };
  const answers = { ...ANSWERS, publish: 'at-once', note: '', acknowledged: true };
  const { domain } = desk;
  const sent = {
    change: () => perform(domain, changeApp, by, { ...stale, name: 'Slipped In' }),
    submit: () => perform(domain, submitApp, by, { ...stale, ...ANSWERS }),
    'submit-edit': () => perform(domain, submitEdit, by, { ...stale, ...answers }),
    publish: () => perform(domain, publishEdit, by, stale),
    approve: () => perform(domain, approve, { asker: desk.rory, caused }, decision),
    decline: () => perform(domain, decline, { asker: desk.rory, caused }, { ...decision, reason: 'No.' }),
  };
  const result = await sent[form]();
  assert.equal(result.ok, false, `${form} of an older version was done`);
  return 'stale';
};

const take = (desk: Desk, app: App, step: Step, count: number): Promise<string> => {
  switch (step.kind) {
    case 'change':
      return desk.change(app, `Name ${count}`);
    case 'submit':
      return desk.submit(app);
    case 'withdraw':
      return desk.withdraw(app);
    case 'approve':
      return desk.approve(app);
    case 'decline':
      return desk.decline(app);
    case 'save':
      return desk.choosePermissions(app, step.permissions);
    case 'submit-edit':
      return desk.submitEdit(app, step.publish);
    case 'cancel':
      return desk.cancel(app);
    case 'publish':
      return desk.publish(app);
    case 'discard':
      return desk.discard(app);
    case 'suspend':
    case 'lift':
      return desk.operate(app, step.kind);
    case 'stale':
      return sendStale(desk, app, step.form);
  }
};

const PUBLISHING: ReadonlySet<LifecycleEvent> = new Set(['publish-edit', 'approve-and-publish-edit']);

/** Judges one step against the table; answers where the app stands then. */
const checkStep = async (
  desk: Desk,
  app: App,
  step: Step,
  count: number,
  was: Standing,
): Promise<Standing> => {
  const open = await desk.open(app);
  const before = await desk.current(app);
  const event = eventOf(step, open);
  const answer = await take(desk, app, step, count);
  const now = await desk.standing(app);
  const live = await desk.current(app);
  const to = event === undefined ? was : transition(was, event);
  const about = `${step.kind} from ${JSON.stringify(was)} answered ${answer}`;
  if (answer === 'ok') assert.deepEqual(now, to, about);
  else {
    assert.deepEqual(now, was, about);
    // What the table allows is refused only where there is nothing to propose.
    if (event !== undefined && to !== undefined)
      assert.ok(step.kind === 'submit-edit' && ['wrong-status', 'nothing-changed'].includes(answer), about);
  }
  const publishes = answer === 'ok' && event !== undefined && PUBLISHING.has(event);
  if (!publishes) assert.equal(live.epoch, before.epoch, about);
  if (!publishes && step.kind !== 'change') {
    assert.equal(live.name, before.name, about);
    assert.equal(
      live.permissionSetId,
      before.permissionSetId,
      `${about}: nothing acts before it is published`,
    );
  }
  if (publishes) assert.equal(live.epoch, before.epoch + (open?.breaking === true ? 1 : 0), about);
  return now;
};

for (const database of databases) {
  describe(`an app's lifecycle on ${database.name}`, () => {
    let service: Service;
    let desk: Desk;
    before(async () => {
      service = await startService(database);
      desk = await openDesk(service);
    });
    after(() => service.close());

    it('no sequence of operations reaches a state that the table does not allow, and nothing pending acts [security 51, 53]', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 40 }), async (sequence) => {
          const app = await desk.newApp();
          let standing: Standing = { status: 'development' };
          for (const [count, step] of sequence.entries())
            standing = await checkStep(desk, app, step, count, standing);
        }),
        { numRuns: database.name === 'sqlite' ? 40 : 8 },
      );
    });

    const underReview = async (): Promise<App> => {
      const app = await desk.newApp();
      assert.equal(await desk.submit(app), 'ok');
      return app;
    };
    const editUnderReview = async (publish: 'at-once' | 'by-hand' = 'by-hand'): Promise<App> => {
      const app = await desk.newApp({ status: 'production' });
      assert.equal(await desk.choosePermissions(app, ALL), 'ok');
      assert.equal(await desk.submitEdit(app, publish), 'ok');
      return app;
    };
    const wins = (answers: readonly string[]): number => answers.filter((one) => one === 'ok').length;
    const ROUNDS = database.name === 'sqlite' ? 10 : 4;

    it('of many submissions at once one is made', async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const app = await desk.newApp();
        assert.equal(wins(await Promise.all(Array.from({ length: 6 }, () => desk.submit(app)))), 1);
        assert.deepEqual(await desk.standing(app), { status: 'under-review' });
      }
    });

    it('approve against withdraw, and two reviewers against each other: one wins, and the app is where it led', async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const one = await underReview();
        const [approved, withdrawn] = await Promise.all([desk.approve(one), desk.withdraw(one)]);
        assert.equal(wins([approved, withdrawn]), 1);
        assert.equal((await desk.standing(one)).status, approved === 'ok' ? 'production' : 'development');

        const two = await underReview();
        const [yes, no] = await Promise.all([desk.approve(two), desk.decline(two, desk.otherReviewer)]);
        assert.equal(wins([yes, no]), 1);
        assert.equal((await desk.standing(two)).status, yes === 'ok' ? 'production' : 'declined');
      }
    });

    it('approve against cancel, and publish against cancel: one wins, the epoch moves once or never', async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const one = await editUnderReview('at-once');
        const [approved, cancelled] = await Promise.all([desk.approve(one), desk.cancel(one)]);
        assert.equal(wins([approved, cancelled]), 1);
        assert.equal((await desk.current(one)).epoch, approved === 'ok' ? 2 : 1);
        const two = await editUnderReview();
        assert.equal(await desk.approve(two), 'ok');
        const answers = await Promise.all([desk.publish(two), desk.cancel(two), desk.publish(two)]);
        assert.equal(wins(answers), 1);
        assert.equal((await desk.current(two)).epoch, answers[1] === 'ok' ? 1 : 2);
      }
    });
  });
}
