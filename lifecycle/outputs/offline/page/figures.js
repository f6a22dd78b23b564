// The figures of a run above its charts: each with what it was before, in as many columns as the page has room for.

import { byId, el } from "../../../../js/shared/dom.js";
import { NO_CHANGE, change } from "../../../../js/shared/words.js";

/** @import { Run } from "./types.js" */

const NARROWEST_REM = 7, GAP_REM = 0.8; // the gap of page.css

/**
 * The most columns, of as many as there is room for, that leave at most one place of the last row empty.
 * @param {number} count of what is to be laid out
 * @param {number} room columns that the page has room for
 */
export function columnsFor(count, room) {
  let columns = Math.max(1, Math.min(count, room));
  while (Math.ceil(count / columns) * columns - count > 1) columns--;
  return columns;
}

/**
 * Show the figures of a run, beside them those of the run before where there is one.
 * @param {Run} run
 * @param {Run | null} ghost
 * @returns {string[]} what they say
 */
export function showFigures(run, ghost) {
  const figures = run.figures.map(([label, value, text, , quiet], i) => {
    const [, before = null, words] = ghost?.figures[i] ?? [];
    const by = change(before, value);
    const was = words === undefined ? "" : words === text ? NO_CHANGE : by === NO_CHANGE ? `was ${words}` : `was ${words} (${by})`;
    // what is nothing on most days is shown where it is something, now or before
    return { label, text, was, about: run.about[i], shown: !quiet || Boolean(value) || Boolean(before) };
  }).filter(({ shown }) => shown);
  byId("figures").replaceChildren(...figures.map(({ label, text, was }) => (
    el("div", {}, el("dt", { text: label }), el("dd", {}, el("b", { text }), el("span", { class: "was", text: was }))))));
  byId("meanings").replaceChildren(...figures.flatMap(({ label, about }) => [el("dt", { text: label }), el("dd", { text: about })]));
  spread();
  return figures.map(({ label, text, was }) => [label, text, was].filter(Boolean).join(", "));
}

function spread() {
  const host = byId("figures"), rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const room = Math.floor((host.clientWidth / rem + GAP_REM) / (NARROWEST_REM + GAP_REM));
  host.style.gridTemplateColumns = `repeat(${columnsFor(host.children.length, room)}, minmax(0, 1fr))`;
}

export function listenFigures() {
  new ResizeObserver(spread).observe(byId("figures"));
}
