// All steps: a strip that is always there, and an overview for a longer way.

import { allOf, byId, el } from "../../../../js/shared/dom.js";
import { minutes } from "../../../../js/shared/words.js";
import { at, go } from "./desk_acting.js";
import { sum } from "./desk_hearing.js";
import { desk } from "./desk_state.js";

/** @import { StepToDesk } from "../../../../js/shared/class_message.js" */

const dialog = byId("overview", HTMLDialogElement), grid = byId("grid"), strip = byId("strip");
/**
 * A step's number and planned time, what follows them, and the way there.
 * @param {StepToDesk} step
 * @param {number} nth
 * @param {...HTMLElement} more
 */
function button(step, nth, ...more) {
  const time = minutes(sum(desk.steps.slice(0, nth)) * 60);
  return el("button", { type: "button", title: step.headline, "aria-label": `Step ${nth + 1}, from ${time}: ${step.headline}`, onclick: () => jump(nth) },
    el("b", { text: nth + 1 }), el("span", { text: time }), ...more);
}
export function furnish() {
  strip.replaceChildren(...desk.steps.map((step, nth) => el("li", {}, button(step, nth))));
  const headlines = desk.steps.map((step) => el("span", { text: step.headline + (step.ask ? " (a question)" : "") }));
  grid.replaceChildren(...desk.steps.map((step, nth) => button(step, nth, headlines[nth])));
  for (const each of grid.children) each.setAttribute("role", "option");
}
/**
 * Go to a step out of turn: like every way on, it leaves an open vote only when it is asked for twice.
 * @param {number} step
 */
function jump(step) {
  dialog.close();
  go({ step, points: 0 });
}
/** @returns {HTMLButtonElement[]} */
const inGrid = () => allOf(grid, "button");
export function overview() {
  if (dialog.open) return dialog.close();
  dialog.showModal();
  inGrid()[at().step]?.focus();
}
/**
 * Arrow keys walk the grid as it is laid out, whatever its width.
 * @param {KeyboardEvent} event
 */
export function walk(event) {
  const all = inGrid(), here = all.findIndex((each) => each === document.activeElement);
  const across = Math.max(1, all.filter((each) => each.offsetTop === all[0].offsetTop).length);
  /** @type {Record<string, number | undefined>} */
  const ways = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across, Home: -here, End: all.length - 1 - here };
  const by = ways[event.key];
  if (event.key === "o") dialog.close();
  else if (by === undefined) return;
  else all[Math.max(0, Math.min(all.length - 1, here + by))].focus();
  event.preventDefault();
}
/**
 * Mark where the talk is, in the strip and in the grid.
 * @param {number} step
 */
export function marked(step) {
  /** @type {HTMLButtonElement[]} */
  const inStrip = allOf(strip, "button");
  const here = inStrip[step];
  const item = here?.getAttribute("aria-current") === "step" ? null : here?.parentElement;
  if (item) strip.scrollLeft = item.offsetLeft - strip.clientWidth / 2;
  for (const buttons of [inStrip, inGrid()]) {
    buttons.forEach((each, nth) => {
      if (nth === step) each.setAttribute("aria-current", "step");
      else each.removeAttribute("aria-current");
    });
  }
  inGrid().forEach((each, nth) => each.setAttribute("aria-selected", String(nth === step)));
}
