import { write } from "./words.js";

export function start(button) {
  button.addEventListener("click", () => {
    const field = button.closest(".post")?.querySelector("textarea");
    if (!field) return;
    write(field, field.value.replace(button.dataset.replace, button.dataset.with));
    field.focus();
  });
}
