// The keys of a talk.

import { isChord, isTyping } from "../../../js/shared/dom.js";
import { act, warn, within } from "./class_feed.js";
import { setFree } from "./exploring.js";
import { showJoin } from "./joining.js";
import { backward, go, onward, setBlack } from "./moving.js";
import { fullScreen, paint } from "./overlay.js";
import { overview, walk } from "./overview.js";
import { setPointer } from "./pointer.js";

/** @import { Conductor } from "./types.js" */

/** @type {Record<string, ((c: Conductor) => unknown) | undefined>} */
const ACTS = {
  ArrowRight: onward, PageDown: onward, " ": onward, ArrowDown: onward,
  ArrowLeft: backward, PageUp: backward, Backspace: backward, ArrowUp: backward,
  Home: (c) => go(c, { step: 0, shown: 0 }), End: (c) => go(c, { step: c.points.length - 1, shown: 0 }),
  k: () => window.headwatersDiagrams?.get("talk-diagram")?.diagram?.ui.play.click(),
  o: overview, v: (c) => c.code && act(c, "onward"), r: (c) => c.code ? act(c, "toggle") : c.send("answer", `${Date.now()}`),
};
/** @type {Record<string, ((c: Conductor) => unknown) | undefined>} */
const ALWAYS = {
  b: (c) => setBlack(c, !c.black), ".": (c) => setBlack(c, !c.black), e: (c) => setFree(c, !c.free), p: (c) => setPointer(c, !c.pointing),
  f: fullScreen, "?": (c) => c.ui.keys.showModal(), j: (c) => c.code && showJoin(c, !c.joining),
  d: (c) => c.code && window.open(within(c, `desk/${c.code}`), "headwaters-desk"),
};

/** @param {Conductor} c @param {KeyboardEvent} event */
export function pressed(c, event) {
  if (c.ui.steps.open) return walk(c, event);
  if (isChord(event) || c.ui.keys.open || isTyping(event, /^range$/)) return;
  if (event.repeat && "vrbej.".includes(event.key)) return; // a key that is held is one key
  const onButton = event.composedPath()[0] instanceof HTMLButtonElement;
  const { key } = event;
  if (!c.free && /^[0-9]$/.test(key)) c.digits = (c.digits + key).slice(-3);
  else if (!c.free && key === "Enter" && c.digits) {
    const step = Number(c.digits) - 1;
    c.digits = "";
    if (step >= 0 && step < c.points.length) go(c, { step, shown: 0 });
    else warn(c, `There is no step ${step + 1}: the talk has ${c.points.length}`);
  } else if (key === "Escape" && (c.digits || c.black || c.free || c.joining || c.ended)) {
    c.digits = "";
    if (c.ended) c.ended = false;
    else if (c.joining) showJoin(c, false);
    else if (c.black) setBlack(c, false);
    else if (c.free) setFree(c, false);
  } else if (c.black && (ACTS[key] || ALWAYS[key])) setBlack(c, false);
  else if (ALWAYS[key]) ALWAYS[key](c);
  else if (!c.free && ACTS[key] && !(onButton && key === " ")) {
    c.digits = "";
    ACTS[key](c);
  } else return;
  event.preventDefault();
  event.stopImmediatePropagation();
  paint(c);
}
