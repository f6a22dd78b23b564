// What lies before a stage and behind it: what is lit when it is chosen.

import assert from "node:assert/strict";
import { test } from "node:test";

import { reach } from "../../lifecycle/diagram/living/script/reach.js";

const FLOWS = ["a>b", "b>c", "b>d", "c>e", "d>e", "x>e"].map((text) => {
  const [source, target] = text.split(">");
  return { source, target, loop: false };
});

test("a stage and all that its events come to, or came from, over every way", () => {
  assert.deepEqual([...reach(FLOWS, "b", true)].sort(), ["b", "c", "d", "e"]);
  assert.deepEqual([...reach(FLOWS, "e", false)].sort(), ["a", "b", "c", "d", "e", "x"]);
  assert.deepEqual([...reach(FLOWS, "nobody", true)], ["nobody"]);
});

test("a flow that leads back is no way on, and one that comes round ends", () => {
  assert.deepEqual([...reach([...FLOWS, { source: "e", target: "a", loop: true }], "e", true)], ["e"]);
  assert.deepEqual([...reach([...FLOWS, { source: "e", target: "a", loop: false }], "e", true)].sort(), ["a", "b", "c", "d", "e"]);
});

test("a pipeline of thousands of flows is walked once", () => {
  const layers = 60, wide = 30;
  const flows = [];
  for (let layer = 1; layer < layers; layer += 1) {
    for (let n = 0; n < wide; n += 1) for (const m of [n, (n + 1) % wide, (n + 7) % wide]) flows.push({ source: `${layer - 1}-${m}`, target: `${layer}-${n}`, loop: false });
  }
  let looks = 0;
  const counted = flows.map(({ source, target, loop }) => ({
    get source() {
      looks += 1;
      return source;
    },
    target,
    loop,
  }));
  assert.ok(reach(counted, "0-0", true).size > wide * (layers / 2));
  assert.equal(looks, flows.length);
});
