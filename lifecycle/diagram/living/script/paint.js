// The scene at a moment: levels, ages, faults, losses, and how much flows. Nothing here is drawn that the frames do not say.

import { put, write } from "../../../../js/shared/dom.js";
import { number } from "../../../../js/shared/words.js";
import { fillCard } from "./card.js";
import { dotCount } from "./dots.js";
import { onWire, packetsAt, stationAt, tickAt } from "./frames.js";
import { joinAgain, placeBadge, placeCounts, placeMark, placeSnipped } from "./placing.js";
import { ageStep, askerWords, holds, lostWords, nodeWords, stateWords } from "./state_words.js";
import { actOn, actWords } from "./telling.js";
import { isStage } from "./types.js";
import { fitTexts } from "./view.js";

/** @import { Diagram, FittedText, Now, SceneNode, StageNode } from "./types.js" */

const LEAK = "names leak";

/**
 * Whether names have leaked at a stage by now.
 * @param {Diagram} d
 * @param {string} id
 */
function leaksAt(d, id) {
  const since = d.said?.leaks?.[id];
  return since !== undefined && since <= d.t;
}

/** @param {Diagram} d */
export function paintStates(d) {
  const { frames, scene, t } = d;
  if (!scene) return;
  d.root.dataset.moment = String(Math.round(t));
  for (const sign of d.mades) sign.hidden = t < (d.late?.caught_up ?? 0) && t < (frames?.end ?? 0);
  for (const [id, node] of scene.nodes) {
    if (!isStage(node)) {
      put(node.group, "aria-label", `${node.place.label}, undercurrent`);
      continue;
    }
    const now = stationAt(frames, id, t);
    paintLabel(d, node, now);
    const short = leaksAt(d, id) ? "" : actOn(d, id)?.short; // where names leak, nobody is kept out
    if (short || now) write(node.state, short || nodeWords(node.place, now));
    if (!now) continue;
    const fill = holds(node.place) ? now.level / now.full : 0;
    put(node.tank, "y", (node.box.y + node.box.h * (1 - fill)).toFixed(1));
    put(node.tank, "height", (node.box.h * fill).toFixed(1));
    put(node.group, "data-level", now.level);
    put(node.busy, "width", (node.box.w * now.busy).toFixed(1));
    if (node.place.role === "consumer") put(node.bars, "data-step", ageStep(now.age));
    paintTick(node, frames && tickAt(frames, id, t));
    node.badge.classList.toggle("off", !now.faulty);
    if (now.faulty) placeBadge(d, node);
    node.group.classList.toggle("faulty", now.faulty);
    node.lost.classList.toggle("off", !now.lost);
    node.lost.classList.toggle("usual", now.usual);
    write(node.lost, now.lost ? `${now.usual ? "" : "−"}${lostWords(now)}` : "");
    const askers = askerWords(now);
    node.askers.classList.toggle("off", !askers);
    write(node.askers, askers);
    placeMark(d, node, node.lost, 13);
    placeMark(d, node, node.askers, now.lost ? 26 : 13);
    const leaks = leaksAt(d, id);
    node.group.classList.toggle("leaks", leaks);
    node.leak.classList.toggle("off", !leaks);
    write(node.leak, leaks ? LEAK : "");
    placeMark(d, node, node.leak, 13 + 13 * Number(Boolean(now.lost)) + 13 * Number(Boolean(askers)));
  }
  fitTexts(d, [...scene.nodes.values()].filter(isStage).map(stateRoom));
  paintFlows(d);
  if (d.cardOf) fillCard(d);
}

/**
 * @param {StageNode} node
 * @returns {[FittedText, number]}
 */
const stateRoom = (node) => [node.state, node.room];

/**
 * @param {Diagram} d
 * @param {SceneNode} node
 * @param {Now | null} now
 */
function paintLabel(d, node, now) {
  const score = d.progress[node.place.id];
  const said = [node.place.label, stateWords(node.place, now), leaksAt(d, node.place.id) ? `${LEAK} here` : "", actWords(d, node.place.id)];
  if (score !== undefined) said.push(`quiz ${Math.round(score * 100)} %`);
  put(node.group, "aria-label", said.filter(Boolean).join(". "));
}

/**
 * A batch fills a ring: how much of the time before its next tick has gone.
 * @param {StageNode} node
 * @param {{ share: number, next: number } | null} tick
 */
function paintTick({ tick: ring }, tick) {
  ring.classList.toggle("off", !tick);
  if (tick) put(ring, "stroke-dasharray", `${(100 * tick.share).toFixed(0)} 100`);
}

/**
 * How much runs along each flow: its width, and in a still picture its number.
 * @param {Diagram} d
 */
function paintFlows(d) {
  const { frames, scene, t } = d;
  if (!frames || !scene) return;
  if (d.still) placeCounts(d);
  const leaking = new Set([...scene.nodes.keys()].some((id) => leaksAt(d, id)) ? d.said?.leaking : []);
  for (const [key, edge] of scene.edges) {
    const wire = frames.flows.get(key), here = onWire(wire, frames, t);
    const snipped = frames.faults.some(({ kind, stage, from, to }) => kind === "cut" && stage === edge.flow.source && from <= t && t < to);
    if (snipped) placeSnipped(edge);
    else if (!edge.snipped.classList.contains("off")) joinAgain(edge);
    edge.snipped.classList.toggle("off", !snipped);
    put(edge.group, "data-tokens", dotCount(wire, frames, t));
    edge.group.classList.toggle("runs", here >= 0.5);
    edge.group.classList.toggle("leaking", leaking.has(key));
    const width = 1.4 + (here > 0 ? Math.min(3.6, (3.6 * here) / (frames.per_dot * 30)) : 0);
    edge.path.style.strokeWidth = d.still ? (width * 1.6).toFixed(2) : width.toFixed(2);
    if (!d.still) {
      write(edge.count, "");
      continue;
    }
    const packet = wire && packetsAt(wire.sent, frames, t).length; // it has its number on it
    write(edge.count, edge.spot && here >= 0.5 && !packet ? number(Math.round(here)) : "");
  }
}
