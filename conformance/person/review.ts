// An app's way into production: what its vendor submits, what a reviewer decides.
import { COMPLETE, createApp, formWithLogo, openApp, uniqueName } from './developer.ts';
import type { Filled, Page } from './person.ts';
import { vendor } from '../apps/known.ts';
import { codeFor, redeem, tokensOf } from '../apps/tokens.ts';
import type { App, Tokens } from '../apps/tokens.ts';
import { personAs } from '../target.ts';
import { signedInAs } from './sign-in.ts';

const QUEUE = '/review';
const NEXT = 'Next page';

export const CALLBACK = 'https://app.example/callback';

const ANSWERS: Filled = {
  purpose: 'Agents see their leads on a board.',
  permissionReasons: 'List of leads: the board shows them.',
  howToTry: 'https://app.example/demo, no sign-in needed',
};

const reviewer = personAs('reviewer');

type Made = { readonly app: App; readonly tokens: Tokens };

let form: Promise<Page> | undefined;

/** A new app of the vendor that lacks nothing for a review: complete, and its flow run once. */
export const completeApp = async (words: string): Promise<Made> => {
  const person = await signedInAs(vendor);
  form ??= formWithLogo(person);
  const wanted = {
    name: uniqueName(words),
    kind: 'confidential',
    redirectUri: CALLBACK,
    permissions: ['me.get', 'leads.list'],
    more: COMPLETE,
  } as const;
  const app = await createApp(person, wanted, await form);
  return { app, tokens: tokensOf(await redeem(app, await codeFor(person, app))) };
};

const SUBMIT = /^(?:Submit for review|Submit update|Resubmit)$/;

export const submitForReview = async (app: App): Promise<Page> => {
  const person = await signedInAs(vendor);
  return person.press(await openApp(person, app.name, 'review'), SUBMIT, ANSWERS);
};

/** The page on which a reviewer decides about the app. */
export const openReview = async (app: App): Promise<Page> => {
  const desk = await signedInAs(reviewer);
  let queue = await desk.open(QUEUE);
  while (!queue.text.includes(app.name) && queue.links.some(({ text }) => text === NEXT))
    queue = await desk.follow(queue, NEXT);
  return desk.follow(queue, app.name);
};

export const approve = async (app: App): Promise<Page> =>
  (await signedInAs(reviewer)).press(await openReview(app), 'Approve');

export const decline = async (app: App, reason: string): Promise<Page> =>
  (await signedInAs(reviewer)).press(await openReview(app), 'Decline', { reason });

export const productionAppOf = async (words: string): Promise<Made> => {
  const made = await completeApp(words);
  await submitForReview(made.app);
  await approve(made.app);
  return made;
};

/** Changes fields of a production app in the draft of an update; the page of all differences comes. */
export const draftEdit = async (app: App, fields: Filled): Promise<Page> => {
  const person = await signedInAs(vendor);
  return person.press(await openApp(person, app.name, 'edit'), 'Review changes', fields);
};

type Publish = 'at-once' | 'by-hand';

export const submitEdit = async (
  app: App,
  { publish = 'at-once', ...more }: { readonly publish?: Publish } & Filled = {},
): Promise<Page> => {
  const person = await signedInAs(vendor);
  const page = await openApp(person, app.name, 'edit/changes');
  return person.press(page, SUBMIT, { ...ANSWERS, publish, ...more });
};

/** The vendor ends or publishes an update, and confirms it. */
export const endEdit = async (app: App, what: 'cancel' | 'discard' | 'publish'): Promise<Page> => {
  const person = await signedInAs(vendor);
  const buttons = { cancel: 'Cancel update', discard: 'Discard update', publish: 'Publish now' } as const;
  return person.press(await openApp(person, app.name, `edit/${what}`), buttons[what]);
};
