// The table of documents: filtered, sorted, and only one page of it ever drawn.
"use strict";

provcheck.table = (() => {
  const { h, number, count } = provcheck;
  const { at, blocks, get, levels } = provcheck.rows;
  const PAGE = 50;
  const FILTERS = ["q", "rule", "severity", "status", "outlet", "language", "month", "encoding", "chars", "share"];
  const SORTS = { findings: "Findings", title: "Title", file: "Document", outlet: "Outlet", date: "Date", language: "Language", chars: "Characters" };
  const DOWN = new Set(["findings", "chars"]); // what begins with the largest
  let columns = null; // what columns.js holds
  const ranks = {};
  const order = { label: "", rows: [] };

  // ---- filter and sort -------------------------------------------------------------------------------------------

  function wordTest(name, wanted) {
    const words = columns.words[name];
    if (name === "date") return (code) => (wanted === "-" ? code < 0 : code >= 0 && words[code].startsWith(wanted));
    const code = wanted === "-" ? -1 : words.indexOf(wanted);
    return wanted !== "-" && code < 0 ? () => false : (value) => value === code;
  }

  function between(wanted) {
    const [low, high] = wanted.split("-").map((part) => (part === "" ? Infinity : Number(part)));
    return (value) => value >= low && value <= (high === undefined ? low : high);
  }

  function tests(query) {
    const list = [];
    // Rule and severity are asked of findings that count, as the charts do, or of those with the wanted status.
    const asked = columns.pairs.map((pairs) => pairs.filter(([, status]) => status === (query.status || "")).map(([code]) => code));
    const sets = (keep) => {
      const kept = asked.map(keep);
      list.push((block, i) => kept[block.rules[i]]);
    };
    if (query.rule === "-") sets((_, i) => !columns.pairs[i].length);
    else if (query.rule) sets((codes) => query.rule.split(",").some((code) => codes.includes(code)));
    if (query.severity) sets((codes) => codes.some((code) => columns.names.get(code)?.level === query.severity));
    if (query.status) sets((codes) => codes.length > 0);
    for (const [key, name] of [["outlet", "outlet"], ["language", "language"], ["encoding", "encoding"], ["month", "date"]]) {
      if (!query[key]) continue;
      const test = wordTest(name, query[key]);
      list.push((block, i) => test(block[name][i]));
    }
    for (const name of ["chars", "share"]) {
      if (!query[name]) continue;
      const test = between(query[name]);
      list.push((block, i) => block.encoding[i] >= 0 && test(block[name][i]));
    }
    if (query.q) {
      const wanted = query.q.toLowerCase().split(/\s+/u).filter(Boolean);
      list.push((block, i) => {
        const hay = haystack(block)[i];
        return wanted.every((word) => hay.includes(word));
      });
    }
    return list;
  }

  function haystack(block) {
    block.hay ||= block.id.map((id, i) => {
      const outlet = block.outlet[i] < 0 ? "" : columns.words.outlet[block.outlet[i]];
      return `${block.folders[block.folder[i]]}${block.file[i]}\n${block.title[i] || ""}\n${outlet}\n${id}`.toLowerCase();
    });
    return block.hay;
  }

  function matching(query, ordered) {
    const list = tests(query);
    if (!list.length) return ordered;
    return ordered.filter((row) => {
      const [block, i] = at(row);
      return list.every((test) => test(block, i));
    });
  }

  // The place of each shared word in the order of the alphabet, so that sorting compares numbers.
  function rank(name) {
    if (!ranks[name]) {
      const order = columns.words[name].map((word, i) => [word, i]);
      const { compare } = new Intl.Collator("en");
      order.sort(name === "date" ? (a, b) => (a[0] < b[0] ? -1 : 1) : (a, b) => compare(a[0], b[0]));
      ranks[name] = new Int32Array(order.length);
      order.forEach(([, i], place) => { ranks[name][i] = place; });
    }
    return ranks[name];
  }

  // What a row is sorted by: a number or a string; null comes last, whichever way.
  function key(name) {
    if (name === "findings") {
      return (block, i) => {
        const [a, b, c] = levels(block, i);
        return Math.min(a, 999) * 1e6 + Math.min(b, 999) * 1e3 + Math.min(c, 999);
      };
    }
    if (name === "chars") return (block, i) => block.chars[i];
    if (name === "title") return (block, i) => block.title[i] || null;
    if (name === "file") return null;
    const places = rank(name);
    return (block, i) => (block[name][i] < 0 ? null : places[block[name][i]]);
  }

  // All rows that are loaded, in order; the last order is kept, so that a filter need not sort again.
  function ordered(name, down) {
    const last = blocks[blocks.length - 1];
    const total = last ? last.first + last.id.length : 0;
    const label = `${name} ${down} ${total}`;
    if (order.label !== label) {
      order.rows = sorted(total, key(name), down);
      order.label = label;
    }
    return order.rows;
  }

  function sorted(total, of, down) {
    const every = Array.from({ length: total }, (_, row) => row);
    if (!of) return down ? every.reverse() : every; // rows come in the order of their names
    const keys = every.map((row) => of(...at(row)));
    const sign = down ? -1 : 1;
    const known = every.filter((row) => keys[row] !== null);
    known.sort((one, two) => (keys[one] < keys[two] ? -sign : keys[one] > keys[two] ? sign : one - two));
    return known.concat(every.filter((row) => keys[row] === null));
  }

  // ---- drawing ---------------------------------------------------------------------------------------------------

  function address(query, changes = {}) {
    const next = { ...query, ...changes };
    const parts = [];
    for (const name of [...FILTERS, "sort", "page"]) {
      if (next[name] && !(name === "page" && String(next[name]) === "1")) parts.push(`${name}=${encodeURIComponent(next[name])}`);
    }
    return `#/documents${parts.length ? `?${parts.join("&")}` : ""}`;
  }

  function select(name, label, query, options, go) {
    const box = h("select", { id: `f-${name}`, on: { change: () => go({ [name]: box.value }) } });
    box.append(h("option", { value: "" }, "all"));
    const values = options.some(([value]) => value === query[name]) || !query[name] ? options : [...options, [query[name], query[name]]];
    for (const [value, shown] of values) box.append(h("option", { value, selected: value === query[name] }, shown));
    return h("p", { class: "field" }, h("label", { for: box.id }, label), box);
  }

  const LISTED = 500; // options of a list; an outlet beyond them is found by the search

  function options(name, none) {
    const words = [...columns.words[name]].sort(new Intl.Collator("en").compare).slice(0, LISTED);
    return [...words.map((word) => [word, word]), ["-", none]];
  }

  function months() {
    const found = new Set();
    for (const day of columns.words.date) found.add(day.slice(0, 4)).add(day.slice(0, 7));
    return [...[...found].sort().map((month) => [month, month]), ["-", "no date"]];
  }

  function controls(query, go) {
    const used = new Set(columns.pairs.flat().map(([code]) => code));
    const settled = [...new Set(columns.pairs.flat().map(([, status]) => status))].filter(Boolean).sort();
    const rules = columns.registry.filter(([code]) => used.has(code)).map(([code, name]) => [code, `${code} ${name}`]);
    const box = h("input", { type: "search", id: "f-q", value: query.q || "", autocomplete: "off", placeholder: "title, path, outlet or id" });
    box.addEventListener("input", () => {
      clearTimeout(state.timer);
      state.timer = setTimeout(() => go({}, true), 150);
    });
    return h("form", { class: "filters", role: "search", "aria-label": "Filter documents", on: { submit: (event) => event.preventDefault() } },
      h("p", { class: "field search" }, h("label", { for: "f-q" }, "Search"), box),
      select("rule", "Rule", query, [...rules, ["-", "no finding"]], go),
      select("severity", "Severity", query, ["critical", "warning", "info"].map((level) => [level, level]), go),
      settled.length || query.status ? select("status", "Status", query, settled.map((status) => [status, status]), go) : "",
      select("outlet", "Outlet", query, options("outlet", "not said"), go),
      select("language", "Language", query, options("language", "not known"), go),
      select("month", "Month", query, months(), go),
      select("encoding", "Encoding", query, options("encoding", "not read"), go));
  }

  function chips(query) {
    const names = { chars: "characters", share: "boilerplate %", q: "search" };
    const active = FILTERS.filter((name) => query[name]);
    if (!active.length) return h("p", { class: "chips" });
    return h("p", { class: "chips" },
      active.map((name) => h("a", { class: "chip", href: address(query, { [name]: "", page: "" }) },
        `${names[name] || name}: ${query[name] === "-" ? "none" : provcheck.visible(query[name])} `,
        h("span", { "aria-hidden": "true" }, "×"), h("span", { class: "away" }, "(take this filter away)"))),
      h("a", { href: address({ sort: query.sort }) }, "clear all"));
  }

  function head(query, sort) {
    return h("tr", {}, Object.entries(SORTS).map(([name, label]) => {
      const active = sort.name === name;
      const down = active ? !sort.down : DOWN.has(name);
      const arrow = active ? (sort.down ? " ↓" : " ↑") : "";
      const direction = active ? (sort.down ? "descending" : "ascending") : "none";
      return h("th", { scope: "col", "aria-sort": direction, class: `c-${name}` },
        h("a", { href: address(query, { sort: `${name}-${down ? "down" : "up"}`, page: "" }), "data-sort": name }, label, h("span", { "aria-hidden": "true" }, arrow)));
    }));
  }

  function line(row) {
    const d = get(row);
    const codes = d.rules.map(([code, status]) => [
      h("a", { class: `code ${status ? "" : columns.names.get(code)?.level || ""}`, href: `rules/${code}.html`, title: columns.names.get(code)?.name }, code),
      status ? [" ", h("span", { class: "tag" }, status)] : "",
    ]);
    return h("tr", {},
      h("td", { class: "c-findings" }, codes.length ? codes.flatMap((code) => [code, " "]) : h("span", { class: "quiet" }, "none")),
      h("th", { scope: "row", class: "c-title" }, h("a", { href: `#/doc/${encodeURIComponent(d.id)}` }, d.title || h("i", {}, "without a title"))),
      h("td", { class: "c-file" }, h("span", { class: "quiet" }, d.folder), d.file),
      h("td", { class: "c-outlet" }, d.outlet || dash()),
      h("td", { class: "c-date" }, d.date || dash()),
      h("td", { class: "c-language" }, d.language || dash()),
      h("td", { class: "c-chars number" }, number(d.chars)));
  }

  const dash = () => h("span", { class: "quiet" }, "–");

  function pager(query, page, pages) {
    if (pages < 2) return null;
    const link = (to, label, words) => (to < 1 || to > pages || to === page
      ? h("span", { class: "off" }, label)
      : h("a", { href: address(query, { page: to }), "aria-label": words }, label));
    return h("nav", { class: "pager", "aria-label": "Pages of the table" },
      link(1, "« first", "First page"), link(page - 1, "‹ back", "Page before"),
      h("span", { "aria-current": "page" }, `page ${number(page)} of ${number(pages)}`),
      link(page + 1, "next ›", "Next page"), link(pages, "last »", "Last page"));
  }

  const state = { query: null, form: null, body: null, status: null, timer: 0 };

  function read(parameters) {
    const query = {};
    for (const name of [...FILTERS, "sort", "page"]) if (parameters.get(name)) query[name] = parameters.get(name);
    return query;
  }

  // Draw what the address asks for into `place`; a second call for the same place redraws only what has changed.
  async function show(place, parameters, alive) {
    const query = read(parameters);
    // What is asked for next builds on what was asked for last, drawn or not, and on what stands in the search field.
    const go = (changes, replace = false) => {
      clearTimeout(state.timer);
      const q = state.form.querySelector("#f-q").value;
      state.query = { ...state.query, q, ...changes, page: "" };
      const next = address(state.query);
      if (replace) {
        history.replaceState(null, "", next);
        draw(state.query);
      } else location.hash = next;
    };
    columns = await provcheck.rows.begin();
    if (!alive()) return;
    if (!place.querySelector("#documents")) {
      state.status = h("p", { class: "status", role: "status", "aria-live": "polite" });
      state.form = h("div");
      state.body = h("div", { id: "documents" });
      place.replaceChildren(h("h1", {}, "Documents"), state.form, state.status, state.body);
    }
    if (!state.form.contains(document.activeElement)) state.form.replaceChildren(controls(query, go));
    else sync(query);
    state.query = query;
    if (blocks.length) draw(query);
    let drawn = blocks.length > 0;
    const whole = blocks.length === columns.blocks;
    await provcheck.rows.load((done) => {
      if (!drawn && state.query === query) draw(query);
      drawn = true;
      if (done < columns.total) state.status.textContent = `reading ${number(done)} of ${count(columns.total, "document")} …`;
    });
    if (!whole && place.contains(state.body)) draw(state.query);
  }

  // Bring the fields in line with the address without taking the one in use away.
  function sync(query) {
    for (const field of state.form.querySelectorAll("select, input")) {
      const wanted = query[field.id.slice(2)] || "";
      if (field.value !== wanted) field.value = wanted;
    }
  }

  // Findings that count and those that do not, where there are such: the sums of the rows, as on the first look.
  function apart(found) {
    if (!columns.pairs.some((codes) => codes.some(([, status]) => status))) return "";
    const sums = columns.levels.map(() => 0);
    for (const row of found) levels(...at(row)).forEach((n, k) => { sums[k] += n; });
    const [a, b, c, ...settled] = sums;
    const not = settled.map((n, k) => n && `${number(n)} ${columns.levels[k + 3]}`).filter(Boolean);
    return ` with ${count(a + b + c, "finding")}${not.length ? `; not counted: ${not.join(", ")}` : ""}`;
  }

  function draw(query) {
    state.query = query;
    const [name, way] = (query.sort || "findings-down").split("-");
    const sort = SORTS[name] ? { name, down: way === "down" } : { name: "findings", down: true };
    const found = matching(query, ordered(sort.name, sort.down));
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    const page = Math.min(pages, Math.max(1, Number.parseInt(query.page, 10) || 1));
    const shown = found.slice((page - 1) * PAGE, page * PAGE);
    const of = found.length === columns.total ? "" : ` of ${number(columns.total)}`;
    state.status.textContent = `${number(found.length)}${of} document${found.length === 1 ? "" : "s"}${apart(found)}`;
    const table = shown.length
      ? h("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "Table of documents" },
        h("table", { class: "documents" }, h("caption", { class: "away" }, "Documents"), h("thead", {}, head(query, sort)), h("tbody", {}, shown.map(line))))
      : h("p", { class: "empty card" }, columns.total ? "No document is like that. Take a filter away." : "The corpus has no documents.");
    const focus = document.activeElement?.dataset?.sort;
    state.body.replaceChildren(chips(query), table, pager(query, page, pages) || "");
    if (focus) state.body.querySelector(`[data-sort="${CSS.escape(focus)}"]`)?.focus();
  }

  return { show };
})();
