// Does what a person does on the page that answers in the browser, and says what was found, as JSON on standard output.
//   node page.mjs FOLDER_OF_THE_PAGE FOLDER_FOR_PICTURES WHAT '{"file": …}'
// The page comes from a server of ours, under its own policy as a header. Whatever would leave this machine meets a proxy that only writes it down.
import { createServer } from "node:http";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";
import { chromium } from "playwright-core";

const [site, folder, what, given] = process.argv.slice(2);
const wanted = JSON.parse(given || "{}");
const where = process.env.CHROMIUM || "/usr/bin/chromium";
const axe = readFileSync(new URL("./node_modules/axe-core/axe.min.js", import.meta.url), "utf-8");
const found = { served: [], away: [], errors: [], violations: [], axe: {}, wide: {}, times: {} };
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm", ".svg": "image/svg+xml", ".zip": "application/zip" };
const policy = readFileSync(join(site, "index.html"), "utf-8").match(/http-equiv="Content-Security-Policy" content="([^"]+)"/)[1].replaceAll("&#x27;", "'");

const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://here").pathname);
  found.served.push(`${request.method} ${path}`);
  const file = join(site, path.replace(/^\/try/, "").replace(/\/$/, "/index.html"));
  if (request.method !== "GET" || !statSync(file, { throwIfNoEntry: false })?.isFile()) { response.writeHead(404).end(); return; }
  response.writeHead(200, { "Content-Type": TYPES[extname(file)] || "application/octet-stream", "Content-Security-Policy": policy, "Cache-Control": "no-cache" });
  response.end(readFileSync(file));
});
// What the browser asks for itself, of whoever made it, is not the page's.
const itsOwn = /^(https?:\/\/)?([a-z0-9-]+\.)*(google|googleapis|gvt1|gstatic)\.com[:/]/;
const away = (url) => { if (!itsOwn.test(url)) { found.away.push(url); } };
const proxy = createServer((request, response) => { away(request.url); response.writeHead(502).end(); });
proxy.on("connect", (request, socket) => { away(request.url); socket.end("HTTP/1.1 502 No\r\n\r\n"); });
const listening = (one) => new Promise((done) => { one.listen(0, "127.0.0.1", () => done(one.address().port)); });
const [port, through] = [await listening(server), await listening(proxy)];
const address = `http://127.0.0.1:${port}/try/`;

const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--disable-features=OptimizationHints,MediaRouter,AutofillServerCommunication"];
const profile = mkdtempSync(join(tmpdir(), "page-"));
const context = await chromium.launchPersistentContext(profile, { executablePath: where, headless: true, args, acceptDownloads: true,
  proxy: { server: `http://127.0.0.1:${through}`, bypass: "127.0.0.1" }, viewport: { width: wanted.width || 1100, height: 1200 }, colorScheme: wanted.dark ? "dark" : "light", serviceWorkers: "allow" });
await context.addInitScript(() => {
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
});
const page = context.pages()[0] || await context.newPage();
page.setDefaultTimeout(Number(process.env.PATIENCE || 60000));
page.on("console", (message) => { if (message.type() === "error") { found.errors.push(message.text()); } });
page.on("pageerror", (error) => found.errors.push(String(error)));

const text = (selector) => page.locator(selector).first().textContent().then((words) => words.replace(/\s+/g, " ").trim());
const mark = (name) => page.evaluate((name) => document.documentElement.dataset[name], name);
const until = (test, value) => page.waitForFunction(test, value, { polling: 50 });
const picture = (name, more = {}) => page.screenshot({ caret: "initial", path: join(folder, `${name}.png`), ...more });

