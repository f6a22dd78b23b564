// Proving who one is, and hearing of the class.

import { byId } from "../../../../js/shared/dom.js";
import { minutes } from "../../../../js/shared/words.js";
import { undecided } from "./desk_acting.js";
import { show } from "./desk_draw.js";
import { AGAIN_MS, LIVE, ask, desk, words } from "./desk_state.js";
import { furnish } from "./desk_steps.js";

/** @import { DeskOpened, StepToDesk, ToDesk } from "../../../../js/shared/class_message.js" */

// The secret is in the address once, then in a cookie that no script reads.

async function claim() {
  const secret = location.hash.slice(1);
  if (!secret) return true;
  const answer = await ask("presenter", { method: "POST", headers: { Authorization: `Bearer ${secret}` } });
  if (!answer) return false;
  if (answer.ok) history.replaceState(null, "", location.pathname);
  else refused(await words(answer));
  return answer.ok;
}
/** @returns {Promise<void>} */
export async function begin() {
  if (!(await claim()) && location.hash) return void setTimeout(begin, AGAIN_MS * 2);
  const answer = await ask("talk");
  if (!answer || answer.status >= 500 || answer.status === 429) { line(false); return void setTimeout(begin, AGAIN_MS); }
  if (!answer.ok) return refused(answer.status === 403 ? "This desk opens by the presenter’s own link, the whole of it: copy it again from the page that started the class." : await words(answer));
  /** @type {DeskOpened} */
  const { talk, join, most_phones } = await answer.json();
  Object.assign(desk, { talk, steps: talk.steps ?? [] });
  byId("title").textContent = talk.title || "The presenter’s desk";
  byId("where").textContent = `at ${join.replace(/^https?:\/\//, "").replace(/\/[^/]*$/, "")}`;
  byId("most", HTMLInputElement).value = String(most_phones);
  byId("planned").textContent = minutes((talk.minutes ?? sum(desk.steps)) * 60);
  refused("");
  furnish();
  listen();
}
/** @param {StepToDesk[]} steps */
export const sum = (steps) => steps.reduce((all, step) => all + (step.minutes ?? 1), 0);

export function listen() {
  desk.feed?.close();
  const feed = desk.feed = new EventSource(`${LIVE}events?desk=1`);
  feed.onmessage = (event) => { alive(); take(JSON.parse(event.data)); };
  feed.addEventListener("beat", alive);
  feed.onerror = () => { line(false); if (feed.readyState === EventSource.CLOSED) setTimeout(listen, AGAIN_MS); };
}
function alive() { desk.heardAt = Date.now(); line(true); }
/** @param {boolean} good */
export function line(good) { byId("line").textContent = good ? "" : "No connection, trying again"; }
let passing = 0, refusals = 0;
/**
 * Say why not. What passes lies over the page's head for `ms`, so that no button moves under the hand; else it stays.
 * @param {string} text
 * @param {number} [ms]
 */
export function refused(text, ms = 0) {
  clearTimeout(passing);
  if (text) refusals += 1;
  byId("refused").textContent = text;
  byId("refused").classList.toggle("passing", ms > 0);
  if (ms) passing = setTimeout(refused, ms, "");
}
/** What takes away the refusal that stands now, and leaves one that is said meanwhile. */
export function taker() {
  const before = refusals;
  return () => { if (refusals === before) refused(""); };
}

const OVERTAKEN_S = 60;
/**
 * Whether news that was overtaken by an answer comes only now; a server's clock that was set back is believed.
 * @param {ToDesk} said
 */
const isOld = (said) => desk.told !== null && said.now_s < desk.told.now_s && desk.told.now_s - said.now_s < OVERTAKEN_S;

/** @param {ToDesk} said */
export function take(said) {
  document.documentElement.dataset.ready = "true"; // from the first state on keys do something
  if (isOld(said)) return;
  desk.told = said;
  if (desk.card) said.state.joining = desk.card.on; // what was asked for since is on its way
  desk.aheadS = said.now_s - Date.now() / 1000;
  byId("desk").hidden = false; // only now its keys mean something
  if (desk.leaving && !undecided()) { desk.leaving = null; refused(""); } // nothing is left to leave
  if (desk.wanted && said.state.step === desk.wanted.step && said.state.points === desk.wanted.points) desk.wanted = null;
  show();
}
