// The canvas between the two halves of the picture, on which all that moves is drawn: to move hundreds of nodes of an SVG
// thirty times a second takes the page about twice as long.

import { svgEl } from "../../../../js/shared/dom.js";
import { layersOf } from "./dots.js";
import { placement, shown } from "./geometry.js";
import { shiftOf } from "./view.js";

/** @import { Diagram, Dot, Scene, Sheet } from "./types.js" */

const [MOST_PIXELS, MOST_SIDE] = [16e6, 16_000]; // of a canvas, which a phone's browser leaves empty where it is larger
const [PACKET_HIGH, PACKET_TYPE] = [16, 13]; // in units of the picture

/**
 * What drawing needs to know of the page: read when it may have changed, not for every frame.
 * @param {Diagram} d
 * @param {Scene} scene
 * @returns {Sheet | null} null where the picture takes no room
 */
function readSheet(d, scene) {
  const { canvas, viewBox } = scene, pen = canvas.getContext("2d");
  const { width, height } = canvas.getBoundingClientRect(), density = window.devicePixelRatio || 1;
  if (!pen || !width || !height) return null;
  const fine = Math.min(density, Math.sqrt(MOST_PIXELS / (width * height)), MOST_SIDE / Math.max(width, height));
  const w = Math.round(width * fine), h = Math.round(height * fine);
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const look = getComputedStyle(canvas);
  const opacities = new Map(scene.movers.map((group) => {
    const { display, opacity } = getComputedStyle(group);
    return [group, display === "none" ? 0 : Number(opacity)];
  }));
  const placed = placement({ w, h }, viewBox, d.view, shiftOf(scene));
  pen.setTransform(placed.scale, 0, 0, placed.scale, placed.x, placed.y);
  pen.font = `600 ${PACKET_TYPE}px ${look.fontFamily}`;
  Object.assign(pen, { textAlign: "center", textBaseline: "middle" });
  return { pen, density, opacities, inked: true, shown: shown({ w, h }, placed),
    colours: { dot: look.color, drop: look.textDecorationColor, unread: look.columnRuleColor, ground: look.outlineColor } };
}

/**
 * @param {Sheet} sheet
 * @param {Dot[]} dots
 */
function drawAll(sheet, dots) {
  for (const dot of dots) {
    sheet.pen.globalAlpha = dot.opacity;
    if (dot.kind === "packet") drawPacket(sheet, dot);
    else if (dot.kind === "bounce") drawCross(sheet, dot);
    else drawDot(sheet, dot);
  }
  sheet.pen.globalAlpha = 1;
}

/**
 * @param {Sheet} sheet
 * @param {Dot} dot
 */
function drawDot({ pen, colours }, { kind, x, y, r }) {
  const hollow = kind === "request";
  const falls = kind === "drop" || kind === "unread";
  pen.fillStyle = hollow ? colours.ground : colours[falls ? kind : "dot"];
  pen.strokeStyle = hollow ? colours.dot : colours.ground; // a rim in the ground's colour, so that dots that overlap can be counted
  pen.lineWidth = hollow ? 1.5 : 1;
  pen.beginPath();
  pen.arc(x, y, hollow ? r - 0.75 : r, 0, 2 * Math.PI);
  pen.fill();
  if (!falls) pen.stroke();
}

/**
 * @param {Sheet} sheet
 * @param {Dot} dot
 */
function drawPacket({ pen, colours }, { x, y, r, words = "" }) {
  pen.fillStyle = colours.dot;
  pen.strokeStyle = colours.ground;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.roundRect(x - r, y - PACKET_HIGH / 2, 2 * r, PACKET_HIGH, PACKET_HIGH / 2);
  pen.fill();
  pen.stroke();
  pen.fillStyle = colours.ground;
  pen.fillText(words, x, y + 0.5);
}

/**
 * @param {Sheet} sheet
 * @param {Dot} dot
 */
