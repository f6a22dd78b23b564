// The class that follows: what it is told, and what it says.

import { oneOf } from "../../../js/shared/dom.js";
import { askToDraw, hearView } from "./exploring.js";
import { paint } from "./overlay.js";
import { clamp } from "./position.js";

/**
 * @import { ActSent, HeardByHall, RefusalSent, ToScreen } from "../../../js/shared/class_message.js"
 * @import { Conductor } from "./types.js"
 */

export const OWN_MS = 1000; // so long what was done here counts for more than what is heard

/** @param {Conductor} c @param {string} path */
export const within = (c, path) => `${c.site || location.origin}/${path}`;
/** @param {Conductor} c @param {string} what */
const classUrl = (c, what) => within(c, `live/${c.code}/${what}`);

/**
 * Have the class do something; whether it did.
 * @param {Conductor} c
 * @param {ActSent["action"]} action
 * @param {Omit<ActSent, "action">} [values]
 */
export async function act(c, action, values = {}) {
  await c.claiming;
  try {
    /** @type {ActSent} */
    const sent = { action, ...values };
    const answer = await fetch(classUrl(c, "act"), {
      method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent),
    });
    warn(c, answer.ok ? "" : answer.status === 403 ? "This window only follows" : await refusal(answer));
    return answer.ok;
  } catch {
    warn(c, "The server does not answer");
    return false;
  }
}

/** @param {Response} answer */
async function refusal(answer) {
  /** @type {RefusalSent} */
  const { error } = await answer.json();
  return error;
}

/** @param {Conductor} c @param {string} words */
export function warn(c, words) {
  c.warning = words;
  clearTimeout(c.warned);
  if (words) c.warned = setTimeout(() => warn(c, ""), 6000);
  paint(c);
}

/**
 * Where phones find the class: the server knows its address in the network, and writes it into the QR code.
 * @param {Conductor} c
 */
async function learnAddress(c) {
  try {
    const drawn = await (await fetch(classUrl(c, "qr.svg"))).text();
    const title = oneOf(new DOMParser().parseFromString(drawn, "image/svg+xml"), "title");
    c.joinAt = (title.textContent ?? "").replace(/^https?:\/\//, "").replace(/\/[^/]*$/, "");
    c.ui.join.image.src = `data:image/svg+xml;base64,${btoa(drawn)}`;
    paint(c);
  } catch {
    setTimeout(() => c.code && learnAddress(c), 2000);
  }
}

/**
 * Prove once with the secret that this browser presents; from then on its cookie says so.
 * @param {Conductor} c
 * @param {string} secret
 */
export async function claim(c, secret) {
  c.claimed = secret;
  try {
    await fetch(classUrl(c, "presenter"), { method: "POST", credentials: "same-origin", headers: { Authorization: `Bearer ${secret}` } });
  } catch {
    c.claimed = null;
  }
}

/** @param {Conductor} c */
export function listen(c) {
  if (c.feedOf === c.code) return;
  c.feed?.close();
  c.feedOf = c.code;
  if (!c.code) return;
  c.ended = false;
  learnAddress(c);
  c.feed = new EventSource(classUrl(c, "events?screen=1"));
  c.feed.onmessage = (event) => {
    /** @type {ToScreen} */
    const sent = JSON.parse(event.data);
    if (sent.state.over) end(c);
    else hear(c, { ...sent, ahead_s: sent.now_s - Date.now() / 1000 }); // the server's clock, to count down by
  };
}

/**
 * What the class is at now: a step that another window took is drawn here, too.
 * @param {Conductor} c
 * @param {HeardByHall} said
 */
function hear(c, said) {
  window.headwatersClass = said;
  window.dispatchEvent(new CustomEvent("headwaters-class", { detail: said }));
  const { state } = said;
  c.black = state.black;
  const asked = hearView(c, state.view);
  const own = performance.now() - (c.sentAt ?? -1e9) < OWN_MS;
  if (!own) {
    const at = clamp(c, state.step, state.points);
    if (state.joining !== c.heardJoining) c.joining = c.heardJoining = state.joining;
    Object.assign(c, at);
    if (!asked) askToDraw(c, `${c.step}.${c.shown}`);
  } else {
    clearTimeout(c.hearing);
    c.hearing = setTimeout(() => again(c), OWN_MS + 50);
  }
  paint(c);
}

/**
 * Hear once more what the class said last; nothing once it is over.
 * @param {Conductor} c
 */
function again(c) {
  if (c.feed && window.headwatersClass) hear(c, window.headwatersClass);
}

/**
 * The class is over: its hall says so and forgets the code. The first key takes that away; the talk goes on alone.
 * @param {Conductor} c
 */
function end(c) {
  c.feed?.close();
  Object.assign(c, { over: c.code, code: "", ended: true, black: false, joining: false });
  window.headwatersClass = null;
  window.dispatchEvent(new CustomEvent("headwaters-class"));
  paint(c);
}
