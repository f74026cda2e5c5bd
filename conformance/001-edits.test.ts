// Document 001, "Updating a production app": reviewed edits, what they do to connections, locking, cancelling, declining.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { vendor } from './apps/known.ts';
import {
  authorizeAddress,
  bearer,
  call,
  codeFor,
  json,
  redeem,
  refresh,
  text,
  tokensOf,
} from './apps/tokens.ts';
import type { App, Tokens } from './apps/tokens.ts';
import {
  assertBadCredentials,
  assertBody,
  assertOAuthError,
  assertProblemPage,
  NO_PERMISSION,
} from './expect.ts';
import { choosePermissions, openApp } from './person/developer.ts';
import { mailOf, wasMailed } from './person/mails.ts';
import type { Page } from './person/person.ts';
import {
  approve,
  decline,
  draftEdit,
  endEdit,
  openReview,
  productionAppOf,
  submitEdit,
} from './person/review.ts';
import { CONNECTIONS } from './person/settings.ts';
import { signedInAs } from './person/sign-in.ts';
import { personAs } from './target.ts';

const stranger = personAs('stranger');
const NEW_CALLBACK = 'https://app.example/new';
const CONTACT = 'contact@app.example';
const AMBER = /Update Submitted — Re-authorization Required/;

const consentOf = async (app: App): Promise<Page> => (await signedInAs(stranger)).open(authorizeAddress(app));
const tokensFor = async (app: App): Promise<Tokens> =>
  tokensOf(await redeem(app, await codeFor(await signedInAs(stranger), app)));
const assertAlive = async (app: App, { access, refresh: token }: Tokens): Promise<void> => {
  assert.equal((await call('/v1.0/me', bearer(access))).status, 200);
  assert.equal((await refresh(app, token)).status, 200);
};
const vendorSees = async (app: App, tab = ''): Promise<Page> =>
  openApp(await signedInAs(vendor), app.name, tab);
const hasButton = (page: Page, words: string): boolean =>
  page.forms.some(({ buttons }) => buttons.some((button) => button.text === words));

/** Proposes one permission more, as a draft. */
const addPermission = async (app: App): Promise<void> => {
  await choosePermissions(await signedInAs(vendor), app.name, ['me.get', 'leads.list', 'leads.create']);
};
const TOLD = { note: 'It can now add leads that you dictate.', told: true } as const;

describe('document 001: an edit is reviewed before it takes effect', () => {
  it('keeps the approved configuration in force during review, and takes effect once approved [security 51]', async () => {
    const { app } = await productionAppOf('Edited');
    const proposed = { name: `${app.name} Two`, description: 'Another text.', redirectUri: NEW_CALLBACK };
    const moved = { ...app, redirectUri: NEW_CALLBACK };
    const assertOld = async (): Promise<void> => {
      const page = await consentOf(app);
      assert.ok(page.text.includes(app.name) && !page.text.includes(proposed.name));
      await tokensFor(app);
      assertProblemPage((await consentOf(moved)).reply, [400]);
    };
    await draftEdit(app, proposed);
    await assertOld();
    await submitEdit(app);
    await assertOld();
    await approve(app);
    assert.ok((await consentOf(moved)).text.includes(proposed.name));
    await tokensFor(moved);
    assertProblemPage((await consentOf(app)).reply, [400]);
  });

  it('shows the reviewer each difference of the edit, and nothing that was slipped in later [security 51]', async () => {
    const { app } = await productionAppOf('Compared');
    await draftEdit(app, { description: 'Seen by the reviewer.' });
    await submitEdit(app);
    const seen = await openReview(app);
    assert.match(seen.text, /Shows the leads of an agent on a board\..*Seen by the reviewer\./);
    await endEdit(app, 'cancel');
    await draftEdit(app, { description: 'Slipped in.' });
    await submitEdit(app);
    const late = await (await signedInAs(personAs('reviewer'))).forge(seen, 'Approve', {});
    assert.ok(late.status >= 400 && late.status < 500, String(late.status));
    assert.doesNotMatch((await vendorSees(app, 'history')).text, /Published an update/);
  });

  it('waits, once approved, for the vendor to publish it where the vendor chose so', async () => {
    const { app } = await productionAppOf('By Hand');
    await draftEdit(app, { name: `${app.name} Two` });
    await submitEdit(app, { publish: 'by-hand' });
    await approve(app);
    assert.ok(!(await consentOf(app)).text.includes(`${app.name} Two`));
    await endEdit(app, 'publish');
    assert.ok((await consentOf(app)).text.includes(`${app.name} Two`));
  });
});

