// The server counts as each platform counts (htmx brings the meters). Between two answers the difference is guessed
// from what was typed since; a meter that guesses is written lighter.
const graphemes = Intl.Segmenter && new Intl.Segmenter();
const size = (text) => (graphemes ? [...graphemes.segment(text)].length : [...text].length);

function announcer(box) {
  const id = "lengths-said";
  return document.getElementById(id) ?? box.insertAdjacentElement("afterend", Object.assign(document.createElement("p"), { id, className: "visually-hidden", role: "status" }));
}

export function start(box) {
  const field = document.querySelector(box.dataset.lengths);
  if (!field) return;
  const counted = size(field.value);
  const meters = [...box.querySelectorAll("[data-length]")];
  tell(box, meters);

  field.addEventListener("input", () => {
    if (!box.isConnected) return;
    for (const meter of meters) guess(meter, Number(meter.dataset.used) + size(field.value) - counted);
  });
}

function guess(meter, used) {
  const limit = Number(meter.dataset.limit);
  meter.classList.toggle("over", used > limit);
  meter.classList.toggle("near", used <= limit && limit - used <= 20);
  meter.classList.add("guess");
  meter.querySelector("circle + circle").setAttribute("stroke-dasharray", `${Math.max(0, Math.min(100, (100 * used) / limit))} 100`);
  meter.querySelector("b").textContent = used;
}

// Said aloud at twenty left and when over, not on every key.
let before = "";
function tell(box, meters) {
  const now = meters.filter((meter) => meter.matches(".near, .over")).map((meter) => meter.textContent.trim().replace(/\s+/g, " ")).join(". ");
  const kind = meters.map((meter) => (meter.matches(".over") ? "o" : meter.matches(".near") ? "n" : "")).join();
  if (kind !== before) announcer(box).textContent = now;
  before = kind;
}
