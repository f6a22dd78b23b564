// Where signs and numbers stand beside stages and flows: where they cover nothing.

import { allOf, put, write } from "../../../../js/shared/dom.js";
import { onTrack, trackOf } from "./geometry.js";
import { isStage } from "./types.js";
import { shiftOf } from "./view.js";

/** @import { Area, Diagram, Point, SceneEdge, StageNode } from "./types.js" */

/**
 * The sign of a fault: at the corner, or beside or, in a high box, below it, where fewest flows come or go.
 * @param {Diagram} d
 * @param {StageNode} node
 */
export function placeBadge(d, node) {
  const { scene } = d;
  if (node.signed || !scene) return;
  node.signed = true;
  const { x, y, w, h } = node.box;
  const flows = [...scene.edges.values()].flatMap((edge) => (edge.track ??= trackOf(edge.path)).points);
  /** @param {[number, number]} spot */
  const near = ([dx, dy]) => flows.filter((point) => Math.abs(point.x - (x + w - 7 + dx)) < 16 && Math.abs(point.y - (y + 1.5 + dy)) < 14).length;
  /** @type {[number, number][]} */
  const spots = [[0, 0], [-14, 0], [13 - w, 0]];
  if (h >= 75) spots.splice(2, 0, [0, 19]);
  const [dx, dy] = spots.reduce((best, spot) => (near(spot) < near(best) ? spot : best));
  node.sign = { x: x + w - 20 + dx, y: y - 11 + dy, width: 26, height: 24 };
  put(node.badge, "transform", `translate(${dx} ${dy})`);
}

/**
 * What was lost, or waits, stands below its stage; above it or at a side where that would cover a flow or another stage.
 * @param {Diagram} d
 * @param {StageNode} node
 * @param {SVGTextElement} mark
 * @param {number} below
 */
export function placeMark(d, node, mark, below) {
  const { scene } = d;
  if (!scene) return;
  const as = `${mark.textContent.length}|${below}|${d.type ?? ""}|${d.frame ?? ""}|${d.overlay ?? ""}`;
  if (!mark.textContent || mark.dataset.as === as) return;
  const { width, height } = mark.getBBox();
  if (!width) return; // not on the page yet
  mark.dataset.as = as;
  const { x, y, w, h } = node.box, rise = 0.8 * height;
  const first = { x: x + 2, y: y + h + below - rise };
  const spots = [first, { x: x + 16, y: y - height - 2 }, { x: x + w - 24 - width, y: y - height - 2 }, { x: x + w - 2 - width, y: first.y },
    ...[h - height, 0, (h - height) / 2].flatMap((down) => [{ x: x + w + 8, y: y + down }, { x: x - 8 - width, y: y + down }])];
  const { nodes, edges, viewBox: view } = scene, [dx, dy] = shiftOf(scene);
  /** @type {SVGTextElement[]} */
  const texts = allOf(scene.back, ".cluster text");
  const names = texts.map((name) => name.getBBox());
  const boxes = [...nodes.values()].map(({ box }) => ({ x: box.x, y: box.y, width: box.w, height: box.h }));
  const signs = d.overlay === null ? [] : boxes.map((box) => ({ x: box.x - 9, y: box.y - 9, width: 23, height: 23 })); // of the undercurrent
  const badge = node.sign ?? { x: x + w - 20, y: y - 11, width: 26, height: 18 };
  const counts = d.still ? [...edges.values()].flatMap((edge) => edge.spot ?? []) : []; // numbers of a still picture
  const others = [node.lost, node.askers].filter((one) => one !== mark && mark !== node.lost && !one.classList.contains("off"));
  const other = others.map((one) => one.getBBox());
  const flows = [...edges.values()].flatMap((edge) => (edge.track ??= trackOf(edge.path)).points);
  /** @param {Point} at */
  const free = (at) => at.x + dx >= view.x && at.x + dx + width <= view.x + view.w && at.y + dy >= view.y &&
    [...names, ...boxes, ...signs, ...other, ...counts, badge].every((one) => at.x > one.x + one.width || one.x > at.x + width || at.y > one.y + one.height || one.y > at.y + height) &&
    !flows.some((point) => point.x > at.x - 3 && point.x < at.x + width + 3 && point.y > at.y && point.y < at.y + height);
  const at = spots.find(free) ?? { x: first.x + (signs.length ? 14 : 0), y: first.y }; // a flow is easier read through than a sign
  put(mark, "x", at.x.toFixed(1));
  put(mark, "y", (at.y + rise).toFixed(1));
}

