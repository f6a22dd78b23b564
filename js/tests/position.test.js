// Where a talk is: steps and the points shown of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ahead, behind, clamp } from "../../lifecycle/ui/present/position.js";

const points = [0, 2, 1];

test("on shows the points of a step, then the next step, and ends at the last", () => {
  const way = [];
  for (let at = /** @type {{ step: number, shown: number } | null} */ ({ step: 0, shown: 0 }); at; at = ahead({ points, ...at })) way.push(`${at.step}.${at.shown}`);
  assert.deepEqual(way, ["0.0", "1.0", "1.1", "1.2", "2.0", "2.1"]);
});

test("back is on, read from its end", () => {
  const way = [];
  for (let at = /** @type {{ step: number, shown: number } | null} */ ({ step: 2, shown: 1 }); at; at = behind({ points, ...at })) way.push(`${at.step}.${at.shown}`);
  assert.deepEqual(way, ["2.1", "2.0", "1.2", "1.1", "1.0", "0.0"]);
});

test("what an address names beyond the talk is kept within it", () => {
  assert.deepEqual(clamp({ points }, 9, 9), { step: 2, shown: 1 });
  assert.deepEqual(clamp({ points }, -1, -1), { step: 0, shown: 0 });
});
