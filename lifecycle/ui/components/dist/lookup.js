// js/shared/dom.js
var SVG = "http://www.w3.org/2000/svg";
function dressed(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === void 0) continue;
    if (name === "text") node.textContent = String(value);
    else if (name === "html") setHtml(node, String(value));
    else if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}
var el = (tag, attributes = {}, ...children) => dressed(document.createElement(tag), attributes, children);
var svgEl = (tag, attributes = {}, ...children) => dressed(document.createElementNS(SVG, tag), attributes, children);
function setHtml(node, html) {
  node.innerHTML = html;
  return node;
}
function put(node, name, value) {
  if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
}
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
var allOf = (root, selector) => (
  /** @type {T[]} */
  [...root.querySelectorAll(selector)]
);
function isTyping(event, harmless = /(?!)/) {
  const at = event.composedPath()[0];
  if (!(at instanceof HTMLElement)) return false;
  const type = at instanceof HTMLInputElement ? at.type : "";
  return at.isContentEditable || /^(input|textarea|select)$/i.test(at.tagName) && !harmless.test(type);
}
var isChord = (event) => event.ctrlKey || event.metaKey || event.altKey;

// lifecycle/outputs/lookup/cards.js
var MARKED = "a[href^='#term-']";
var OPENS_MS = 120;
var CLOSES_MS = 250;
var GAP = 6;
var EDGE = 8;
function beside(word, card, screen) {
  const below = word.bottom + GAP, above = word.top - GAP - card.height;
  const top = below + card.height <= screen.height - EDGE || above < EDGE ? below : above;
  return { top, left: Math.max(EDGE, Math.min(word.left, screen.width - EDGE - card.width)) };
}
function termCards(host, cardOf, show) {
  const name = el("b"), about = el("p");
  const more = el("button", { type: "button", text: "Show me", onclick: () => follow() });
  const card = el("div", { class: "term-card", role: "group", id: "term-card", popover: "manual", hidden: true }, name, about, more);
  const now = { word: null, pinned: false, view: "", timer: void 0 };
  host.append(card);
  const wordAt = (target) => (
    /** @type {HTMLElement | null} */
    target instanceof Element ? target.closest(MARKED) : null
  );
  const place = () => {
    if (!now.word) return;
    const box = now.word.getBoundingClientRect();
    if (!now.word.isConnected || !box.width || box.bottom < 0 || box.top > innerHeight) return close();
    const spot = beside(box, card.getBoundingClientRect(), { width: innerWidth, height: innerHeight });
    Object.assign(card.style, { top: `${spot.top}px`, left: `${spot.left}px` });
  };
  const open = (word) => {
    const term = cardOf(decodeURIComponent(word.getAttribute("href")?.slice(6) ?? ""));
    if (!term) return;
    if (now.word !== word) close();
    clearTimeout(now.timer);
    Object.assign(now, { word, view: term.view });
    write(name, term.name);
    write(about, term.about);
    card.setAttribute("aria-label", term.name);
    more.hidden = !term.view;
    card.hidden = false;
    if (!card.matches(":popover-open")) card.showPopover?.();
    word.setAttribute("aria-describedby", card.id);
    word.setAttribute("aria-expanded", "true");
    place();
  };
  const close = () => {
    clearTimeout(now.timer);
    now.word?.removeAttribute("aria-describedby");
    now.word?.setAttribute("aria-expanded", "false");
    if (card.contains(document.activeElement)) now.word?.focus({ preventScroll: true });
    Object.assign(now, { word: null, pinned: false });
    if (card.matches(":popover-open")) card.hidePopover();
    card.hidden = true;
  };
  const follow = () => {
    const { view } = now;
    close();
    show(view);
  };
  const later = (act, delay) => {
    clearTimeout(now.timer);
    now.timer = setTimeout(act, delay);
  };
  const isHeld = () => now.pinned || now.word === document.activeElement || card.contains(document.activeElement);
  const over = (event) => {
    const word = wordAt(event.target);
    if (event.pointerType === "touch") return;
    if (event.target instanceof Node && card.contains(event.target)) clearTimeout(now.timer);
    else if (word && word === now.word) clearTimeout(now.timer);
    else if (word) later(() => open(word), OPENS_MS);
    else if (now.word && !isHeld()) later(close, CLOSES_MS);
    else clearTimeout(now.timer);
  };
  const focused = (event) => {
    const word = wordAt(event.target);
    if (word?.matches(":focus-visible")) open(word);
    else if (now.word && word !== now.word && !(event.target instanceof Node && card.contains(event.target))) close();
  };
  const clicked = (event) => {
    const word = wordAt(event.target);
    if (!word) return void (now.word && !(event.target instanceof Node && card.contains(event.target)) && close());
    event.preventDefault();
    event.stopPropagation();
    if (now.word === word && now.pinned) return close();
    open(word);
    now.pinned = now.word === word;
  };
  const pressed = (event) => {
    if (!now.word) return;
    const inside = card.contains(document.activeElement);
    if (event.key === "Escape") close();
    else if (event.key === "Tab" && !event.shiftKey && !more.hidden && document.activeElement === now.word) more.focus();
    else if (event.key === "Tab" && inside && event.shiftKey) now.word.focus();
    else {
      if (event.key === "Tab" && inside) close();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const listening = new AbortController(), heard = { capture: true, signal: listening.signal };
  document.addEventListener("pointerover", over, heard);
  document.addEventListener("focusin", focused, heard);
  document.addEventListener("click", clicked, heard);
  window.addEventListener("keydown", pressed, heard);
  window.addEventListener("scroll", place, { ...heard, passive: true });
  window.addEventListener("resize", place, heard);
  return { end() {
    listening.abort();
    close();
    card.remove();
  } };
}

// lifecycle/outputs/lookup/heading.js
function showSection(page, heading) {
  const title = allOf(page, "h3").find((each) => each.textContent === heading && each.checkVisibility());
  if (!title) return false;
  const folded2 = title.closest("details"), place = title.closest("summary") ?? title;
  if (folded2) folded2.open = true;
  if (place === title) title.tabIndex = -1;
  place.focus({ preventScroll: true });
  (folded2 ?? title).scrollIntoView({ block: "nearest" });
  return true;
}

// lifecycle/outputs/lookup/ranking.js
var MOST = 40;
var folded = (text) => text.normalize("NFKD").replace(/[\p{M}'’]/gu, "").toLowerCase().replace(/ß/g, "ss").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
var prepared = (entries) => entries.map((entry) => ({
  entry,
  name: entry.kind === "question" ? "" : folded(entry.name),
  synonyms: entry.synonyms.map(folded),
  text: folded([entry.name, ...entry.synonyms, entry.shown, entry.text].join(" "))
}));
var hasWord = (text, start) => ` ${text}`.includes(` ${start}`);
function rank({ name, synonyms, text }, asked) {
  if (!asked || name === asked) return 0;
  if (name.startsWith(asked)) return 1;
  if (synonyms.includes(asked)) return 2;
  if (hasWord(name, asked)) return 3;
  if (synonyms.some((synonym) => hasWord(synonym, asked))) return 4;
  return asked.split(" ").every((word) => hasWord(text, word)) ? 5 : Infinity;
}
function found(all, typed, without = []) {
  const asked = folded(typed);
  return all.filter(({ entry }) => !without.includes(entry.kind)).map((one) => ({ entry: one.entry, rank: rank(one, asked) })).filter((one) => one.rank < Infinity).sort((a, b) => a.rank - b.rank).slice(0, MOST).map(({ entry }) => entry);
}

// lifecycle/outputs/lookup/search.js
var KINDS = { stage: "Stage", undercurrent: "Undercurrent", term: "Term", idea: "Idea", scenario: "Scenario", section: "Section", question: "Question", lesson: "Lesson", talk: "Talk" };
var NOTHING = "Nothing fits. Try fewer letters, a stage (lake), a term (lag) or one word of a question.";
var counted = (count) => count === 1 ? "1 result" : `${count < MOST ? "" : "The first "}${count} results`;
var opensSearch = (event) => event.key === "/" && !isChord(event) && !event.defaultPrevented && !isTyping(event, /^(range|radio|checkbox|button)$/) && !event.composedPath().some((node) => node instanceof Element && node.matches("dialog, [role='dialog']"));
var searchButton = (open) => el(
  "button",
  { type: "button", class: "open-search", title: "Search (/)", onclick: open },
  svgEl("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svgEl("path", { d: "M10.500 4a6.500 6.500 0 1 0 0 13a6.500 6.500 0 1 0 0-13M15.500 15.500L21 21" })),
  el("span", { text: "Search" })
);
function listenForSearch(open, isOffered, signal) {
  window.addEventListener("keydown", (event) => {
    if (!isOffered() || !opensSearch(event)) return;
    event.preventDefault();
    event.stopPropagation();
    open();
  }, { signal, capture: true });
  window.addEventListener("headwaters:search", (event) => {
    if (!isOffered()) return;
    event.preventDefault();
    open();
  }, { signal });
}
function searchDialog(host, go2) {
  const now = { all: null, hits: [], at: 0, without: [] };
  const list = el("ul", { role: "listbox", id: "search-hits", "aria-label": "Results" });
  const input = el("input", {
    type: "text",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": "search-hits",
    "aria-autocomplete": "list",
    "aria-label": "Search the course",
    placeholder: "A stage, a term, a scenario, a question …",
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "go",
    oninput: () => {
      now.at = 0;
      paint();
    },
    onkeydown: (event) => pressed(event)
  });
  const told = el("p", { role: "status" });
  const close = el("button", { type: "button", text: "Close", onclick: () => void dialog.close() });
  const keys = el("p", { class: "keys", "aria-hidden": "true" }, el("kbd", { text: "↑" }), el("kbd", { text: "↓" }), " walk ", el("kbd", { text: "Enter" }), " go there ", el("kbd", { text: "Esc" }), " close");
  const dialog = el(
    "dialog",
    { class: "search", "aria-label": "Search", onclick: (event) => event.target === dialog && dialog.close() },
    el("div", {}, el("div", { class: "asked" }, input, close), told, list, keys)
  );
  host.append(dialog);
  const row = (entry, nth) => el("li", {
    role: "option",
    id: `search-hit-${nth}`,
    "aria-selected": String(nth === now.at),
    onpointermove: () => {
      if (now.at !== nth) {
        now.at = nth;
        mark();
      }
    },
    onclick: () => take(nth)
  }, el("span", { class: "kind", text: KINDS[entry.kind] }), el("b", { text: entry.name }), entry.shown ? el("span", { class: "shown", text: entry.shown }) : null);
  const mark = () => {
    [...list.children].forEach((item, nth) => put(item, "aria-selected", nth === now.at));
    put(input, "aria-activedescendant", now.hits.length ? `search-hit-${now.at}` : "");
  };
  const paint = () => {
    now.hits = now.all ? found(now.all, input.value, now.without) : [];
    list.replaceChildren(...now.hits.map(row));
    list.scrollTop = 0;
    write(told, !now.all ? "Reading the course …" : !now.hits.length ? NOTHING : input.value.trim() ? counted(now.hits.length) : "");
    mark();
  };
  const take = (nth) => {
    const entry = now.hits[nth];
    if (!entry?.address) return;
    dialog.close();
    go2(entry);
  };
  const pressed = (event) => {
    const last = now.hits.length - 1;
    if (event.key === "ArrowDown") now.at = now.at >= last ? 0 : now.at + 1;
    else if (event.key === "ArrowUp") now.at = now.at <= 0 ? Math.max(0, last) : now.at - 1;
    else if (event.key === "Enter") take(now.at);
    else return;
    event.preventDefault();
    event.stopPropagation();
    mark();
    list.children[now.at]?.scrollIntoView({ block: "nearest" });
  };
  return {
    open() {
      if (dialog.open) return;
      input.value = "";
      now.at = 0;
      paint();
      dialog.showModal();
      input.focus();
    },
    /** @param {Lookup} lookup @param {readonly string[]} without kinds that the page leaves out */
    fill(lookup, without) {
      Object.assign(now, { all: prepared(lookup.entries), without });
      paint();
    },
    end() {
      dialog.remove();
    }
  };
}

// lifecycle/ui/components/lookup.js
var PATIENCE_MS = 1e4;
function seek(place, heading) {
  const end = performance.now() + PATIENCE_MS;
  const look = () => {
    const panel = document.querySelector(".st-key-stage-panel");
    const isThere = panel instanceof HTMLElement && panel.dataset.place === place && showSection(panel, heading);
    if (!isThere && performance.now() < end) setTimeout(look, 100);
  };
  look();
}
function go(look, address, question = "", heading = "") {
  const { site, follows } = look.said;
  if (address.startsWith("?talk=")) location.assign(`${site}/present${address}`);
  else if (address.startsWith("?lesson=")) location.assign(`${site}/lessons${address}`);
  else if (follows) {
    look.send("go", { address, question });
    if (heading) seek(placeOf(address), heading);
  } else location.assign(`${site}/${address}${heading && `#${encodeURIComponent(heading)}`}`);
}
var placeOf = (address) => new URLSearchParams(address).get("stage") ?? "";
function arrive() {
  const heading = new URLSearchParams(`heading=${location.hash.slice(1)}`).get("heading");
  if (!heading) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  seek(placeOf(location.search), heading);
}
async function fetchOnce(look) {
  const { source, without } = look.said;
  if (look.fetched !== source) {
    look.fetched = source;
    try {
      const response = await fetch(source);
      if (response.ok) look.lookup = await response.json();
      else look.fetched = "";
    } catch {
      look.fetched = "";
    }
  }
  if (look.lookup) look.search.fill(look.lookup, without);
}
function create(parent, said, send) {
  const listening = new AbortController();
  const open = () => {
    look.search.open();
    void fetchOnce(look);
  };
  const button = searchButton(open);
  const root = el("div", {}, button);
  const search = searchDialog(root, (entry) => go(look, entry.address, entry.question, entry.heading));
  const cards = termCards(root, (id) => look.lookup?.terms[id], (view) => go(look, view));
  const look = {
    said,
    lookup: null,
    fetched: "",
    send,
    button,
    search,
    leaving: void 0,
    end() {
      listening.abort();
      cards.end();
      root.remove();
    }
  };
  parent.append(root);
  listenForSearch(open, () => look.said.offered, listening.signal);
  if (said.follows) arrive();
  return look;
}
function lookup_default({ data, parentElement, setTriggerValue }) {
  const look = parentElement.look ??= create(parentElement, data, setTriggerValue);
  clearTimeout(look.leaving);
  Object.assign(look, { said: data, send: setTriggerValue });
  look.button.hidden = !data.offered;
  void fetchOnce(look);
  return () => {
    look.leaving = setTimeout(() => {
      if (parentElement.isConnected) return;
      look.end();
      delete parentElement.look;
    }, 500);
  };
}
export {
  lookup_default as default
};
