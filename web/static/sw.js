// Keeps the page, so that it opens without a network after the first visit. It keeps nothing that you give to the page.
const NAME = "ilacs-rules {{WHOLE}}";
const FILES = {{FILES}};

addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((kept) => kept.addAll(["./", ...FILES])).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const ours = (name) => name.startsWith("ilacs-rules ") && name !== NAME;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(ours).map((name) => caches.delete(name)))).then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  if (event.request.method !== "GET" || !event.request.url.startsWith(registration.scope)) { return; }
  event.respondWith(caches.open(NAME).then((kept) => kept.match(event.request, { ignoreSearch: true })).then((found) => found || fetch(event.request)));
});
