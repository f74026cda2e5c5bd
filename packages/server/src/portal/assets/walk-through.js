// An app's walk-through: the real requests, sent from here. Secret and tokens stay in this page's memory and are masked.
const walk = document.querySelector('[data-walk]');
const inputOf = (id) => document.getElementById(id);
let tried;
let tokens;

const masked = (text) => (text.length > 8 ? `••••${text.slice(-4)}` : '••••');
const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
// Each step tells its own problem, beside the button that was pressed.
const problems = [...document.querySelectorAll('[data-problem]')];
let [problem] = problems;
const tell = (name) => {
  for (const other of problems) if (other !== problem) other.textContent = '';
  problem.textContent = name === '' ? '' : walk.dataset[name];
};

const SECRETS = ['client_secret', 'code', 'code_verifier', 'refresh_token', 'access_token'];
const maskedJson = (text) => {
  try {
    const json = JSON.parse(text);
    for (const name of SECRETS) if (typeof json[name] === 'string') json[name] = masked(json[name]);
    return SECRETS.some((name) => name in json) ? JSON.stringify(json, null, 2) : text;
  } catch {
    return text;
  }
};

const show = (id, request, answer) => {
  const box = document.getElementById(id);
  box.querySelector('[data-request]').textContent = request;
  box.querySelector('[data-answer]').textContent = answer;
  box.hidden = false;
};

const HEADERS = [
  'content-type',
  'www-authenticate',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-request-id',
];
const send = async (id, url, init, request) => {
  tell('');
  try {
    const answer = await fetch(url, { ...init, credentials: 'omit', cache: 'no-store', redirect: 'error' });
    const text = await answer.text();
    const head = HEADERS.filter((name) => answer.headers.has(name))
      .map((name) => `${name}: ${answer.headers.get(name)}`)
      .join('\n');
    show(id, request, `HTTP ${answer.status}\n${head}\n\n${maskedJson(text)}`);
    return answer.ok ? text : undefined;
  } catch {
    tell('unreachable');
    return undefined;
  }
};

const askTokens = async (id, grant) => {
  const url = new URL('/oauth/token', walk.dataset.authorize);
  const secret = inputOf('walk-secret')?.value.trim() ?? '';
  const form = new URLSearchParams({
    ...grant,
    client_id: walk.dataset.client,
    ...(secret === '' ? {} : { client_secret: secret }),
  });
  const shown = [...form].map(([name, value]) => `${name}=${SECRETS.includes(name) ? masked(value) : value}`);
  const request = `POST ${url.pathname}\ncontent-type: application/x-www-form-urlencoded\n\n${shown.join('\n')}`;
  const text = await send(id, url, { method: 'POST', body: form }, request);
  if (text !== undefined) tokens = JSON.parse(text);
};

const chosen = () =>
  document.querySelector('input[name="to"]:checked')?.value === 'echo'
    ? { redirect: walk.dataset.echo, state: walk.dataset.stateBegin + random() + walk.dataset.stateEnd }
    : { redirect: walk.dataset.redirect, state: random() };

const shownQuery = (url) =>
  [...url.searchParams]
    .map(([name, value]) => `${name}=${SECRETS.includes(name) ? masked(value) : value}`)
    .join('\n');

const authorize = async () => {
  tried = { ...chosen(), verifier: random() };
  // Opened before anything is awaited: later it would be a pop-up that nobody asked for.
  const tab = window.open('about:blank', '_blank');
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(tried.verifier));
  const url = new URL(walk.dataset.authorize);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: walk.dataset.client,
    redirect_uri: tried.redirect,
    state: tried.state,
    code_challenge: base64url(new Uint8Array(digest)),
    code_challenge_method: 'S256',
  }).toString();
  tried.request = `GET ${url.pathname}\n\n${shownQuery(url)}`;
  tell('');
  show('walk-asked', tried.request, walk.dataset.waiting);
  if (tab === null) return;
  tab.opener = null;
  tab.location = url.href;
};

/** What the browser was sent back with; undefined when it is not the answer to what was asked here. */
const landedAnswer = (address) => {
  const landed = URL.parse(address);
  const given = landed?.searchParams;
  if (tried === undefined) {
    tell('first');
    return undefined;
  }
  if (given?.get('state') !== tried.state) {
    tell(given?.has('state') ? 'state' : 'noCode');
    return undefined;
  }
  show('walk-asked', tried.request, `HTTP 303\nlocation: ${tried.redirect}\n\n${shownQuery(landed)}`);
  tell(given.has('error') ? 'denied' : given.has('code') ? '' : 'noCode');
  return given.get('code') ?? undefined;
};

const channel = new BroadcastChannel('walk-through');
channel.addEventListener('message', ({ data }) => {
  // Every tab of ours hears it; it belongs to the one that asked.
  if (tried?.redirect !== walk.dataset.echo || typeof data?.landed !== 'string') return;
  if (URL.parse(data.landed)?.searchParams.get('state') !== tried.state) return;
  tried.landed = data.landed;
  [problem] = problems;
  channel.postMessage({ taken: data.landed });
  landedAnswer(data.landed);
});

const exchange = async () => {
  const isEcho = tried !== undefined && tried.redirect === walk.dataset.echo;
  if (isEcho && tried.landed === undefined) return tell('notYet');
  const code = landedAnswer(isEcho ? tried.landed : inputOf('walk-landed').value.trim());
  if (code === undefined) return;
  if (inputOf('walk-secret')?.value.trim() === '') return tell('noSecret');
  return askTokens('walk-exchanged', {
    grant_type: 'authorization_code',
    code,
    redirect_uri: tried.redirect,
    code_verifier: tried.verifier,
  });
};

const call = async () => {
  if (tokens?.access_token === undefined) return tell('first');
  const authorization = `Bearer ${tokens.access_token}`;
  const request = `GET ${walk.dataset.call}\nauthorization: Bearer ${masked(tokens.access_token)}`;
  return send('walk-called', walk.dataset.call, { headers: { authorization } }, request);
};

const refresh = async () => {
  if (tokens?.refresh_token === undefined) return tell('first');
  return askTokens('walk-refreshed', { grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
};

const paste = document.getElementById('walk-paste');
const choices = document.querySelectorAll('input[name="to"]');
const showPaste = () => {
  if (paste !== null) paste.hidden = chosen().redirect === walk.dataset.echo;
};
for (const choice of choices) choice.addEventListener('change', showPaste);
showPaste();

for (const [id, act] of Object.entries({
  'walk-authorize': authorize,
  'walk-exchange': exchange,
  'walk-call': call,
  'walk-refresh': refresh,
}))
  document.getElementById(id)?.addEventListener('click', ({ currentTarget }) => {
    problem = currentTarget.closest('li').querySelector('[data-problem]');
    void act();
  });
