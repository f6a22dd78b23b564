// Drawing a flow from stage to stage: with the mouse from anywhere on a stage, with a finger from its handle, with two clicks, or with
// the key C, the arrows and Enter. The server hears of the two stages and decides.

import { put, svgEl, write } from "../../../../../js/shared/dom.js";
import { hideCutter } from "../breaking/cutter.js";
import { hideCard } from "../card.js";
import { reveal } from "../looking.js";
import { say } from "../select.js";
import { handled, placeHandle } from "./handle.js";
import { arrowPath, entering, leaving } from "./line.js";

/** @import { Diagram, Press } from "../types.js" */

const STEP_PX = 6; // a press that moves no further is a click
const AWAITED_MS = 6000;
const [BRINK_PX, SCROLL_PX] = [28, 14]; // so near to the edge of a window that scrolls it scrolls, so far at each move

/**
 * Whether a flow can be drawn from or to a stage.
 * @param {Diagram} d
 * @param {string} id
 */
export const joins = (d, id) => d.data.joins?.includes(id) ?? false;

/**
 * @param {Diagram} d
 * @param {string} id
 */
const labelOf = (d, id) => d.places.get(id)?.label ?? id;

/** @param {Diagram} d */
export function listenJoining(d) {
  const { stage } = d.ui;
  stage.addEventListener("pointerdown", (event) => {
    if (d.joining && d.joining.pointer !== null) dropFlow(d); // a second finger
    d.press = pressOf(d, event);
  }, true);
  d.listen(window, "pointermove", (/** @type {PointerEvent} */ event) => {
    const { press } = d;
    if (press && !d.joining && press.pointer === event.pointerId && leftBehind(d, press, event)) beginFlow(d, press.id, event.pointerId);
    if (d.joining && (d.joining.pointer === event.pointerId || (d.joining.pointer === null && event.pointerType === "mouse"))) lead(d, event);
  });
  d.listen(window, "pointerup", (/** @type {PointerEvent} */ event) => {
    d.press = null;
    if (d.joining?.pointer !== event.pointerId) return;
    if (d.joining.to === null) dropFlow(d);
    else endFlow(d, d.joining.to);
  });
  d.listen(window, "pointercancel", (/** @type {PointerEvent} */ event) => {
    d.press = null;
    if (d.joining?.pointer === event.pointerId) dropFlow(d);
  });
  stage.addEventListener("click", ({ target }) => {
    if (d.joining && !d.dragged && target instanceof Element && !target.closest(".node, .handle, .finder")) dropFlow(d);
  });
  d.root.addEventListener("focusout", ({ relatedTarget }) => {
    if (d.joining?.pointer === null && relatedTarget instanceof Node && !d.root.contains(relatedTarget)) dropFlow(d);
  });
  d.listen(window, "keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || !d.joining || !d.ui.search.hidden) return;
    dropFlow(d);
    event.preventDefault();
  }, true);
}

/**
 * A press that can become a flow: of the mouse on a stage, of anything on the handle. A finger on a stage scrolls or pans.
 * @param {Diagram} d
 * @param {PointerEvent} event
 * @returns {Press | null}
 */
function pressOf(d, { target, button, pointerType, pointerId, clientX, clientY }) {
  if (button || !d.data.joins || !(target instanceof Element)) return null;
  const id = target.closest(".handle") ? handled(d) : pointerType === "mouse" ? stageOf(target) : null;
  return id !== null && joins(d, id) ? { id, pointer: pointerId, x: clientX, y: clientY } : null;
}

/** @param {Element | null} part */
const stageOf = (part) => part?.closest(".node")?.getAttribute("data-stage") ?? null;

/**
 * Whether the pointer has left the stage that was pressed.
 * @param {Diagram} d
 * @param {Press} press
 * @param {PointerEvent} event
 */
const leftBehind = (d, { id, x, y }, { clientX, clientY }) => Math.hypot(clientX - x, clientY - y) > STEP_PX && stageAt(d, clientX, clientY) !== id;

/**
 * @param {Diagram} d
 * @param {number} x
 * @param {number} y
 */
function stageAt(d, x, y) {
  const tree = d.root.getRootNode();
  return tree instanceof ShadowRoot || tree instanceof Document ? stageOf(tree.elementFromPoint(x, y)) : null;
}

/**
 * @param {Diagram} d
 * @param {string} id
 * @param {number | null} pointer
 */
export function beginFlow(d, id, pointer = null) {
  hideCard(d);
  hideCutter(d);
  d.joining = { from: id, to: null, at: null, pointer };
  if (pointer !== null) {
    d.dragged = true; // what follows is no click
    d.ui.stage.setPointerCapture(pointer);
  }
  d.root.classList.add("joining");
  placeHandle(d);
  draw(d);
  const how = pointer === null ? "Choose the node that it leads to: with the arrow keys and Enter, or a click. Escape drops it." : "Let go on the node that it leads to.";
  say(d, `A flow from ${labelOf(d, id)}. ${how}`);
}

/**
 * @param {Diagram} d
 * @param {PointerEvent} event
 */
