// Draws the figures a page carries. Plotly is big, so it is loaded when a chart comes into view.
"use strict";

(() => {
  const own = document.currentScript;
  let loading = null;

  const plotly = () => {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = own.dataset.plotly;
      script.onload = () => resolve(window.Plotly);
      script.onerror = reject;
      document.head.append(script);
    });
    return loading;
  };

  // Figures name their colours like the stylesheet does; a chart follows light and dark.
  const probe = () => {
    const element = document.createElement("span");
    element.hidden = true;
    document.body.append(element);
    return element;
  };
  const withColours = (value, element) => {
    if (typeof value === "string" && value.startsWith("--")) {
      element.style.color = `var(${value})`;
      return getComputedStyle(element).color;
    }
    if (Array.isArray(value)) return value.map((one) => withColours(one, element));
    if (value && typeof value === "object") {
      return Object.fromEntries(
        Object.entries(value).map(([key, one]) => [key, withColours(one, element)]),
      );
    }
    return value;
  };

  const draw = async (holder) => {
    const source = document.getElementById(holder.dataset.chart);
    if (!source) return;
    const element = probe();
    try {
      const figure = withColours(JSON.parse(source.textContent), element);
      const library = await plotly();
      await library.react(holder, figure.data, figure.layout, {
        responsive: true,
        displaylogo: false,
        displayModeBar: holder.hasAttribute("data-zoom"),
        scrollZoom: false,
      });
      holder.dataset.drawn = "yes";
    } catch {
      holder.textContent = "The chart could not be drawn. The same figures stand in the table below.";
    } finally {
      element.remove();
    }
  };

  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        seen.unobserve(entry.target);
        draw(entry.target);
      }
    },
    { rootMargin: "200px" },
  );
  const watch = (root) => {
    for (const holder of root.querySelectorAll("[data-chart]:not([data-drawn])")) seen.observe(holder);
  };

  document.addEventListener("DOMContentLoaded", () => watch(document));
  document.addEventListener("htmx:load", (event) => watch(event.detail.elt.parentElement || document));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const holder of document.querySelectorAll("[data-drawn]")) draw(holder);
  });
})();
