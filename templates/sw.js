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
