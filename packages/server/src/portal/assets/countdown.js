// [data-ends]: a silent timer; a polite line speaks at two minutes, thirty seconds and the end (WCAG 2.2.1).
for (const timer of document.querySelectorAll('[data-ends]')) {
  const ends = Date.now() + Number(timer.dataset.remainingMs);
  const polite = document.getElementById(timer.dataset.says);
  const over = document.getElementById(timer.dataset.over);
  const marks = [
    [120_000, timer.dataset.twoMinutes],
    [30_000, timer.dataset.thirtySeconds],
  ];
  const tick = () => {
    const left = ends - Date.now();
    if (left <= 0) {
      timer.textContent = timer.dataset.ended;
      if (over) over.hidden = false;
      if (polite) polite.textContent = timer.dataset.ended;
      clearInterval(clock);
      return;
    }
    const seconds = Math.ceil(left / 1000);
    timer.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    while (marks.length > 0 && left <= marks[0][0]) {
      const [at, words] = marks.shift();
      if (polite && left > at - 15_000) polite.textContent = words;
    }
  };
  const clock = setInterval(tick, 1000);
  tick();
}
