import { post } from "./token.js";

// Light, dark or as the device, at once; the server keeps the choice in a cookie.
function show(theme) {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  for (const button of document.querySelectorAll("[data-themes] button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
}

export function start(form) {
  form.addEventListener("submit", (event) => {
    const theme = event.submitter?.value;
    if (!theme) return;
    event.preventDefault();
    show(theme);
    const body = new FormData(form);
    body.set("theme", theme);
    post(form.action, body).catch(() => {});
  });
}
