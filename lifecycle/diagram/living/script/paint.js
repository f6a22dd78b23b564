// The scene at a moment: dots, levels, ages, faults, losses. Nothing here is drawn that the frames do not say.

import { put, svgEl, write } from "../../../../js/shared/dom.js";
import { number } from "../../../../js/shared/words.js";
import { fillCard } from "./card.js";
import { countAt, densest, dotsAt, stationAt } from "./frames.js";
import { onTrack, placeBadge, placeCounts, placeMark, trackOf } from "./placing.js";
import { ageStep, askerWords, holds, nodeWords, stateWords } from "./state_words.js";
import { actOn, actWords } from "./telling.js";
import { isStage } from "./types.js";
import { fitTexts } from "./view.js";

/** @import { Box, Diagram, FittedText, Frames, Now, SceneEdge, SceneNode, StageNode, Track } from "./types.js" */

/**
 * @param {string} cls
 * @param {number} r
 */
const circle = (cls, r) => svgEl("circle", { class: cls, r });

/**
 * A flood is wider than a trickle: where the day's thickest bucket would pile dots up, they take lanes beside the line.
 * @param {SceneEdge} edge
 * @param {Track} track
 * @param {Float64Array | undefined} sums
 * @param {Frames} frames
 */
function spread(edge, track, sums, frames) {
  const room = (track.length * frames.step) / frames.travel_s;
  edge.lane = sums ? Math.min(2.6, Math.max(0, (densest(sums, frames) * 6) / Math.max(1, room) - 1)) : 0;
  edge.run = frames;
}

/** @param {Diagram} d */
export function paintDots(d) {
  const { frames, scene, t } = d;
  if (!frames || !scene) return;
  for (const [key, edge] of scene.edges) {
    const sums = frames.flows.get(key);
    const places = sums ? dotsAt(sums, frames, t) : [];
    put(edge.group, "data-tokens", places.length);
    const track = (edge.track ??= trackOf(edge.path));
    const shown = d.still ? 0 : places.length;
    while (edge.pool.length < shown) {
      const dot = circle("dot", 3);
      edge.pool.push(dot);
      edge.dots.append(dot);
    }
    if (edge.run !== frames) spread(edge, track, sums, frames);
    edge.pool.forEach((dot, i) => {
      if (i >= shown) return put(dot, "display", "none");
      const [k, place] = places[i];
      const at = onTrack(track, edge.backwards ? 1 - place : place), side = (((k * 2) % 5) - 2) * edge.lane;
      const x = at.x - at.dy * side, y = at.y + at.dx * side, r = edge.lane > 1 ? 2.3 : 3.2;
      if (!inWindow(scene.window, x, y, r + 1)) return put(dot, "display", "none");
      dot.removeAttribute("display");
      dot.setAttribute("cx", x.toFixed(1));
      dot.setAttribute("cy", y.toFixed(1));
      put(dot, "r", r);
    });
  }
  paintFalls(d);
}

/**
 * Whether a dot of radius `r` is whole within what is shown of the picture; where all is shown, always.
 * @param {Box | null | undefined} window
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
function inWindow(window, x, y, r) {
  return !window || (x - r >= window.x && x + r <= window.x + window.w && y - r >= window.y && y + r <= window.y + window.h);
}

/**
 * Lost events fall from their stage: one drop is worth what a dot is.
 * @param {Diagram} d
 */
function paintFalls(d) {
  const { frames, scene, t } = d;
  if (!frames || !scene) return;
  for (const [id, node] of scene.nodes) {
    const series = frames.stations.get(id);
    if (!series || !isStage(node)) continue;
    const places = d.still ? [] : dotsAt(series.lostSoFar, frames, t);
    while (node.fallPool.length < places.length) {
      const drop = circle("drop", 2.6);
      node.fallPool.push(drop);
      node.falls.append(drop);
    }
    node.fallPool.forEach((drop, i) => {
      if (i >= places.length) return put(drop, "display", "none");
      drop.removeAttribute("display");
      const [k, p] = places[i];
      drop.setAttribute("cx", (node.box.x + node.box.w * 0.58 + ((k * 37) % (node.box.w * 0.38))).toFixed(1));
      drop.setAttribute("cy", (node.box.y + node.box.h + 30 * p * p).toFixed(1));
      drop.setAttribute("opacity", (1 - p).toFixed(2));
    });
  }
}

/** @param {Diagram} d */
export function paintStates(d) {
  const { frames, scene, t } = d;
  if (!scene) return;
  d.root.dataset.moment = String(Math.round(t));
  for (const [id, node] of scene.nodes) {
    if (!isStage(node)) {
      put(node.group, "aria-label", `${node.place.label}, undercurrent`);
      continue;
    }
    const now = stationAt(frames, id, t);
    paintLabel(d, node, now);
    const act = actOn(d, id);
    if (act?.short || now) write(node.state, act?.short || nodeWords(node.place, now));
    if (!now) continue;
    const fill = holds(node.place) ? now.level / now.full : 0;
    put(node.tank, "y", (node.box.y + node.box.h * (1 - fill)).toFixed(1));
    put(node.tank, "height", (node.box.h * fill).toFixed(1));
    put(node.group, "data-level", now.level);
    put(node.busy, "width", (node.box.w * now.busy).toFixed(1));
    if (node.place.role === "consumer") put(node.bars, "data-step", ageStep(now.age));
    node.badge.classList.toggle("off", !now.faulty);
    if (now.faulty) placeBadge(d, node);
    node.group.classList.toggle("faulty", now.faulty);
    node.lost.classList.toggle("off", !now.lost);
    write(node.lost, now.lost ? `−${number(now.lost)} lost` : "");
    const askers = askerWords(now);
    node.askers.classList.toggle("off", !askers);
    write(node.askers, askers);
    placeMark(d, node, node.lost, 13);
    placeMark(d, node, node.askers, now.lost ? 26 : 13);
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
  const said = [node.place.label, stateWords(node.place, now), actWords(d, node.place.id)];
  if (score !== undefined) said.push(`quiz ${Math.round(score * 100)} %`);
  put(node.group, "aria-label", said.filter(Boolean).join(". "));
}

/**
 * How much runs along each flow: its width, and in a still picture its number.
 * @param {Diagram} d
 */
function paintFlows(d) {
  const { frames, scene, t } = d;
  if (!frames || !scene) return;
  if (d.still) placeCounts(d);
  for (const [key, edge] of scene.edges) {
    const sums = frames.flows.get(key);
    const here = sums ? countAt(sums, frames, t) - countAt(sums, frames, t - frames.travel_s) : 0;
    edge.group.classList.toggle("runs", here >= 0.5);
    const width = 1.4 + (here > 0 ? Math.min(3.6, (3.6 * here) / (frames.per_dot * 30)) : 0);
    edge.path.style.strokeWidth = d.still ? (width * 1.6).toFixed(2) : width.toFixed(2);
    if (!d.still) {
      write(edge.count, "");
      continue;
    }
    write(edge.count, edge.spot && here >= 0.5 ? number(Math.round(here)) : "");
  }
}

