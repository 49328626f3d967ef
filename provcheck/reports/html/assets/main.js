// The address decides what is shown: "#/" the overview, "#/documents?…" the table, "#/doc/<id>" one document.
"use strict";

(() => {
  const { h } = provcheck;
  const overview = document.getElementById("overview");
  const view = document.getElementById("view");
  const main = document.getElementById("main");
  const title = document.title;
  let last = null;
  let turn = 0; // what was asked for later wins over what arrives late

  function failed(error) {
    view.setAttribute("aria-busy", "false");
    view.replaceChildren(h("h1", {}, "This cannot be shown"), h("p", { class: "card" }, provcheck.visible(error.message)),
      h("p", {}, h("a", { href: "#/" }, "Back to the overview")));
  }

  async function route() {
    const mine = ++turn;
    const alive = () => mine === turn;
    const { page, rest, query } = provcheck.asked();
    const place = page === "doc" ? "doc" : page === "documents" ? "documents" : "overview";
    const moved = last !== null && (last !== place || place === "doc");
    last = place;
    overview.hidden = place !== "overview";
    view.hidden = place === "overview";
    for (const link of document.querySelectorAll("nav a[data-page]")) {
      if (link.dataset.page === (place === "doc" ? "documents" : place)) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (moved) {
      window.scrollTo(0, 0);
      main.focus({ preventScroll: true });
    }
    document.title = place === "overview" ? title : `Documents · ${title}`;
    if (place === "overview") return view.replaceChildren();
    view.setAttribute("aria-busy", "true");
    try {
      if (place === "documents") await provcheck.table.show(view, query, alive);
      else await provcheck.document.show(view, decodeURIComponent(rest.join("/")), (name) => { document.title = `${name} · provcheck`; }, alive);
      if (alive()) view.setAttribute("aria-busy", "false");
    } catch (error) {
      if (alive()) failed(error);
    }
  }

  // The skip link must not change what the address says.
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    main.focus();
  });
  window.addEventListener("hashchange", route);
  route();
})();
