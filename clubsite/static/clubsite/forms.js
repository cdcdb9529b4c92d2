// Small help for forms; each of them works without it.
"use strict";

(() => {
  const METRES = { km: 1000, mi: 1609.344 };

  const seconds = (text) => {
    const parts = text.trim().replace(/[.,](\d{2})(?=[.,:]|$)/g, ":$1").split(":");
    if (!parts.every((part) => /^\d{1,4}$/.test(part)) || parts.length > 3) return NaN;
    const numbers = parts.map(Number);
    if (numbers.length === 1) return numbers[0] * 60;
    return numbers.reduce((sum, part) => sum * 60 + part, 0);
  };

  const clock = (total) => {
    const whole = Math.round(total);
    const pad = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor((whole % 3600) / 60);
    return hours ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
  };

  // Pace of a run, speed of a ride, time for 100 m of a swim.
  const rate = (kind, metres, total, unit) => {
    if (!(metres > 0 && total > 0)) return "";
    const far = metres / METRES[unit];
    if (kind === "ride") return `${((far * 3600) / total).toFixed(1)} ${unit === "mi" ? "mph" : "km/h"}`;
    if (kind === "swim") return `${clock((total * 100) / metres)} /100 m`;
    return kind === "strength" || kind === "mobility" ? "" : `${clock(total / far)} /${unit}`;
  };

  const showPace = (form) => {
    const output = form.querySelector("[data-pace-output]");
    const distance = form.querySelector('[data-pace="distance"]');
    const duration = form.querySelector('[data-pace="duration"]');
    if (!output || !distance || !duration) return;
    const kind = form.querySelector('[name="kind"]:checked')?.value ?? "run";
    const unit = document.body.dataset.unit || distance.dataset.unit || "km";
    const far = parseFloat(distance.value.replace(",", "."));
    const inMetres = /\d\s*m$/i.test(distance.value) || (kind === "swim" && far >= 25);
    output.textContent = rate(kind, inMetres ? far : far * METRES[unit], seconds(duration.value), unit);
  };

  // A part of a form that only matters after a certain answer.
  const reveal = (form) => {
    for (const part of form.querySelectorAll("[data-shown-by]")) {
      const [name, value] = part.dataset.shownBy.split("=");
      const chosen = form.querySelector(`[name="${name}"]:checked`);
      part.hidden = !chosen || chosen.value !== value;
    }
  };

  // The picture of the feet: a tap chooses side and spot, and the lists show it in the picture.
  const markParts = (form) => {
    const chosen = (name) => form.querySelector(`[name="${name}"]:checked`)?.value;
    const [side, spot] = [chosen("side"), chosen("spot")];
    for (const part of form.querySelectorAll(".foot-part")) {
      const on = part.dataset.spot === spot && (part.dataset.side === side || side === "both");
      if (on) part.setAttribute("aria-current", "true");
      else part.removeAttribute("aria-current");
    }
  };
  document.addEventListener("click", (event) => {
    const part = event.target.closest(".foot-part");
    const form = part?.closest("form");
    if (!form) return;
    event.preventDefault();
    for (const name of ["side", "spot"]) {
      const radio = form.querySelector(`[name="${name}"][value="${part.dataset[name]}"]`);
      if (radio) radio.checked = true;
    }
    markParts(form);
  });

  // A slider moves the number it belongs to, and follows it; without scripts the number is enough.
  const sliding = (slider) => {
    const number = document.getElementById(slider.dataset.slides);
    if (!number) return;
    slider.hidden = false;
    if (number.value) slider.value = number.value.replace(",", ".");
    slider.setAttribute("aria-valuetext", `${slider.value} ${document.body.dataset.unit || "km"}`);
  };
  document.addEventListener("input", ({ target }) => {
    if (target.dataset.slides) {
      const number = document.getElementById(target.dataset.slides);
      number.value = target.value;
      number.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (target.id) {
      document.querySelectorAll(`[data-slides="${target.id}"]`).forEach(sliding);
    }
  });

  const start = (root) => {
    root.querySelectorAll("[data-slides]").forEach(sliding);
    for (const form of root.querySelectorAll("form")) {
      showPace(form);
      reveal(form);
      markParts(form);
    }
  };

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form) return;
    showPace(form);
    reveal(form);
    markParts(form);
  });
  // Without a network a sent form would be replaced by the browser's error page: keep it instead.
  // "Offline" alone is no proof, a club may run on this very machine; so the server is asked.
  const NO_NETWORK = "No network just now. Nothing is lost: send it again once there is one.";
  const reaches = () => fetch("/healthz", { cache: "no-store" }).then(() => true, () => false);
  const forgetNoNetwork = () => {
    for (const said of document.querySelectorAll("[data-no-network]")) said.remove();
  };
  const sendOrKeep = async (form, submitter) => {
    forgetNoNetwork();
    if (await reaches()) {
      form.dataset.reached = "yes";
      form.requestSubmit(submitter);
      return;
    }
    const said = document.createElement("p");
    said.className = "notice notice-warn";
    said.dataset.noNetwork = "";
    said.setAttribute("role", "alert");
    said.textContent = NO_NETWORK;
    form.append(said);
  };
  window.addEventListener("online", forgetNoNetwork);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const isPlain = form.method === "post" && !form.hasAttribute("hx-post");
    if (isPlain && !navigator.onLine && !form.dataset.reached) {
      event.preventDefault();
      sendOrKeep(form, event.submitter);
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (form.hasAttribute("hx-post")) return;
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 4000);
  });
  document.addEventListener("DOMContentLoaded", () => start(document));
  document.addEventListener("htmx:load", (event) => start(event.detail.elt.parentElement || document));
})();
