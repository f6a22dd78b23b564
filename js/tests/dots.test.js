// What moves at a moment: where dots and drops are, and where the picture's units come to lie on the canvas.

import assert from "node:assert/strict";
import { test } from "node:test";
import { dotCount, flowDots, laneOf, layersOf, stageDrops } from "../../lifecycle/diagram/living/script/dots.js";
import { placement, shown } from "../../lifecycle/diagram/living/script/geometry.js";

/** @import { Box, Diagram, Frames, Track } from "../../lifecycle/diagram/living/script/types.js" */

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

test("lanes lie beside a line that slopes, and not along it", () => {
  const sloping = /** @type {Track} */ ({ length: 100, points: [0, 1, 2, 3, 4].map((n) => ({ x: n * 20, y: n * 15 })) }); // 3, 4, 5
  const flood = Float64Array.of(0, 100, 100, 100, 100);
  const [, , , , fifth, sixth] = flowDots({ track: sloping, backwards: false, lane: 2 }, flood, FRAMES, 100);
  /** @param {{ x: number, y: number }} dot */
  const rounded = ({ x, y }) => [x, y].map((each) => Math.round(each * 1e6) / 1e6);
  // Half-way, two lanes to one side; 10 units before that, in the middle lane.
  assert.deepEqual([rounded(fifth), rounded(sixth)], [[42.4, 26.8], [32, 24]]);
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

/**
 * A picture of one flow and one stage, at 175 s.
 * @param {Partial<Frames>} series
 * @param {{ window?: Box, still?: boolean, edge?: ReturnType<typeof flowOf> }} [seen]
 */
function pictured(series, { window, still = false, edge = flowOf() } = {}) {
  const scene = { edges: new Map([["a>b", edge]]), nodes: new Map([["a", NODE]]), window };
  return /** @type {Diagram} */ (/** @type {unknown} */ ({ frames: { ...FRAMES, ...series }, scene, still, t: 175 }));
}
const NODE = { place: { kind: "stage" }, box: { x: 10, y: 20, w: 100, h: 40 }, falls: {} };
const flowOf = () => ({ dots: {}, track: TRACK, backwards: false, lane: 0 });
const CALM = { flows: new Map([["a>b", SUMS]]) };
const LOSING = { stations: new Map([["a", /** @type {any} */ ({ lostSoFar: SUMS })]]) };

test("each flow's dots come with their group, and none to who wants nothing to move", () => {
  const edge = flowOf();
  const [layer, ...others] = layersOf(pictured(CALM, { edge }));
  assert.equal(layer.group, edge.dots);
  assert.equal(layer.dots.length, 1);
  assert.deepEqual(others, []);
  assert.deepEqual(layersOf(pictured({ ...CALM, ...LOSING }, { still: true })), []);
});

test("what a stage loses falls from it, with a group of its own", () => {
  const [layer, ...others] = layersOf(pictured(LOSING));
  assert.equal(layer.group, NODE.falls);
  assert.deepEqual(layer.dots, stageDrops(NODE.box, SUMS, FRAMES, 175));
  assert.deepEqual(layer.dots.map(({ kind }) => kind), ["drop"]);
  assert.deepEqual(others, []);
});

test("the dots of the picture are those within the frame of a hall", () => {
  /** @param {number} right */
  const within = (right) => layersOf(pictured(CALM, { window: { x: 0, y: 0, w: right, h: 100 } }))[0].dots.length;
  assert.deepEqual([within(100), within(20)], [1, 0]);
});

test("lanes are those of the run that is shown, and of the one after it", () => {
  const edge = { ...flowOf(), track: { ...TRACK, length: 20 } };
  const flood = { flows: new Map([["a>b", Float64Array.of(0, 100, 100, 100, 100)]]) };
  const radii = [CALM, flood, CALM].map((run) => layersOf(pictured(run, { edge }))[0].dots[0].r);
  assert.deepEqual(radii, [3.2, 2.3, 3.2]);
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
