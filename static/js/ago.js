// "5 minutes ago" stays true while the page is open. The server's clock counts, which in the demo may run ahead.
const meta = document.querySelector('meta[name="now"]');
const ahead = meta ? new Date(meta.content) - Date.now() : 0;
const said = new Set();
const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "en");

function say(element) {
  const minutes = Math.round((Date.now() + ahead - new Date(element.dateTime)) / 60000);
  if (minutes < 1 || minutes >= 360) return;
  element.textContent = minutes < 60 ? words.format(-minutes, "minute") : words.format(-Math.round(minutes / 60), "hour");
}

setInterval(() => {
  for (const element of said) element.isConnected ? say(element) : said.delete(element);
}, 30000);

export function start(element) {
  said.add(element);
}