function drawCross({ pen, colours }, { x, y, r }) {
  pen.strokeStyle = colours.drop;
  pen.lineWidth = 2;
  pen.beginPath();
  for (const slope of [-1, 1]) {
    pen.moveTo(x - r, y - slope * r);
    pen.lineTo(x + r, y + slope * r);
  }
  pen.stroke();
}

/**
 * What is on the canvas becomes fainter, as a whole: dots that overlap do not shine through one another.
 * @param {Sheet} sheet
 * @param {number} share
 */
function fade({ pen }, share) {
  pen.save();
  pen.resetTransform();
  pen.globalCompositeOperation = "destination-in";
  pen.fillStyle = `rgb(0 0 0 / ${share})`;
  pen.fillRect(0, 0, pen.canvas.width, pen.canvas.height);
  pen.restore();
}

/** @param {Sheet} sheet */
function wipe({ pen }) {
  pen.save();
  pen.resetTransform();
  pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height);
  pen.restore();
}

/**
 * Draw all that moves, the faintest first, where it is seen. A canvas on which there was nothing, and is nothing, is left alone.
 * @param {Diagram} d
 */
export function drawDots(d) {
  const { scene } = d;
  if (!scene || !d.pictureInSight) return;
  if (scene.sheet?.density !== (window.devicePixelRatio || 1)) scene.sheet = null;
  const sheet = (scene.sheet ??= readSheet(d, scene));
  if (!sheet) return;
  const layers = layersOf(d, scene.window && sheet.shown).filter(({ group, dots }) => dots.length && sheet.opacities.get(group));
  if (!layers.length && !sheet.inked) return;
  wipe(sheet);
  sheet.inked = layers.length > 0;
  const levels = [...new Set(layers.map(({ group }) => sheet.opacities.get(group) ?? 1))].sort((a, b) => a - b);
  levels.forEach((level, i) => {
    for (const { group, dots } of layers) if (sheet.opacities.get(group) === level) drawAll(sheet, dots);
    const next = levels[i + 1] ?? 1;
    if (level < next) fade(sheet, level / next);
  });
}

/**
 * The page looks another way: what drawing reads of it is read again, and drawn, before the page is next shown.
 * @param {Diagram} d
 */
export function redrawDots(d) {
  if (d.scene) d.scene.sheet = null;
  cancelAnimationFrame(d.redraw);
  d.redraw = requestAnimationFrame(() => drawDots(d));
}

/**
 * What moves, as a shape of the SVG.
 * @param {Dot} dot
 */
function shapeOf({ kind, x, y, r, opacity, words }) {
  const more = { class: kind, opacity: opacity < 1 ? opacity.toFixed(2) : null };
  if (kind === "packet") {
    return svgEl("g", more, svgEl("rect", { x: (x - r).toFixed(1), y: (y - PACKET_HIGH / 2).toFixed(1), width: 2 * r, height: PACKET_HIGH, rx: PACKET_HIGH / 2 }),
      svgEl("text", { x: x.toFixed(1), y: (y + 4.5).toFixed(1), "text-anchor": "middle", text: words }));
  }
  if (kind === "bounce") return svgEl("path", { ...more, d: `M${x - r} ${y - r}l${2 * r} ${2 * r}M${x - r} ${y + r}l${2 * r} ${-2 * r}` });
  return svgEl("circle", { ...more, cx: x.toFixed(1), cy: y.toFixed(1), r: kind === "request" ? r - 0.75 : r });
}

/**
 * The same as shapes of the SVG, for paper and for a file: sharp at any size.
 * @param {Diagram} d
 * @returns {() => void} takes them away again
 */
export function dotsAsShapes(d) {
  const shapes = layersOf(d).flatMap(({ group, dots }) => dots.map((dot) => {
    const shape = shapeOf(dot);
    group.append(shape);
    return shape;
  }));
  return () => shapes.forEach((shape) => shape.remove());
}
