// What the address asks of the table: its filters as a query, and the rows that fit them.
"use strict";

provcheck.filter = (() => {
  const { at } = provcheck.rows;
  const FILTERS = ["q", "rule", "severity", "status", "outlet", "language", "month", "encoding", "chars", "share"];
  const REST = ["sort", "page"];

  function read(parameters) {
    const query = {};
    for (const name of [...FILTERS, ...REST]) if (parameters.get(name)) query[name] = parameters.get(name);
    return query;
  }

  function address(query, changes = {}) {
    const next = { ...query, ...changes };
    const parts = [];
    for (const name of [...FILTERS, ...REST]) {
      if (next[name] && !(name === "page" && String(next[name]) === "1")) parts.push(`${name}=${encodeURIComponent(next[name])}`);
    }
    return `#/documents${parts.length ? `?${parts.join("&")}` : ""}`;
  }

  function wordTest(columns, name, wanted) {
    const words = columns.words[name];
    if (name === "date") return (code) => (wanted === "-" ? code < 0 : code >= 0 && words[code].startsWith(wanted));
    const code = wanted === "-" ? -1 : words.indexOf(wanted);
    return wanted !== "-" && code < 0 ? () => false : (value) => value === code;
  }

  function between(wanted) {
    const [low, high] = wanted.split("-").map((part) => (part === "" ? Infinity : Number(part)));
    return (value) => value >= low && value <= (high === undefined ? low : high);
  }

  // Rule and severity are asked of findings that count, as the charts do, or of those with the wanted status.
  function codeTests(columns, query) {
    const asked = columns.pairs.map((pairs) => pairs.filter(([, status]) => status === (query.status || "")).map(([code]) => code));
    const keep = [];
    if (query.rule === "-") keep.push((_, i) => !columns.pairs[i].length);
    else if (query.rule) {
      const wanted = new Set(query.rule.split(","));
      keep.push((codes) => codes.some((code) => wanted.has(code)));
    }
    if (query.severity) keep.push((codes) => codes.some((code) => columns.names.get(code)?.level === query.severity));
    if (query.status) keep.push((codes) => codes.length > 0);
    return keep.map((test) => {
      const kept = asked.map(test);
      return (block, i) => kept[block.rules[i]];
    });
  }

  function haystack(columns, block) {
    block.hay ||= block.id.map((id, i) => {
      const outlet = block.outlet[i] < 0 ? "" : columns.words.outlet[block.outlet[i]];
      return `${block.folders[block.folder[i]]}${block.file[i]}\n${block.title[i] || ""}\n${outlet}\n${id}`.toLowerCase();
    });
    return block.hay;
  }

  function tests(columns, query) {
    const list = codeTests(columns, query);
    for (const [key, name] of Object.entries({ outlet: "outlet", language: "language", month: "date", encoding: "encoding" })) {
      if (!query[key]) continue;
      const test = wordTest(columns, name, query[key]);
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
        const hay = haystack(columns, block)[i];
        return wanted.every((word) => hay.includes(word));
      });
    }
    return list;
  }

  // Those of the rows, in their order, that the query asks for.
  function matching(columns, query, rows) {
    const list = tests(columns, query);
    if (!list.length) return rows;
    return rows.filter((row) => {
      const [block, i] = at(row);
      return list.every((test) => test(block, i));
    });
  }

  return { FILTERS, read, address, matching };
})();
