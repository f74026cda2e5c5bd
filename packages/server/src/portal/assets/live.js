// The demo's start page: polls what the gateway decided, ticks steps, runs the first call. Nothing of it is announced.
const body = document.querySelector('[data-live]');
const pause = document.getElementById('live-pause');
let paused = false;
let shown = '';

const element = (name, text, className) => {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
};

const rowOf = (one) => {
  const row = element('tr');
  const head = element('th');
  head.scope = 'row';
  const time = element('time', new Date(one.at).toLocaleTimeString('en-GB'));
  time.dateTime = one.at;
  head.append(time);
  const asked = element('td');
  asked.append(element('code', `${one.method} ${one.path}`, 'path'), element('span', one.app, 'second'));
  const answer = element('td');
  answer.append(element('b', String(one.status)), element('span', one.reason, 'second'));
  row.append(head, asked, answer, element('td', String(one.durationMs), 'numbers'));
  return row;
};

const show = ({ rows, done, cut }) => {
  body.replaceChildren(...rows.map(rowOf));
  document.querySelector('[data-live-empty]').hidden = rows.length > 0;
  for (const step of document.querySelectorAll('[data-step]'))
    step.classList.toggle('done', done.includes(step.dataset.step));
  for (const mark of document.querySelectorAll('[data-step-done]'))
    mark.hidden = !done.includes(mark.dataset.stepDone);
  const line = document.querySelector('[data-cut]');
  if (line) {
    line.textContent = cut;
    line.hidden = cut === '';
  }
};

const poll = async () => {
  if (paused || document.hidden) return;
  try {
    // Without cookies: looking on must not keep a session awake, nor take the line meant for the next page.
    const answer = await fetch('/demo/live.json', { credentials: 'omit', cache: 'no-store' });
    const text = await answer.text();
    if (!answer.ok || text === shown || paused) return;
    shown = text;
    show(JSON.parse(text));
  } catch {
    // The demo is stopped: what stands there stays.
  }
};

if (body) {
  document.querySelector('[data-live-control]').hidden = false;
  pause.addEventListener('click', () => {
    paused = !paused;
    pause.textContent = paused ? body.dataset.resume : body.dataset.pause;
    void poll();
  });
  setInterval(() => void poll(), 1000);
  void poll();
}

const run = document.querySelector('[data-run]');
const knock = async () => {
  const output = document.getElementById('knock-answer');
  try {
    const answer = await fetch(run.getAttribute('href'), { credentials: 'omit', cache: 'no-store' });
    const challenge = answer.headers.get('www-authenticate');
    output.textContent = `HTTP ${answer.status}${challenge ? `\nWWW-Authenticate: ${challenge}` : ''}\n\n${await answer.text()}`;
  } catch {
    output.textContent = output.dataset.failed;
  }
  output.hidden = false;
  void poll();
};
run?.addEventListener('click', (event) => {
  event.preventDefault();
  void knock();
});
