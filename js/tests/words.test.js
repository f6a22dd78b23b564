// Figures in words, held to the table that tests/test_words.py holds lifecycle/words.py to.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as words from "../shared/words.js";

/** @type {Record<"duration" | "number" | "change", any[][]>} */
const CASES = JSON.parse(readFileSync(new URL("../../tests/words.json", import.meta.url), "utf8"));

for (const [name, rows] of Object.entries(CASES)) {
  for (const row of rows) {
    const given = row.slice(0, -1), said = row.at(-1);
    test(`${name}(${given.join(", ")}) is ${said}`, () => {
      /** @type {(...values: any[]) => string} */
      const say = words[/** @type {keyof typeof CASES} */ (name)];
      assert.equal(say(...given), said);
    });
  }
}

test("what is no figure is said so", () => {
  assert.equal(words.duration(null), "none yet");
  assert.equal(words.duration(NaN), "none yet");
  assert.equal(words.number(NaN), "none");
  assert.equal(words.change(null, 3), "from nothing");
  assert.equal(words.change(3, null), "to nothing");
});

test("moments, spans and counts", () => {
  assert.equal(words.clockWords(43200 + 59), "12:00");
  assert.equal(words.clockWords(3599.9), "00:59");
  assert.equal(words.clockWords(86400), "24:00");
  assert.equal(words.minutes(307.9), "5:07");
  assert.equal(words.minutes(-30), "−0:30");
  assert.equal(words.plural(1, "vote"), "1 vote");
  assert.equal(words.plural(0, "vote"), "0 votes");
  assert.equal(words.answerNumber(12345.6), "12,350");
});
