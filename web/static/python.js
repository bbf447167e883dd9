// Asks the Python that runs beside the page, in turn: each question gets a promise of its answer.
export function startPython(told) {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  const waiting = new Map();
  let count = 0, broken = "";
  const fail = (words) => {
    broken = words;
    for (const { reject } of waiting.values()) { reject(new Error(words)); }
    waiting.clear();
    told({ broken: words });
  };
  worker.addEventListener("error", (event) => fail(event.message || "Python could not be loaded"));
  worker.addEventListener("message", ({ data }) => {
    if (data.id === undefined) {
      if (data.broken) { fail(data.broken); } else { told(data); }
      return;
    }
    const { resolve, reject } = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.broken) { reject(new Error(data.broken)); } else { resolve(data.answer); }
    if (!waiting.size) { told({ idle: true, took: data.took }); }
  });
  return (question, what = {}) => new Promise((resolve, reject) => {
    if (broken) { reject(new Error(broken)); return; }
    count += 1;
    waiting.set(count, { resolve, reject });
    worker.postMessage({ id: count, question, what });
  });
}
