// A flow that is drawn: its line, and what is sent of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { arrowPath, entering, leaving } from "../../lifecycle/diagram/living/script/joining/line.js";

const SCRIPT = "../../lifecycle/diagram/living/script"; // apart from the name, since it is a browser's
const { dropFlow, endFlow, joins, sayDrawn } = await import(`${SCRIPT}/joining/joining.js`);

const BOX = { x: 10, y: 20, w: 100, h: 50 };

test("a flow leaves a box where the picture runs to, and comes to one from where it runs", () => {
  assert.deepEqual([leaving(BOX, "LR"), entering(BOX, "LR")], [{ x: 110, y: 45 }, { x: 10, y: 45 }]);
  assert.deepEqual([leaving(BOX, "TB"), entering(BOX, "TB")], [{ x: 60, y: 70 }, { x: 60, y: 20 }]);
});

test("the arrow stands at the line's end and opens backwards", () => {
  const [line, ...head] = arrowPath({ x: 0, y: 0 }, { x: 100, y: 0 }).slice(1).split("M");
  assert.equal(line, "0.0 0.0L100.0 0.0");
  const [left, tip, right] = head[0].split("L").map((point) => point.split(" ").map(Number));
  assert.deepEqual(tip, [100, 0]);
  assert.ok(left[0] < 100 && right[0] < 100 && left[1] === -right[1] && left[1] !== 0);
});

/** A diagram with a flow from a to b, from a stage of which another one is being drawn. */
function drawing() {
  const part = () => ({ classList: { remove() {} }, hidden: false });
  const stage = (/** @type {string} */ label) => ({ label: label.toUpperCase() });
  /** @type {unknown[]} */
  const sent = [];
  return /** @type {any} */ ({
    data: { joins: ["a", "b", "c"] }, scene: null, root: part(), ui: { stage: part(), hint: part(), handle: part(), live: part() }, selected: null, hovered: null,
    places: new Map(["a", "b", "c", "group"].map((id) => [id, stage(id)])), flows: [{ source: "a", target: "b" }],
    joining: { from: "a", to: null, at: null, pointer: null }, press: null, drawn: null, sent, send: (/** @type {unknown[]} */ ...message) => sent.push(message),
  });
}
/** @param {any} d */
const live = (d) => d.ui.live.textContent;

test("where a flow ends its two stages are sent, and said again once the picture has it", () => {
  const d = drawing();
  endFlow(d, "c");
  assert.deepEqual(d.sent, [["connect", ["a", "c"]]]);
  assert.equal(live(d), "From A to C: being joined.");
  assert.equal(d.joining, null);
  d.flows.push({ source: "a", target: "c" });
  sayDrawn(d);
  assert.equal(live(d), "A leads to C now. Undo takes that back.");
  d.ui.live.textContent = "";
  sayDrawn(d);
  assert.equal(live(d), "");
});

test("what is joined already and a stage with itself are the server's to refuse, and are not said to be joined", () => {
  for (const to of ["b", "a"]) {
    const d = drawing();
    endFlow(d, to);
    assert.deepEqual(d.sent, [["connect", ["a", to]]]);
    sayDrawn(d);
    assert.equal(live(d), "");
  }
});

test("nothing is sent of what is dropped, nor of what stands for many nodes", () => {
  const d = drawing();
  assert.ok(!joins(d, "group"));
  endFlow(d, "group");
  assert.deepEqual(d.sent, []);
  assert.equal(live(d), "The flow is dropped; nothing was joined.");
  d.ui.live.textContent = "";
  dropFlow(d);
  assert.equal(live(d), "");
});
