// Following one event: what the server says of it, the clock that adapts to it, and the dot that was clicked.

import { sendMoment, setPlaying, showMoment } from "../clock.js";
import { dotNear } from "../dots.js";
import { say } from "../select.js";
import { drawGold } from "./gold.js";
import { markRibbon, ribbonOf } from "./ribbon.js";
import { isOver, momentAt, onward, placeAt, stageBeat } from "./watch.js";

/** @import { Diagram, SceneEdge } from "../types.js" */
/** @import { FollowNote } from "../message.js" */

const USUAL_SPEED = 300; // seconds a day, at which beats take as long as they say

/**
 * The server's word on what is followed. It comes in two notes, in whatever order: who it is, with the journey, and in the
 * state whether it still is.
 * @param {Diagram} d
 * @param {FollowNote} note
 */
export function receiveFollowed(d, { followed }) {
  d.toFollow = followed;
  settle(d);
}

/**
 * Follow what both notes and the run agree on. While they do not, because the page plays a run of which the server has
 * not spoken yet, there is no dot, and the ribbon stays faded, so that nothing jumps. Another event is watched from its
 * birth, unless the address names a moment.
 * @param {Diagram} d
 */
export function settle(d) {
  const { toFollow, said } = d, key = said?.follows ?? "";
  const followed = toFollow && key && toFollow.key === key && toFollow.run === d.root.dataset.run ? toFollow : null;
  d.ui.follow.hidden = !key;
  if (!key) d.followedKey = "";
  if (followed === (d.gold?.followed ?? null)) return;
  d.gold = followed && { followed, place: placeAt(followed.beats, d.t), tag: followed.tag };
  d.ui.follow.classList.toggle("old", !followed);
  if (!followed) return drawGold(d);
  d.ui.follow.replaceChildren(...ribbonOf(followed, { part: (part) => goToPart(d, part), step: (way) => goBy(d, way) }));
  const fresh = d.followedKey !== followed.key;
  d.followedKey = followed.key;
  if (fresh) say(d, followed.ribbon.words);
  if (fresh && said?.moment_s === null) {
    goToBeat(d, 0);
    setPlaying(d, !d.still);
  } else showMoment(d, d.t);
}

/**
 * The clock's next moment while an event is followed: slow where work is done, fast through waits; null at its end.
 * @param {Diagram} d
 * @param {number} seconds since the step before
 * @returns {number | null}
 */
export function nextMoment(d, seconds) {
  const { gold } = d;
  if (!gold) return null;
  const { beats } = gold.followed;
  if (gold.place && isOver(beats, gold.place)) return null;
  gold.place = gold.place ? onward(beats, gold.place, (seconds * USUAL_SPEED) / d.speed, d.still) : { beat: 0, into: 0 };
  return momentAt(beats, gold.place);
}

/**
 * To play once more what was watched to its end.
 * @param {Diagram} d
 */
export function rewind(d) {
  if (d.gold?.place && isOver(d.gold.followed.beats, d.gold.place)) goToBeat(d, 0);
}

/**
 * The clock shows a moment: the event is where its journey says, on a wire only while it is handed over.
 * @param {Diagram} d
 * @param {boolean} words
 */
export function showFollowed(d, words) {
  const { gold } = d;
  if (gold) {
    const { beats, tag, ribbon } = gold.followed;
    if (!gold.place || Math.abs(momentAt(beats, gold.place) - d.t) > 1e-6) gold.place = placeAt(beats, d.t);
    const over = gold.place !== null && isOver(beats, gold.place);
    gold.tag = over ? `${tag} · ${ribbon.end}` : tag;
    if (words) markRibbon(d.ui.follow, gold, over);
  }
  drawGold(d);
}

/**
 * @param {Diagram} d
 * @param {number} part
 */
function goToPart(d, part) {
  goToBeat(d, d.gold?.followed.beats.findIndex((beat) => beat.part === part && !beat.to) ?? 0);
  rest(d);
}

/**
 * @param {Diagram} d
 * @param {1 | -1} way
 */
function goBy(d, way) {
  if (!d.gold) return;
  const { beats, ribbon } = d.gold.followed;
  goToBeat(d, stageBeat(beats, d.gold.place, way));
  rest(d);
  say(d, ribbon.parts[beats[d.gold.place?.beat ?? 0].part].words);
}

/** @param {Diagram} d */
function rest(d) {
  setPlaying(d, false);
  sendMoment(d);
}

/**
 * @param {Diagram} d
 * @param {number} beat
 */
function goToBeat(d, beat) {
  if (!d.gold) return;
  d.gold.place = { beat, into: 0 };
  showMoment(d, d.gold.followed.beats[beat].start);
}

/**
 * A click on a wire: on a dot there, the server is asked for one of its events. Returns whether it was on one.
 * @param {Diagram} d
 * @param {SceneEdge} edge
 * @param {MouseEvent} event
 */
export function clickWire(d, edge, { clientX, clientY }) {
  const { frames } = d, { source, target } = edge.flow, wire = frames?.flows.get(`${source}>${target}`);
  if (!frames || !wire || d.still || !d.said?.dots) return false;
  const at = new DOMPoint(clientX, clientY).matrixTransform(edge.path.getScreenCTM()?.inverse());
  const setOff = dotNear(edge, wire, frames, d.t, at);
  if (setOff === null) return false;
  d.send("follow", `${source}>${target}@${Math.round(setOff)}`);
  return true;
}
