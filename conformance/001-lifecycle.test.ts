// Document 001, "App lifecycle": development, under review, production, declined, and what each allows.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ownApp, productionApp, vendor } from './apps/known.ts';
import { authorizeAddress, bearer, call, codeFor, redeem, refresh, tokensOf } from './apps/tokens.ts';
import type { App } from './apps/tokens.ts';
import { assertProblemPage } from './expect.ts';
import { choosePermissions, DASHBOARD, openApp, register, uniqueName } from './person/developer.ts';
import { setLimit } from './person/operator.ts';
import { approve, CALLBACK, completeApp, decline, openReview, submitForReview } from './person/review.ts';
import { signedInAs } from './person/sign-in.ts';
import { personAs } from './target.ts';

const stranger = personAs('stranger');

const limitOf = async (access: string): Promise<string | undefined> => {
  const reply = await call('/v1.0/me', bearer(access));
  assert.equal(reply.status, 200, reply.text);
  return String(reply.headers['x-ratelimit-limit']);
};

const overview = async (app: App): Promise<string> =>
  (await openApp(await signedInAs(vendor), app.name)).text;

const opensForStranger = async (app: App): Promise<number> =>
  (await (await signedInAs(stranger)).open(authorizeAddress(app))).reply.status;

describe('document 001: the stages of an app', () => {
  it('registers with name, description and several redirect URIs, each of which may be used', async () => {
    const person = await signedInAs(vendor);
    const redirectUris = [CALLBACK, 'https://app.example/other'];
    const made = await ownApp('Several Ways Back', { redirectUri: CALLBACK });
    const settings = await openApp(person, made.name, 'settings');
    const wider = await person.press(settings, 'Add another address');
    await person.press(wider, 'Save changes', { redirectUri: redirectUris, description: 'Two ways back.' });
    assert.match((await openApp(person, made.name, 'settings')).reply.text, /Two ways back\./);
    for (const redirectUri of redirectUris) {
      const app = { ...made, redirectUri };
      assert.equal((await redeem(app, await codeFor(person, app))).status, 200, redirectUri);
    }
  });

  it('sends nothing for review by itself: a new app is in no queue', async () => {
    const name = uniqueName('Never Asked');
    await register(await signedInAs(vendor), { name, kind: 'public', redirectUri: CALLBACK });
    const queue = await (await signedInAs(personAs('reviewer'))).open('/review');
    assert.equal(queue.reply.status, 200);
    assert.ok(!queue.text.includes(name));
  });

  it('Under Review: waits for a reviewer, and works on in Development Mode at 100 requests a minute', async () => {
    const { app, tokens } = await completeApp('Waiting');
    const after = await submitForReview(app);
    assert.match(after.text, /Under Review/);
    assert.match(await overview(app), /Under Review/);
    assert.equal((await openReview(app)).reply.status, 200);
    assert.equal(await limitOf(tokens.access), '100');
    const person = await signedInAs(vendor);
    assert.equal((await redeem(app, await codeFor(person, app))).status, 200);
    assert.equal(await opensForStranger(app), 403);
  });

  it('Under Review: locked, until the vendor withdraws it', async () => {
    const { app } = await completeApp('Locked');
    const person = await signedInAs(vendor);
    const before = await openApp(person, app.name, 'settings');
    await submitForReview(app);
    const locked = await openApp(person, app.name, 'settings');
    assert.ok(!locked.forms.some(({ buttons }) => buttons.some(({ text }) => text === 'Save changes')));
    const late = await person.press(before, 'Save changes', { name: `${app.name} changed` });
    assert.ok(late.reply.status >= 400 && late.reply.status < 500, String(late.reply.status));
    assert.ok(!(await person.open(DASHBOARD)).text.includes(`${app.name} changed`));
    await person.press(await openApp(person, app.name, 'review'), 'Withdraw');
    const open = await openApp(person, app.name, 'settings');
    await person.press(open, 'Save changes', { name: `${app.name} changed` });
    assert.ok((await person.open(DASHBOARD)).text.includes(`${app.name} changed`));
  });

  it('Production: approved, real users can authorize it, at 500 requests a minute', async () => {
    const { app, tokens } = await completeApp('Goes Live');
    assertProblemPage((await (await signedInAs(stranger)).open(authorizeAddress(app))).reply, [403]);
    await submitForReview(app);
    await approve(app);
    assert.match(await overview(app), /Production/);
    const { access } = tokensOf(await redeem(app, await codeFor(await signedInAs(stranger), app)));
    assert.equal(await limitOf(access), '500');
    assert.equal(await limitOf(tokens.access), '500', 'tokens of before go on');
  });

  it('Declined: not open to others, edited freely with effect at once, and resubmitted at any time', async () => {
    const { app, tokens } = await completeApp('Tries Again');
    await submitForReview(app);
    await decline(app, 'The description says too little.');
    assert.match(await overview(app), /Declined/);
    assert.equal(await limitOf(tokens.access), '100');
    assert.equal(await opensForStranger(app), 403);
    const person = await signedInAs(vendor);
    const redirectUri = 'https://app.example/moved';
    const settings = await openApp(person, app.name, 'settings');
    await person.press(settings, 'Save changes', { description: 'Says more now.', redirectUri });
    const moved = { ...app, redirectUri };
    assert.equal((await redeem(moved, await codeFor(person, moved))).status, 200);
    assert.match((await submitForReview(app)).text, /Under Review/);
    assert.match((await openReview(app)).text, /Says more now\./);
    await approve(app);
    assert.notEqual(await opensForStranger(moved), 403);
  });

  it('takes no decision twice, and none by somebody who is no reviewer [security 53]', async () => {
    const { app } = await completeApp('Decided Once');
    await submitForReview(app);
    const desk = await signedInAs(personAs('reviewer'));
    const page = await openReview(app);
    for (const who of [vendor, stranger, personAs('agent')]) {
      const other = await signedInAs(who);
      assert.equal((await other.open(page.url.pathname)).reply.status, 404, who.role);
      const forged = await other.forge(page, 'Approve', {});
      assert.ok(forged.status >= 400 && forged.status < 500, `${who.role}: ${forged.status}`);
    }
    assert.match(await overview(app), /Under Review/);
    await desk.press(page, 'Approve');
    const again = await desk.forge(page, 'Decline', { filled: { reason: 'Too late.' } });
    assert.ok(again.status >= 400 && again.status < 500, String(again.status));
    assert.match(await overview(app), /Production/);
  });
});

