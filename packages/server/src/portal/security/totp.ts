// Adding an authenticator app: a picture to scan, the same key as text, and the code that proves the app has it.
import type { FormTarget, Frame } from '../frame.ts';
import { html, trustedMarkup } from '../html.ts';
import type { Html } from '../html.ts';
import { button } from '../parts/button.ts';
import { secretBox } from '../parts/copy.ts';
import { mailedCodeField } from '../parts/field.ts';
import { form } from '../parts/form.ts';
import { securityWords as text } from '../words/security.ts';
import { cancel, stepPage } from './steps.ts';

export type TotpView = {
  readonly frame: Frame;
  /** Posts `code`; carries `setup`. */
  readonly form: FormTarget;
  /** Rows of dark and light modules. */
  readonly picture: readonly (readonly boolean[])[];
  readonly secret: string;
  readonly error?: string | undefined;
};

/** One path of unit squares, dark on white in both colour schemes: scanners want it so. */
const qr = (rows: readonly (readonly boolean[])[]): Html => {
  const squares = rows
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('');
  return html`<svg
    class="qr"
    viewBox="0 0 ${rows.length} ${rows.length}"
    role="img"
    aria-label="${text.totpSteps.picture}"
  >
    ${trustedMarkup(`<path d="${squares}"/>`)}
  </svg>`;
};

const inFours = (secret: string): string => secret.replaceAll(/(.{4})(?=.)/g, '$1 ');

export const totpPage = (view: TotpView): Html =>
  stepPage(
    { frame: view.frame, title: text.totpTitle, error: view.error, fieldId: 'code' },
    html`<ol class="steps">
        <li>
          <div class="stack-tight">
            <p>${text.totpSteps.scan}</p>
            ${qr(view.picture)}
            <p class="second">${text.totpSteps.type}</p>
            ${secretBox({ id: 'totp-key', label: text.totpSteps.key, value: inFours(view.secret), labelHidden: true })}
          </div>
        </li>
        <li><p>${text.totpSteps.enter}</p></li>
      </ol>
      ${form({ target: view.form }, [
        mailedCodeField({
          id: 'code',
          name: 'code',
          label: text.code,
          required: true,
          maxLength: 20,
          error: view.error,
        }),
        html`<div class="actions">${button({ label: text.totpConfirm, look: 'primary' })}${cancel()}</div>`,
      ])}`,
  );
