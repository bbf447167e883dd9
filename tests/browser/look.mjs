// Opens a page in the Chromium that is here and says what was found, as JSON on standard output.
//   node look.mjs FILE.html FOLDER
// FOLDER gets pictures: light, dark, 320 pixels wide, twice the size, and as it would be printed (PDF).
import { mkdtempSync, rmSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [file, folder] = process.argv.slice(2);
const where = process.env.CHROMIUM || "/usr/bin/chromium";
const profile = mkdtempSync(join(tmpdir(), "looked-at-"));
const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const axe = readFileSync(new URL("./node_modules/axe-core/axe.min.js", import.meta.url), "utf-8");
const found = { axe: {}, requests: [], errors: [], wide: {}, keyboard: {}, filter: {}, times: {} };

async function opened(options) {
  const browser = await chromium.launchPersistentContext(profile, { executablePath: where, headless: true, args, ...options });
  const page = browser.pages()[0] || await browser.newPage();
  page.on("request", (request) => { if (!request.url().startsWith("file:")) { found.requests.push(request.url()); } });
  page.on("console", (message) => { if (message.type() === "error") { found.errors.push(message.text()); } });
  page.on("pageerror", (error) => found.errors.push(String(error)));
  const start = Date.now();
  await page.goto(pathToFileURL(file).href);
  found.times.load ??= Date.now() - start;
  return { browser, page };
}

async function checked(name, options, also = async () => {}) {
  const { browser, page } = await opened({ bypassCSP: true, ...options });
  await also(page);
  await page.evaluate(axe);
  const small = (await page.evaluate(() => document.querySelectorAll("*").length)) < 20000;
  const result = await page.evaluate((small) => axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    resultTypes: ["violations"], ...(small ? {} : { elementRef: false }),
  }), small);
  found.axe[name] = result.violations.map((each) => `${each.id}: ${each.help} (${each.nodes.length}; ${each.nodes[0].html.slice(0, 120)})`);
  found.wide[name] = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await browser.close();
}

try {
  await checked("light", { viewport: { width: 1200, height: 1400 }, colorScheme: "light" }, keyboard);
  await checked("dark", { viewport: { width: 1200, height: 1400 }, colorScheme: "dark" });
  await checked("narrow", { viewport: { width: 320, height: 1400 }, colorScheme: "light" });
  await checked("twice", { viewport: { width: 600, height: 800 }, deviceScaleFactor: 2, colorScheme: "light" });
  const { browser, page } = await opened({ viewport: { width: 1200, height: 1400 } });
  await filtered(page);
  if (process.env.PRINTED !== "0") { await page.pdf({ path: join(folder, "printed.pdf"), format: "A4" }); }
  await browser.close();
} finally {
  rmSync(profile, { recursive: true, force: true });
}
process.stdout.write(JSON.stringify(found));

// Everything can be reached and used with the Tab and Enter keys alone, and what has the focus can be seen.
async function keyboard(page) {
  const reached = [];
  for (let count = 0; count < 60; count += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const on = document.activeElement, style = getComputedStyle(on);
      return { tag: on.tagName, id: on.id, words: on.textContent.trim().slice(0, 40), outline: style.outlineStyle !== "none" || style.boxShadow !== "none" };
    });
    reached.push(at);
  }
  found.keyboard.tags = [...new Set(reached.map((at) => at.tag))];
  found.keyboard.ids = reached.map((at) => at.id).filter(Boolean);
  found.keyboard.first = reached[0].words;
  found.keyboard.unseen = reached.filter((at) => !at.outline && at.tag !== "BODY").map((at) => at.tag + " " + at.words);
  const sort = page.locator("#table thead button").first();
  await sort.focus();
  await page.keyboard.press("Enter");
  found.keyboard.sorted = await page.locator("#table thead th").first().getAttribute("aria-sort");
}

// The table sorts and filters, under the page's own policy, and how long the page takes over it.
async function filtered(page) {
  const timed = async (name, [selector, words, place]) => {
    found.times[name] = Math.round(await page.evaluate(async ({ selector, words, place }) => {
      const start = performance.now(), on = document.querySelectorAll(selector)[place || 0];
      if (words) { on.value = words; on.dispatchEvent(new Event("input")); } else { on.click(); }
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      return performance.now() - start;
    }, { selector, words, place }));
  };
  const shown = (column) => page.locator(`#table tbody tr:not([hidden]) ${column}`).allTextContents();
  found.filter.shown = await page.locator("#table tbody tr:not([hidden])").count();
  found.filter.all = await page.locator("#table tbody tr").count();
  found.filter.said = await page.locator("#shown").textContent();
  found.filter.words = (await page.locator("#table tbody tr th").last().textContent()).trim();
  await timed("filter", ["#find", found.filter.words]);
  found.filter.found = await shown("th");
  await timed("clear", ["#filter button[type=reset]"]);
  await timed("sort", ["#table thead button", "", 2]);
  found.filter.days = await page.locator("#table tbody tr:not([hidden])").evaluateAll((rows) => rows.map((row) => Number(row.dataset.d)));
  await timed("group", ["[data-group]", "", 1]);
  found.filter.group = await page.locator("#by-group").inputValue();
  found.filter.grouped = await shown("td:nth-child(5)");
  await timed("cleared", ["#filter button[type=reset]"]);
  await page.locator("#table tbody tr:not([hidden]) th a").first().click();
  // The browser says that the address has changed when it comes to it.
  await page.locator("#each details[open]").first().waitFor({ timeout: 10000 }).catch(() => {});
  found.filter.opened = await page.locator("#each details[open]").count();
}