describe('document 001: limits and remedies', () => {
  it('holds an app to a limit of its own, where an operator set one', async () => {
    const { app, tokens } = await completeApp('Slowed Down');
    await setLimit(app, '7');
    assert.equal(await limitOf(tokens.access), '7');
    assert.match(await overview(app), /7 requests\/min/);
    await setLimit(app, '');
    assert.match(await overview(app), /100 requests\/min/);
  });

  it('lets a missing permission be granted in the portal, and used after authorizing again', async () => {
    const app = await ownApp('Remedied', { permissions: ['me.get'] });
    const person = await signedInAs(vendor);
    const first = tokensOf(await redeem(app, await codeFor(person, app)));
    assert.equal((await call('/v1.0/leads', bearer(first.access))).status, 403);
    await choosePermissions(person, app.name, ['me.get', 'leads.list']);
    const second = tokensOf(await redeem(app, await codeFor(person, app)));
    assert.equal((await call('/v1.0/leads', bearer(second.access))).status, 200);
    assert.equal((await refresh(app, first.refresh)).status, 200);
  });

  it('sends the three rate headers with every answer to an app, also with refusals', async () => {
    const { access } = tokensOf(
      await redeem(productionApp, await codeFor(await signedInAs(stranger), productionApp)),
    );
    for (const [path, status] of [
      ['/v1.0/me', 200],
      ['/v1.0/org', 403],
      ['/v1.0/nothing', 404],
    ] as const) {
      const reply = await call(path, bearer(access));
      assert.equal(reply.status, status, reply.text);
      for (const name of ['limit', 'remaining', 'reset'])
        assert.match(String(reply.headers[`x-ratelimit-${name}`]), /^\d+$/, `${path} ${name}`);
    }
  });
});
