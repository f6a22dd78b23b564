// Figures in words as lifecycle/words.py has them, so that a figure reads the same wherever it is said.

/**
 * A duration in seconds: `1.4 s`, `58 min`, `2 h 5 min`; `none yet` for no number.
 * @param {number | null} seconds
 */
export function duration(seconds) {
  if (seconds === null || Number.isNaN(seconds)) return "none yet";
  if (seconds === Infinity) return "forever";
  if (seconds < 1) return seconds ? `${seconds >= 0.00995 ? even(seconds * 1000) : +(seconds * 1000).toPrecision(2)} ms` : "0 s";
  if (seconds < 9.95) return `${seconds.toFixed(1).replace(".0", "")} s`;
  if (seconds < 99.5) return `${even(seconds)} s`;
  if (seconds < 3570) return `${even(seconds / 60)} min`;
  if (seconds < 172800) {
    const minutes = even(seconds / 60);
    return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`;
  }
  return `${(seconds / 86400).toFixed(1).replace(".0", "")} days`;
}

/**
 * Rounded to a whole number, a half to the even one, as Python does it.
 * @param {number} value
 */
export function even(value) {
  const low = Math.floor(value), over = value - low;
  return over === 0.5 ? low + (low % 2 ? 1 : 0) : Math.round(value);
}

/**
 * A count or rate in at most four digits: `0.25`, `12`, `3,400`, `120 k`, `1.2 M`.
 * @param {number} signed
 */
export function number(signed) {
  const value = signed + 0; // -0 is 0 to a reader
  const size = Math.abs(value);
  if (Number.isNaN(value)) return "none";
  if (size === Infinity) return "no limit";
  if (size >= 999500) return `${+(value / 1e6).toPrecision(3)} M`;
  if (size >= 9999.5) return `${+(value / 1e3).toPrecision(3)} k`;
  if (size >= 99.5 || Number.isInteger(value)) return even(value).toLocaleString("en");
  const shown = +value.toPrecision(size < 1 ? 2 : 3);
  return /e/.test(String(shown)) ? shown.toFixed(20).replace(/0+$/, "") : String(shown); // never in powers of ten
}

/**
 * A number of at most four digits, with commas between thousands: what a class answered, on phone and desk.
 * @param {number} value
 */
export const answerNumber = (value) => Number(value.toPrecision(4)).toLocaleString("en");

/** @param {number} n */
const two = (n) => String(n).padStart(2, "0");

/**
 * A moment of the day as hh:mm.
 * @param {number} seconds
 */
export function clockWords(seconds) {
  const s = Math.floor(seconds);
  return `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}`;
}

/**
 * A span as minutes and seconds: `5:07`, `−0:30`.
 * @param {number} seconds
 */
export function minutes(seconds) {
  const s = Math.abs(seconds);
  return `${seconds < 0 ? "−" : ""}${Math.floor(s / 60)}:${two(Math.floor(s % 60))}`;
}

/**
 * A text as a sentence begins.
 * @param {string} text
 */
export const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

/**
 * `1 vote`, `2 votes`.
 * @param {number} n
 * @param {string} one
 */
export const plural = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;

export const NO_CHANGE = "no change";

/**
 * How a figure changed: `+12 %`, `40 times as much`, `no change`; null is no figure at all.
 * @param {number | null} before
 * @param {number | null} after
 */
export function change(before, after) {
  if (before === after) return NO_CHANGE;
  if (before === null || after === null) return before === null ? "from nothing" : "to nothing";
  if (before === 0) return "from none";
  const ratio = after / before, percent = 100 * (ratio - 1), size = Math.abs(percent);
  if (ratio >= 3) return `${number(ratio)} times as much`;
  if (size < 0.05) return NO_CHANGE;
  let shown = size < 10 || size > 99 ? size.toFixed(1) : size.toFixed(0);
  if (shown === "100.0" && after > 0 && after < before) shown = "99.9"; // not all of it is gone
  return `${percent > 0 ? "+" : "−"}${shown.replace(/\.0$/, "")} %`;
}
