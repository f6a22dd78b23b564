// The class that follows: what it is told, and what it says.

import { askToDraw, hearView } from "./exploring.js";
import { paint } from "./overlay.js";
import { clamp } from "./position.js";

export const OWN_MS = 1000; // so long what was done here counts for more than what is heard

export const within = (c, path) => `${c.site || location.origin}/${path}`;
const classUrl = (c, what) => within(c, `live/${c.code}/${what}`);

export async function act(c, action, values = {}) {
  await c.claiming;
  try {
    const answer = await fetch(classUrl(c, "act"), {
      method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ action, ...values }),
    });
    warn(c, answer.ok ? "" : answer.status === 403 ? "This window only follows" : (await answer.json()).error);
    return answer.ok;
  } catch {
    warn(c, "The server does not answer");
    return false;
  }
}

export function warn(c, words) {
  c.warning = words;
  clearTimeout(c.warned);
  if (words) c.warned = setTimeout(() => warn(c, ""), 6000);
  paint(c);
}

/** Where phones find the class: the server knows its address in the network, and writes it into the QR code. */
async function learnAddress(c) {
  try {
    const drawn = await (await fetch(classUrl(c, "qr.svg"))).text();
    const address = new DOMParser().parseFromString(drawn, "image/svg+xml").querySelector("title").textContent;
    c.joinAt = address.replace(/^https?:\/\//, "").replace(/\/[^/]*$/, "");
    c.ui.joinImage.src = `data:image/svg+xml;base64,${btoa(drawn)}`;
    paint(c);
  } catch {
    setTimeout(() => c.code && learnAddress(c), 2000);
  }
}

/** Prove once with the secret that this browser presents; from then on its cookie says so. */
export async function claim(c, secret) {
  c.claimed = secret;
  try {
    await fetch(classUrl(c, "presenter"), { method: "POST", credentials: "same-origin", headers: { Authorization: `Bearer ${secret}` } });
  } catch {
    c.claimed = null;
  }
}

export function listen(c) {
  if (c.feedOf === c.code) return;
  c.feed?.close();
  c.feedOf = c.code;
  if (!c.code) return;
  c.ended = false;
  learnAddress(c);
  c.feed = new EventSource(classUrl(c, "events?screen=1"));
  c.feed.onmessage = (event) => hear(c, JSON.parse(event.data));
}

/** What the class is at now: a step that another window took is drawn here, too. */
function hear(c, said) {
  if (said.state.over) return end(c);
  window.headwatersClass = said;
  window.dispatchEvent(new CustomEvent("headwaters-class", { detail: said }));
  const { state } = said;
  said.ahead_s ??= said.now_s - Date.now() / 1000; // the server's clock, to count down by
  c.black = Boolean(state.black);
  const asked = hearView(c, state.view);
  const own = performance.now() - (c.sentAt ?? -1e9) < OWN_MS;
  if (!own) {
    const at = clamp(c, state.step, state.points);
    if (state.joining !== c.heardJoining) c.joining = c.heardJoining = state.joining;
    Object.assign(c, at);
    if (!asked) askToDraw(c, `${c.step}.${c.shown}`);
  } else {
    clearTimeout(c.hearing);
    c.hearing = setTimeout(() => c.feed && hear(c, window.headwatersClass), OWN_MS + 50);
  }
  paint(c);
}

/** The class is over: its hall says so and forgets the code. The first key takes that away; the talk goes on alone. */
function end(c) {
  c.feed.close();
  Object.assign(c, { over: c.code, code: "", ended: true, black: false, joining: false });
  window.headwatersClass = null;
  window.dispatchEvent(new CustomEvent("headwaters-class"));
  paint(c);
}
