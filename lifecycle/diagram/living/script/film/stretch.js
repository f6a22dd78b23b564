// A stretch of the clock: what somebody asks for, and the moments of which its frames are made.

import { clockWords } from "../../../../../js/shared/words.js";

/**
 * `from` and `to`: seconds of the day; `lasts`: seconds of watching; `address`: "" for a film without one.
 * @typedef {"gif" | "webm" | "svg"} Format
 * @typedef {{ from: number, to: number, lasts: number, format: Format, caption: string, address: string }} Wish
 */

export const [SHORTEST_S, LONGEST_S, USUAL_S] = [3, 15, 6];

/**
 * Frames a second: GIF counts in hundredths, and an SVG grows with each of them.
 * @type {Record<Format, number>}
 */
export const RATES = { gif: 10, svg: 10, webm: 25 };

/**
 * A moment as hh:mm, to 24:00, in seconds of the day; null for anything else.
 * @param {string} text
 */
export function readClock(text) {
  const parts = /^\s*(\d{1,2})[:.](\d{2})\s*$/.exec(text);
  if (!parts) return null;
  const [hours, minutes] = [Number(parts[1]), Number(parts[2])];
  return minutes < 60 && hours * 60 + minutes <= 1440 ? hours * 3600 + minutes * 60 : null;
}

/**
 * Why no film can be made of a stretch, in a sentence; "" where one can.
 * @param {{ from: number | null, to: number | null, lasts: number }} asked
 * @param {{ start: number, end: number }} day
 */
export function faultOf({ from, to, lasts }, { start, end }) {
  if (from === null || to === null) return `“${from === null ? "From" : "To"}” is not a moment of a day: write it as 02:30.`;
  if (from < start || to > end) return `This day goes from ${clockWords(start)} to ${clockWords(end)}: choose a stretch within it.`;
  if (to <= from) return `The film would end at ${clockWords(to)}, not after its start at ${clockWords(from)}: choose a later “To”.`;
  if (!(lasts >= SHORTEST_S && lasts <= LONGEST_S)) return `A film lasts ${SHORTEST_S} to ${LONGEST_S} seconds: choose a length between them.`;
  return "";
}

/**
 * The moments of a film's frames, first and last included, evenly spaced.
 * @param {{ from: number, to: number, lasts: number }} stretch
 * @param {number} rate frames a second
 */
export function momentsOf({ from, to, lasts }, rate) {
  const many = Math.round(lasts * rate);
  return Array.from({ length: many }, (_, i) => from + ((to - from) * i) / (many - 1));
}

/** @param {Wish} wish */
export const fileName = ({ from, to, format }) => `pipeline-${[from, to].map((t) => clockWords(t).replace(":", "")).join("-")}.${format}`;
