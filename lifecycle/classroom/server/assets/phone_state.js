// What a phone knows of its class, and what of it outlives a reload.

/**
 * @import { BallotSent, ToPhone, VoteSent } from "../../../../js/shared/class_message.js"
 *
 * @typedef {{ pending: VoteSent | null, draft: BallotSent | null, at: string }} Kept what outlives a reload
 */

const { code: CODE, base: BASE } = document.body.dataset;
export const LIVE = `${BASE}/live/${CODE}/`;
export const JOIN = `${BASE}/join`;
export const KEEP = `headwaters-${CODE}`;
export const SILENT_MS = 40000;
export const POLL_MS = 3000;
export const LONGEST_MS = 8000;
export const PATIENCE_MS = 10000;
/** @param {unknown} a @param {unknown} b */
export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/**
 * `told` is what the server said last: state and own vote; `draft` the choice as it stands on the phone, null for none;
 * `pending` a vote that is not acknowledged yet; `drawn` which question, in which round and light, is on the page.
 * @type {{ told: ToPhone | null, draft: BallotSent | null, pending: VoteSent | null, sending: boolean, tries: number,
 *   retry: number, over: boolean, aheadS: number, heardAt: number, polling: number, drawn: string }}
 */
export const phone = {
  told: null, draft: null, pending: null, sending: false, tries: 0, retry: 0, over: false, aheadS: 0, heardAt: 0, polling: 0, drawn: "",
};

export function keep() {
  /** @type {Kept} */
  const kept = { pending: phone.pending, draft: phone.draft, at: mark() };
  try { localStorage.setItem(KEEP, JSON.stringify(kept)); } catch { /* private window: then not */ }
}
/** @returns {Kept | null} */
function restore() {
  try {
    /** @type {Kept | null} */
    const kept = JSON.parse(localStorage.getItem(KEEP) ?? "null");
    phone.pending = kept?.pending ?? null;
    return kept;
  } catch { return null; }
}
/** The question that the phone is asked, and its round; "" for none. */
export const mark = () => (phone.told?.state.poll ? `${phone.told.state.poll.id} ${phone.told.state.round}` : "");
export const kept = restore();

export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");
/** The first question, as a slip's address says by which seat; this phone names itself, should the answer be lost. */
export function seated() {
  const seat = new URLSearchParams(location.search).get("seat");
  if (!seat) return "";
  let device = null;
  try { device = localStorage.getItem("headwaters-device"); } catch { /* private window: then a new one each time */ }
  device ??= newKey();
  try { localStorage.setItem("headwaters-device", device); } catch { /* as above */ }
  return `?${new URLSearchParams({ seat, device })}`;
}
