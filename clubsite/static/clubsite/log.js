// The log form with a script: last time in one tap, fields by kind, sliders, and a draft that a
// reload does not lose. Everything here is a convenience; the form works without it.
"use strict";

(() => {
  const DRAFT_DAYS = 7;
  const PAIN = ["heel", "first_step", "during", "after", "gait_changed", "painkiller"];
  const NOT_KEPT = ["csrfmiddlewaretoken", "sure", "typed_at"];

  const chosen = (form, name) => form.querySelector(`[name="${name}"]:checked`)?.value ?? "";

  const set = (form, name, value) => {
    for (const field of form.querySelectorAll(`[name="${name}"]`)) {
      if (field.type === "radio") field.checked = field.value === value;
      else if (field.type !== "submit") field.value = value;
    }
  };

  // --- Kinds: each shows what it needs -----------------------------------------------------------
  const adapt = (form) => {
    const kind = chosen(form, "kind") || "run";
    for (const part of form.querySelectorAll("[data-for-kinds]")) {
      part.hidden = !part.dataset.forKinds.split(" ").includes(kind);
    }
    const unit = kind === "swim" ? "m" : document.body.dataset.unit || "km";
    const label = form.querySelector('label[for="id_distance"]');
    if (label) label.textContent = `Distance (${unit})`;
    const heading = document.querySelector("main h1");
    if (heading && form.dataset.log !== "edit") {
      const article = kind === "other" || kind === "mobility" || kind === "strength" ? "" : "a ";
      heading.textContent = `Log ${article}${kind === "other" ? "something else" : kind}`;
    }
    const last = lastOf(form)[kind];
    const same = form.querySelector("[data-same]");
    if (!same) return;
    same.parentElement.hidden = !last;
    same.href = same.href.replace(/again=\w*/, `again=${kind}`);
    const figures = last ? [last.distance && `${last.distance} ${unit}`, last.duration] : [];
    same.querySelector("[data-same-what]").textContent = last
      ? `: ${figures.filter(Boolean).join(", ")}`
      : "";
  };

  const told = (form, id) => {
    const data = form.querySelector(id);
    return data ? JSON.parse(data.textContent) : {};
  };
  const lastOf = (form) => told(form, "#log-last");

  // --- Each ground has its pair, until somebody chooses one by hand -------------------------------
  const ground = (form) => form.querySelector("[name=surface]").value;

  const offerPair = (form) => {
    const pairs = told(form, "#log-pairs");
    const filledIn = (surface) => pairs[surface] ?? pairs[""] ?? "";
    const shoe = form.querySelector("[name=shoe]");
    const before = form.dataset.ground ?? "";
    form.dataset.ground = ground(form);
    if (!shoe || form.dataset.pair === "chosen" || shoe.value !== filledIn(before)) return;
    shoe.value = filledIn(ground(form));
  };

  const usual = (form) => {
    const last = lastOf(form)[chosen(form, "kind") || "run"];
    if (last) set(form, "surface", last.surface);
    offerPair(form);
  };

  const sameAsLast = (form) => {
    const last = lastOf(form)[chosen(form, "kind") || "run"];
    if (!last) return false;
    for (const [name, value] of Object.entries(last)) {
      if (value || name !== "shoe") set(form, name, value);
    }
    form.dataset.pair = "chosen";
    form.dispatchEvent(new Event("input", { bubbles: true }));
    refresh(form);
    form.querySelector(".save").focus();
    return true;
  };

  // --- Sliders stand for the radio buttons they hide ---------------------------------------------
  const words = (value) => (value < 0 ? "not said" : `${value} of 10`);

  const showSlider = (slider) => {
    const range = slider.querySelector("input[type=range]");
    const on = slider.querySelector("input[type=radio]:checked");
    range.value = on && on.value !== "" ? on.value : "-1";
    tell(slider, Number(range.value));
  };

  const tell = (slider, value) => {
    slider.querySelector("input[type=range]").setAttribute("aria-valuetext", words(value));
    const said = slider.querySelector("output");
    said.textContent = words(value);
    said.classList.toggle("unsaid", value < 0);
  };

  const slide = (range) => {
    const slider = range.closest("[data-slider]");
    const value = Number(range.value);
    const wanted = value < 0 ? "" : String(value);
    for (const radio of slider.querySelectorAll("input[type=radio]")) {
      radio.checked = radio.value === wanted;
    }
    tell(slider, value);
  };

  const effortWord = (form) => {
    const out = form.querySelector("[data-effort-word]");
    const on = form.querySelector("[data-effort] input:checked");
    if (out) out.textContent = on?.dataset.word ?? "";
  };

  const refresh = (form) => {
    adapt(form);
    effortWord(form);
    for (const slider of form.querySelectorAll("[data-slider]")) {
      slider.querySelector("[data-slider-steps]").hidden = true;
      slider.querySelector(".slider").hidden = false;
      showSlider(slider);
    }
  };

  // --- The draft: answers about pain only as long as this tab is open ---------------------------
  const names = () => {
    const user = window.surefoot?.user();
    return user ? { draft: `surefoot:draft:${user}`, pain: `surefoot:pain:${user}` } : null;
  };

  const attempt = (action) => {
    try {
      return action();
    } catch {
      return null; // storage may be full or forbidden
    }
  };

  const typed = (form, wanted) =>
    [...new FormData(form)].filter(([name, value]) => wanted(name) && value !== "");

  const keepDraft = (form) => {
    const key = names();
    if (!key || form.dataset.log === "edit") return;
    const rest = typed(form, (name) => !PAIN.includes(name) && !NOT_KEPT.includes(name));
    const pain = typed(form, (name) => PAIN.includes(name));
    attempt(() => localStorage.setItem(key.draft, JSON.stringify({ at: Date.now(), rest })));
    attempt(() => sessionStorage.setItem(key.pain, JSON.stringify(pain)));
  };

  const dropDraft = () => {
    const key = names();
    if (!key) return;
    attempt(() => localStorage.removeItem(key.draft));
    attempt(() => sessionStorage.removeItem(key.pain));
  };

  const restoreDraft = (form) => {
    const key = names();
    const draft = key && attempt(() => JSON.parse(localStorage.getItem(key.draft)));
    if (!draft || Date.now() - draft.at > DRAFT_DAYS * 86_400_000) return;
    for (const [name, value] of draft.rest) set(form, name, value);
    const pain = attempt(() => JSON.parse(sessionStorage.getItem(key.pain))) ?? [];
    for (const [name, value] of pain) set(form, name, value);
    if (typed(form, (name) => ["time", "note"].includes(name)).length) openMore(form);
  };

  const openMore = (form) => {
    form.querySelector("details").open = true;
  };

  // --- An entry that waited and was refused, back in the form ------------------------------------
  const mend = async (form) => {
    const number = new URLSearchParams(location.search).get("waiting");
    const entry = number && (await window.surefoot?.waiting(Number(number)));
    if (!entry) return;
    for (const [name, value] of entry.fields) set(form, name, value);
    form.dataset.waiting = number;
    for (const [name, errors] of Object.entries(entry.errors ?? {})) sayError(form, name, errors);
    if (entry.fields.some(([name]) => ["time", "note", "surface"].includes(name))) openMore(form);
  };

  const sayError = (form, name, errors) => {
    const field = form.querySelector(`[name="${name}"]:not([type=hidden])`);
    const said = document.createElement("p");
    said.className = "error";
    said.id = `waiting-error-${name}`;
    said.textContent = errors.join(" ");
    const place = field?.closest("fieldset, .field");
    if (!place) {
      form.prepend(said);
      return;
    }
    place.append(said);
    const invalid = place.matches("fieldset") ? place : field;
    invalid.setAttribute("aria-describedby", said.id);
    if (invalid === field) field.setAttribute("aria-invalid", "true");
  };

  // --- Wiring ------------------------------------------------------------------------------------
  const today = () => {
    const now = new Date();
    const pad = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
  };

  const start = async (form) => {
    if (form.dataset.started) return;
    form.dataset.started = "yes";
    if (form.dataset.log === "shell") {
      set(form, "on", today());
      set(form, "client_key", window.surefoot.newKey());
    }
    const isFresh = !("answered" in form.dataset) && form.dataset.log !== "edit";
    if (isFresh && !location.search) restoreDraft(form);
    if (isFresh) await mend(form);
    refresh(form);
    form.dataset.ground = ground(form);
    form.dispatchEvent(new Event("input", { bubbles: true }));
    const wrong = form.querySelector("[aria-invalid=true], .field-wrong input:not([hidden])");
    (wrong ?? (isFresh ? form.querySelector("[name=distance]") : null))?.focus({
      preventScroll: !wrong,
    });
  };

  const find = (root) => {
    for (const form of root.querySelectorAll("form[data-log]")) start(form);
    if (root.querySelector("[data-saved]") || root.matches?.("[data-saved]")) dropDraft();
  };

  document.addEventListener("input", (event) => {
    if (event.target.type === "range") slide(event.target);
    const form = event.target.closest("form[data-log]");
    if (!form) return;
    effortWord(form);
    if (form.dataset.started === "yes" && event.target !== form) keepDraft(form);
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-log]");
    if (!form) return;
    if (event.target.name === "shoe") form.dataset.pair = "chosen";
    if (event.target.name === "surface") offerPair(form);
    if (event.target.name !== "kind") return;
    adapt(form);
    usual(form);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("click", (event) => {
    const same = event.target.closest("[data-same]");
    if (same && sameAsLast(same.closest("form"))) {
      event.preventDefault();
      keepDraft(same.closest("form"));
    }
  });
  document.addEventListener("surefoot:kept", dropDraft);
  document.addEventListener("DOMContentLoaded", () => find(document));
  document.addEventListener("htmx:load", (event) => find(event.detail.elt.parentElement ?? document));
})();
