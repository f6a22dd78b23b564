// What is caught up belongs to its run: with another run its sign goes, whichever of the two notes comes first.

import assert from "node:assert/strict";
import { test } from "node:test";

/** As much of an element as the marks of a day need. */
class Part {
  dataset = {};
  style = {};
  /** @type {Part[]} */
  children = [];
  textContent = "";
  classList = { contains: () => false, toggle: () => false, add: () => {} };
  /** @param {Part[]} children */
  replaceChildren(...children) { this.children = children; }
  /** @param {Part[]} children */
  append(...children) { this.children.push(...children); }
  setAttribute() {}
  addEventListener() {}
  getAttribute() { return null; }
  querySelectorAll() { return []; }
}
Object.assign(globalThis, {
  document: { createElement: () => new Part(), hidden: true },
  window: { dispatchEvent: () => true },
});
const SCRIPT = "../../lifecycle/diagram/living/script"; // apart from the name, since it is a browser's: its timers have other types than Node's
const { receiveRun } = await import(`${SCRIPT}/receive.js`);
const { receiveLate } = await import(`${SCRIPT}/chapters.js`);

const FRAMES = { n: 1, minutes: 1, start: 0, end: 86400, hop_s: 60, looks: 1, per_dot: 1, opening: 0, occasions: [], faults: [], stations: {}, keeps: [], ticks: {}, flows: [] };

/** A diagram that has drawn nothing yet, with `late` told of. */
function empty() {
  const ui = new Proxy(/** @type {Record<string, Part>} */ ({}), { get: (parts, /** @type {string} */ name) => (parts[name] ??= new Part()) });
  return /** @type {any} */ ({ root: new Part(), ui, frames: null, scene: null, places: new Map(), stages: [], selected: null, said: null, toFollow: null, gold: null,
    late: null, mades: [], unheard: [], watched: null, day: null, t: 0, still: true, playing: false, hasMoment: false, data: {} });
}
/** @param {string} run */
const runNote = (run) => /** @type {any} */ ({ run, day: "a day", frames: FRAMES });
/** @param {any} d */
const words = (d) => d.ui.marks.children.flatMap((/** @type {Part} */ item) => item.children).length;

test("a day that is repaired is not still caught up at the hour of the broken one", () => {
  const d = empty();
  receiveRun(d, runNote("broken"));
  receiveLate(d, { run: "broken", caught_up: 46860 });
  assert.equal(words(d), 1);
  receiveRun(d, runNote("repaired"));
  assert.equal(words(d), 0);
  assert.equal(d.ui.faults.children.length, 0);
});

test("what is caught up may be told before its run comes", () => {
  const d = empty();
  receiveLate(d, { run: "broken", caught_up: 46860 });
  receiveRun(d, runNote("broken"));
  assert.equal(words(d), 1);
});
