// A secret that was asked for again hides itself after a minute: nobody should find it on a screen that was left.
for (const secret of document.querySelectorAll('[data-hides-after]')) {
  const text = secret.querySelector('code');
  setTimeout(
    () => {
      text.textContent = secret.dataset.hidden;
      for (const button of secret.querySelectorAll('button')) button.remove();
      document.getElementById('announcement').textContent = secret.dataset.hidden;
    },
    Number(secret.dataset.hidesAfter) * 1000,
  );
}
