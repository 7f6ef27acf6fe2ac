{% load static %}// Keeps one thing: the page that says there is no connection. Private pages are never stored.
const KEEP = "offline-1";
const OFFLINE = "{% url 'offline' %}";
const FILES = [OFFLINE, "{% static 'css/site.css' %}", "{% url 'accent' %}", "{% static 'img/icons.svg' %}"];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEEP).then((cache) => cache.addAll(FILES)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((n) => n !== KEEP).map((n) => caches.delete(n)))));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(OFFLINE)));
  } else if (["style", "image"].includes(request.destination)) {
    // The network first, so that nothing old is ever shown; the kept file only serves the offline page.
    event.respondWith(fetch(request).catch(() => caches.match(request, { ignoreSearch: true }).then((kept) => kept || Response.error())));
  }
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
