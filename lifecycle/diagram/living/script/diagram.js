// Mounting: the furniture round the picture, what arrives from the server, and the one function Streamlit calls.

import { el } from "../../../../js/shared/dom.js";
import { pause, setPlaying, showMoment, tick } from "./clock.js";
import { furnish } from "./furniture.js";
import { confirmState, globalKey, pickScene, receive, receiveRun } from "./receive.js";
import { listenView, sizeType } from "./view.js";

/** @import { Diagram } from "./types.js" */

let mounted = 0;

/** @param {HTMLElement & { livingDiagram?: Diagram }} parent */
function create(parent) {
  const root = el("div", { class: "living" });
  const motion = window.matchMedia("(prefers-reduced-motion: reduce)");
  const ends = [];
  const d = {
    root, uid: `hw-living-${++mounted}`, scenes: {}, scene: null, frames: null, places: new Map(), stages: [], flows: [],
    selected: null, pointing: false, pointed: null, overlay: null, picked: null, progress: {}, t: 0, speed: 300, playing: false, still: motion.matches,
    view: { k: 1, x: 0, y: 0 },
    listen(target, type, act, early = false) {
      target.addEventListener(type, act, early);
      ends.push(() => target.removeEventListener(type, act, early));
    },
  };
  parent.append(root);
  furnish(d);
  listenView(d);
  setPlaying(d, false);
  d.listen(document, "keydown", (event) => globalKey(d, event));
  d.listen(window, "pointermove", ({ screenX, screenY }) => {
    // a browser also tells of a pointer that rests while the page moves beneath it
    d.moved = Boolean(d.pointer) && (d.pointer.screenX !== screenX || d.pointer.screenY !== screenY);
    d.pointer = { screenX, screenY };
  }, true);
  d.listen(document, "visibilitychange", () => {
    d.last = null;
    if (d.playing && !document.hidden) tick(d);
  });
  d.listen(motion, "change", () => {
    d.still = motion.matches;
    root.classList.toggle("still", d.still);
    if (d.still && d.playing) pause(d);
    else if (d.frames) showMoment(d, d.t);
  });
  root.classList.toggle("still", d.still);
  const watch = new ResizeObserver(() => {
    if (!d.data) return;
    pickScene(d);
    sizeType(d);
  });
  watch.observe(root);
  watch.observe(d.ui.stage);
  d.end = () => {
    cancelAnimationFrame(d.raf);
    clearTimeout(d.askingAgain);
    watch.disconnect();
    ends.forEach((end) => end());
    root.remove();
  };
  return d;
}

const DESKS = (window.headwatersDiagrams ??= new Map());
const HEARS = { run: receiveRun, state: confirmState };

export default function ({ data, parentElement, setTriggerValue }) {
  if (!DESKS.has(data.name)) DESKS.set(data.name, { notes: {} });
  const desk = DESKS.get(data.name);
  let d = parentElement.livingDiagram;
  if (!d) {
    d = parentElement.livingDiagram = create(parentElement);
    d.hasMoment = typeof desk.notes.state?.moment_s === "number";
  }
  d.send = setTriggerValue;
  desk.diagram = d;
  desk.hear = (note) => HEARS[note.note](d, note);
  receive(d, data);
  for (const note of Object.values(desk.notes)) if (note !== d.said) desk.hear(note);
  clearTimeout(d.leaving);
  return () => {
    // Streamlit may clean up only to call again at once; leave when nobody came back
    d.leaving = setTimeout(() => {
      if (d.root.isConnected) return;
      d.end();
      delete parentElement.livingDiagram;
      if (desk.diagram === d) DESKS.delete(data.name);
    }, 500);
  };
}
