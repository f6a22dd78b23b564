// What arrives from the server: the picture, a run to play, and what is selected.

import { el, isChord, isTyping, oneOf, write } from "../../../../js/shared/dom.js";
import { leaves } from "../../../../js/shared/leaving.js";
import { aim, hideCutter, showCutter, soonHideCutter } from "./breaking/cutter.js";
import { followReplay } from "./breaking/replay.js";
import { offerBreaks } from "./breaking/tools.js";
import { hideCard, soonCard } from "./card.js";
import { drawMarks } from "./chapters.js";
import { playOrPause, setPlaying, showMoment } from "./clock.js";
import { clickWire, settle } from "./follow/follow.js";
import { openFrames } from "./frames.js";
import { dropFlow, sayDrawn } from "./joining/joining.js";
import { heldView } from "./looking.js";
import { paintStates } from "./paint.js";
import { buildScene } from "./scene.js";
import { closeSearch, openSearch } from "./search.js";
import { choose, light, lightPointed, listenPointer, point, say } from "./select.js";
import { applyFrame, directionOf, fit } from "./view.js";

/** @import { Diagram, Direction, Frames } from "./types.js" */
/** @import { PackedFrames, Payload, RunNote, StateNote } from "./message.js" */

/** @param {Diagram} d */
export function pickOverlay(d) {
  d.picked = d.ui.overlay.value || null;
  const place = d.selected === null ? undefined : d.places.get(d.selected);
  if (place && place.kind === "undercurrent" && d.picked !== d.selected) choose(d, null);
  light(d, d.selected);
  const current = d.picked && d.places.get(d.picked);
  if (current) {
    const acts = Object.entries(current.acts).map(([id, act]) => `${d.places.get(id)?.label ?? id}: ${act.text}`);
    say(d, `${current.label}. ${acts.join(". ") || current.detail}`);
  }
}


/**
 * @param {Diagram} d
 * @param {Payload} data
 */
export function receive(d, data) {
  const before = d.data;
  d.data = data;
  if (!before || before.version !== data.version || before.facts !== data.facts) {
    dropFlow(d);
    hideCard(d); // of a place that may be gone
    const backTo = heldView(d);
    d.places = new Map(data.places.map((place) => [place.id, place]));
    d.stages = data.places.filter((place) => place.kind === "stage");
    d.flows = data.flows;
    for (const scene of Object.values(d.scenes)) scene.box.remove();
    d.scenes = {};
    d.scene = null;
    const currents = data.places.filter((place) => place.kind === "undercurrent");
    d.ui.overlay.replaceChildren(el("option", { value: "", text: "No undercurrent" }), ...currents.map((p) => el("option", { value: p.id, text: p.label })));
    d.ui.overlay.hidden = !currents.length;
    pickScene(d);
    backTo();
    sayDrawn(d);
  }
}

/** @param {number} count */
const eventsWords = (count) => (count === 1 ? "1 event" : `${count.toLocaleString("en")} events`);

/**
 * What a dot is worth; another worth than a moment ago is told, since dots cannot be compared then.
 * @param {Diagram} d
 * @param {Frames} frames
 * @param {number | undefined} before
 */
function tellWorth(d, { per_dot }, before) {
  const changed = before && before !== per_dot;
  const worth = `1 dot = ${eventsWords(per_dot)}${changed ? ` (was ${before.toLocaleString("en")})` : ""}`;
  write(d.ui.worth, worth);
  write(d.ui.legendWorth, worth);
  if (changed) say(d, `One dot now stands for ${eventsWords(per_dot)}; it was ${before.toLocaleString("en")}.`);
}

/**
 * A run to play: the first one, and one of another day, from shortly before what happens on it.
 * @param {Diagram} d
 * @param {PackedFrames | null} packed
 * @param {string} day
 */
function openRun(d, packed, day) {
  const first = !d.frames, worth = d.frames?.per_dot;
  const another = !first && day !== d.day;
  d.day = day;
  const frames = (d.frames = openFrames(packed));
  d.ui.clock.hidden = !frames;
  d.ui.words.hidden = !frames;
  d.ui.marks.hidden = !frames;
  d.ui.legend.hidden = !frames;
  if (!frames) return paintStates(d);
  const { start, end, step } = frames;
  Object.assign(d.ui.scrub, { min: start, max: end, step: Math.max(1, Math.min(60, step)) });
  if (another) d.hasMoment = false; // a moment that the address names for this day comes with the state
  d.opened = another;
  const led = first && d.said?.cue ? d.said : null; // a cue that came before there was a day to play
  if (led) d.t = led.moment_s ?? frames.opening;
  else if ((first || another) && !d.hasMoment && !d.said?.cue) d.t = frames.opening;
  tellWorth(d, frames, worth);
  drawMarks(d, frames);
  showMoment(d, d.t);
  if (led) setPlaying(d, Boolean(led.plays) && !d.still);
  else if ((first || another) && !d.said?.cue) setPlaying(d, !d.still && !d.hasMoment);
}

/**
 * @param {Diagram} d
 * @param {Direction} direction
 */
export function sceneOf(d, direction) {
  return (d.scenes[direction] ??= buildScene(d, direction === "LR" ? d.data.lr : d.data.tb, direction));
}

/**
 * Draw the picture in the direction that fits.
 * @param {Diagram} d
 */
