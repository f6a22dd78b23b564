// What the desk knows: the talk, and what the class said last.

/**
 * @import { RefusalSent, StepToDesk, TalkToDesk, ToDesk } from "../../../../js/shared/class_message.js"
 *
 * @typedef {{ step: number, points: number }} Place where the talk is: the step, counted from 0, and its points shown
 */

const { code: CODE, base: BASE } = document.body.dataset;
export const LIVE = `${BASE}/live/${CODE}/`;
export const FRONT = `${location.origin}${BASE}/`;
export const AGAIN_MS = 1500;
export const SILENT_MS = 40000;
export const OWN_MS = 1500;
export const SAID_MS = 8000;
// A second press within the one is an echo, within the other it means it.
export const ECHO_MS = 1000;
export const SURE_MS = 6000;

/**
 * Ask the class's server; null where it does not answer.
 * @param {string} what
 * @param {RequestInit} [options]
 * @returns {Promise<Response | null>}
 */
export const ask = (what, options = {}) => fetch(LIVE + what, { credentials: "same-origin", cache: "no-store", ...options }).catch(() => null);

/**
 * Why the server refused; "" where it gave no words.
 * @param {Response} answer
 * @returns {Promise<string>}
 */
export const words = (answer) => answer.json().then((/** @type {RefusalSent} */ said) => said.error, () => "");

/**
 * `wanted` is a place that was asked for and is not confirmed, `card` whether how to join was, `leaving` a step that is
 * left only when it is asked for twice; `told` is what the class said last. Moments are `Date.now()`.
 * @type {{ talk: TalkToDesk | null, steps: StepToDesk[], told: ToDesk | null, feed: EventSource | null, heardAt: number,
 *   aheadS: number, digits: string, wanted: Place | null, wantedAt: number, card: { on: boolean } | null,
 *   queue: Promise<void>, leaving: { step: number | null, at: number } | null, shownStep: number }}
 */
export const desk = {
  talk: null, steps: [], told: null, feed: null, heardAt: 0, aheadS: 0,
  digits: "", wanted: null, wantedAt: 0, card: null, queue: Promise.resolve(), leaving: null, shownStep: -1,
};
