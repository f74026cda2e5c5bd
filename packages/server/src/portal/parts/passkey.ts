// A form that a passkey fills in. Needs passkey.js; where there is none, or no support for it, it says what to do instead.
import type { FormTarget } from '../frame.ts';
import { html, nothing } from '../html.ts';
import type { Content, Html } from '../html.ts';
import { passkeyWords } from '../words/passkey.ts';
import { button } from './button.ts';
import { form } from './form.ts';

export type PasskeyForm = {
  readonly target: FormTarget;
  /** What the browser is given, as JSON. */
  readonly options: string;
};

export type PasskeyFormProps = PasskeyForm & {
  readonly kind: 'create' | 'get';
  readonly label: string;
  readonly primary?: boolean;
  /** The browser may offer a passkey in the e-mail field by itself. */
  readonly autofill?: boolean;
  /** Fields above the button. */
  readonly fields?: Content;
  /** Beside the button. */
  readonly beside?: Content;
};

export const passkeyForm = (given: PasskeyFormProps): Html =>
  form(
    {
      target: { ...given.target, hidden: { ...given.target.hidden, credential: '' } },
      data: {
        'data-passkey': given.kind,
        'data-options': given.options,
        ...(given.autofill === true ? { 'data-autofill': 'yes' } : {}),
      },
    },
    html`${given.fields ?? nothing}
      <div class="actions" data-passkey-ask>
        <span class="needs-script grow"
          >${button({
            label: given.label,
            icon: 'key-round',
            ...(given.primary === true ? { look: 'primary' } : {}),
          })}</span
        >${given.beside ?? nothing}
      </div>
      <p class="hint" data-passkey-failed hidden role="status">${passkeyWords.failed}</p>
      <p class="hint" data-passkey-missing hidden>${passkeyWords.missing}</p>`,
  );
