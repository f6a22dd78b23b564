// Finding a stage by its name.

import { el, put, write } from "../../../../js/shared/dom.js";
import { choose, walkTo } from "./select.js";

/** @import { Diagram } from "./types.js" */

/**
 * Where a page has a search over the whole course, that one opens; here alone one points at the answer to a question.
 * @param {Diagram} d
 */
export function openSearch(d) {
  if (!d.pointing && !window.dispatchEvent(new Event("headwaters:search", { cancelable: true }))) return;
  d.ui.search.hidden = false;
  d.ui.searchInput.value = "";
  d.hit = 0;
  fillSearch(d);
  d.ui.searchInput.focus();
}

/** @param {Diagram} d */
export function closeSearch(d) {
  if (d.ui.search.hidden) return false;
  d.ui.search.hidden = true;
  d.ui.searchButton.focus({ preventScroll: true });
  return true;
}

/** @param {Diagram} d */
export function fillSearch(d) {
  const asked = d.ui.searchInput.value.trim().toLowerCase();
  d.hits = [...d.places.values()].filter((p) => `${p.label} ${p.detail} ${p.id}`.toLowerCase().includes(asked));
  d.hit = Math.max(0, Math.min(d.hit, d.hits.length - 1));
  d.ui.searchList.replaceChildren(...d.hits.map((place, i) =>
    el("li", {
      role: "option", id: `${d.uid}-hit-${i}`, "aria-selected": String(i === d.hit),
      onpointerdown: (event) => { event.preventDefault(); takeHit(d, i); },
    }, el("b", { text: place.label }), el("span", { text: place.detail }))));
  put(d.ui.searchInput, "aria-activedescendant", d.hits.length ? `${d.uid}-hit-${d.hit}` : "");
  d.ui.searchList.children[d.hit]?.scrollIntoView({ block: "nearest" });
  write(d.ui.searchNone, d.hits.length ? "" : "No such stage.");
}

/**
 * @param {Diagram} d
 * @param {number} i
 */
function takeHit(d, i) {
  const place = d.hits[i];
  if (!place) return;
  d.ui.search.hidden = true;
  walkTo(d, place.id);
  if (place.id !== d.selected) choose(d, place.id);
}

/**
 * @param {Diagram} d
 * @param {KeyboardEvent} event
 */
export function searchKey(d, event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    d.hit += event.key === "ArrowDown" ? 1 : -1;
    fillSearch(d);
  } else if (event.key === "Enter") takeHit(d, d.hit);
  else if (event.key === "Escape") closeSearch(d);
  else return;
  event.preventDefault();
  event.stopPropagation();
}
