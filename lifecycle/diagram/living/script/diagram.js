// Mounting: the furniture round the picture, what arrives from the server, and the one function Streamlit calls.

import { el } from "../../../../js/shared/dom.js";
import { heedLeaving } from "../../../../js/shared/leaving.js";
import { parsed } from "../../../../js/shared/sent.js";
import { drawDots, dotsAsShapes, redrawDots } from "./canvas.js";
import { receiveLate } from "./chapters.js";
import { endTicks, pause, setPlaying, showMoment, tick } from "./clock.js";
import { receiveFollowed } from "./follow/follow.js";
import { furnish } from "./furniture.js";
import { placeHandle } from "./joining/handle.js";
import { listenJoining } from "./joining/joining.js";
import { drawOverview } from "./overview.js";
import { confirmState, globalKey, pickScene, receive, receiveRun } from "./receive.js";
import { follow, goBack } from "./select.js";
import { listenView, sizeType } from "./view.js";

/** @import { BareDiagram, Diagram, Note } from "./types.js" */
/** @import { Payload } from "./message.js" */

let mounted = 0;

/** @typedef {HTMLElement & { livingDiagram?: Diagram }} Host */

/**
 * Before anything was sent.
 * @type {Payload}
 */
const NOTHING = { version: "", facts: "", title: "", lr: "", tb: "", zones: [], places: [], flows: [] };

/** @param {Host} parent */
function create(parent) {
  const root = el("div", { class: "living" });
  const motion = window.matchMedia("(prefers-reduced-motion: reduce)");
  /** @type {(() => void)[]} */
  const ends = [];
  /** @type {BareDiagram} */
  const bare = {
    root, uid: `hw-living-${++mounted}`, data: NOTHING, scenes: {}, scene: null, frames: null, places: new Map(), stages: [], flows: [],
    selected: null, walker: null, pending: null, pointing: false, pointed: null, overlay: null, picked: null, progress: {}, frame: [],
    t: 0, speed: 300, playing: false, still: motion.matches, hasMoment: false, opened: false, day: null, said: null, last: null, painted: 0,
    late: null, mades: [], view: { k: 1, x: 0, y: 0 }, dragged: false, pinch: null, moved: false, pointer: null, cardOf: null, cutting: null, joining: null, press: null, hovered: null, drawn: null, drawnAt: 0, watched: null, toFollow: null, followedKey: "", gold: null, hit: 0, hits: [], type: "",
    raf: 0, redraw: 0, tickTimer: undefined, inSight: true, pictureInSight: true, momentSent: null, unheard: [], momentTimer: undefined, cardTimer: undefined, cutterTimer: undefined, handleTimer: undefined, askingAgain: undefined, leaving: undefined,
    listen(target, type, act, early = false) {
      target.addEventListener(type, act, early);
      ends.push(() => target.removeEventListener(type, act, early));
    },
    send() {}, // until Streamlit says how
    end() {
      endTicks(d);
      cancelAnimationFrame(bare.redraw);
      clearTimeout(bare.askingAgain);
      watch.disconnect();
      sight.disconnect();
      ends.forEach((end) => end());
      root.remove();
    },
  };
  parent.append(root);
  const d = furnish(bare);
  listenJoining(d);
  listenView(d);
  setPlaying(d, false);
  d.listen(document, "keydown", (/** @type {KeyboardEvent} */ event) => globalKey(d, event));
  d.listen(window, "headwaters:choose", (/** @type {CustomEvent<string | null>} */ { detail }) => follow(d, detail));
  d.listen(window, "headwaters:back", (/** @type {CustomEvent<string | null>} */ { detail }) => goBack(d, detail));
  d.listen(window, "pointermove", (/** @type {PointerEvent} */ { screenX, screenY }) => {
    // a browser also tells of a pointer that rests while the page moves beneath it
    d.moved = d.pointer !== null && (d.pointer.screenX !== screenX || d.pointer.screenY !== screenY);
    d.pointer = { screenX, screenY };
  }, true);
  d.listen(document, "visibilitychange", () => {
    d.last = null;
    tick(d);
  });
  d.listen(motion, "change", () => {
    d.still = motion.matches;
    root.classList.toggle("still", d.still);
    if (d.still && d.playing) pause(d);
    else if (d.frames) showMoment(d, d.t);
  });
  root.classList.toggle("still", d.still);
  const watch = new ResizeObserver(() => {
    if (d.data === NOTHING) return;
    pickScene(d);
    sizeType(d);
    if (d.scene) d.scene.sheet = null;
    drawDots(d); // before this size is shown
    placeHandle(d);
    drawOverview(d);
  });
  watch.observe(root);
  watch.observe(d.ui.stage);
  const sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (target === root) d.inSight = isIntersecting;
      else d.pictureInSight = isIntersecting;
    }
    if (d.inSight && d.playing) showMoment(d, d.t);
    else drawDots(d);
    tick(d);
  });
  sight.observe(root);
  sight.observe(d.ui.stage);
  d.listen(window, "resize", () => redrawDots(d)); // also where only the screen is another, with finer dots
  /** @type {() => void} */
  let clearPaper = () => {};
  d.listen(window, "beforeprint", () => {
    clearPaper();
    clearPaper = dotsAsShapes(d);
  });
  d.listen(window, "afterprint", () => clearPaper());
  return d;
}

const HEARD_MS = 8000; // by then the server has drawn a flow, or has said why not

const DESKS = (window.headwatersDiagrams ??= new Map());

/** @param {Omit<Mount<Uint8Array | Payload, Host>, "setStateValue">} mount */
export default function ({ data: sent, parentElement, setTriggerValue }) {
  /** @type {Payload} */
  const data = sent instanceof Uint8Array ? parsed(sent) : sent, { name = "" } = data; // the offline page has it as it is
  const desk = DESKS.get(name) ?? { notes: {} };
  DESKS.set(name, desk);
  let d = parentElement.livingDiagram;
  if (!d) {
    d = parentElement.livingDiagram = create(parentElement);
    d.hasMoment = typeof desk.notes.state?.moment_s === "number";
  }
  d.send = (name, value) => {
    // of two words of one component that wait for a busy server the later one alone counts: so it says the one before again
    if (d.pending && name !== "select" && name !== "point" && name !== "connect") setTriggerValue("select", d.pending.id ?? "");
    if (d.drawn && name === "select" && performance.now() - d.drawnAt < HEARD_MS) setTriggerValue("connect", d.drawn);
    setTriggerValue(name, value);
  };
  heedLeaving();
  desk.diagram = d;
  /** @param {Note} note */
  const hear = (note) => {
    if ("followed" in note) receiveFollowed(d, note);
    else if ("caught_up" in note) receiveLate(d, note);
    else if ("run" in note) receiveRun(d, note);
    else confirmState(d, note);
  };
  desk.hear = hear;
  receive(d, data);
  for (const note of Object.values(desk.notes)) if (note !== d.said) hear(note);
  clearTimeout(d.leaving);
  return () => {
    // Streamlit may clean up only to call again at once; leave when nobody came back
    d.leaving = setTimeout(() => {
      if (d.root.isConnected) return;
      d.end();
      delete parentElement.livingDiagram;
      if (desk.diagram === d) DESKS.delete(name);
    }, 500);
  };
}
