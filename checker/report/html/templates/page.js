(() => {
  "use strict";
  const NARROWED = ["q", "verdict", "severity", "rule", "body", "area"];
  const editions = new Map([...document.querySelectorAll(".edition")].map((node) => [node.lang, new Edition(node)]));
  const first = document.documentElement.lang;
  let state = read();

  function Edition(node) {
    this.node = node;
    this.form = node.querySelector("form");
    this.noMatch = node.querySelector(".no-match");
    this.groups = [...node.querySelectorAll("[data-group]")].map((group) => ({ node: group, within: groupsOf(group.parentElement) }));
    this.entries = [...node.querySelectorAll(".entry")].map((entry) => {
      const groups = groupsOf(entry);
      const { verdict, severity, rule, body, area = "" } = entry.dataset;
      return { node: entry, verdict, severity, rule, bodies: body.split(" "), areas: area.split(" "), groups, parts: null };
    });
  }

  function groupsOf(node) {
    const groups = [];
    for (let group = node.closest("[data-group]"); group; group = group.parentElement.closest("[data-group]")) groups.push(group);
    return groups;
  }

  // Letters without their marks: who types "chi bo" means "chi bộ".
  function folded(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
  }

  // Clauses, remedies and names are the same of many entries: each text is folded once.
  const foldings = new Map();
  function foldedOnce(text) {
    let found = foldings.get(text);
    if (found === undefined) foldings.set(text, (found = folded(text)));
    return found;
  }

  function partsOf(entry) {
    if (entry.parts === null) {
      const group = entry.groups.find((each) => !each.classList.contains("stretch"));
      const found = group ? [group.querySelector("h3, summary").textContent] : [];
      for (const part of entry.node.children) {
        // Why it is so is said in the same words of many: it is not searched.
        if (part.classList.contains("why")) continue;
        if (part.tagName === "DL") for (const fact of part.children) found.push(fact.textContent);
        else found.push(part.textContent);
      }
      entry.parts = found.map(foldedOnce);
    }
    return entry.parts;
  }

  // The address keeps language, filter and entry: `#lang=en&verdict=violated&at=rule/body/2019-03`.
  function read() {
    const found = { lang: first, at: "" };
    for (const part of location.hash.slice(1).split("&")) {
      const [key, value] = [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)];
      if (key === "at") found.at = value;
      else if (key === "lang" && editions.has(value)) found.lang = value;
      else if (NARROWED.includes(key)) {
        try { found[key] = decodeURIComponent(value); } catch { /* not an address of this page */ }
      }
    }
    return found;
  }

  // Writing the address takes long in a large page: while somebody types it waits until they pause.
  let waits = 0;
  function keepSoon() {
    clearTimeout(waits);
    waits = setTimeout(keep, 300);
  }

  function keep() {
    clearTimeout(waits);
    const parts = NARROWED.filter((key) => state[key]).map((key) => `${key}=${encodeURIComponent(state[key])}`);
    if (state.lang !== first) parts.unshift(`lang=${state.lang}`);
    if (state.at) parts.push(`at=${state.at}`);
    history.replaceState(null, "", parts.length ? `#${parts.join("&")}` : location.pathname + location.search);
  }

  function show() {
    // What is in the page at all costs time whenever anything in it is hidden: the other languages are taken out of it.
    const edition = editions.get(state.lang);
    for (const other of editions.values()) if (other !== edition) other.node.remove();
    if (!edition.node.isConnected) document.body.prepend(edition.node);
    edition.node.hidden = false;
    document.documentElement.lang = state.lang;
    document.title = edition.node.dataset.title;
    for (const key of NARROWED) {
      const field = edition.form.elements.namedItem(key);
      if (field && field.value !== (state[key] || "")) field.value = state[key] || "";
    }
    narrow(edition);
  }

  function narrow(edition) {
    const words = folded(state.q || "").split(/\s+/).filter(Boolean);
    const shownIn = new Set();
    let shown = 0;
    for (const entry of edition.entries) {
      const fits =
        (!state.verdict || entry.verdict === state.verdict) &&
        (!state.severity || entry.severity === state.severity) &&
        (!state.rule || entry.rule === state.rule) &&
        (!state.body || entry.bodies.includes(state.body)) &&
        (!state.area || entry.areas.includes(state.area)) &&
        words.every((word) => partsOf(entry).some((part) => part.includes(word)));
      entry.shown = fits || (state.at !== "" && entry.node.dataset.at.split(" ").includes(state.at));
      if (entry.shown) {
        shown += 1;
        for (const group of entry.groups) shownIn.add(group);
      }
    }
    // What stands in something that is hidden as a whole is left as it is: that saves most of the work.
    for (const { node, within } of edition.groups) {
      if (within.every((group) => shownIn.has(group))) setHidden(node, !shownIn.has(node));
    }
    for (const { node, shown: fits, groups } of edition.entries) {
      if (groups.every((group) => shownIn.has(group))) setHidden(node, !fits);
    }
    edition.noMatch.hidden = shown > 0 || !edition.entries.length;
    edition.form.querySelector("output").textContent = edition.form.dataset.shown
      .replace("{shown}", shown.toLocaleString(edition.node.lang)).replace("{all}", edition.entries.length.toLocaleString(edition.node.lang));
  }

  function setHidden(node, hidden) {
    if (node.hidden !== hidden) node.hidden = hidden;
  }

  function go() {
    for (const edition of editions.values()) {
      for (const marked of edition.node.querySelectorAll(".entry.at")) marked.classList.remove("at");
    }
    if (!state.at) return;
    const entry = editions.get(state.lang).entries.find(({ node }) => node.dataset.at.split(" ").includes(state.at));
    if (!entry) return;
    for (let fold = entry.node.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    entry.node.classList.add("at");
    entry.node.tabIndex = -1;
    entry.node.focus({ preventScroll: true });
    entry.node.scrollIntoView({ block: "start" });
  }

  function sortable(table) {
    const collator = new Intl.Collator(table.closest(".edition").lang, { numeric: true });
    const value = (row, column) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
    table.querySelectorAll("thead th").forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        for (const other of table.querySelectorAll("thead th")) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const rows = [...table.tBodies[0].rows];
        rows.sort((one, other) => (up ? 1 : -1) * collator.compare(value(one, column), value(other, column)));
        table.tBodies[0].append(...rows);
      });
    });
  }

  for (const edition of editions.values()) {
    const take = () => {
      for (const key of NARROWED) state[key] = edition.form.elements.namedItem(key)?.value || "";
      state.at = "";
      narrow(edition);
      keepSoon();
    };
    edition.form.addEventListener("input", take);
    edition.form.addEventListener("change", keep);
    edition.form.addEventListener("reset", () => setTimeout(take));
    edition.form.addEventListener("submit", (event) => event.preventDefault());
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-language]");
    if (button) {
      state.lang = button.dataset.language;
      show();
      go();
      keep();
      editions.get(state.lang).node.querySelector("[aria-pressed=true]").focus();
    }
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    event.preventDefault();
    const target = link.getAttribute("href").slice(1);
    if (target.startsWith("at=")) {
      state.at = target.slice(3);
      narrow(editions.get(state.lang));
      go();
      keep();
    } else if (link.dataset.rule || link.dataset.body || link.dataset.area) {
      const { rule, body, area } = link.dataset;
      state = { lang: state.lang, at: "", rule, body, area };
      show();
      keep();
      document.getElementById(target).scrollIntoView();
    } else {
      const heading = document.getElementById(target);
      heading.scrollIntoView();
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
  });

  window.addEventListener("hashchange", () => {
    state = read();
    show();
    go();
  });

  // A printed page shows what is folded, too.
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("details:not([open])")];
    for (const fold of unfolded) fold.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const fold of unfolded) fold.open = false;
  });

  document.querySelectorAll("table.sortable").forEach(sortable);
  show();
  go();

  // What a search looks through is made ready right after the page is shown, a few hundred entries at a time: a busy machine
  // is never idle. The language that is read comes first.
  const AT_ONCE = 250;
  const waiting = [editions.get(state.lang), ...editions.values()].flatMap((edition) => edition.entries).reverse();
  const prepare = () => {
    for (const entry of waiting.splice(-AT_ONCE)) partsOf(entry);
    if (waiting.length) setTimeout(prepare);
    else document.documentElement.dataset.prepared = "";
  };
  setTimeout(prepare);
})();
