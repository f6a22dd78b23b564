// What moves in the picture at a moment, as a list: dots and packets on the flows, requests that run against them, what a closed
// door sends back, and drops, lost events that fall from their stage. A dot, a drop and what comes back are worth the same number
// of events; a packet has its number on it. canvas.js draws the list; paper and saved pictures get it as SVG.

import { densest, dotsAt, nothingButUnread, packetsAt, timeOf } from "./frames.js";
import { onTrack, trackOf } from "./geometry.js";
import { isStage } from "./types.js";

/** @import { Box, Diagram, Dot, Frames, Layer, SceneEdge, Series, Track, Wire } from "./types.js" */

const [SINGLE, CROWDED, DROP, REQUEST, BACK] = [3.2, 2.3, 2.6, 3.4, 3]; // radii
const FALL = 30; // how far a drop falls
const FALL_S = 600; // of the day, for which it is seen to: it is counted as lost from the first
const BACK_TO = 0.45; // how far up its wire what a door sends back is seen
const [DIGIT, SIDES, HALF_HIGH] = [7.2, 14, 9]; // of a packet: widths within it, and half its height with its rim

/**
 * A flow's line; `over` is the height at which a sign is clear of the boxes at both ends, undefined where none are.
 * @typedef {{ track: Track, backwards: boolean, lane: number, over?: number }} Line
 */

/**
 * How far apart the five lanes of a flow are: a flood is wider than a trickle. Where the day's thickest minute would pile
 * dots up, they take lanes beside the line.
 * @param {number} length of the flow's line
 * @param {Float64Array} sums
 * @param {Frames} frames
 */
export function laneOf(length, sums, frames) {
  const room = (length * frames.minute) / frames.hop_s;
  return Math.min(2.6, Math.max(0, (densest(sums, frames) * 6) / Math.max(1, room) - 1));
}

/**
 * Whether a dot of radius `r` is whole within what is shown of the picture; where all is shown, always.
 * @param {Box | null | undefined} window
 * @param {Dot} dot
 */
function inWindow(window, { x, y, r }) {
  return !window || (x - r - 1 >= window.x && x + r + 1 <= window.x + window.w && y - r - 1 >= window.y && y + r + 1 <= window.y + window.h);
}

/**
 * A place on a flow's line, `side` beside it.
 * @param {Line} line
 * @param {number} share
 * @param {number} [side]
 */
export function placeOn({ track, backwards }, share, side = 0) {
  const at = onTrack(track, backwards ? 1 - share : share);
  return { x: at.x - at.dy * side, y: at.y + at.dx * side };
}

/**
 * A packet's place: whole between the two ends; where two boxes stand too close side by side for its number, above the gap
 * between them.
 * @param {Line} line
 * @param {number} share
 * @param {number} r half its width
 */
export function placeOfPacket(line, share, r) {
  const { x, dx, dy } = onTrack(line.track, 0.5);
  if (line.over !== undefined && Math.abs(dx) * (2 * r - SIDES) > line.track.length) return { x, y: line.over - HALF_HIGH };
  const room = Math.min(0.5, (Math.abs(dx) * r + Math.abs(dy) * HALF_HIGH) / line.track.length);
  return placeOn(line, room + (1 - 2 * room) * share);
}

/** @param {string} words */
export const packetRadius = (words) => (words.length * DIGIT + SIDES) / 2;

/** @param {number} k */
const laneNumber = (k) => ((k * 2) % 5) - 2;

/**
 * The dots on a flow at second `t`, and behind them its packets.
 * @param {Line} line
 * @param {Wire} wire
 * @param {Frames} frames
 * @param {number} t
 * @returns {(Dot & { at: number })[]} with the second at which each set off
 */
export function flowDots(line, { sent }, frames, t) {
  if (t >= frames.end) return []; // all is at once where the run has it
  const r = line.lane > 1 ? CROWDED : SINGLE;
  const dots = dotsAt(sent.steady, frames, t, frames.hop_s).map(([k, share]) => ({
    kind: /** @type {const} */ ("dot"), ...placeOn(line, share, laneNumber(k) * line.lane), r, opacity: 1, at: timeOf(sent.steady, frames, k * frames.per_dot),
  }));
  const packets = packetsAt(sent, frames, t).map(({ events, at, share }) => {
    const words = events.toLocaleString("en"), r = packetRadius(words);
    return { kind: /** @type {const} */ ("packet"), ...placeOfPacket(line, share, r), r, opacity: 1, words, at };
  });
  return [...dots, ...packets];
}

/**
 * The requests that run up a flow at second `t`: each is at its source as what it asks for sets off.
 * @param {Line} line
 * @param {Wire} wire
 * @param {Frames} frames
 * @param {number} t
 * @returns {Dot[]}
 */
export function requests(line, { sent, pulled }, frames, t) {
  const then = t + frames.hop_s;
  if (!pulled || then >= frames.end) return [];
  const shares = [...dotsAt(sent.steady, frames, then, frames.hop_s).map(([, share]) => share), ...packetsAt(sent, frames, then).map(({ share }) => share)];
  return shares.map((share) => ({ kind: "request", ...placeOn(line, 1 - share), r: REQUEST, opacity: 1 }));
}

