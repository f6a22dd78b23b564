// Acting: one after the other, so that quick keys arrive in their order; a move that another has overtaken is left out.

import { show } from "./desk_draw.js";
import { line, refused, take, taker } from "./desk_hearing.js";
import { ECHO_MS, OWN_MS, SAID_MS, SURE_MS, ask, desk, words } from "./desk_state.js";

/**
 * @import { ActSent } from "../../../../js/shared/class_message.js"
 * @import { Place } from "./desk_state.js"
 */

/**
 * @param {ActSent["action"]} action
 * @param {Omit<ActSent, "action">} [values]
 * @param {() => boolean} [stands] whether it is still wanted when its turn comes
 */
export function act(action, values = {}, stands = () => true) {
  desk.queue = desk.queue.then(async () => {
    if (!stands()) return;
    /** @type {ActSent} */
    const sent = { action, ...values }, heard = taker();
    const answer = await ask("act", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent) });
    if (!answer) { desk.wanted = null; line(false); refused("That did not reach the server: try again.", SAID_MS); show(); return; }
    if (answer.ok) heard(); else refused(await words(answer), SAID_MS);
    if (answer.ok) { line(true); take(await answer.json()); } else { desk.wanted = null; show(); }
  });
  return desk.queue;
}
/** @returns {Place} */
export function at() {
  if (desk.wanted && Date.now() - desk.wantedAt < OWN_MS) return desk.wanted;
  return desk.told ? { step: desk.told.state.step, points: desk.told.state.points } : { step: 0, points: 0 };
}
/** Whether the step's vote is not over, so that it is left only when that is asked for twice. */
export function undecided() {
  const state = desk.told?.state;
  return Boolean(state?.poll && (state.open || state.discuss_until_s));
}
/** @param {number | null} step to go to, null for taking a question away */
function means(step) {
  const state = desk.told?.state;
  if (!state || !undecided() || step === state.step) return true;
  const waited = desk.leaving && desk.leaving.step === step ? Date.now() - desk.leaving.at : Infinity;
  if (waited > ECHO_MS && waited < SURE_MS) { refused(""); return true; }
  if (waited >= SURE_MS) desk.leaving = { step, at: Date.now() };
  const asked = state.poll?.kind === "open" ? "question" : "vote";
  refused(state.open ? `The ${asked} is open: press again to leave it.` : "The second vote is still to come: press again to leave it.", SURE_MS);
  return false;
}
/** On: after a vote first to the bars, then to the answer, then to what comes next. */
export function onward() { if (uncovers()) return; if (unfolds()) act("unfold"); else go(next()); }
export function backward() { if (!uncovers()) go(back()); }
/** What covers the hall's screen goes away first, and no more happens: how to join, or a question in your own words. */
function uncovers() {
  if (desk.told?.state.joining) joining(false);
  else if (!asksInWords()) return false;
  else if (means(null)) act("unfold");
  return true;
}
export function asksInWords() {
  const state = desk.told?.state;
  return state?.poll?.kind === "open" && at().step === state.step;
}
export function unfolds() {
  const state = desk.told?.state;
  return Boolean(state?.poll && state.poll.kind !== "open" && !state.open && !state.discuss_until_s && !state.answered && at().step === state.step);
}
/**
 * The card with the code: what it covers is seen first, so Next takes it away and does no more.
 * @param {boolean} on
 */
export function joining(on) {
  if (!desk.told) return;
  const mine = desk.card = { on };
  desk.told.state.joining = on;
  act("join", { on }).then(() => { if (desk.card === mine) desk.card = null; });
  show();
}
/** @param {Place | null} to */
export function go(to) {
  if (!to || !desk.told) return;
  const step = Math.max(0, Math.min(to.step, desk.steps.length - 1));
  if (!means(step)) return;
  const mine = desk.wanted = { step, points: Math.max(0, Math.min(to.points, pointsOf(step))) };
  desk.wantedAt = Date.now();
  act("go", mine, () => desk.wanted === mine);
  show();
}
/** @param {number} step */
const pointsOf = (step) => desk.steps[step]?.points ?? 0;
/** @returns {Place | null} */
export function next() {
  const { step, points } = at();
  if (points < pointsOf(step)) return { step, points: points + 1 };
  return step + 1 < desk.steps.length ? { step: step + 1, points: 0 } : null;
}
/** @returns {Place | null} */
export function back() {
  const { step, points } = at();
  if (points > 0) return { step, points: points - 1 };
  return step > 0 ? { step: step - 1, points: pointsOf(step - 1) } : null;
}
