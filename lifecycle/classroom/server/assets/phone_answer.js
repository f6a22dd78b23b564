// After the presenter has shown the answer.

import { byId, el } from "../../../../js/shared/dom.js";
import { answerNumber } from "../../../../js/shared/words.js";
import { same } from "./phone_state.js";
import { called } from "./phone_voting.js";

/** @import { StateShown, ToPhone } from "../../../../js/shared/class_message.js" */

/** @param {StateShown} state @param {ToPhone["mine"]} mine */
export function showAnswer({ key, poll }, mine) {
  const box = byId("answer"), anew = box.hidden;
  box.hidden = !key;
  if (!key || !poll) return;
  const unit = poll.unit ? ` ${poll.unit}` : "";
  /** @param {string} id */
  const label = (id) => poll.places.find((place) => place.id === id)?.label ?? id;
  /** @type {boolean | null} */
  let good = null;
  /** @type {(string | HTMLElement)[]} */
  let said;
  if (poll.kind === "predict") {
    said = [`${key.said}.`, mine ? `You said ${answerNumber(Number(mine.number))}${unit}.` : ""];
  } else if (poll.kind === "number") {
    const value = mine?.number; // the server's reading of what was typed; text while that has not come
    good = typeof value === "number" && key.truth !== null ? Math.abs(value - key.truth) <= key.tolerance + 1e-9 * Math.abs(key.truth) : null;
    said = [`${key.said}.`, mine ? `You said ${mine.number}${unit}.` : ""];
  } else if (poll.kind === "click") {
    const chosen = mine?.place ?? "";
    good = mine ? key.places.includes(chosen) : null;
    const nth = poll.places.findIndex((place) => place.id === chosen);
    said = [`Right: ${key.places.map(label).join(", ")}.`, mine && !good ? `You chose ${label(chosen)}.` : ""];
    if (nth >= 0 && key.feedback[nth]) said.push(el("span", { html: key.feedback[nth] }));
  } else {
    const chosen = mine?.chosen ?? [];
    /** @param {number[]} options */
    const named = (options) => options.map((nth) => poll.letters[nth]).join(", ");
    good = mine ? same(chosen, [...key.options].sort((a, b) => a - b)) : null;
    said = [`Right: ${named(key.options)}.`, mine && !good ? `You chose ${named(chosen)}.` : ""];
  }
  box.classList.toggle("missed", good === false);
  const title = good === null ? (mine ? "" : "The answer") : good ? "Right" : "Not this time";
  if (!mine) said.push(`You did not ${called().mine}.`);
  box.replaceChildren(...(title ? [el("h2", { text: title })] : []), ...said.filter(Boolean).map((each) => el("p", {}, each)), el("div", { html: key.why }));
  if (anew) box.scrollIntoView({ block: "nearest" }); // it stands first, and who scrolled to a place of the diagram sees it come
}
