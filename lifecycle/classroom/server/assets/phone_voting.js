// A phone's vote on its way: sent again and again with one key until it is acknowledged or refused.

import { byId } from "../../../../js/shared/dom.js";
import { showButton } from "./phone_draw.js";
import { ask, words } from "./phone_hearing.js";
import { LONGEST_MS, keep, newKey, phone, same } from "./phone_state.js";

/** @import { BallotSent, VoteTaken } from "../../../../js/shared/class_message.js" */

/** @param {BallotSent | null} ballot */
export function choose(ballot) {
  phone.draft = ballot;
  keep();
  showButton();
}
/** @param {Event} event */
export function vote(event) {
  event.preventDefault();
  const state = phone.told?.state;
  if (!phone.draft || !state?.poll || !state.open) return;
  phone.pending = { key: newKey(), poll: state.poll.id, round: state.round, ballot: phone.draft };
  phone.tries = 0;
  keep();
  send();
}
/**
 * Send what is pending, again and again with the same key, until it is acknowledged or refused.
 * @returns {Promise<void>}
 */
export async function send() {
  clearTimeout(phone.retry);
  const job = phone.pending;
  if (!job || phone.sending) return;
  phone.sending = true;
  if (!phone.tries) say("Sending…");
  showButton();
  const answer = await ask("vote", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(job) });
  phone.sending = false;
  if (phone.pending !== job) return phone.pending ? send() : undefined;
  if (answer?.ok) {
    /** @type {Partial<VoteTaken>} */
    const { ballot } = await answer.json().catch(() => ({}));
    const mine = ballot ?? job.ballot;
    if (phone.told) phone.told.mine = mine;
    if (same(phone.draft, job.ballot)) phone.draft = mine;
    recorded();
  }
  else if (answer && [400, 409, 413, 403].includes(answer.status)) {
    phone.pending = null;
    say((await words(answer)) || "Your answer was not taken.", "bad");
  } else {
    phone.tries += 1;
    if (answer?.status === 401) await ask("state"); // a name for this phone, where it lost its own
    say(answer && answer.status === 401 && phone.tries > 2 ? await words(answer) : "Not sent yet. Your choice is kept; trying again…", "bad");
    const wait = Number(answer?.headers.get("Retry-After")) * 1000 || Math.min(LONGEST_MS, 400 * 2 ** phone.tries);
    phone.retry = setTimeout(send, wait * (0.7 + 0.6 * Math.random()));
  }
  keep();
  showButton();
}
export function recorded() {
  phone.pending = null;
  phone.tries = 0;
  keep();
  say(phone.told?.state.open ? `Recorded. You can change it until the ${called().asked} closes.` : "Recorded.", "good");
  showButton();
}
/** What a question is called, and what is sent to it: nobody votes by a text. */
export const called = () => (phone.told?.state.poll?.kind === "open" ? { asked: "question", mine: "answer" } : { asked: "vote", mine: "vote" });
/** @param {string} text @param {"" | "good" | "bad"} [kind] */
export function say(text, kind = "") {
  if (byId("said").textContent !== text) byId("said").textContent = text;
  byId("said").className = kind;
}
