// One submit, not two. Released when the page is shown again by the back button.
export function start(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) return event.preventDefault();
    sent = true;
    event.submitter?.setAttribute("data-busy", "");
    event.submitter?.setAttribute("aria-disabled", "true");
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    sent = false;
    form.querySelectorAll("[data-busy]").forEach((button) => { button.removeAttribute("data-busy"); button.removeAttribute("aria-disabled"); });
  });
}
