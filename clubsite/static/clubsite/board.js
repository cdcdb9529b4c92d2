// Keys on the board: from row to row and in a row. Only while a row has the focus.
"use strict";

(() => {
  const list = document.getElementById("rows");
  if (!list) return;
  const rows = () => [...list.children];
  const go = (row) => {
    if (!row) return;
    for (const other of list.querySelectorAll(':scope > [tabindex="0"]')) other.tabIndex = -1;
    row.tabIndex = 0;
    row.focus();
    row.scrollIntoView({ block: "nearest" });
  };
  const click = (row, selector) => row.querySelector(selector)?.click();
  const keys = {
    j: (row) => go(row.nextElementSibling),
    k: (row) => go(row.previousElementSibling),
    Home: () => go(list.firstElementChild),
    End: () => go(list.lastElementChild),
    Enter: (row) => click(row, ".br-who a"),
    x: (row) => click(row, 'input[name="row"]'),
    a: (row) => click(row, 'button[name="agree"]'),
    m: (row) => click(row, ".br-act a"),
  };
  keys.ArrowDown = keys.j;
  keys.ArrowUp = keys.k;

  if (list.firstElementChild) list.firstElementChild.tabIndex = 0;
  list.addEventListener("keydown", (event) => {
    const row = event.target;
    if (!rows().includes(row) || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act(row);
  });
  // A row that was answered is a new element: the way on with the keys starts from it.
  document.addEventListener("htmx:load", (event) => {
    const row = event.detail.elt;
    if (row.parentElement === list) go(row);
  });
})();
