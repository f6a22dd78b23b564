// All steps: a strip that is always there, and an overview for a longer way.

import { byId } from "../../../../js/shared/dom.js";
import { minutes } from "../../../../js/shared/words.js";
import { at, go } from "./desk_acting.js";
import { sum } from "./desk_hearing.js";
import { desk } from "./desk_state.js";

const planned = (step) => sum(desk.talk.steps.slice(0, step)) * 60;
const steps = (tag, id, parts) => byId(id).replaceChildren(...desk.talk.steps.map((step, nth) => {
  const button = Object.assign(document.createElement("button"), { type: "button", title: step.headline, innerHTML: parts });
  const [number, time, headline] = button.children;
  number.textContent = nth + 1;
  time.textContent = minutes(planned(nth));
  if (headline) headline.textContent = step.headline + (step.ask ? " (a question)" : "");
  button.setAttribute("aria-label", `Step ${nth + 1}, from ${minutes(planned(nth))}: ${step.headline}`);
  button.addEventListener("click", () => jump(nth));
  if (tag !== "li") return button;
  const item = document.createElement("li");
  item.append(button);
  return item;
}));
export function furnish() {
  steps("li", "strip", "<b></b><span></span>");
  steps("", "grid", "<b></b><span></span><span></span>");
  for (const button of byId("grid").children) button.setAttribute("role", "option");
}
/** Go to a step out of turn: like every way on, it leaves an open vote only when it is asked for twice. */
function jump(step) {
  byId("overview").close();
  go({ step, points: 0 });
}
export function overview() {
  if (byId("overview").open) return byId("overview").close();
  byId("overview").showModal();
  byId("grid").children[at().step]?.focus();
}
/** Arrow keys walk the grid as it is laid out, whatever its width. */
export function walk(event) {
  const all = [...byId("grid").children], here = all.indexOf(document.activeElement);
  const across = Math.max(1, all.filter((each) => each.offsetTop === all[0].offsetTop).length);
  const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across, Home: -here, End: all.length - 1 - here }[event.key];
  if (event.key === "o") byId("overview").close();
  else if (by === undefined) return;
  else all[Math.max(0, Math.min(all.length - 1, here + by))].focus();
  event.preventDefault();
}
export function marked(step) {
  for (const id of ["strip", "grid"]) {
    [...byId(id).children].forEach((each, nth) => {
      const button = each.firstElementChild.tagName === "BUTTON" ? each.firstElementChild : each;
      if (id === "strip" && nth === step && button.getAttribute("aria-current") !== "step") byId("strip").scrollLeft = each.offsetLeft - byId("strip").clientWidth / 2;
      if (id === "grid") button.setAttribute("aria-selected", String(nth === step));
      if (nth === step) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
  }
}