async function opened() {
  const start = Date.now();
  await page.goto(address);
  await page.waitForSelector("#works:not([hidden])");
  found.times.shown ??= Date.now() - start;
}
const idle = () => until(() => document.documentElement.dataset.ready && document.getElementById("said").textContent === "Ready.");
async function kept() {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await until(() => navigator.serviceWorker.controller !== null);
}
async function day(words) { await page.fill("#as-of", words); }
async function settled() {
  await until(() => document.documentElement.dataset.report && document.documentElement.dataset.subject || !document.getElementById("refused").hidden);
  await until(() => document.getElementById("progress").hidden);
}
// The rules of accessibility, for the page and for the report in its frame; what axe and pictures put into a page is not held against it.
async function looked(name) {
  const before = found.errors.length, run = () => window.axe.run(document, { iframes: false, runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] });
  found.wide[name] = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  found.violations.push(...await page.evaluate(() => window.violations.splice(0)));
  found.axe[name] = [];
  for (const each of page.frames()) {
    await each.evaluate(axe);
    const { violations } = await each.evaluate(run);
    found.axe[name].push(...violations.map((one) => `${one.id}: ${one.help} (${one.nodes.length}; ${one.nodes[0].html.slice(0, 160)})`));
  }
  await picture(name, { fullPage: !wanted.short });
  await page.evaluate(() => window.violations.splice(0));
  found.errors.splice(before);
}
async function frame() {
  const inner = page.frames().find((each) => each !== page.mainFrame());
  return { title: await inner.locator("h1").textContent(), lead: (await inner.locator(".lead").textContent()).trim(), rows: await inner.locator("#table tbody tr").count() };
}
async function chosen(name) {
  await page.fill("#who", name);
  await page.locator("#who").dispatchEvent("change");
  await until((name) => document.querySelector("#subject h3")?.textContent.startsWith(name.split(",")[0]), name);
  return text("#subject .lead");
}
async function taken(ending) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.click(`[data-take="${ending}"]`)]);
  const path = join(folder, file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

const DOES = {
  // The four steps with one file.
  async steps() {
    await opened();
    await looked("given");
    await day(wanted.day);
    await idle();
    await kept();
    const before = found.served.length;
    await page.setInputFiles("#file", wanted.file);
    await settled();
    found.whileRead = found.served.slice(before);
    found.refused = await text("#refused");
    found.read = await text("#not-read");
    found.report = await frame();
    found.leads = {};
    for (const name of wanted.names || []) { found.leads[name] = await chosen(name); }
    found.lead = await text("#subject .lead");
    await looked("seen");
    await page.locator("#day").focus();
    const steps = wanted.steps || 0;
    for (let count = 0; count < steps; count += 1) { await page.keyboard.press("ArrowRight"); }
    await until((day) => document.documentElement.dataset.subject === day, wanted.moved || wanted.day);
    found.moved = { said: await text("#day-said"), lead: await text("#subject .lead"), took: Number(await mark("took")) };
    await page.locator("#subject summary").first().click();
    found.why = await text("#subject details[open]");
    await page.selectOption("#activity", wanted.activity);
    await page.click("#why-not");
    await page.waitForSelector("#asked h4");
    found.whyNot = await text("#asked");
    await page.locator("#asked [data-rule]").first().click();
    await page.waitForSelector("#rule[open]");
    found.rule = await text("#rule");
    found.ruleFocus = await page.evaluate(() => document.activeElement.id);
    found.links = await page.locator("#rule a[href^=http]").count();
    await looked("rule");
    await page.keyboard.press("Escape");
    await page.click("#change");
    await until(() => document.querySelector("#asked h4")?.textContent.startsWith("What would change"));
    found.change = await text("#asked");
    await looked("asked");
    found.lines = await page.locator("#lines").textContent();
    if (await page.locator("#of-one").isVisible()) { await page.check(wanted.one ? "#of-one" : "#of-all"); }
    found.taken = {};
    for (const ending of wanted.takes || []) { found.taken[ending] = await taken(ending); }
    found.whileAsked = found.served.slice(before);
  },
  // The form, with the keyboard alone. Its days are the same whichever of day and month the browser asks for first.
  async keyboard() {
    await opened();
    const reach = async (test, key = "Tab") => {
      for (let count = 0; count < 120; count += 1) {
        const at = await page.evaluate(() => {
          const on = document.activeElement, style = getComputedStyle(on);
          return { id: on.id, words: on.textContent.trim().slice(0, 60), tag: on.tagName, seen: style.outlineStyle !== "none" || style.boxShadow !== "none" };
        });
        if (!at.seen && !["BODY", "HTML", "IFRAME"].includes(at.tag)) { found.unseen.push(`${at.tag} ${at.id} ${at.words}`); }
        if (test(at)) { return at; }
        await page.keyboard.press(key);
      }
      throw new Error(`not reached by ${key}`);
    };
    found.unseen = [];
    await page.keyboard.press("Tab");
    found.first = await page.evaluate(() => document.activeElement.textContent);
    await reach((at) => at.id === "as-of");
    await page.keyboard.type(wanted.typed);
    await reach((at) => at.words === "Or fill in a form");
    await page.keyboard.press("Enter");
    await reach((at) => at.id === "kind");
    await page.keyboard.type("Independent fost");
    await reach((at) => at.id === "name");
    await page.keyboard.type("An agency");
    await reach((at) => at.id.endsWith("-started"));
    await page.keyboard.type("05052023");
    await reach((at) => at.id.endsWith("-ended"));
    await page.keyboard.type("06062023");
    await reach((at) => at.id.endsWith("-published"));
    await page.keyboard.type("07072023");
    await reach((at) => at.id.endsWith("-overall"));
    await page.keyboard.type("Requires");
    await picture("form", { fullPage: true });
    await reach((at) => at.id === "submit");
    await page.keyboard.press("Enter");
    await settled();
    found.refused = await text("#refused");
    found.focus = await page.evaluate(() => document.activeElement.id);
    found.lead = await text("#subject .lead");
    await reach((at) => at.id === "day");
    await page.keyboard.press("PageUp");
    found.said = await text("#day-said");
    await reach((at) => at.tag === "SUMMARY" && at.words.startsWith("Why: "));
    await page.keyboard.press("Enter");
    await reach((at) => at.words === "Read this rule and its sources");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#rule[open]");
    found.rule = await text("#rule .lead");
    await page.keyboard.press("Escape");
    found.back = await page.evaluate(() => document.activeElement.textContent.trim());
    await reach((at) => at.id === "why-not");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#asked h4");
    await reach((at) => at.words === "Calendar (.ics)");
    const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    found.taken = file.suggestedFilename();
    found.lines = await page.locator("#lines").textContent();
  },
  // What cannot be right is refused in the library's words, beside the box that it speaks of.
  async refused() {
    await opened();
    await day(wanted.day);
    await page.setInputFiles("#file", wanted.file);
    await settled();
    found.refused = await page.locator("#refused p").allTextContents();
    found.focus = await page.evaluate(() => document.activeElement.id);
    await looked("refused");
    await page.click("#by-hand summary");
    await page.selectOption("#kind", "childrens_home");
    await page.fill("[id$=-started]", "2024-03-04");
    await page.fill("[id$=-ended]", "2024-03-01");
    await page.click("#submit");
    await until(() => document.querySelector("[aria-invalid]"));
    found.form = await page.locator("#refused p").allTextContents();
    found.marked = await page.locator("[aria-invalid]").getAttribute("id");
    await looked("marked");
    await page.fill("[id$=-ended]", "2024-03-05");
    await page.click("#submit");
    await settled();
    await until(() => document.documentElement.dataset.subject);
    found.left = await page.locator("[aria-invalid]").count();
    // A day that is in no calendar reaches nobody as empty: it is refused, and no older answer stays on the page.
    await page.focus("#gone");
    await page.keyboard.type("02302024");
    await page.click("#submit");
    await until(() => !document.getElementById("refused").hidden);
    found.unread = await page.locator("#refused p").allTextContents();
    found.unreadAt = await page.locator("[aria-invalid]").getAttribute("id");
    found.older = await page.locator("#after").isVisible();
  },
  // A table of no known kind: its columns are shown, explained, and then it is read; what was opened goes into the form.
  async explained() {
    await opened();
    await day(wanted.day);
    await idle();
    await kept();
    const before = found.served.length;
    await page.setInputFiles("#file", wanted.file);
    await page.waitForSelector("#choose:not([hidden])");
    found.refused = await page.locator("#refused p").allTextContents();
    found.said = await text("#said");
    found.suggested = await page.locator("#columns [data-letter]").evaluateAll((boxes) => boxes.map((box) => box.value));
    await looked("offered");
    for (const [id, value] of wanted.chosen) { await page.selectOption(`#columns-${id}`, value); }
    await page.click("#columns button");
    await settled();
    found.afterwards = await text("#refused");
    found.read = await text("#not-read");
    found.leads = {};
    for (const name of wanted.names) { found.leads[name] = await chosen(name); }
    found.whyNot = await page.locator("#activity").inputValue();
    found.lines = await page.locator("#lines").textContent();
    found.whileRead = found.served.slice(before);
    await page.click("#edit");
    await page.waitForFunction(() => document.activeElement.id === "kind");
    found.form = { name: await page.locator("#name").inputValue(), started: await page.locator("[id$=-started]").first().inputValue() };
    await looked("filled");
    // Only the month is known.
    await page.locator("[id$=-month]").first().check();
    found.month = await page.locator("[id$=-started]").first().inputValue();
    found.outcomes = await page.locator("[id$=-outcome] option").allTextContents();
    await page.locator("[id$=-published]").first().fill("");
    await page.evaluate(() => { delete document.documentElement.dataset.subject; });
    await page.click("#submit");
    await settled();
    await until(() => document.documentElement.dataset.subject);
    found.byMonth = await page.locator("#lines").textContent();
  },
  // Several tables of no known kind: each is asked about in turn, and dropped again with what was saved.
  async several() {
    await opened();
    await day(wanted.day);
    await idle();
    await page.setInputFiles("#file", wanted.files);
    await page.waitForSelector("#choose:not([hidden])");
    found.asked = [];
    for (const [turn, chosen] of wanted.chosen.entries()) {
      const asked = { file: await text("#choose-file") };
      if (turn) {
        await page.click("#columns button");
        await until(() => [...document.querySelectorAll("#refused p")].filter((each) => each.textContent.startsWith("two.csv")).length > 1);
        asked.faults = await page.locator("#refused p").count();
        await looked("faults");
      }
      for (const [id, value] of chosen) { await page.selectOption(`#columns-${id}`, value); }
      asked.words = await page.locator("#columns-words label").allTextContents();
      for (const [word, means] of Object.entries(wanted.words)) { if (!turn) { await page.selectOption(`[data-text="${word}"]`, means); } }
      await looked(`asked-${turn + 1}`);
      found.asked.push(asked);
      const before = asked.file;
      await page.click("#columns button");
      await until((before) => document.getElementById("choose-file").textContent !== before || !document.getElementById("after").hidden, before);
    }
    await settled();
    found.refused = await text("#refused");
    found.read = await text("#not-read");
    found.lead = await chosen("Kent");
    const saved = [];
    page.on("download", (file) => saved.push(file));
    await page.click('[data-take="profile"]');
    while (saved.length < 2) { await new Promise((done) => { setTimeout(done, 50); }); }
    found.profiles = saved.map((file) => file.suggestedFilename());
    for (const file of saved) { await file.saveAs(join(folder, file.suggestedFilename())); }
    await page.evaluate(() => { delete document.documentElement.dataset.report; });
    await page.setInputFiles("#file", [...wanted.files, ...found.profiles.map((name) => join(folder, name))]);
    await until(() => document.documentElement.dataset.report);
    await settled();
    found.again = await text("#not-read");
  },
  // A long record in the form, narrow: each event is a line that opens; grades are those of its day.
  async folded() {
    await opened();
    await day(wanted.day);
    await page.click("#by-hand > summary");
    found.grades = {};
    for (const on of ["2026-03-04", "2012-03-06"]) {
      await page.selectOption("#kind", "childrens_home");
      await page.fill("[id$=-started]", on);
      await page.locator("[id$=-started]").dispatchEvent("change");
      found.grades[on] = (await page.locator("[id$=-overall] option").allTextContents()).includes("Adequate");
    }
    await page.selectOption("[id$=-overall]", "adequate");
    await page.fill("[id$=-started]", "2026-03-04");
    await page.locator("[id$=-started]").dispatchEvent("change");
    found.grades.kept = await page.locator("[id$=-overall]").inputValue();
    await looked("form");
    await page.setInputFiles("#file", wanted.file);
    await settled();
    await page.click("#edit");
    await page.waitForFunction(() => document.activeElement.id === "kind");
    found.lines = await page.locator("#events summary").allTextContents();
    found.open = await page.locator("#events details[open]").count();
    found.height = await page.evaluate(() => document.getElementById("form").getBoundingClientRect().height);
    await looked("folded");
    await page.locator("#events summary").nth(1).click();
    await page.locator("#events details").nth(1).locator("[id$=-ended]").fill("2001-01-01");
    await page.locator("#events summary").nth(1).click();
    await page.click("#submit");
    await until(() => document.querySelector("[aria-invalid]"));
    found.opened = await text("#refused p");
    await page.click("#refused a");
    found.focus = await page.evaluate(() => document.activeElement.id);
    await looked("opened");
    await page.locator("#events details").nth(1).locator("[id$=-ended]").fill("");
    await page.evaluate(() => { delete document.documentElement.dataset.subject; });
    await page.click("#submit");
    await until(() => document.documentElement.dataset.subject);
    found.lead = await text("#subject .lead");
  },
  // A whole register: the page stays usable while it is worked out.
  async many() {
    await opened();
    await day(wanted.day);
    await idle();
    await page.evaluate(() => {
      window.ticks = 0;
      window.seen = [];
      setInterval(() => { window.ticks += 1; }, 50);
      new MutationObserver(() => window.seen.push(document.getElementById("said").textContent)).observe(document.getElementById("said"), { childList: true });
    });
    const start = Date.now();
    await page.setInputFiles("#file", wanted.file);
    await until(() => window.seen.some((words) => /: [1-9][0-9,]* of /.test(words)));
    await page.click("#by-hand summary");
    found.usable = await page.locator("#kind").isVisible();
    await settled();
    found.times.report = Date.now() - start;
    found.times.ticks = await page.evaluate(() => window.ticks) * 50;
    found.seen = await page.evaluate(() => window.seen);
    found.read = await text("#not-read");
    found.report = await frame();
    found.leads = {};
    for (const name of wanted.names || []) { found.leads[name] = await chosen(name); }
    found.took = Number(await mark("took"));
    await picture("many");
    found.taken = {};
    for (const ending of wanted.takes || []) { found.taken[ending] = await taken(ending); }
  },
  // After the first visit, without a network.
  async offline() {
    await opened();
    await idle();
    await kept();
    const before = found.served.length;
    await new Promise((done) => { server.close(done); server.closeAllConnections(); });
    await context.setOffline(true);
    await page.goto(address);
    await page.waitForSelector("#works:not([hidden])");
    await day(wanted.day);
    await page.click("[data-example]");
    await settled();
    found.lead = await text("#subject .lead");
    found.taken = await taken(".xlsx");
    found.after = found.served.slice(before);
    await picture("offline");
  },
  // How long things take; see benchmarks/page.py.
  async timed() {
    const visit = async (name) => {
      const start = Date.now();
      await page.goto(address);
      await page.waitForSelector("#works:not([hidden])");
      found.times[`${name} form`] = Date.now() - start;
      await day(wanted.day);
      await page.click("[data-example]");
      await until(() => document.documentElement.dataset.subject);
      found.times[`${name} answer`] = Date.now() - start;
      await settled();
    };
    await visit("cold");
    await kept();
    await page.goto("about:blank");
    await visit("warm");
    found.moves = [];
    for (let count = 0; count < 20; count += 1) {
      const before = await mark("subject");
      await page.click(count < 10 ? "#later" : "#earlier");
      await until((before) => document.documentElement.dataset.subject !== before, before);
      found.moves.push(Number(await mark("took")));
    }
  },
};

try {
  await DOES[what]();
  found.violations.push(...await page.evaluate(() => window.violations));
} catch (error) {
  await picture("broken").catch(() => {});
  throw new Error(`${error.message}; the page said: ${JSON.stringify([found.errors, await text("#refused").catch(() => "")])}`, { cause: error });
} finally {
  await context.close().catch(() => {});
  rmSync(profile, { recursive: true, force: true });
  server.close();
  server.closeAllConnections();
  proxy.close();
  proxy.closeAllConnections();
}
found.taken = typeof found.taken === "object" ? Object.fromEntries(Object.entries(found.taken).map(([ending, path]) => [ending, basename(path)])) : found.taken;
process.stdout.write(JSON.stringify(found));
