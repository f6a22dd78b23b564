// What moves at a moment: where dots and drops are, and where the picture's units come to lie on the canvas.

import assert from "node:assert/strict";
import { test } from "node:test";
import { dotCount, flowDots, laneOf, layersOf, requests, sentBack, stageDrops } from "../../lifecycle/diagram/living/script/dots.js";
import { placement, shown } from "../../lifecycle/diagram/living/script/geometry.js";

/** @import { Box, Diagram, Dot, Frames, Track, Wire } from "../../lifecycle/diagram/living/script/types.js" */

/** Four minutes of 100 s; a dot is worth ten events and takes 100 s. */
const FRAMES = /** @type {Frames} */ (/** @type {unknown} */ ({
  n: 4, minutes: 4, start: 0, end: 400, step: 100, minute: 100, hop_s: 100, per_dot: 10, keeps: [], ticks: {}, stations: new Map(), flows: new Map(),
}));
const NOTHING = Float64Array.of(0, 0, 0, 0, 0, 0);
/** Twenty events in the second minute: dots set off at 150 s and at 200 s. */
const SUMS = Float64Array.of(0, 0, 20, 20, 20, 20);
/**
 * @param {Partial<Wire> & { steady?: Float64Array, packets?: { at: number, events: number }[] }} more
 * @returns {Wire}
 */
const wireOf = ({ steady = NOTHING, packets = [], ...more }) => ({ sent: { steady, together: NOTHING, packets }, refused: NOTHING, pulled: false, loop: false, ...more });
const WIRE = wireOf({ steady: SUMS });
const FLOOD = wireOf({ steady: Float64Array.of(0, 100, 100, 100, 100, 100) });
/** From (0, 50) to (100, 50). */
const TRACK = /** @type {Track} */ ({ length: 100, points: [0, 25, 50, 75, 100].map((x) => ({ x, y: 50 })) });
const LINE = { track: TRACK, backwards: false, lane: 0 };
/** @param {Dot[]} dots */
const xs = (dots) => dots.map(({ x }) => Math.round(x * 1e6) / 1e6);

test("dots stand along their line by how long ago they set off", () => {
  assert.deepEqual(flowDots(LINE, WIRE, FRAMES, 140), []);
  assert.deepEqual(flowDots(LINE, WIRE, FRAMES, 175), [{ kind: "dot", x: 25, y: 50, r: 3.2, opacity: 1, at: 150 }]);
  assert.deepEqual(flowDots(LINE, WIRE, FRAMES, 225).map(({ x, y }) => [x, y]), [[75, 50], [25, 50]]);
  assert.deepEqual(flowDots(LINE, WIRE, FRAMES, 300), []);
});

test("after midnight nothing is on a wire, and what was under way then is no dot", () => {
  const late = wireOf({ steady: Float64Array.of(0, 0, 0, 0, 10, 500) });
  assert.equal(flowDots(LINE, late, FRAMES, 399.9).length, 0);
  assert.deepEqual(flowDots(LINE, late, FRAMES, 400), []);
  assert.deepEqual(flowDots(LINE, wireOf({ packets: [{ at: 350, events: 90 }] }), FRAMES, 400), []);
});

test("on a line that was drawn from its end dots walk the other way", () => {
  assert.deepEqual(xs(flowDots({ ...LINE, backwards: true }, WIRE, FRAMES, 175)), [75]);
});

test("a packet is one sign with its number, from when it sets off until it arrives", () => {
  const wire = wireOf({ packets: [{ at: 200, events: 9070 }] });
  assert.deepEqual([199, 200, 250, 299.9, 300].map((t) => flowDots(LINE, wire, FRAMES, t).length), [0, 1, 1, 1, 0]);
  const [packet] = flowDots(LINE, wire, FRAMES, 250);
  assert.deepEqual([packet.kind, packet.words, packet.x, packet.at], ["packet", "9,070", 50, 200]);
  // however short the wire, it is whole between the two ends
  for (const t of [200, 225, 299]) {
    const [{ x, r }] = flowDots(LINE, wire, FRAMES, t);
    assert.ok(x - r >= -1e-9 && x + r <= 100 + 1e-9);
  }
});

