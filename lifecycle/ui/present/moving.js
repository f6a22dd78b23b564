// On and back: what the presenter's keys do to the talk, and what covers its screen.

import { act, warn } from "./class_feed.js";
import { showJoin } from "./joining.js";
import { paint } from "./overlay.js";
import { ahead, behind, clamp } from "./position.js";

/**
 * @import { Position } from "./position.js"
 * @import { Conductor } from "./types.js"
 */

const ECHO_MS = 1000; // a second press within this is an echo,
const SURE_MS = 6000; // within that it means it

/**
 * The class's state while it votes on the step that this window shows; null where it does not.
 * @param {Conductor} c
 */
function voting(c) {
  const said = c.code && window.headwatersClass?.code === c.code ? window.headwatersClass.state : null;
  return said?.poll && said.step === c.step ? said : null;
}

/**
 * Whether to leave a step whose vote is not over: only when it is asked for twice.
 * @param {Conductor} c
 * @param {number | null} step to go to, null for taking a question away
 */
function means(c, step) {
  const vote = voting(c);
  if (!vote || !(vote.open || vote.discuss_until_s) || step === c.step) return true;
  const now = performance.now();
  const waited = c.leaving && c.leaving.step === step ? now - c.leaving.at : Infinity;
  if (waited > ECHO_MS && waited < SURE_MS) return true;
  if (waited >= SURE_MS) c.leaving = { step, at: now };
  warn(c, vote.open ? "The vote is open: press again to leave it" : "The second vote is still to come: press again to leave it");
  return false;
}

/**
 * What covers the step goes away first, and no more happens: how to join, the end, or a question in own words.
 * @param {Conductor} c
 */
function uncovers(c) {
  if (c.ended) c.ended = false;
  else if (c.joining) showJoin(c, false);
  else if (voting(c)?.poll?.kind !== "open") return false;
  else if (means(c, null)) act(c, "unfold");
  return true;
}

/**
 * On: after a vote first to the bars, then to the answer, then to what comes next.
 * @param {Conductor} c
 */
export function onward(c) {
  if (uncovers(c)) return;
  const vote = voting(c);
  if (vote && !vote.open && !vote.discuss_until_s && !vote.answered) act(c, "unfold");
  else go(c, ahead(c));
}

/** @param {Conductor} c @param {Position | null} to */
export function go(c, to) {
  if (!to || !means(c, clamp(c, to.step, 0).step)) return;
  Object.assign(c, clamp(c, to.step, to.shown), { sentAt: performance.now(), joining: false });
  c.black = false;
  paint(c);
  const at = c.shown ? `${c.step + 1}.${c.shown}` : `${c.step + 1}`;
  // The server draws what the class is at, so the class is told first.
  if (c.code) act(c, "go", { step: c.step, points: c.shown }).then(() => c.send("go", at));
  else c.send("go", at);
}

/** @param {Conductor} c */
export function backward(c) {
  if (!uncovers(c)) go(c, behind(c));
}

/** @param {Conductor} c @param {boolean} black */
export function setBlack(c, black) {
  c.black = black;
  if (c.code) act(c, "black", { on: black });
  paint(c);
}
