// Exploring together: the address is the state, and what one window's address says all the others' come to say.

import { OWN_MS, act } from "./class_feed.js";
import { paint } from "./overlay.js";
import { stApp } from "./server.js";

/** @import { Conductor } from "./types.js" */

const AGAIN_MS = 2500;
const AMISS_MS = 600;

const OF_TALK = ["talk", "step", "class", "free"];
/** @param {string} view as an address's query @returns {string} */
export const normal = (view) => view && `?${new URLSearchParams(view.slice(1))}`;

/** What this window explores: its address without what belongs to the talk; "" on the script. */
export function addressed() {
  const query = new URLSearchParams(location.search);
  if (query.get("free") !== "1") return "";
  for (const name of OF_TALK) query.delete(name);
  return `?${query}`;
}

/**
 * Tell the class what is explored here; a view that another has overtaken is left out.
 * @param {Conductor} c
 * @param {string} view
 */
function look(c, view) {
  if (!c.code || view === c.look) return;
  Object.assign(c, { look: view, lookedAt: performance.now(), followed: null });
  c.looking = (c.looking ?? Promise.resolve()).then(async () => {
    if (view !== c.look || (await act(c, "look", { view }))) return;
    setTimeout(() => c.feed && hearView(c, window.headwatersClass?.state.view ?? ""), OWN_MS); // not ours to say: follow
  });
}

/**
 * Follow what the class explores, unless it is about to hear something newer from here; whether the server was asked.
 * @param {Conductor} c
 * @param {string} said
 */
export function hearView(c, said) {
  const view = normal(said);
  if (view === c.look) return false;
  clearTimeout(c.hearingView);
  if (performance.now() - (c.lookedAt ?? -1e9) < OWN_MS) {
    // once the class is over, nothing is left to follow
    c.hearingView = setTimeout(() => c.feed && window.headwatersClass && hearView(c, window.headwatersClass.state.view), OWN_MS);
    return false;
  }
  Object.assign(c, { look: view, free: view !== "", awaits: c.follows ?? 0, apart: performance.now() });
  c.send("look", `${Date.now()}`);
  return true;
}

/**
 * A click or a switch while exploring changes the address, and tells nobody of it: so it is looked at.
 * @param {Conductor} c
 */
export function watchAddress(c) {
  if (!c.code) return;
  const view = addressed();
  if (c.awaits !== null || Boolean(view) !== Boolean(c.look)) {
    // on the way to where the class is; a word to the server may be lost when two go out at once
    c.apart ??= performance.now();
    if (performance.now() - c.apart < AGAIN_MS) return;
    c.apart = performance.now();
    c.send("look", `${Date.now()}`);
    return;
  }
  c.apart = null;
  if (!view || view === c.seen) return;
  c.seen = view;
  if (view !== c.followed) look(c, view);
}

/**
 * Have the server draw a position that it has not drawn; again, should nothing have come of it.
 * @param {Conductor} c
 * @param {string} at
 */
export function askToDraw(c, at) {
  const now = performance.now();
  if (at === c.drawn || (at === c.asked && now - (c.askedAt ?? -1e9) < 2000)) return;
  // the script is just being left or taken up again: a word from here would carry the address of before
  if (now - (c.freedAt ?? -1e9) < OWN_MS) return void setTimeout(() => c.feed && askToDraw(c, `${c.step}.${c.shown}`), OWN_MS);
  Object.assign(c, { asked: at, askedAt: now });
  c.send("heard", `${Date.now()}`);
}

/**
 * Whatever the server was told last, and when: what it has drawn at rest is what the address says, or is drawn anew.
 * @param {Conductor} c
 */
export function watchDrawing(c) {
  const rests = stApp()?.dataset.testScriptState === "notRunning";
  if (!rests || Boolean(addressed()) === c.drawnFree) {
    c.amiss = null;
    return;
  }
  c.amiss ??= performance.now();
  if (performance.now() - c.amiss < AMISS_MS) return;
  c.amiss = null;
  c.send("heard", `${Date.now()}`);
}

/** @param {Conductor} c @param {boolean} free */
export function setFree(c, free) {
  Object.assign(c, { free, freedAt: performance.now() });
  look(c, free ? normal(c.views[c.step] ?? "?") : "");
  paint(c);
  c.send("free", free ? `${c.step + 1}.${c.shown}` : "off"); // from here, wherever the server is yet
}
