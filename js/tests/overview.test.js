// What of a picture is in its window.

import assert from "node:assert/strict";
import { test } from "node:test";
import { seen } from "../../lifecycle/diagram/living/script/geometry.js";

test("of a picture that fits all is in view, of a larger one what its window shows, never more than there is", () => {
  const size = { width: 800, height: 400 };
  assert.deepEqual(seen({ x: -50, y: 0, w: 900, h: 400 }, { k: 1, x: 0, y: 0 }, size), { x: 0, y: 0, w: 800, h: 400 });
  assert.deepEqual(seen({ x: 0, y: 0, w: 800, h: 400 }, { k: 2, x: -800, y: 0 }, size), { x: 400, y: 0, w: 400, h: 200 });
  assert.deepEqual(seen({ x: 0, y: 0, w: 800, h: 400 }, { k: 2, x: 0, y: -600 }, size), { x: 0, y: 300, w: 400, h: 100 });
});
