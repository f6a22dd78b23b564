// One search over the whole course: type, walk by arrows, Enter goes there. The browser's own dialog holds the focus,
// closes by Escape and gives the focus back.

import { el, isChord, isTyping, put, svgEl, write } from "../../../js/shared/dom.js";
import { MOST, found, prepared } from "./ranking.js";

/**
 * @import { Lookup, SearchEntry } from "./message.js"
 * @import { Prepared } from "./ranking.js"
 */

/** @type {Record<SearchEntry["kind"], string>} */
const KINDS = { stage: "Stage", undercurrent: "Undercurrent", term: "Term", idea: "Idea", scenario: "Scenario", section: "Section", question: "Question", lesson: "Lesson", talk: "Talk" };
export const NOTHING = "Nothing fits. Try fewer letters, a stage (lake), a term (lag) or one word of a question.";
/** @param {number} count */
export const counted = (count) => (count === 1 ? "1 result" : `${count < MOST ? "" : "The first "}${count} results`);

/**
 * Whether a key opens the search: never in a field, nor where another dialog lies over the page.
 * @param {KeyboardEvent} event
 */
export const opensSearch = (event) => event.key === "/" && !isChord(event) && !event.defaultPrevented
  && !isTyping(event, /^(range|radio|checkbox|button)$/) && !event.composedPath().some((node) => node instanceof Element && node.matches("dialog, [role='dialog']"));

/**
 * The button for touch, and for whom no key is known.
 * @param {() => void} open
 */
export const searchButton = (open) => el("button", { type: "button", class: "open-search", title: "Search (/)", onclick: open },
  svgEl("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svgEl("path", { d: "M10.500 4a6.500 6.500 0 1 0 0 13a6.500 6.500 0 1 0 0-13M15.500 15.500L21 21" })),
  el("span", { text: "Search" }));

/**
 * Open by the key and wherever the diagram would open its own, while that is offered.
 * @param {() => void} open
 * @param {() => boolean} isOffered
 * @param {AbortSignal} [signal]
 */
export function listenForSearch(open, isOffered, signal) {
  window.addEventListener("keydown", (event) => {
    if (!isOffered() || !opensSearch(event)) return;
    event.preventDefault();
    event.stopPropagation();
    open();
  }, { signal, capture: true });
  window.addEventListener("headwaters:search", (event) => {
    if (!isOffered()) return;
    event.preventDefault(); // the diagram need not open one of its own
    open();
  }, { signal });
}

/**
 * @param {HTMLElement} host where the dialog stands in the page
 * @param {(entry: SearchEntry) => void} go
 */
export function searchDialog(host, go) {
  /** @type {{ all: Prepared[] | null, hits: SearchEntry[], at: number, without: readonly string[] }} */
  const now = { all: null, hits: [], at: 0, without: [] };
  const list = el("ul", { role: "listbox", id: "search-hits", "aria-label": "Results" });
  const input = el("input", {
    type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "search-hits", "aria-autocomplete": "list", "aria-label": "Search the course",
    placeholder: "A stage, a term, a scenario, a question …", autocomplete: "off", spellcheck: "false", enterkeyhint: "go",
    oninput: () => { now.at = 0; paint(); }, onkeydown: (event) => pressed(event),
  });
  const told = el("p", { role: "status" });
  const close = el("button", { type: "button", text: "Close", onclick: () => void dialog.close() });
  const keys = el("p", { class: "keys", "aria-hidden": "true" }, el("kbd", { text: "↑" }), el("kbd", { text: "↓" }), " walk ", el("kbd", { text: "Enter" }), " go there ", el("kbd", { text: "Esc" }), " close");
  /** @type {HTMLDialogElement} */
  const dialog = el("dialog", { class: "search", "aria-label": "Search", onclick: (event) => event.target === dialog && dialog.close() },
    el("div", {}, el("div", { class: "asked" }, input, close), told, list, keys));
  host.append(dialog);

  /** @param {SearchEntry} entry @param {number} nth */
  const row = (entry, nth) => el("li", {
    role: "option", id: `search-hit-${nth}`, "aria-selected": String(nth === now.at),
    onpointermove: () => { if (now.at !== nth) { now.at = nth; mark(); } }, onclick: () => take(nth),
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
  /** @param {number} nth */
  const take = (nth) => {
    const entry = now.hits[nth];
    if (!entry?.address) return; // a term that no view shows: its two lines stand here
    dialog.close();
    go(entry);
  };
  /** @param {KeyboardEvent} event */
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
    end() { dialog.remove(); },
  };
}
