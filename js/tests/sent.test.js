import assert from "node:assert/strict";
import { test } from "node:test";

import { parsed } from "../shared/sent.js";

/** @param {unknown} value */
const bytes = (value) => new TextEncoder().encode(JSON.stringify(value));

test("what is sent as bytes is read, letters of any script too", () => {
  assert.deepEqual(parsed(bytes({ title: "Śląsk → 水", n: [1, 2.5] })), { title: "Śląsk → 水", n: [1, 2.5] });
});

test("the same bytes are the same value, others are not", () => {
  const first = parsed(bytes({ run: "a" }));
  const other = parsed(bytes({ run: "b" }));
  assert.equal(parsed(bytes({ run: "a" })), first);
  assert.equal(parsed(bytes({ run: "b" })), other);
  assert.notEqual(first, other);
});

test("what has not come for long is read anew", () => {
  const first = parsed(bytes({ run: "old" }));
  for (let n = 0; n < 6; n++) parsed(bytes({ run: n }));
  const again = parsed(bytes({ run: "old" }));
  assert.notEqual(again, first);
  assert.deepEqual(again, first);
});

test("what is asked for again is among the last that came", () => {
  const first = parsed(bytes({ run: "asked again" }));
  for (let n = 0; n < 5; n++) parsed(bytes({ before: n }));
  parsed(bytes({ run: "asked again" }));
  for (let n = 0; n < 5; n++) parsed(bytes({ after: n }));
  assert.equal(parsed(bytes({ run: "asked again" })), first);
});