function lead(d, { clientX, clientY }) {
  const { joining } = d, node = joining && d.scene?.nodes.get(joining.from);
  if (!joining || !node) return;
  if (joining.pointer !== null) nudge(d.ui.stage, clientX, clientY);
  joining.at = new DOMPoint(clientX, clientY).matrixTransform(node.group.getScreenCTM()?.inverse());
  joining.to = stageAt(d, clientX, clientY);
  draw(d);
}

/**
 * Scroll a window on the picture at whose edge a flow arrives.
 * @param {HTMLElement} stage
 * @param {number} x
 * @param {number} y
 */
function nudge(stage, x, y) {
  const { left, right, top, bottom } = stage.getBoundingClientRect();
  stage.scrollLeft += x > right - BRINK_PX ? SCROLL_PX : x < left + BRINK_PX ? -SCROLL_PX : 0;
  stage.scrollTop += y > bottom - BRINK_PX ? SCROLL_PX : y < top + BRINK_PX ? -SCROLL_PX : 0;
}

/**
 * The keys walked to a stage.
 * @param {Diagram} d
 * @param {string} id
 */
export function aimAt(d, id) {
  if (d.joining?.pointer !== null) return;
  d.joining.to = id;
  reveal(d, id);
  draw(d);
}

/**
 * The line as it is now, the stage that it comes to, and in words what may be done.
 * @param {Diagram} d
 */
function draw(d) {
  const { joining, scene } = d, from = joining && scene?.nodes.get(joining.from);
  if (!joining || !scene || !from) return;
  const to = joining.to !== null && joins(d, joining.to) ? scene.nodes.get(joining.to) : undefined;
  for (const [id, { group }] of scene.nodes) {
    group.classList.toggle("from", id === joining.from);
    group.classList.toggle("aim", id === to?.place.id && id !== joining.from);
  }
  const end = to === from ? null : to ? entering(to.box, scene.direction) : joining.at;
  const line = scene.front.querySelector(".rubber") ?? svgEl("path", { class: "rubber", "aria-hidden": "true" });
  put(line, "d", end ? arrowPath(leaving(from.box, scene.direction), end) : "M0 0");
  if (!line.isConnected) from.group.parentNode?.append(line);
  d.ui.hint.hidden = false;
  write(d.ui.hint, hintOf(d));
}

/** @param {Diagram} d */
function hintOf({ joining, places, data }) {
  /** @param {string} id */
  const name = (id) => places.get(id)?.label ?? id;
  if (!joining) return "";
  const { from, to, pointer } = joining;
  if (to !== null && to !== from) return data.joins?.includes(to) ? `${name(from)} → ${name(to)}` : `${name(to)} is a group: open it to join a node of it`;
  if (pointer !== null) return `A flow from ${name(from)}: let go where it leads`;
  const away = window.matchMedia("(pointer: coarse)").matches ? "A tap" : "Esc, or a click";
  return `A flow from ${name(from)}: choose where it leads. ${away} beside the nodes drops it`;
}

/**
 * A stage is where the flow leads: the server decides whether it can be.
 * @param {Diagram} d
 * @param {string} to
 */
export function endFlow(d, to) {
  if (!d.joining) return;
  const { from } = d.joining;
  if (!joins(d, to)) return dropFlow(d);
  const isNew = from !== to && !d.flows.some((flow) => flow.source === from && flow.target === to);
  if (isNew) keepLine(d);
  clear(d);
  Object.assign(d, { drawn: isNew ? [from, to] : null, drawnAt: performance.now() });
  say(d, isNew ? `From ${labelOf(d, from)} to ${labelOf(d, to)}: being joined.` : "");
  d.send("connect", [from, to]);
}

/**
 * The line stays until the picture has the flow, or the server has said that it cannot be.
 * @param {Diagram} d
 */
function keepLine({ scene }) {
  const line = scene?.front.querySelector(".rubber");
  if (!line) return;
  line.classList.replace("rubber", "awaited");
  setTimeout(() => line.remove(), AWAITED_MS);
}

/**
 * Nothing is joined.
 * @param {Diagram} d
 */
export function dropFlow(d) {
  if (!d.joining) return;
  clear(d);
  say(d, "The flow is dropped; nothing was joined.");
}

/** @param {Diagram} d */
function clear(d) {
  const { stage, hint } = d.ui, pointer = d.joining?.pointer ?? null;
  d.joining = null;
  d.press = null;
  if (pointer !== null && stage.hasPointerCapture(pointer)) stage.releasePointerCapture(pointer);
  d.root.classList.remove("joining");
  for (const { group } of d.scene?.nodes.values() ?? []) group.classList.remove("from", "aim");
  d.scene?.front.querySelector(".rubber")?.remove();
  hint.hidden = true;
  placeHandle(d);
}

/**
 * The picture is new: say so where that is because of a flow that was drawn in it.
 * @param {Diagram} d
 */
export function sayDrawn(d) {
  const { drawn } = d;
  d.drawn = null;
  if (!drawn || !d.flows.some(({ source, target }) => source === drawn[0] && target === drawn[1])) return;
  say(d, `${labelOf(d, drawn[0])} leads to ${labelOf(d, drawn[1])} now. Undo takes that back.`);
}
