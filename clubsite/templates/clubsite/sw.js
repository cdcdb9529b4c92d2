// Keeps the log form for when there is no network: its scripts, its looks, and the empty page itself.
// Nothing personal is ever kept: no page but that one, and it is nobody's.
"use strict";

const CACHE = "surefoot-{{ version }}";
const FILES = [{% for file in files %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const SHELL = "{{ shell }}";
const PATIENCE_MS = 6000;

self.addEventListener("install", (event) => {
  const fill = async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(FILES);
    await cache.add(new Request(SHELL, { credentials: "omit", cache: "reload" }));
    await self.skipWaiting();
  };
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("surefoot-") && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

const kept = async () => (await caches.open(CACHE)).match(SHELL);

// The network first; the empty log form where it fails, or where the log page lets one wait long.
const page = async (request) => {
  const answer = fetch(request);
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  try {
    if (new URL(request.url).pathname !== "/log/") return await answer;
    return (await Promise.race([answer, patience])) ?? (await kept()) ?? (await answer);
  } catch (error) {
    const shell = await kept();
    if (shell) return shell;
    throw error;
  }
};

const file = async (request) => (await caches.match(request)) ?? fetch(request);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (FILES.includes(new URL(request.url).pathname)) event.respondWith(file(request));
});
