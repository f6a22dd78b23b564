// The handle at a stage's edge: drag it to another stage to draw a flow there, or click it and then that stage.

import { el, put, svgEl } from "../../../../../js/shared/dom.js";
import { walkTo } from "../select.js";
import { beginFlow, joins } from "./joining.js";
import { leaving } from "./line.js";

/** @import { BareDiagram, Diagram } from "../types.js" */

const HOLD_MS = 350; // so long it waits for a mouse that is on its way from the stage
const LEAST_PX = 40; // so wide is a stage beside which a handle covers no other one
const OUTSIDE_PX = 10; // beside the edge, so that it covers no letter of the stage

/** @param {BareDiagram} d */
export function handleFurniture(d) {
  const full = /** @type {Diagram} */ (d);
  return el("button", {
    type: "button", class: "handle", tabindex: "-1", hidden: "", onclick: () => clicked(full),
    onpointerenter: () => clearTimeout(full.handleTimer), onpointerleave: () => leaveHandle(full),
  }, svgEl("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svgEl("path", { d: "M4 12h15M13 6l6 6-6 6" })));
}

/**
 * The stage that the handle belongs to: the one under the mouse, else the chosen one.
 * @param {Diagram} d
 */
export const handled = (d) => [d.hovered, d.selected].find((id) => id !== null && joins(d, id) && d.scene?.nodes.has(id)) ?? null;

/** @param {Diagram} d */
function clicked(d) {
  const id = handled(d);
  if (!id || d.dragged) return;
  walkTo(d, id);
  beginFlow(d, id);
}

/**
 * Put the handle where it belongs now; away where that is nowhere, or out of the window on the picture.
 * @param {Diagram} d
 */
export function placeHandle(d) {
  if (!d.data.joins) return;
  const { handle, stage } = d.ui, id = d.joining ? null : handled(d), node = id === null ? undefined : d.scene?.nodes.get(id);
  const on = node?.group.getScreenCTM();
  handle.hidden = !on || !node || node.box.w * on.a < LEAST_PX;
  if (!node || !on || !d.scene || handle.hidden) return;
  put(handle, "aria-label", `Draw a flow from ${node.place.label}`);
  put(handle, "title", `Drag to where ${node.place.label} leads, or click here and then there`);
  handle.classList.toggle("down", d.scene.direction === "TB");
  const edge = leaving(node.box, d.scene.direction), home = stage.getBoundingClientRect();
  const { x, y } = new DOMPoint(edge.x, edge.y).matrixTransform(on);
  const [right, down] = d.scene.direction === "LR" ? [OUTSIDE_PX, 0] : [0, OUTSIDE_PX];
  handle.style.left = `${(x - home.left + stage.scrollLeft + right).toFixed(1)}px`;
  handle.style.top = `${(y - home.top + stage.scrollTop + down).toFixed(1)}px`;
  if (d.view.k > 1.001) handle.hidden = x < home.left || x > home.right || y < home.top || y > home.bottom;
}

/**
 * The mouse moves on a stage; one that rests while the page moves beneath it has asked for nothing.
 * @param {Diagram} d
 * @param {string} id
 * @param {PointerEvent} event
 */
export function hoverHandle(d, id, { pointerType }) {
  if (pointerType !== "mouse" || !d.data.joins || !d.moved) return;
  clearTimeout(d.handleTimer);
  if (d.hovered === id) return;
  d.hovered = id;
  placeHandle(d);
}

/**
 * The mouse left the stage: unless it comes to the handle.
 * @param {Diagram} d
 */
export function leaveHandle(d) {
  clearTimeout(d.handleTimer);
  if (d.hovered !== null) d.handleTimer = setTimeout(() => d.root.isConnected && ((d.hovered = null), placeHandle(d)), HOLD_MS);
}
