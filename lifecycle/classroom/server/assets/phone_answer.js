// After the presenter has shown the answer.

import { byId, el } from "../../../../js/shared/dom.js";
import { answerNumber } from "../../../../js/shared/words.js";
import { phone, same } from "./phone_state.js";
import { called } from "./phone_voting.js";

export function showAnswer({ key, poll }) {
  const box = byId("answer"), anew = box.hidden;
  box.hidden = !key;
  if (!key) return;
  const mine = phone.told.mine;
  const unit = poll.unit ? ` ${poll.unit}` : "";
  const label = (id) => poll.places.find((place) => place.id === id)?.label ?? id;
  let good = null, said;
  if (poll.kind === "predict") {
    said = [`${key.said}.`, mine ? `You said ${answerNumber(Number(mine.number))}${unit}.` : ""];
  } else if (poll.kind === "number") {
    const value = mine?.number; // the server's reading of what was typed; text while that has not come
    good = typeof value === "number" ? Math.abs(value - key.truth) <= key.tolerance + 1e-9 * Math.abs(key.truth) : null;
    said = [`${key.said}.`, mine ? `You said ${mine.number}${unit}.` : ""];
  } else if (poll.kind === "click") {
    good = mine ? key.places.includes(mine.place) : null;
    const nth = poll.places.findIndex((place) => place.id === mine?.place);
    said = [`Right: ${key.places.map(label).join(", ")}.`, mine && !good ? `You chose ${label(mine.place)}.` : ""];
    if (nth >= 0 && key.feedback[nth]) said.push(el("span", { html: key.feedback[nth] }));
  } else {
    const named = (options) => options.map((nth) => poll.letters[nth]).join(", ");
    good = mine ? same(mine.chosen, [...key.options].sort((a, b) => a - b)) : null;
    said = [`Right: ${named(key.options)}.`, mine && !good ? `You chose ${named(mine.chosen)}.` : ""];
  }
  box.classList.toggle("missed", good === false);
  const title = good === null ? (mine ? "" : "The answer") : good ? "Right" : "Not this time";
  if (!mine) said.push(`You did not ${called().mine}.`);
  box.replaceChildren(...(title ? [el("h2", { text: title })] : []), ...said.filter(Boolean).map((each) => el("p", {}, each)), el("div", { html: key.why }));
  if (anew) box.scrollIntoView({ block: "nearest" }); // it stands first, and who scrolled to a place of the diagram sees it come
}
