// Compiles Python for the Python in the browser, by that Python itself: node compiled.mjs ARCHIVE.zip…
// In each archive every .py becomes the .pyc that is loaded without a look at its source. The same archive gives the same bytes.
import { readFileSync, writeFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const python = await loadPyodide({ env: { PYTHONHASHSEED: "0" } });
const compiled = python.runPython(`
from importlib._bootstrap_external import _code_to_hash_pyc
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

def compiled():
    with ZipFile("/given.zip") as given, ZipFile("/made.zip", "w") as made:
        for name in sorted(given.namelist()):
            data = given.read(name)
            if name.endswith(".py"):
                code = compile(data, name, "exec", dont_inherit=True)
                name, data = f"{name}c", bytes(_code_to_hash_pyc(code, bytes(8), False))
            made.writestr(ZipInfo(name), data, ZIP_DEFLATED, 9)

compiled
`);
for (const archive of process.argv.slice(2)) {
  python.FS.writeFile("/given.zip", readFileSync(archive));
  compiled();
  writeFileSync(archive, python.FS.readFile("/made.zip"));
}
