{% load static i18n components %}// The shell, and what one has read, for when there is no connection; a share that waits for one; and push.
const OFFLINE = "{% url 'offline' %}";
const QUEUED = "{% url 'queued' %}";
const STALE = "{% filter escapejs %}{% translate "There is no connection just now. This is what was here when you last looked." as stale %}{% notice stale kind="info" %}{% endfilter %}";
importScripts("{% static 'js/worker/reading.js' %}", "{% static 'js/worker/outbox.js' %}");
const FILES = [OFFLINE, QUEUED, "{% static 'css/site.css' %}", "{% url 'accent' %}", "{% static 'img/icons.svg' %}", "{% static 'js/site.js' %}"];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((n) => n !== SHELL && n !== READ).map((n) => caches.delete(n)))));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate" && request.method === "POST" && /^\/stories\/\d+\/share\/$/.test(url.pathname)) event.respondWith(share(event));
  else if (request.method !== "GET") return;
  else if (request.mode === "navigate") event.respondWith(page(event));
  else if (["style", "image", "script"].includes(request.destination)) event.respondWith(file(event));
});

// A push holds a title, a line and one of our own addresses; whatever else it says, only an address of ours is opened.
addEventListener("push", (event) => {
  let said = {};
  try { said = event.data?.json() ?? {}; } catch { /* shown as a plain line all the same: browsers insist */ }
  const { title = "{{ organisation.name|escapejs }}", body = "", url = "/", tag = "" } = said;
  event.waitUntil(self.registration.showNotification(title, { body, tag, data: { url }, icon: "{% static 'img/app-192.png' %}" }));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  const wanted = new URL(event.notification.data?.url || "/", location.origin);
  const url = wanted.origin === location.origin ? wanted.href : location.origin;
  event.waitUntil(clients.matchAll({ type: "window" }).then((open) => {
    const here = open.find((one) => one.url === url);
    return here ? here.focus() : clients.openWindow(url);
  }));
});
