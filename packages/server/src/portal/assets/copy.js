// Copy buttons: [data-copy] names the element whose text is copied; the page's status line says so once.
const status = document.getElementById('announcement');

const copy = async (button) => {
  const source = document.getElementById(button.dataset.copy);
  const words = button.querySelector('[data-copy-words]');
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
  } catch {
    getSelection().selectAllChildren(source);
    status.textContent = button.dataset.failed;
    return;
  }
  status.textContent = button.dataset.done;
  button.dataset.copied = '';
  if (words) {
    words.dataset.before ??= words.textContent;
    words.textContent = button.dataset.done;
  }
  setTimeout(() => {
    delete button.dataset.copied;
    if (words) words.textContent = words.dataset.before;
    status.textContent = '';
  }, 2000);
};

document.addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-copy]');
  if (button) void copy(button);
});
