// One submission as a reviewer reads it: what it is or what it changes, risks, effect, answers, notes, decision.
import type { Permission } from '../../domain/permissions/permission.ts';
import type { Risk } from '../../domain/reviews/risks.ts';
import type { Answers, PublishWhen, SubmissionStatus } from '../../domain/reviews/submission.ts';
import { appFacts, type ReadableApp } from '../developer/app-facts.ts';
import { answerFacts, written } from '../developer/answers.ts';
import type { FormTarget, Frame } from '../frame.ts';
import { html, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { isolatedName, name, plainName } from '../names.ts';
import { tag } from '../parts/badge.ts';
import { button } from '../parts/button.ts';
import { diffTable, type ShownDiff } from '../parts/diff.ts';
import { textArea } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { logo } from '../parts/logo.ts';
import { breadcrumb } from '../parts/navigation.ts';
import { errorSummary, notice } from '../parts/notice.ts';
import { permissionList } from '../parts/permission-list.ts';
import { facts } from '../parts/table.ts';
import { absolute, fullMoment } from '../parts/time.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { deskWords as text, queueWords } from '../words/review-desk.ts';
import { websiteWords } from '../words/review.ts';
import { decisionSection, type Decision } from './decision.ts';
import { reviewUrl } from './queue.ts';

export type ReviewedApp = ReadableApp & { readonly logoUrl?: string };

export type ReviewView = {
  readonly frame: Frame;
  readonly kind: keyof typeof queueWords.kinds;
  readonly status: SubmissionStatus;
  readonly version: number;
  readonly app: ReviewedApp;
  readonly permissions: readonly Permission[];
  /** Of an update: against the live app. */
  readonly diff?: ShownDiff;
  readonly connections: number;
  /** Requests a minute, once approved. */
  readonly productionLimit: number;
  readonly vendorName: string;
  readonly submittedAtMs: number;
  readonly late: boolean;
  readonly publish?: PublishWhen;
  readonly reviewer?: { readonly name: string; readonly isYou: boolean };
  readonly take?: FormTarget;
  readonly isOwn: boolean;
  readonly risks: readonly Risk[];
  readonly answers: Answers;
  readonly note: string;
  readonly notes: readonly { readonly who: string; readonly atMs: number; readonly text: string }[];
  readonly addNote?: FormTarget;
  readonly noteProblem?: string;
  /** Absent: it is decided, another's, or of the reviewer's own vendor. */
  readonly decision?: Decision;
  readonly decided?: { readonly who: string; readonly atMs: number; readonly reason: string };
  /** The page that was answered showed an earlier version. */
  readonly moved?: { readonly atMs: number };
  readonly refused?: string;
};

const head = (view: ReviewView): Html =>
  html`<div class="stack-tight">
    ${breadcrumb([{ label: queueWords.title, url: reviewUrl }, { label: name(view.app.name) }])}
    <div class="app-head">
      ${logo({ name: view.app.name, url: view.app.logoUrl, size: 'large' })}
      <div>
        <div class="title">
          <h1>${name(view.app.name)}</h1>
          ${tag(queueWords.kinds[view.kind], view.kind === 'breaking' ? 'warning' : undefined)}
          ${view.late ? tag(queueWords.late, 'bad') : nothing}
        </div>
        <p class="second">
          ${view.decision === undefined ? text.version(view.version) : text.deciding(view.version)}
        </p>
      </div>
    </div>
  </div>`;

const reviewerFact = (view: ReviewView): Content => {
  const who =
    view.reviewer === undefined
      ? queueWords.nobody
      : view.reviewer.isYou
        ? queueWords.you
        : name(view.reviewer.name);
  if (view.take === undefined) return who;
  const label = view.reviewer === undefined ? queueWords.take : text.takeOver;
  return html`<div class="actions">
    <span>${who}</span>
    ${form({ target: view.take, className: 'inline-form' }, button({ label, small: true }))}
  </div>`;
};

const overview = (view: ReviewView): Html =>
  html`<div class="panel">
    ${facts([
      { name: text.facts.vendor, value: name(view.vendorName) },
      { name: text.facts.waiting, value: fullMoment(view.submittedAtMs, view.frame) },
      { name: text.facts.reviewer, value: reviewerFact(view) },
      view.publish === undefined ? false : { name: text.facts.mode, value: text.publishes[view.publish] },
    ])}
  </div>`;

const riskWords = (risk: Risk): string => {
  switch (risk.kind) {
    case 'redirect-host':
      return text.risk['redirect-host'](risk.hosts.map(plainName).join(', '));
    case 'name-alike':
      return text.risk['name-alike'](isolatedName(risk.name));
    case 'website':
      return text.risk.website(plainName(websiteWords[risk.look.answer.kind]?.(risk.look) ?? risk.look.host));
    case 'deletes-data':
    case 'sends-messages':
    case 'first-app':
      return text.risk[risk.kind];
  }
};

const risks = (view: ReviewView): Html =>
  view.risks.length === 0
    ? html`<p class="second">${text.noRisks}</p>`
    : notice({
        tone: 'warning',
        content: html`<p><strong>${text.risks}</strong></p>
          <ul class="points">
            ${view.risks.map((risk) => html`<li>${riskWords(risk)}</li>`)}
          </ul>`,
      });

const effect = (view: ReviewView): Html =>
  html`<section class="stack-tight" aria-labelledby="effect">
    <h2 id="effect">${text.effectTitle}</h2>
    <p>
      ${
        view.kind === 'breaking'
          ? text.effect.breaking(view.diff?.permissions.added.length ?? 0, view.connections)
          : view.kind === 'app'
            ? text.effect.app(view.productionLimit)
            : text.effect[view.kind]
      }
    </p>
  </section>`;

const what = (view: ReviewView): Html =>
  view.diff === undefined
    ? html`<section class="stack" aria-labelledby="what">
        <h2 id="what">${text.whatTitle.app}</h2>
        ${appFacts(view.app)}
        <h3>${text.permissionsTitle}</h3>
        ${permissionList(view.permissions)}
      </section>`
    : html`<section class="stack" aria-labelledby="what">
        <h2 id="what">${text.whatTitle.edit}</h2>
        ${diffTable(view.diff)}
      </section>`;

const answers = (view: ReviewView): Html =>
  html`<section class="stack" aria-labelledby="answers">
    <h2 id="answers">${text.answersTitle}</h2>
    ${answerFacts(view.answers)}
    ${
      view.diff === undefined
        ? nothing
        : html`<h3>${text.noteTitle}</h3>
            ${
              view.note === ''
                ? html`<p class="second">${text.noNote}</p>`
                : html`<blockquote class="quoted"><p dir="auto">${plainName(view.note)}</p></blockquote>`
            }`
    }
  </section>`;

const notes = (view: ReviewView): Html =>
  html`<section class="stack" aria-labelledby="notes">
    <div class="stack-tight">
      <h2 id="notes">${text.notesTitle}</h2>
      <p class="second">${text.notesHint}</p>
    </div>
    ${
      view.notes.length === 0
        ? html`<p class="second">${text.noNotes}</p>`
        : html`<ul class="notes">
            ${view.notes.map(
              (one) =>
                html`<li>
                  <p class="meta">${name(one.who)} · ${absolute(one.atMs, view.frame)}</p>
                  ${written(one.text)}
                </li>`,
            )}
          </ul>`
    }
    ${
      view.addNote === undefined
        ? nothing
        : form({ target: view.addNote }, [
            textArea({
              id: 'note-text',
              name: 'text',
              label: text.noteLabel,
              rows: 2,
              maxLength: 4000,
              error: view.noteProblem,
            }),
            html`<div class="actions">${button({ label: text.addNote })}</div>`,
          ])
    }
  </section>`;

const decided = (view: ReviewView): Html => {
  const line = text.decided[view.status];
  if (line === '') return nothing;
  return notice({
    tone: view.status === 'declined' ? 'bad' : 'info',
    content: html`<p>
        <strong>${line}</strong>
        ${
          view.decided === undefined
            ? nothing
            : text.decidedBy(name(view.decided.who), absolute(view.decided.atMs, view.frame))
        }
      </p>
      ${
        view.decided === undefined || view.decided.reason === ''
          ? nothing
          : html`<p>${text.reasonWas}</p>
              <blockquote>${written(view.decided.reason)}</blockquote>`
      }`,
  });
};

const problemsOf = (view: ReviewView) => [
  ...(view.refused === undefined ? [] : [{ text: view.refused }]),
  ...(view.noteProblem === undefined ? [] : [{ fieldId: 'note-text', text: view.noteProblem }]),
  ...(view.decision?.reasonProblem === undefined
    ? []
    : [{ fieldId: 'reason', text: view.decision.reasonProblem }]),
];

export const reviewPage = (view: ReviewView): Html => {
  const problems = problemsOf(view);
  return sectionPage(
    {
      frame: view.frame,
      title: isolatedName(view.app.name),
      section: 'review',
      current: reviewUrl,
      failed: problems.length > 0,
    },
    html`${head(view)} ${errorSummary(words.errorsTitle(problems.length), problems)}
    ${
      view.moved === undefined
        ? nothing
        : notice({
            tone: 'warning',
            announced: true,
            content: html`<p>${text.moved(absolute(view.moved.atMs, view.frame), view.version)}</p>`,
          })
    }
    ${decided(view)}
    ${
      view.isOwn
        ? notice({
            tone: 'info',
            content: html`<p><strong>${text.own}</strong> ${text.ownText}</p>`,
          })
        : nothing
    }
    ${overview(view)} ${risks(view)} ${effect(view)} ${what(view)} ${answers(view)} ${notes(view)}
    ${view.decision === undefined ? nothing : decisionSection(view.decision, view.frame)}`,
  );
};
