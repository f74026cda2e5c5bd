// The app's pages: plain HTML, no script.
import type { JsonObject } from '../lossless-json.ts';
import { html, nothing, type Html } from './html.ts';
import type { Notice, Session } from './session.ts';
import type { Sent } from './send.ts';

const APP_NAME = 'Pipeline Sync';
export const CRM_NAME = 'Demo CRM';

const page = (title: string, main: Html): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${APP_NAME}</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header>
          <p class="brand">${APP_NAME}</p>
          <p>
            A vendor's web app. It runs on its own server and has nothing of ${CRM_NAME} but what you allow.
          </p>
        </header>
        <main id="main">${main}</main>
      </body>
    </html>`.html;

const connectLink = (words: string, kind: 'primary' | 'plain'): Html =>
  html`<a class="button ${kind}" href="/connect">${words}</a>`;

const noticeBox = (notice: Notice | undefined): Html =>
  notice === undefined
    ? nothing
    : html`<div class="notice ${notice.kind}" role="status">
        <p><strong>${notice.title}</strong></p>
        <p>${notice.text}</p>
      </div>`;

const action = (session: Session, path: string, words: string, kind: 'primary' | 'plain' | 'danger'): Html =>
  html`<form method="post" action="${path}">
    <input type="hidden" name="form_token" value="${session.formToken}" />
    <button class="button ${kind}">${words}</button>
  </form>`;

const text = (lead: JsonObject, name: string): string => {
  const value = lead[name];
  return typeof value === 'string' || typeof value === 'bigint' || typeof value === 'number'
    ? value.toString()
    : '';
};

const leadRow = (lead: JsonObject): Html =>
  html`<tr>
    <td><bdi>${`${text(lead, 'firstName')} ${text(lead, 'lastName')}`.trim()}</bdi></td>
    <td>${text(lead, 'stage')}</td>
    <td>${text(lead, 'source')}</td>
    <td class="mono">${text(lead, 'leadId')}</td>
  </tr>`;

const leadTable = (leads: readonly JsonObject[]): Html =>
  leads.length === 0
    ? html`<p>No leads were read yet.</p>`
    : html`<div class="scroller" role="region" aria-label="Leads" tabindex="0">
        <table>
          <caption>
            Three leads, as this app read them last
          </caption>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Stage</th>
              <th scope="col">Source</th>
              <th scope="col">Lead ID</th>
            </tr>
          </thead>
          <tbody>
            ${leads.map(leadRow)}
          </tbody>
        </table>
      </div>`;

const outcome = ({ status }: Sent): { readonly word: string; readonly kind: 'ok' | 'bad' } => {
  if (status === 0) return { word: 'No answer', kind: 'bad' };
  return status < 300 ? { word: `${status}, done`, kind: 'ok' } : { word: `${status}, refused`, kind: 'bad' };
};

const sentArticle = (sent: Sent, index: number): Html => {
  const { word, kind } = outcome(sent);
  const at = new Date(sent.atMs).toISOString();
  return html`<article aria-labelledby="sent-${index}">
    <h3 id="sent-${index}">${sent.title} <span class="badge ${kind}">${word}</span></h3>
    <p>${sent.meaning}</p>
    <p class="quiet"><time datetime="${at}">${at.slice(11, 19)} UTC</time>, ${sent.tookMs} ms</p>
    <div class="pair">
      <div>
        <h4>Request</h4>
        <pre tabindex="0" role="region" aria-label="Request: ${sent.title}"><code>${sent.request}</code></pre>
      </div>
      <div>
        <h4>Answer</h4>
        <pre tabindex="0" role="region" aria-label="Answer: ${sent.title}"><code>${sent.answer}</code></pre>
      </div>
    </div>
  </article>`;
};

const sentSection = (session: Session): Html =>
  session.sent.length === 0
    ? nothing
    : html`<section aria-labelledby="sent">
        <h2 id="sent">What was sent and answered</h2>
        <p class="quiet">Newest first. Of secrets only the kind and the last four characters are shown.</p>
        ${session.sent.map(sentArticle)}
      </section>`;

/** Shown once: an outcome of the last action stands first, where screen readers announce it. */
const lastOutcome = (session: Session): Notice | undefined => {
  const [latest] = session.sent;
  if (session.notice !== undefined || latest === undefined) return session.notice;
  const { word, kind } = outcome(latest);
  return { kind: kind === 'ok' ? 'info' : 'bad', title: `${latest.title}: ${word}`, text: latest.meaning };
};

export const startPage = (session: Session | undefined): string =>
  page(
    `Connect to ${CRM_NAME}`,
    html`<h1>Keep your leads and your pipeline in step</h1>
      ${noticeBox(session === undefined ? undefined : lastOutcome(session))}
      <p>
        ${APP_NAME} reads your leads from ${CRM_NAME}. You sign in there, see what the app asks for, and can
        end its access at any time. It never sees your password.
      </p>
      <p>${connectLink(`Connect to ${CRM_NAME}`, 'primary')}</p>
      ${session === undefined ? nothing : sentSection(session)}`,
  );

const tokenLine = (session: Session): Html => {
  if (session.tokens === undefined) return nothing;
  const at = new Date(session.tokens.endsAtMs).toISOString();
  return html`<p class="quiet">
    The access token in use was given out until <time datetime="${at}">${at.slice(11, 16)} UTC</time>.
  </p>`;
};

export const connectedPage = (session: Session): string =>
  page(
    'Your leads',
    html`<h1>Your leads</h1>
      ${noticeBox(lastOutcome(session))} ${leadTable(session.leads)} ${tokenLine(session)}
      <div class="actions">
        ${action(session, '/call', 'Call again', 'primary')}
        ${action(session, '/delete', 'Delete a lead', 'danger')}
        ${action(session, '/refresh', 'Refresh the token', 'plain')} ${connectLink('Connect again', 'plain')}
      </div>
      ${sentSection(session)}`,
  );

export const problemPage = (title: string, words: string): string =>
  page(
    title,
    html`<h1>${title}</h1>
      <p>${words}</p>
      <p>${connectLink(`Connect to ${CRM_NAME}`, 'primary')} <a href="/">Back to the start</a></p>`,
  );
