import { write } from "./words.js";

export function start(button) {
  button.addEventListener("click", () => {
    const fields = [...(button.closest(".caption-row") ?? button.closest("form") ?? button.closest(".post"))?.querySelectorAll("textarea") ?? []];
    const field = fields.find((one) => one.value.includes(button.dataset.replace));
    if (!field) return;
    write(field, field.value.replace(button.dataset.replace, button.dataset.with));
    field.focus();
  });
}
