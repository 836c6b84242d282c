// While the system recovers: ask every five seconds whether it is back, then load the page again.
async function ask() {
  const answer = await fetch("/health").catch(() => null);
  if (answer?.ok) location.reload();
}

setInterval(ask, 5000);
