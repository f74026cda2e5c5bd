// What can stand between a program and its identity server and says nothing about its credential: after each of these
// the saved sign-in is as it was.
import type { FailureKind } from '../failure.ts';
import type { Fault } from './fake-server.ts';

export type Outage = {
  readonly name: string;
  readonly fault: Fault;
  readonly kind: Extract<FailureKind, 'network' | 'server'>;
  /** What a person is told of it. */
  readonly said: RegExp;
};

const html = (title: string): string => `<html><title>${title}</title><p>lk_at_of_nobody</p></html>`;
const noJson = /without usable JSON \(a proxy or sign-in page between\?\)/;
const ownProblem = /has a problem of its own/;
const cut = /the connection (?:was cut|failed)/;

const busy = (name: string, status: number, body: string, said: RegExp = ownProblem): Outage => ({
  name,
  fault: { status, body },
  kind: 'server',
  said,
});

const strange = (name: string, fault: Fault, said: RegExp): Outage => ({ name, fault, kind: 'server', said });

const lost = (name: string, fault: Fault, said: RegExp = cut): Outage => ({
  name,
  fault,
  kind: 'network',
  said,
});

const minute = { 'retry-after': '60' };

export const outages: readonly Outage[] = [
  busy('500', 500, '{"error":"server_error"}'),
  busy('500 with an error code that would end a sign-in', 500, '{"error":"invalid_grant"}'),
  busy('502 with HTML', 502, html('Bad Gateway')),
  busy('503 with HTML', 503, html('Service Unavailable')),
  strange('429', { status: 429, body: '{"error":"slow"}' }, /asks to slow down/),
  strange(
    '429 and a minute to wait',
    { status: 429, body: '{"error":"invalid_grant"}', headers: minute },
    /in 60 s/,
  ),
  strange('503 and a minute to wait', { status: 503, body: html('Busy'), headers: minute }, /in 60 s/),
  strange('a captive portal (HTML, 200)', { status: 200, body: html('Welcome to the Wi-Fi') }, noJson),
  strange(
    'a redirect to a sign-in page',
    { status: 302, body: '', headers: { location: '/login' } },
    /a redirect/,
  ),
  strange(
    'a redirect off to another host',
    { status: 307, body: '', headers: { location: 'http://127.0.0.1:1/' } },
    /a redirect/,
  ),
  strange('400 with HTML', { status: 400, body: html('Bad Request') }, noJson),
  strange(
    'HTML that calls itself JSON',
    { body: html('?'), headers: { 'content-type': 'application/json' } },
    noJson,
  ),
  strange('an empty answer', { status: 200, body: '' }, noJson),
  strange('JSON that breaks off', { status: 200, body: '{"access_token":"lk_at_half' }, noJson),
  strange(
    'JSON that is no token answer',
    { status: 200, body: '{"hello":1}' },
    /without a usable access_token/,
  ),
  strange('an error without a code', { status: 400, body: '{"message":"no"}' }, /without an error code/),
  lost('a body that is cut half-way', { truncate: true }),
  lost('a connection that is reset', { reset: true }),
  lost('a connection that is cut after the head', { headOnly: true }),
  lost('an answer that is lost after the renewal was made', { lost: true }),
];
