import assert from "node:assert/strict";
import { test } from "node:test";

import note from "../../lifecycle/diagram/living/script/note.js";

/** @import { Desk } from "../../lifecycle/diagram/living/script/types.js" */

/** @param {string} run */
const runNote = (run) => ({ data: { name: "d", note: /** @type {const} */ ("run"), run, day: "", frames: null } });

test("the run from before a flip is passed over for a while, and any other is the server's word", () => {
  /** @type {string[]} */
  const heard = [];
  /** @type {Desk} */
  const desk = { notes: {}, hear: (said) => "run" in said && heard.push(said.run) };
  globalThis.window = /** @type {any} */ ({ headwatersDiagrams: new Map([["d", desk]]) });
  note(runNote("before"));
  desk.ahead = { before: runNote("before").data, at: performance.now() };
  note(runNote("before")); // an answer to something that was asked before the flip
  note(runNote("after"));
  note(runNote("before")); // flipped back
  assert.deepEqual(heard, ["before", "after", "before"]);
  desk.ahead = { before: runNote("before").data, at: performance.now() - 5000 };
  note(runNote("before")); // nothing came of the flip
  assert.deepEqual(heard, ["before", "after", "before", "before"]);
});
