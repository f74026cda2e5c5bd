// The whole road in a real browser: a vendor who has never been here gets from sign-up to a published update, with a test
// user, a reviewer and a stranger on the way. Each step stands on the one before it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptTesting, connect, disconnect, signedInAs } from './road/connector.ts';
import { linkIn, mailTo } from './road/mail.ts';
import { reviewerIn } from './road/reviewer.ts';
import {
  answerReviewer,
  choosePermissions,
  inviteTester,
  NORA,
  openTab,
  register,
  signUp,
  submitUpdate,
} from './road/vendor.ts';
import { startVendorApp, type Tokens } from './road/vendor-app.ts';
import { follow, heading, press } from './visitor.ts';
import { openWorld } from './world.ts';

const APP = 'Visit Planner';
const REASON = 'Nobody can tell what the app plans.\n- Say in the description whose visits these are.';
const NOTE = 'We now add the people you meet on the way.';

const world = await openWorld();
const app = await startVendorApp(world.issuer);
const nora = await world.newPage();
const rory = await reviewerIn(world);
const ari = world.person('agent');
const sam = world.person('stranger');
const asAri = await signedInAs(world, ari);
const asSam = await signedInAs(world, sam);

const statusOf = async (tokens: Tokens): Promise<number> => (await app.call(tokens)).status;
const limitOf = async (tokens: Tokens): Promise<string | null> => {
  const answer = await app.call(tokens);
  assert.equal(answer.status, 200);
  return answer.headers.get('x-ratelimit-limit');
};
const nextStep = () => nora.getByRole('region').filter({ hasText: 'Next step' });
const waitFor = (text: string | RegExp) => nora.getByText(text).first().waitFor();

