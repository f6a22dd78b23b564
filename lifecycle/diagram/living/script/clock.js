// One clock: play, pause, speed, scrub; one animation loop that stops when nobody looks.

import { put, write } from "../../../../js/shared/dom.js";
import { leaves } from "../../../../js/shared/leaving.js";
import { clockWords } from "../../../../js/shared/words.js";
import { watchOn } from "./breaking/replay.js";
import { drawDots } from "./canvas.js";
import { nextMoment, rewind, showFollowed } from "./follow/follow.js";
import { paintStates } from "./paint.js";
import { say } from "./select.js";
import { paintTable, summaryWords } from "./telling.js";

/** @import { Diagram, Frames } from "./types.js" */

export const SPEEDS = [[30, "day in 30 s"], [60, "day in 1 min"], [120, "day in 2 min"], [300, "day in 5 min"], [900, "day in 15 min"]];

// From one painting to asking for the next: with the wait for the screen some thirty a second, so that the page has room for
// what is clicked meanwhile. And from one step of the clock to the next where the diagram is out of sight.
const [PAUSE_MS, UNSEEN_MS] = [28, 100];
const WORDS_MS = 180; // figures and words are renewed so often
const LONGEST_MS = 100; // of watching that a step is worth, however long nobody looked

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

/**
 * The clock's next step: painted where anything of the diagram is in sight; else only who follows the clock hears of it.
 * @param {Diagram} d
 */
export function tick(d) {
  endTicks(d);
  if (!d.playing || document.hidden) return;
  if (d.inSight) d.tickTimer = setTimeout(() => (d.raf = requestAnimationFrame(() => step(d))), PAUSE_MS);
  else d.tickTimer = setTimeout(() => step(d), UNSEEN_MS);
}

/** @param {Diagram} d */
export function endTicks(d) {
  clearTimeout(d.tickTimer);
  cancelAnimationFrame(d.raf);
}

/** @param {Diagram} d */
function step(d) {
  const { frames } = d, now = performance.now();
  if (!d.playing || !frames || document.hidden || !d.root.isConnected) return;
  const gone = d.last === null ? 0 : Math.min(LONGEST_MS, now - d.last);
  d.last = now;
  const waits = d.said?.follows ? d.t : null; // for the server's word on the run that the page plays ahead
  const next = d.gold ? nextMoment(d, gone / 1000) : waits ?? dayOnward(d, frames, gone / 1000);
  if (next === null) return pause(d);
  if (d.inSight) showMoment(d, next, now - d.painted > WORDS_MS);
  else moveTo(d, frames, next);
  tick(d);
}

/**
 * The day goes by evenly, and begins anew.
 * @param {Diagram} d
 * @param {Frames} frames
 * @param {number} seconds
 */
function dayOnward(d, frames, seconds) {
  const t = d.t + seconds * ((frames.end - frames.start) / d.speed);
  return t >= frames.end ? frames.start : t;
}

/**
 * @param {Diagram} d
 * @param {Frames} frames
 * @param {number} t
 */
function moveTo(d, frames, t) {
  d.t = Math.min(frames.end, Math.max(frames.start, t));
  window.headwatersMoment = d.t; // for anyone who follows the clock, now or from now on
  window.dispatchEvent(new CustomEvent("headwaters:moment", { detail: d.t }));
  watchOn(d);
}

/**
 * Show the moment t; figures and words are renewed a few times a second, dots at every painting.
 * @param {Diagram} d
 * @param {number} t
 * @param {boolean} [words]
 */
export function showMoment(d, t, words = true) {
  if (!d.frames) return;
  moveTo(d, d.frames, t);
  drawDots(d);
  showFollowed(d, words);
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
  if (d.playing) return pause(d);
  rewind(d);
  setPlaying(d, true);
}

/**
 * Tell the server where the playhead came to rest; keys that repeat are sent once.
 * @param {Diagram} d
 */
export function sendMoment(d) {
  clearTimeout(d.momentTimer);
  d.momentTimer = setTimeout(() => {
    const moment = Math.round(d.t);
    if (d.playing || moment === d.momentSent || leaves()) return;
    d.momentSent = moment;
    d.unheard.push(moment);
    d.send("moment", moment);
  }, 250);
}

/** @param {Diagram} d */
export function scrubbed(d) {
  setPlaying(d, false);
  showMoment(d, Number(d.ui.scrub.value));
}
