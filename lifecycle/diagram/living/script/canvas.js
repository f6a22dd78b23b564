// The canvas between the two halves of the picture, on which all that moves is drawn: moving hundreds of nodes of an SVG
// thirty times a second would take the page most of its time. Lengths are pixels of the screen unless they say units.

import { svgEl } from "../../../../js/shared/dom.js";
import { layersOf } from "./dots.js";
import { placement } from "./geometry.js";
import { shiftOf } from "./view.js";

/** @import { Diagram, Dot, Scene, Sheet, Stamp } from "./types.js" */

const PHASES = 4; // a dot stands at a quarter of a pixel

/**
 * A dot drawn once for each quarter of a pixel across and down, to be copied to whole pixels: as smooth, and far cheaper
 * than to draw it anew.
 * @param {number} r
 * @param {string} fill
 * @param {number} ring how wide the rim is, 0 for none
 * @param {string} stroke
 * @returns {Stamp}
 */
function stamped(r, fill, ring, stroke) {
  const half = Math.ceil(r + ring / 2) + 1, cell = 2 * half;
  const sheet = document.createElement("canvas");
  sheet.width = sheet.height = cell * PHASES;
  const pen = sheet.getContext("2d");
  if (!pen) return { sheet, half };
  Object.assign(pen, { fillStyle: fill, strokeStyle: stroke, lineWidth: ring });
  for (let i = 0; i < PHASES * PHASES; i++) {
    pen.beginPath();
    pen.arc((i % PHASES) * (cell + 1 / PHASES) + half, Math.floor(i / PHASES) * (cell + 1 / PHASES) + half, r, 0, 2 * Math.PI);
    pen.fill();
    if (ring) pen.stroke();
  }
  return { sheet, half };
}

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
  const w = Math.round(width * density), h = Math.round(height * density);
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const look = getComputedStyle(canvas);
  const colours = { dot: look.color, ring: look.outlineColor, drop: look.textDecorationColor };
  const opacities = new Map(scene.movers.map((group) => {
    const { display, opacity } = getComputedStyle(group);
    return [group, display === "none" ? 0 : Number(opacity)];
  }));
  return { pen, density, colours, opacities, stamps: new Map(), inked: true, ...placement({ w, h }, viewBox, d.view, shiftOf(scene)) };
}

/**
 * @param {Sheet} sheet
 * @param {Dot} dot
 */
function stampOf({ stamps, scale, colours }, { kind, r }) {
  const name = `${kind} ${r}`;
  let stamp = stamps.get(name);
  if (!stamp) stamps.set(name, (stamp = stamped(r * scale, colours[kind], kind === "dot" ? scale : 0, colours.ring)));
  return stamp;
}

/**
 * @param {Sheet} sheet
 * @param {Dot[]} dots
 */
function stampAll(sheet, dots) {
  const { pen, scale, x, y } = sheet;
  for (const dot of dots) {
    const { sheet: image, half } = stampOf(sheet, dot), cell = 2 * half;
    const across = Math.round((dot.x * scale + x) * PHASES), down = Math.round((dot.y * scale + y) * PHASES);
    const [left, top] = [Math.floor(across / PHASES), Math.floor(down / PHASES)];
    pen.globalAlpha = dot.opacity;
    pen.drawImage(image, (across - left * PHASES) * cell, (down - top * PHASES) * cell, cell, cell, left - half, top - half, cell, cell);
  }
  pen.globalAlpha = 1;
}

/**
 * What is on the canvas becomes fainter, as a whole: dots that overlap do not shine through one another.
 * @param {Sheet} sheet
 * @param {number} share
 */
function fade({ pen }, share) {
  pen.globalCompositeOperation = "destination-in";
  pen.fillStyle = `rgb(0 0 0 / ${share})`;
  pen.fillRect(0, 0, pen.canvas.width, pen.canvas.height);
  pen.globalCompositeOperation = "source-over";
}

/**
 * Draw all that moves, the faintest first. A canvas on which there was nothing, and is nothing, is left alone.
 * @param {Diagram} d
 */
export function drawDots(d) {
  const { scene } = d;
  if (!scene) return;
  if (scene.sheet?.density !== (window.devicePixelRatio || 1)) scene.sheet = null;
  const sheet = (scene.sheet ??= readSheet(d, scene));
  if (!sheet) return;
  const layers = layersOf(d).filter(({ group, dots }) => dots.length && sheet.opacities.get(group));
  if (!layers.length && !sheet.inked) return;
  sheet.pen.clearRect(0, 0, sheet.pen.canvas.width, sheet.pen.canvas.height);
  sheet.inked = layers.length > 0;
  const levels = [...new Set(layers.map(({ group }) => sheet.opacities.get(group) ?? 1))].sort((a, b) => a - b);
  levels.forEach((level, i) => {
    for (const { group, dots } of layers) if (sheet.opacities.get(group) === level) stampAll(sheet, dots);
    const next = levels[i + 1] ?? 1;
    if (level < next) fade(sheet, level / next);
  });
}

/**
 * The page looks another way: what drawing reads of it is read anew, and drawn, before the page is next shown.
 * @param {Diagram} d
 */
export function redrawDots(d) {
  if (d.scene) d.scene.sheet = null;
  cancelAnimationFrame(d.redraw);
  d.redraw = requestAnimationFrame(() => drawDots(d));
}

/**
 * The same dots as circles of the SVG, for paper and for a file: sharp at any size.
 * @param {Diagram} d
 * @returns {() => void} takes them away again
 */
export function dotsAsCircles(d) {
  const circles = layersOf(d).flatMap(({ group, dots }) => dots.map(({ kind, x, y, r, opacity }) => {
    const circle = svgEl("circle", { class: kind, cx: x.toFixed(1), cy: y.toFixed(1), r, opacity: opacity < 1 ? opacity.toFixed(2) : null });
    group.append(circle);
    return circle;
  }));
  return () => circles.forEach((circle) => circle.remove());
}