test('the whole road, from sign-up to a breaking update and the last disconnect', async (road) => {
  let broken = false;
  const step = (name: string, run: () => Promise<void>): Promise<void> =>
    road.test(name, { skip: broken && 'a step before it failed' }, async () => {
      broken = true;
      await run();
      broken = false;
    });
  let ofAri: Tokens | undefined;
  let ofSam: Tokens | undefined;
  const tokensOf = (tokens: Tokens | undefined): Tokens => tokens ?? assert.fail('nobody connected');

  await step('a vendor signs up with the code from their mail', () => signUp(world, nora));

  await step(
    'they register an app; its credentials come at once, and nothing is sent for review',
    async () => {
      app.use(await register(nora, APP, app.redirectUri));
      await follow(nora, 'Go to the app');
      assert.equal(await heading(nora), APP);
      await waitFor('Development Mode');
      await nextStep().getByRole('link', { name: 'Choose permissions' }).click();
      await choosePermissions(nora, [
        'See your name, e-mail address and phone number',
        'View leads, with their contact details',
      ]);
      await openTab(world, nora, APP, 'Overview');
      await nextStep().getByRole('link', { name: 'Run the walk-through' }).waitFor();
    },
  );

  await step('a stranger cannot connect it in development', async () => {
    await asSam.goto(app.begin().url);
    await asSam.getByText('is still in development and not open to you').waitFor();
  });

  await step('an invited test user accepts, connects and is served at 100 requests a minute', async () => {
    await openTab(world, nora, APP, 'Test users');
    await inviteTester(nora, ari.email);
    await acceptTesting(world, asAri, ari.email, APP);
    ofAri = await connect(asAri, app, 'Northside Realty');
    assert.equal(await limitOf(ofAri), '100');
  });

  await step('with everything done the app is submitted, and locked meanwhile', async () => {
    await openTab(world, nora, APP, 'Overview');
    await nextStep().getByRole('link', { name: 'Submit for review' }).click();
    await nora.getByRole('heading', { name: 'What a review needs' }).waitFor();
    assert.equal(await nora.getByText('Missing').count(), 0);
    await answerReviewer(nora);
    await press(nora, 'Submit for review');
    await waitFor(/Under Review since/);
    assert.equal(await statusOf(tokensOf(ofAri)), 200, 'it works on in Development Mode');
  });

  await step(
    'the reviewer declines with a reason, which the vendor reads on the page and in a mail',
    async () => {
      await rory.decline(APP, REASON);
      const mail = await mailTo(world, NORA.email, `${APP} was declined`);
      assert.match(mail, /Nobody can tell what the app plans\./);
      await openTab(world, nora, APP, 'Review');
      await waitFor('Nobody can tell what the app plans.');
      await waitFor('Say in the description whose visits these are.');
    },
  );

  await step('the vendor puts it right and resubmits; the reviewer approves', async () => {
    await openTab(world, nora, APP, 'Settings');
    await nora.getByLabel('Description').fill('Plans the visits of an agent on a map.');
    await press(nora, 'Save changes');
    await openTab(world, nora, APP, 'Review');
    await press(nora, 'Resubmit');
    await waitFor(/Under Review since/);
    const desk = await rory.open(APP);
    await desk.getByText('Plans the visits of an agent on a map.').first().waitFor();
    await rory.approve(APP);
    await mailTo(world, NORA.email, `${APP} is approved`);
  });

  await step('in production the stranger connects and is served at 500 requests a minute', async () => {
    // A raised limit holds from the next minute on.
    world.pass(60_000);
    ofSam = await connect(asSam, app);
    assert.equal(await limitOf(ofSam), '500');
    assert.equal(await limitOf(tokensOf(ofAri)), '500', 'who was there before stays');
  });

  await step('a standard update is reviewed and published at once; nobody is signed out', async () => {
    await openTab(world, nora, APP, 'Review');
    await follow(nora, 'Propose an update');
    await nora.getByLabel('Description').fill('Plans the visits of an agent on a map, by car or on foot.');
    await press(nora, 'Review changes');
    await waitFor('Standard update');
    await waitFor('No permission is added: every connection stays as it is.');
    await submitUpdate(nora, { publish: /at once on approval/ });
    await waitFor('Update Submitted');
    await rory.approve(APP);
    await openTab(world, nora, APP, 'Settings');
    await waitFor(/by car or on foot/);
    for (const tokens of [ofAri, ofSam]) {
      assert.equal(await statusOf(tokensOf(tokens)), 200);
    }
  });

  await step(
    'a breaking update says whom it signs out, waits for its review, and acts on nobody until it is published',
    async () => {
      await openTab(world, nora, APP, 'Permissions');
      await choosePermissions(nora, ['Create leads']);
      await press(nora, 'Review changes');
      await waitFor('Breaking update');
      await waitFor(/signs out all 2 connections/);
      await submitUpdate(nora, { publish: /when I press Publish/, note: NOTE, told: true });
      await waitFor('Update Submitted — Re-authorization Required');
      const desk = await rory.open(APP);
      await desk.getByText('2 connections would have to authorize again').waitFor();
      await rory.approve(APP);
      for (const tokens of [ofAri, ofSam]) assert.equal(await statusOf(tokensOf(tokens)), 200);
    },
  );

  await step('published, it ends every older token at the gateway, and people are told why', async () => {
    await openTab(world, nora, APP, 'Review');
    await follow(nora, 'Publish now');
    await waitFor(/2 connections are signed out/);
    await press(nora, 'Publish now');
    await nora.getByText('This app is in production.').waitFor();
    for (const tokens of [ofAri, ofSam]) {
      assert.equal(await statusOf(tokensOf(tokens)), 401);
      assert.equal((await app.refresh(tokensOf(tokens))).status, 400);
    }
    const mail = await mailTo(world, sam.email, `${APP} needs your permission again`);
    assert.ok(mail.includes(NOTE));
    assert.ok(linkIn(mail).startsWith(world.issuer));
  });

  await step('the stranger authorizes again, sees what is new and why, and is served again', async () => {
    await asSam.goto(app.begin().url);
    assert.equal(await heading(asSam), `${APP} needs your permission again`);
    await asSam.getByText(NOTE).waitFor();
    await asSam.getByText('New', { exact: true }).first().waitFor();
    const old = tokensOf(ofSam);
    ofSam = await connect(asSam, app);
    assert.equal(await statusOf(ofSam), 200);
    assert.equal(await statusOf(old), 401);
  });

  await step('disconnected, the app’s next call fails', async () => {
    await disconnect(world, asSam, APP);
    assert.equal(await statusOf(tokensOf(ofSam)), 401);
    assert.equal((await app.refresh(tokensOf(ofSam))).status, 400);
  });
});
