// An app's way into production: what is still missing, the answers, and where it stands; later, where its update stands.
import { CHECKS, type Check, type Checklist } from '../../domain/reviews/checklist.ts';
import type { Answers } from '../../domain/reviews/submission.ts';
import { isFault, type WebsiteLook } from '../../domain/websites/website.ts';
import type { FormTarget, Frame } from '../frame.ts';
import { html, href, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { plainName } from '../names.ts';
import type { EditBadge } from '../parts/badge.ts';
import { button, linkButton } from '../parts/button.ts';
import { form } from '../parts/form.ts';
import { icon } from '../parts/icon.ts';
import { errorSummary, notice } from '../parts/notice.ts';
import { absolute } from '../parts/time.ts';
import { words } from '../words/common.ts';
import { editWords, reviewWords as text, websiteWords } from '../words/review.ts';
import { answerFacts, answerFields, listedAnswerProblems, written, type AnswerProblems } from './answers.ts';
import { appPage, tabUrl } from './app-frame.ts';
import type { AppHead } from './app-frame.ts';

type Declined = { readonly atMs: number; readonly reason: string };

type Submitting = {
  readonly kind: 'submit';
  readonly checklist: Checklist;
  /** What the website answered, if it could be asked. */
  readonly look?: WebsiteLook | undefined;
  /** Where each missing thing is put right. */
  readonly urls: Readonly<Record<Check, string>>;
  readonly form: FormTarget;
  readonly answers: Partial<Answers>;
  readonly problems?: AnswerProblems;
  readonly declined?: Declined;
};

type Waiting = {
  readonly kind: 'waiting';
  readonly sinceMs: number;
  readonly answers: Answers;
  readonly withdraw: FormTarget;
};

/** In production: nothing pending, or an update on its way. */
type Live = {
  readonly kind: 'live';
  readonly edit?: {
    readonly status: 'draft' | 'under-review' | 'approved' | 'declined';
    readonly badge?: EditBadge;
    readonly sinceMs: number;
    readonly decidedAtMs?: number;
    readonly reason: string;
  };
  readonly editUrl: string;
};

export type AppReviewView = {
  readonly frame: Frame;
  readonly app: AppHead;
  readonly standing: Submitting | Waiting | Live;
  readonly refused?: string;
};

/** Why the website is not there, or why that could not be found out. */
const lookNote = ({ look }: Submitting, frame: Frame): Content => {
  const cause = look === undefined ? undefined : websiteWords[look.answer.kind]?.(look);
  if (look === undefined || cause === undefined) return nothing;
  return html`<p class="second">
    ${plainName(cause)} (${absolute(look.atMs, frame)}). ${isFault(look) ? nothing : text.holdsNothingUp}
  </p>`;
};

const checkRow = (check: Check, given: Submitting, frame: Frame): Html => {
  const { checklist, urls } = given;
  const done = checklist[check];
  return html`<li class="${done ? 'done' : 'missing'}">
    ${icon(done ? 'circle-check' : 'circle-x')}
    <div>
      ${text.checks[check].is}<span class="visually-hidden">: ${done ? text.done : text.missing}</span>
      ${check === 'website' ? lookNote(given, frame) : nothing}
    </div>
    ${done ? nothing : html`<a href="${href(urls[check])}">${text.checks[check].to}</a>`}
  </li>`;
};

/** The reviewer's lines that begin with a dash, as what is to be done. */
const pointsOf = (reason: string): readonly string[] =>
  reason
    .split(/\r\n|\r|\n/)
    .filter((line) => /^\s*[-•*]\s+/.test(line))
    .map((line) => line.replace(/^\s*[-•*]\s+/, ''));

export const declinedBand = (given: Declined, frame: Frame, actions: Content): Html => {
  const points = pointsOf(given.reason);
  return notice({
    tone: 'bad',
    content: html`<p><strong>${text.declined}.</strong> ${text.declinedText(absolute(given.atMs, frame))}</p>
      <blockquote>${written(given.reason)}</blockquote>
      ${
        points.length === 0
          ? nothing
          : html`<p><strong>${text.points}</strong></p>
              <ul class="points">
                ${points.map((point) => html`<li>${plainName(point)}</li>`)}
              </ul>`
      }
      ${actions}`,
  });
};

const submitting = (given: Submitting, view: AppReviewView): Html => {
  const complete = CHECKS.every((check) => given.checklist[check]);
  const again = given.declined !== undefined;
  return html`<div class="narrow stack">
    ${
      given.declined === undefined
        ? nothing
        : declinedBand(
            given.declined,
            view.frame,
            html`<p>${linkButton({ label: text.edit, small: true, url: tabUrl(view.app, 'settings') })}</p>`,
          )
    }
    <p class="lead">${text.lead}</p>
    <section class="panel" aria-labelledby="needed">
      <div class="inside">
        <h2 id="needed">${text.needed}</h2>
        <ul class="checklist">
          ${CHECKS.map((check) => checkRow(check, given, view.frame))}
        </ul>
      </div>
    </section>
    <section aria-labelledby="answers" class="stack">
      <h2 id="answers">${text.forReviewer}</h2>
      ${form({ target: given.form }, [
        ...answerFields(given.answers, given.problems ?? {}),
        html`<div class="actions">
          ${button({
            label: again ? text.resubmit : text.submit,
            look: 'primary',
            cannotActYet: !complete,
            describedBy: 'submit-hint',
          })}
        </div>`,
        html`<p class="hint" id="submit-hint">${complete ? text.submitHint : text.notYet}</p>`,
      ])}
    </section>
  </div>`;
};

const noAnswerYet = ({ brand: { supportEmail } }: Frame): Html =>
  html`<p>${text.noAnswer(html`<a href="mailto:${supportEmail}">${supportEmail}</a>`)}</p>`;

const waiting = (given: Waiting, frame: Frame): Html =>
  html`<div class="narrow stack">
    ${notice({
      tone: 'waiting',
      content: html`<p>${text.waiting(absolute(given.sinceMs, frame))}</p>
        ${noAnswerYet(frame)}`,
    })}
    ${form(
      { target: given.withdraw },
      html`<div class="actions">${button({ label: text.withdraw, describedBy: 'withdraw-hint' })}</div>
        <p class="hint" id="withdraw-hint">${text.withdrawHint}</p>`,
    )}
    <section class="stack-tight" aria-labelledby="sent">
      <h2 id="sent">${text.sent}</h2>
      ${answerFacts(given.answers)}
    </section>
  </div>`;

const liveEdit = (edit: NonNullable<Live['edit']>, editUrl: string, frame: Frame): Html => {
  const see = linkButton({ label: editWords.see, url: `${editUrl}/changes` });
  const cancel = linkButton({ label: editWords.cancel, look: 'danger', url: `${editUrl}/cancel` });
  const discard = (label: string): Html => linkButton({ label, look: 'danger', url: `${editUrl}/discard` });
  switch (edit.status) {
    case 'draft':
      return html`<p>${editWords.draft}</p>
        <div class="actions">
          ${linkButton({ label: editWords.open, look: 'primary', url: editUrl })} ${see}
          ${discard(editWords.discardDraft)}
        </div>`;
    case 'under-review':
      return html`${notice({
          tone: edit.badge === 'breaking' ? 'warning' : 'waiting',
          content: html`<p>${editWords.waiting(absolute(edit.sinceMs, frame))}</p>
            ${noAnswerYet(frame)}`,
        })}
        <div class="actions">${see} ${cancel}</div>`;
    case 'approved':
      return html`${notice({
          tone: 'ok',
          content: html`<p>${editWords.approved(absolute(edit.decidedAtMs ?? edit.sinceMs, frame))}</p>`,
        })}
        <div class="actions">
          ${linkButton({ label: editWords.publishNow, look: 'primary', url: `${editUrl}/publish` })} ${see}
          ${cancel}
        </div>`;
    case 'declined':
      return html`${declinedBand(
          { atMs: edit.decidedAtMs ?? edit.sinceMs, reason: edit.reason },
          frame,
          nothing,
        )}
        <div class="actions">
          ${linkButton({ label: editWords.changeIt, look: 'primary', url: editUrl })}
          ${linkButton({ label: text.resubmit, url: `${editUrl}/changes` })} ${discard(editWords.discard)}
        </div>`;
  }
};

const live = (given: Live, frame: Frame): Html =>
  html`<div class="narrow stack">
    <div class="stack-tight">
      <p><strong>${text.live}</strong></p>
      <p class="second">${text.liveHint}</p>
    </div>
    ${
      given.edit === undefined
        ? html`<div class="actions">
            ${linkButton({ label: text.propose, look: 'primary', url: given.editUrl })}
          </div>`
        : liveEdit(given.edit, given.editUrl, frame)
    }
  </div>`;

export const appReviewPage = (view: AppReviewView): Html => {
  const { standing } = view;
  const problems = [
    ...(view.refused === undefined ? [] : [{ text: view.refused }]),
    ...(standing.kind === 'submit' ? listedAnswerProblems(standing.problems ?? {}) : []),
  ];
  const content = (): Html => {
    switch (standing.kind) {
      case 'submit':
        return submitting(standing, view);
      case 'waiting':
        return waiting(standing, view.frame);
      case 'live':
        return live(standing, view.frame);
    }
  };
  return appPage(
    { frame: view.frame, app: view.app, tab: 'review', failed: problems.length > 0 },
    html`${errorSummary(words.errorsTitle(problems.length), problems)} ${content()}`,
  );
};
