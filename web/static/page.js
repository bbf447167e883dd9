// The page: what is given, what is seen, what is asked and what is taken away. Every answer is Python's.
import { startColumns } from "./columns.js";
import { startForm } from "./form.js";
import { startPython } from "./python.js";

const at = (id) => document.getElementById(id);
const say = (words) => { if (at("said").textContent !== words) { at("said").textContent = words; } };
const DAY = 86400000;
const number = (text) => Date.parse(text) / DAY;
const text = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const inWords = (day) => new Date(day * DAY).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const now = new Date();
const state = { subjects: [], place: 0, day: "", ready: false, url: "" };
let form = null, columns = null;
const MOST = 50;

const ask = startPython((told) => {
  if (told.broken) { refuse([{ words: `Something went wrong in the page itself: ${told.broken}` }]); }
  const working = Boolean(told.told);
  at("progress").hidden = !working;
  if (working) {
    say(told.of > 1 ? `${told.told}: ${told.done.toLocaleString("en-GB")} of ${told.of.toLocaleString("en-GB")}` : `${told.told} …`);
    if (told.of > 1) { at("progress").max = told.of; at("progress").value = told.done; } else { at("progress").removeAttribute("value"); }
  } else if (told.ready) {
    state.ready = true;
    settled();
    document.documentElement.dataset.ready = "yes";
    keep();
  } else if (told.idle && state.ready) { settled(); }
});

// Kept for the next visit once everything is here, so that nothing is loaded twice.
function keep() {
  if ("serviceWorker" in navigator) { navigator.serviceWorker.register(new URL("./sw.js", import.meta.url)).catch(() => {}); }
}

// Nothing is said to be ready above what could not be used.
function settled() {
  document.documentElement.dataset.idle = "yes";
  say(at("refused").hidden ? "Ready." : "");
}

function refuse(faults, title = "This could not be used") {
  const box = at("refused");
  for (const marked of document.querySelectorAll("[aria-invalid]")) { marked.removeAttribute("aria-invalid"); marked.removeAttribute("aria-describedby"); }
  box.hidden = !faults.length;
  box.replaceChildren();
  if (!faults.length) { return; }
  at("record").open = true;
  say("");
  box.append(Object.assign(document.createElement("h2"), { textContent: title }));
  faults.slice(0, MOST).forEach(({ words, field, column, box: given }, place) => {
    const own = given ?? columns?.box(column);
    const line = Object.assign(document.createElement("p"), { textContent: words, id: `fault-${place}` });
    const wrong = own ?? (state.form && field && form?.box(field));
    if (wrong) {
      const folded = wrong.closest("details:not([open])");
      if (folded) { folded.open = true; }
      wrong.setAttribute("aria-invalid", "true");
      wrong.setAttribute("aria-describedby", line.id);
      const to = Object.assign(document.createElement("a"), { href: `#${wrong.id}`, textContent: words });
      to.addEventListener("click", (event) => { event.preventDefault(); wrong.focus(); });
      line.replaceChildren(to);
    }
    box.append(line);
  });
  if (faults.length > MOST) { box.append(Object.assign(document.createElement("p"), { textContent: `And ${(faults.length - MOST).toLocaleString("en-GB")} more.` })); }
  box.focus();
}

// Asks, and shows what the library refuses in its own words; gives nothing then.
async function asked(question, what) {
  try {
    const answer = await ask(question, what);
    if (!answer.error) { return answer; }
    if (answer.columns) { columns.offer(answer, what.files, Boolean(what.said)); } else if (question === "read") { columns.hide(); }
    // A table that is only not known yet is no mistake of whoever brought it.
    refuse(answer.error, answer.columns && !what.said ? "Say what this table holds" : undefined);
  } catch (error) { refuse([{ words: `Something went wrong in the page itself: ${error.message}` }]); }
  return null;
}

const noDay = () => ({ words: "The day you ask about is missing, or is no whole day of the calendar. Give day, month and year.", box: at("as-of") });

// What was answered before is no answer to what is given now.
function cleared() {
  at("after").hidden = true;
  state.subjects = [];
}

// 1. What is given.
async function given(question, what) {
  refuse([]);
  cleared();
  if (!what.said) { columns.hide(); }
  if (!at("as-of").value) { refuse([noDay()]); return; }
  say(state.ready ? "Reading …" : "Python is still starting; your record is read as soon as it has …");
  const found = await asked(question, what);
  if (!found) { return; }
  Object.assign(state, { subjects: found.subjects, place: 0, day: at("as-of").value, given: what });
  at("profile-place").hidden = !what.said;
  at("after").hidden = false;
  folded();
  notRead(found);
  offered();
  await days();
  await Promise.all([subject(), report()]);
  at("outlook").focus();
}

