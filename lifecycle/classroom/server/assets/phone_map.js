// The diagram on a phone, whose places are tapped.

import { allOf, copyOf } from "../../../../js/shared/dom.js";
import { ask } from "./phone_hearing.js";
import { phone } from "./phone_state.js";

/** @import { PollShown, StateShown } from "../../../../js/shared/class_message.js" */

/** @type {Promise<string> | null} */
let picture = null; // asked for once
/**
 * @param {HTMLElement} map
 * @param {PollShown} poll
 * @param {(id: string) => void} tapped
 */
export async function diagram(map, poll, tapped) {
  picture ??= ask("diagram.svg").then((answer) => (answer?.ok ? answer.text() : Promise.reject(new Error())));
  try {
    const svg = document.importNode(new DOMParser().parseFromString(await picture, "image/svg+xml").documentElement, true);
    for (const name of ["width", "height"]) svg.removeAttribute(name);
    for (const title of svg.querySelectorAll("title")) title.remove();
    for (const { id } of poll.places) {
      const [spot] = spots(svg, `#${CSS.escape(id.includes("->") ? `flow-${id.replace("->", "-")}` : `stage-${id}`)}`);
      if (!spot) continue;
      spot.classList.add("spot");
      spot.dataset.place = id;
      spot.addEventListener("click", () => tapped(id));
    }
    map.replaceChildren(svg);
    /** @type {SVGPathElement[]} */
    const outlines = allOf(svg, ".spot > path");
    for (const path of outlines) {
      if (path.closest(".node") && path.getBBox().height > 40) continue; // large enough for a finger
      const touch = copyOf(path);
      touch.classList.add("touch");
      path.after(touch);
    }
  } catch {
    picture = null;
    map.replaceChildren();
  }
}
/**
 * @param {ParentNode} within
 * @param {string} selector
 * @returns {SVGElement[]}
 */
const spots = (within, selector) => allOf(within, selector);
/** @param {HTMLElement} map @param {StateShown} state */
export function light(map, state) {
  for (const spot of spots(map, ".spot")) {
    const place = spot.dataset.place ?? "";
    spot.classList.toggle("mine", place === phone.draft?.place);
    spot.classList.toggle("right", Boolean(state.key?.places.includes(place)));
  }
}
