// The form: its words come from the library's vocabulary, in words.json.
const made = (tag, values = {}, ...children) => {
  const one = Object.assign(document.createElement(tag), values);
  one.append(...children);
  return one;
};
const choice = (id, words, options) => made("div", {}, made("label", { htmlFor: id, textContent: words }), made("select", { id }, ...options));
const option = ({ value, words }) => new Option(words, value);
const none = () => new Option("Not said", "");
const ended = (text, day) => !day || text === null || day <= text;

export async function startForm() {
  const words = await (await fetch("words.json")).json();
  const kind = document.getElementById("kind"), events = document.getElementById("events");
  kind.append(...words.kinds.map(option));
  let number = 0;
  const who = () => words.kinds.find((each) => each.value === kind.value).who;
  const activities = () => words.activities.filter((each) => each.to.includes(who()));

  function add(given = {}) {
    number += 1;
    const id = (name) => `event-${number}-${name}`;
    const date = (name, label) => made("div", {}, made("label", { htmlFor: id(name), textContent: label }), made("input", { id: id(name), type: "date" }));
    const judgements = made("div", { className: "event wide" });
    const event = made("fieldset", { className: "event" }, made("legend", {}), choice(id("activity"), "What it was", []),
      date("started", "First day"), date("ended", "Last day on site"), date("published", "Report came out"), judgements,
      made("div", {}, made("button", { type: "button", textContent: "Remove", className: "remove" })));
    const at = (name) => event.querySelector(`[id="${id(name)}"]`);
    event.given = () => {
      const found = { activity: at("activity").value };
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
    event.field = (name) => at(name.replace("judgements.", "")) ?? at("activity");
    function judge() {
      const kept = Object.fromEntries([...judgements.querySelectorAll("select")].map((box) => [box.dataset.area ?? "outcome", box.value]));
      const activity = words.activities.find((each) => each.value === at("activity").value), day = at("started").value;
      const areas = activity.judges.filter(([, first, last]) => (!first || !day || first <= day) && ended(last, day)).map(([area]) => area);
      const boxes = areas.map((area) => {
        const box = choice(id(area), words.areas[area], [none(), ...(area === "effectiveness" ? words.effectiveness : words.grades).map(option)]);
        box.lastChild.dataset.area = area;
        box.lastChild.value = kept[area] ?? given.judgements?.[area] ?? "";
        return box;
      });
      if (!activity.graded) {
        const box = choice(id("outcome"), "What it concluded", [none(), ...words.outcomes.map(option)]);
        box.lastChild.value = kept.outcome ?? given.outcome ?? "";
        boxes.push(box);
      }
      judgements.replaceChildren(...boxes);
    }
    for (const name of ["started", "ended", "published"]) { if (given[name]) { at(name).value = given[name]; } }
    at("activity").addEventListener("change", judge);
    at("started").addEventListener("change", judge);
    event.querySelector(".remove").addEventListener("click", () => {
      const next = event.nextElementSibling ?? event.previousElementSibling;
      event.remove();
      numbered();
      (next?.querySelector("select") ?? document.getElementById("add")).focus();
    });
    event.offered();
    events.append(event);
    numbered();
    return event;
  }
  const numbered = () => [...events.children].forEach((event, place) => { event.querySelector("legend").textContent = `Event ${place + 1}`; });
  function changed() {
    document.getElementById("began-label").textContent = who() === "authority" ? "Council created on (only if since 2013)" : "Registered on";
    document.getElementById("gone-label").textContent = who() === "authority" ? "Council abolished on (if it was)" : "Closed on (if it has)";
    for (const event of events.children) { event.offered(); }
  }
  kind.addEventListener("change", changed);
  document.getElementById("add").addEventListener("click", () => add().querySelector("select").focus());
  changed();
  add();

  return {
    words,
    record() {
      const found = { type: kind.value, name: document.getElementById("name").value.trim() || kind.selectedOptions[0].text };
      const began = document.getElementById("began").value;
      if (began) { found[who() === "authority" ? "created" : "registered"] = began; }
      const gone = document.getElementById("gone").value;
      if (gone) { found[who() === "authority" ? "abolished" : "closed"] = gone; }
      found.covers = document.querySelector("[name=covers]:checked").value;
      found.events = [...events.children].map((event) => event.given()).filter((event) => event.started || event.ended || event.published || event.judgements || event.outcome);
      return found;
    },
    // Days that are half typed, or in no calendar: a browser hands them over as empty, and nothing may be answered without them.
    unread() {
      const boxes = [...document.querySelectorAll("#form input[type=date]")].filter((box) => box.validity.badInput);
      return boxes.map((box) => {
        const event = box.closest("fieldset.event")?.querySelector("legend").textContent;
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
