// A view that answers a wrong answer: what it changed, and the way back to the question.

import { byId, el } from "../../../../js/shared/dom.js";
import { clockWords } from "../../../../js/shared/words.js";
import { COURSE } from "./course.js";
import { dayIds } from "./days.js";
import { placeOf, show } from "./page.js";
import { go, page } from "./state.js";

const CALLED = { scenario: "Scenario", start: "Who starts", size: "How much at a time", transform: "Transformation" };

function changesBetween(before, after) {
  const title = (id) => COURSE.scenarios[dayIds.indexOf(id)].title;
  const told = Object.entries(CALLED).filter(([name]) => before[name] !== after[name])
    .map(([name, label]) => [label, ...[before, after].map((each) => (name === "scenario" ? title(each.scenario) : each[name]))]);
  if (before.further !== after.further) told.push(["Settings of the link", before.further || "none", after.further || "none"]);
  const clock = (each) => (each.moment === null ? "playing" : `stopped at ${clockWords(each.moment)}`);
  if (before.moment !== after.moment) told.push(["Clock", clock(before), clock(after)]);
  return told;
}

export function showSeen() {
  const host = byId("seen");
  host.hidden = !page.seen;
  if (!page.seen) return host.replaceChildren();
  const place = placeOf(page.state.stage), under = page.state.view === "watch" ? ", under Watch" : "";
  const where = `Look at ${place ? place.title + under : "the diagram and the charts beneath it"}.`;
  const told = changesBetween(page.seen.before, page.state).map(([label, was, now]) => `${label} from ${was} to ${now}`).join("; ");
  host.replaceChildren(
    el("p", { text: `${told ? `To show you this, the page changed ${told}.` : "No setting was changed for this."} ${where}` }),
    el("button", { type: "button", text: "Back to the question", onclick: () => { const { before } = page.seen; page.seen = null; go(before); byId("panel").focus(); } }),
    el("button", { type: "button", text: "Stay here", onclick: () => { page.seen = null; show(); } }));
}
