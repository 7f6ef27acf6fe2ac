// A part that changes by itself: fetched again, ever slower, until the server sends it without data-live.
const SLOWEST = 30000;
const seen = new WeakMap();

function keepFocus(part, change) {
  const id = part.contains(document.activeElement) && document.activeElement.id;
  change();
  if (id) document.getElementById(id)?.focus();
}

export function start(part) {
  const every = (Number(part.dataset.every) || 2) * 1000;
  let wait = every;

  async function look() {
    if (!part.isConnected) return;
    if (document.hidden || part.querySelector("details[open]")) return void setTimeout(look, every);
    let answer;
    try {
      answer = await fetch(part.dataset.live, { headers: { "HX-Request": "true" }, redirect: "manual" });
    } catch {
      wait = Math.min(wait * 2, SLOWEST);
      return void setTimeout(look, wait);
    }
    // Signed out meanwhile: a fresh page asks for the sign-in and comes back here.
    if (answer.type === "opaqueredirect" || answer.headers.get("HX-Redirect")) return location.reload();
    if (!answer.ok) return void setTimeout(look, (wait = Math.min(wait * 2, SLOWEST)));
    swap(await answer.text());
  }

  function swap(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
    if (!fresh) return void part.remove();
    if (html === seen.get(part)) {
      wait = Math.min(wait * 1.4, SLOWEST);
      return void setTimeout(look, wait);
    }
    seen.set(fresh, html);
    keepFocus(part, () => part.replaceWith(fresh));
    window.htmx?.process(fresh);
    fresh.dispatchEvent(new CustomEvent("advocacy:arrived", { bubbles: true }));
  }

  setTimeout(look, wait);
}
