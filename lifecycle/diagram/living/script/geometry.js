// Where points lie: along a flow's line, and on the screen.

/** @import { Box, Track } from "./types.js" */

/**
 * Points along a path every few units, measured once: asking the browser anew for each dot is slow.
 * @param {SVGPathElement} path
 * @returns {Track}
 */
export function trackOf(path) {
  const length = path.getTotalLength(), parts = Math.max(1, Math.ceil(length / 4));
  const points = Array.from({ length: parts + 1 }, (_, i) => path.getPointAtLength((length * i) / parts));
  return { length, points };
}

/**
 * The point at a share of the track, 0 to 1, and the direction there, of length 1.
 * @param {Track} part
 * @param {number} share
 */
export function onTrack({ points }, share) {
  const place = share * (points.length - 1), i = Math.min(points.length - 2, Math.floor(place)), part = place - i;
  const a = points[i], b = points[i + 1];
  const step = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part, dx: (b.x - a.x) / step, dy: (b.y - a.y) / step };
}

/**
 * Where the picture's units come to lie in a window of the screen, as `preserveAspectRatio` has it: as large as they fit,
 * in the middle; then moved and zoomed by who looks.
 * @param {{ w: number, h: number }} size of the window
 * @param {Box} viewBox in units
 * @param {{ k: number, x: number, y: number }} view
 * @param {[number, number]} shift of the drawing within the picture, in units
 * @returns {{ scale: number, x: number, y: number }} a point is at its place times scale, plus x and y
 */
export function placement({ w, h }, viewBox, view, [dx, dy]) {
  const fit = Math.min(w / viewBox.w, h / viewBox.h), scale = fit * view.k;
  return {
    scale,
    x: dx * scale + (view.x - viewBox.x) * fit + (w - viewBox.w * fit) / 2,
    y: dy * scale + (view.y - viewBox.y) * fit + (h - viewBox.h * fit) / 2,
  };
}

/**
 * What of the drawing is in such a window, in units: more than the picture where that leaves room beside it.
 * @param {{ w: number, h: number }} size of the window
 * @param {{ scale: number, x: number, y: number }} placed
 * @returns {Box}
 */
export const shown = ({ w, h }, { scale, x, y }) => ({ x: -x / scale, y: -y / scale, w: w / scale, h: h / scale });

/**
 * What of a picture is in its window.
 * @param {Box} pane the window, in the picture's units before it is moved and zoomed
 * @param {{ k: number, x: number, y: number }} view
 * @param {{ width: number, height: number }} size of the picture
 * @returns {Box}
 */
export function seen(pane, { k, x, y }, { width, height }) {
  /** @param {number} place @param {number} most */
  const within = (place, most) => Math.min(most, Math.max(0, place));
  const left = within((pane.x - x) / k, width), top = within((pane.y - y) / k, height);
  return { x: left, y: top, w: within((pane.x + pane.w - x) / k, width) - left, h: within((pane.y + pane.h - y) / k, height) - top };
}