describe('document 001: non-breaking changes', () => {
  const changes = {
    'the name': (app: App) => draftEdit(app, { name: `${app.name} Renamed` }),
    'the description': (app: App) => draftEdit(app, { description: 'Said in another way.' }),
    'the redirect URIs': (app: App) => draftEdit(app, { redirectUri: NEW_CALLBACK }),
    'fewer permissions': async (app: App) =>
      choosePermissions(await signedInAs(vendor), app.name, ['me.get']),
  } as const;

  it('leave existing connections alive during review and after: name, description, redirect URIs, fewer permissions [security 52]', async () => {
    const published: App[] = [];
    for (const [what, change] of Object.entries(changes)) {
      const { app } = await productionAppOf(`Keeps ${what}`);
      const tokens = await tokensFor(app);
      await change(app);
      const after = await submitEdit(app);
      assert.match(after.text, /Update Submitted/, what);
      assert.doesNotMatch((await vendorSees(app)).text, AMBER, what);
      await assertAlive(app, tokens);
      await approve(app);
      await assertAlive(app, tokens);
      const connections = await (await signedInAs(stranger)).open(CONNECTIONS);
      assert.ok(connections.text.includes(app.name), what);
      published.push(app);
    }
    for (const { name } of published)
      assert.equal(await wasMailed(`${name} needs your permission again`), false, name);
  });

  it('removing a permission: the endpoint is refused with 403 once published, to every token', async () => {
    const { app } = await productionAppOf('Gives Back');
    const tokens = await tokensFor(app);
    await choosePermissions(await signedInAs(vendor), app.name, ['me.get']);
    await submitEdit(app);
    assert.equal((await call('/v1.0/leads', bearer(tokens.access))).status, 200);
    await approve(app);
    assertBody(await call('/v1.0/leads', bearer(tokens.access)), 403, NO_PERMISSION);
    await assertAlive(app, tokens);
  });
});

describe('document 001: breaking changes', () => {
  it('adding a permission: tokens live on during review, and every one is invalid once published [security 52]', async () => {
    const { app, tokens: first } = await productionAppOf('Grows');
    const second = await tokensFor(app);
    await addPermission(app);
    await submitEdit(app, TOLD);
    const pending = await codeFor(await signedInAs(stranger), app);
    for (const tokens of [first, second]) await assertAlive(app, tokens);
    await approve(app);
    for (const { access, refresh: token } of [first, second]) {
      assertBadCredentials(await call('/v1.0/me', bearer(access)));
      assertOAuthError(await refresh(app, token), 400, 'invalid_grant');
    }
    assertOAuthError(await redeem(app, pending), 400, 'invalid_grant');
  });

  it('existing users must authorize again, and the new token has the new permission', async () => {
    const { app } = await productionAppOf('Asks Again');
    const before = await tokensFor(app);
    await addPermission(app);
    await submitEdit(app, TOLD);
    await approve(app);
    assertBadCredentials(await call('/v1.0/leads', bearer(before.access)));
    const connections = await (await signedInAs(stranger)).open(CONNECTIONS);
    assert.match(connections.text, new RegExp(`${RegExp.escape(app.name)} changed what it asks for`));
    const consent = await consentOf(app);
    assert.ok(consent.text.includes(`${app.name} needs your permission again`));
    assert.ok(consent.text.includes(TOLD.note));
    const reply = await redeem(app, await codeFor(await signedInAs(stranger), app));
    assert.ok(text(json(reply)['scope']).split(' ').includes('leads.create'));
    await assertAlive(app, tokensOf(reply));
  });

  it('asks each connected person by mail to authorize again, in the words of the vendor', async () => {
    const { app } = await productionAppOf('Writes Again');
    await tokensFor(app);
    await addPermission(app);
    await submitEdit(app, TOLD);
    await approve(app);
    const mail = await mailOf(`${app.name} needs your permission again`, stranger.email);
    assert.ok(mail.includes(TOLD.note), mail);
  });

  it('warns the vendor before submission, with how many must authorize again, and wants users to be notified first', async () => {
    const { app } = await productionAppOf('Warned');
    await tokensFor(app);
    await addPermission(app);
    const shown = await vendorSees(app, 'edit/changes');
    assert.match(shown.text, /Breaking/);
    assert.match(shown.text, /2 connections/);
    assert.match(shown.text, /authorize again/);
    const refused = await submitEdit(app, { note: TOLD.note });
    assert.equal(refused.reply.status, 400);
    assert.doesNotMatch((await vendorSees(app)).text, AMBER);
    await submitEdit(app, TOLD);
    assert.match((await vendorSees(app)).text, AMBER);
  });

  it('wears the amber words “Update Submitted — Re-authorization Required” while it is under review', async () => {
    const { app } = await productionAppOf('Amber');
    await addPermission(app);
    await submitEdit(app, TOLD);
    assert.match((await vendorSees(app)).text, AMBER);
    const dashboard = await (
      await signedInAs(vendor)
    ).open(`/developer/authorizations?${new URLSearchParams({ q: app.clientId })}`);
    assert.match(dashboard.text, AMBER);
    await approve(app);
    assert.doesNotMatch((await vendorSees(app)).text, AMBER);
  });
});

