// Part of the service worker. A share pressed without a connection waits here, with its owner's knowledge, and goes out
// when there is one: never later than they wanted without asking them, and never as somebody else.
const SOON = 3600000;

function store(mode, work) {
  return new Promise((done, fail) => {
    const opening = indexedDB.open("outbox", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("shares", { keyPath: "key" });
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const act = opening.result.transaction("shares", mode);
      const request = work(act.objectStore("shares"));
      act.oncomplete = () => { opening.result.close(); done(request?.result); };
      act.onerror = () => { opening.result.close(); fail(act.error); };
    };
  });
}

// Past the time they chose; for "now" past an hour after they pressed it.
const isLate = (item) => Date.now() > item.until;

async function tellPages(said) {
  for (const one of await clients.matchAll({ type: "window" })) one.postMessage({ about: "outbox", ...said });
}

async function queue(request) {
  const fields = [...(await request.formData())].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  const given = Object.fromEntries(fields);
  const now = Date.now();
  const chosen = { later: given.due_at, good: given.good_at }[given.when];
  const until = (chosen && Date.parse(chosen)) || now + SOON;
  const item = { key: given.key || String(now), reader: await whose(), url: request.url, body: new URLSearchParams(fields).toString(), words: given.words ?? "", at: now, until, state: "waiting" };
  await store("readwrite", (shares) => shares.put(item));
  await registration.sync?.register("outbox").catch(() => {});
}

async function sendOne(item, token) {
  const body = new URLSearchParams(item.body);
  body.set("csrfmiddlewaretoken", token);
  const answer = await fetch(item.url, { method: "POST", body });
  const { pathname } = new URL(answer.url);
  if (answer.redirected && pathname.startsWith("/accounts/")) return; // signed out: it waits for its owner
  if (answer.redirected && pathname === "/shares/") {
    await store("readwrite", (shares) => shares.delete(item.key));
    return tellPages({ sent: true });
  }
  if (answer.status < 500) await store("readwrite", (shares) => shares.put({ ...item, state: "refused" }));
}

async function sendWaiting() {
  const items = await store("readonly", (shares) => shares.getAll());
  if (!items.length) return;
  // A form token of now, and whose session this is: a queued share must not go out as whoever signed in since.
  const { token, reader } = await (await fetch("/token/", { cache: "no-store" })).json();
  for (const item of items) {
    if (item.reader !== reader || !reader || item.state === "refused") continue;
    if (isLate(item) && item.state !== "confirmed") await store("readwrite", (shares) => shares.put({ ...item, state: "asks" }));
    else await sendOne(item, token);
  }
  await tellPages({});
}

// Once at a time: the browser's bell and a page that opens may both ask.
const sendAll = () => navigator.locks.request("outbox", sendWaiting);

async function share(event) {
  const copy = event.request.clone();
  try {
    return await fetch(event.request);
  } catch {
    try {
      await queue(copy);
      return (await caches.match(QUEUED)) ?? Response.error();
    } catch {
      return (await caches.match(OFFLINE)) ?? Response.error();
    }
  }
}

addEventListener("sync", (event) => event.tag === "outbox" && event.waitUntil(sendAll()));
addEventListener("message", (event) => {
  if (event.data === "outbox") event.waitUntil(sendAll().catch(() => {}));
  if (event.data === "sign-out") event.waitUntil(Promise.all([caches.delete(READ), store("readwrite", (shares) => shares.clear())]));
});
