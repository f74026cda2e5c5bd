// Permission picker: search, All / None of a group, and the count of what is chosen, added and removed.
const form = document.querySelector('[data-picker]');
const search = document.getElementById('permission-search');
const bar = document.getElementById('picker-count');
const found = document.getElementById('picker-found');
const boxes = [...form.querySelectorAll('input[type=checkbox]')];

const count = () => {
  const chosen = boxes.filter((box) => box.checked).length;
  const added = boxes.filter((box) => box.checked && !box.defaultChecked).length;
  const removed = boxes.filter((box) => !box.checked && box.defaultChecked).length;
  const parts = [`${chosen} chosen`];
  if (added > 0) parts.push(`${added} added`);
  if (removed > 0) parts.push(`${removed} removed`);
  bar.textContent = parts.join(' · ');
  for (const group of form.querySelectorAll('[data-group]')) {
    const own = boxes.filter((box) => group.contains(box));
    group.querySelector('[data-count]').textContent =
      `${own.filter((box) => box.checked).length} of ${own.length}`;
  }
};

const filter = () => {
  const wanted = search.value.trim().toLowerCase();
  let shown = 0;
  for (const group of form.querySelectorAll('[data-group]')) {
    let inGroup = 0;
    for (const row of group.querySelectorAll('[data-row]')) {
      row.hidden = wanted !== '' && !row.textContent.toLowerCase().includes(wanted);
      if (!row.hidden) inGroup += 1;
    }
    group.hidden = inGroup === 0;
    if (wanted !== '' && inGroup > 0) group.open = true;
    shown += inGroup;
  }
  found.textContent = wanted === '' ? '' : shown === 1 ? '1 permission found' : `${shown} permissions found`;
};

form.addEventListener('change', count);
form.addEventListener('reset', () => setTimeout(count));
form.addEventListener('click', (event) => {
  const button = event.target.closest('[data-set]');
  if (!button) return;
  const group = button.closest('[data-group]');
  for (const box of boxes) {
    const row = box.closest('[data-row]');
    if (group.contains(box) && !row.hidden) box.checked = button.dataset.set === 'all';
  }
  count();
});
search.addEventListener('input', filter);
search.addEventListener('keydown', (event) => {
  if (event.key === 'Enter') event.preventDefault();
});
