// The table of documents: one page of the rows that the address asks for, drawn.
"use strict";

provcheck.table = (() => {
  const { h, number, count, controls, filter, order } = provcheck;
  const { at, blocks, get, levels } = provcheck.rows;
  const { address } = filter;
  const PAGE = 50;
  const state = { query: null, form: null, body: null, status: null };
  let columns = null; // what columns.js holds

  function head(query, sort) {
    return h("tr", {}, Object.entries(order.SORTS).map(([name, label]) => {
      const active = sort.name === name;
      const down = active ? !sort.down : order.DOWN.has(name);
      const arrow = active ? (sort.down ? " ↓" : " ↑") : "";
      const direction = active ? (sort.down ? "descending" : "ascending") : "none";
      return h("th", { scope: "col", "aria-sort": direction, class: `c-${name}` },
        h("a", { href: address(query, { sort: `${name}-${down ? "down" : "up"}`, page: "" }), "data-sort": name }, label, h("span", { "aria-hidden": "true" }, arrow)));
    }));
  }

  const nothing = (said) => h("span", { class: "quiet nothing" }, said);

  function codes(rules) {
    if (!rules.length) return nothing("none");
    return rules.flatMap(([code, status]) => [
      h("span", { class: "one" },
        h("a", { class: `code ${status ? "" : columns.names.get(code)?.level || ""}`, href: `rules/${code}.html`, title: columns.names.get(code)?.name }, code),
        status ? [" ", h("span", { class: "tag" }, status)] : ""),
      " ",
    ]);
  }

  function line(row) {
    const d = get(row);
    return h("tr", {},
      h("td", { class: "c-findings" }, codes(d.rules)),
      h("th", { scope: "row", class: "c-title" }, h("a", { href: `#/doc/${encodeURIComponent(d.id)}`, dir: "auto" }, d.title || h("i", {}, "without a title"))),
      h("td", { class: "c-file" }, d.folder ? h("span", { class: "quiet folder" }, d.folder) : "", d.file),
      h("td", { class: "c-outlet", dir: "auto" }, d.outlet || nothing("–")),
      h("td", { class: "c-date" }, d.date || nothing("–")),
      h("td", { class: "c-language" }, d.language || nothing("–")),
      h("td", { class: "c-chars number" }, number(d.chars)));
  }

  function pager(query, page, pages) {
    if (pages < 2) return "";
    const link = (to, label, words) => (to < 1 || to > pages || to === page
      ? h("span", { class: "off" }, label)
      : h("a", { href: address(query, { page: to }), "aria-label": words }, label));
    return h("nav", { class: "pager", "aria-label": "Pages of the table" },
      link(1, "« first", "First page"), link(page - 1, "‹ back", "Page before"),
      h("span", { "aria-current": "page" }, `page ${number(page)} of ${number(pages)}`),
      link(page + 1, "next ›", "Next page"), link(pages, "last »", "Last page"));
  }

  // Findings that count and those that do not, where there are such: the sums of the rows, as on the first look.
  function apart(found) {
    if (!columns.pairs.some((codes_) => codes_.some(([, status]) => status))) return "";
    const sums = columns.levels.map(() => 0);
    for (const row of found) levels(...at(row)).forEach((n, k) => { sums[k] += n; });
    const [a, b, c, ...settled] = sums;
    const not = settled.map((n, k) => n && `${number(n)} ${columns.levels[k + 3]}`).filter(Boolean);
    return ` with ${count(a + b + c, "finding")}${not.length ? `; not counted: ${not.join(", ")}` : ""}`;
  }

  function draw(query) {
    state.query = query;
    const sort = order.wanted(query.sort);
    const found = filter.matching(columns, query, order.ordered(columns, sort));
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
    state.body.replaceChildren(controls.chips(query), table, pager(query, page, pages));
    if (focus) state.body.querySelector(`[data-sort="${CSS.escape(focus)}"]`)?.focus();
  }

  // What is asked for next builds on the address, drawn or not, and on what stands in the search field. Letters typed just
  // before another page was asked for do not bring the table back.
  function go(changes, replace = false) {
    const asked = provcheck.asked();
    if (asked.page !== "documents") return;
    const q = state.form.querySelector("#f-q").value;
    state.query = { ...filter.read(asked.query), q, ...changes, page: "" };
    const next = address(state.query);
    if (replace) {
      history.replaceState(null, "", next);
      draw(state.query);
    } else location.hash = next;
  }

  // Draw what the address asks for into `place`; a second call for the same place redraws only what has changed.
  async function show(place, parameters, alive) {
    const query = filter.read(parameters);
    columns = await provcheck.rows.begin();
    if (!alive()) return;
    if (!place.querySelector("#documents")) {
      state.status = h("p", { class: "status", role: "status", "aria-live": "polite" });
      state.form = h("div");
      state.body = h("div", { id: "documents" });
      place.replaceChildren(h("h1", {}, "Documents"), state.form, state.status, state.body);
    }
    if (state.form.contains(document.activeElement)) controls.sync(state.form, columns, query);
    else state.form.replaceChildren(controls.fields(columns, query, go));
    state.query = query;
    let drawn = blocks.length > 0;
    if (drawn) draw(query);
    const whole = blocks.length === columns.blocks;
    await provcheck.rows.load((done) => {
      if (!drawn && state.query === query) draw(query);
      drawn = true;
      if (done < columns.total) state.status.textContent = `reading ${number(done)} of ${count(columns.total, "document")} …`;
    });
    if (!whole && place.contains(state.body)) draw(state.query);
  }

  return { show };
})();
