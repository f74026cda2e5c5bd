// Times: rewritten into the reader's zone, and the zone kept in a cookie so that the server writes it next time.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !document.cookie.includes(`zone=${encodeURIComponent(zone)}`)) {
  document.cookie = `zone=${encodeURIComponent(zone)}; Path=/; Max-Age=31536000; SameSite=Lax`;
}

const minute = 60_000;
const clock = { hour: '2-digit', minute: '2-digit', hour12: false };
const day = { day: 'numeric', month: 'short' };
const write = (date, parts) => new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...parts }).format(date);

const absolute = (date) =>
  date.getFullYear() === new Date().getFullYear()
    ? write(date, { ...day, ...clock })
    : write(date, { ...day, year: 'numeric' });

const passed = (ms) => {
  if (ms < minute) return 'just now';
  if (ms < 60 * minute) return `${Math.floor(ms / minute)} min ago`;
  const hours = Math.floor(ms / (60 * minute));
  return hours === 1 ? '1 hour ago' : `${hours} hours ago`;
};

const update = () => {
  for (const element of document.querySelectorAll('time[data-form]')) {
    const date = new Date(element.dateTime);
    const ago = Date.now() - date.getTime();
    const form = element.dataset.form;
    if (form === 'date') element.textContent = write(date, { ...day, year: 'numeric' });
    else if (form === 'moment' && ago >= 0 && ago < 24 * 60 * minute) element.textContent = passed(ago);
    else element.textContent = absolute(date);
    if (element.dataset.exact !== undefined) element.dataset.exact = absolute(date);
  }
};

update();
setInterval(update, minute);
