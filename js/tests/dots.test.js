// What moves at a moment: where dots and drops are, and where the picture's units come to lie on the canvas.

import assert from "node:assert/strict";
import { test } from "node:test";
import { dotCount, flowDots, laneOf, layersOf, stageDrops } from "../../lifecycle/diagram/living/script/dots.js";
import { placement, shown } from "../../lifecycle/diagram/living/script/geometry.js";

/** @import { Diagram, Frames, Track } from "../../lifecycle/diagram/living/script/types.js" */

/** Four buckets of 100 s; a dot is worth ten events and takes 100 s. */
const FRAMES = /** @type {Frames} */ ({ n: 4, start: 0, end: 400, step: 100, travel_s: 100, per_dot: 10, stations: new Map(), flows: new Map() });
/** Twenty events in the second bucket: dots set off at 150 s and at 200 s. */
const SUMS = Float64Array.of(0, 0, 20, 20, 20);
/** From (0, 50) to (100, 50). */
const TRACK = /** @type {Track} */ ({ length: 100, points: [0, 25, 50, 75, 100].map((x) => ({ x, y: 50 })) });
const LINE = { track: TRACK, backwards: false, lane: 0 };

test("dots stand along their line by how long ago they set off", () => {
  assert.deepEqual(flowDots(LINE, SUMS, FRAMES, 140), []);
  assert.deepEqual(flowDots(LINE, SUMS, FRAMES, 175), [{ kind: "dot", x: 25, y: 50, r: 3.2, opacity: 1 }]);
  assert.deepEqual(flowDots(LINE, SUMS, FRAMES, 225).map(({ x, y }) => [x, y]), [[75, 50], [25, 50]]);
  assert.deepEqual(flowDots(LINE, SUMS, FRAMES, 300), []);
});

test("on a line that was drawn from its end dots walk the other way", () => {
  assert.deepEqual(flowDots({ ...LINE, backwards: true }, SUMS, FRAMES, 175).map(({ x }) => x), [75]);
});

test("a flood takes five lanes beside the line, of smaller dots; a trickle none", () => {
  const flood = Float64Array.of(0, 100, 100, 100, 100);
  assert.equal(laneOf(100, SUMS, FRAMES), 0);
  assert.equal(laneOf(20, flood, FRAMES), 2);
  assert.equal(laneOf(1, flood, FRAMES), 2.6);
  const dots = flowDots({ ...LINE, lane: 2 }, flood, FRAMES, 100);
  assert.equal(dots.length, 10);
  assert.deepEqual([...new Set(dots.map(({ y }) => y))].sort(), [46, 48, 50, 52, 54]);
  assert.deepEqual([...new Set(dots.map(({ r }) => r))], [2.3]);
});

test("a dot that the frame of a hall would cut is left out", () => {
  /** @param {number} right */
  const within = (right) => flowDots(LINE, SUMS, FRAMES, 225, { x: 0, y: 0, w: right, h: 100 }).map(({ x }) => x);
  assert.deepEqual(within(100), [75, 25]);
  assert.deepEqual(within(79), [25]);
  assert.deepEqual(within(29), []);
});

test("drops fall ever faster from the lower edge of their stage, and fade", () => {
  const box = { x: 10, y: 20, w: 100, h: 40 };
  const [first, second] = stageDrops(box, SUMS, FRAMES, 200);
  assert.deepEqual([first.y, second.y], [67.5, 60]);
  assert.deepEqual([first.opacity, second.opacity], [0.5, 1]);
  for (const { kind, x } of [first, second]) {
    assert.equal(kind, "drop");
    assert.ok(x >= box.x + 0.58 * box.w && x < box.x + 0.96 * box.w);
  }
});

test("dots are counted as they are drawn", () => {
  for (const t of [0, 149, 150, 175, 200, 249, 250, 300, 400]) {
    assert.equal(dotCount(SUMS, FRAMES, t), flowDots(LINE, SUMS, FRAMES, t).length);
  }
  assert.equal(dotCount(SUMS, FRAMES, 225), 2);
  assert.equal(dotCount(undefined, FRAMES, 225), 0);
});

test("each flow's dots come with their group, and none to who wants nothing to move", () => {
  const group = {}, edge = { dots: group, track: TRACK, backwards: false, run: FRAMES, lane: 0 };
  const scene = { edges: new Map([["a>b", edge]]), nodes: new Map() };
  /** @param {boolean} still */
  const diagram = (still) => /** @type {Diagram} */ (/** @type {unknown} */ ({ frames: { ...FRAMES, flows: new Map([["a>b", SUMS]]) }, scene, still, t: 175 }));
  const [layer, ...others] = layersOf(diagram(false));
  assert.equal(layer.group, group);
  assert.equal(layer.dots.length, 1);
  assert.deepEqual(others, []);
  assert.deepEqual(layersOf(diagram(true)), []);
});

test("the picture lies in the middle of its window, as large as it fits, zoomed about where its viewer is", () => {
  const view = { k: 1, x: 0, y: 0 };
  assert.deepEqual(placement({ w: 400, h: 100 }, { x: 0, y: 0, w: 100, h: 50 }, view, [0, 0]), { scale: 2, x: 100, y: 0 });
  assert.deepEqual(placement({ w: 100, h: 400 }, { x: 10, y: 20, w: 100, h: 50 }, view, [4, 6]), { scale: 1, x: -6, y: 161 });
  assert.deepEqual(placement({ w: 100, h: 50 }, { x: 0, y: 0, w: 100, h: 50 }, { k: 2, x: -30, y: -10 }, [4, 0]), { scale: 2, x: -22, y: -10 });
});

test("a window of another shape shows more than the picture, and that is where dots may be", () => {
  const window = { w: 400, h: 100 }, placed = placement(window, { x: 10, y: 20, w: 100, h: 50 }, { k: 1, x: 0, y: 0 }, [4, 6]);
  assert.deepEqual(shown(window, placed), { x: -44, y: 14, w: 200, h: 50 });
});