/**
 * What the closed door at the end of a flow sends back, fading: it has been counted as lost.
 * @param {Line} line
 * @param {Wire} wire
 * @param {Frames} frames
 * @param {number} t
 * @returns {Dot[]}
 */
export function sentBack(line, { refused }, frames, t) {
  return dotsAt(refused, frames, t, frames.hop_s).map(([k, share]) => ({
    kind: "bounce", ...placeOn(line, 1 - BACK_TO * share, laneNumber(k) * 3), r: BACK, opacity: 1 - share * share,
  }));
}

/**
 * The drops that fall from a stage at second `t`, fading as they fall.
 * @param {Box} box
 * @param {Series} series of the stage
 * @param {Frames} frames
 * @param {number} t
 * @returns {Dot[]}
 */
export function stageDrops({ x, y, w, h }, series, frames, t) {
  const kind = nothingButUnread(series, frames, t) ? "unread" : "drop";
  return dotsAt(series.falls, frames, t, FALL_S).map(([k, share]) => ({
    kind, x: x + w * 0.58 + ((k * 37) % (w * 0.38)), y: y + h + FALL * share * share, r: DROP, opacity: 1 - share,
  }));
}

/**
 * A flow's line, measured, with lanes for the run that is shown.
 * @param {SceneEdge} edge
 * @param {Wire} wire
 * @param {Frames} frames
 * @returns {Line}
 */
function measured(edge, wire, frames) {
  const track = (edge.track ??= trackOf(edge.path));
  if (edge.run !== frames) Object.assign(edge, { lane: laneOf(track.length, wire.sent.steady, frames), run: frames });
  return { track, backwards: edge.backwards, lane: edge.lane, over: edge.over };
}

/**
 * Who wants nothing to move sees of a flow where what moves is headed, in its middle: a packet, a request, or what comes back.
 * @param {Line} line
 * @param {Dot[]} dots
 * @returns {Dot[]}
 */
function atRest(line, dots) {
  const packet = dots.find(({ kind }) => kind === "packet"), back = dots.find(({ kind }) => kind === "bounce");
  const request = dots.find(({ kind }) => kind === "request");
  return [[packet, 0.5], [back, 0.88], [request, 0.25]].flatMap(([dot, share]) =>
    (typeof dot === "object" && typeof share === "number"
      ? [{ ...dot, ...(dot.kind === "packet" ? placeOfPacket(line, share, dot.r) : placeOn(line, share)), opacity: 1 }] : []));
}

/**
 * All that moves at the diagram's moment: what is on each flow and the drops of each stage, with the group that they
 * belong to. For who wants nothing to move, signs that stand.
 * @param {Diagram} d
 * @param {Box | null} [window] beyond which no dot is; the frame of a hall where nothing is said
 * @returns {Layer[]}
 */
export function layersOf({ frames, scene, still, t }, window = scene?.window) {
  if (!frames || !scene) return [];
  /** @type {Layer[]} */
  const layers = [];
  for (const [key, edge] of scene.edges) {
    const wire = frames.flows.get(key);
    if (!wire) continue;
    const line = measured(edge, wire, frames);
    const dots = [...requests(line, wire, frames, t), ...flowDots(line, wire, frames, t), ...sentBack(line, wire, frames, t)];
    layers.push({ group: edge.dots, dots: (still ? atRest(line, dots) : dots).filter((dot) => inWindow(window, dot)) });
  }
  for (const [id, node] of scene.nodes) {
    const series = frames.stations.get(id);
    if (series && isStage(node) && !still) layers.push({ group: node.falls, dots: stageDrops(node.box, series, frames, t) });
  }
  return layers;
}

const REACH = 9; // of the picture's units from a dot's middle, so that a finger hits it

/**
 * When that dot or packet of a flow set off which lies nearest to a point, and within reach of it; null for none.
 * @param {SceneEdge} edge
 * @param {Wire} wire
 * @param {Frames} frames
 * @param {number} t
 * @param {{ x: number, y: number }} point
 * @returns {number | null}
 */
export function dotNear(edge, wire, frames, t, { x, y }) {
  let near = null, least = REACH;
  for (const dot of flowDots(measured(edge, wire, frames), wire, frames, t)) {
    const far = Math.max(0, Math.hypot(dot.x - x, dot.y - y) - (dot.kind === "packet" ? dot.r : 0));
    if (far < least) [near, least] = [dot.at, far];
  }
  return near;
}

/**
 * How many dots and packets are on a flow, whole within the picture or not.
 * @param {Wire | undefined} wire
 * @param {Frames} frames
 * @param {number} t
 */
export function dotCount(wire, frames, t) {
  if (!wire || t >= frames.end) return 0;
  return dotsAt(wire.sent.steady, frames, t, frames.hop_s).length + packetsAt(wire.sent, frames, t).length;
}
