// The line of a flow that is being drawn: where it leaves a box, where it comes to one, and its arrow.

/** @import { Box, Direction, Point } from "../types.js" */

const [HEAD, SPREAD] = [11, 0.45]; // of the arrow: its length in units of the picture, and half its angle

/**
 * @param {Box} box
 * @param {Direction} direction
 * @returns {Point}
 */
export const leaving = ({ x, y, w, h }, direction) => (direction === "LR" ? { x: x + w, y: y + h / 2 } : { x: x + w / 2, y: y + h });

/**
 * @param {Box} box
 * @param {Direction} direction
 * @returns {Point}
 */
export const entering = ({ x, y, w, h }, direction) => (direction === "LR" ? { x, y: y + h / 2 } : { x: x + w / 2, y });

/**
 * A straight line with an arrow at its end, as a path.
 * @param {Point} from
 * @param {Point} to
 */
export function arrowPath(from, to) {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const [left, right] = [angle - SPREAD, angle + SPREAD].map((side) => `${(to.x - HEAD * Math.cos(side)).toFixed(1)} ${(to.y - HEAD * Math.sin(side)).toFixed(1)}`);
  const end = `${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
  return `M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${end}M${left}L${end}L${right}`;
}
