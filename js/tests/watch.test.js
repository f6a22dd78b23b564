// Where a followed event is while it is watched, and which dot of a wire was clicked.

import assert from "node:assert/strict";
import { test } from "node:test";
import { dotNear } from "../../lifecycle/diagram/living/script/dots.js";
import { nowWords } from "../../lifecycle/diagram/living/script/follow/ribbon.js";
import { isOver, momentAt, onward, placeAt, stageBeat } from "../../lifecycle/diagram/living/script/follow/watch.js";

/** @import { Followed, SentBeat } from "../../lifecycle/diagram/living/script/message.js" */
/** @import { Frames, SceneEdge, Track } from "../../lifecycle/diagram/living/script/types.js" */

/**
 * @param {string} stage
 * @param {string} to
 * @param {number} start
 * @param {number} end
 * @param {number} watch
 * @returns {SentBeat}
 */
const beat = (stage, to, start, end, watch) => ({ stage, to, start, end, watch, part: 0, when: "", rate: "" });
// Born at 100 s; a moment at the shop, over to the mill, where it waits and is worked on, and over to the desk.
const BEATS = [beat("shop", "", 100, 100, 1), beat("shop", "mill", 100, 100, 1), beat("mill", "", 100, 400, 2), beat("mill", "", 400, 410, 2),
  beat("mill", "desk", 410, 410, 1), beat("desk", "", 410, 412, 1)];

test("at a moment it is where its journey says, handed over where that happens just then", () => {
  assert.equal(placeAt(BEATS, 99), null);
  assert.deepEqual(placeAt(BEATS, 100), { beat: 2, into: 0 });
  assert.deepEqual(placeAt(BEATS, 250), { beat: 2, into: 1 });
  assert.deepEqual(placeAt(BEATS, 410), { beat: 5, into: 0 });
  assert.deepEqual(placeAt(BEATS, 9999), { beat: 5, into: 1 });
});

test("place and moment are one thing said twice", () => {
  for (const t of [100, 101, 250, 400, 409.5, 410, 411]) assert.ok(Math.abs(momentAt(BEATS, /** @type {any} */ (placeAt(BEATS, t))) - t) < 1e-9);
});

test("watching goes on beat by beat, the clock stands on a wire, and the end is the end", () => {
  let place = { beat: 0, into: 0 };
  /** @type {[number, number][]} */
  const seen = [];
  for (let i = 0; i < 9; i++) {
    place = onward(BEATS, place, 1);
    seen.push([place.beat, momentAt(BEATS, place)]);
  }
  assert.deepEqual(seen, [[1, 100], [2, 100], [2, 250], [3, 400], [3, 405], [4, 410], [5, 410], [5, 412], [5, 412]]);
  assert.equal(isOver(BEATS, place), true);
  assert.equal(isOver(BEATS, { beat: 5, into: 0.5 }), false);
  assert.equal(isOver(BEATS, { beat: 3, into: 2 }), false);
});

test("who wants nothing to move sees it at stages alone", () => {
  let place = { beat: 0, into: 0 };
  const stages = [];
  for (let i = 0; i < 7; i++) {
    place = onward(BEATS, place, 1, true);
    stages.push(BEATS[place.beat].to || BEATS[place.beat].stage);
    assert.equal(BEATS[place.beat].to, "");
  }
  assert.deepEqual(stages, ["mill", "mill", "mill", "mill", "desk", "desk", "desk"]);
});

test("steps lead from stage to stage and stop at both ends", () => {
  assert.equal(stageBeat(BEATS, null, 1), 0);
  assert.equal(stageBeat(BEATS, { beat: 0, into: 0 }, 1), 2);
  assert.equal(stageBeat(BEATS, { beat: 3, into: 1 }, 1), 5);
  assert.equal(stageBeat(BEATS, { beat: 5, into: 0 }, 1), 5);
  assert.equal(stageBeat(BEATS, { beat: 3, into: 0 }, -1), 0);
  assert.equal(stageBeat(BEATS, { beat: 0, into: 0 }, -1), 0);
});

test("the line says what happens, when it really did, and how fast the clock goes; at the end when it was seen", () => {
  const followed = /** @type {Followed} */ (/** @type {unknown} */ ({ ribbon: { parts: [{ label: "Mill", words: "Mill: took 23 s of work" }], end: "visible after 3 min" } }));
  const worked = { ...BEATS[3], when: "21:01:30 to 21:01:53", rate: "clock paused" };
  assert.equal(nowWords(followed, worked, false), "Mill: took 23 s of work · 21:01:30 to 21:01:53 · clock paused");
  assert.equal(nowWords(followed, { ...BEATS[1], when: "at 21:01:30", rate: "1 s shows 3 min" }, false), "Handed over to Mill · at 21:01:30 · 1 s shows 3 min");
  assert.equal(nowWords(followed, worked, true), "Mill: visible after 3 min · 21:01:30 to 21:01:53");
});

test("of the dots on a wire the nearest within reach is the one that was clicked", () => {
  const frames = /** @type {Frames} */ ({ minutes: 4, start: 0, end: 400, minute: 100, hop_s: 100, per_dot: 10 });
  const steady = Float64Array.of(0, 0, 20, 20, 20, 20), together = new Float64Array(6); // dots set off at 150 s and at 200 s
  const wire = { sent: { steady, together, packets: [] }, refused: together, pulled: false, loop: false };
  const track = /** @type {Track} */ ({ length: 100, points: [0, 25, 50, 75, 100].map((x) => ({ x, y: 50 })) });
  const edge = /** @type {SceneEdge} */ (/** @type {unknown} */ ({ track, backwards: false, lane: 0, run: frames }));
  assert.equal(dotNear(edge, wire, frames, 225, { x: 73, y: 52 }), 150);
  assert.equal(dotNear(edge, wire, frames, 225, { x: 28, y: 47 }), 200);
  assert.equal(dotNear(edge, wire, frames, 225, { x: 50, y: 50 }), null);
  assert.equal(dotNear(edge, wire, frames, 140, { x: 0, y: 50 }), null);
  const short = { ...edge, track: { length: 10, points: track.points.map(({ x, y }) => /** @type {DOMPoint} */ ({ x: x / 10, y })) } };
  assert.deepEqual([3, 7].map((x) => dotNear(short, wire, frames, 225, { x, y: 50 })), [200, 150]);
});
