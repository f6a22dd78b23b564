// Breaking a place where one looks: the row of tools for the stage that is chosen, and what is sent when one is used.

import { allOf, el, put, svgEl } from "../../../../../js/shared/dom.js";
import { clockWords } from "../../../../../js/shared/words.js";
import { hideCard } from "../card.js";
import { setPlaying } from "../clock.js";
import { say } from "../select.js";

/** @import { Diagram } from "../types.js" */
/** @import { SentBreak } from "../message.js" */

const HAMMER = "M14 4l6 6-2.500 2.500-6-6zM12 8.500L4 16.500 7.500 20l8-8M14 4l-3-1-2 2 2 2";
const TICK = "M4 13l5 5L20 6";
const SNIPS = "M6 18a2.500 2.500 0 1 0 .010 0M18 18a2.500 2.500 0 1 0 .010 0M7.500 16L17 4M16.500 16L7 4";

/**
 * @param {string} path
 * @returns {SVGElement}
 */
const icon = (path) => svgEl("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svgEl("path", { d: path }));

export const snips = () => icon(SNIPS);

// Of a tool whose fault stands; the cutter says it of its flow.
export const AGAIN = "It is broken here. Press again to repair it.";

/**
 * Whether a fault that a click makes stands already.
 * @param {Diagram} d
 * @param {SentBreak} fault
 */
export const stands = (d, fault) => d.said?.broken?.includes(fault.fault) ?? false;

/**
 * The tools for the stage that is chosen, one for each fault that fits it, pressed where that stands; none where nothing may be broken.
 * @param {Diagram} d
 */
export function offerBreaks(d) {
  const { breaks } = d.ui, why = d.said?.breakable;
  const stage = d.selected === null ? undefined : d.places.get(d.selected);
  const faults = why === undefined || !d.frames || d.pointing ? [] : (d.data.breaks?.stages[stage?.id ?? ""] ?? []);
  const as = `${stage?.id} ${faults.length} ${why}`;
  if (breaks.dataset.as === as) return press(d, faults);
  breaks.dataset.as = as;
  breaks.hidden = !faults.length;
  d.root.classList.toggle("breaking", faults.length > 0);
  if (!stage || !faults.length) return breaks.replaceChildren();
  const name = `Break ${stage.label} at the moment of the clock`;
  put(breaks, "aria-label", name);
  const hammer = el("span", { class: "hammer", title: name }, icon(HAMMER));
  const tools = faults.map((fault, i) => el("button", {
    type: "button", class: "chip", tabindex: i ? -1 : 0, onclick: () => breakIt(d, fault, stage.label),
  }, el("span", { class: "pressed" }, icon(TICK)), fault.fault.startsWith("cut.") ? snips() : null, el("span", { text: fault.words })));
  breaks.replaceChildren(hammer, ...tools, ...(why ? [el("span", { class: "why", text: why })] : []));
  press(d, faults);
}

/**
 * Each tool as its fault stands or not, in place: who pressed one by key stays on it.
 * @param {Diagram} d
 * @param {SentBreak[]} faults in the order of the tools
 */
function press(d, faults) {
  const why = d.said?.breakable, tools = allOf(d.ui.breaks, ".chip");
  faults.forEach((fault, i) => {
    const on = stands(d, fault);
    put(tools[i], "aria-pressed", on);
    put(tools[i], "aria-disabled", Boolean(why) && !on);
    put(tools[i], "title", on ? AGAIN : why ?? "");
  });
}

/**
 * Ask the server to break it from the moment of the clock on, which stands until the broken day is there; or to repair what stands.
 * @param {Diagram} d
 * @param {SentBreak} fault
 * @param {string} label of the stage
 */
export function breakIt(d, fault, label) {
  if (stands(d, fault)) {
    say(d, `${label}: repaired`);
    return d.send("repaired", fault.fault);
  }
  const why = d.said?.breakable;
  if (why !== "") return say(d, why ?? "");
  setPlaying(d, false);
  clearTimeout(d.momentTimer); // that the clock stands is no news of its own
  hideCard(d);
  say(d, `${label}, ${clockWords(d.t)}: ${fault.words}`);
  d.send("broken", `${fault.fault}@${Math.round(d.t)}`);
}
