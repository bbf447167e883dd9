// Runs Python away from the page, so that the page stays usable. Everything it loads lies beside it; what it is given goes nowhere.
import createPyodideModule from "./python/pyodide.asm.js";
import { loadPyodide } from "./python/pyodide.js";

const here = new URL("./python/", import.meta.url).href;
const SITE = "/lib/site";
const told = (words, done, of) => postMessage({ told: words, done, of });
const bytes = (name) => fetch(here + name).then((found) => {
  if (!found.ok) { throw new Error(`${name} could not be loaded (${found.status})`); }
  return found.arrayBuffer();
});

// Everything is fetched before the first question, so that nothing is fetched while a file is read.
const [first, later] = [bytes("first.zip"), bytes("later.zip")];
later.catch(() => {});
const ready = started();
let all = null;

async function started() {
  told("Starting Python");
  const python = await loadPyodide({
    indexURL: here, createPyodideModule,
    lockFileContents: { info: { abi_version: "2026_0", arch: "wasm32", platform: "emscripten_5_0_3", python: "3.14.2" }, packages: {} },
    env: { PYTHONHASHSEED: "0", HOME: "/home" },
  });
  python.unpackArchive(await first, "zip", { extractDir: SITE });
  told("Loading the rules");
  python.runPython(`import sys; sys.path.insert(0, "${SITE}")`);
  const page = python.runPython(`
from pathlib import Path
import ilacs_rules
from web.page import Page
ilacs_rules.load_rulebook()
Page(Path("${SITE}/web/asked.html").read_text(encoding="utf-8"))
`);
  postMessage({ ready: true });
  return { python, page };
}

// Workbooks and calendars: unpacked when they are first needed, or when there is time.
async function whole() {
  const { python } = await ready;
  all ??= later.then((archive) => {
    python.unpackArchive(archive, "zip", { extractDir: SITE });
    python.runPython("import importlib; importlib.invalidate_caches()");
  });
  return all;
}

// Workbooks and what is packed are told by how they begin, as the library tells them.
const packed = ([, data]) => [[0x50, 0x4b], [0xd0, 0xcf], [0x1f, 0x8b]].some(([one, two]) => data[0] === one && data[1] === two);
const needsAll = ({ question, what }) => (question === "read" && what.files.some(packed)) || (question === "take" && [".xlsx", ".ics"].includes(what.ending));

async function answered(message) {
  const { python, page } = await ready;
  if (needsAll(message)) { await whole(); }
  const what = Object.fromEntries(Object.entries(message.what).map(([name, value]) => [name, typeof value === "object" ? python.toPy(value) : value]));
  const found = page.ask.callKwargs(message.question, (done, of) => told("Working out what comes next", done, of), what);
  const answer = found.toJs({ dict_converter: Object.fromEntries, create_pyproxies: false });
  found.destroy();
  return answer;
}

let queue = Promise.resolve();
addEventListener("message", ({ data }) => {
  queue = queue.then(async () => {
    const start = performance.now();
    try {
      postMessage({ id: data.id, answer: await answered(data), took: performance.now() - start });
    } catch (error) {
      postMessage({ id: data.id, broken: String(error.message || error) });
    }
  });
});
ready.then(() => setTimeout(() => { queue = queue.then(whole).catch(() => {}); }, 1500), (error) => postMessage({ broken: String(error.message || error) }));
