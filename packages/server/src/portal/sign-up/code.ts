// A mailed code to enter: one field that takes a paste, a way to have another one sent.
import type { FormTarget, Frame } from '../frame.ts';
import { attributes, html, href, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { button } from '../parts/button.ts';
import { demoMailHint } from '../parts/demo-mail.ts';
import { mailedCodeField } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { errorSummary, notice } from '../parts/notice.ts';
import type { ListedError } from '../parts/notice.ts';
import { decisionPage } from '../shell.ts';
import { words } from '../words/common.ts';
import { codeWords } from '../words/sign-up.ts';

export type CodeView = {
  readonly frame: Frame;
  readonly title: string;
  readonly lead: Content;
  /** Posts code. */
  readonly form: FormTarget;
  readonly verify: string;
  /** Absent where there is no other code to have. */
  readonly again?: FormTarget;
  readonly startOver: { readonly label: string; readonly url: string };
  readonly problem?: { readonly text: string; readonly atField: boolean };
  readonly sentAgain?: boolean;
};

export const codePage = (view: CodeView): Html => {
  const { problem } = view;
  const errors: readonly ListedError[] =
    problem === undefined ? [] : [{ text: problem.text, ...(problem.atField ? { fieldId: 'code' } : {}) }];
  return decisionPage(
    { frame: view.frame, title: view.title, failed: errors.length > 0 },
    html`<div class="stack-tight">
        <h1>${view.title}</h1>
        <p class="second">${view.lead}</p>
        ${demoMailHint(view.frame)}
      </div>
      ${
        view.sentAgain === true
          ? notice({ tone: 'ok', content: html`<p>${codeWords.sent}</p>`, announced: true })
          : nothing
      }
      ${errorSummary(words.errorsTitle(1), errors)}
      ${form({ target: view.form }, [
        mailedCodeField({
          id: 'code',
          name: 'code',
          label: codeWords.code,
          hint: codeWords.codeHint,
          required: true,
          autofocus: errors.length === 0,
          error: problem?.atField === true ? problem.text : undefined,
        }),
        html`<div class="actions">${button({ label: view.verify, look: 'primary' })}</div>`,
      ])}
      ${
        view.again === undefined
          ? nothing
          : form({ target: view.again }, button({ label: codeWords.again, small: true }))
      }
      <p><a ${attributes({ href: href(view.startOver.url) })}>${view.startOver.label}</a></p>`,
  );
};
