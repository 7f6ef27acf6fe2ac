// The closing button is hidden until this runs, since it would do nothing without it.
export function start(button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const notice = button.closest("[data-closes]");
    const next = notice.nextElementSibling?.querySelector("[data-close]") ?? document.getElementById("main");
    notice.remove();
    next?.focus({ preventScroll: true });
  });
}
