// The state of the picture for those who read or hear rather than look.

import { el, write } from "../../../../js/shared/dom.js";
import { clockWords, number } from "../../../../js/shared/words.js";
import { stationAt } from "./frames.js";
import { ageWords, askerWords, holds, lostWords } from "./state_words.js";

/** @import { Diagram } from "./types.js" */
/** @import { SentAct } from "./message.js" */

/**
 * What the undercurrent laid over the picture does at a place: `{text, short}`, or undefined.
 * @param {Diagram} d
 * @param {string} id
 * @returns {SentAct | undefined}
 */
export function actOn(d, id) {
  return d.overlay ? d.places.get(d.overlay)?.acts[id] : undefined;
}

/**
 * The same in a sentence, after the undercurrent's name; "" where it does nothing.
 * @param {Diagram} d
 * @param {string} id
 */
export function actWords(d, id) {
  const current = d.overlay === null ? undefined : d.places.get(d.overlay), act = current?.acts[id];
  return current && act ? `${current.label}: ${act.text}` : "";
}

/**
 * The same state as a table, for anyone who reads rather than looks.
 * @param {Diagram} d
 */
export function paintTable(d) {
  if (!d.ui.words.open || !d.frames) return;
  const rows = d.stages.map((place) => {
    const now = stationAt(d.frames, place.id, d.t);
    const cells = now
      ? [number(now.in), number(now.out), number(now.inside), holds(place) ? number(now.level) : "–",
         `${Math.round(now.busy * 100)} %`, ageWords(now.age), number(now.lost), askerWords(now) || "–", now.fault || "–"]
      : Array(9).fill("–");
    return el("tr", {}, el("th", { scope: "row", text: place.label }), ...cells.map((text) => el("td", { text })));
  });
  d.ui.tableBody.replaceChildren(...rows);
  write(d.ui.tableCaption, `State of the pipeline at ${clockWords(d.t)}; in and out are events a second`);
}

/**
 * What is worth saying aloud when the clock stops.
 * @param {Diagram} d
 */
export function summaryWords(d) {
  const said = [`Paused at ${clockWords(d.t)}.`];
  for (const place of d.stages) {
    const now = stationAt(d.frames, place.id, d.t);
    if (!now) continue;
    if (now.fault) said.push(`${place.label}: ${now.fault}.`);
    if (place.role === "consumer") said.push(`${place.label}: ${now.age < 0 ? "no data yet" : `newest data is ${ageWords(now.age)}`}.`);
    else if (now.inside >= 1 && place.role !== "source") said.push(`${place.label}: ${number(now.inside)} waiting.`);
    if (now.lost) said.push(`${place.label}: ${lostWords(now)}.`);
    if (askerWords(now)) said.push(`${place.label}: ${askerWords(now)}.`);
  }
  return said.join(" ");
}
