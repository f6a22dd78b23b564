// Zoom, pan, pinch, full screen. The view moves only when the person moves it; a plain wheel scrolls the page.

import { fitted, oneOf, put } from "../../../../js/shared/dom.js";
import { redrawDots } from "./canvas.js";
import { placeHandle } from "./joining/handle.js";
import { covered, drawOverview } from "./overview.js";
import { sceneOf } from "./receive.js";
import { boxOf } from "./scene.js";
import { isStage, partsOf } from "./types.js";

/** @import { Box, Diagram, Direction, FittedText, Scene, SceneNode } from "./types.js" */

const [MOST_ZOOM, CLOSE] = [5, 2]; // of a picture so large that this is not enough: until a unit of it is two pixels

/** @param {Diagram} d */
function applyView(d) {
  const { k, x, y } = d.view;
  for (const part of d.scene?.views ?? []) put(part, "transform", `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${k.toFixed(4)})`);
  redrawDots(d);
  d.ui.stage.classList.toggle("zoomed", k > 1.001);
  d.root.dataset.zoom = k.toFixed(2);
  placeHandle(d);
  drawOverview(d);
}

/**
 * Zoom by `factor` about a point of the picture (its units); the picture never leaves the frame.
 * @param {Diagram} d
 * @param {number} factor
 * @param {number} [px]
 * @param {number} [py]
 */
export function zoom(d, factor, px, py) {
  if (!d.scene) return;
  const { width, height } = d.scene.size;
  const most = Math.max(MOST_ZOOM, CLOSE / (d.scene.front.getScreenCTM()?.a || 1)), k = Math.min(most, Math.max(1, d.view.k * factor));
  const at = { x: px ?? width / 2, y: py ?? height / 2 };
  const x = at.x - ((at.x - d.view.x) / d.view.k) * k, y = at.y - ((at.y - d.view.y) / d.view.k) * k;
  d.view = { k, x, y };
  clampView(d);
}

/** @param {Diagram} d */
export function clampView(d) {
  if (!d.scene) return;
  const { width, height } = d.scene.size;
  d.view.x = Math.min(0, Math.max(width * (1 - d.view.k), d.view.x));
  const spare = d.view.k > 1.001 ? covered(d) / (d.scene.front.getScreenCTM()?.a ?? 1) : 0; // what lies under the map comes out from there
  d.view.y = Math.min(0, Math.max(height * (1 - d.view.k) - spare, d.view.y));
  applyView(d);
}

/** @param {Diagram} d */
export function fit(d) {
  d.view = { k: 1, x: 0, y: 0 };
  if (d.scene) applyView(d);
}

/**
 * A point of the screen in the picture's units.
 * @param {Diagram} d
 * @param {number} clientX
 * @param {number} clientY
 * @returns {[number, number]}
 */
export function picturePoint(d, clientX, clientY) {
  const matrix = d.scene?.front.getScreenCTM()?.inverse();
  const point = new DOMPoint(clientX, clientY).matrixTransform(matrix);
  return [point.x, point.y];
}

/** @param {Diagram} d */
export function listenView(d) {
  const stage = d.ui.stage;
  stage.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(d, Math.exp(-event.deltaY / 300), ...picturePoint(d, event.clientX, event.clientY));
  }, { passive: false });

  /** @type {{ at: [number, number], x: number, y: number, sx: number, sy: number } | null} */
  let drag = null;
  stage.addEventListener("pointerdown", (event) => {
    d.dragged = false;
    if (event.button === 0 && d.view.k > 1.001 && !d.press) drag = { at: picturePoint(d, event.clientX, event.clientY), x: d.view.x, y: d.view.y, sx: event.clientX, sy: event.clientY };
  });
  d.listen(window, "pointermove", (/** @type {PointerEvent} */ event) => {
    if (!drag || d.pinch) return;
    if (Math.hypot(event.clientX - drag.sx, event.clientY - drag.sy) < 4 && !d.dragged) return;
    d.dragged = true;
    const [x, y] = picturePoint(d, event.clientX, event.clientY);
    d.view.x = drag.x + x - drag.at[0];
    d.view.y = drag.y + y - drag.at[1];
    clampView(d);
  });
  d.listen(window, "pointerup", () => (drag = null));
  d.listen(window, "pointercancel", () => (drag = null));

  stage.addEventListener("touchmove", (event) => {
    if (event.touches.length !== 2) return;
    event.preventDefault();
    const [a, b] = event.touches;
    const spread = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    if (d.pinch) zoom(d, spread / d.pinch, ...picturePoint(d, (a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2));
    d.pinch = spread;
  }, { passive: false });
  stage.addEventListener("touchend", () => (d.pinch = null));
  stage.addEventListener("scroll", () => drawOverview(d), { passive: true });
}

