// All rows of the table of documents, held as columns of numbers and words, in blocks that are loaded once.
"use strict";

provcheck.rows = (() => {
  let columns = null; // what columns.js holds
  const blocks = [];
  let loading = null;

  // What columns.js holds.
  async function begin() {
    if (!columns) {
      columns = await provcheck.need("columns");
      // A document's rules as pairs of code and status; the status is "" for findings that count.
      columns.pairs = columns.rules.map((list) => list.map((said) => [...said.split(" "), ""].slice(0, 2)));
      columns.names = new Map(columns.registry.map(([code, name, level, remedy]) => [code, { name, level, remedy }]));
    }
    return columns;
  }

  // Load all blocks, one after the other, and tell `step` after each; several callers share one loading.
  function load(step = () => {}) {
    loading ||= (async () => {
      await begin();
      for (let i = blocks.length; i < columns.blocks; i++) {
        const block = await provcheck.need(`rows/${i}`, false);
        block.first = i ? blocks[i - 1].first + blocks[i - 1].id.length : 0;
        blocks.push(block);
        loading.steps.forEach((tell) => tell(block.first + block.id.length));
        await new Promise((done) => setTimeout(done)); // let the page draw and answer before the next block
      }
    })();
    loading.steps ||= [];
    loading.steps.push(step);
    return loading;
  }

  // The block of a row and its place there. All blocks but the last are of one size.
  function at(row) {
    const size = blocks[0].id.length;
    const block = blocks[Math.floor(row / size)];
    return [block, row - block.first];
  }

  // How many findings a row has of each of columns.levels; a block without any finding has no numbers.
  function levels(block, i) {
    const size = columns.levels.length;
    return block.levels.length ? block.levels.slice(size * i, size * (i + 1)) : new Array(size).fill(0);
  }

  function get(row) {
    const [block, i] = at(row);
    const word = (name) => (block[name][i] < 0 ? null : columns.words[name][block[name][i]]);
    return {
      row,
      id: block.id[i],
      name: block.folders[block.folder[i]] + block.file[i],
      folder: block.folders[block.folder[i]],
      file: block.file[i],
      title: block.title[i] || null,
      outlet: word("outlet"),
      language: word("language"),
      date: word("date"),
      encoding: word("encoding"),
      rules: columns.pairs[block.rules[i]],
      levels: levels(block, i),
      chars: block.chars[i],
      share: block.share[i],
      cluster: block.cluster[i],
    };
  }

  // The row of a document by its id, reading only as many blocks as it takes; -1 where there is none.
  async function find(id) {
    const search = (from) => {
      for (let i = from; i < blocks.length; i++) {
        const place = blocks[i].id.indexOf(id);
        if (place >= 0) return blocks[i].first + place;
      }
      return -1;
    };
    let seen = 0;
    return new Promise((resolve, reject) => {
      const look = () => {
        const row = search(seen);
        seen = blocks.length;
        if (row >= 0) resolve(row);
      };
      look();
      load(look).then(() => { look(); resolve(-1); }, reject);
    });
  }

  // A document's data: its row tells the chunk, and the chunk is not kept.
  async function text(row) {
    const { texts } = await begin();
    let low = 0;
    let high = texts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (texts[middle] <= row) low = middle;
      else high = middle - 1;
    }
    const chunk = await provcheck.need(`texts/${low}`, false);
    return chunk[row - texts[low]];
  }

  // All rows of a cluster of copies, once all blocks are there.
  async function cluster(head) {
    await load();
    const found = [];
    for (const block of blocks) block.cluster.forEach((value, i) => value === head && found.push(block.first + i));
    return found;
  }

  // The rows whose names are wanted, once all blocks are there.
  async function named(names) {
    await load();
    const found = [];
    for (const block of blocks) {
      for (let i = 0; i < block.id.length; i++) {
        if (names.has(block.folders[block.folder[i]] + block.file[i])) found.push(block.first + i);
      }
    }
    return found;
  }

  return { begin, load, get, at, levels, find, text, cluster, named, blocks };
})();
