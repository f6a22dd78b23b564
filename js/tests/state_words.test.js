// A stage's state in words, held to the table that tests/diagram/test_state_words.py holds Python's words to.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ageStep, askerWords, holds, lostWords, nodeWords, stateWords } from "../../lifecycle/diagram/living/script/state_words.js";

/** @typedef {{ inside?: number, level?: number, out_per_s?: number, age_s?: number | null, queries?: number, left_per_min?: number, fault?: string }} Given */

/** @type {{ role: string, keeps?: boolean, now: Given, state: string, askers: string }[]} */
const CASES = JSON.parse(readFileSync(new URL("../../tests/diagram/state_words.json", import.meta.url), "utf8"));

/** @param {Given} given */
const nowOf = ({ inside = 0, level = 0, out_per_s = 0, age_s = null, queries = 0, left_per_min = 0, fault = "" }) => ({
  in: 0, out: out_per_s, inside, level, full: 1, busy: 0, age: age_s ?? -1, faulty: Boolean(fault), lost: 0, usual: false, queries, left: left_per_min, fault,
});
/**
 * @param {string} role
 * @param {boolean} [keeps]
 */
const placeOf = (role, keeps = false) =>
  ({ id: "x", kind: /** @type {const} */ ("stage"), label: "X", detail: "", role, icon: "", summary: "", acts: {}, zone: "z", keeps });

for (const { role, keeps, now, state, askers } of CASES) {
  test(`${role}: ${state}`, () => {
    assert.equal(nodeWords(placeOf(role, keeps), nowOf(now)), state);
    assert.equal(askerWords(nowOf(now)), askers);
  });
}

test("the whole state begins with what is wrong, and names an age in a word", () => {
  const said = stateWords(placeOf("consumer"), nowOf({ age_s: 312, fault: "stopped" }));
  assert.equal(said, "stopped now, newest data is 5 min old, recent, 0 in and 0 out a second");
  assert.equal(stateWords(placeOf("lake"), null), "");
});

test("an age belongs to the step below its limit", () => {
  assert.deepEqual([-1, 0, 59, 60, 899, 900, 7200].map(ageStep), [-1, 0, 0, 1, 1, 2, 3]);
});

test("a store and a log have a level, and what keeps is told by the server, not by a name", () => {
  assert.deepEqual([placeOf("lake", true), placeOf("buffer"), placeOf("lake"), placeOf("source")].map(holds), [true, true, false, false]);
  assert.equal(nodeWords(placeOf("vault", true), nowOf({ level: 12 })), "12 held");
});

test("what no parser can read is told apart from what is lost", () => {
  assert.equal(lostWords({ ...nowOf({}), lost: 50, usual: true }), "50 unreadable");
  assert.equal(lostWords({ ...nowOf({}), lost: 1280, usual: false }), "1,280 lost");
  assert.equal(lostWords(nowOf({})), "");
});