const FRAME_ROOM = 20; // round the zones of a frame; flows that lead on end there
// Pixels of the hall's type on a screen 1,920 wide, in proportion on a narrower one; and the least and most of it in the
// picture's own units, since a box holds no larger letters.
const [HALL_PX, HALL_WIDE, LEAST_TYPE, MOST_TYPE] = [24.5, 1920, 12.2, 16.5];
// The same on a desk, where the picture leaves the charts their room.
const [DESK_PX, DESK_TYPE] = [12.1, 13.2];
// A name of two lines has no room for more between them.
const MOST_IN_TWO_LINES = 13.2;

/**
 * In a hall: the zones that matter alone, and what leads on from them as stubs. No frame: all there is.
 * @param {Diagram} d
 */
export function applyFrame(d) {
  const { scene } = d;
  if (!scene) return;
  const zones = new Set(d.frame ?? []);
  /** @param {string} id */
  const within = (id) => !zones.size || zones.has(zoneOf(d, id));
  for (const [id, node] of scene.nodes) for (const part of partsOf(node)) part.classList.toggle("off", !within(id));
  for (const panel of scene.back.querySelectorAll("g.cluster")) panel.classList.toggle("off", !inFrame(zones, panel));
  for (const edge of scene.edges.values()) {
    const ends = [edge.flow.source, edge.flow.target].filter(within).length;
    for (const part of [edge.group, edge.dots, edge.words]) part.classList.toggle("off", !ends || (ends === 1 && edge.flow.loop));
    for (const part of [edge.group, edge.words]) part.classList.toggle("stub", ends === 1);
  }
  scene.window = zones.size ? framed(d, scene) : null;
  const [dx, dy] = scene.window ? shiftOf(scene) : [0, 0], { x, y, w, h } = framed(d, scene);
  scene.viewBox = { x: x + dx, y: y + dy, w, h };
  for (const half of [scene.back, scene.front]) put(half, "viewBox", [x + dx, y + dy, w, h].map((n) => n.toFixed(1)).join(" "));
  scene.box.style.aspectRatio = `${w} / ${h}`;
  scene.box.style.setProperty("--units", w.toFixed(0));
  redrawDots(d);
  sizeType(d);
}

/**
 * @param {Diagram} d
 * @param {string} id
 */
const zoneOf = (d, id) => d.places.get(id)?.zone ?? "";

/**
 * @param {Set<string>} zones
 * @param {Element} panel
 */
const inFrame = (zones, panel) => !zones.size || zones.has(panel.id.replace(/^zone-/, ""));

/**
 * How far Graphviz moved the picture: right, down.
 * @param {Scene} scene
 * @returns {[number, number]}
 */
export function shiftOf(scene) {
  const moved = /translate\(([-\d.]+)[ ,]+([-\d.]+)\)/.exec(oneOf(scene.back, "g.graph").getAttribute("transform") ?? "");
  return moved ? [Number(moved[1]), Number(moved[2])] : [0, 0];
}

/**
 * What the frame of a scene takes, with a little room round it, in the picture's units; all of it where there is none.
 * @param {Diagram} d
 * @param {Scene} scene
 * @returns {Box}
 */
