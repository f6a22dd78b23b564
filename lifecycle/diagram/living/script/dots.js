// What moves in the picture at a moment, as a list: dots on the flows, and drops, lost events that fall from their stage.
// One of either is worth the same number of events. canvas.js draws the list; paper and saved pictures get it as circles.

import { countAt, densest, dotsAt } from "./frames.js";
import { onTrack, trackOf } from "./geometry.js";
import { isStage } from "./types.js";

/** @import { Box, Diagram, Dot, Frames, Layer, SceneEdge, Track } from "./types.js" */

const [SINGLE, CROWDED, DROP] = [3.2, 2.3, 2.6]; // radii
const FALL = 30; // how far a drop falls

/**
 * How far apart the five lanes of a flow are: a flood is wider than a trickle. Where the day's thickest bucket would pile
 * dots up, they take lanes beside the line.
 * @param {number} length of the flow's line
 * @param {Float64Array} sums
 * @param {Frames} frames
 */
export function laneOf(length, sums, frames) {
  const room = (length * frames.step) / frames.travel_s;
  return Math.min(2.6, Math.max(0, (densest(sums, frames) * 6) / Math.max(1, room) - 1));
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
 * The dots on a flow at second `t`, those of them that are whole within `window`.
 * @param {{ track: Track, backwards: boolean, lane: number }} line
 * @param {Float64Array} sums
 * @param {Frames} frames
 * @param {number} t
 * @param {Box | null} [window]
 * @returns {Dot[]}
 */
export function flowDots({ track, backwards, lane }, sums, frames, t, window) {
  const r = lane > 1 ? CROWDED : SINGLE;
  return dotsAt(sums, frames, t).map(([k, share]) => {
    const at = onTrack(track, backwards ? 1 - share : share), side = (((k * 2) % 5) - 2) * lane;
    return { kind: /** @type {const} */ ("dot"), x: at.x - at.dy * side, y: at.y + at.dx * side, r, opacity: 1 };
  }).filter(({ x, y }) => inWindow(window, x, y, r + 1));
}

/**
 * The drops that fall from a stage at second `t`, fading as they fall.
 * @param {Box} box
 * @param {Float64Array} sums
 * @param {Frames} frames
 * @param {number} t
 * @returns {Dot[]}
 */
export function stageDrops({ x, y, w, h }, sums, frames, t) {
  return dotsAt(sums, frames, t).map(([k, share]) => ({
    kind: "drop", x: x + w * 0.58 + ((k * 37) % (w * 0.38)), y: y + h + FALL * share * share, r: DROP, opacity: 1 - share,
  }));
}

/**
 * A flow's line, measured, with lanes for the run that is shown.
 * @param {SceneEdge} edge
 * @param {Float64Array} sums
 * @param {Frames} frames
 */
function measured(edge, sums, frames) {
  const track = (edge.track ??= trackOf(edge.path));
  if (edge.run !== frames) Object.assign(edge, { lane: laneOf(track.length, sums, frames), run: frames });
  return { track, backwards: edge.backwards, lane: edge.lane };
}

/**
 * All that moves at the diagram's moment: the dots of each flow and the drops of each stage, with the group that they
 * belong to. Nothing for who wants nothing to move.
 * @param {Diagram} d
 * @param {Box | null} [window] beyond which no dot is; the frame of a hall where nothing is said
 * @returns {Layer[]}
 */
export function layersOf({ frames, scene, still, t }, window = scene?.window) {
  if (!frames || !scene || still) return [];
  /** @type {Layer[]} */
  const layers = [];
  for (const [key, edge] of scene.edges) {
    const sums = frames.flows.get(key);
    if (sums) layers.push({ group: edge.dots, dots: flowDots(measured(edge, sums, frames), sums, frames, t, window) });
  }
  for (const [id, node] of scene.nodes) {
    const lost = frames.stations.get(id)?.lostSoFar;
    if (lost && isStage(node)) layers.push({ group: node.falls, dots: stageDrops(node.box, lost, frames, t) });
  }
  return layers;
}

const REACH = 9; // of the picture's units from a dot's middle, so that a finger hits it

/**
 * Which dot of a flow lies nearest to a point and within reach of it, counted from the day's first; null for none.
 * @param {SceneEdge} edge
 * @param {Float64Array} sums
 * @param {Frames} frames
 * @param {number} t
 * @param {{ x: number, y: number }} point
 * @returns {number | null}
 */
export function dotNear(edge, sums, frames, t, { x, y }) {
  let near = null, least = REACH;
  const dots = flowDots(measured(edge, sums, frames), sums, frames, t);
  dotsAt(sums, frames, t).forEach(([k], i) => {
    const far = Math.hypot(dots[i].x - x, dots[i].y - y);
    if (far < least) [near, least] = [k, far];
  });
  return near;
}

/**
 * How many dots are on a flow, whole within the picture or not.
 * @param {Float64Array | undefined} sums
 * @param {Frames} frames
 * @param {number} t
 */
export function dotCount(sums, frames, t) {
  if (!sums) return 0;
  const passed = (/** @type {number} */ at) => Math.floor(countAt(sums, frames, at) / frames.per_dot + 1e-9);
  return passed(t) - passed(t - frames.travel_s);
}
