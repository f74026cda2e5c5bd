// Document 003, from sign-up to approval: a developer account, the logo, the Status column and its filter, review and its mails.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { vendor } from './apps/known.ts';
import { authorizeAddress, codeFor, redeem, vendorAuthAddress } from './apps/tokens.ts';
import type { App } from './apps/tokens.ts';
import { exchange } from './http/exchange.ts';
import { readPage } from './http/page.ts';
import { pngPicture } from './http/picture.ts';
import {
  COMPLETE,
  createApp,
  DASHBOARD,
  openApp,
  register,
  REGISTER,
  secretOn,
  uniqueName,
} from './person/developer.ts';
import { mailOf, OUTBOX } from './person/mails.ts';
import { createPerson } from './person/person.ts';
import type { Page } from './person/person.ts';
import {
  approve,
  CALLBACK,
  completeApp,
  decline,
  productionAppOf,
  submitForReview,
} from './person/review.ts';
import { fillSignIn, signedInAs } from './person/sign-in.ts';
import { newcomer, SIGN_UP, signUpAs } from './person/sign-up.ts';
import { issuer, personAs } from './target.ts';

const CONTACT = 'contact@app.example';
const THREE_DAYS = /three business days/;

/** The app's line on the dashboard, cell by cell. */
const cellsOf = (page: Page, app: App): readonly string[] => {
  const [, ...rows] = page.reply.text.split(/<tr\b/);
  const row = rows.find((one) => one.includes(app.clientId)) ?? '';
  return [...row.matchAll(/<td\b[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell = '']) => readPage(cell).text);
};

const dashboardOf = async (app: App, status = ''): Promise<Page> => {
  const query = new URLSearchParams({ q: app.clientId, ...(status === '' ? {} : { status }) });
  return (await signedInAs(vendor)).open(`${DASHBOARD}?${query}`);
};

describe('document 003: a developer account', () => {
  it('is offered by a Sign Up link where people sign in', async () => {
    const person = createPerson(issuer);
    const page = await person.follow(await person.open('/sign-in'), /Sign Up$/);
    assert.equal(page.url.pathname, SIGN_UP);
    for (const field of ['Full name', 'Organization', 'E-mail', 'Phone', 'Password'])
      assert.ok(page.text.includes(field), `${field} is missing`);
    assert.ok(page.forms.some(({ buttons }) => buttons.some(({ text }) => text === 'Sign Up')));
  });

  it('wants every field, each with its own message, and mails nothing before', async () => {
    const complete = newcomer();
    for (const missing of ['fullName', 'organization', 'email', 'phone', 'password'] as const) {
      const person = createPerson(issuer);
      const page = await person.press(await person.open(SIGN_UP), 'Sign Up', { ...complete, [missing]: '' });
      assert.equal(page.reply.status, 400, missing);
      assert.equal(page.url.pathname, SIGN_UP);
    }
    assert.ok(!(await createPerson(issuer).open(OUTBOX)).text.includes(complete.email));
  });

  it('is made by the form and the mailed code, leads to the authorizations dashboard, and signs in from then on', async () => {
    const who = newcomer();
    const { person } = await signUpAs(who);
    const dashboard = await person.open(DASHBOARD);
    assert.equal(dashboard.reply.status, 200);
    assert.ok(dashboard.links.some(({ href }) => href.startsWith(REGISTER)));
    const elsewhere = createPerson(issuer);
    const asked = await elsewhere.open(DASHBOARD);
    const page = await fillSignIn(elsewhere, asked, who);
    assert.equal(page.url.pathname, DASHBOARD);
  });

  it('is not made by a wrong code', async () => {
    const who = newcomer();
    const { page, person } = await signUpAs(who, (code) => (code === '111111' ? '222222' : '111111'));
    assert.equal(page.reply.status, 403);
    assert.notEqual((await person.open(DASHBOARD)).url.pathname, DASHBOARD);
  });

  it('is found at the address of the documented Developer Platform', async () => {
    const reply = await exchange(issuer, '/vendor/frontend/static/index.html');
    assert.equal(reply.status, 303);
    assert.equal(reply.headers.location, DASHBOARD);
  });
});

describe('document 003: registration', () => {
  it('takes an App Logo, and shows it on the dashboard and to people who are asked', async () => {
    const app = await createApp(await signedInAs(vendor), {
      name: uniqueName('Pictured'),
      kind: 'confidential',
      redirectUri: CALLBACK,
      permissions: [],
      more: { ...COMPLETE, logo: { bytes: pngPicture(160), type: 'image/png' } },
    });
    const logoOn = (page: Page): string =>
      page.reply.text.match(/<img\b[^>]*\bsrc="(\/logos\/[^"]+)"/)?.[1] ?? assert.fail('there is no logo');
    const address = logoOn(await dashboardOf(app));
    const picture = await exchange(issuer, address);
    assert.equal(picture.status, 200);
    assert.match(picture.headers['content-type'] ?? '', /^image\//);
    assert.equal(logoOn(await (await signedInAs(vendor)).open(vendorAuthAddress(app))), address);
  });

  it('refuses a logo that is no picture, or no picture of the named kinds [security 54]', async () => {
    const person = await signedInAs(vendor);
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"/>';
    const refused = [
      { bytes: Buffer.from(svg), type: 'image/svg+xml' },
      { bytes: Buffer.from(svg), type: 'image/png' },
      { bytes: pngPicture(10).subarray(0, 40), type: 'image/png' },
    ];
    for (const logo of refused) {
      const page = await register(person, {
        name: uniqueName('No Picture'),
        kind: 'confidential',
        redirectUri: CALLBACK,
        more: { ...COMPLETE, logo },
      });
      assert.ok(page.reply.status >= 400 && page.reply.status < 500, String(page.reply.status));
      assert.equal(secretOn(page), undefined);
    }
  });
});

