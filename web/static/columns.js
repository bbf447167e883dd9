// What the columns of an unknown table hold: what the library suggests, for a person to correct, and then to read by.
import { choice, made, option } from "./made.js";

const WHOM = [["authorities", "Councils"], ["providers", "Settings that are regulated"]];
const COVERS = [["inspections", "Every inspection and visit"], ["everything", "Everything, also meetings, plans and statements"]];
const options = (pairs) => pairs.map(([value, words]) => option({ value, words }));
const SHOWN = { DD: "03", MM: "04", YYYY: "2024", YY: "24", MONTH: "April", MON: "Apr" };
// How 3 April 2024 looks in an order of days: people tell orders apart by that.
const looks = (order) => (order === "excel" ? "numbers of days, as Excel counts them" : `3 April 2024 is ${order.replace(/YYYY|YY|MONTH|MON|MM|DD/g, (part) => SHOWN[part])}`);
const may = (words) => [option({ value: "", words })];

export function startColumns(words, read) {
  const place = document.getElementById("choose"), form = document.getElementById("columns");
  let sheets = [], files = [];

  const at = (id) => document.getElementById(`columns-${id}`);
  const held = () => [...form.querySelectorAll("[data-letter]")];
  function shown(number) {
    const sheet = sheets[number], columns = sheet.columns;
    const boxes = columns.map((column) => {
      const box = choice(`columns-${column.letter}`, `Column ${column.letter}: ${column.name || "(no name)"}`, [option({ value: "", words: "Nothing that is read" }), ...words.columns.map(option)]);
      const examples = column.examples.length ? `Such as ${column.examples.join(", ")}. ` : "";
      const hint = made("p", { className: "hint", id: `columns-${column.letter}-hint`, textContent: `${examples}${column.field ? "Suggested" : "Not told"}: ${column.because}.` });
      box.lastChild.before(hint);
      box.lastChild.setAttribute("aria-describedby", hint.id);
      box.lastChild.dataset.letter = column.letter;
      box.lastChild.value = words.columns.some(({ value }) => value === column.field) ? column.field : "";
      box.lastChild.addEventListener("change", () => asked(sheet));
      return box;
    });
    const pages = choice("columns-sheet", "Which sheet?", sheets.map((each, at) => option({ value: at, words: each.sheet || "The only one" })));
    pages.lastChild.value = number;
    pages.hidden = sheets.length < 2;
    pages.lastChild.addEventListener("change", () => { shown(Number(pages.lastChild.value)); at("sheet").focus(); });
    form.replaceChildren(pages, made("fieldset", { className: "whole" }, made("legend", { textContent: "What does each column hold?" }), made("div", { className: "event" }, ...boxes)),
      made("div", { id: "columns-rest", className: "event whole" }), made("p", { className: "whole" }, made("button", { textContent: "Read this table" })));
    asked(sheet);
  }
  // Only what the columns leave open is asked: how days are written, and what every row is.
  function asked(sheet) {
    const kept = Object.fromEntries([...form.querySelectorAll("#columns-rest select, #columns-rest input")].map((box) => [box.id, box.value]));
    const fields = new Map(held().map((box) => [box.value, box.dataset.letter]));
    const days = sheet.columns.filter(({ letter, day_orders: orders }) => orders.length && ["started", "ended", "published", "registered", "closed", "created", "abolished"].includes(form.querySelector(`[data-letter="${letter}"]`).value));
    const common = days.length ? days[0].day_orders.filter((order) => days.every(({ day_orders: orders }) => orders.includes(order))) : [];
    const groups = common.length ? [["all", "How are its days written?", common]] : days.map((column) => [column.letter, `How are the days in column ${column.letter} written?`, column.day_orders]);
    const ask = groups.map(([id, label, orders]) => {
      const box = choice(`columns-days-${id}`, label, [...(orders.length > 1 ? may("Choose one") : []), ...orders.map((order) => option({ value: order, words: looks(order) }))]);
      box.lastChild.dataset.days = "";
      return box;
    });
    ask.push(choice("columns-of", "Whom are the rows about?", [...may("As its words tell"), ...options(WHOM)]));
    if (!fields.has("activity")) { ask.push(choice("columns-activity", "What happened, in every row?", [...may("Choose one"), ...words.activities.map(option)])); }
    if (!fields.has("type")) { ask.push(choice("columns-type", "Kind of setting, in every row", [...may("Not said: councils"), ...words.kinds.filter(({ who }) => who === "provider").map(option)])); }
    if (!fields.has("name") && !fields.has("urn")) { ask.push(made("div", {}, made("label", { htmlFor: "columns-name", textContent: "Name of the one that every row is about" }), made("input", { id: "columns-name", autocomplete: "off" }))); }
    ask.push(choice("columns-covers", words.labels.covers, [...may("Not said: only these rows are known"), ...options(COVERS)]));
    at("rest").replaceChildren(...ask);
    for (const box of at("rest").querySelectorAll("select, input")) { if (kept[box.id] !== undefined && (box.tagName === "INPUT" || [...box.options].some(({ value }) => value === kept[box.id]))) { box.value = kept[box.id]; } }
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const says = Object.fromEntries(["activity", "name", "type", "covers"].map((name) => [name, at(name)?.value ?? ""]).filter(([, value]) => value));
    const days = [...new Set([...form.querySelectorAll("[data-days]")].map((box) => box.value).filter(Boolean))];
    read(files, { sheet: sheets[Number(at("sheet").value)].sheet, of: at("of").value, days, means: Object.fromEntries(held().map((box) => [box.dataset.letter, box.value])), says });
  });
  return {
    // Offers the columns of a file; after a second refusal what was chosen stays chosen.
    offer(found, given, again) {
      if (again && !place.hidden) { return; }
      ({ sheets } = found);
      files = given;
      const best = sheets.map((sheet) => sheet.columns.filter(({ field }) => field).length);
      shown(best.indexOf(Math.max(...best)));
      place.hidden = false;
    },
    hide() { place.hidden = true; },
  };
}
