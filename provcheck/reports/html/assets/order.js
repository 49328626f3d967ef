// The order of the table's rows.
"use strict";

provcheck.order = (() => {
  const { at, blocks, levels } = provcheck.rows;
  const SORTS = { findings: "Findings", title: "Title", file: "Document", outlet: "Outlet", date: "Date", language: "Language", chars: "Characters" };
  const DOWN = new Set(["findings", "chars"]); // what begins with the largest
  const ranks = {};
  const last = { label: "", rows: [] };

  // What the address says: "title-up"; the worst come first where it says nothing, or nothing of ours.
  function wanted(said) {
    const [name, way] = (said || "").split("-");
    return SORTS[name] ? { name, down: way === "down" } : { name: "findings", down: true };
  }

  // The place of each shared word in the order of the alphabet, so that sorting compares numbers.
  function rank(columns, name) {
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
  function key(columns, name) {
    if (name === "findings") {
      return (block, i) => {
        const [a, b, c] = levels(block, i);
        return Math.min(a, 999) * 1e6 + Math.min(b, 999) * 1e3 + Math.min(c, 999);
      };
    }
    if (name === "chars") return (block, i) => block.chars[i];
    if (name === "title") return (block, i) => block.title[i] || null;
    if (name === "file") return null;
    const places = rank(columns, name);
    return (block, i) => (block[name][i] < 0 ? null : places[block[name][i]]);
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

  // All rows that are loaded, in order; the last order is kept, so that a filter need not sort again.
  function ordered(columns, { name, down }) {
    const end = blocks[blocks.length - 1];
    const total = end ? end.first + end.id.length : 0;
    const label = `${name} ${down} ${total}`;
    if (last.label !== label) {
      last.rows = sorted(total, key(columns, name), down);
      last.label = label;
    }
    return last.rows;
  }

  return { SORTS, DOWN, wanted, ordered };
})();