describe('document 003: review and its results', () => {
  it('has the Status in the last column, and filters it by All, Under Review, Approved and Rejected', async () => {
    const { app } = await completeApp('Filtered');
    const page = await dashboardOf(app);
    for (const words of ['All', 'Under Review', 'Approved', 'Rejected'])
      assert.ok(
        page.links.some(({ text, href }) => text.startsWith(words) && href.startsWith(DASHBOARD)),
        `no filter ${words}`,
      );
    const assertStatus = async (words: RegExp, filter: string): Promise<void> => {
      assert.match(cellsOf(await dashboardOf(app), app).at(-1) ?? '', words);
      for (const status of ['under-review', 'approved', 'rejected'])
        assert.equal(cellsOf(await dashboardOf(app, status), app).length > 0, status === filter, status);
    };
    await submitForReview(app);
    await assertStatus(/Under Review/, 'under-review');
    await decline(app, 'Not like this.');
    await assertStatus(/Declined/, 'rejected');
    await submitForReview(app);
    await approve(app);
    await assertStatus(/Production/, 'approved');
  });

  it('reaches each filter by its words', async () => {
    const { app } = await completeApp('Followed');
    await submitForReview(app);
    const person = await signedInAs(vendor);
    const all = await person.open(DASHBOARD);
    assert.ok(cellsOf(await person.follow(all, /^Under Review/), app).length > 0);
    assert.equal(cellsOf(await person.follow(all, /^Approved/), app).length, 0);
    assert.equal(cellsOf(await person.follow(all, /^Rejected/), app).length, 0);
  });

  it('says that a review takes about three business days, on the page and by mail, and whom to write to', async () => {
    const { app } = await completeApp('Three Days');
    assert.match((await openApp(await signedInAs(vendor), app.name, 'review')).text, THREE_DAYS);
    const waiting = await submitForReview(app);
    assert.match(waiting.text, /Under Review/);
    assert.match(waiting.text, THREE_DAYS);
    assert.ok(waiting.links.some(({ href }) => href.startsWith('mailto:')));
    assert.match(await mailOf(`${app.name} was submitted for review`, CONTACT), THREE_DAYS);
  });

  it('mails the reason of a rejection to the primary contact, as the reviewer wrote it', async () => {
    const { app } = await completeApp('Rejected');
    await submitForReview(app);
    await decline(app, 'The redirect host is not yours <b>and</b> "quoted".');
    const mail = await mailOf(`${app.name} was declined`, CONTACT);
    assert.ok(mail.includes('The redirect host is not yours <b>and</b> "quoted".'), mail);
    assert.match(mail, /Resubmit/);
  });

  it('has a Resubmit button on a rejected app, which leads to the reason, to editing and to submitting again', async () => {
    const { app } = await completeApp('Comes Back');
    await submitForReview(app);
    await decline(app, 'Describe it better.');
    const person = await signedInAs(vendor);
    const page = await person.follow(await dashboardOf(app), `Resubmit ${app.name}`);
    assert.match(page.text, /Describe it better\./);
    const settings = await person.follow(page, 'Edit');
    await person.press(settings, 'Save changes', { description: 'Better described.' });
    const again = await person.press(await person.open(page.url.pathname), 'Resubmit');
    assert.match(again.text, /Under Review/);
    assert.match(cellsOf(await dashboardOf(app), app).join(' | '), /Better described\..*Under Review/);
  });

  it('approved: tells the primary contact, and has client_id and client_secret in the account', async () => {
    const { app } = await productionAppOf('Approved');
    await mailOf(`${app.name} is approved`, CONTACT);
    const cells = cellsOf(await dashboardOf(app), app);
    assert.ok(cells.some((cell) => cell.includes(app.clientId)));
    assert.ok(cells.some((cell) => cell.includes((app.clientSecret ?? '').slice(-4))));
    const person = await signedInAs(vendor);
    const credentials = await openApp(person, app.name, 'credentials');
    assert.ok(credentials.text.includes(app.clientId));
    const rolled = await person.press(credentials, 'Roll secret', { oldEnds: 'now' });
    const clientSecret = secretOn(rolled) ?? assert.fail('a new secret is shown');
    const code = await codeFor(await signedInAs(personAs('stranger')), app);
    assert.equal((await redeem({ ...app, clientSecret }, code)).status, 200);
  });

  it('approved: every user of the platform can be sent to the consent link', async () => {
    const { app } = await productionAppOf('For All');
    for (const role of ['agent', 'stranger', 'operator'] as const) {
      const person = await signedInAs(personAs(role));
      for (const address of [vendorAuthAddress(app), authorizeAddress(app)])
        assert.notEqual((await person.open(address)).reply.status, 403, `${role} ${address}`);
    }
  });
});
