// Shares that wait on this device, as their owner sees them: what waits, what has to be asked, what was refused.
// The service worker sends; see worker/outbox.js.
function store(mode, work) {
  return new Promise((done, fail) => {
    const opening = indexedDB.open("outbox", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("shares", { keyPath: "key" });
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const act = opening.result.transaction("shares", mode);
      const request = work(act.objectStore("shares"));
      act.oncomplete = () => { opening.result.close(); done(request.result); };
      act.onerror = () => { opening.result.close(); fail(act.error); };
    };
  });
}

const ring = async () => (await navigator.serviceWorker.ready).active.postMessage("outbox");

function row(template, item, again) {
  const part = template.content.firstElementChild.cloneNode(true);
  for (const one of part.querySelectorAll("[data-when]")) one.hidden = one.dataset.when !== (item.state === "confirmed" ? "waiting" : item.state);
  part.querySelector("[data-words]").textContent = item.words;
  part.querySelector("[data-do=look]").href = new URL(item.url).pathname;
  part.addEventListener("click", async (event) => {
    const act = event.target.closest("[data-do]")?.dataset.do;
    if (!act) return;
    if (act === "send") {
      // A time that has passed cannot be planned; somebody who says "now" means now.
      const body = new URLSearchParams(item.body);
      body.set("when", "now");
      await store("readwrite", (shares) => shares.put({ ...item, body: body.toString(), state: "confirmed" }));
      await ring();
      return;
    }
    // Whatever becomes of the post, the words are a draft again.
    localStorage.setItem(`draft:${item.reader ?? ""}:${new URL(item.url).pathname}`, item.words);
    await store("readwrite", (shares) => shares.delete(item.key));
    await again();
  });
  return part;
}

export function start(box) {
  if (!("serviceWorker" in navigator) || !window.indexedDB) return;
  const template = box.querySelector("template");
  const sent = box.querySelector("[data-sent]");
  const reader = document.querySelector("meta[name=reader]")?.content;

  async function show() {
    const items = await store("readonly", (shares) => shares.getAll());
    const mine = items.filter((item) => !reader || item.reader === reader);
    for (const old of box.querySelectorAll(":scope > div")) old.remove();
    template.after(...mine.map((item) => row(template, item, show)));
    box.hidden = !mine.length && sent.hidden;
    return mine;
  }

  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data?.about !== "outbox") return;
    if (data.sent) sent.hidden = false;
    show();
  });
  addEventListener("online", ring);
  show().then((mine) => mine.length && navigator.onLine && ring());
}
