import { draftKey } from "./words.js";

// Behaviour is found by data- attributes and fetched only by pages that carry it. Without it every page still works.
// Each module has start(element); it is called once for each element, also for those that arrive later.
const behaviours = [
  ["[data-menu]", () => import("./menu.js")],
  ["[data-themes]", () => import("./theme.js")],
  ["[data-close]", () => import("./close.js")],
  ["[data-focus]", () => import("./focus.js")],
  ["[data-ago]", () => import("./ago.js")],
  ["[data-copy]", () => import("./copy.js")],
  ["[data-print]", () => import("./print.js")],
  ["[data-share-url], [data-share-sheet]", () => import("./share.js")],
  ["[data-undo]", () => import("./undo.js")],
  ["[data-live]", () => import("./live.js")],
  ["[data-busy-on-submit]", () => import("./busy.js")],
  ["[data-captions]", () => import("./captions.js")],
  ["[data-replace]", () => import("./replace.js")],
  ["[data-grows]", () => import("./grows.js")],
  ["[data-lengths]", () => import("./lengths.js")],
  ["[data-draft]", () => import("./draft.js")],
  ["[data-passkey]", () => import("./passkey.js")],
  ["[data-push]", () => import("./push.js")],
  ["[data-words-wait]", () => import("./waiting.js")],
  ["[data-opened]", () => import("./opened.js")],
  ["[data-seen]", () => import("./seen.js")],
  ["[data-badge]", () => import("./badge.js")],
  ["[data-outbox]", () => import("./outbox.js")],
  ["[data-lanes]", () => import("./desk/lanes.js")],
  ["[data-paste]", () => import("./desk/paste.js")],
  ["[data-place]", () => import("./place.js")],
  ["[data-count-checked]", () => import("./counted.js")],
  ["[data-deck]", () => import("./deck.js")],
];
const started = new WeakMap();

export function start(root) {
  for (const [selector, load] of behaviours) {
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.push(root);
    for (const element of found) {
      const done = started.get(element) ?? new Set();
      if (done.has(selector)) continue;
      started.set(element, done.add(selector));
      load().then((module) => element.isConnected && module.start(element));
    }
  }
}

start(document);
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
document.addEventListener("advocacy:arrived", (event) => start(event.target));

// Words that were sent are a draft no more; a form that came back, or a sign-in on the way to it, still needs them.
if (document.querySelector("[data-words-back]")) sessionStorage.removeItem("draft-sent");
const sent = sessionStorage.getItem("draft-sent");
if (sent && sent !== draftKey() && !location.pathname.startsWith("/accounts/")) {
  sessionStorage.removeItem("draft-sent");
  localStorage.removeItem(sent);
}

// Words kept on this device leave with the person.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.dropsWords !== undefined) localStorage.removeItem(draftKey());
  if (!event.target.action?.endsWith("/logout/")) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith("draft:")) localStorage.removeItem(key);
  navigator.serviceWorker?.controller?.postMessage("sign-out");
  navigator.clearAppBadge?.().catch(() => {});
});

if ("serviceWorker" in navigator && isSecureContext) navigator.serviceWorker.register("/sw.js").catch(() => {});
