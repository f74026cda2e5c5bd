// "Download .env": the credentials that this page shows once, as a file, made here and sent nowhere.
for (const button of document.querySelectorAll('[data-env]')) {
  button.addEventListener('click', () => {
    const lines = button.dataset.env.split(' ').map((pair) => {
      const [name, id] = pair.split('=');
      return `${name}=${document.getElementById(id).textContent.trim()}\n`;
    });
    const address = URL.createObjectURL(new Blob(lines, { type: 'text/plain' }));
    Object.assign(document.createElement('a'), { href: address, download: '.env' }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  });
}
