// Beneath the diagram: the ribbon of the event that is followed, its parts as a list, the same event in another run, and
// what it looks like at its stage. All words come from the server and are set as text.

import { allOf, el, put, write } from "../../../../../js/shared/dom.js";

/** @import { Gold } from "../types.js" */
/** @import { Followed, SentBeat, SentRibbon } from "../message.js" */

/**
 * What the ribbon asks for: to go to the beat of a part, and to the stage before or after.
 * @typedef {{ part: (part: number) => void, step: (way: 1 | -1) => void }} Asked
 */

/**
 * @param {Followed} followed
 * @param {Asked} asked
 * @returns {HTMLElement[]}
 */
export function ribbonOf(followed, asked) {
  const { ribbon, other, parting, tag } = followed;
  const head = el("div", { class: "follow-head" }, el("b", { class: "follow-tag", text: tag }), el("span", { class: "follow-now" }),
    el("span", { class: "gap" }), stepButton("Earlier", "To the stage before", () => asked.step(-1)),
    stepButton("Later", "To the next stage", () => asked.step(1)));
  const list = el("ol", { class: "parts", "aria-label": "Its journey, part by part" }, ...ribbon.parts.map((part, i) =>
    el("li", { class: `part ${part.waits ? "waits" : "works"}${part.short ? " short" : ""}` },
      el("button", { type: "button", onclick: () => asked.part(i), "aria-label": part.words, title: part.words },
        part.stage === ribbon.parts[i - 1]?.stage ? null : el("b", { text: `${part.label} ` }), el("span", { text: part.lasted })))),
  el("li", { class: "part-end", text: ribbon.end }));
  const mine = el("div", { class: "ribbon" }, el("p", { class: "ribbon-of" }, el("b", { text: ribbon.title }), `: ${ribbon.words}`), barOf(ribbon, asked));
  const magnifier = el("div", { class: "magnifier" }, el("p", { text: "The short parts enlarged, not to scale:" }), list);
  const beside = el("div", { class: "ribbon beside" });
  if (other) beside.append(el("p", { class: "ribbon-of" }, el("b", { text: other.title }), `: ${other.words}`), barOf(other, null), heardOf(other));
  if (parting) beside.append(el("p", { class: "parting", text: parting }));
  const artefact = el("figure", { class: "artefact" }, el("figcaption"), el("pre", {}, el("code")));
  return [head, mine, el("div", { class: "closer" }, magnifier, artefact), beside];
}

/**
 * @param {string} text
 * @param {string} title
 * @param {() => void} act
 */
const stepButton = (text, title, act) => el("button", { type: "button", class: "tool step", title, "aria-label": title, text, onclick: act });

/**
 * The bar at true proportion; for the mouse, since the list beneath says the same in order.
 * @param {SentRibbon} ribbon
 * @param {Asked | null} asked
 */
function barOf(ribbon, asked) {
  return el("div", { class: "bar", "aria-hidden": "true" }, ...ribbon.parts.map((part, i) =>
    el("span", { class: `part ${part.waits ? "waits" : "works"}${asked ? " open" : ""}`, title: part.words, style: `width: ${(100 * part.share).toFixed(3)}%`,
      onclick: asked && (() => asked.part(i)) }, part.short ? null : el("span", { text: `${part.label} ${part.lasted}` }))));
}

/**
 * The parts of the other run, for those who hear them.
 * @param {SentRibbon} ribbon
 */
const heardOf = (ribbon) => el("ol", { class: "unseen" }, ...ribbon.parts.map(({ words }) => el("li", { text: words })), el("li", { text: ribbon.end }));

/**
 * What happens to it at a beat, when it really did, and how fast the day goes by meanwhile.
 * @param {Followed} followed
 * @param {SentBeat | null} beat null before its birth
 * @param {boolean} over
 */
export function nowWords({ ribbon }, beat, over) {
  if (!beat) return "Nobody has placed this order yet.";
  const part = ribbon.parts[beat.part];
  if (over) return `${part.label}: ${ribbon.end} · ${beat.when}`;
  return `${beat.to ? `Handed over to ${part.label}` : part.words} · ${beat.when} · ${beat.rate}`;
}

/**
 * Mark the part that is shown, say what happens there, and show what the event looks like.
 * @param {HTMLElement} home
 * @param {Gold} gold
 * @param {boolean} over whether it has come to its end
 */
export function markRibbon(home, { place, followed }, over) {
  const beat = place ? followed.beats[place.beat] : null;
  allOf(home, ":is(.ribbon:not(.beside) .bar, .parts) > .part").forEach((part, i) => {
    const here = beat !== null && i % followed.ribbon.parts.length === beat.part;
    part.classList.toggle("here", here);
    const button = part.querySelector("button");
    if (button) put(button, "aria-current", here ? "step" : "false");
  });
  const part = beat ? followed.ribbon.parts[beat.part] : null;
  const now = home.querySelector(".follow-now");
  if (now) write(now, nowWords(followed, beat, over));
  const stage = part?.stage ?? followed.ribbon.parts[0].stage;
  const found = followed.artefacts.find((each) => each.stage === stage);
  const figure = home.querySelector("figure"), caption = home.querySelector("figcaption"), code = home.querySelector("code");
  if (!figure || !caption || !code) return;
  figure.hidden = !found;
  write(caption, found ? `${part?.label ?? followed.ribbon.parts[0].label}: ${found.title}` : "");
  write(code, found?.text ?? "");
}
