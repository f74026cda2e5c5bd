// Passkeys: a form with [data-passkey] holds what the browser needs as JSON; the answer goes back in its field `credential`.
const { PublicKeyCredential } = window;
const supported =
  PublicKeyCredential !== undefined &&
  'parseCreationOptionsFromJSON' in PublicKeyCredential &&
  'parseRequestOptionsFromJSON' in PublicKeyCredential;
let waiting;

const ask = async (form, mediation) => {
  waiting?.abort();
  waiting = new AbortController();
  const { signal } = waiting;
  const options = JSON.parse(form.dataset.options);
  const credential =
    form.dataset.passkey === 'create'
      ? await navigator.credentials.create({
          publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
          signal,
        })
      : await navigator.credentials.get({
          publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
          signal,
          ...(mediation ? { mediation } : {}),
        });
  form.elements.credential.value = JSON.stringify(credential.toJSON());
  form.submit();
};

/** In the e-mail field, where the browser can. Refused, or given up for the button: the page stays as it is. */
const offer = async (form) => {
  try {
    if (await PublicKeyCredential.isConditionalMediationAvailable?.()) await ask(form, 'conditional');
  } catch {
    // Nothing was sent.
  }
};

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!supported) {
    for (const part of form.querySelectorAll('[data-passkey-ask]')) part.hidden = true;
    for (const part of form.querySelectorAll('[data-passkey-missing]')) part.hidden = false;
    continue;
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const failed = form.querySelector('[data-passkey-failed]');
    failed.hidden = true;
    void ask(form).catch(() => {
      failed.hidden = false;
    });
  });
  if (form.dataset.autofill !== undefined) {
    void offer(form);
  }
}
