// Opens pages of the documentation site in the Chromium that is here, from the disk, and says what was found, as JSON.
//   node site.mjs FOLDER PICTURES PAGE...
import { mkdtempSync, rmSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [folder, pictures, ...pages] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "looked-at-"));
const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--allow-file-access-from-files"];
const axe = readFileSync(new URL("./node_modules/axe-core/axe.min.js", import.meta.url), "utf-8");
const found = { axe: {}, wide: {}, requests: [], errors: [], register: {} };
const sizes = { light: [1200, "light"], dark: [1200, "dark"], narrow: [320, "light"], "narrow-dark": [320, "dark"] };

try {
  const browser = await chromium.launchPersistentContext(profile, { executablePath: process.env.CHROMIUM || "/usr/bin/chromium", headless: true, args, bypassCSP: true });
  const page = browser.pages()[0] || await browser.newPage();
  page.on("request", (request) => { if (!/^(file|blob|data):/.test(request.url())) { found.requests.push(request.url()); } });
  page.on("pageerror", (error) => found.errors.push(String(error)));
  for (const name of pages) {
    for (const [size, [width, colorScheme]] of Object.entries(sizes)) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.goto("about:blank");
      await page.goto(pathToFileURL(join(folder, name)).href);
      if (name === "register.html") { await page.waitForSelector("#register:not([hidden])"); }
      await page.waitForTimeout(150);
      await page.evaluate(axe);
      const result = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"] }));
      const at = `${name} ${size}`;
      found.axe[at] = result.violations.map((each) => `${each.id}: ${each.help} (${each.nodes.length}; ${each.nodes[0].html.slice(0, 160)}; ${each.nodes[0].failureSummary.slice(0, 160)})`);
      found.wide[at] = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      await page.screenshot({ path: join(pictures, `${at.replace(/[/ .]/g, "-")}.png`) });
    }
  }
  if (pages.includes("register.html")) { await register(page); }
  await browser.close();
} finally {
  rmSync(profile, { recursive: true, force: true });
}
process.stdout.write(JSON.stringify(found));

// By keyboard alone: to the form, words typed, a kind chosen, a day, then on to the first rule and through its link.
async function register(page) {
  const opened = async (hash = "") => {
    await page.goto("about:blank");
    await page.goto(pathToFileURL(join(folder, "register.html")).href + hash);
    await page.waitForSelector("#register:not([hidden])");
  };
  const ids = () => page.locator("#rules h2 a").evaluateAll((links) => links.map((link) => link.hash.slice(1)));
  const said = () => page.locator("#shown").textContent();
  await page.setViewportSize({ width: 1200, height: 900 });
  await opened();
  found.register.all = await said();
  const reached = [];
  for (let count = 0; count < 120; count += 1) {
    await page.keyboard.press("Tab");
    const id = await page.evaluate(() => document.activeElement.id);
    if (id) { reached.push(id); }
    if (id === "source") { break; }
  }
  found.register.reached = reached;
  await page.focus("#words");
  await page.keyboard.type("focused visit");
  await page.focus("#kind");
  await page.keyboard.type("local auth");
  found.register.kind = await page.locator("#kind").inputValue();
  found.register.words = [await said(), await ids()];
  await page.locator("#day").fill("2018-03-01");
  found.register.day = [await said(), await ids()];
  found.register.address = await page.evaluate(() => location.hash);
  await opened(found.register.address);
  found.register.again = await ids();
  await page.focus("#rules h2 a");
  await Promise.all([page.waitForURL(/docs\/rules\//), page.keyboard.press("Enter")]);
  found.register.led = page.url().split("/").pop();
  await opened();
  await page.fill("#words", "fostering 2024");
  found.register.year = [await said(), await ids()];
  for (const [name, value] of [["strength", "must"], ["certainty", "inferred"], ["activity", "full_inspection"]]) {
    await opened();
    await page.selectOption(`#${name}`, value);
    found.register[name] = await said();
  }
  await opened();
  found.register.source = await page.locator("#source option").nth(1).getAttribute("value");
  await page.selectOption("#source", found.register.source);
  found.register.by_source = await said();
  await page.locator("#register button[type=reset]").press("Enter");
  await page.waitForTimeout(100);
  found.register.cleared = await said();
  await page.locator("#more").press("Enter");
  found.register.more = [await page.locator("#rules > li").count(), await page.evaluate(() => [...document.querySelectorAll("#rules h2 a")].indexOf(document.activeElement))];
}
