// Where one looks: the window on the picture moved to a point.

import { clampView, picturePoint } from "./view.js";

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