// On a narrow screen what has been given folds away before what was answered.
function folded() {
  if (matchMedia("(max-width: 40rem)").matches) { at("record").open = at("python").open = false; }
}

async function filled() {
  const unread = form.unread();
  if (unread.length) { cleared(); refuse(unread); return; }
  await given("record", { record: form.record() });
}

async function read(files) {
  state.form = false;
  const all = await Promise.all([...files].map(async (file) => [file.name, new Uint8Array(await file.arrayBuffer())]));
  if (all.length) { await given("read", { files: all }); }
}

function notRead({ kinds, problems, sheets }) {
  const place = at("not-read");
  place.replaceChildren();
  const said = sheets.filter((sheet) => sheet.title).map((sheet) => `${sheet.sheet || sheet.file}: ${sheet.title === sheet.file ? "" : `${sheet.title}, `}${sheet.rows.toLocaleString("en-GB")} ${sheet.rows === 1 ? "row" : "rows"}`);
  const unread = sheets.filter((sheet) => sheet.why_not).map((sheet) => `${sheet.sheet || sheet.file} was not read: ${sheet.why_not}`);
  for (const words of [`${state.subjects.length.toLocaleString("en-GB")} ${state.subjects.length === 1 ? "subject" : "subjects"} read.`, ...said, ...unread]) {
    place.append(Object.assign(document.createElement("p"), { textContent: words }));
  }
  if (!problems.length) { return; }
  const list = (lines, id) => {
    const box = Object.assign(document.createElement("ul"), { id });
    box.append(...lines.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
    return box;
  };
  const many = problems.length.toLocaleString("en-GB");
  const box = document.createElement("details");
  box.open = problems.length <= 20;
  box.append(Object.assign(document.createElement("summary"), { textContent: `${many} ${problems.length === 1 ? "row or value" : "rows or values"} could not be used as they stand` }));
  if (kinds.length < problems.length) { box.append(list(kinds, "kinds")); }
  const each = document.createElement("details");
  each.append(Object.assign(document.createElement("summary"), { textContent: "Every one of them" }));
  const filled = () => { if (each.open && !each.querySelector("ul")) { each.append(list(problems, "problems")); } };
  each.addEventListener("toggle", filled);
  each.open = problems.length <= 20;
  filled();
  box.append(each);
  place.append(box);
}

// 2. The report, in a frame of its own that may run nothing but its own script.
async function report() {
  const found = await asked("report", { as_of: state.day });
  if (!found) { return; }
  const frame = Object.assign(document.createElement("iframe"), { title: "The report" });
  const url = URL.createObjectURL(new Blob([found.html], { type: "text/html" }));
  frame.addEventListener("load", () => {
    // Links of the report lead out of its frame, into a page of their own.
    for (const link of frame.contentDocument.querySelectorAll("a[href^=http]")) { link.target = "_blank"; link.rel = "noopener noreferrer"; }
    sized();
    if (state.url) { URL.revokeObjectURL(state.url); }
    state.url = url;
    document.documentElement.dataset.report = state.day;
  });
  frame.src = url;
  at("frame-place").replaceChildren(frame);
}

function sized() {
  const frame = at("frame-place").firstElementChild, whole = at("whole").getAttribute("aria-pressed") === "true";
  frame?.classList.toggle("whole", whole);
  if (!frame) { return; }
  frame.style.height = whole ? `${frame.contentDocument.documentElement.scrollHeight + 4}px` : "";
  if (whole) { return; }
  // It ends where something ends: nothing that can be counted is cut.
  const most = frame.clientHeight, ends = [...frame.contentDocument.querySelectorAll(".tiles > li, nav")].map((each) => each.getBoundingClientRect().bottom + 12).filter((end) => end <= most);
  if (ends.length) { frame.style.height = `${Math.max(...ends)}px`; }
}

// 3. One subject, on a day that moves.
function offered() {
  const { subjects } = state;
  at("who-place").hidden = at("of-whom").hidden = subjects.length < 2;
  at("whos").replaceChildren(...subjects.map((subject, place) => new Option("", named(subject, place))));
  chosen();
}

const named = ({ name, urn, kind }, place) => `${[name, urn === name ? "" : urn, kind].filter(Boolean).join(", ")}${state.twice?.has(place) ? ` (${place + 1})` : ""}`;

function chosen() {
  const one = state.subjects[state.place];
  at("who").value = one ? named(one, state.place) : "";
  at("of-one-label").textContent = one ? `Only ${one.name}` : "";
  const who = one?.type === "local_authority" ? "authority" : "provider";
  at("activity").dataset.chosen = "";
  at("activity").replaceChildren(...form.words.activities.filter((each) => each.to.includes(who)).map(({ value, words }) => new Option(words, value)));
}

// "Why not" begins with what is likeliest to be asked: another activity that the answers name, else the first of the list.
function likeliest(likely) {
  const box = at("activity"), options = [...box.options], known = likely.filter((each, place) => likely.indexOf(each) === place && options.some(({ value }) => value === each));
  if (box.dataset.chosen === "yes") { return; }
  const graded = form.words.activities.filter(({ graded: judged }) => judged).map(({ value }) => value).filter((value) => options.some((each) => each.value === value));
  const owed = known.filter((each) => each !== likely[0] && form.words.activities.find(({ value }) => value === each).inspects);
  const first = owed.find((each) => graded.includes(each)) ?? owed[0] ?? graded.find((each) => each !== likely[0]) ?? known[0];
  if (first) { box.value = first; }
}

async function days() {
  const found = (await asked("days", { place: state.place })) ?? {};
  const today = number(state.day);
  at("day").min = Math.min(number(found.first ?? state.day), today - 1);
  at("day").max = Math.max(number(found.last ?? state.day), today + 365);
  at("day").value = today;
  moved();
}

function moved() {
  const day = Number(at("day").value);
  at("day-said").textContent = inWords(day);
  at("day").setAttribute("aria-valuetext", inWords(day));
  at("report-day").disabled = text(day) === state.day;
  at("take-day").textContent = `As it stands on ${inWords(day)}, the day that you see above.${text(day) === state.day ? "" : ` The report in part 2 is still of ${inWords(number(state.day))}.`}`;
}

let busy = false, again = false;
async function subject() {
  if (busy) { again = true; return; }
  busy = true;
  do {
    again = false;
    const day = text(Number(at("day").value));
    const start = performance.now();
    const found = state.subjects.length ? await asked("subject", { place: state.place, as_of: day }) : { html: "" };
    if (found) {
      const open = [...at("subject").querySelectorAll("details[open] > summary")].map((each) => each.textContent);
      const on = at("subject").contains(document.activeElement) ? document.activeElement : null;
      at("subject").innerHTML = found.html;
      for (const each of at("subject").querySelectorAll("summary")) { if (open.includes(each.textContent)) { each.parentElement.open = true; } }
      if (on) { focused(on); }
      outside(at("subject"));
      likeliest(found.likely ?? []);
      document.documentElement.dataset.subject = day;
      document.documentElement.dataset.took = String(Math.round(performance.now() - start));
    }
    at("asked").replaceChildren();
    if (found && state.subjects.length) { at("lines").textContent = (await asked("lines", { place: state.place, as_of: day }))?.text ?? ""; }
  } while (again);
  busy = false;
}

// Where the answer is written anew, the focus goes to what stands in the place of what had it.
function focused(on) {
  const alike = [...at("subject").querySelectorAll(on.tagName.toLowerCase())].filter((each) => (on.dataset.rule ? each.dataset.rule === on.dataset.rule : each.textContent === on.textContent));
  (alike.find((each) => each.checkVisibility()) ?? at("subject").querySelector("summary"))?.focus();
}

const outside = (place) => { for (const link of place.querySelectorAll("a[href^=http]")) { link.target = "_blank"; link.rel = "noopener noreferrer"; } };
const move = (day) => { at("day").value = Math.min(Math.max(day, Number(at("day").min)), Number(at("day").max)); moved(); subject(); };
const months = (count) => { const day = new Date(Number(at("day").value) * DAY); day.setUTCMonth(day.getUTCMonth() + count); move(day.getTime() / DAY); };

async function question(name, what = {}) {
  const found = await asked(name, { place: state.place, as_of: text(Number(at("day").value)), ...what });
  if (!found) { return; }
  at("asked").innerHTML = found.html;
  outside(at("asked"));
  at("asked").querySelector("h4").focus();
}

async function rule(id) {
  const found = await asked("rule", { rule: id });
  if (!found) { return; }
  at("rule-words").innerHTML = found.html;
  outside(at("rule-words"));
  at("rule").addEventListener("close", () => { if (document.activeElement === document.body) { document.querySelector(`[data-rule="${id}"]`)?.focus(); } }, { once: true });
  at("rule").showModal();
  at("rule-title").focus();
}

// 4. What is taken away.
const KINDS = { ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".ics": "text/calendar", ".svg": "image/svg+xml", ".html": "text/html", ".md": "text/markdown", ".json": "application/json" };
async function take(ending) {
  if (ending === "profile") {
    const found = await asked("profile", { files: state.given.files, said: state.given.said });
    for (const [name, content] of found?.profiles ?? []) { handed(name, content, "application/toml"); }
    return;
  }
  const place = state.subjects.length > 1 && at("of-all").checked ? undefined : state.place;
  // What is taken away is of the day that is shown, wherever the slider has moved it.
  const day = text(Number(at("day").value));
  const found = await asked(ending === "case" ? "case" : "take", ending === "case" ? { place } : { ending, place, as_of: day });
  if (!found) { return; }
  if (ending === "case") { handed("case.json", found.content, KINDS[".json"]); } else { handed(`outlook-${day}${ending}`, found.content, KINDS[ending]); }
}

function handed(name, content, type) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  say(`${name} is in your downloads.`);
}

