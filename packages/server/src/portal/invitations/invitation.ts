// An invitation that was mailed: what it is to, from whom, and how the reader accepts it.
import type { FormTarget, Frame } from '../frame.ts';
import { attributes, html, href } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { name } from '../names.ts';
import { button, linkButton } from '../parts/button.ts';
import { field, passwordField } from '../parts/field.ts';
import { listedProblems, problemText, type FieldProblems } from '../parts/field-problems.ts';
import { form } from '../parts/form.ts';
import { errorSummary } from '../parts/notice.ts';
import { absolute } from '../parts/time.ts';
import { decisionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { signUpWords } from '../words/sign-up.ts';
import { invitationWords as text } from '../words/team.ts';

export type InvitationTo =
  | { readonly to: 'tester' | 'transfer'; readonly app: string; readonly vendor: string }
  | { readonly to: 'team'; readonly vendor: string }
  | { readonly to: 'workspace'; readonly workspace: string; readonly role: keyof typeof words.roles };

export type InvitationView = {
  readonly frame: Frame;
  readonly invitation: InvitationTo & { readonly from: string; readonly expiresAtMs: number };
  readonly email: string;
  readonly reader:
    | { readonly kind: 'signed-in'; readonly accept: FormTarget; readonly differentUrl: string }
    | { readonly kind: 'known'; readonly signInUrl: string }
    | {
        readonly kind: 'new';
        /** Posts fullName, password. */
        readonly form: FormTarget;
        readonly fullName?: string;
        readonly problems?: FieldProblems;
      };
};

const ids = { fullName: 'full-name', password: 'password' } as const;

const asks = ({ invitation }: InvitationView): Html => {
  const from = html`<strong>${name(invitation.from)}</strong>`;
  const bold = (given: string): Html => html`<strong>${name(given)}</strong>`;
  switch (invitation.to) {
    case 'tester':
    case 'transfer':
      return text.asks[invitation.to](from, bold(invitation.vendor), bold(invitation.app));
    case 'team':
      return text.asks.team(from, bold(invitation.vendor));
    case 'workspace':
      return text.asks.workspace(
        from,
        bold(invitation.workspace),
        words.roles[invitation.role].toLowerCase(),
      );
  }
};

const newcomerForm = (reader: Extract<InvitationView['reader'], { kind: 'new' }>): Html =>
  form({ target: reader.form }, [
    field({
      id: ids.fullName,
      name: 'fullName',
      label: text.fullName,
      autocomplete: 'name',
      required: true,
      value: reader.fullName ?? '',
      error: problemText(reader.problems, 'fullName'),
    }),
    passwordField({
      id: ids.password,
      name: 'password',
      label: text.password,
      hint: signUpWords.passwordHint,
      autocomplete: 'new-password',
      required: true,
      showLabel: signUpWords.show,
      error: problemText(reader.problems, 'password'),
    }),
    html`<div class="actions">${button({ label: text.acceptNew, look: 'primary' })}</div>`,
  ]);

const answer = (view: InvitationView): Content => {
  const { reader } = view;
  const email = html`<strong>${name(view.email)}</strong>`;
  switch (reader.kind) {
    case 'signed-in':
      return html`<p>
          ${text.as(email)}
          <a ${attributes({ href: href(reader.differentUrl) })}>${text.different}</a>
        </p>
        ${form(
          { target: reader.accept },
          html`<div class="actions">
            ${button({ label: text.accept, look: 'primary' })} ${linkButton({ label: text.notNow, url: '/' })}
          </div>`,
        )}`;
    case 'known':
      return html`<p>${text.signInLead(email)}</p>
        <div class="actions">
          ${linkButton({ label: text.signIn, look: 'primary', url: reader.signInUrl })}
        </div>`;
    case 'new':
      return html`<p>${text.newLead(email)}</p>
        ${newcomerForm(reader)}`;
  }
};

export const invitationPage = (view: InvitationView): Html => {
  const { invitation, reader } = view;
  const errors = reader.kind === 'new' ? listedProblems(reader.problems, ids) : [];
  return decisionPage(
    {
      frame: view.frame,
      title: text.titles[invitation.to],
      failed: errors.length > 0,
      scripts: reader.kind === 'new' ? ['show-password'] : [],
    },
    html`<div class="stack-tight">
        <h1>${text.titles[invitation.to]}</h1>
        <p>${asks(view)}</p>
        <p class="second">${text.afterwards[invitation.to]}</p>
      </div>
      ${errorSummary(words.errorsTitle(errors.length), errors)} ${answer(view)}
      <p class="meta">${text.notNowHint} ${absolute(invitation.expiresAtMs, view.frame)}</p>`,
  );
};
