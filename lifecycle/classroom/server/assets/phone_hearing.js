// What a phone hears: events as they come, and asking now and then while none come.

import { byId, el } from "../../../../js/shared/dom.js";
import { show, waiting } from "./phone_draw.js";
import { JOIN, KEEP, LIVE, PATIENCE_MS, POLL_MS, kept, mark, phone, same, seated } from "./phone_state.js";
import { recorded, say, send } from "./phone_voting.js";

/** @import { RefusalSent, ToPhone } from "../../../../js/shared/class_message.js" */

/** @type {EventSource | null} */
let feed = null;

export function listen() {
  feed?.close();
  feed = new EventSource(`${LIVE}events`);
  feed.onmessage = (event) => hear(JSON.parse(event.data));
  feed.addEventListener("beat", () => alive());
  feed.onerror = () => { line(false); if (!phone.polling) poll(); };
}
function alive() {
  phone.heardAt = Date.now();
  clearTimeout(phone.polling);
  phone.polling = 0;
  line(true);
}
/**
 * While no events come: ask now and then, and try the stream again.
 * @returns {Promise<void>}
 */
export async function poll() {
  clearTimeout(phone.polling);
  phone.polling = setTimeout(poll, POLL_MS * (0.7 + 0.6 * Math.random()));
  const answer = await ask(phone.told ? "state" : `state${seated()}`);
  if (phone.over) return;
  if (answer?.ok) {
    /** @type {ToPhone | null} */
    const said = await answer.json().catch(() => null);
    if (said) { line(true); take(said); }
    if (!feed || feed.readyState === EventSource.CLOSED) listen();
  } else if (answer?.status === 404) gone((await words(answer)) || "There is no class of this code.");
  else if (answer && !phone.told && [403, 409, 429].includes(answer.status)) { line(true); waiting(await words(answer)); }
}
/** @param {ToPhone} said */
export function hear(said) { alive(); take(said); }
/** @param {boolean} good */
export function line(good) {
  byId("line").textContent = good ? "" : "No connection, trying again";
  byId("line").className = good ? "" : "bad";
}
/**
 * Ask the class's server; null where it does not answer.
 * @param {string} what
 * @param {RequestInit} [options]
 * @returns {Promise<Response | null>}
 */
export function ask(what, options = {}) {
  return fetch(LIVE + what, { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE_MS), ...options }).catch(() => null);
}
/**
 * Why the server refused; "" where it gave no words.
 * @param {Response} answer
 * @returns {Promise<string>}
 */
export const words = (answer) => answer.json().then((/** @type {RefusalSent} */ said) => said.error, () => "");

/** @param {ToPhone} said */
function take(said) {
  const before = mark();
  phone.told = said;
  phone.aheadS = said.now_s - Date.now() / 1000;
  if (said.state.over) return gone();
  if (mark() !== before) {
    phone.draft = said.mine;
    if (kept?.at === mark() && kept.draft && !phone.drawn) phone.draft = kept.draft;
    phone.tries = 0;
  }
  if (phone.pending && `${phone.pending.poll} ${phone.pending.round}` !== mark()) {
    phone.pending = null;
    if (mark()) say("That question had closed when your answer came.", "bad");
  } else if (phone.pending && same(phone.pending.ballot, said.mine)) recorded();
  else if (phone.pending && !phone.sending) send();
  show();
}
/** @param {string} [said] why, where it is not just over */
export function gone(said) {
  phone.over = true;
  feed?.close();
  clearTimeout(phone.polling);
  try { localStorage.removeItem(KEEP); } catch { /* nothing was kept */ }
  for (const id of ["wait", "ask", "answer"]) byId(id).hidden = true;
  if (said) byId("over").replaceChildren(el("h1", { text: "No class here" }), el("p", { text: said }), el("p", {}, el("a", { href: JOIN, text: "Type a code" })));
  byId("over").hidden = false;
  line(true);
}
