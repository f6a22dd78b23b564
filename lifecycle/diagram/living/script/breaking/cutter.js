// The wire-cutter: one button that comes to whichever flow is looked at, tapped or walked to, and stands for it.

import { el, isChord, put } from "../../../../../js/shared/dom.js";
import { showCard } from "../card.js";
import { onTrack, trackOf } from "../geometry.js";
import { walkTo } from "../select.js";
import { AGAIN, breakIt, snips, stands } from "./tools.js";

/** @import { Diagram, BareDiagram, SceneEdge } from "../types.js" */

const HOLD_MS = 350; // so long it waits for a pointer that is on its way from the wire
const AWAY_PX = 24; // beside the wire, which stays free to be clicked

/** @param {BareDiagram} d */
export function cutterFurniture(d) {
  const full = /** @type {Diagram} */ (d);
  return el("button", {
    type: "button", class: "cutter", tabindex: "-1", hidden: "", onclick: () => cut(full), onblur: () => hideCutter(full),
    onkeydown: (event) => cutterKey(full, event), onpointerenter: () => clearTimeout(full.cutterTimer), onpointerleave: () => soonHideCutter(full),
  }, snips());
}

/**
 * Whether there is anything to cut at a flow; a flow that is the answer to a question is not cut.
 * @param {Diagram} d
 * @param {SceneEdge} edge
 */
const cutOf = (d, edge) => {
  const offered = d.said?.breakable !== undefined && d.frames !== null && !d.pointing;
  return offered ? d.data.breaks?.flows[keyOf(edge)] : undefined;
};

/** @param {SceneEdge} edge */
const keyOf = ({ flow }) => `${flow.source}>${flow.target}`;

/**
 * Whether a flow was cut.
 * @param {Diagram} d
 * @param {SceneEdge} edge
 */
function isCut(d, edge) {
  const cut = cutOf(d, edge);
  return cut !== undefined && stands(d, cut);
}

/**
 * What cutting a flow would do, in words, or that it is cut; "" where it cannot be.
 * @param {Diagram} d
 * @param {SceneEdge} edge
 */
export const cutWords = (d, edge) => (isCut(d, edge) ? AGAIN : cutOf(d, edge) ? d.said?.breakable || cutOf(d, edge)?.words || "" : "");

/**
 * Bring the cutter to a flow.
 * @param {Diagram} d
 * @param {SceneEdge} edge
 * @returns {boolean} whether it can be cut
 */
export function showCutter(d, edge) {
  clearTimeout(d.cutterTimer);
  if (!cutOf(d, edge)) return false;
  hideCutter(d);
  const { cutter, stage } = d.ui, { source, target } = edge.flow;
  /** @param {string} id */
  const name = (id) => d.places.get(id)?.label ?? id;
  d.cutting = edge;
  cutter.hidden = false;
  put(cutter, "aria-label", `Flow from ${name(source)} to ${name(target)}. ${cutWords(d, edge)}`);
  put(cutter, "aria-pressed", isCut(d, edge));
  put(cutter, "aria-disabled", Boolean(d.said?.breakable) && !isCut(d, edge));
  for (const one of edgesOf(d, source, "source")) one.group.classList.add("aimed"); // all that a cut would stop
  const at = onTrack((edge.track ??= trackOf(edge.path)), 0.5), on = edge.path.getScreenCTM(), home = stage.getBoundingClientRect();
  const { x, y } = new DOMPoint(at.x, at.y).matrixTransform(on ?? undefined);
  const size = cutter.offsetWidth, aside = Math.abs(at.dx) > Math.abs(at.dy) ? [0, AWAY_PX] : [AWAY_PX, 0];
  /** @param {number} place @param {number} room */
  const within = (place, room) => `${Math.min(Math.max(0, place - size / 2), room - size).toFixed(1)}px`;
  cutter.style.left = within(x - home.left + aside[0], home.width);
  cutter.style.top = within(y - home.top + aside[1], home.height);
  return true;
}

/** @param {Diagram} d */
export function hideCutter(d) {
  clearTimeout(d.cutterTimer);
  for (const one of d.scene?.edges.values() ?? []) one.group.classList.remove("aimed");
  d.cutting = null;
  d.ui.cutter.hidden = true;
}

/**
 * A pointer left: unless it comes to the cutter.
 * @param {Diagram} d
 */
export function soonHideCutter(d) {
  clearTimeout(d.cutterTimer);
  d.cutterTimer = setTimeout(() => d.root.isConnected && hideCutter(d), HOLD_MS);
}

/**
 * A flow is tapped or walked to: its card says what it does and what cutting it would do.
 * @param {Diagram} d
 * @param {SceneEdge} edge
 */
export function aim(d, edge) {
  if (!showCutter(d, edge)) return false;
  showCard(d, edge);
  return true;
}

/** @param {Diagram} d */
function cut(d) {
  const edge = d.cutting, fault = edge && cutOf(d, edge);
  if (!edge || !fault) return;
  const done = d.said?.breakable === "" || isCut(d, edge);
  breakIt(d, fault, d.places.get(edge.flow.source)?.label ?? "");
  if (done) hideCutter(d);
}

/**
 * From a stage to a flow that leads on from it, or to it: with Shift and the arrow that leads along it.
 * @param {Diagram} d
 * @param {string} id
 * @param {string} key without `Arrow`
 * @returns {boolean} whether there is one
 */
export function walkToFlow(d, id, key) {
  const way = wayOf(d, key), edge = way && edgesOf(d, id, way)[0];
  return Boolean(edge) && walkOnto(d, /** @type {SceneEdge} */ (edge));
}

/**
 * @param {Diagram} d
 * @param {SceneEdge} edge
 */
function walkOnto(d, edge) {
  if (!aim(d, edge)) return false;
  d.ui.cutter.focus({ preventScroll: true });
  return true;
}

/**
 * The end of a flow at which an arrow key stands: its source where the key leads on, its target where it leads back.
 * @param {Diagram} d
 * @param {string} key
 * @returns {"source" | "target" | null}
 */
function wayOf(d, key) {
  const [onward, back] = d.scene?.direction === "LR" ? ["Right", "Left"] : ["Down", "Up"];
  return key === onward ? "source" : key === back ? "target" : null;
}

/**
 * @param {Diagram} d
 * @param {string} id
 * @param {"source" | "target"} end
 */
const edgesOf = (d, id, end) => [...(d.scene?.edges.values() ?? [])].filter(({ flow }) => flow[end] === id);

/**
 * Along the flow to the stages at its ends; across it to the next flow of the same stage, to or from which one came.
 * @param {Diagram} d
 * @param {KeyboardEvent} event
 */
function cutterKey(d, event) {
  const edge = d.cutting;
  if (isChord(event) || !edge) return;
  const { source, target } = edge.flow;
  if (event.key === "Escape") walkTo(d, source);
  else if (event.key.startsWith("Arrow")) {
    const way = wayOf(d, event.key.slice(5));
    if (way) walkTo(d, way === "source" ? target : source);
    else {
      const siblings = [edgesOf(d, source, "source"), edgesOf(d, target, "target")].find((edges) => edges.length > 1) ?? [edge];
      const step = ["ArrowDown", "ArrowRight"].includes(event.key) ? 1 : -1;
      walkOnto(d, siblings[(siblings.indexOf(edge) + step + siblings.length) % siblings.length]);
    }
  } else return;
  event.preventDefault();
  event.stopPropagation();
}
