// One document: its findings, its values with their evidence, its text with everything marked, repairs and copies.
"use strict";

provcheck.document = (() => {
  const { h, visible, number, percent, count, rows, marks, copies } = provcheck;
  const LINES = 2000; // lines drawn at first; a button draws the rest
  const LABELS = { repair: "repaired", finding: "finding", cut: "the text is cut here" };

  async function show(place, id, name, alive) {
    const { names } = await rows.begin();
    const row = await rows.find(id);
    if (!alive()) return;
    if (row < 0) {
      place.replaceChildren(h("h1", {}, "No such document"), h("p", { class: "card" }, `This report has no document ${visible(id)}. `,
        "The link may belong to another run: an id changes when the document does."), h("p", {}, h("a", { href: "#/documents" }, "All documents")));
      return;
    }
    const doc = await rows.text(row);
    if (!alive()) return;
    const title = doc.values[0][1] ? visible(provcheck.squeeze(doc.values[0][1])) : visible(doc.name);
    name(title);
    const others = h("div");
    place.replaceChildren(...[head(doc, title), findings(doc, names), values(doc), text(doc), repairs(doc), others, fields(doc)].filter(Boolean));
    const found = await copies.related(row, doc);
    if (found.length && alive()) others.replaceChildren(copies.section(doc, found));
  }

  function head(doc, title) {
    const [encoding, sure, second] = doc.encoding;
    const facts = [
      doc.wrapper, count(doc.bytes, "byte"), doc.read ? count(doc.chars, "character") : "not read",
      encoding && `${encoding} (${sure.toFixed(2)}${second ? `, else ${second}` : ""})`,
      doc.share > 0 && `${percent(doc.share)} boilerplate`,
    ];
    return h("div", {},
      h("p", { class: "crumb" }, h("a", { href: "#/documents" }, "Documents"), " / ", visible(doc.name)),
      h("h1", { dir: "auto" }, title),
      h("p", { class: "quiet" }, facts.filter(Boolean).map(visible).join(" · ")),
      h("p", { class: "quiet" }, h("a", { href: `#/doc/${encodeURIComponent(doc.id)}` }, "Link to this document"), " · id ", h("code", {}, visible(doc.id)), " · SHA-256 ", h("code", {}, doc.sha256)));
  }

  // A sentence of the registry, with what stands between backticks as code.
  const prose = (said) => said.split("`").map((part, i) => (i % 2 ? h("code", {}, part) : part));

  const jump = (line) => h("button", { type: "button", class: "jump", on: { click: () => go(line) } }, `line ${number(line)}`);

  function go(line) {
    let target = document.getElementById(`line-${line}`);
    if (!target) {
      document.getElementById("every-line")?.click();
      target = document.getElementById(`line-${line}`);
    }
    if (!target) return;
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  }

  function findings(doc, names) {
    if (!doc.findings.length) return h("section", {}, h("h2", {}, "Findings"), h("p", { class: "empty" }, "No rule found anything in this document."));
    const items = doc.findings.map(([code, message, from, , quote, , status]) => {
      const rule = names.get(code) || { level: "info", name: "", remedy: "" };
      return h("li", { class: `card check ${rule.level}` },
        h("p", { class: "over" }, h("span", { class: `badge ${rule.level}` }, rule.level), " ", status ? [h("span", { class: "tag" }, status), " "] : "", h("a", { class: "code", href: `rules/${code}.html` }, code), " ", rule.name, from ? [" · ", jump(from)] : ""),
        h("p", { class: "message" }, visible(message)),
        quote ? h("blockquote", { dir: "auto" }, visible(quote)) : "",
        rule.remedy ? h("p", {}, h("b", {}, "What to do: "), prose(rule.remedy)) : "");
    });
    const settled = doc.findings.filter((finding) => finding[6]).length;
    const title = `Findings (${number(items.length - settled)}${settled ? `, and ${number(settled)} not counted` : ""})`;
    return h("section", {}, h("h2", {}, title), h("ul", { class: "checks" }, items));
  }

  // The label of a cell stands in the head of the table, and on a narrow screen before the cell.
  const cell = (label, attributes, ...said) => h("td", { "data-label": label, ...attributes }, said);

  function value([name, said, rule, quote, line, sure, second]) {
    if (rule === undefined) return h("tr", {}, h("th", { scope: "row" }, name), h("td", { class: "quiet", colspan: 4 }, "not said"));
    return h("tr", {},
      h("th", { scope: "row" }, name), h("td", { class: "said", dir: "auto" }, h("b", {}, visible(said))),
      cell("Confidence", { class: "number" }, sure.toFixed(2)),
      cell("Evidence", {}, h("code", {}, rule), " ", line ? jump(line) : h("span", { class: "quiet" }, "outside the text"), quote ? h("q", { dir: "auto" }, visible(quote)) : ""),
      cell("Runner-up", { dir: "auto" }, second ? visible(second) : h("span", { class: "quiet" }, "none")));
  }

  function values(doc) {
    const titles = ["", "Value", "Confidence", "Evidence", "Runner-up"];
    return h("section", {}, h("h2", {}, "Values"), h("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "Values" },
      h("table", { class: "values cards" }, h("thead", {}, h("tr", {}, titles.map((name) => (name ? h("th", { scope: "col" }, name) : h("td"))))), h("tbody", {}, doc.values.map(value)))));
  }

  // For each line its marked spans, the words at its end, and its kind of boilerplate.
  function annotate(doc, texts) {
    const notes = texts.map(() => ({ spans: [], tags: [], kind: null }));
    const add = (pieces, look, label) => {
      pieces.forEach(([line, start, end]) => notes[line].spans.push([start, end, look, label]));
      if (pieces.length) notes[pieces[0][0]].tags.push([look, label]);
    };
    for (const [from, to, kind] of doc.boilerplate) {
      for (let line = from - 1; line < Math.min(to, texts.length); line++) notes[line].kind = kind;
      if (notes[from - 1]) notes[from - 1].tags.push(["boilerplate", kind]);
    }
    for (const [name, , , quote, line] of doc.values) {
      if (line && name !== "language") add(marks.locate(texts, line - 1, line + 2, quote), name, name);
    }
    for (const [code, , from, to, quote, , status] of doc.findings) {
      if (!from || code === "PC401") continue;
      const cut = code === "PC501";
      add(marks.locate(texts, from - 1, Math.max(from, to) - 1, quote), cut ? "cut" : "finding", (cut ? `${code}: ${LABELS.cut}` : code) + (status ? ` (${status})` : ""));
    }
    const last = doc.repairs[doc.repairs.length - 1];
    if (last) marks.byLine(doc.text, marks.units(doc.text, last.places.map((place) => place.slice(2)))).forEach((piece) => add([piece], "repair", LABELS.repair));
    return notes;
  }

  function line(text, note, i) {
    const tags = [...new Map(note.tags.map((tag) => [tag.join(), tag])).values()];
    return h("li", { id: `line-${i + 1}`, tabindex: "-1", class: note.kind ? "boilerplate" : null },
      h("span", { class: "no" }, i + 1), h("span", { class: "words", dir: "auto" }, marks.pieces(text, note.spans)),
      tags.length ? h("span", { class: "tags" }, tags.map(([look, label]) => h("span", { class: `tag m-${look}` }, label))) : "");
  }

  function body(texts, notes) {
    const list = h("ol", { class: "text" }, texts.slice(0, LINES).map((each, i) => line(each, notes[i], i)));
    if (texts.length <= LINES) return [list];
    const button = h("button", { type: "button", id: "every-line" }, `Show all ${number(texts.length)} lines`);
    button.addEventListener("click", () => {
      list.append(...texts.slice(LINES).map((each, i) => line(each, notes[i + LINES], i + LINES)));
      button.remove();
    });
    return [list, button];
  }

  function text(doc) {
    if (!doc.read) return h("section", {}, h("h2", {}, "Text"), h("p", { class: "empty" }, "The document could not be read; the finding above says why."));
    const texts = marks.lines(doc.text);
    const place = h("div", { id: "text" }, body(texts, annotate(doc, texts)));
    const cut = doc.chars > [...doc.text].length ? h("p", { class: "note" }, `Only the beginning is shown here; documents.parquet has all ${count(doc.chars, "character")}.`) : "";
    return h("section", {}, h("h2", {}, "Text"), doc.came === null ? "" : versions(doc, texts, place), cut, place);
  }

  // Two buttons: the text with and without its repair.
  function versions(doc, texts, place) {
    const plain = (came) => body(came, came.map(() => ({ spans: [], tags: [], kind: null })));
    const every = [["As repaired", () => body(texts, annotate(doc, texts))], ["As it came", () => plain(marks.lines(doc.came))]];
    const buttons = every.map(([label, drawn], i) => {
      const press = () => {
        buttons.forEach((button, k) => button.setAttribute("aria-pressed", String(k === i)));
        place.replaceChildren(...drawn());
      };
      return h("button", { type: "button", "aria-pressed": String(i === 0), on: { click: press } }, label);
    });
    return [h("div", { class: "switch", role: "group", "aria-label": "Version of the text" }, buttons),
      h("p", { class: "note" }, `“As it came” is the text as ${doc.encoding[0]} reads the bytes, before anything was repaired.`)];
  }

  // What a step did, in words; the step itself stands beside it, since it is what a program replays.
  function told([action, ...given], words) {
    if (action === "decode") return `the bytes were read as ${given[0]}${given[1] ? ", and what does not fit was replaced" : ""}`;
    if (action === "decode-parts") return "the parts of the file were each read by their own encoding";
    if (action === "drop-bom") return "the byte order mark at the beginning was taken away";
    if (action === "extract-html") return "the text was taken out of the markup of the page";
    if (action === "mojibake") return `utf-8 had been read as ${given[0]}; ${words} mended`;
    if (action === "transcode") return `${given[1]} had been read as ${given[0]}; ${words} mended`;
    return "";
  }

  function steps(doc) {
    const counts = doc.repairs.map((repair) => `${count(repair.count, "word")} ${repair.count === 1 ? "was" : "were"}`);
    return doc.steps.map((step) => {
      const repaired = step[0] === "mojibake" || step[0] === "transcode";
      const shown = step.slice(0, 4).join(" ") + (step.length > 4 ? " …" : "");
      return h("li", {}, told(step, repaired ? counts.shift() || "it was" : ""), " ", h("code", { class: "quiet" }, visible(shown)));
    });
  }

  function repairs(doc) {
    if (!doc.steps.length) return null;
    const tables = doc.repairs.map((repair) => [
      h("h3", {}, `Repaired: ${repair.right} read as ${repair.wrong}`),
      h("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "Words before and after the repair" },
        h("table", { class: "numbers narrow" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Before"), h("th", { scope: "col" }, "After"))),
          h("tbody", {}, repair.places.map(([before, after]) => h("tr", {}, h("td", { class: "before" }, visible(before)), h("td", { class: "after" }, visible(after))))))),
      repair.count > repair.places.length ? h("p", { class: "note" }, `and ${number(repair.count - repair.places.length)} more`) : "",
    ]);
    return h("section", {}, h("h2", {}, "From bytes to text"), h("ol", { class: "steps" }, steps(doc)), tables);
  }

  function fields(doc) {
    const list = (name, pairs) => (pairs.length ? [h("h3", {}, name), h("dl", { class: "pairs" }, pairs.map(([key, value]) => h("div", {}, h("dt", {}, visible(key)), h("dd", {}, visible(value)))))] : "");
    if (!doc.declared.length && !doc.extra.length) return null;
    return h("section", {}, h("h2", {}, "What the wrapper says"), list("Declared", doc.declared), list("Other fields", doc.extra));
  }

  return { show };
})();
