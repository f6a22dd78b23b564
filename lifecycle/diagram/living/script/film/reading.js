// The picture at a moment, read off the page: shapes with the looks that the page computed, without what only the page needs.

import { KEPT, plainColour } from "../frozen.js";
import { rounded, shape } from "./shapes.js";

/** @import { Scene } from "../types.js" */
/** @import { Shape } from "./shapes.js" */

const DRAWN = ["d", "x", "y", "cx", "cy", "r", "rx", "ry", "width", "height", "points", "transform", "clip-path", "text-anchor", "textLength",
  "lengthAdjust", "pathLength"];
const UNSAID = ["text-transform", "visibility"]; // no attributes of SVG, or the same for all that is seen

/** @param {string} value */
export const asAttribute = (value) => rounded(plainColour(value))
  .replace(/rgba?\((\d+), (\d+), (\d+)(?:, 1)?\)/g, (_, ...rgb) => `#${rgb.slice(0, 3).map((x) => Number(x).toString(16).padStart(2, "0")).join("")}`)
  .replace(/([\d.]+)px/g, "$1");

/**
 * The looks of what is painted; null for what is not to be seen.
 * @param {SVGElement} live
 * @returns {Record<string, string> | null}
 */
function lookOf(live) {
  const style = getComputedStyle(live);
  if (style.display === "none" || style.visibility === "hidden" || style.opacity === "0" || live.classList.contains("hit")) return null;
  return Object.fromEntries(KEPT.filter((name) => !UNSAID.includes(name)).map((name) => [name, asAttribute(style.getPropertyValue(name))]));
}

/**
 * Names for what is referred to: the page's own hold a number that counts how often it was drawn.
 * @typedef {Map<string, string>} Ids
 *
 * @param {Ids} ids
 * @param {string} id
 */
function nameOf(ids, id) {
  const name = ids.get(id) ?? `c${ids.size + 1}`;
  ids.set(id, name);
  return name;
}

/**
 * @param {SVGElement} live
 * @param {string} key
 * @param {Ids} ids
 * @returns {Shape | null}
 */
function readShape(live, key, ids) {
  const clip = live.tagName === "clipPath", hidden = live.parentElement?.tagName === "clipPath";
  const look = clip || hidden ? {} : lookOf(live);
  if (!look || live.tagName === "title") return null;
  const text = live.tagName === "text" ? live.textContent : "", children = live.tagName === "text" ? [] : readChildren(live, ids);
  if ((live.tagName === "text" && !text.trim()) || (live.tagName === "g" && !children.length)) return null;
  /** @type {Record<string, string>} */
  const attrs = clip ? { id: nameOf(ids, live.id) } : {};
  for (const name of DRAWN) {
    const value = live.getAttribute(name);
    if (value !== null) attrs[name] = rounded(value.replace(/url\(#(.+)\)/, (_, id) => `url(#${nameOf(ids, id)})`));
  }
  return { key, tag: live.tagName, attrs, look, text, children };
}

/**
 * What moves takes places of its own kind, one after the other; all else is what it is by its place. What cannot be animated,
 * a text's words and a turn, makes another shape of it.
 * @param {SVGElement} live
 * @param {Ids} ids
 * @returns {Shape[]}
 */
function readChildren(live, ids) {
  const moves = live.matches(".dots, .falls");
  /** @type {Record<string, number>} */
  const taken = {};
  return [...live.children].flatMap((child, i) => {
    if (!(child instanceof SVGElement)) return [];
    const kind = child.classList[0] ?? "", turn = child.getAttribute("transform") ?? "";
    const nth = moves ? (taken[kind] = (taken[kind] ?? 0) + 1) : i;
    const key = [moves ? kind : "", nth, child.tagName === "text" ? child.textContent : "", /^translate\([^)]*\)$/.test(turn) ? "" : turn].join("|");
    return readShape(child, key, ids) ?? [];
  });
}

/**
 * The picture as it is on the page at this moment, in a window of its own: what is zoomed into ends at its frame.
 * @param {Scene} scene
 * @param {Ids} ids
 * @param {number} scale
 */
export function readPicture({ back, front, viewBox: { x, y, w, h } }, ids, scale) {
  return shape("picture", "svg", { viewBox: `${x} ${y} ${w} ${h}`, width: w * scale, height: h * scale },
    [back, front].map((half, i) => shape(`half ${i}`, "g", {}, readChildren(half, ids))));
}
