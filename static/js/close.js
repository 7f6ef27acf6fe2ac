// The closing button is hidden until this runs, since it would do nothing without it. data-closes="name": a cookie of
// that name keeps what was closed away for a month.
export function start(button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const notice = button.closest("[data-closes]");
    const next = notice.nextElementSibling?.querySelector("[data-close]") ?? document.getElementById("main");
    const name = notice.dataset.closes;
    if (name) document.cookie = `${name}=1; path=/; max-age=2592000; samesite=lax`;
    notice.remove();
    next?.focus({ preventScroll: true });
  });
}
