// Entries saved without a network: kept in this browser, sent once, in order, as whoever typed them.
// The server knows each by its key, so that a second copy changes nothing (injuries/views/offline.py).
"use strict";

(() => {
  const ME = "surefoot:me";
  const RETRY_MS = 30_000;
  const SESSION = "/log/session/";
  const SEND = "/log/send/";
  const LOGIN = "/accounts/login/?next=/log/";

  const store = (action) => {
    try {
      return action();
    } catch {
      return null; // storage may be full or forbidden
    }
  };

  // --- Who types here: the page says it, the page kept offline remembers it ----------------------
  const remember = () => {
    const { user, unit } = document.body.dataset;
    if (user) store(() => localStorage.setItem(ME, JSON.stringify({ user, unit })));
    const me = store(() => JSON.parse(localStorage.getItem(ME)));
    if (me && !user && document.querySelector("[data-shell]")) document.body.dataset.unit = me.unit;
  };
  const user = () =>
    document.body.dataset.user ?? store(() => JSON.parse(localStorage.getItem(ME)))?.user ?? "";

  const forget = () => {
    for (const storage of [localStorage, sessionStorage]) {
      for (const key of Object.keys(storage)) {
        if (key.startsWith("surefoot:")) storage.removeItem(key);
      }
    }
  };

  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  // --- The queue ---------------------------------------------------------------------------------
  const ask = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  const open = () => {
    const request = indexedDB.open("surefoot", 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore("waiting", { keyPath: "number", autoIncrement: true });
    return ask(request);
  };

  const withStore = async (mode, action) => {
    const base = await open();
    try {
      const change = base.transaction("waiting", mode, { durability: "strict" });
      const done = new Promise((resolve, reject) => {
        change.oncomplete = resolve;
        change.onabort = () => reject(change.error);
      });
      const result = await ask(action(change.objectStore("waiting")));
      await done;
      return result;
    } finally {
      base.close();
    }
  };

  const all = () => withStore("readonly", (waiting) => waiting.getAll());
  const one = (number) => withStore("readonly", (waiting) => waiting.get(number));
  const put = (entry) => withStore("readwrite", (waiting) => waiting.put(entry));
  const remove = (number) => withStore("readwrite", (waiting) => waiting.delete(number));
  const mine = async () => (await all()).filter((entry) => entry.user === user());

  const entryOf = (form) => {
    const left = ["csrfmiddlewaretoken", "typed_at"];
    const fields = [...new FormData(form)].filter(([name, value]) => !left.includes(name) && value);
    fields.push(["typed_at", new Date().toISOString()]);
    // "no pair" was chosen; the page kept offline does not know what is usual, and the server fills it in.
    const empty = [...form.querySelectorAll("select")].filter((select) => !select.value);
    if (form.dataset.log !== "shell") for (const { name } of empty) fields.push([name, ""]);
    return { user: user(), fields };
  };

  // --- Sending -----------------------------------------------------------------------------------
  let isSending = false;
  let needsLogin = false;

  const send = async () => {
    if (isSending) return;
    isSending = true;
    try {
      if (navigator.locks) {
        // One tab at a time; the next looks again at what is left.
        await navigator.locks.request("surefoot-queue", sendAll);
      } else {
        await sendAll();
      }
    } catch {
      // No network, or the server is down: everything stays, and is tried again.
    } finally {
      isSending = false;
      await show();
    }
  };

  const sendAll = async () => {
    const waiting = (await mine()).filter((entry) => !entry.errors);
    if (!waiting.length) return;
    const answer = await fetch(SESSION, { cache: "no-store" });
    if (!answer.ok) return;
    const session = await answer.json();
    needsLogin = session.user === null;
    if (String(session.user) !== user()) return;
    for (const entry of waiting) {
      if (!(await sendOne(entry, session.token))) return;
    }
  };

  // Return whether the next one may be sent.
  const sendOne = async (entry, token) => {
    const body = new URLSearchParams([...entry.fields, ["user", entry.user]]);
    const answer = await fetch(SEND, {
      method: "POST",
      body,
      redirect: "manual",
      headers: { "X-CSRFToken": token },
    });
    if (answer.status === 200) {
      const { saved } = await answer.json();
      await remove(entry.number);
      if (saved) sent.push(saved);
      return true;
    }
    if (answer.status === 422) {
      await put({ ...entry, ...(await answer.json()) });
      return true;
    }
    if (answer.type === "opaqueredirect") needsLogin = true;
    return false;
  };

  // --- What the reader sees ----------------------------------------------------------------------
  const sent = [];
  const LABELS = { distance: "Distance", duration: "Time", on: "Date", time: "Start", shoe: "Shoes" };

  const element = (tag, text, attributes = {}) => {
    const made = document.createElement(tag);
    made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };

  const named = (entry) => {
    const field = Object.fromEntries(entry.fields);
    const unit = /^\d+$/.test(field.distance ?? "") && field.kind === "swim" ? "m" : unitShown();
    const far = field.distance ? `${field.distance} ${unit}` : field.duration;
    return `${field.kind ?? "run"}, ${far ?? ""}, ${field.on ?? ""}`;
  };
  const unitShown = () => document.body.dataset.unit ?? "km";

  const show = async () => {
    const box = document.getElementById("waiting");
    if (!box) return;
    const entries = await mine();
    const parts = [...entries.map(line), ...sent.map(sentLine)];
    box.hidden = parts.length === 0;
    if (box.hidden) return;
    const title = entries.length
      ? `${entries.length} ${entries.length === 1 ? "entry waits" : "entries wait"} on this device`
      : "Sent";
    const list = element("ul", "", { class: "plain" });
    list.append(...parts);
    box.replaceChildren(element("h2", title, { id: "waiting-title" }), list);
    if (entries.length) box.append(advice(entries));
    box.setAttribute("role", "status");
  };

  const advice = (entries) => {
    const said = element("p", "", { class: "small" });
    if (needsLogin) {
      said.append(element("a", "Log in", { href: LOGIN }), " and they are sent. Nothing is lost.");
    } else if (entries.some((entry) => !entry.errors)) {
      said.textContent = "Kept here until there is a connection, then sent once, in this order.";
    }
    return said;
  };

  const line = (entry) => {
    const item = element("li", named(entry), { class: "row spread" });
    if (!entry.errors) return item;
    const why = Object.entries(entry.errors).map(
      ([name, said]) => `${LABELS[name] ? `${LABELS[name]}: ` : ""}${said.join(" ")}`,
    );
    item.append(element("span", why.join(" "), { class: "error" }));
    const buttons = element("span", "", { class: "row" });
    if (entry.sure) {
      buttons.append(button("Yes, that is right", () => confirmEntry(entry)));
    }
    const mend = { class: "button button-secondary", href: `/log/?waiting=${entry.number}` };
    buttons.append(
      element("a", "Mend it", mend),
      button("Remove", () => remove(entry.number).then(show), "button-quiet"),
    );
    item.append(buttons);
    return item;
  };

  const sentLine = (saved) => {
    const item = element("li", `${saved.what} ${saved.distance} of ${saved.on} `, {});
    item.append(element("a", "See what it means", { href: `/log/${saved.id}/answer/` }));
    return item;
  };

  const button = (text, action, look = "button-secondary") => {
    const made = element("button", text, { type: "button", class: look });
    made.addEventListener("click", action);
    return made;
  };

  const confirmEntry = async (entry) => {
    const fields = entry.fields.filter(([name]) => name !== "sure");
    await put({ number: entry.number, user: entry.user, fields: [...fields, ["sure", entry.sure]] });
    await show();
    await send();
  };

  // --- The log form, when its answer does not come -----------------------------------------------
  const refusalOf = (form) => {
    const value = (name) => form.querySelector(`[name="${name}"]`)?.value.trim() ?? "";
    return value("distance") || value("duration") ? "" : "Give a distance or a time.";
  };

  const keep = async (form) => {
    if (form.dataset.log === "edit") {
      tellForm(form, "There is no connection. Nothing is saved yet; what you typed is still here.");
      return;
    }
    const why = user() ? refusalOf(form) : "Log in once while you are online, then try again.";
    if (why) {
      tellForm(form, why);
      return;
    }
    const entry = entryOf(form);
    if (form.dataset.waiting) entry.number = Number(form.dataset.waiting);
    try {
      await put(entry);
    } catch {
      tellForm(form, "This browser keeps nothing. Leave this page open and save again later.");
      return;
    }
    document.dispatchEvent(new CustomEvent("surefoot:kept"));
    const place = document.getElementById("log");
    const heading = document.querySelector("main h1");
    heading.textContent = "Kept on this device";
    heading.tabIndex = -1;
    const said = element("p", "It is sent as soon as there is a connection. You can close this page.");
    const again = element("a", "Log another", { class: "button", href: "/log/" });
    const card = element("div", "", { class: "card stack kept" });
    card.append(said, again);
    place.replaceChildren(card);
    heading.focus();
    await show();
    await send();
  };

  const tellForm = (form, text) => {
    form.querySelector("[data-told]")?.remove();
    form.prepend(element("p", text, { class: "notice notice-warn", role: "alert", "data-told": "" }));
  };

  const logForm = (event) =>
    (event.detail.requestConfig?.elt ?? event.detail.elt)?.closest?.("form[data-log]");
  const isLogin = (request) => request?.responseURL?.includes("/accounts/login/");

  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, (event) => logForm(event) && keep(logForm(event)));
  }
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = logForm(event);
    const { xhr } = event.detail;
    if (!form || !(isLogin(xhr) || xhr.status === 403 || xhr.status >= 500)) return;
    event.detail.shouldSwap = false;
    needsLogin = isLogin(xhr);
    keep(form);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = logForm(event);
    if (form?.dataset.waiting && event.detail.xhr.getResponseHeader("HX-Push-Url")) {
      remove(Number(form.dataset.waiting)).then(show);
    }
  });

  // --- Logging out forgets drafts; what waits is kept, and said ----------------------------------
  let mayLeave = false;
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.action?.endsWith("/accounts/logout/") || mayLeave) return;
    event.preventDefault();
    const waiting = await mine().catch(() => []);
    const question =
      "Some entries are not sent yet. They stay on this device, also for others who use it, until you log in here again. Log out?";
    if (waiting.length && !window.confirm(question)) return;
    mayLeave = true;
    forget();
    form.submit();
  });

  window.surefoot = { user, newKey, waiting: one };

  document.addEventListener("DOMContentLoaded", () => {
    remember();
    const shell = document.querySelector("[data-shell]");
    if (shell && !user()) document.querySelector("[data-stranger]").hidden = false;
    if (!window.indexedDB) return;
    send();
    setInterval(async () => (await mine()).length && send(), RETRY_MS);
  });
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.hidden || send());
  window.addEventListener("load", () => {
    navigator.serviceWorker?.register("/sw.js").catch(() => {});
  });
})();
