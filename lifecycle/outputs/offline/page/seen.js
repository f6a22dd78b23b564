// A view that answers a wrong answer: what it changed, and the way back to the question.

import { byId, el } from "../../../../js/shared/dom.js";
import { clockWords } from "../../../../js/shared/words.js";
import { placeOf } from "./course.js";
import { SWITCHES, scenarioOf } from "./days.js";
import { show } from "./page.js";
import { go, page } from "./state.js";

/** @import { State } from "./types.js" */

const CALLED = { start: "Who starts", size: "How much at a time", transform: "Transformation" };

/** @param {State} state */
const clock = ({ moment }) => (moment === null ? "playing" : `stopped at ${clockWords(moment)}`);

/**
 * What is set otherwise: its name, and how it was and is.
 * @param {State} before
 * @param {State} after
 */
function changesBetween(before, after) {
  const settings = [
    ["Scenario", ...[before, after].map(({ scenario }) => scenarioOf(scenario).title)],
    ...SWITCHES.map((name) => [CALLED[name], before[name], after[name]]),
    ["Settings of the link", before.further || "none", after.further || "none"],
    ["Clock", clock(before), clock(after)],
  ];
  return settings.filter(([, was, now]) => was !== now);
}

export function showSeen() {
  const host = byId("seen");
  const { seen } = page;
  host.hidden = !seen;
  if (!seen) return host.replaceChildren();
  const place = placeOf(page.state.stage), under = page.state.view === "watch" ? ", under Watch" : "";
  const where = `Look at ${place ? place.title + under : "the diagram and the charts beneath it"}.`;
  const changes = changesBetween(seen.before, page.state).map(([label, was, now]) => `${label} from ${was} to ${now}`).join("; ");
  host.replaceChildren(
    el("p", { text: `${changes ? `To show you this, the page changed ${changes}.` : "No setting was changed for this."} ${where}` }),
    el("button", { type: "button", text: "Back to the question", onclick: () => { page.seen = null; go(seen.before); byId("panel").focus(); } }),
    el("button", { type: "button", text: "Stay here", onclick: () => { page.seen = null; show(); } }));
}