export function pickScene(d) {
  const direction = directionOf(d);
  if (d.scene?.direction === direction) return;
  hideCutter(d);
  dropFlow(d);
  d.scene?.box.remove();
  d.scene = sceneOf(d, direction);
  d.ui.stage.prepend(d.scene.box);
  for (const edge of d.scene.edges.values()) {
    /** @type {SVGPathElement} */
    const hit = oneOf(edge.group, ".hit");
    if (!edge.heard) listenPointer(d, hit, () => (soonCard(d, edge), showCutter(d, edge)));
    edge.heard = true;
    hit.onpointerleave = () => (hideCard(d), soonHideCutter(d));
    hit.onclick = (event) => {
      if (d.dragged) return;
      if (d.pointing) point(d, `${edge.flow.source}->${edge.flow.target}`);
      else if (!clickWire(d, edge, event)) aim(d, edge);
    };
  }
  applyFrame(d);
  fit(d);
  light(d, d.selected);
  lightPointed(d);
  if (d.frames) showMoment(d, d.t);
}

/**
 * A run to play instead of the one before; no frames, no clock.
 * @param {Diagram} d
 * @param {RunNote} note
 */
export function receiveRun(d, note) {
  if (d.root.dataset.run === note.run) return;
  d.root.dataset.run = note.run; // first: by it what was caught up on the run before is told from what is now
  openRun(d, note.frames, note.day);
  settle(d);
  offerBreaks(d);
  d.root.dataset.ready = "true";
}

/**
 * The server's word on selection, moment, progress and overlay.
 * @param {Diagram} d
 * @param {StateNote} state
 */
export function confirmState(d, state) {
  if (window.headwatersCut) return; // only the page redrawing itself (see reconnect.js): nobody has said anything
  const { pending } = d, fresh = pending && performance.now() - pending.at < 3000;
  clearTimeout(d.askingAgain);
  if (fresh && state.selected !== pending.id) {
    // an answer to an earlier click; ours is on its way, or was lost and is sent once more
    d.askingAgain = setTimeout(() => d.pending && !leaves() && d.send("select", d.pending.id ?? ""), pending.at + 3000 - performance.now());
  } else {
    d.pending = null;
    d.picked = state.overlay !== d.said?.overlay ? state.overlay : d.picked;
    d.progress = state.progress ?? {};
    if (state.selected !== d.selected) {
      hideCard(d); // chosen elsewhere
      if (state.selected) d.walker = state.selected;
    }
    light(d, state.selected);
  }
  Object.assign(d, { pointing: state.pointing, pointed: state.pointed });
  lightPointed(d);
  d.root.classList.toggle("bare", Boolean(state.bare));
  d.frame = state.frame ?? [];
  pickScene(d);
  applyFrame(d);
  if (followReplay(d, state)) d.unheard = [];
  else if (state.cue) followCue(d, state);
  else {
    if (d.said?.cue && state.moment_s === null) reopen(d);
    followMoment(d, state.moment_s);
  }
  const leaked = JSON.stringify([d.said?.leaks, d.said?.leaking]) !== JSON.stringify([state.leaks, state.leaking]);
  d.said = state;
  if (leaked) paintStates(d); // a grant changes nothing of what moves, so the run is the same
  d.root.classList.toggle("followable", Boolean(state.dots));
  offerBreaks(d);
  settle(d);
}

/**
 * What was led by cues is so no longer: the clock is as on a day that is opened.
 * @param {Diagram} d
 */
function reopen(d) {
  d.hasMoment = false;
  if (d.frames) showMoment(d, d.frames.opening);
  setPlaying(d, !d.still);
}

/**
 * Another cue: the clock to its moment, and on from there or not.
 * @param {Diagram} d
 * @param {StateNote} part2
 */
function followCue(d, { cue, moment_s: moment, plays }) {
  if (cue === d.said?.cue) return;
  hideCard(d);
  d.hasMoment = true;
  d.t = moment ?? d.t;
  d.momentSent = Math.round(d.t);
  if (d.frames) showMoment(d, d.t);
  setPlaying(d, Boolean(plays) && !d.still);
}

/**
 * @param {Diagram} d
 * @param {number | null} moment
 */
function followMoment(d, moment) {
  const ours = d.unheard.indexOf(moment ?? -1);
  d.unheard.splice(0, ours + 1);
  // no news is what we said ourselves, and may have gone on from since
  const news = ours < 0 && moment !== d.said?.moment_s && Math.round(moment ?? 0) !== d.momentSent;
  if (moment !== null && (d.opened || news)) {
    d.hasMoment = true;
    d.momentSent = Math.round(moment);
    d.t = moment;
    setPlaying(d, false);
    if (d.frames) showMoment(d, moment);
  }
  d.opened = false;
}

// --- keys that belong to the whole picture

/**
 * The element of the page itself in which the diagram stands.
 * @param {Element} root
 */
function hostOf(root) {
  const tree = root.getRootNode();
  return tree instanceof ShadowRoot ? tree.host : root;
}

/**
 * @param {Diagram} d
 * @param {KeyboardEvent} event
 */
export function globalKey(d, event) {
  const inside = event.composedPath().includes(d.root);
  const target = event.composedPath()[0];
  if (isChord(event) || isTyping(event) || event.defaultPrevented) return;
  if (!inside && !(target instanceof Element && target.contains(hostOf(d.root)))) return; // the page itself, or what scrolls it
  if (event.key === "/") openSearch(d);
  else if (event.key === "Escape" && !document.fullscreenElement) {
    hideCard(d);
    if (!closeSearch(d) && d.selected) choose(d, null);
  } else if (event.key === " " && !(target instanceof HTMLButtonElement) && !(target instanceof HTMLElement && target.tagName === "SUMMARY")) playOrPause(d);
  else return;
  event.preventDefault();
}

