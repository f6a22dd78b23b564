// What stands below the picture: the time, the caption, and the address, which a phone reads from its QR code.

import { correction, generate, mode } from "../../../../../js/shared/encoders.js";
import { shape } from "./shapes.js";

/** @import { Shape } from "./shapes.js" */

const [PAD, CAPTION, ADDRESS, CLOCK, CLOCK_WIDE, LINE] = [14, 15, 12.5, 20, 66, 1.35];
const [MODULE, QUIET] = [3, 4]; // pixels of a module, and modules of white round a code, without which none is read
const LONG = 300; // letters from which a code has less to spare, so that its modules stay large
const MOST = 1000; // letters of an address: with more a code is too fine for a phone

/**
 * Lengths are pixels of the finished film; `measure` says how long a text is.
 * @typedef {{ wide: number, family: string, ink: string, soft: string, measure: (text: string, size: number) => number }} Paper
 */

/**
 * The modules of an address's code, row by row; null where none can be made of it.
 * @param {string} address
 * @returns {boolean[][] | null}
 */
export function codeOf(address) {
  if (!address || address.length > MOST) return null;
  const plain = mode.bytes(new TextEncoder().encode(address)), level = address.length < LONG ? correction.M : correction.L;
  const code = generate(plain, { minCorrectionLevel: level });
  const places = Array.from({ length: code.size }, (_, i) => i);
  return places.map((y) => places.map((x) => code.get(x, y)));
}

/**
 * A code as one path, run by run.
 * @param {boolean[][]} code
 */
export function codePath(code) {
  return code.map((row, y) => row.map((dark, x) => {
    if (!dark || row[x - 1]) return "";
    const end = row.indexOf(false, x), length = (end < 0 ? row.length : end) - x;
    return `M${x} ${y}h${length}v1h-${length}z`;
  }).join("")).join("");
}

/**
 * A text in lines that fit: broken between words or, where there is no room for one, anywhere.
 * @param {string} text
 * @param {number} room
 * @param {(text: string) => number} measure
 * @returns {string[]}
 */
export function linesOf(text, room, measure) {
  /** @type {string[]} */
  const lines = [];
  let line = "";
  for (const word of text.trim().split(/(?<=\s)/)) {
    if (line && measure((line + word).trimEnd()) > room) lines.push(line.trimEnd()), (line = "");
    for (const letter of word) {
      if (line && measure((line + letter).trimEnd()) > room) lines.push(line), (line = "");
      line += letter;
    }
  }
  return line ? [...lines, line.trimEnd()] : lines;
}

/**
 * The same for every frame: how high it is, and its shapes below the time.
 * @param {string} caption
 * @param {string} address "" for none
 * @param {Paper} paper
 * @returns {{ high: number, foot: (clock: string) => Shape }}
 */
export function footOf(caption, address, { wide, family, ink, soft, measure }) {
  const code = codeOf(address), side = code ? (code.length + 2 * QUIET) * MODULE : 0;
  const x = PAD + CLOCK_WIDE, room = wide - x - PAD - (code ? side + PAD : 0);
  const said = linesOf(caption, room, (text) => measure(text, CAPTION)), where = linesOf(address, room, (text) => measure(text, ADDRESS));
  let y = PAD;
  /** @type {(text: string, size: number, fill: string, key: string) => Shape} */
  const line = (text, size, fill, key) => shape(key, "text", { x, y: (y += size * LINE) - size * 0.3, "font-size": size, fill }, text);
  const lines = [...said.map((text, i) => line(text, CAPTION, ink, `caption ${i}`)), ...where.map((text, i) => line(text, ADDRESS, soft, `address ${i}`))];
  const place = `translate(${wide - PAD - side + QUIET * MODULE} ${PAD + QUIET * MODULE}) scale(${MODULE})`;
  const drawn = !code ? [] : [
    shape("quiet", "rect", { x: wide - PAD - side, y: PAD, width: side, height: side, fill: "#ffffff" }), // dark on light is what all readers know
    shape("code", "path", { d: codePath(code), transform: place, fill: "#000000", "shape-rendering": "crispEdges" })];
  const high = Math.max(y, PAD + CLOCK * LINE, PAD + side) + PAD;
  return { high, foot: (clock) => shape("foot", "g", { "font-family": family }, [
    shape(`clock ${clock}`, "text", { x: PAD, y: PAD + CLOCK, "font-size": CLOCK, "font-weight": 600, fill: ink }, clock), ...lines, ...drawn]) };
}
