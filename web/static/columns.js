// What the columns of an unknown table hold: what the library suggests, for a person to correct, and then to read by.
import { choice, made, option } from "./made.js";

const COVERS = [["inspections", "Every inspection and visit"], ["everything", "Everything, also meetings, plans and statements"]];
const DAYS = ["started", "ended", "published", "registered", "closed", "created", "abolished"];
const SHOWN = { DD: "03", MM: "04", YYYY: "2024", YY: "24", MONTH: "April", MON: "Apr" };
const options = (pairs) => pairs.map(([value, words]) => option({ value, words }));
// How 3 April 2024 looks in an order of days: people tell orders apart by that.
const looks = (order) => (order === "excel" ? "numbers of days, as Excel counts them" : `3 April 2024 is ${order.replace(/YYYY|YY|MONTH|MON|MM|DD/g, (part) => SHOWN[part])}`);
const may = (words) => [option({ value: "", words })];
const counted = (count) => `${count} ${count === 1 ? "row" : "rows"}`;

export function startColumns(words, read) {
  const place = document.getElementById("choose"), form = document.getElementById("columns");
  let sheets = [], files = [], file = "", said = {};

  const at = (id) => document.getElementById(`columns-${id}`);
  const held = () => [...form.querySelectorAll("[data-letter]")];
  const kindOf = (field) => words.columns.find(({ value }) => value === field)?.kind ?? "";
  // Of whom the rows are: councils, settings whose kind a column says, or settings of one kind in every row.
  const whom = () => { const value = at("of")?.value ?? ""; return value && value !== "authorities" ? "providers" : value; };

  function shown(number) {
    const sheet = sheets[number];
    const boxes = sheet.columns.map((column) => {
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
      made("div", { id: "columns-rest", className: "event whole" }), made("div", { id: "columns-words", className: "whole" }), made("p", { className: "whole" }, made("button", { textContent: "Read this table" })));
    asked(sheet);
  }

  // Only what the columns leave open is asked: how days are written, what every row is, and what unknown words mean.
  function asked(sheet) {
    const boxes = () => [...form.querySelectorAll("#columns-rest select, #columns-rest input, #columns-words select")];
    const kept = Object.fromEntries(boxes().map((box) => [box.dataset.text ? `${box.dataset.kind} ${box.dataset.text}` : box.id, box.value]));
    const put = () => { for (const box of boxes()) { const value = kept[box.dataset.text ? `${box.dataset.kind} ${box.dataset.text}` : box.id]; if (value !== undefined && (box.tagName === "INPUT" || [...box.options].some((each) => each.value === value))) { box.value = value; } } };
    const fields = new Map(held().map((box) => [box.value, box.dataset.letter]));
    const days = sheet.columns.filter(({ letter, day_orders: orders }) => orders.length && DAYS.includes(form.querySelector(`[data-letter="${letter}"]`).value));
    const common = days.length ? days[0].day_orders.filter((order) => days.every(({ day_orders: orders }) => orders.includes(order))) : [];
    const groups = common.length ? [["all", "How are its days written?", common]] : days.map((column) => [column.letter, `How are the days in column ${column.letter} written?`, column.day_orders]);
    const ask = groups.map(([id, label, orders]) => {
      const box = choice(`columns-days-${id}`, label, [...(orders.length > 1 ? may("Choose one") : []), ...orders.map((order) => option({ value: order, words: looks(order) }))]);
      box.lastChild.dataset.days = "";
      return box;
    });
    const kinds = words.kinds.filter(({ who }) => who === "provider");
    const settings = fields.has("type") ? options([["providers", `Settings, of the kind that column ${fields.get("type")} says`]]) : kinds.map(({ value, words: kind }) => option({ value, words: `Settings, every one of this kind: ${kind.toLowerCase()}` }));
    const of = choice("columns-of", "Whom are the rows about?", [...may("As its words tell, if they do"), option({ value: "authorities", words: "Councils" }), ...settings]);
    of.lastChild.addEventListener("change", () => asked(sheet));
    ask.push(of);
    at("rest").replaceChildren(...ask);
    put();
    const who = whom(), happens = words.activities.filter(({ to }) => !who || to.includes(who === "authorities" ? "authority" : "provider"));
    if (!fields.has("activity")) { ask.push(choice("columns-activity", "What happened, in every row?", [...may("Choose one"), ...happens.map(option)])); }
    if (!fields.has("name") && !fields.has("urn")) { ask.push(made("div", {}, made("label", { htmlFor: "columns-name", textContent: "Name of the one that every row is about" }), made("input", { id: "columns-name", autocomplete: "off" }))); }
    ask.push(choice("columns-covers", words.labels.covers, [...may("Not said: only these rows are known"), ...options(COVERS)]));
    at("rest").replaceChildren(...ask);
    at("words").replaceChildren(...unknown(sheet, happens));
    put();
  }

  // The texts of the columns that are no known words of what they are said to hold, each with what it may mean.
  function unknown(sheet, happens) {
    const found = new Map();
    for (const box of held()) {
      const kind = kindOf(box.value), column = sheet.columns.find(({ letter }) => letter === box.dataset.letter);
      const texts = kind ? column.not_known[kind === "activity" && whom() ? `activity ${whom()}` : kind] : {};
      for (const [text, count] of Object.entries(texts ?? {})) {
        const known = found.get(`${kind} ${text}`) ?? { kind, text, count: 0, letters: [] };
        found.set(`${kind} ${text}`, { ...known, count: known.count + count, letters: [...known.letters, column.letter] });
      }
    }
    if (!found.size) { return []; }
    const meanings = { grade: words.grades, effectiveness: words.effectiveness, outcome: words.outcomes, type: words.kinds.filter(({ who }) => who === "provider"), activity: happens };
    const boxes = [...found.values()].map(({ kind, text, count, letters }, number) => {
      const box = choice(`columns-word-${number}`, `“${text}” (column ${letters.join(" and ")}, ${counted(count)})`, [...may("Leave it out, and say so"), ...meanings[kind].map(option)]);
      Object.assign(box.lastChild.dataset, { kind, text });
      return box;
    });
    return [made("fieldset", {}, made("legend", { textContent: "What do these words mean?" }),
      made("p", { className: "hint", textContent: "They are not known here. Choose what each means. What you leave out is listed with its rows after the table is read." }), made("div", { className: "event" }, ...boxes))];
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const of = at("of").value, one = of && !["authorities", "providers"].includes(of) ? { type: of } : {};
    const says = { ...Object.fromEntries(["activity", "name", "covers"].map((name) => [name, at(name)?.value ?? ""]).filter(([, value]) => value)), ...one };
    const days = [...new Set([...form.querySelectorAll("[data-days]")].map((box) => box.value).filter(Boolean))];
    const means = {};
    for (const box of form.querySelectorAll("[data-text]")) { (means[box.dataset.kind] ??= {})[box.dataset.text] = box.value; }
    said = { ...said, [file]: { sheet: sheets[Number(at("sheet").value)].sheet, of: whom(), days, means: Object.fromEntries(held().map((box) => [box.dataset.letter, box.value])), says, words: means } };
    read(files, said);
  });
  return {
    // Offers the columns of a file; after a second refusal of the same file what was chosen stays chosen.
    offer({ columns: found, file: name, others }, given, again) {
      const next = others.length ? ` Then ${others.length === 1 ? "one more is" : `${others.length} more are`} asked about: ${others.join(", ")}.` : "";
      document.getElementById("choose-file").textContent = `The file: ${name}.${next}`;
      if (again && !place.hidden && file === name) { return; }
      ({ sheets } = found);
      [files, file] = [given, name];
      const best = sheets.map((sheet) => sheet.columns.filter(({ field }) => field).length);
      shown(best.indexOf(Math.max(...best)));
      place.hidden = false;
    },
    hide() { place.hidden = true; said = {}; },
    // The box that a refusal is about.
    box(name) {
      if (place.hidden || !name) { return null; }
      const open = [...form.querySelectorAll("#columns-rest select, #columns-rest input")].find((box) => !box.value && (name === "days" ? "days" in box.dataset : box.id === `columns-${name}`));
      return open ?? form.querySelector("[data-letter]");
    },
  };
}
