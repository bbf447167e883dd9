// The search of the register. Without the form on the page it does nothing; the rules come from register-data.js beside it.
"use strict";
(() => {
  const AT_ONCE = 25;
  const here = document.currentScript.src;

  // Wide tables and code scroll: then they can be reached by keyboard. The theme wraps tables after this script has run.
  const reach = () => document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset pre > code").forEach((box) => {
    if (box.scrollWidth > box.clientWidth) { box.tabIndex = 0; } else { box.removeAttribute("tabindex"); }
  });
  addEventListener("load", () => { reach(); setTimeout(reach, 100); });
  addEventListener("resize", reach);

  const form = document.getElementById("register");
  if (!form) { return; }
  const data = document.createElement("script");
  data.src = here.replace("site.js", "register-data.js");
  data.addEventListener("load", () => start(window.register));
  data.addEventListener("error", () => { document.getElementById("shown").textContent = "The rules could not be loaded. Reload the page, or read the pages by framework."; });
  document.head.append(data);

  function element(name, text, inside = []) {
    const made = document.createElement(name);
    if (text) { made.textContent = text; }
    made.append(...inside);
    return made;
  }

  function linked(text, href) {
    const made = element("a", text);
    made.href = href;
    return made;
  }

  function said(day) {
    const months = "January February March April May June July August September October November December".split(" ");
    const [year, month, number] = day.split("-").map(Number);
    return `${number} ${months[month - 1]} ${year}`;
  }

  function shownAs(rule, register) {
    const place = `docs/rules/${rule.page.replace(/\.md$/, ".html")}#${rule.id}`;
    const row = (title, text) => text ? [element("dt", title), element("dd", text)] : [];
    const sources = element("dd");
    rule.sources.forEach((source, at) => {
      sources.append(...(at ? ["; "] : []), linked(register.sources[source] || source, `docs/rules/sources.html#${source}`));
    });
    return element("li", "", [
      element("h2", "", [linked(rule.title, place)]),
      element("p", rule.says),
      element("dl", "", [
        ...row("Applies to", rule.applies_to.map((kind) => register.words.applies_to[kind]).join(", ")),
        ...row("In force", rule.last ? `${said(rule.first)} to ${said(rule.last)}` : `since ${said(rule.first)}`),
        ...row("Activity", register.words.activity[rule.activity]),
        ...row("Strength", rule.strength),
        ...row("Certainty", rule.certainty),
        ...row("Not stated", rule.gap),
        element("dt", rule.sources.length === 1 ? "Source" : "Sources"), sources,
      ]),
    ]);
  }

  function start(register) {
    const list = document.getElementById("rules"), shown = document.getElementById("shown"), more = document.getElementById("more");
    const by = (name) => form.elements.namedItem(name);
    const fill = (name, pairs) => by(name).append(new Option("any", ""), ...pairs.map(([value, text]) => new Option(text, value)));
    const sorted = (words) => Object.entries(words).sort(([, one], [, other]) => one < other ? -1 : 1);
    const explained = (words) => Object.entries(words).map(([word, means]) => [word, `${word}: ${means}`]);
    fill("kind", sorted(register.words.applies_to));
    fill("activity", sorted(register.words.activity));
    fill("strength", explained(register.words.strength));
    fill("certainty", explained(register.words.certainty));
    fill("source", sorted(register.sources));
    // How well a rule fits: words in its title count most, then in what it says, then in what is said of it; a whole word more than a part of one.
    const fit = (rule, words) => words.reduce((sum, word) => {
      const within = (text) => { const at = text.toLowerCase(); return at.split(/[^a-z0-9]+/).includes(word) ? 2 : Number(at.includes(word)); };
      return sum + 6 * within(rule.title) + 3 * within(rule.says) + within([rule.track, rule.gap, ...rule.when].join(" "));
    }, words.length > 1 ? 8 * Number(rule.title.toLowerCase().includes(words.join(" "))) + 4 * Number(rule.says.toLowerCase().includes(words.join(" "))) : 0);
    const texts = new Map(register.rules.map((rule) => [rule, [rule.id, rule.title, rule.says, rule.track, rule.gap, ...rule.when].join(" ").toLowerCase()]));
    const names = ["words", "kind", "day", "activity", "strength", "certainty", "source"];
    let found = [];

    function matches(rule, asked) {
      return asked.words.every((word) => texts.get(rule).includes(word))
        && (!asked.kind || rule.applies_to.includes(asked.kind))
        && (!asked.day || (rule.first <= asked.day && (!rule.last || asked.day <= rule.last)))
        && (!asked.activity || rule.activity === asked.activity)
        && (!asked.strength || rule.strength === asked.strength)
        && (!asked.certainty || rule.certainty === asked.certainty)
        && (!asked.source || rule.sources.includes(asked.source));
    }

    function show(from) {
      list.append(...found.slice(from, from + AT_ONCE).map((rule) => shownAs(rule, register)));
      more.hidden = list.children.length >= found.length;
      const counted = `${found.length} of ${register.rules.length} rules`;
      shown.textContent = more.hidden ? `${counted}.` : `${counted}; the first ${list.children.length} are shown.`;
    }

    function search() {
      const asked = Object.fromEntries(names.map((name) => [name, by(name).value.trim()]));
      const kept = new URLSearchParams(Object.entries(asked).filter(([, value]) => value));
      asked.words = asked.words.toLowerCase().split(/\s+/).filter(Boolean);
      found = register.rules.filter((rule) => matches(rule, asked));
      if (asked.words.length) {
        // Between equals, what is in force now comes before what has ended; then the order of the register holds.
        const fits = new Map(found.map((rule) => [rule, fit(rule, asked.words) + Number(!rule.last)]));
        found.sort((one, other) => fits.get(other) - fits.get(one));
      }
      list.replaceChildren();
      show(0);
      try { history.replaceState(null, "", `${location.pathname}${[...kept].length ? `#${kept}` : ""}`); } catch { /* a page opened from a disk has no address to keep it in */ }
    }

    for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
      if (names.includes(name)) { by(name).value = value; }
    }
    form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
    form.addEventListener("input", search);
    form.addEventListener("reset", () => setTimeout(search));
    more.addEventListener("click", () => {
      const from = list.children.length;
      show(from);
      list.children[from].querySelector("a").focus();
    });
    form.hidden = false;
    search();
  }
})();
