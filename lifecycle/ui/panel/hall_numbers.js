// Numbers and predictions: how they spread, and where the truth lies.

import { svgEl } from "../../../js/shared/dom.js";
import { plural } from "../../../js/shared/words.js";

/**
 * @import { BinShown, KeyShown, PollShown, TallyShown } from "../../../js/shared/class_message.js"
 * @import { Paint } from "./types.js"
 */

export const NOBODY = "Nobody answered";

/** @type {Paint} */
export function paintNumbers(h, tally, key) {
  const { poll } = h.data;
  const now = tally?.bins ?? [];
  const was = tally?.first?.bins ?? [];
  const truth = key?.truth ?? null;
  const [low, high] = scale(poll, [...now, ...was], truth);
  const [W, H, L, B] = [900, 300, 30, 56];
  /** @param {number} value */
  const x = (value) => L + ((W - 2 * L) * (Math.max(low, Math.min(high, value)) - low)) / (high - low);
  const tallest = Math.max(1, ...[...now, ...was].map((bin) => bin.count));
  /** @param {number} count */
  const rise = (count) => ((H - B - 60) * count) / tallest;
  const plot = svgEl("svg", { class: "plot", viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": numbersInWords(tally, key) });
  /** @param {string} words @param {Record<string, string | number>} attributes */
  const text = (words, attributes) => svgEl("text", { text: words, "text-anchor": "middle", ...attributes });
  const bars = [...now.map((bin) => ({ bin, kind: "bin" })), ...was.map((bin) => ({ bin, kind: "bin first" }))];
  for (const { bin, kind } of bars) if (bin.count) plot.append(svgEl("rect", { class: kind, x: x(bin.low), width: Math.max(4, x(bin.high) - x(bin.low) - 1), y: H - B - rise(bin.count), height: rise(bin.count) }));
  for (const bin of now) if (bin.count) plot.append(text(`${bin.count}`, { x: beside((x(bin.low) + x(bin.high)) / 2, truth === null ? null : x(truth), `${bin.count}`), y: H - B - rise(bin.count) - 5 }));
  plot.append(svgEl("line", { class: "axis", x1: L, x2: W - L, y1: H - B, y2: H - B }));
  for (const value of roundTicks(low, high)) plot.append(text(said(value), { x: x(value), y: H - B + 23 }));
  plot.append(text(poll.unit ? `what you say, in ${poll.unit}` : "what you say", { x: W / 2, y: H - 6 }));
  if (tally && !tally.voted) plot.append(text(NOBODY, { class: "nobody", x: W / 2, y: (H - B) / 2 + 12 }));
  if (key && truth !== null) {
    const end = x(truth) > W / 2;
    plot.append(svgEl("line", { class: "truth", x1: x(truth), x2: x(truth), y1: 22, y2: H - B }),
      text(key.said, { class: "truth-label", x: x(truth) + (end ? -8 : 8), y: 34, "text-anchor": end ? "end" : "start" }));
  }
  h.body.replaceChildren(plot);
}

/**
 * The middle of a bar's count: above the bar, or beside the line of the truth where that would cover it.
 * @param {number} middle
 * @param {number | null} line
 * @param {string} words
 */
function beside(middle, line, words) {
  const room = 8 + 6 * words.length;
  if (line === null || Math.abs(middle - line) >= room) return middle;
  return line + (middle < line ? -room : room);
}

/**
 * Round numbers from `low` to `high`, four to eight of them.
 * @param {number} low
 * @param {number} high
 */
function roundTicks(low, high) {
  const rough = (high - low) / 7, tens = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((each) => each * tens >= rough * 0.999) ?? 10) * tens;
  const ticks = [];
  for (let nth = Math.ceil(low / step - 1e-9); nth * step <= high * (1 + 1e-9); nth++) ticks.push(nth * step);
  return ticks;
}

/**
 * A prediction's own scale, else from zero over all bins (which leave out the wildest) and what is right.
 * @param {PollShown} poll
 * @param {BinShown[]} bins
 * @param {number | null} truth
 * @returns {[number, number]}
 */
function scale(poll, bins, truth) {
  const ends = [...(poll.kind === "predict" ? [poll.low, poll.high] : [0]), ...bins.flatMap((bin) => [bin.low, bin.high]), ...(truth === null ? [] : [truth * 1.1])];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return high > low ? [low, high] : [low, low + 1];
}

/** @param {number} value */
const said = (value) => Number(value.toPrecision(3)).toLocaleString("en");

/** @param {TallyShown | null} tally @param {KeyShown | null} key */
function numbersInWords(tally, key) {
  const parts = [tally && !tally.voted ? NOBODY : tally ? `${plural(tally.voted, "answer")}. ${tally.median_said}` : "No answers shown yet"];
  if (key?.said) parts.push(key.said);
  return parts.join("; ");
}

