// A small map of a picture that does not fit its window: what of it is in view, and a way to move there. Who uses keys has zoom,
// fit, search and the arrows, so it is for the pointer alone.

import { put, svgEl } from "../../../../js/shared/dom.js";
import { seen } from "./geometry.js";
import { goTo } from "./looking.js";
import { picturePoint, shiftOf } from "./view.js";

/** @import { BareDiagram, Box, Diagram, Scene } from "./types.js" */

const [MOST_WIDE, MOST_HIGH, LEAST] = [170, 130, 36]; // pixels; of a picture that is a long strip the map is less narrow than the picture
const LEAST_ROOM = 600; // a narrower diagram needs its picture whole
const INSET = 8; // pixels from the corner
const SLACK = 2; // pixels: a browser rounds what an element measures

/** @param {BareDiagram} d */
export function overviewFurniture(d) {
  const full = /** @type {Diagram} */ (d);
  let pointer = -1;
  /** @param {PointerEvent} event */
  const go = (event) => {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM()?.inverse());
    goTo(full, x, y);
  };
  const map = svgEl("svg", {
    class: "overview off", "aria-hidden": "true", preserveAspectRatio: "none",
    onpointerdown: (event) => {
      if (event.button) return;
      pointer = event.pointerId;
      map.setPointerCapture(pointer);
      go(event);
    },
    onpointermove: (event) => event.pointerId === pointer && go(event),
    onpointerup: () => (pointer = -1),
    onpointercancel: () => (pointer = -1),
  });
  return map;
}

/**
 * What of the picture is in its window, in the picture's units.
 * @param {Diagram} d
 * @param {Scene} scene
 * @returns {Box}
 */
export function inView(d, scene) {
  const { stage } = d.ui, { left, top } = stage.getBoundingClientRect();
  const [x, y] = picturePoint(d, left, top), [right, foot] = picturePoint(d, left + stage.clientWidth, top + stage.clientHeight);
  return seen({ x, y, w: right - x, h: foot - y }, d.view, scene.size);
}

/**
 * The map as it is now; none where all of the picture is in view, in a lecture hall, or where there is little room.
 * @param {Diagram} d
 */
export function drawOverview(d) {
  const { scene, root, ui: { overview: map, stage } } = d;
  if (!scene || root.classList.contains("bare") || root.clientWidth < LEAST_ROOM) return map.classList.add("off");
  const box = inView(d, scene), { width, height } = scene.size;
  const slack = SLACK / ((scene.front.getScreenCTM()?.a ?? 1) * d.view.k), whole = box.w > width - slack && box.h > height - slack;
  map.classList.toggle("off", whole);
  if (whole) return;
  if (map.firstChild !== (scene.overview ??= boxesOf(scene))) map.replaceChildren(scene.overview, svgEl("rect", { class: "window" }));
  const scale = Math.min(MOST_WIDE / width, MOST_HIGH / height), high = Math.max(LEAST, height * scale), wide = Math.max(LEAST, width * scale);
  put(map, "viewBox", `0 0 ${width} ${height}`);
  Object.assign(map.style, {
    width: `${wide}px`, height: `${high}px`,
    left: `${stage.offsetLeft + stage.clientWidth - wide - INSET}px`, top: `${stage.offsetTop + stage.clientHeight - high - INSET}px`,
  });
  const pane = /** @type {SVGRectElement} */ (map.lastChild);
  for (const [name, value] of Object.entries({ x: box.x, y: box.y, width: box.w, height: box.h })) put(pane, name, value.toFixed(1));
}

/**
 * A rectangle for each place, made once for a picture.
 * @param {Scene} scene
 */
function boxesOf(scene) {
  const [dx, dy] = shiftOf(scene);
  return svgEl("g", {}, ...[...scene.nodes.values()].map(({ box }) => svgEl("rect", { x: box.x + dx, y: box.y + dy, width: box.w, height: box.h, rx: 6 })));
}

/**
 * How much of the window the map covers at its foot, in pixels.
 * @param {Diagram} d
 */
export const covered = ({ ui: { overview } }) => (overview.classList.contains("off") ? 0 : overview.clientHeight + 2 * INSET);
