// All steps at a glance: what is to come is a number, since the hall reads along.

import { allOf, el } from "../../../js/shared/dom.js";
import { go } from "./moving.js";

/** @import { Conductor } from "./types.js" */

/** @param {Conductor} c */
export function overview(c) {
  const { steps, stepList } = c.ui;
  if (steps.open) return steps.close();
  c.furthest = Math.max(c.furthest, c.step);
  stepList.replaceChildren(...c.headlines.map((headline, nth) => {
    const known = nth <= c.furthest;
    const button = el("button", { type: "button", text: known ? `${nth + 1}  ${headline}` : `${nth + 1}`, "aria-label": known ? `Step ${nth + 1}: ${headline}` : `Step ${nth + 1}`, onclick: () => { steps.close(); go(c, { step: nth, shown: 0 }); } });
    if (nth === c.step) button.setAttribute("aria-current", "step");
    return button;
  }));
  steps.showModal();
  allOf(stepList, "[aria-current]")[0]?.focus();
}

/**
 * Arrow keys walk the steps as they are laid out.
 * @param {Conductor} c
 * @param {KeyboardEvent} event
 */
export function walk(c, event) {
  /** @type {HTMLButtonElement[]} */
  const all = allOf(c.ui.stepList, "button"), here = all.findIndex((each) => each.matches(":focus"));
  const across = Math.max(1, all.filter((each) => each.offsetTop === all[0].offsetTop).length);
  /** @type {Record<string, number | undefined>} */
  const ways = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across, Home: -here, End: all.length - 1 - here };
  const by = ways[event.key];
  if (event.key === "o") c.ui.steps.close();
  else if (by !== undefined) all[Math.max(0, Math.min(all.length - 1, here + by))].focus();
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}
