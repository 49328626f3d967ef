// The ground the other scripts stand on: making elements, showing text that may be hostile, and loading data files.
"use strict";

const provcheck = (() => {
  const waiting = new Map(); // name -> [resolve, reject] of a file that is being loaded
  const loaded = new Map(); // name -> promise of its value

  // An element with attributes and children. Strings become text nodes: there is no way to put markup in.
  function h(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "on") Object.entries(value).forEach(([event, act]) => element.addEventListener(event, act));
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }

  // Characters that the terminal report shows as escapes: controls, bidirectional and other invisible ones, lone
  // surrogates, unassigned and private ones, and the line separators that are no line ends here.
  const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

  function escaped(character) {
    const code = character.codePointAt(0);
    if (character === "\t") return "\\t";
    if (character === "\n") return "\\n";
    if (character === "\r") return "\\r";
    if (code < 0x100) return "\\x" + code.toString(16).padStart(2, "0");
    if (code < 0x10000) return "\\u" + code.toString(16).padStart(4, "0");
    return "\\U" + code.toString(16).padStart(8, "0");
  }

  const visible = (text) => String(text).replace(HIDDEN, escaped);
  const squeeze = (text) => String(text).replace(/\s+/gu, " ").trim();
  const number = new Intl.NumberFormat("en").format;
  const percent = (share) => `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)}%`;
  const count = (n, noun) => `${number(n)} ${noun}${n === 1 ? "" : "s"}`;

  // What the address asks for: the page, what stands behind its name, and the words behind "?".
  function asked() {
    const [path, query = ""] = location.hash.slice(1).split("?");
    const [, page = "", ...rest] = path.split("/");
    return { page, rest, query: new URLSearchParams(query) };
  }

  // A data file hands its value over by calling this.
  function put(name, value) {
    const pending = waiting.get(name);
    waiting.delete(name);
    if (pending) pending[0](value);
  }

  // The value of a data file. A script element is the one way to read a file next to a page opened from a disk.
  // `keep` false leaves it to the caller to hold what is needed; then the file may be read again.
  function need(name, keep = true) {
    if (loaded.has(name)) return loaded.get(name);
    const promise = new Promise((resolve, reject) => {
      waiting.set(name, [resolve, reject]);
      const script = document.createElement("script");
      const end = () => {
        script.remove();
        if (!keep) loaded.delete(name);
        if (waiting.delete(name)) reject(new Error(`data/${name}.js is missing or damaged`));
      };
      script.addEventListener("load", end);
      script.addEventListener("error", end);
      script.charset = "utf-8";
      script.src = `data/${name}.js`;
      document.head.append(script);
    });
    loaded.set(name, promise);
    return promise;
  }

  return { h, visible, squeeze, number, percent, count, asked, put, need };
})();
