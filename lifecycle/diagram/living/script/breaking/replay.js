// What was broken is watched: the clock goes to shortly before, plays, and says when it has seen it to the end.

import { leaves } from "../../../../../js/shared/leaving.js";
import { hideCard } from "../card.js";
import { setPlaying, showMoment } from "../clock.js";
import { isSeen } from "./span.js";

/** @import { Diagram } from "../types.js" */
/** @import { StateNote } from "../message.js" */

const STANDING_S = 60; // where nothing may move, what is broken is shown so long before it is over

/**
 * Another replay than before: the clock to its moment, and on from there; where nothing may move, to what came of it.
 * @param {Diagram} d
 * @param {StateNote} state
 * @returns {boolean} whether the clock was led
 */
export function followReplay(d, { replay, until, moment_s: moment, broken }) {
  if (!replay || until === undefined || moment === null || replay === d.said?.replay) return false;
  hideCard(d);
  Object.assign(d, { hasMoment: true, opened: false, momentSent: Math.round(moment), watched: { replay, from: moment, until } });
  d.t = d.still ? until - STANDING_S : moment;
  if (d.frames) showMoment(d, d.t);
  setPlaying(d, !d.still);
  if (d.still) seen(d);
  comeIntoSight(d, broken?.at(-1)?.split(".")[1]);
  return true;
}

/**
 * On a small screen, to the picture: what was pressed may stand far below the stage that it broke, and the window on the
 * picture may be scrolled past that.
 * @param {Diagram} d
 * @param {string} [id] of the stage
 */
function comeIntoSight(d, id = "") {
  const stage = d.scene?.nodes.get(id)?.body, at = stage?.getBoundingClientRect();
  const shown = d.ui.stage.getBoundingClientRect();
  if (at && (at.top < Math.max(0, shown.top) || at.bottom > Math.min(innerHeight, shown.bottom))) stage?.scrollIntoView({ block: "center", behavior: d.still ? "instant" : "smooth" });
}

/**
 * The clock has come to a moment: once what is watched was seen, the server hears of it.
 * @param {Diagram} d
 */
export function watchOn(d) {
  const { watched, frames, playing, t } = d;
  if (watched && frames && playing && isSeen(watched, t, frames.end)) seen(d);
}

/** @param {Diagram} d */
function seen(d) {
  const { watched } = d;
  d.watched = null;
  if (watched && !leaves()) d.send("watched", watched.replay);
}
