// Where a talk is, and what comes before and after: steps and the points shown of them, both counted from 0.

/**
 * @typedef {{ step: number, shown: number }} Position
 * @typedef {{ points: number[] }} Talk how many points each step has
 */

/**
 * The nearest position within the talk.
 * @param {Talk} c
 * @param {number} step
 * @param {number} shown
 * @returns {Position}
 */
export function clamp(c, step, shown) {
  const at = Math.max(0, Math.min(step, c.points.length - 1));
  return { step: at, shown: Math.max(0, Math.min(shown, c.points[at])) };
}

/**
 * @param {Talk & Position} c
 * @returns {Position | null}
 */
export function ahead(c) {
  if (c.shown < c.points[c.step]) return { step: c.step, shown: c.shown + 1 };
  return c.step + 1 < c.points.length ? { step: c.step + 1, shown: 0 } : null;
}

/**
 * @param {Talk & Position} c
 * @returns {Position | null}
 */
export function behind(c) {
  if (c.shown > 0) return { step: c.step, shown: c.shown - 1 };
  return c.step > 0 ? { step: c.step - 1, shown: c.points[c.step - 1] } : null;
}
