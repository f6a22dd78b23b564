// A run's frames between their keyframes: counts, dots, ages.

import assert from "node:assert/strict";
import { test } from "node:test";
import { countAt, densest, dotsAt, leftBy, onWire, openFrames, packetsAt, stationAt, tickAt, timeOf, unpack } from "../../lifecycle/diagram/living/script/frames.js";

/**
 * As `pack` of packing.py, with every run of zeros counted.
 * @param {number[]} values
 */
function pack(values) {
  const steps = values.map((value, i) => value - (i ? values[i - 1] : 0));
  while (steps.length && !steps.at(-1)) steps.pop();
  /** @type {number[]} */
  const tokens = [];
  for (let i = 0; i < steps.length; i++) {
    let zeros = 0;
    while (!steps[i + zeros]) zeros++;
    if (zeros) tokens.push(0, zeros);
    i += zeros;
    tokens.push(1 + (steps[i] < 0 ? -2 * steps[i] - 1 : 2 * steps[i]));
  }
  const bytes = tokens.flatMap((token) => {
    const parts = [];
    for (; token > 127; token = Math.floor(token / 128)) parts.push((token % 128) + 128);
    return [...parts, token];
  });
  return btoa(String.fromCharCode(...bytes));
}

/**
 * Four buckets and minutes of 100 s. Twenty events are born at a in the second, ten of which are lost in the third; five set off
 * for b one by one, and four in a packet at 300 s.
 */
function opened() {
  const series = { born: [0, 20, 0, 0, 0], lost: [0, 0, 10, 0, 0], sent: [0, 5, -4, 0, 1], came: [0, 20, 0, 0], went: [0, 5, 4, 1], busy: [0, 500, 0, 0], age_s: [-1, 50, 150, 10], faulty: [0, 1, 0, 0] };
  const station = Object.fromEntries(Object.entries(series).map(([name, values]) => [name, pack(values)]));
  const none = { came: "", went: "", busy: "", age_s: "", faulty: "" };
  return openFrames({
    n: 4, minutes: 4, start: 0, end: 400, hop_s: 100, looks: 1, per_dot: 1, opening: 0, occasions: [], faults: [[100, 200, "a", "{stage} stopped", "stopped", "down"]],
    stations: { a: station, b: { ...none, sent: pack([0, 0, 3, 0, 0]) }, c: { ...none, lost: pack([0, 0, 1, 1, 0]) } }, keeps: ["b"], ticks: { a: [100, 20] },
    flows: [
      { source: "a", target: "b", sent: null, refused: "", pulled: true, loop: false },
      { source: "b", target: "c", sent: pack([0, 0, 2, 0, 0]), refused: pack([0, 0, 0, 1, 0]), pulled: false, loop: false },
      { source: "c", target: "a", sent: pack([0, 7, 0, 0, 0]), refused: "", pulled: false, loop: true },
    ],
  });
}

test("series come back as they were, large ones and negative ones too", () => {
  const values = [0, -1, 1, 1, 1, 1, 1, 5, 2 ** 40, -(2 ** 40), 7, 7, 7];
  assert.deepEqual(unpack(pack(values), values.length), values);
  assert.deepEqual(unpack("", 3), [0, 0, 0]);
});

test("events are spread evenly within a minute, and after midnight all are there", () => {
  const frames = opened(), sums = frames.flows.get("b>c")?.sent.steady;
  assert.ok(sums);
  assert.deepEqual([0, 200, 250, 300, 400, 500, -5].map((t) => countAt(sums, frames, t)), [0, 0, 1, 2, 2, 2, 0]);
  assert.equal(timeOf(sums, frames, 1), 250);
  assert.equal(densest(sums, frames), 2);
});

test("a dot sets off with its last event and takes its time", () => {
  const frames = opened(), sums = frames.flows.get("b>c")?.sent.steady;
  assert.ok(sums);
  assert.deepEqual(dotsAt(sums, frames, 249, 100), []);
  assert.deepEqual(dotsAt(sums, frames, 275, 100), [[1, 0.25]]);
  assert.deepEqual(dotsAt(sums, frames, 300, 100), [[1, 0.5], [2, 0]]);
  assert.deepEqual(dotsAt(sums, frames, 375, 100), [[2, 0.75]]);
});

test("a packet is on its wire from the end of its minute for a hop, with all its events", () => {
  const frames = opened(), wire = frames.flows.get("a>b");
  assert.ok(wire);
  assert.deepEqual([299, 300, 350, 399].map((t) => packetsAt(wire.sent, frames, t)), [
    [], [{ at: 300, events: 4, share: 0 }], [{ at: 300, events: 4, share: 0.5 }], [{ at: 300, events: 4, share: 0.99 }],
  ]);
  assert.deepEqual([150, 200, 300, 350, 400].map((t) => leftBy(wire.sent, frames, t)), [2.5, 5, 9, 9, 10]);
  assert.deepEqual([150, 200, 250, 300, 350, 400].map((t) => onWire(wire, frames, t)), [2.5, 5, 2.5, 4, 4, 0]);
});

test("what a station holds is what has come to it and has not left it; what goes home is counted no more", () => {
  const frames = opened();
  /** @param {string} id */
  const inside = (id) => [100, 200, 300, 399.99, 400].map((t) => stationAt(frames, id, t)?.inside);
  assert.deepEqual(inside("a"), [0, 15, 1, 1, 0]);
  assert.deepEqual(inside("b"), [0, 0, 2, 2, 7]);
  assert.deepEqual([250, 300].map((t) => stationAt(frames, "b", t)?.level), [2, 3]); // a store: all that it has written
  const now = stationAt(frames, "a", 150);
  assert.ok(now);
  assert.deepEqual([now.in, now.out, now.busy, now.faulty, now.fault], [0.2, 0, 0.5, true, "stopped"]);
  assert.equal(stationAt(frames, "d", 150), null);
  assert.equal(stationAt(null, "a", 150), null);
});

test("while a stage has stopped or its way out is cut nothing leaves, though the bucket of its repair has what went then", () => {
  const frames = opened();
  for (const [kind, out] of /** @type {[string, number][]} */ ([["down", 0], ["cut", 0], ["slow", 0.05]])) {
    frames.faults = [{ from: 100, to: 180, stage: "a", words: "", short: kind, kind }];
    assert.deepEqual([150, 180].map((t) => stationAt(frames, "a", t)?.out), [out, 0.05], kind);
  }
  assert.equal(stationAt(frames, "b", 150)?.out, 0);
});

test("what a door refuses does not fall from its stage as well", () => {
  const c = opened().stations.get("c");
  assert.deepEqual([c?.lost.at(-1), c?.falls.at(-1)], [2, 1]);
});

test("a ring fills until the next tick of a timetable", () => {
  const frames = opened();
  assert.deepEqual([20, 45, 10].map((t) => tickAt(frames, "a", t)), [{ share: 0, next: 120 }, { share: 0.25, next: 120 }, { share: 0.9, next: 20 }]);
  assert.equal(tickAt(frames, "b", 20), null);
});

test("an age grows between keyframes, and falls at once where something new came", () => {
  const frames = opened();
  const ages = [50, 150, 250, 350].map((t) => stationAt(frames, "a", t)?.age);
  assert.deepEqual(ages, [-1, 50, 100, 10]);
});

test("losses are counted up to the moment", () => {
  const frames = opened();
  assert.deepEqual([200, 250, 300].map((t) => stationAt(frames, "a", t)?.lost), [0, 5, 10]);
});
