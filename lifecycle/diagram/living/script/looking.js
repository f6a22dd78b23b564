// Where one looks: the window on the picture moved to a point or a place, and kept where it is when the picture becomes another.

import { inView } from "./overview.js";
import { clampView, picturePoint, shiftOf } from "./view.js";

/** @import { Diagram } from "./types.js" */

/**
 * Have a point of the picture in the middle of its window, as far as the picture's edges let it.
 * @param {Diagram} d
 * @param {number} x
 * @param {number} y
 */
export function goTo(d, x, y) {
  const { scene, ui: { stage }, view: { k } } = d;
  if (!scene) return;
  const { left, top } = stage.getBoundingClientRect();
  const [midX, midY] = [left + stage.clientWidth / 2, top + stage.clientHeight / 2], middle = picturePoint(d, midX, midY);
  if (k > 1.001) {
    d.view = { k, x: middle[0] - x * k, y: middle[1] - y * k };
    return clampView(d);
  }
  const at = new DOMPoint(x, y).matrixTransform(scene.front.getScreenCTM() ?? undefined);
  stage.scrollBy({ left: at.x - midX, top: at.y - midY, behavior: "instant" });
}

/**
 * The middle of a place in the picture's units; null where it has none.
 * @param {Diagram} d
 * @param {string | null} id
 */
function middleOf(d, id) {
  const node = id === null ? undefined : d.scene?.nodes.get(id);
  if (!d.scene || !node) return null;
  const [dx, dy] = shiftOf(d.scene), { x, y, w, h } = node.box;
  return { x: x + dx + w / 2, y: y + dy + h / 2, w, h };
}

/**
 * Bring a place into the window, unless all of it is there.
 * @param {Diagram} d
 * @param {string} id
 */
export function reveal(d, id) {
  const at = middleOf(d, id);
  if (!d.scene || !at) return;
  const { x, y, w, h } = inView(d, d.scene);
  const apart = [at.x - at.w / 2 < x, at.x + at.w / 2 > x + w, at.y - at.h / 2 < y, at.y + at.h / 2 > y + h];
  if (apart.some(Boolean)) goTo(d, at.x, at.y);
}

/**
 * Before a picture is replaced: how to look at the new one as at this one, if closely, with the same place where it is, and the
 * focus on it if it is there.
 * @param {Diagram} d
 * @returns {() => void}
 */
export function heldView(d) {
  const { scene, ui: { stage }, view: { k } } = d, tree = d.root.getRootNode();
  const anchor = d.drawn?.[0] ?? d.selected ?? d.walker, before = middleOf(d, anchor);
  const [left, top] = [stage.scrollLeft, stage.scrollTop];
  const at = before && new DOMPoint(before.x * k + d.view.x, before.y * k + d.view.y).matrixTransform(scene?.front.getScreenCTM() ?? undefined);
  const focused = tree instanceof ShadowRoot && Boolean(tree.activeElement && scene?.front.contains(tree.activeElement));
  return () => {
    stage.scrollTo({ left, top, behavior: "instant" });
    const now = middleOf(d, anchor);
    if (at && now && k > 1.001) {
      const [x, y] = picturePoint(d, at.x, at.y);
      d.view = { k, x: x - now.x * k, y: y - now.y * k };
      clampView(d);
    }
    if (focused) (d.scene?.nodes.get(d.walker ?? "") ?? d.scene?.nodes.values().next().value)?.group.focus({ preventScroll: true });
  };
}