function framed(d, scene) {
  const zones = new Set(d.frame ?? []), boxes = [];
  const all = { x: 0, y: 0, w: scene.size.width, h: scene.size.height };
  if (!zones.size) return all;
  for (const panel of scene.back.querySelectorAll("g.cluster")) {
    const outline = panel.querySelector("path, polygon");
    if (outline && inFrame(zones, panel)) boxes.push(boxOf(outline));
  }
  for (const { flow, path } of scene.edges.values()) {
    if (flow.loop && [flow.source, flow.target].every((id) => zones.has(zoneOf(d, id)))) boxes.push(boxOf(path));
  }
  if (!boxes.length) return all;
  const x = Math.min(...boxes.map((box) => box.x)) - FRAME_ROOM, y = Math.min(...boxes.map((box) => box.y)) - FRAME_ROOM;
  const right = Math.max(...boxes.map((box) => box.x + box.w)) + FRAME_ROOM, foot = Math.max(...boxes.map((box) => box.y + box.h)) + FRAME_ROOM;
  return { x, y, w: right - x, h: foot - y };
}

/**
 * Left to right where there is room, top to bottom on a phone; in a hall whichever shows the frame larger.
 * @param {Diagram} d
 * @returns {Direction}
 */
export function directionOf(d) {
  const wide = d.root.clientWidth;
  if (!d.root.classList.contains("bare") || !d.scene || !wide) return wide && wide < 640 ? "TB" : "LR";
  const high = parseFloat(getComputedStyle(d.scene.box).maxHeight) || window.innerHeight;
  /** @param {Box} box */
  const scale = ({ w, h }) => Math.min(wide / w, high / h);
  return scale(framed(d, sceneOf(d, "TB"))) > 1.1 * scale(framed(d, sceneOf(d, "LR"))) ? "TB" : "LR";
}

/**
 * Letters that are read from the last row, however small the picture had to be drawn; a box holds no larger ones.
 * @param {Diagram} d
 */
export function sizeType(d) {
  const { scene } = d, scale = scene?.front.getScreenCTM()?.a;
  if (!scene || !scale) return;
  const hall = d.root.classList.contains("bare");
  if (hall || scene.direction === "LR") {
    const [px, least] = hall ? [HALL_PX * Math.min(1, window.innerWidth / HALL_WIDE), LEAST_TYPE] : [DESK_PX, DESK_TYPE];
    const most = [...scene.nodes.values()].some((node) => node.titles.length > 1) ? MOST_IN_TWO_LINES : MOST_TYPE;
    d.type = `${Math.min(most, Math.max(least, px / scale)).toFixed(2)}px`;
    d.root.style.setProperty("--type", d.type);
  } else d.type = "";
  fitTexts(d, [...scene.nodes.values()].flatMap(textsOf));
}

/**
 * The texts in a box, each with its room.
 * @param {SceneNode} node
 * @returns {[FittedText, number][]}
 */
const textsOf = (node) => [...node.titles, ...(isStage(node) ? [node.state] : [])].map((text) => [text, node.room]);

/**
 * Texts wider than their rooms, [text, room] each, are set narrower, and smaller where that would not do. Only what was
 * changed is measured, and all of it before any of it is set: the browser lays the page out once.
 * @param {Diagram} d
 * @param {[FittedText, number][]} texts
 */
export function fitTexts(d, texts) {
  /** @param {FittedText} text */
  const asNow = (text) => `${text.textContent}|${d.type ?? ""}|${d.scene?.direction}`;
  const changed = texts.filter(([text]) => text.textContent && text.fittedAs !== asNow(text));
  for (const [text] of changed) {
    text.removeAttribute("textLength");
    text.style.removeProperty("font-size");
  }
  const measured = changed.map(([text, room]) => ({ text, room, length: text.getComputedTextLength() }));
  for (const { text, room, length } of measured) {
    if (!length) continue; // not on the page yet
    text.fittedAs = asNow(text);
    const fits = fitted(length, room, parseFloat(getComputedStyle(text).fontSize));
    if (fits.length === null) continue;
    if (fits.size !== null) text.style.setProperty("font-size", `${fits.size.toFixed(2)}px`, "important");
    put(text, "lengthAdjust", "spacingAndGlyphs");
    put(text, "textLength", room.toFixed(1));
  }
}

/** @param {Diagram} d */
export function toggleFull(d) {
  if (document.fullscreenElement) document.exitFullscreen();
  else d.root.requestFullscreen?.();
}
