// The card that says what a place or a flow is doing.

import { el, oneOf, write } from "../../../../js/shared/dom.js";
import { capital, clockWords, number } from "../../../../js/shared/words.js";
import { cutWords } from "./breaking/cutter.js";
import { countAt, leftBy, onWire, stationAt, tickAt } from "./frames.js";
import { ageWords, askerWords } from "./state_words.js";
import { actWords } from "./telling.js";

/** @import { Diagram, SceneEdge } from "./types.js" */

/**
 * A pointer that only passes by opens nothing.
 * @param {Diagram} d
 * @param {string | SceneEdge} of a place by its id, or a flow
 */
export function soonCard(d, of) {
  clearTimeout(d.cardTimer);
  d.cardTimer = setTimeout(() => d.root.isConnected && showCard(d, of), 160);
}

/**
 * @param {Diagram} d
 * @param {string | SceneEdge} of
 */
export function showCard(d, of) {
  const target = typeof of === "string" ? d.scene?.nodes.get(of)?.body : of.group;
  if (!target) return;
  d.cardOf = of;
  fillCard(d);
  const card = d.ui.card;
  card.hidden = false;
  const home = d.ui.stage.getBoundingClientRect();
  const box = target.getBoundingClientRect();
  const below = box.bottom - home.top + (d.cutting ? 46 : 10); // clear of the wire-cutter
  const left = Math.min(Math.max(6, box.left - home.left + box.width / 2 - card.offsetWidth / 2), home.width - card.offsetWidth - 6);
  const above = box.top - home.top - card.offsetHeight - 10;
  card.style.left = `${left}px`;
  card.style.top = `${above > -60 ? above : below}px`;
}

/** @param {Diagram} d */
export function hideCard(d) {
  clearTimeout(d.cardTimer);
  d.cardOf = null;
  d.ui.card.hidden = true;
}

/** @param {Diagram} d */
export function fillCard(d) {
  const { cardOf, frames } = d;
  if (cardOf === null) return;
  /** @type {[string, string][]} */
  const facts = [];
  const card = d.ui.card;
  if (typeof cardOf !== "string") {
    const { source, target, label } = cardOf.flow;
    const wire = frames?.flows.get(`${source}>${target}`);
    /** @param {string} id */
    const name = (id) => d.places.get(id)?.label ?? id;
    write(oneOf(card, "b"), `${name(source)} → ${name(target)}`);
    const hint = !d.said?.dots || d.still ? "" : "Click a dot to follow one of its orders";
    write(oneOf(card, "p"), [label, hint, cutWords(d, cardOf)].filter(Boolean).join(". "));
    if (frames && wire) {
      facts.push(["so far", number(Math.floor(leftBy(wire.sent, frames, d.t)))], ["on it now", number(Math.round(onWire(wire, frames, d.t)))]);
      facts.push(["goes", wire.pulled ? "when it is asked for" : "unasked"]);
      const back = Math.floor(countAt(wire.refused, frames, d.t));
      if (back) facts.push(["sent back", number(back)]);
    }
  } else {
    const place = d.places.get(cardOf), now = stationAt(frames, cardOf, d.t);
    if (!place) return;
    write(oneOf(card, "b"), place.label);
    write(oneOf(card, "p"), actWords(d, cardOf) || [place.detail, place.summary].filter(Boolean).map(capital).join(". "));
    if (now) {
      facts.push(["in", `${number(now.in)}/s`], ["out", `${number(now.out)}/s`], ["waiting", number(now.inside)]);
      facts.push(["busy", `${Math.round(now.busy * 100)} %`], ["age", ageWords(now.age)]);
      const tick = frames && tickAt(frames, place.id, d.t);
      if (tick) facts.push(["next tick", clockWords(tick.next)]);
      if (place.keeps) facts.push(["held", number(now.level)]);
      if (now.lost) facts.push(["lost", `${number(now.lost)}${now.usual ? ", unreadable" : ""}`]);
      if (askerWords(now)) facts.push(["askers", askerWords(now)]);
      if (now.fault) facts.push(["state", `⚠ ${now.fault}`]);
    }
  }
  if (frames) facts.push(["now", clockWords(d.t)]);
  const list = oneOf(card, "dl");
  while (list.children.length > facts.length) list.lastElementChild?.remove();
  while (list.children.length < facts.length) list.append(el("div", {}, el("dt"), el("dd")));
  facts.forEach(([name, value], i) => {
    const [term, detail] = list.children[i].children;
    write(term, name);
    write(detail, value);
  });
}

