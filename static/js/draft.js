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
  const field = form.querySelector("textarea");
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
  const keep = (words) => {
    localStorage.setItem(key, words);
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
      const body = new FormData(form);
      const answer = await post(url, body, form.dataset.draft ? {} : { "HX-Request": "true" });
      if (!answer.ok || endsSession(answer)) throw new Error(String(answer.status));
      saved(body.get(field.name));
    } catch {
      say("kept");
    }
  }

  const queue = (renews) => { sending = sending.then(() => save(renews)); };
  form.addEventListener("input", (event) => {
    if (event.target === field) keep(field.value);
    clearTimeout(timer);
    if (form.dataset.draft) timer = setTimeout(queue, PAUSE, false);
  });
  form.addEventListener("htmx:beforeRequest", () => { form.dataset.sent = field.value; });
  form.addEventListener("htmx:afterRequest", (event) => (arrived(event.detail) ? saved(form.dataset.sent) : say("kept")));
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    // What is sent is no draft any more once a page answers that is neither this form nor the sign-in; see site.js.
    sessionStorage.setItem("draft-sent", key);
  });
  addEventListener("online", () => localStorage.getItem(key) !== null && queue(true));

  const kept = localStorage.getItem(key);
  if (kept === null || kept === field.value) return void localStorage.removeItem(key);
  write(field, kept);
}
