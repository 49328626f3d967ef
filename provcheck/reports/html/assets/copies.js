// The documents that a document is a copy of or shares passages with, and two of them side by side.
"use strict";

provcheck.copies = (() => {
  const { h, visible, number, count, rows, marks, shared } = provcheck;
  const LISTED = 50;
  const LINES = 2000; // lines that are drawn of each side

  // The rows of a document's cluster, and of the documents that its findings name.
  async function related(row, doc) {
    const { cluster } = rows.get(row);
    const names = new Set(doc.findings.map((finding) => finding[5]).filter(Boolean));
    const found = new Set([...(cluster >= 0 ? await rows.cluster(cluster) : []), ...(names.size ? await rows.named(names) : [])]);
    found.delete(row);
    return [...found].sort((a, b) => a - b);
  }

  function section(doc, others) {
    const place = h("div", { class: "compare", "aria-live": "polite" });
    const items = others.slice(0, LISTED).map((other) => {
      const d = rows.get(other);
      const show = async () => place.replaceChildren(...beside(doc, await rows.text(other)));
      return h("li", {}, h("a", { href: `#/doc/${encodeURIComponent(d.id)}`, dir: "auto" }, d.title || d.name), " ", d.title ? h("span", { class: "quiet" }, d.name, " ") : "",
        h("button", { type: "button", on: { click: show } }, "Side by side"));
    });
    const more = others.length > LISTED ? h("p", { class: "note" }, `and ${number(others.length - LISTED)} more`) : "";
    return h("section", {}, h("h2", {}, `Copies and shared passages (${number(others.length)})`), h("ul", { class: "copies" }, items), more, place);
  }

  function column(doc, spans, label) {
    const texts = marks.lines(doc.text);
    const notes = texts.map(() => []);
    marks.byLine(doc.text, spans).forEach(([i, start, end]) => notes[i].push([start, end, "shared", "shared passage"]));
    const drawn = texts.slice(0, LINES).map((words, i) => h("li", {}, h("span", { class: "no" }, i + 1), h("span", { class: "words", dir: "auto" }, marks.pieces(words, notes[i]))));
    return h("div", { class: "card" }, h("h3", {}, label, ": ", visible(doc.name)), h("ol", { class: "text" }, drawn));
  }

  function beside(doc, other) {
    const [here, there] = shared.passages(doc.text, other.text);
    const total = here.reduce((sum, [start, end]) => sum + end - start, 0);
    return [h("p", { class: "note" }, total ? `${count(total, "character")} of this document ${total === 1 ? "stands" : "stand"} in both, marked.` : "No run of eight words stands in both."),
      h("div", { class: "beside" }, column(doc, here, "This"), column(other, there, "Other"))];
  }

  return { related, section };
})();
