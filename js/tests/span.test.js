import assert from "node:assert/strict";
import { test } from "node:test";

import { isSeen } from "../../lifecycle/diagram/living/script/breaking/span.js";

const DAY_S = 86_400;

test("what is watched is seen when the clock has come to its end", () => {
  const watched = { from: 50_100, until: 54_000 };
  assert.deepEqual([50_100, 50_099.6, 53_999, 54_000, 54_300].map((t) => isSeen(watched, t, DAY_S)), [false, false, false, true, true]);
});

test("who looks at what was before has seen enough", () => {
  assert.equal(isSeen({ from: 50_100, until: 54_000 }, 40_000, DAY_S), true);
});

test("a fault that lasts until midnight is over before the day begins anew", () => {
  const watched = { from: 82_500, until: DAY_S };
  assert.deepEqual([86_000, 86_150].map((t) => isSeen(watched, t, DAY_S)), [false, true]);
});
