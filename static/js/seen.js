import { token } from "./token.js";

// Says once which stories were in front of somebody: half of one in view for a second. It orders their own feed.
const LONG_ENOUGH = 1000;

export function start(list) {
  if (!("IntersectionObserver" in window) || !navigator.sendBeacon) return;
  const timers = new Map();
  let fresh = [];

  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      clearTimeout(timers.get(target));
      if (isIntersecting) timers.set(target, setTimeout(() => {
        fresh.push(target.dataset.story);
        watch.unobserve(target);
      }, LONG_ENOUGH));
    }
  }, { threshold: 0.5 });

  // On the way out, once for all of them.
  const send = () => {
    if (!fresh.length) return;
    const form = new FormData();
    form.append("csrfmiddlewaretoken", token());
    for (const story of fresh) form.append("story", story);
    if (navigator.sendBeacon(list.dataset.seen, form)) fresh = [];
  };
  document.addEventListener("visibilitychange", () => document.hidden && send());
  addEventListener("pagehide", send);
  for (const card of list.querySelectorAll("[data-story]")) watch.observe(card);
}
