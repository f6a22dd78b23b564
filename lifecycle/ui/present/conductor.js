// The presenter's keys. What one sees changes at once here; the server then draws the step. With a class (`code`) the
// position belongs to the class: it is told to the hub, and comes from there, from this window or from another one.

import { el } from "../../../js/shared/dom.js";
import { claim, listen } from "./class_feed.js";
import { addressed, normal, watchAddress, watchDrawing } from "./exploring.js";
import { furnish, paint } from "./overlay.js";
import { moved, setPointer } from "./pointer.js";
import { pressed } from "./pressing.js";
import { watchServer } from "./server.js";

/**
 * @import { TalkDriven } from "./message.js"
 * @import { Conductor } from "./types.js"
 */

const WATCH_MS = 200;

/**
 * @param {HTMLElement} parent
 * @param {Conductor["send"]} send
 */
function create(parent, send) {
  const root = el("div", { class: "over" });
  /** @type {Conductor} */
  const c = {
    root, ui: furnish(root, () => c), send, still: matchMedia("(prefers-reduced-motion: reduce)").matches,
    title: "", headlines: [""], points: [0], step: 0, shown: 0, furthest: 0, digits: "", black: false,
    drawn: "", drawnFree: false, amiss: null,
    free: false, views: [], look: null, followed: null, awaits: null, apart: null,
    code: "", site: "", ended: false, joining: false,
    warning: "", away: false, met: false,
    pointing: false, trail: [], drawing: null,
    end() {
      window.removeEventListener("keydown", onKey, true);
      window.removeEventListener("pointermove", onMove);
      setPointer(c, false);
      clearInterval(watching);
      server.disconnect();
      c.feed?.close();
      root.remove();
    },
  };
  parent.append(root);
  /** @param {KeyboardEvent} event */
  const onKey = (event) => pressed(c, event);
  /** @param {PointerEvent} event */
  const onMove = (event) => moved(c, event);
  window.addEventListener("keydown", onKey, true);
  window.addEventListener("pointermove", onMove);
  const server = watchServer(c);
  const watching = setInterval(() => { watchAddress(c); watchDrawing(c); }, WATCH_MS);
  return c;
}

/** @param {Mount<TalkDriven, HTMLElement & { conductor?: Conductor }>} mount */
export default function ({ data, parentElement, setTriggerValue }) {
  const c = (parentElement.conductor ??= create(parentElement, setTriggerValue));
  c.send = setTriggerValue;
  // Keys may be ahead of the server: what it draws now is then not yet where we are.
  const ours = performance.now() - (c.sentAt ?? -1e9) < 1500;
  Object.assign(c, { drawn: `${data.step}.${data.shown}`, drawnFree: data.free });
  if (!ours) Object.assign(c, { step: data.step, shown: data.shown });
  Object.assign(c, { points: data.points, headlines: data.headlines, title: data.title, free: data.free, code: data.code === c.over ? "" : data.code, views: data.views, site: data.site });
  if (data.followed.nth !== c.follows) Object.assign(c, { follows: data.followed.nth, followed: normal(data.followed.view), awaits: null });
  c.look ??= data.free ? addressed() : "";
  if (c.code && data.secret && c.claimed !== data.secret) c.claiming = claim(c, data.secret);
  listen(c);
  paint(c);
  clearTimeout(c.leavingPage);
  return () => {
    c.leavingPage = setTimeout(() => {
      if (c.root.isConnected) return;
      c.end();
      delete parentElement.conductor;
    }, 500);
  };
}
