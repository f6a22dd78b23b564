// How long something that was broken is watched.

// Of the day: a step of the fastest clock, so that the day's end is not stepped over.
const STEP_S = 300;

/**
 * Whether it is over at a moment of the clock, or one looks at what was before it and has seen enough.
 * @param {{ from: number, until: number }} watched
 * @param {number} t
 * @param {number} end of the day
 */
export const isSeen = ({ from, until }, t, end) => t >= Math.min(until, end - STEP_S) || t < from - 1;