// Where along a flow its number may stand, as shares of the way, and how far beside the line.
const SHARES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9];
const BESIDE = [-10, 10, -17, 17];
const LONGEST_COUNT = "88.8k";

/**
 * Give every flow's number a place where it covers neither a stage nor a label nor another number; none: no number.
 * @param {Diagram} d
 */
export function placeCounts(d) {
  const { scene } = d;
  if (!scene) return;
  const edges = [...scene.edges.values()];
  const sample = edges.find((edge) => !edge.words.classList.contains("off"))?.count;
  const as = `${d.type ?? ""}|${d.frame ?? ""}`; // larger letters, or another frame, need other places
  if (scene.countedAs === as || !sample) return;
  write(sample, LONGEST_COUNT);
  const { width, height } = sample.getBBox();
  write(sample, "");
  if (!width) return; // not on the page yet
  scene.countedAs = as;
  /** @type {SVGTextElement[]} */
  const texts = allOf(scene.box, ".cluster text, .edge text:not(.count)");
  /** @type {Area[]} */
  const taken = texts.map((text) => text.getBBox());
  for (const node of scene.nodes.values()) {
    const { box } = node, [right, top] = [box.x + box.w, box.y];
    taken.push({ x: box.x - 2, y: top - 2, width: box.w + 4, height: box.h + 4 });
    if (!isStage(node)) continue; // an undercurrent: nothing stands out of it
    taken.push({ x: right - 20, y: top - 11, width: 26, height: 12 }, { x: box.x - 10, y: top - 10, width: 24, height: 24 }); // badge, mark
    taken.push({ x: box.x, y: top + box.h, width: 72, height: 17 }); // what was lost, where it usually stands
    for (const mark of [node.lost, node.askers, node.leak]) if (mark.textContent) taken.push(mark.getBBox());
  }
  /** @param {Area} spot */
  const free = (spot) => taken.every((one) => spot.x > one.x + one.width || one.x > spot.x + width || spot.y > one.y + one.height || one.y > spot.y + height);
  for (const edge of edges) {
    const track = (edge.track ??= trackOf(edge.path));
    const spots = BESIDE.flatMap((beside) => SHARES.map((share) => {
      const at = onTrack(track, share);
      return { x: at.x - at.dy * beside * (1 + Math.abs(at.dy)) - width / 2, y: at.y + at.dx * beside - height / 2, width, height };
    }));
    edge.spot = spots.find(free) ?? null;
    if (!edge.spot) continue;
    taken.push(edge.spot);
    put(edge.count, "x", (edge.spot.x + width / 2).toFixed(1));
    put(edge.count, "y", (edge.spot.y + 0.78 * height).toFixed(1));
  }
}

const SIGN_R = 11; // of a cut's sign with its rim

/** @param {SceneEdge} edge */
const labelOf = (edge) => /** @type {SVGTextElement[]} */ (allOf(edge.words, "text:not(.count)"));

/**
 * The sign of a cut: in the middle of the wire, so that it has a gap; the wire's label makes room, away from the wire.
 * @param {SceneEdge} edge
 */
export function placeSnipped(edge) {
  const { x, y, dx, dy } = onTrack((edge.track ??= trackOf(edge.path)), 0.5);
  put(edge.snipped, "transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
  const label = labelOf(edge), boxes = label.map((text) => text.getBBox()).filter((box) => box.width);
  if (!boxes.length || label[0].hasAttribute("transform")) return; // none, not on the page yet, or it has made room
  const middle = boxes[0], side = (middle.x + middle.width / 2 - x) * -dy + (middle.y + middle.height / 2 - y) * dx < 0 ? -1 : 1;
  const clear = (/** @type {number} */ by) => boxes.every((box) => {
    const left = box.x - dy * side * by - x, top = box.y + dx * side * by - y;
    return left > SIGN_R || left + box.width < -SIGN_R || top > SIGN_R || top + box.height < -SIGN_R;
  });
  let by = 0;
  while (by < 60 && !clear(by)) by += 1;
  for (const text of label) put(text, "transform", `translate(${(-dy * side * by).toFixed(1)} ${(dx * side * by).toFixed(1)})`);
}

/**
 * A wire that was cut is whole again.
 * @param {SceneEdge} edge
 */
export function joinAgain(edge) {
  for (const text of labelOf(edge)) text.removeAttribute("transform");
}
