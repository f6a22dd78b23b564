// A run's frames between their keyframes: counts, dots, ages.

import assert from "node:assert/strict";
import { test } from "node:test";
import { countAt, densest, dotsAt, openFrames, stationAt, timeOf, unpack } from "../../lifecycle/diagram/living/script/frames.js";

/**
 * As `pack` of packing.py: base64 of zigzag varints of first differences, zeros at the end left out.
 * @param {number[]} values
 */
function pack(values) {
  const steps = values.map((value, i) => value - (i ? values[i - 1] : 0));
  while (steps.length && !steps.at(-1)) steps.pop();
  const bytes = steps.flatMap((step) => {
    let zigzag = step < 0 ? -2 * step - 1 : 2 * step;
    const parts = [];
    for (; zigzag > 127; zigzag = Math.floor(zigzag / 128)) parts.push((zigzag % 128) + 128);
    return [...parts, zigzag];
  });
  return btoa(String.fromCharCode(...bytes));
}

/** Four buckets of 100 s, two dots' worth of events in the second. */
function opened() {
  const series = { arrived: [0, 20, 0, 0], departed: [0, 20, 0, 0], lost: [0, 0, 10, 0], inside: [0, 8, 4, 4], level: [0, 8, 4, 4], busy: [0, 500, 0, 0], age_s: [-1, 50, 150, 10], faulty: [0, 1, 0, 0] };
  const station = Object.fromEntries(Object.entries(series).map(([name, values]) => [name, pack(values)]));
  const frames = openFrames({
    n: 4, start: 0, end: 400, travel_s: 100, looks: 1, per_dot: 10, opening: 0, occasions: [], faults: [[100, 200, "a", "{stage} stopped", "stopped"]],
    stations: { a: station }, flows: [["a", "b", pack([0, 20, 0, 0])]],
  });
  assert.ok(frames);
  return frames;
}

test("series come back as they were, large ones and negative ones too", () => {
  const values = [0, -1, 1, 2 ** 40, -(2 ** 40), 7, 7, 7];
  assert.deepEqual(unpack(pack(values), values.length), values);
  assert.deepEqual(unpack("", 3), [0, 0, 0]);
});

test("events are spread evenly within a bucket", () => {
  const frames = opened(), sums = frames.flows.get("a>b");
  assert.ok(sums);
  assert.deepEqual([0, 100, 150, 200, 400, 500, -5].map((t) => countAt(sums, frames, t)), [0, 0, 10, 20, 20, 20, 0]);
  assert.equal(timeOf(sums, frames, 10), 150);
  assert.equal(densest(sums, frames), 2);
});

test("a dot sets off with its last event and takes the time of travel", () => {
  const frames = opened(), sums = frames.flows.get("a>b");
  assert.ok(sums);
  assert.deepEqual(dotsAt(sums, frames, 149), []);
  assert.deepEqual(dotsAt(sums, frames, 175), [[1, 0.25]]);
  assert.deepEqual(dotsAt(sums, frames, 200), [[1, 0.5], [2, 0]]);
  assert.deepEqual(dotsAt(sums, frames, 275), [[2, 0.75]]);
  assert.deepEqual(dotsAt(sums, frames, 300), []);
});

test("what a station holds lies between two keyframes; rates are of the bucket", () => {
  const now = stationAt(opened(), "a", 150);
  assert.ok(now);
  assert.deepEqual([now.inside, now.level, now.in, now.out, now.busy, now.faulty, now.fault], [4, 4, 0.2, 0.2, 0.5, true, "stopped"]);
  assert.equal(stationAt(opened(), "b", 150), null);
  assert.equal(stationAt(null, "a", 150), null);
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
