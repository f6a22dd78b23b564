// What a phone knows of its class, and what of it outlives a reload.



const CODE = document.body.dataset.code;
export const LIVE = `${document.body.dataset.base}/live/${CODE}/`;
export const KEEP = `headwaters-${CODE}`;
export const SILENT_MS = 40000;
export const POLL_MS = 3000;
export const LONGEST_MS = 8000;
export const PATIENCE_MS = 10000;
export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

export const phone = {
  told: null, // what the server said last: state and own vote
  draft: null, // the choice as it stands on the phone, null for none
  pending: null, // a vote that is not acknowledged yet: {key, poll, round, ballot}
  sending: false, tries: 0, retry: 0, over: false, aheadS: 0, heardAt: 0, polling: 0,
  drawn: "", // which question, in which round and light, is on the page
};

export function keep() {
  try { localStorage.setItem(KEEP, JSON.stringify({ pending: phone.pending, draft: phone.draft, at: mark() })); } catch { /* private window: then not */ }
}
function restore() {
  try { const kept = JSON.parse(localStorage.getItem(KEEP)); phone.pending = kept?.pending ?? null; return kept; } catch { return null; }
}
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
