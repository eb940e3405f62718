"""What a reading list does in a browser: it narrows itself to the words and concepts asked for.

One script of plain JavaScript, without a build. It reads the index that stands beside it as JSON,
sets attributes and texts, and makes no markup from anything. What is asked stands in the address
behind `#`, so that a view can be linked to: `#concept-repair`, `#words=still+face&concept=shame`.
"""

SCRIPT = r"""
(() => {
  "use strict";
  const one = id => document.getElementById(id);
  const index = JSON.parse(one("index").textContent);
  const list = one("list"), works = Array.from(list.children);
  const field = one("words"), told = one("told"), all = one("all"), details = one("concepts");
  const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
  let chosen = new Set();
  const texts = [];

  // Words in small letters without accents, a blank around each: " still" then finds the beginning of a word.
  function spread(text) {
    const folded = text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replaceAll("ß", "ss");
    return " " + folded.replace(/[^\p{L}\p{N}]+/gu, " ").trim() + " ";
  }

  function asked() {
    const parts = field.value.matchAll(/["“„«]([^"”“»]*)["”“»]?|[^\s"“„«]+/g);
    const found = Array.from(parts, part => spread(part[1] ?? part[0]));
    return found.map(words => unspaced.test(words) ? words.trim() : words.trimEnd()).filter(words => words.trim());
  }

  const named = concept => index.concepts[concept].words;

  function text(number) {
    return texts[number] ??= spread([works[number].textContent, ...index.works[number].map(named)].join(" "));
  }

  // A few at a time while nothing else is to be done, so that the first search need not wait for all.
  function readAhead(number) {
    const end = Math.min(number + 200, works.length);
    while (number < end) text(number++);
    if (end < works.length) setTimeout(readAhead, 0, end);
  }

  function fits(number, words) {
    const about = index.works[number];
    for (const concept of chosen) if (!about.includes(concept)) return false;
    return words.every(word => text(number).includes(word));
  }

  // Thousands of works at once would keep the first of them waiting: the rest comes into sight after these.
  let revealing = 0;
  function reveal(rest, count) {
    for (const work of rest.splice(0, count)) work.hidden = false;
    if (rest.length) revealing = setTimeout(reveal, 0, rest, 500);
  }

  function show() {
    const words = asked();
    const counts = index.concepts.map(() => 0);
    const wanted = [];
    works.forEach((work, number) => {
      const fit = fits(number, words);
      if (!fit && !work.hidden) work.hidden = true;
      if (!fit) return;
      wanted.push(work);
      for (const concept of index.works[number]) counts[concept] += 1;
    });
    const shown = wanted.length;
    list.hidden = shown === 0;
    clearTimeout(revealing);
    reveal(wanted, 100);
    index.concepts.forEach((concept, number) => {
      one("concept-" + concept.id).hidden = !chosen.has(number);
      chips[number].setAttribute("aria-pressed", String(chosen.has(number)));
      chips[number].querySelector(".count").textContent = counts[number].toLocaleString("en");
    });
    const narrowed = words.length > 0 || chosen.size > 0;
    all.hidden = !narrowed;
    const every = works.length.toLocaleString("en") + (works.length === 1 ? " work" : " works");
    told.textContent = narrowed ? (shown ? shown.toLocaleString("en") : "None") + " of " + every : every;
  }

  // Browsers count how often a page writes its address: it waits until the typing rests.
  let resting = 0;
  function remember() {
    clearTimeout(resting);
    resting = setTimeout(write, 300);
  }

  function write() {
    const state = new URLSearchParams();
    const words = field.value.trim();
    if (words) state.set("words", words);
    for (const number of chosen) state.append("concept", index.concepts[number].id);
    const alone = !words && chosen.size === 1;
    const address = alone ? "concept-" + state.get("concept") : state.toString();
    history.replaceState(null, "", "#" + (address || "works"));
  }

  function recall() {
    const hash = location.hash.slice(1);
    const named = hash.startsWith("concept-") ? "concept=" + hash.slice(8) : hash;
    const state = new URLSearchParams(named.includes("=") ? named : "");
    const numbers = state.getAll("concept").map(id => index.concepts.findIndex(concept => concept.id === id));
    field.value = state.get("words") ?? "";
    chosen = new Set(numbers.filter(number => number >= 0));
    show();
    // The browser looked for the place before it was in sight.
    const place = hash.includes("=") ? null : one(hash);
    if (!place) return;
    const panel = place.classList.contains("panel");
    if (works.includes(place)) for (const work of works) work.hidden = false;
    (panel ? one("works") : place).scrollIntoView();
    if (panel) place.focus({preventScroll: true});
  }

  function choose(number) {
    if (!chosen.delete(number)) chosen.add(number);
    show();
    remember();
  }

  // Links serve where no script runs; here they become buttons, which can be pressed together.
  const chips = Array.from(details.querySelectorAll("a"), (link, number) => {
    const chip = document.createElement("button");
    chip.type = "button";
    chip.append(...link.childNodes);
    chip.addEventListener("click", () => choose(number));
    link.replaceWith(chip);
    return chip;
  });

  const wide = matchMedia("(min-width: 64rem)");
  const unfold = () => { details.open = wide.matches; };
  wide.addEventListener("change", unfold);
  unfold();

  field.addEventListener("input", () => { show(); remember(); });
  all.addEventListener("click", () => {
    field.value = "";
    chosen.clear();
    show();
    remember();
    field.focus();
  });
  addEventListener("hashchange", recall);
  one("search").hidden = false;
  recall();
  setTimeout(readAhead, 0, 0);
})();
"""
