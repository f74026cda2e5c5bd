// The pages on which a password, an authenticator app, a passkey or recovery codes are set, and the questions before one goes.
import type { FormTarget, Frame } from '../frame.ts';
import { html, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { isolatedName, name } from '../names.ts';
import { button, linkButton } from '../parts/button.ts';
import { confirmation } from '../parts/confirm.ts';
import { secretBox } from '../parts/copy.ts';
import { field, passwordField } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { breadcrumb } from '../parts/navigation.ts';
import { errorSummary, notice } from '../parts/notice.ts';
import { passkeyForm, type PasskeyForm } from '../parts/passkey.ts';
import { sectionPage } from '../shell.ts';
import type { ScriptName } from '../assets.ts';
import { words } from '../words/common.ts';
import { passkeyWords } from '../words/passkey.ts';
import { securityWords as text } from '../words/security.ts';
import { signInWords } from '../words/sign-in.ts';
import { securityUrl } from './overview.ts';

type Step = {
  readonly frame: Frame;
  readonly title: string;
  readonly error?: string | undefined;
  readonly fieldId?: string;
  readonly scripts?: readonly ScriptName[];
};

export const stepPage = (step: Step, content: Content): Html =>
  sectionPage(
    {
      frame: step.frame,
      title: step.title,
      section: 'settings',
      current: securityUrl,
      failed: step.error !== undefined,
      ...(step.scripts === undefined ? {} : { scripts: step.scripts }),
    },
    html`<div>
        ${breadcrumb([{ label: text.title, url: securityUrl }, { label: step.title }])}
        <div class="page-head"><h1>${step.title}</h1></div>
      </div>
      <div class="narrow stack">
        ${errorSummary(
          words.errorsTitle(1),
          step.error === undefined
            ? []
            : [{ ...(step.fieldId === undefined ? {} : { fieldId: step.fieldId }), text: step.error }],
        )}
        ${content}
      </div>`,
  );

export const cancel = (): Html => linkButton({ label: words.cancel, url: securityUrl });

export type PasswordView = {
  readonly frame: Frame;
  /** Posts `password`. */
  readonly form: FormTarget;
  readonly minLength: number;
  readonly error?: string | undefined;
};

export const passwordPage = (view: PasswordView): Html =>
  stepPage(
    {
      frame: view.frame,
      title: text.passwordTitle,
      error: view.error,
      fieldId: 'password',
      scripts: ['show-password'],
    },
    html`<p>${text.passwordLead}</p>
      ${form({ target: view.form }, [
        passwordField({
          id: 'password',
          name: 'password',
          label: text.newPassword,
          hint: text.passwordHint(view.minLength),
          autocomplete: 'new-password',
          required: true,
          autofocus: view.error === undefined,
          showLabel: signInWords.show,
          error: view.error,
        }),
        html`<div class="actions">${button({ label: text.setPassword, look: 'primary' })}${cancel()}</div>`,
      ])}`,
  );

export type NewPasskeyView = {
  readonly frame: Frame;
  /** Posts `name` and `credential`. */
  readonly passkey: PasskeyForm;
  readonly name: string;
  readonly error?: string | undefined;
  readonly atName?: boolean;
};

export const newPasskeyPage = (view: NewPasskeyView): Html => {
  const atName = view.atName === true;
  return stepPage(
    {
      frame: view.frame,
      title: text.passkeyAdd,
      error: view.error,
      ...(atName ? { fieldId: 'passkey-name' } : {}),
      scripts: ['passkey'],
    },
    html`<noscript
        >${notice({ tone: 'warning', content: html`<p>${passkeyWords.needsScript}</p>` })}</noscript
      >
      ${passkeyForm({
        ...view.passkey,
        kind: 'create',
        label: text.passkeyCreate,
        primary: true,
        fields: [
          field({
            id: 'passkey-name',
            name: 'name',
            label: text.passkeyName,
            hint: text.passkeyNameHint,
            value: view.name,
            required: true,
            maxLength: 60,
            autocomplete: 'off',
            error: atName ? view.error : undefined,
          }),
          html`<p class="second">${text.passkeyNext}</p>`,
        ],
        beside: cancel(),
      })}`,
  );
};

export type RecoveryCodesView = {
  readonly frame: Frame;
  readonly codes: readonly string[];
  /** What they came with. */
  readonly added?: 'totp' | 'passkey';
};

/** The only page that ever shows them. */
export const recoveryCodesPage = (view: RecoveryCodesView): Html =>
  stepPage(
    { frame: view.frame, title: text.recoveryTitle },
    html`${
        view.added === undefined
          ? nothing
          : notice({ tone: 'ok', content: html`<p>${text.added[view.added]}</p>`, announced: true })
      }
      <p>${text.recoveryShown}</p>
      ${secretBox({
        id: 'recovery-codes',
        label: text.recoveryLabel,
        value: view.codes.join('\n'),
        hint: text.recoveryHint,
        lines: true,
      })}
      <div class="actions">
        ${linkButton({ label: text.recoveryStored, look: 'primary', url: securityUrl })}
      </div>`,
  );

export type RemovalView = {
  readonly frame: Frame;
  readonly form: FormTarget;
  /** With it the second step goes altogether. */
  readonly isLast: boolean;
};

const ask = (frame: Frame, title: string, content: Html): Html =>
  sectionPage(
    { frame, title, section: 'settings', current: securityUrl },
    html`${breadcrumb([{ label: text.title, url: securityUrl }, { label: title }])} ${content}`,
  );

export const removeTotpPage = ({ frame, form: target, isLast }: RemovalView): Html => {
  const given = text.totpRemove;
  return ask(
    frame,
    given.title,
    confirmation({
      heading: given.title,
      text: isLast ? `${given.text} ${given.textLast}` : given.text,
      form: target,
      action: given.action,
      keep: given.keep,
      keepUrl: securityUrl,
    }),
  );
};

export const removePasskeyPage = (view: RemovalView & { readonly name: string }): Html => {
  const given = text.passkeyRemove;
  return ask(
    view.frame,
    given.title(isolatedName(view.name)),
    confirmation({
      heading: given.heading(name(view.name)),
      text: view.isLast ? `${given.text} ${given.textLast}` : given.text,
      form: view.form,
      action: given.action,
      keep: given.keep,
      keepUrl: securityUrl,
    }),
  );
};

export const renewCodesPage = (view: Omit<RemovalView, 'isLast'>): Html => {
  const given = text.recoveryRenewAsk;
  return ask(
    view.frame,
    given.title,
    confirmation({
      heading: given.title,
      text: given.text,
      form: view.form,
      action: given.action,
      keep: given.keep,
      keepUrl: securityUrl,
    }),
  );
};