describe('document 001: locked, cancelled, declined', () => {
  it('locks the edit controls during review, and an old form changes nothing', async () => {
    const { app } = await productionAppOf('Held');
    await draftEdit(app, { description: 'Submitted.' });
    const before = await vendorSees(app, 'edit');
    await submitEdit(app);
    const locked = await vendorSees(app, 'edit');
    assert.ok(!hasButton(locked, 'Save draft') && !hasButton(locked, 'Review changes'));
    assert.match(locked.text, /Locked/);
    assert.ok(!hasButton(await vendorSees(app, 'permissions'), 'Save'));
    const late = await (await signedInAs(vendor)).press(before, 'Save draft', { description: 'Sneaked in.' });
    assert.ok(late.reply.status >= 400 && late.reply.status < 500, String(late.reply.status));
    assert.doesNotMatch((await openReview(app)).text, /Sneaked in/);
  });

  it('opens the controls again when the pending edit is cancelled; the app stays as it is', async () => {
    const { app } = await productionAppOf('Urgent');
    const tokens = await tokensFor(app);
    await addPermission(app);
    await submitEdit(app, TOLD);
    await endEdit(app, 'cancel');
    await assertAlive(app, tokens);
    assert.ok(hasButton(await vendorSees(app, 'edit'), 'Review changes'));
    await draftEdit(app, { description: 'The urgent change.' });
    await submitEdit(app);
    assert.match((await openReview(app)).text, /The urgent change\./);
    await approve(app);
    await assertAlive(app, tokens);
  });

  it('never locks the client secret: it is rolled during review', async () => {
    const { app } = await productionAppOf('Rolled');
    await draftEdit(app, { description: 'Waits.' });
    await submitEdit(app);
    const person = await signedInAs(vendor);
    const rolled = await person.press(await vendorSees(app, 'credentials'), 'Roll secret', {
      oldEnds: 'now',
    });
    const clientSecret = /lk_secret_[\w-]+/.exec(rolled.reply.text)?.[0] ?? '';
    const code = await codeFor(await signedInAs(stranger), app);
    assertOAuthError(await redeem(app, code), 401, 'invalid_client');
    assert.equal((await redeem({ ...app, clientSecret }, code)).status, 200);
  });

  it('declined: the app goes on as it is, the reason comes by mail, and the edit is adjusted and resubmitted', async () => {
    const { app } = await productionAppOf('Adjusted');
    const tokens = await tokensFor(app);
    await addPermission(app);
    await submitEdit(app, TOLD);
    await decline(app, 'Why does it have to create leads?');
    await assertAlive(app, tokens);
    assert.match((await vendorSees(app)).text, /Production/);
    const mail = await mailOf(`The update of ${app.name} was declined`, CONTACT);
    assert.ok(mail.includes('Why does it have to create leads?'), mail);
    assert.match((await vendorSees(app, 'review')).text, /Why does it have to create leads\?/);
    await choosePermissions(await signedInAs(vendor), app.name, ['me.get', 'leads.list']);
    await draftEdit(app, { description: 'Adjusted as asked.' });
    await submitEdit(app);
    await approve(app);
    await assertAlive(app, tokens);
    const settings = await vendorSees(app, 'settings');
    assert.match(settings.text, /Adjusted as asked\./);
  });
});
