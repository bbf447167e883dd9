"use strict";
(function () {
  const STEP = 100;
  const table = document.getElementById("table");
  const opened = () => {
    const at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (at && at.tagName === "DETAILS") { at.hidden = false; at.open = true; at.scrollIntoView(); }
  };
  addEventListener("hashchange", opened);
  if (table) { sortedAndFiltered(); }
  opened();

  function sortedAndFiltered() {
    const find = document.getElementById("find");
    const selects = [["by-group", 4], ["by-what", 1], ["by-firmly", 5]].map(([id, column]) => ({ box: document.getElementById(id), column }));
    const more = document.getElementById("more");
    const shown = document.getElementById("shown");
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...body.rows].map((row, place) => ({ row, place, day: row.dataset.d, likely: row.cells[7]?.dataset.d ?? "9", cells: [...row.cells].map((cell) => cell.textContent) }));
    const subjects = [...document.querySelectorAll("#each > details")].map((each) => ({ each, words: each.firstElementChild.textContent.toLowerCase() }));
    for (const line of rows) { line.words = (line.cells[0] + " " + line.cells[1]).toLowerCase(); }
    const compare = new Intl.Collator("en-GB", { numeric: true }).compare;
    let order = rows, all = false, subjectsFor = "", sorted = -1, down = false;

    for (const { box, column } of selects) {
      for (const word of new Set(rows.map((line) => line.cells[column]))) { box.add(new Option(word, word)); }
    }
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        down = sorted === column && !down;
        sorted = column;
        heads.forEach((other) => other.setAttribute("aria-sort", "none"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const key = column === 2 ? (line) => line.day : column === 7 ? (line) => line.likely : (line) => line.cells[column];
        order = [...rows].sort((one, two) => compare(key(one), key(two)) || one.place - two.place);
        if (down) { order.reverse(); }
        show(true);
      });
    });

    function show(moved) {
      const words = find.value.trim().toLowerCase();
      const wanted = selects.filter(({ box }) => box.value);
      const found = order.filter((line) => line.words.includes(words) && wanted.every(({ box, column }) => line.cells[column] === box.value));
      const visible = new Set(all ? found : found.slice(0, STEP));
      for (const line of rows) { if (line.row.hidden !== !visible.has(line)) { line.row.hidden = !line.row.hidden; } }
      if (moved) { body.append(...[...visible].map((line) => line.row)); }
      more.hidden = visible.size === found.length;
      more.textContent = "Show all " + found.length.toLocaleString("en-GB");
      shown.textContent = "Showing " + visible.size.toLocaleString("en-GB") + " of " + found.length.toLocaleString("en-GB")
        + (found.length === rows.length ? " activities" : " activities found, of " + rows.length.toLocaleString("en-GB"));
      if (words !== subjectsFor) {
        for (const { each, words: named } of subjects) { each.hidden = !named.includes(words); }
        subjectsFor = words;
      }
    }
    const again = () => { all = false; show(true); };
    find.addEventListener("input", again);
    for (const { box } of selects) { box.addEventListener("change", again); }
    more.addEventListener("click", () => { all = true; show(true); table.focus(); });
    const form = document.getElementById("filter");
    form.addEventListener("reset", () => setTimeout(again));
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const tile of document.querySelectorAll("[data-group]")) {
      tile.addEventListener("click", () => { form.reset(); selects[0].box.value = tile.dataset.group; setTimeout(again); });
    }
    addEventListener("beforeprint", () => { all = true; show(true); });
    form.hidden = false;
    show(false);
  }
})();