test("a packet that does not fit between two boxes side by side stands above the gap", () => {
  const wire = wireOf({ packets: [{ at: 200, events: 9070 }] });
  const gap = { ...LINE, track: /** @type {Track} */ ({ length: 12, points: [0, 6, 12].map((x) => ({ x, y: 50 })) }) };
  const [{ x, y, r }] = flowDots({ ...gap, over: 8 }, wire, FRAMES, 225);
  assert.ok(r > 6);
  assert.deepEqual([x, y < 0], [6, true]);
  assert.equal(flowDots({ ...LINE, over: 8 }, wire, FRAMES, 250)[0].y, 50); // where it fits it stays on its wire
  const down = { ...gap, track: /** @type {Track} */ ({ length: 12, points: [0, 6, 12].map((at) => ({ x: 50, y: at })) }) };
  assert.equal(flowDots({ ...down, over: 8 }, wire, FRAMES, 250)[0].x, 50);
});

test("in a pull a request runs up the wire and is at its source as the data sets off; in a push none does", () => {
  const pulled = wireOf({ steady: SUMS, packets: [{ at: 300, events: 7 }], pulled: true });
  assert.deepEqual(xs(requests(LINE, pulled, FRAMES, 75)), [75]);
  assert.deepEqual(xs(requests(LINE, pulled, FRAMES, 149)), [1, 51]);
  assert.deepEqual(xs(requests(LINE, pulled, FRAMES, 225)), [75]);
  assert.ok(requests(LINE, pulled, FRAMES, 149).every(({ kind }) => kind === "request"));
  assert.deepEqual(requests(LINE, { ...pulled, pulled: false }, FRAMES, 149), []);
});

test("what a closed door sends back goes up the wire from its end, fading", () => {
  const wire = wireOf({ refused: SUMS });
  const [early, late] = [sentBack(LINE, wire, FRAMES, 160)[0], sentBack(LINE, wire, FRAMES, 240)[0]];
  assert.ok(early.x > late.x && late.x > 50);
  assert.ok(early.opacity > late.opacity);
  assert.equal(early.kind, "bounce");
  assert.deepEqual(sentBack(LINE, wire, FRAMES, 140), []);
});

test("a flood takes five lanes beside the line, of smaller dots; a trickle none", () => {
  assert.equal(laneOf(100, SUMS, FRAMES), 0);
  assert.equal(laneOf(20, FLOOD.sent.steady, FRAMES), 2);
  assert.equal(laneOf(1, FLOOD.sent.steady, FRAMES), 2.6);
  const dots = flowDots({ ...LINE, lane: 2 }, FLOOD, FRAMES, 100);
  assert.equal(dots.length, 10);
  assert.deepEqual([...new Set(dots.map(({ y }) => y))].sort(), [46, 48, 50, 52, 54]);
  assert.deepEqual([...new Set(dots.map(({ r }) => r))], [2.3]);
});

test("lanes lie beside a line that slopes, and not along it", () => {
  const sloping = /** @type {Track} */ ({ length: 100, points: [0, 1, 2, 3, 4].map((n) => ({ x: n * 20, y: n * 15 })) }); // 3, 4, 5
  const [, , , , fifth, sixth] = flowDots({ track: sloping, backwards: false, lane: 2 }, FLOOD, FRAMES, 100);
  /** @param {{ x: number, y: number }} dot */
  const rounded = ({ x, y }) => [x, y].map((each) => Math.round(each * 1e6) / 1e6);
  // Half-way, two lanes to one side; 10 units before that, in the middle lane.
  assert.deepEqual([rounded(fifth), rounded(sixth)], [[42.4, 26.8], [32, 24]]);
});

const NONE_YET = new Float64Array(SUMS.length);
const FALLING = /** @type {any} */ ({ falls: SUMS, lost: SUMS, unreadable: NONE_YET });

