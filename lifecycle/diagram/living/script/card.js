// The card that says what a place or a flow is doing.

import { el, write } from "../../../../js/shared/dom.js";
import { capital, clockWords, number } from "../../../../js/shared/words.js";
import { countAt, stationAt } from "./frames.js";
import { HOLDS, ageWords, askerWords } from "./state_words.js";
import { actOn } from "./telling.js";

/** @import { Diagram, SceneEdge } from "./types.js" */

/**
 * A pointer that only passes by opens nothing.
 * @param {Diagram} d
 * @param {string | null} id
 * @param {SceneEdge | null} [flow]
 */
export function soonCard(d, id, flow = null) {
  clearTimeout(d.cardTimer);
  d.cardTimer = setTimeout(() => d.root.isConnected && showCard(d, id, flow), 160);
}

/**
 * @param {Diagram} d
 * @param {string | null} id
 * @param {SceneEdge | null} [flow]
 */
export function showCard(d, id, flow = null) {
  d.cardOf = { id, flow };
  fillCard(d);
  const card = d.ui.card;
  card.hidden = false;
  const home = d.ui.stage.getBoundingClientRect();
  const target = flow ? flow.group : d.scene.nodes.get(id).body;
  const box = target.getBoundingClientRect();
  const below = box.bottom - home.top + 10;
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
  const { id, flow } = d.cardOf;
  const facts = [];
  const card = d.ui.card;
  if (flow) {
    const sums = d.frames?.flows.get(`${flow.flow.source}>${flow.flow.target}`);
    const name = (x) => d.places.get(x)?.label ?? x;
    write(card.querySelector("b"), `${name(flow.flow.source)} → ${name(flow.flow.target)}`);
    write(card.querySelector("p"), flow.flow.label ?? "");
    if (sums) {
      facts.push(["so far", number(Math.floor(countAt(sums, d.frames, d.t)))]);
      facts.push(["dots now", flow.group.getAttribute("data-tokens") ?? "0"]);
    }
  } else {
    const place = d.places.get(id), now = stationAt(d.frames, id, d.t);
    write(card.querySelector("b"), place.label);
    const act = actOn(d, id);
    write(card.querySelector("p"), act ? `${d.places.get(d.overlay).label}: ${act.text}` : [place.detail, place.summary].filter(Boolean).map(capital).join(". "));
    if (now) {
      facts.push(["in", `${number(now.in)}/s`], ["out", `${number(now.out)}/s`], ["waiting", number(now.inside)]);
      facts.push(["busy", `${Math.round(now.busy * 100)} %`], ["age", ageWords(now.age)]);
      if (HOLDS.has(place.role) && place.role !== "buffer") facts.push(["held", number(now.level)]);
      if (now.lost) facts.push(["lost", number(now.lost)]);
      if (askerWords(now)) facts.push(["askers", askerWords(now)]);
      if (now.fault) facts.push(["state", `⚠ ${now.fault}`]);
    }
  }
  if (d.frames) facts.push(["now", clockWords(d.t)]);
  const list = card.querySelector("dl");
  while (list.children.length > facts.length) list.lastChild.remove();
  while (list.children.length < facts.length) list.append(el("div", {}, el("dt"), el("dd")));
  facts.forEach(([name, value], i) => {
    write(list.children[i].firstChild, name);
    write(list.children[i].lastChild, value);
  });
}

