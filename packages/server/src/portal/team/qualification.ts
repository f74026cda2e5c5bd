// My Qualification: the form "Account Info", its yellow banner while it is under review; and the reviewers' side of it.
import type { QualificationForm, QualificationStatus } from '../../domain/vendors/qualification.ts';
import type { FormTarget, Frame } from '../frame.ts';
import { html, link, nothing } from '../html.ts';
import type { Html } from '../html.ts';
import { name } from '../names.ts';
import { button } from '../parts/button.ts';
import { radioGroup } from '../parts/choice.ts';
import { empty } from '../parts/empty.ts';
import { field, textArea } from '../parts/field.ts';
import { listedProblems, problemText, type FieldProblems } from '../parts/field-problems.ts';
import { form } from '../parts/form.ts';
import { errorSummary, notice } from '../parts/notice.ts';
import { facts } from '../parts/table.ts';
import { moment } from '../parts/time.ts';
import { sectionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { qualificationWords as text } from '../words/team.ts';

export const QUALIFICATION_URL = '/developer/qualification';
export const VENDOR_DESK_URL = '/review/vendors';

type FieldName = keyof QualificationForm;
const ids = {
  companyName: 'company-name',
  companyWebsite: 'company-website',
  privacyUrl: 'privacy-url',
  assessorName: 'assessor-name',
  assessorTitle: 'assessor-title',
  email: 'email',
  phone: 'phone',
} as const satisfies Record<FieldName, string>;

export type QualificationView = {
  readonly frame: Frame;
  /** Absent while it is under review, and once qualified. */
  readonly form?: FormTarget;
  readonly status?: QualificationStatus;
  readonly reason?: string;
  readonly values: Readonly<Partial<Record<FieldName, string>>>;
  readonly problems?: FieldProblems;
};

const banner = (view: QualificationView): Html => {
  if (view.status === undefined) return nothing;
  switch (view.status) {
    case 'under-review':
      return notice({ tone: 'warning', content: html`<p>${text.waiting}</p>` });
    case 'qualified':
      return notice({ tone: 'ok', content: html`<p>${text.qualified}</p>` });
    case 'declined':
      return notice({
        tone: 'bad',
        content: html`<p><strong>${text.declined}</strong></p>
          <blockquote>${view.reason ?? ''}</blockquote>`,
      });
  }
};

const fieldsOf = (view: QualificationView): readonly Html[] => {
  const one = (key: FieldName, type: 'text' | 'url' | 'email' | 'tel', autocomplete: string): Html =>
    field({
      id: ids[key],
      name: key,
      label: text.fields[key],
      type,
      autocomplete,
      required: true,
      value: view.values[key] ?? '',
      error: problemText(view.problems, key),
    });
  return [
    one('companyName', 'text', 'organization'),
    one('companyWebsite', 'url', 'url'),
    one('privacyUrl', 'url', 'off'),
    html`<h2>${text.assessor}</h2>`,
    one('assessorName', 'text', 'name'),
    one('assessorTitle', 'text', 'organization-title'),
    one('email', 'email', 'email'),
    one('phone', 'tel', 'tel'),
  ];
};

const given = (view: QualificationView): Html =>
  html`<div class="panel">
    ${facts((Object.keys(ids) as FieldName[]).map((key) => ({ name: text.fields[key], value: name(view.values[key] ?? '') })))}
  </div>`;

export const qualificationPage = (view: QualificationView): Html => {
  const errors = listedProblems(view.problems, ids);
  return sectionPage(
    {
      frame: view.frame,
      title: text.title,
      section: 'developer',
      current: QUALIFICATION_URL,
      failed: errors.length > 0,
    },
    html`<div class="narrow stack">
      <div class="stack-tight">
        <h1>${text.title}</h1>
        <p class="lead">${text.lead}</p>
      </div>
      ${banner(view)} ${errorSummary(words.errorsTitle(errors.length), errors)}
      <h2>${text.heading}</h2>
      ${
        view.form === undefined
          ? given(view)
          : form({ target: view.form }, [
              ...fieldsOf(view),
              html`<div class="actions">${button({ label: text.save, look: 'primary' })}</div>`,
            ])
      }
    </div>`,
  );
};

export type VendorDeskView = {
  readonly frame: Frame;
  readonly waiting: readonly {
    readonly id: string;
    readonly vendor: string;
    readonly values: QualificationForm;
    readonly sentAtMs: number;
    /** Posts decision, reason. */
    readonly decide: FormTarget;
    readonly reason?: string;
    readonly problems?: FieldProblems;
    readonly refused?: string;
  }[];
};

type Waiting = VendorDeskView['waiting'][number];

const reasonId = (one: Waiting): string => `reason-${one.id}`;
const decisionId = (one: Waiting): string => `decision-${one.id}`;

const errorsOf = (one: Waiting) => [
  ...(one.refused === undefined ? [] : [{ text: one.refused }]),
  ...listedProblems(one.problems, { decision: decisionId(one), reason: reasonId(one) }),
];

const waitingVendor = (view: VendorDeskView, one: Waiting): Html =>
  html`<section class="stack-tight" aria-labelledby="vendor-${one.id}">
    <h2 id="vendor-${one.id}">${name(one.vendor)}</h2>
    <div class="panel">
      ${facts([
        { name: text.desk.sent, value: moment(one.sentAtMs, view.frame) },
        { name: text.fields.companyName, value: name(one.values.companyName) },
        {
          name: text.fields.companyWebsite,
          value: link(one.values.companyWebsite, one.values.companyWebsite, { rel: 'noreferrer' }),
        },
        {
          name: text.desk.privacy,
          value: link(one.values.privacyUrl, one.values.privacyUrl, { rel: 'noreferrer' }),
        },
        {
          name: text.assessor,
          value: html`${name(one.values.assessorName)}, ${name(one.values.assessorTitle)}`,
        },
        { name: text.fields.email, value: name(one.values.email) },
        { name: text.fields.phone, value: name(one.values.phone) },
      ])}
    </div>
    ${form({ target: one.decide }, [
      radioGroup({
        id: decisionId(one),
        name: 'decision',
        legend: text.desk.decision,
        options: [
          { value: 'qualified', label: text.desk.approve },
          { value: 'declined', label: text.desk.decline },
        ],
        error: problemText(one.problems, 'decision'),
      }),
      textArea({
        id: reasonId(one),
        name: 'reason',
        label: text.desk.reason,
        hint: text.desk.reasonHint,
        rows: 3,
        maxLength: 2000,
        value: one.reason ?? '',
        error: problemText(one.problems, 'reason'),
      }),
      html`<div class="actions">${button({ label: text.desk.decide })}</div>`,
    ])}
  </section>`;

export const vendorDeskPage = (view: VendorDeskView): Html => {
  const errors = view.waiting.flatMap(errorsOf);
  return sectionPage(
    {
      frame: view.frame,
      title: text.desk.title,
      section: 'review',
      current: VENDOR_DESK_URL,
      failed: errors.length > 0,
    },
    html`<div class="narrow stack">
      <div class="stack-tight">
        <h1>${text.desk.title}</h1>
        <p class="lead">${text.desk.lead}</p>
      </div>
      ${errorSummary(words.errorsTitle(errors.length), errors)}
      ${
        view.waiting.length === 0
          ? empty({ icon: 'clock', title: text.desk.emptyTitle, text: text.desk.emptyText })
          : view.waiting.map((one) => waitingVendor(view, one))
      }
    </div>`,
  );
};
