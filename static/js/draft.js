import { post } from "./token.js";
import { write } from "./words.js";

// Saves itself a moment after the last key. Without a connection the words stay on the device and go when it is back.
const PAUSE = 1200;

export function start(form) {
  const key = `draft:${location.pathname}`;
  const state = form.querySelector("[data-draft-state]");
  const field = form.querySelector("textarea");
  let timer;
  let sending = Promise.resolve();

  const say = (name) => {
    if (!state) return;
    state.hidden = false;
    for (const word of state.querySelectorAll("[data-when]")) word.hidden = word.dataset.when !== name;
  };

  async function save() {
    const body = new FormData(form);
    localStorage.setItem(key, field.value);
    try {
      const answer = await post(form.dataset.draft, body);
      if (!answer.ok) throw new Error(String(answer.status));
      if (localStorage.getItem(key) === body.get(field.name)) localStorage.removeItem(key);
      say("saved");
    } catch {
      say("kept");
    }
  }

  const queue = () => { sending = sending.then(save); };
  form.addEventListener("input", () => {
    localStorage.setItem(key, field.value);
    clearTimeout(timer);
    timer = setTimeout(queue, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    // What is sent is no draft any more; without a connection it stays, since the sending will fail.
    if (navigator.onLine) localStorage.removeItem(key);
  });
  addEventListener("online", () => localStorage.getItem(key) !== null && queue());

  const kept = localStorage.getItem(key);
  if (kept === null || kept === field.value) return void localStorage.removeItem(key);
  write(field, kept);
}
