import { post, renew } from "./token.js";
import { draftKey, write } from "./words.js";

// Saves itself a moment after the last key. Without a connection the words stay on the device and go when it is back.
// data-draft="/address/": this posts the form there. data-draft alone: htmx does, and this only keeps what it could not.
const PAUSE = 1200;

// An ended session is answered with the way to the sign-in: nothing was saved then.
const endsSession = (answer) => answer.headers.get("HX-Redirect") !== null;
const arrived = ({ successful, xhr }) => successful && xhr.getResponseHeader("HX-Redirect") === null;

export function start(form) {
  const key = draftKey();
  const state = form.querySelector("[data-draft-state]");
  // The words, then those for single accounts, and what fills their blanks.
  const fields = () => [...form.querySelectorAll("textarea, input[name^=blank_]")];
  const field = fields()[0];
  const written = () => JSON.stringify(Object.fromEntries(fields().map((one) => [one.name, one.value])));
  const url = form.dataset.draft || field.getAttribute("hx-post");
  let timer;
  let sending = Promise.resolve();

  const say = (name) => {
    if (!state) return;
    state.hidden = false;
    for (const word of state.querySelectorAll("[data-when]")) word.hidden = word.dataset.when !== name;
  };
  // The page that comes may have been written before the words reached the server: while one is on its way they stay.
  let leaving = false;
  const leave = () => { leaving = true; };
  const keep = () => {
    localStorage.setItem(key, written());
    addEventListener("beforeunload", leave);
  };
  const drop = () => {
    localStorage.removeItem(key);
    removeEventListener("beforeunload", leave);
  };
  const saved = (words) => {
    if (!leaving && localStorage.getItem(key) === words) drop();
    say("saved");
  };

  async function save(renews = false) {
    try {
      if (renews) await renew();
      const [body, words] = [new FormData(form), written()];
      const answer = await post(url, body, form.dataset.draft ? {} : { "HX-Request": "true" });
      if (!answer.ok || endsSession(answer)) throw new Error(String(answer.status));
      saved(words);
    } catch {
      say("kept");
    }
  }

  const queue = (renews) => { sending = sending.then(() => save(renews)); };
  form.addEventListener("input", (event) => {
    if (fields().includes(event.target)) keep();
    clearTimeout(timer);
    if (form.dataset.draft) timer = setTimeout(queue, PAUSE, false);
  });
  form.addEventListener("htmx:beforeRequest", () => { form.dataset.sent = written(); });
  form.addEventListener("htmx:afterRequest", (event) => (arrived(event.detail) ? saved(form.dataset.sent) : say("kept")));
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    // What is sent is no draft any more once a page answers that is neither this form nor the sign-in; see site.js.
    sessionStorage.setItem("draft-sent", key);
  });
  addEventListener("online", () => localStorage.getItem(key) !== null && queue(true));

  localStorage.removeItem(`draft:${location.pathname}`); // from before the sign-in; the session brought them here
  const kept = localStorage.getItem(key);
  if (kept === null || kept === written()) return void localStorage.removeItem(key);
  const words = read(kept, field.name);
  const put = () => {
    for (const one of fields()) {
      const text = words[one.name];
      delete words[one.name];
      if ((text ?? one.value) === one.value) continue;
      one.closest("details")?.setAttribute("open", "");
      write(one, text);
    }
  };
  put();
  // A blank comes with the answer to the words that hold it.
  document.addEventListener("htmx:load", put);
}

// Words that came back from the outbox are those of the first field alone.
function read(kept, name) {
  try {
    const words = JSON.parse(kept);
    if (words && typeof words === "object") return words;
  } catch {}
  return { [name]: kept };
}