function wired() {
  at("as-of").value = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  at("file").addEventListener("change", () => read(at("file").files));
  const drop = at("drop");
  for (const name of ["dragover", "dragleave", "drop"]) {
    addEventListener(name, (event) => { event.preventDefault(); drop.classList.toggle("over", name === "dragover"); });
  }
  addEventListener("drop", (event) => read(event.dataTransfer.files));
  for (const button of document.querySelectorAll("[data-example]")) {
    button.addEventListener("click", async () => {
      state.form = false;
      const name = button.dataset.example;
      await given("read", { files: [[name, new Uint8Array(await (await fetch(`examples/${name}`)).arrayBuffer())]] });
    });
  }
  at("form").addEventListener("submit", (event) => { event.preventDefault(); state.form = true; filled(); });
  at("as-of").addEventListener("change", () => { if (!at("as-of").value) { at("after").hidden = true; refuse([noDay()]); return; } refuse([]); if (state.subjects.length) { at("after").hidden = false; state.day = at("as-of").value; at("day").value = number(state.day); moved(); report(); subject(); } });
  at("whole").addEventListener("click", () => { at("whole").setAttribute("aria-pressed", String(at("whole").getAttribute("aria-pressed") !== "true")); sized(); });
  at("who").addEventListener("change", async () => {
    const words = at("who").value.trim().toLowerCase();
    let place = state.subjects.findIndex((one, each) => named(one, each).toLowerCase() === words);
    if (place < 0) { place = state.subjects.findIndex((one, each) => named(one, each).toLowerCase().includes(words)); }
    at("who-said").textContent = place < 0 ? `Nobody in the record is called “${at("who").value}”.` : "";
    if (place >= 0) { state.place = place; chosen(); await subject(); }
  });
  at("day").addEventListener("input", () => { moved(); subject(); });
  at("earlier").addEventListener("click", () => months(-1));
  at("later").addEventListener("click", () => months(1));
  at("report-day").addEventListener("click", () => { state.day = at("as-of").value = text(Number(at("day").value)); moved(); report(); });
  at("activity").addEventListener("change", () => { at("activity").dataset.chosen = "yes"; });
  at("edit").addEventListener("click", async () => {
    const found = await asked("record_of", { place: state.place });
    if (!found) { return; }
    form.fill(found.record);
    at("record").open = at("by-hand").open = true;
    at("kind").focus();
  });
  at("why-not").addEventListener("click", () => question("why_not", { word: at("activity").value }));
  at("change").addEventListener("click", () => question("what_would_change"));
  document.addEventListener("click", (event) => { const button = event.target.closest("[data-rule]"); if (button) { rule(button.dataset.rule); } });
  for (const button of document.querySelectorAll("[data-take]")) { button.addEventListener("click", () => take(button.dataset.take)); }
  at("copy").addEventListener("click", () => navigator.clipboard.writeText(at("lines").textContent).then(() => say("Copied."), () => say("The browser does not let the page copy: mark the lines and copy them.")));
}

form = await startForm();
columns = startColumns(form.words, (files, said) => { state.form = false; given("read", { files, said }); });
wired();
at("cannot").hidden = true;
at("works").hidden = false;
document.documentElement.dataset.shown = String(Math.round(performance.now()));
