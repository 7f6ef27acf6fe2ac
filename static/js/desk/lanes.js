// Keys for the board, off until somebody switches them on (WCAG 2.1.4). Everything they do has a button as well.
const KEPT = "board-shortcuts";
const ACTS = { s: "submit", a: "approve", p: "go-live", d: "withdraw", r: "reopen" };
const LANE = ".lane, .whole-lane"; // on the board, and on a page of its own

export function start(box) {
  const [button, help] = [box.querySelector("[data-shortcuts]"), box.querySelector("[data-shortcuts-help]")];
  const links = () => [...document.querySelectorAll(`:is(${LANE}) .ticket-title a`)].filter((link) => link.checkVisibility?.() ?? true);

  function show(on) {
    button.setAttribute("aria-pressed", on);
    help.hidden = !on;
  }
  function step(by) {
    const all = links();
    const now = all.indexOf(document.activeElement);
    (all[now + by] ?? all[by > 0 ? 0 : all.length - 1])?.focus();
  }
  function nextLane() {
    const lanes = [...document.querySelectorAll(LANE)];
    const now = lanes.indexOf(document.activeElement?.closest(LANE));
    const filled = [...lanes.slice(now + 1), ...lanes].find((lane) => lane.querySelector(".ticket-title a"));
    filled?.querySelector(".ticket-title a").focus();
  }
  box.hidden = false;
  show(localStorage.getItem(KEPT) === "on");
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    localStorage.setItem(KEPT, on ? "on" : "off");
    show(on);
  });
  document.addEventListener("keydown", (event) => {
    if (help.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    const key = event.key.toLowerCase();
    const lane = document.activeElement?.closest(LANE);
    if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
    else if (key === "l") nextLane();
    else if (key === "x") document.activeElement?.closest(".ticket")?.querySelector("[type=checkbox]")?.click();
    else if (ACTS[key]) lane?.querySelector(`.lane-bulk [value="${ACTS[key]}"]`)?.click();
    else return;
    event.preventDefault();
  });
}
