// The fields above the table, and the filters in use as chips that can be taken away.
"use strict";

provcheck.controls = (() => {
  const { h } = provcheck;
  const { FILTERS, address } = provcheck.filter;
  const LISTED = 500; // options of a list; an outlet beyond them is found by the search
  const LEVELS = ["critical", "warning", "info"];

  function words(columns, name, none) {
    const known = [...columns.words[name]].sort(new Intl.Collator("en").compare).slice(0, LISTED);
    return [...known.map((word) => [word, word]), ["-", none]];
  }

  function months(columns) {
    const found = new Set();
    for (const day of columns.words.date) found.add(day.slice(0, 4)).add(day.slice(0, 7));
    return [...[...found].sort().map((month) => [month, month]), ["-", "no date"]];
  }

  // The rules that findings of a status have; "" is the status of findings that count.
  function rules(columns, status) {
    const used = new Set(columns.pairs.flat().filter((pair) => pair[1] === status).map(([code]) => code));
    return [...columns.registry.filter(([code]) => used.has(code)).map(([code, name]) => [code, `${code} ${name}`]), ["-", "no finding"]];
  }

  const statuses = (columns) => [...new Set(columns.pairs.flat().map(([, status]) => status))].filter(Boolean).sort();

  // The fields that are lists: name, label, the words for no choice, and the options that go with the query.
  const LISTS = [
    ["rule", "Rule", "any", (columns, query) => rules(columns, query.status || "")],
    ["severity", "Severity", "any", () => LEVELS.map((level) => [level, level])],
    ["status", "Findings that are", "counted", (columns) => statuses(columns).map((status) => [status, status])],
    ["outlet", "Outlet", "any", (columns) => words(columns, "outlet", "not said")],
    ["language", "Language", "any", (columns) => words(columns, "language", "not known")],
    ["month", "Month", "any", months],
    ["encoding", "Encoding", "any", (columns) => words(columns, "encoding", "not read")],
  ];

  // Put the options into a list; what the address asks for is one of them, whether or not it occurs.
  function fill(box, nothing, options, wanted = "") {
    const values = options.some(([value]) => value === wanted) || !wanted ? options : [...options, [wanted, wanted]];
    box.replaceChildren(h("option", { value: "" }, nothing), ...values.map(([value, shown]) => h("option", { value }, shown)));
    box.value = wanted;
  }

  function list([name, label, nothing, options], columns, query, go) {
    const box = h("select", { id: `f-${name}`, on: { change: () => go({ [name]: box.value }) } });
    fill(box, nothing, options(columns, query), query[name]);
    return h("p", { class: "field" }, h("label", { for: box.id }, label), box);
  }

  // All fields. `go` is called with what was changed, and with true where each letter must not be a step back.
  function fields(columns, query, go) {
    let timer = 0;
    const box = h("input", { type: "search", id: "f-q", value: query.q || "", autocomplete: "off", placeholder: "title, path, outlet or id" });
    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => go({}, true), 150);
    });
    const wanted = LISTS.filter(([name]) => name !== "status" || statuses(columns).length || query.status);
    return h("form", { class: "filters", role: "search", "aria-label": "Filter documents", on: { submit: (event) => event.preventDefault() } },
      h("p", { class: "field search" }, h("label", { for: "f-q" }, "Search"), box), wanted.map((each) => list(each, columns, query, go)));
  }

  // Bring the fields in line with the address without taking the one in use away.
  function sync(form, columns, query) {
    for (const [name, , nothing, options] of LISTS) {
      const box = form.querySelector(`#f-${name}`);
      if (box && (name === "rule" || box.value !== (query[name] || ""))) fill(box, nothing, options(columns, query), query[name]);
    }
    const search = form.querySelector("#f-q");
    if (search.value !== (query.q || "")) search.value = query.q || "";
  }

  function chips(query) {
    const names = { chars: "characters", share: "boilerplate %", q: "search", status: "findings that are" };
    const active = FILTERS.filter((name) => query[name]);
    if (!active.length) return "";
    return h("p", { class: "chips" },
      active.map((name) => h("a", { class: "chip", href: address(query, { [name]: "", page: "" }) },
        `${names[name] || name}: ${query[name] === "-" ? "none" : provcheck.visible(query[name])} `,
        h("span", { "aria-hidden": "true" }, "×"), h("span", { class: "away" }, "(take this filter away)"))),
      h("a", { href: address({ sort: query.sort }) }, "clear all"));
  }

  return { fields, sync, chips };
})();
