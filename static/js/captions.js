import { write } from "./words.js";

// A chip writes its suggested words. One's own words are kept and come back with their chip.
export function start(picker) {
  const field = document.querySelector(picker.dataset.captions);
  if (!field) return;
  const own = picker.querySelector("input:not([data-text])");
  const given = new Set([...picker.querySelectorAll("[data-text]")].map((chip) => chip.dataset.text));
  let mine = given.has(field.value) ? "" : field.value;

  picker.addEventListener("change", (event) => {
    if (!given.has(field.value)) mine = field.value;
    write(field, event.target.dataset.text ?? mine);
    if (event.target === own) field.focus();
  });
  // Who changes a suggestion is writing in their own words.
  field.addEventListener("input", () => {
    if (own && !given.has(field.value) && field.value !== mine && document.activeElement === field) own.checked = true;
  });
}
