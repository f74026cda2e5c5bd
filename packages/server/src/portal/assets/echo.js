// The echo page: hands the answer to the walk-through that waits for it in another tab, and takes it out of the address.
const status = document.querySelector('[data-echo-taken]');
const channel = new BroadcastChannel('walk-through');
const landed = location.href;
channel.addEventListener('message', ({ data }) => {
  if (data?.taken === landed) status.textContent = status.dataset.echoTaken;
});
history.replaceState(null, '', location.pathname);
channel.postMessage({ landed });
