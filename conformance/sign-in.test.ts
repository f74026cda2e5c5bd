// Signing in and out, as every page relies on it (protocol.md 10).
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { productionApp } from './apps/known.ts';
import { vendorAuthAddress } from './apps/tokens.ts';
import { createPerson } from './person/person.ts';
import { KEYS } from './person/settings.ts';
import { fillSignIn, signIn } from './person/sign-in.ts';
import { exchange } from './http/exchange.ts';
import { issuer, personAs } from './target.ts';

const agent = personAs('agent');

const sessionCookies = (setCookie: readonly string[] | undefined): readonly string[] =>
  (setCookie ?? []).filter((cookie) => !/flash|max-age=0/i.test(cookie));

describe('signing in', () => {
  it('sends a person who is not signed in to sign in, and back to the same request', async () => {
    const person = createPerson(issuer);
    const page = await person.open(`${vendorAuthAddress(productionApp)}&state=kept`);
    assert.match(page.url.pathname, /^\/sign-in/);
    const back = await fillSignIn(person, page, agent);
    assert.equal(back.url.pathname, '/page/vendor-auth.html');
    assert.equal(back.url.searchParams.get('state'), 'kept');
  });

  it('gives a new session id, by cookies that no script and no other site can use [security 15]', async () => {
    const person = createPerson(issuer);
    const page = await person.open('/sign-in');
    const before = person.cookies();
    const reply = await person.forge(page, 'Sign in', {
      filled: { email: agent.email, password: agent.password },
    });
    assert.equal(reply.status, 303);
    const cookies = sessionCookies(reply.headers['set-cookie']);
    assert.ok(cookies.length > 0);
    for (const cookie of cookies) {
      assert.match(cookie, /;\s*HttpOnly/i);
      assert.match(cookie, /;\s*SameSite=Lax/i);
      assert.match(cookie, /;\s*Path=\//i);
      if (issuer.startsWith('https:')) assert.match(cookie, /^__Host-.*;\s*Secure/i);
      assert.ok(!before.includes(cookie.split(';')[0] ?? ''));
    }
  });

  it('ignores a session id that somebody else planted [security 15]', async () => {
    const attacker = await signIn(personAs('stranger'));
    const victim = createPerson(issuer);
    const page = await victim.open('/sign-in');
    const reply = await victim.forge(page, 'Sign in', {
      filled: { email: agent.email, password: agent.password },
      headers: { cookie: `${attacker.cookies()}; ${victim.cookies()}` },
    });
    assert.ok([303, 403].includes(reply.status), String(reply.status));
    const whoseNow = await attacker.open(KEYS);
    assert.ok(!whoseNow.text.includes(agent.email));
  });

  it('never leads to another site, whatever the address asks for', async () => {
    for (const to of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      '/%2f/evil.example',
    ]) {
      const person = createPerson(issuer);
      const page = await person.open(`/sign-in?return_to=${encodeURIComponent(to)}`);
      const after = await fillSignIn(person, page, agent);
      assert.equal(after.left, undefined, to);
    }
  });

  it('says the same about a wrong password and an unknown address [security 59]', async () => {
    const answers: string[] = [];
    for (const email of [personAs('reviewer').email, 'nobody@demo.test']) {
      const person = createPerson(issuer);
      const page = await fillSignIn(person, await person.open('/sign-in'), {
        ...agent,
        email,
        password: 'wrong password',
      });
      answers.push(`${page.reply.status} ${page.text.replaceAll(email, '')}`);
      assert.match(page.text, /E-mail or password is wrong\./);
    }
    assert.equal(answers[0], answers[1]);
  });

  it('ends with Sign out: the old cookie opens nothing', async () => {
    const person = await signIn(agent);
    const cookie = person.cookies();
    const page = await person.open(KEYS);
    await person.press(page, 'Sign out');
    const after = await exchange(issuer, KEYS, { headers: { cookie } });
    assert.equal(after.status, 303);
    assert.match(after.headers.location ?? '', /\/sign-in/);
  });
});
