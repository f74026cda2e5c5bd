// Show / Hide beside a password field; hidden again when the form is sent, so that browsers offer to save it.
for (const button of document.querySelectorAll('[data-shows]')) {
  const field = document.getElementById(button.dataset.shows);
  const set = (visible) => {
    field.type = visible ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(visible));
  };
  button.addEventListener('click', () => set(field.type === 'password'));
  field.form?.addEventListener('submit', () => set(false));
}
