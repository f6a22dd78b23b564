// One clock: play, pause, speed, scrub; one animation loop that stops when nobody looks.

import { put, write } from "../../../../js/shared/dom.js";
import { clockWords } from "../../../../js/shared/words.js";
import { paintDots, paintStates } from "./paint.js";
import { say } from "./select.js";
import { paintTable, summaryWords } from "./telling.js";

/** @import { Diagram } from "./types.js" */

export const SPEEDS = [[30, "day in 30 s"], [60, "day in 1 min"], [120, "day in 2 min"], [300, "day in 5 min"], [900, "day in 15 min"]];

// So long at least between two paintings: some thirty a second, so that the page has room for what is clicked meanwhile.
const FRAME_MS = 30;

/**
 * @param {Diagram} d
 * @param {boolean} playing
 */
export function setPlaying(d, playing) {
  d.playing = Boolean(playing && d.frames);
  d.root.dataset.playing = String(d.playing);
  put(d.ui.play, "aria-label", d.playing ? "Pause" : "Play");
  put(d.ui.play, "title", d.playing ? "Pause (space)" : "Play (space)");
  d.ui.playIcon.setAttribute("d", d.playing ? "M7 5v14M17 5v14" : "M7 4l13 8-13 8z");
  d.root.classList.toggle("playing", d.playing);
  d.last = null;
  if (d.playing) tick(d);
}

/** @param {Diagram} d */
export function tick(d) {
  cancelAnimationFrame(d.raf);
  d.raf = requestAnimationFrame((stamp) => {
    const { frames } = d;
    if (!d.playing || !frames || document.hidden || !d.root.isConnected) return;
    if (d.last !== null && stamp - d.last < FRAME_MS) return tick(d);
    const gone = d.last === null ? 0 : Math.min(100, stamp - d.last);
    d.last = stamp;
    const length = frames.end - frames.start;
    let t = d.t + (gone / 1000) * (length / d.speed);
    if (t >= frames.end) t = frames.start;
    showMoment(d, t, stamp - (d.painted) > 180);
    tick(d);
  });
}

/**
 * Show the moment t; figures and words are renewed a few times a second, dots at every painting.
 * @param {Diagram} d
 * @param {number} t
 * @param {boolean} [words]
 */
export function showMoment(d, t, words = true) {
  if (!d.frames) return;
  d.t = Math.min(d.frames.end, Math.max(d.frames.start, t));
  paintDots(d);
  window.headwatersMoment = d.t; // for anyone who follows the clock, now or from now on
  window.dispatchEvent(new CustomEvent("headwaters:moment", { detail: d.t }));
  if (!words) return;
  d.painted = performance.now();
  paintStates(d);
  const moment = clockWords(d.t);
  write(d.ui.time, moment);
  d.ui.scrub.value = String(Math.round(d.t));
  put(d.ui.scrub, "aria-valuetext", moment);
  paintTable(d);
}

/** @param {Diagram} d */
export function pause(d) {
  setPlaying(d, false);
  showMoment(d, d.t);
  say(d, summaryWords(d));
  sendMoment(d);
}

/** @param {Diagram} d */
export function playOrPause(d) {
  if (d.playing) pause(d);
  else setPlaying(d, true);
}

/**
 * Tell the server where the playhead came to rest; keys that repeat are sent once.
 * @param {Diagram} d
 */
export function sendMoment(d) {
  clearTimeout(d.momentTimer);
  d.momentTimer = setTimeout(() => {
    const moment = Math.round(d.t);
    if (d.playing || moment === d.momentSent) return;
    d.momentSent = moment;
    d.send("moment", moment);
  }, 250);
}

/** @param {Diagram} d */
export function scrubbed(d) {
  setPlaying(d, false);
  showMoment(d, Number(d.ui.scrub.value));
}
