// A film is made frame by frame, each by the drawing that the screen has; the screen itself stays at its own moment.

import { SVG, el } from "../../../../../js/shared/dom.js";
import { clockWords } from "../../../../../js/shared/words.js";
import { fontFaces } from "../frozen.js";
import { isStage } from "../types.js";
import { footOf } from "./foot.js";
import { gifWriter, paletteOf } from "./gif.js";
import { asAttribute, readPicture } from "./reading.js";
import { shape, svgText } from "./shapes.js";
import { RATES, momentsOf } from "./stretch.js";
import { recorded } from "./webm.js";

/** @import { Diagram, Scene } from "../types.js" */
/** @import { Shape } from "./shapes.js" */
/** @import { Wish } from "./stretch.js" */

/**
 * What of the page's own script a film is made with: it is loaded already, and knows its state.
 * @typedef {object} Hands
 * @property {(d: Diagram) => void} paintStates
 * @property {(d: Diagram, words: boolean) => void} showFollowed
 * @property {(d: Diagram) => () => void} dotsAsShapes
 * @property {(d: Diagram, playing: boolean) => void} setPlaying
 *
 * @typedef {{ signal: AbortSignal, tell: (done: number, of: number) => void }} Watcher
 * @typedef {{ width: number, height: number, scale: number, at: (t: number) => Shape }} Camera lengths in pixels of the film
 */

const [WIDEST, LARGEST] = [1200, 2]; // pixels of a film that is drawn, and of one unit of the picture
const SAMPLES = [0, 0.5, 1]; // of the frames, for the palette

/**
 * Signs find their places anew, so that a frame hangs on nothing but its moment.
 * @param {Scene} scene
 */
function forgetPlaces(scene) {
  for (const node of scene.nodes.values()) {
    if (!isStage(node)) continue;
    Object.assign(node, { signed: false, sign: undefined });
    for (const mark of [node.lost, node.askers]) delete mark.dataset.as;
  }
}

/**
 * Have the page draw another moment, read it, and put back what was there, all before it is next painted. Dots move for
 * those too who want nothing to move on their screen.
 * @template Read
 * @param {Diagram} d
 * @param {Scene} scene
 * @param {Hands} hands
 * @param {number} t
 * @param {() => Read} read
 * @returns {Read}
 */
function atMoment(d, scene, { paintStates, showFollowed, dotsAsShapes }, t, read) {
  const before = { t: d.t, still: d.still }, place = d.gold?.place;
  const draw = () => {
    forgetPlaces(scene);
    paintStates(d);
    showFollowed(d, false);
  };
  Object.assign(d, { t, still: false });
  draw();
  const done = dotsAsShapes(d);
  try {
    return read();
  } finally {
    done();
    Object.assign(d, before);
    if (d.gold) d.gold.place = place ?? null;
    draw();
  }
}

/**
 * What makes the picture of a moment, with caption and address below it, as a shape that stands alone.
 * @param {Diagram} d
 * @param {Scene} scene
 * @param {Hands} hands
 * @param {Wish} wish
 * @returns {Promise<Camera>}
 */
async function cameraOf(d, scene, hands, { from, to, format, caption, address }) {
  const { w, h } = scene.viewBox, scale = format === "svg" ? 1 : Math.min(WIDEST / w, LARGEST);
  const { fontFamily: family } = getComputedStyle(scene.front), page = getComputedStyle(d.root), pen = el("canvas").getContext("2d");
  const faces = await fontFaces(family);
  const paper = { wide: w * scale, family, ink: asAttribute(page.color), soft: asAttribute(getComputedStyle(d.ui.legend).color),
    measure: (/** @type {string} */ text, /** @type {number} */ size) => {
      if (!pen) return text.length * size;
      pen.font = `${size}px ${family}`;
      return pen.measureText(text).width;
    } };
  const { high, foot } = footOf(caption, address, paper);
  const [width, height] = [w * scale, h * scale + high].map((length) => 2 * Math.ceil(length / 2)); // what records films wants even ones
  const ids = new Map();
  const title = `${d.data.title}, ${clockWords(from)} to ${clockWords(to)}`;
  const around = { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` };
  /** @param {number} t */
  const at = (t) => atMoment(d, scene, hands, t, () => shape("film", "svg", around, [
    shape("title", "title", {}, title), shape("style", "style", {}, faces),
    shape("ground", "rect", { width, height, fill: asAttribute(page.backgroundColor) }),
    readPicture(scene, ids, scale),
    shape("below", "g", { transform: `translate(0 ${h * scale})` }, [foot(clockWords(t))])]));
  return { width, height, scale, at };
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Shape} moment
 */
async function drawShape(pen, moment) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText([moment]))}`;
  await image.decode();
  pen.drawImage(image, 0, 0);
}

/**
 * @param {Diagram} d
 * @param {Hands} hands
 * @param {Wish} wish
 * @param {Watcher} watcher
 * @returns {Promise<Blob>}
 */
export async function makeFilm(d, hands, wish, { signal, tell }) {
  const { scene, frames: day } = d;
  if (!scene || !day) throw new Error("there is no day on screen");
  const moments = momentsOf(wish, RATES[wish.format]), camera = await cameraOf(d, scene, hands, wish);
  const pictures = moments.length + (wish.format === "gif" ? SAMPLES.length : 0);
  let done = 0;
  /** @param {number} i */
  const frame = async (i) => {
    await new Promise((resolve) => setTimeout(resolve)); // the page lives on, and its button to cancel
    signal.throwIfAborted();
    if (d.scene !== scene || d.frames !== day || !d.root.isConnected) throw new Error("the day on screen, or its picture, is another one now");
    tell(++done, pictures);
    return camera.at(moments[i]);
  };
  if (wish.format === "svg") {
    const shapes = [];
    for (const i of moments.keys()) shapes.push(await frame(i));
    return new Blob([svgText(shapes, wish.lasts)], { type: "image/svg+xml" });
  }
  const canvas = el("canvas", { width: camera.width, height: camera.height }), pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) throw new Error("the browser has no room for a picture of this size");
  if (wish.format === "gif") return gifOf(pen, moments, frame);
  /** @type {Blob[]} */
  const drawn = [];
  for (const i of moments.keys()) {
    await drawShape(pen, await frame(i));
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.95)); // all frames at once as pixels would be a gigabyte
    if (!blob) throw new Error("the browser has no room for another frame");
    drawn.push(blob);
  }
  return recorded(canvas, drawn, RATES.webm, signal);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {number[]} moments
 * @param {(i: number) => Promise<Shape>} frame
 */
async function gifOf(pen, moments, frame) {
  const { width, height } = pen.canvas;
  /** @param {number} i */
  const pixels = async (i) => {
    await drawShape(pen, await frame(i));
    return new Uint32Array(pen.getImageData(0, 0, width, height).data.buffer);
  };
  const samples = [];
  for (const share of SAMPLES) samples.push(await pixels(Math.round(share * (moments.length - 1))));
  const writer = gifWriter(paletteOf(samples), width, height, 1000 / RATES.gif);
  for (const i of moments.keys()) writer.add(await pixels(i));
  return new Blob([writer.end()], { type: "image/gif" });
}
