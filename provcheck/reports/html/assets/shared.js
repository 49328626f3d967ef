// What two texts have in common, word for word: runs of at least eight words, found by their fingerprints.
"use strict";

provcheck.shared = (() => {
  const RUN = 8;
  const SINGLE = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/u;

  // The words of a text with their places; in scripts without spaces each character is one.
  function words(text) {
    const found = [];
    for (const match of text.matchAll(/[\p{L}\p{N}]+/gu)) {
      if (!SINGLE.test(match[0])) found.push([match[0].toLowerCase(), match.index, match.index + match[0].length]);
      else for (let i = 0; i < match[0].length; i++) found.push([match[0][i], match.index + i, match.index + i + 1]);
    }
    return found;
  }

  function runs(list) {
    const keys = [];
    for (let i = 0; i + RUN <= list.length; i++) keys.push(list.slice(i, i + RUN).map((word) => word[0]).join(" "));
    return keys;
  }

  function covered(list, keys, other) {
    const spans = [];
    keys.forEach((key, i) => {
      if (!other.has(key)) return;
      const start = list[i][1];
      const end = list[i + RUN - 1][2];
      const last = spans[spans.length - 1];
      if (last && start <= last[1]) last[1] = end;
      else spans.push([start, end]);
    });
    return spans;
  }

  // For each of two texts the spans [start, end] that stand in the other too. A text shorter than a run is shared if
  // it is the same.
  function passages(one, two) {
    const [first, second] = [words(one), words(two)];
    const [a, b] = [runs(first), runs(second)];
    if (!a.length || !b.length) {
      const same = provcheck.squeeze(one) === provcheck.squeeze(two) && one.trim() !== "";
      return same ? [[[0, one.length]], [[0, two.length]]] : [[], []];
    }
    return [covered(first, a, new Set(b)), covered(second, b, new Set(a))];
  }

  return { passages };
})();
