// Acting: one after the other, so that quick keys arrive in their order; a move that another has overtaken is left out.

import { show } from "./desk_draw.js";
import { line, refused, take } from "./desk_hearing.js";
import { ECHO_MS, OWN_MS, SAID_MS, SURE_MS, ask, desk, words } from "./desk_state.js";

export function act(action, values = {}, stands = () => true) {
  desk.queue = desk.queue.then(async () => {
    if (!stands()) return;
    const answer = await ask("act", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ action, ...values }) });
    if (!answer) { desk.wanted = null; line(false); refused("That did not reach the server: try again.", SAID_MS); show(); return; }
    refused(answer.ok ? "" : await words(answer.clone()), answer.ok ? 0 : SAID_MS);
    if (answer.ok) { line(true); take(await answer.json()); } else { desk.wanted = null; show(); }
  });
  return desk.queue;
}
export const at = () => (desk.wanted && Date.now() - desk.wantedAt < OWN_MS ? desk.wanted : desk.told ? { step: desk.told.state.step, points: desk.told.state.points } : { step: 0, points: 0 });
/** Whether to leave a step whose vote is not over: only when it is asked for twice. */
export const undecided = () => Boolean(desk.told.state.poll && (desk.told.state.open || desk.told.state.discuss_until_s));
function means(step) {
  const { poll, open, step: here } = desk.told.state;
  if (!undecided() || step === here) return true;
  const waited = desk.leaving?.step === step ? Date.now() - desk.leaving.at : Infinity;
  if (waited > ECHO_MS && waited < SURE_MS) { refused(""); return true; }
  if (waited >= SURE_MS) desk.leaving = { step, at: Date.now() };
  const asked = poll.kind === "open" ? "question" : "vote";
  refused(open ? `The ${asked} is open: once more leaves it.` : "The second vote is still to come: once more leaves it.", SURE_MS);
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
export const asksInWords = () => desk.told?.state.poll?.kind === "open" && at().step === desk.told.state.step;
export function unfolds() {
  const { state } = desk.told ?? {};
  return state?.poll && state.poll.kind !== "open" && !state.open && !state.discuss_until_s && !state.answered && at().step === state.step;
}
/** The card with the code: what it covers is seen first, so Next takes it away and does no more. */
export function joining(on) {
  const mine = desk.card = { on };
  desk.told.state.joining = on;
  act("join", { on }).then(() => { if (desk.card === mine) desk.card = null; });
  show();
}
export function go(to) {
  if (!to || !desk.told) return;
  const step = Math.max(0, Math.min(to.step, desk.talk.steps.length - 1));
  if (!means(step)) return;
  desk.wanted = { step, points: Math.max(0, Math.min(to.points, desk.talk.steps[step]?.points ?? 0)) };
  desk.wantedAt = Date.now();
  const mine = desk.wanted;
  act("go", mine, () => desk.wanted === mine);
  show();
}
export function next() {
  const { step, points } = at();
  if (points < (desk.talk.steps[step]?.points ?? 0)) return { step, points: points + 1 };
  return step + 1 < desk.talk.steps.length ? { step: step + 1, points: 0 } : null;
}
export function back() {
  const { step, points } = at();
  if (points > 0) return { step, points: points - 1 };
  return step > 0 ? { step: step - 1, points: desk.talk.steps[step - 1].points ?? 0 } : null;
}
