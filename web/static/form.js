// The form: its words come from the library's vocabulary, in words.json.
import { choice, made, option } from "./made.js";

const none = () => new Option("Not said", "");
// A day, or a month, as people say it.
const shown = (day) => (day ? new Date(`${day.length === 7 ? `${day}-01` : day}T00:00Z`).toLocaleDateString("en-GB", { ...(day.length === 7 ? {} : { day: "numeric" }), month: "long", year: "numeric", timeZone: "UTC" }) : "");
const ended = (text, day) => !day || text === null || day <= text;

export async function startForm() {
  const words = await (await fetch("words.json")).json();
  const kind = document.getElementById("kind"), events = document.getElementById("events");
  kind.append(...words.kinds.map(option));
  const own = document.getElementById("as-opened-place");
  let number = 0;
  const who = () => words.kinds.find((each) => each.value === kind.value).who;
  const activities = () => words.activities.filter((each) => each.to.includes(who()));

  function add(given = {}, open = true) {
    number += 1;
    const id = ((own) => (name) => `event-${own}-${name}`)(number);
    const date = (name) => made("div", {}, made("label", { htmlFor: id(name), textContent: words.labels[name] }), made("input", { id: id(name), type: "date" }));
    // Where only the month of the first day is known: a browser without a field for months gives a line of text.
    const month = made("input", { type: "checkbox", id: id("month") });
    const first = date("started");
    first.append(made("p", { className: "tick" }, month, made("label", { htmlFor: month.id, textContent: "Only the month is known" })));
    const judgements = made("div", { className: "event wide" });
    const group = made("div", { className: "event" }, choice(id("activity"), words.labels.activity, []),
      first, date("ended"), date("published"), judgements,
      made("div", {}, made("button", { type: "button", textContent: "Remove", className: "remove" })));
    group.setAttribute("role", "group");
    // Each folds away, and says in one line what it is.
    const event = made("details", { className: "one", open }, made("summary", {}), group);
    const at = (name) => event.querySelector(`[id="${id(name)}"]`);
    event.given = () => {
      const unseen = Object.fromEntries(Object.entries(given).filter(([name]) => !["activity", "judgements", "started", "ended", "published", "outcome", "precision"].includes(name)));
      const found = { ...unseen, activity: at("activity").value, ...(given.precision === "week" ? { precision: "week" } : {}) };
      for (const name of ["started", "ended", "published", "outcome"]) { if (at(name)?.value) { found[name] = at(name).value; } }
      const judged = [...judgements.querySelectorAll("[data-area]")].filter((box) => box.value).map((box) => [box.dataset.area, box.value]);
      if (judged.length) { found.judgements = Object.fromEntries(judged); }
      return found;
    };
    event.offered = () => {
      const box = at("activity"), before = box.value || given.activity;
      box.replaceChildren(...activities().map(option));
      if (before && [...box.options].some((each) => each.value === before)) { box.value = before; }
      else { box.value = activities().find((each) => each.graded)?.value ?? box.options[0].value; }
      judge();
    };
    event.called = () => [at("activity").selectedOptions[0]?.text, shown(at("started").value || at("ended").value || at("published").value)].filter(Boolean).join(", ");
    event.field = (name) => at(name.replace("judgements.", "")) ?? at("activity");
    function judge() {
      const kept = Object.fromEntries([...judgements.querySelectorAll("select")].map((box) => [box.dataset.area ?? "outcome", box.value]));
      const activity = words.activities.find((each) => each.value === at("activity").value), day = at("started").value;
      const held = day || at("ended").value || at("published").value || "9999";
      // A grade of an older scale is offered where its inspection began while that scale was in use, or where the record has it.
      const grades = (area) => words.grades.filter(({ value, until }) => !until[who()] || held <= until[who()] || (kept[area] ?? given.judgements?.[area]) === value);
      const areas = activity.judges.filter(([, first, last]) => (!first || !day || first <= day) && ended(last, day)).map(([area]) => area);
      const boxes = areas.map((area) => {
        const box = choice(id(area), words.areas[area], [none(), ...(area === "effectiveness" ? words.effectiveness : grades(area)).map(option)]);
        box.lastChild.dataset.area = area;
        box.lastChild.value = kept[area] ?? given.judgements?.[area] ?? "";
        return box;
      });
      const may = words.outcomes.filter(({ value, of }) => value === given.outcome || (activity.outcomes.includes(value) && (!of || of === kind.value)));
      if (may.length) {
        const box = choice(id("outcome"), words.labels.outcome, [none(), ...may.map(option)]);
        const said = kept.outcome ?? given.outcome ?? "";
        box.lastChild.value = may.some(({ value }) => value === said) ? said : "";
        boxes.push(box);
      }
      judgements.replaceChildren(...boxes);
    }
    const byMonth = (on) => { const day = at("started").value; at("started").type = on ? "month" : "date"; at("started").value = on ? day.slice(0, 7) : (day.length === 7 ? `${day}-01` : day); };
    month.addEventListener("change", () => byMonth(month.checked));
    for (const name of ["started", "ended", "published"]) { if (given[name]) { at(name).value = given[name]; } }
    if (given.precision === "month") { month.checked = true; byMonth(true); }
    at("activity").addEventListener("change", judge);
    for (const name of ["started", "ended", "published"]) { at(name).addEventListener("change", judge); }
    event.addEventListener("change", numbered);
    event.querySelector(".remove").addEventListener("click", () => {
      const next = event.nextElementSibling ?? event.previousElementSibling;
      event.remove();
      numbered();
      (next?.querySelector("summary") ?? document.getElementById("add")).focus();
    });
    event.offered();
    events.append(event);
    numbered();
    return event;
  }
  // What the record holds that the form has no box for: it is kept as it was.
  let beside = {};
  function numbered() {
    [...events.children].forEach((event, place) => {
      event.querySelector("summary").textContent = `Event ${place + 1}: ${event.called()}`;
      event.querySelector("[role=group]").setAttribute("aria-label", `Event ${place + 1}`);
    });
  }
  function changed() {
    document.getElementById("began-label").textContent = words.labels[who() === "authority" ? "created" : "registered"];
    document.getElementById("gone-label").textContent = words.labels[who() === "authority" ? "abolished" : "closed"];
    for (const event of events.children) { event.offered(); }
    numbered();
  }
  kind.addEventListener("change", changed);
  document.getElementById("add").addEventListener("click", () => add().querySelector("select").focus());
  changed();
  add();

  return {
    words,
    // The form as an opened record has it; gives whether every box can show what the record says.
    fill(record) {
      const { type, name = "", registered, created, closed, abolished, covers, events: known = [], ...rest } = record;
      beside = rest;
      kind.value = type;
      document.getElementById("name").value = name;
      document.getElementById("began").value = registered ?? created ?? "";
      document.getElementById("gone").value = closed ?? abolished ?? "";
      own.hidden = typeof covers === "string" || !covers;
      own.querySelector("input").covers = covers;
      document.getElementById(typeof covers === "string" ? covers : covers ? "as-opened" : "inspections").checked = true;
      events.replaceChildren();
      changed();
      for (const event of known) { add(event, known.length === 1); }
      if (!known.length) { add(); }
    },
    record() {
      const found = { ...beside, type: kind.value, name: document.getElementById("name").value.trim() || kind.selectedOptions[0].text };
      const began = document.getElementById("began").value;
      if (began) { found[who() === "authority" ? "created" : "registered"] = began; }
      const gone = document.getElementById("gone").value;
      if (gone) { found[who() === "authority" ? "abolished" : "closed"] = gone; }
      const covers = document.querySelector("[name=covers]:checked");
      found.covers = covers.covers ?? covers.value;
      found.events = [...events.children].map((event) => event.given()).filter((event) => event.started || event.ended || event.published || event.judgements || event.outcome);
      return found;
    },
    // Days that are half typed, or in no calendar: a browser hands them over as empty, and nothing may be answered without them.
    unread() {
      const boxes = [...document.querySelectorAll("#form input[type=date]")].filter((box) => box.validity.badInput);
      return boxes.map((box) => {
        const event = box.closest("details.one")?.querySelector("summary").textContent.split(":")[0];
        const label = document.querySelector(`label[for="${box.id}"]`).textContent;
        return { words: `${event ? `${event}: ` : ""}${label} is not a whole day of the calendar. Give day, month and year, or leave all three empty.`, box };
      });
    },
    // The box that an error of the library speaks of.
    box(field) {
      const [, place, name] = /^events\[(\d+)\]\.?(.*)$/.exec(field) ?? [];
      if (place !== undefined) { return events.children[place]?.field(name); }
      return document.getElementById({ registered: "began", created: "began", closed: "gone", abolished: "gone", name: "name", type: "kind" }[field] ?? "kind");
    },
  };
}
