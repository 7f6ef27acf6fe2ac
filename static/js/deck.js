import { post } from "./token.js";

// One card at a time: by buttons, arrow keys or a swipe. Where somebody is goes to the server, for them alone.
const FAR = 50;

export function start(deck) {
  const cards = [...deck.querySelectorAll("[data-card]")];
  const [foot, back, next, bar] = ["foot", "back", "next", "progress"].map((one) => deck.querySelector(`[data-deck-${one}]`));
  const list = cards[0].parentElement;
  const named = cards.findIndex((card) => `#${card.id}` === location.hash);
  let at = named < 0 ? Number(deck.dataset.place) : named;

  const show = (to, moved) => {
    at = Math.max(0, Math.min(to, cards.length - 1));
    cards.forEach((card, number) => { card.hidden = number !== at; });
    bar.value = at + 1;
    back.disabled = at === 0;
    next.hidden = at === cards.length - 1;
    if (!moved) return;
    history.replaceState(history.state, "", `#${cards[at].id}`);
    scrollTo(0, 0);
    cards[at].querySelector("h2").focus({ preventScroll: true });
    const body = new FormData();
    body.append("card", at);
    post(deck.dataset.deck, body).catch(() => {});
  };
  const turn = (by) => at + by >= 0 && at + by < cards.length && show(at + by, true);

  back.addEventListener("click", () => turn(-1));
  next.addEventListener("click", () => turn(1));
  const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !/^Arrow(Left|Right)$/.test(event.key)) return;
    turn(event.key === forward ? 1 : -1);
  });
  let from;
  list.addEventListener("touchstart", ({ touches }) => { from = touches.length === 1 ? touches[0] : null; }, { passive: true });
  list.addEventListener("touchend", ({ changedTouches: [to] }) => {
    const [x, y] = from ? [to.clientX - from.clientX, to.clientY - from.clientY] : [0, 0];
    if (Math.abs(x) > FAR && Math.abs(x) > 2 * Math.abs(y)) turn((x < 0) === (document.dir !== "rtl") ? 1 : -1);
  }, { passive: true });

  list.classList.add("deck-on");
  foot.hidden = bar.hidden = false;
  show(at, false);
  if (named > 0) requestAnimationFrame(() => scrollTo(0, 0));
}
