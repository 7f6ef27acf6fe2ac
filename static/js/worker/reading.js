// Part of the service worker. What one has opened can be read without a connection: by whoever opened it, until they
// sign out. Every page of a signed-in member says by a mark whose it is; another mark, or none, empties the shelf.
const SHELL = "shell-2";
const READ = "read-2";
const WHO = "/.reader";
const MOST = 40;
const PATIENCE = 3000;
const HASHED = /^\/static\/.*\.[0-9a-f]{12}\./;
const PAGES = /^\/(?:stories\/\d+\/(?:share\/)?)?$/;

const isHtml = (answer) => (answer.headers.get("Content-Type") ?? "").startsWith("text/html");
const isReadable = (url) => PAGES.test(url.pathname) && !url.search;

async function whose() {
  return (await (await caches.open(READ)).match(WHO))?.text();
}

async function notice(request, answer) {
  if (!isHtml(answer)) return;
  const mark = answer.headers.get("X-Reader") ?? "";
  const known = await whose();
  if (known !== undefined && known !== mark) await caches.delete(READ);
  if (!mark) return;
  const shelf = await caches.open(READ);
  if (known !== mark) await shelf.put(WHO, new Response(mark));
  if (answer.ok && !answer.redirected && isReadable(new URL(request.url))) await put(shelf, request.url, answer);
}

async function put(shelf, key, answer) {
  await shelf.delete(key); // what was read last stands last, and goes last
  await shelf.put(key, answer);
  const keys = (await shelf.keys()).filter((one) => new URL(one.url).pathname !== WHO);
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST)).map((one) => shelf.delete(one)));
}

async function kept(request) {
  const page = await (await caches.open(READ)).match(request.url);
  if (!page) return undefined;
  const html = (await page.text()).replace(/<main\b[^>]*>/, (main) => main + STALE);
  return new Response(html, { headers: page.headers });
}

// The network, else what was kept, else the page that says there is no connection. The feed waits three seconds for it.
async function page(event) {
  const { request } = event;
  const fresh = fetch(request).then((answer) => {
    event.waitUntil(notice(request, answer.clone()));
    return answer;
  });
  const orElse = async () => (await kept(request)) ?? (await caches.match(OFFLINE)) ?? Response.error();
  if (new URL(request.url).pathname !== "/") return fresh.catch(orElse);
  const slow = new Promise((done) => setTimeout(done, PATIENCE)).then(() => kept(request)).then((old) => old ?? fresh);
  return Promise.race([fresh, slow]).catch(orElse);
}

// A file whose name carries its content never changes; any other is asked for, and kept for when nobody answers.
async function file(event) {
  const { request } = event;
  const url = new URL(request.url);
  const ours = url.pathname.startsWith("/static/") || url.pathname === "/accent.css";
  if (!ours && ((await whose()) ?? "") === "") return fetch(request);
  const shelf = await caches.open(ours ? SHELL : READ);
  if (HASHED.test(url.pathname)) {
    const have = await shelf.match(request);
    if (have) return have;
  }
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.status === 200) event.waitUntil(ours ? shelf.put(request, answer.clone()) : put(shelf, request.url, answer.clone()));
    return answer;
  } catch {
    return (await shelf.match(request, { ignoreSearch: true })) ?? Response.error();
  }
}