test("drops fall ever faster from the lower edge of their stage, and fade", () => {
  const box = { x: 10, y: 20, w: 100, h: 40 };
  const long = { ...FRAMES, end: 4000, minute: 1000 }; // dots at 1,500 s and at 2,000 s
  const [first, second] = stageDrops(box, FALLING, long, 2000);
  assert.deepEqual([first.y, second.y].map(Math.round), [81, 60]);
  assert.deepEqual([first.opacity, second.opacity].map((each) => each.toFixed(2)), ["0.17", "1.00"]);
  for (const { kind, x } of [first, second]) {
    assert.equal(kind, "drop");
    assert.ok(x >= box.x + 0.58 * box.w && x < box.x + 0.96 * box.w);
  }
});

test("what falls is grey while nothing but unreadable lines was lost", () => {
  const box = { x: 10, y: 20, w: 100, h: 40 };
  /** @param {Float64Array} unreadable */
  const kinds = (unreadable) => new Set(stageDrops(box, { ...FALLING, unreadable }, FRAMES, 250).map(({ kind }) => kind));
  assert.deepEqual(kinds(SUMS), new Set(["unread"]));
  assert.deepEqual(kinds(SUMS.map((sum) => sum / 2)), new Set(["drop"]));
});

test("dots and packets are counted as they are drawn", () => {
  const wire = wireOf({ steady: SUMS, packets: [{ at: 200, events: 7 }] });
  for (const t of [0, 149, 150, 175, 200, 249, 250, 300, 400]) {
    assert.equal(dotCount(wire, FRAMES, t), flowDots(LINE, wire, FRAMES, t).length);
  }
  assert.equal(dotCount(wire, FRAMES, 225), 3);
  assert.equal(dotCount(undefined, FRAMES, 225), 0);
});

/**
 * A picture of one flow and one stage, at 175 s.
 * @param {Partial<Frames>} series
 * @param {{ window?: Box, still?: boolean, edge?: ReturnType<typeof flowOf>, t?: number }} [seen]
 */
function pictured(series, { window, still = false, edge = flowOf(), t = 175 } = {}) {
  const scene = { edges: new Map([["a>b", edge]]), nodes: new Map([["a", NODE]]), window };
  return /** @type {Diagram} */ (/** @type {unknown} */ ({ frames: { ...FRAMES, ...series }, scene, still, t }));
}
const NODE = { place: { kind: "stage" }, box: { x: 10, y: 20, w: 100, h: 40 }, falls: {} };
const flowOf = () => ({ dots: {}, track: TRACK, backwards: false, lane: 0 });
const CALM = { flows: new Map([["a>b", WIRE]]) };
const LOSING = { stations: new Map([["a", FALLING]]) };

test("each flow's dots come with their group", () => {
  const edge = flowOf();
  const [layer, ...others] = layersOf(pictured(CALM, { edge }));
  assert.equal(layer.group, edge.dots);
  assert.equal(layer.dots.length, 1);
  assert.deepEqual(others, []);
});

test("who wants nothing to move sees signs that stand: a packet, a request, what comes back; no dot and no drop", () => {
  const wire = wireOf({ steady: SUMS, packets: [{ at: 150, events: 70 }, { at: 260, events: 8 }], refused: SUMS, pulled: true });
  const all = { flows: new Map([["a>b", wire]]), ...LOSING };
  const [first, second] = [170, 180].map((t) => layersOf(pictured(all, { still: true, t })));
  assert.deepEqual(first.map(({ dots }) => dots.map(({ kind, x }) => [kind, Math.round(x)])), [[["packet", 50], ["bounce", 88], ["request", 25]]]);
  assert.deepEqual(first, second);
});

test("what a stage loses falls from it, with a group of its own", () => {
  const [layer, ...others] = layersOf(pictured(LOSING));
  assert.equal(layer.group, NODE.falls);
  assert.deepEqual(layer.dots, stageDrops(NODE.box, FALLING, FRAMES, 175));
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
  const flood = { flows: new Map([["a>b", FLOOD]]) };
  const radii = [[CALM, 175], [flood, 75], [CALM, 175]].map(([run, t]) => layersOf(pictured(/** @type {any} */ (run), { edge, t: Number(t) }))[0].dots[0].r);
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
