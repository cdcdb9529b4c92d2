// The import page: what was chosen, and how much of it is sent. The form works without it.
"use strict";

(() => {
  const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-upload]");
    if (!form || event.target.type !== "file") return;
    const files = [...event.target.files];
    const most = Number(form.dataset.mostFiles);
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    const count = files.length === 1 ? "1 file" : `${files.length} files`;
    form.querySelector("[data-chosen]").textContent =
      files.length > most
        ? `These are ${count}. Put them into one zip; more than ${most} cannot be sent at once.`
        : `${count}, ${size(bytes)}.`;
  });

  // Files dropped anywhere on the page are meant for the field, not to be opened in its place.
  const field = () => document.querySelector("[data-upload] input[type=file]");

  document.addEventListener("dragover", (event) => {
    if (field() && event.dataTransfer.types.includes("Files")) event.preventDefault();
  });

  document.addEventListener("drop", (event) => {
    const input = field();
    if (!input || !event.dataTransfer.files.length) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  document.addEventListener("htmx:xhr:progress", (event) => {
    const form = event.target.closest("[data-upload]");
    if (!form || !event.detail.lengthComputable) return;
    const percent = Math.floor((100 * event.detail.loaded) / event.detail.total);
    form.querySelector("[data-sending]").hidden = false;
    form.querySelector("progress").value = percent;
    form.querySelector("[data-sent]").textContent = percent < 100 ? `${percent} %` : "and reading";
  });
})();
