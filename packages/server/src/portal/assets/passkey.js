// Passkeys: a form with [data-passkey] holds what the browser needs as JSON; the answer goes back in its field `credential`.
const { PublicKeyCredential } = window;
const supported =
  PublicKeyCredential?.parseCreationOptionsFromJSON && PublicKeyCredential.parseRequestOptionsFromJSON;
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
    ask(form).catch(() => {
      failed.hidden = false;
    });
  });
  if (form.dataset.autofill !== undefined) {
    PublicKeyCredential.isConditionalMediationAvailable?.().then(
      // Refused, or given up for the button: the page stays as it is.
      (available) => available && ask(form, 'conditional').catch(() => {}),
    );
  }
}
