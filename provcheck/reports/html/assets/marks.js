// Where in a text something stands: quotes found again, and lines cut into marked pieces.
"use strict";

provcheck.marks = (() => {
  const lines = (text) => {
    const parts = text.split(/\r\n|\n|\r/);
    if (parts[parts.length - 1] === "") parts.pop();
    return parts;
  };

  // A run of lines as one string with every run of white space as one space, and for each of its characters the line
  // and the column that it came from.
  function squeezed(texts, from, to) {
    let out = "";
    const places = [];
    for (let line = from; line <= to && line < texts.length; line++) {
      const text = texts[line];
      for (let column = 0; column < text.length; column++) {
        const space = /\s/u.test(text[column]);
        if (space && (out === "" || out.endsWith(" "))) continue;
        out += space ? " " : text[column];
        places.push([line, column]);
      }
      if (out !== "" && !out.endsWith(" ")) {
        out += " ";
        places.push([line, text.length]);
      }
    }
    return { out, places };
  }

  // The pieces [line, start, end] that a quote covers, searched in lines `from` to `to` (from 0). Quotes are squeezed,
  // and long ones cut in the middle; without a hit the first line as a whole is what the quote stands for.
  function locate(texts, from, to, quote) {
    if (from < 0 || from >= texts.length) return [];
    const wanted = provcheck.squeeze(quote || "");
    const { out, places } = squeezed(texts, from, to);
    const cut = wanted.length > 150 ? wanted.split("…") : [wanted];
    let start = wanted ? out.indexOf(wanted) : -1;
    let end = start + wanted.length;
    if (start < 0 && cut.length === 2) {
      start = out.indexOf(cut[0].trim());
      const tail = start < 0 ? -1 : out.indexOf(cut[1].trim(), start + cut[0].length);
      end = tail < 0 ? -1 : tail + cut[1].trim().length;
      if (end < 0) start = -1;
    }
    if (start < 0 || end <= start) return [[from, 0, texts[from].length]];
    const [firstLine, firstColumn] = places[start];
    const [lastLine, lastColumn] = places[end - 1];
    const pieces = [];
    for (let line = firstLine; line <= lastLine; line++) {
      const begin = line === firstLine ? firstColumn : 0;
      const stop = line === lastLine ? lastColumn + 1 : texts[line].length;
      if (stop > begin) pieces.push([line, begin, stop]);
    }
    return pieces;
  }

  // A line as nodes: `spans` are [start, end, class, label]; where they overlap, a piece has the classes of all.
  function pieces(text, spans) {
    const cuts = new Set([0, text.length]);
    for (const [start, end] of spans) cuts.add(Math.min(start, text.length)).add(Math.min(end, text.length));
    const at = [...cuts].sort((a, b) => a - b);
    const nodes = [];
    for (let i = 0; i + 1 < at.length; i++) {
      const shown = shownPiece(text.slice(at[i], at[i + 1]));
      const over = spans.filter(([start, end]) => start <= at[i] && end >= at[i + 1]);
      if (!over.length) nodes.push(...shown);
      else {
        const look = over.map((span) => `m-${span[2]}`).join(" ");
        nodes.push(provcheck.h("mark", { class: look, title: over.map((span) => span[3]).join(", ") }, shown));
      }
    }
    return nodes;
  }

  // Text as nodes, in which every character that cannot be seen stands as its escape.
  function shownPiece(text) {
    const nodes = [];
    let last = 0;
    for (const match of text.matchAll(/[\p{C}\p{Zl}\p{Zp}]+/gu)) {
      nodes.push(text.slice(last, match.index));
      nodes.push(provcheck.h("span", { class: "hidden-char" }, provcheck.visible(match[0])));
      last = match.index + match[0].length;
    }
    nodes.push(text.slice(last));
    return nodes;
  }

  // Spans of a whole text as pieces [line, start, end].
  function byLine(text, spans) {
    const found = [];
    const wanted = [...spans].sort((a, b) => a[0] - b[0]);
    let begin = 0;
    let first = 0;
    lines(text).forEach((line, i) => {
      const end = begin + line.length;
      while (first < wanted.length && wanted[first][1] <= begin) first++;
      for (let k = first; k < wanted.length && wanted[k][0] < end; k++) {
        const piece = [Math.max(wanted[k][0], begin), Math.min(wanted[k][1], end)];
        if (piece[1] > piece[0]) found.push([i, piece[0] - begin, piece[1] - begin]);
      }
      begin = end + (text.startsWith("\r\n", end) ? 2 : 1);
    });
    return found;
  }

  // Spans in characters as spans in UTF-16 units, in which this language counts; `spans` come in order.
  function units(text, spans) {
    let [character, unit] = [0, 0];
    const advance = (wanted) => {
      while (character < wanted && unit < text.length) {
        unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
        character += 1;
      }
      return unit;
    };
    return spans.map(([start, end]) => [advance(start), advance(end)]);
  }

  return { lines, locate, pieces, byLine, units };
})();
