// Where a followed event is while it is watched: a place among its beats, which the server made of the journey. Each beat
// begins where the one before ends; what takes no time of the day is watched while its clock stands.

/** @import { SentBeat } from "../message.js" */

/**
 * A place among the beats: which of them, and how many seconds of watching it has gone on.
 * @typedef {{ beat: number, into: number }} Watched
 */

/**
 * The place at a moment of the day; null before the event was born. What was handed over at that moment has arrived.
 * @param {SentBeat[]} beats
 * @param {number} t
 * @returns {Watched | null}
 */
export function placeAt(beats, t) {
  let beat = -1;
  while (beat + 1 < beats.length && beats[beat + 1].start <= t) beat++;
  if (beat < 0) return null;
  const { start, end, watch } = beats[beat];
  return { beat, into: end > start ? watch * Math.min(1, (t - start) / (end - start)) : watch };
}

/**
 * The moment of the day at a place.
 * @param {SentBeat[]} beats
 * @param {Watched} place
 */
export function momentAt(beats, { beat, into }) {
  const { start, end, watch } = beats[beat];
  return start + (end - start) * (into / watch);
}

/**
 * Whether all of it has been watched.
 * @param {SentBeat[]} beats
 * @param {Watched} place
 */
export const isOver = (beats, { beat, into }) => beat === beats.length - 1 && into >= beats[beat].watch;

/**
 * So many seconds of watching later; at the end it stays there. Who wants nothing to move skips the wires.
 * @param {SentBeat[]} beats
 * @param {Watched} place
 * @param {number} seconds
 * @param {boolean} [still]
 * @returns {Watched}
 */
export function onward(beats, { beat, into }, seconds, still = false) {
  into += seconds;
  while (beat < beats.length - 1 && (into >= beats[beat].watch || (still && beats[beat].to))) {
    if (!still || !beats[beat].to) into -= beats[beat].watch;
    beat++;
  }
  return { beat, into: Math.min(into, beats[beat].watch) };
}

/**
 * The beat with which the stage before or after begins, seen from a place; the first or last one where there is none.
 * @param {SentBeat[]} beats
 * @param {Watched | null} place
 * @param {1 | -1} step
 * @returns {number}
 */
export function stageBeat(beats, place, step) {
  const firsts = beats.flatMap(({ to, stage }, i) => (!to && (i === 0 || beats[i - 1].to === stage) ? [i] : []));
  const here = place ? firsts.findLastIndex((i) => i <= place.beat) : -1;
  return firsts[Math.min(firsts.length - 1, Math.max(0, here + step))];
}
