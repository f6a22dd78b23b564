// What is shown: one object, written to the address behind `#` in the words of the app's own links, and read from it.

import { COURSE, placeOf, talkOf } from "./course.js";
import { dayIds, holds, keyOf } from "./days.js";
import { show } from "./page.js";
import { atStep } from "./talk.js";

/** @import { State, Switch } from "./types.js" */

export const VIEWS = ["explain", "watch", "quiz"];
/** @type {State} */
export const START = { stage: "", view: "explain", scenario: dayIds[0], start: "pull", size: "batch", transform: "batch", further: "", follow: "", moment: null, talk: "", step: 1 };
/** @type {(Switch | "stage" | "view" | "scenario" | "follow" | "talk")[]} in the order of an address */
const NAMES = ["stage", "view", "scenario", "start", "size", "transform", "follow", "talk"];
/** @type {Record<typeof NAMES[number], (text: string) => boolean>} */
const ALLOWED = {
  stage: (text) => placeOf(text) !== null,
  view: (text) => VIEWS.includes(text),
  scenario: (text) => dayIds.includes(text),
  start: (text) => ["pull", "push"].includes(text),
  size: (text) => ["batch", "stream"].includes(text),
  transform: (text) => ["batch", "stream"].includes(text),
  follow: (text) => Object.hasOwn(COURSE.picks, text),
  talk: (text) => talkOf(text) !== null,
};

/**
 * What is on the page: one object, so that every module sees it as it is now.
 * @type {{ state: State, written: string | null, shown: State | null, before: State | null, seen: { before: State } | null,
 *   pointing: ((id: string) => void) | null, pointed: string | null, trying: string }}
 */
export const page = {
  state: { ...START },
  written: null, // the address as it was written last
  shown: null, // the state of the run on screen
  before: null, // the state of the run before it, whose figures are the ghosts
  seen: null, // the state in which the question was asked whose answer is looked at just now
  pointing: null, // what takes a click on the picture while a question asks for one
  pointed: null,
  trying: "", // the question that is being tried again
};

/**
 * A query such as `stage=lake&size=stream` laid over a state.
 * @param {State} base
 * @param {string} query
 */
export function laidOver(base, query) {
  const given = new URLSearchParams(query), state = { ...base };
  for (const name of NAMES) {
    const text = given.get(name);
    if (text !== null && ALLOWED[name](text)) state[name] = text;
  }
  const further = COURSE.furtherNames.filter((name) => given.get(name)).map((name) => `${name}=${given.get(name)}`).join("&");
  if (further) state.further = further;
  const steps = talkOf(state.talk)?.steps.length ?? 1;
  if (/^[1-9]\d{0,2}$/.test(given.get("step") ?? "")) state.step = Number(given.get("step"));
  state.step = Math.min(steps, state.step);
  if (/^\d{1,5}$/.test(given.get("moment") ?? "")) state.moment = Math.min(86400, Number(given.get("moment")));
  return state;
}

/** @param {string} text */
const plainly = (text) => encodeURIComponent(text).replace(/%(3A|2C|2F)/g, (code) => decodeURIComponent(code));

/** @param {State} shown */
export function asHash(shown) {
  const parts = NAMES.filter((name) => shown[name] !== START[name]).map((name) => `${name}=${plainly(shown[name])}`);
  for (const part of shown.further ? shown.further.split("&") : []) {
    const at = part.indexOf("=");
    parts.push(`${part.slice(0, at)}=${plainly(part.slice(at + 1))}`);
  }
  if (shown.step !== START.step) parts.push(`step=${shown.step}`);
  if (shown.moment !== null) parts.push(`moment=${shown.moment}`);
  return `#${parts.join("&")}`;
}

/**
 * What the address asks for, made such that there is a run for it; and what had to be left out, in words.
 * @param {string} hash
 * @returns {[State, string]}
 */
export function fromHash(hash) {
  const text = hash.slice(1).replace(/^\?/, ""), wanted = laidOver(START, text);
  const alone = [...new URLSearchParams(text).keys()].every((name) => name === "talk" || name === "step");
  const talk = alone ? talkOf(wanted.talk) : null; // a link to a step that says no more brings its view
  return talk ? atStep(talk, wanted.step) : settled(wanted);
}

/**
 * The state itself where there is a run for it, or else without what links turn; and what had to be left out, in words.
 * @param {State} wanted
 * @returns {[State, string]}
 */
export function settled(wanted) {
  if (holds(wanted)) return [wanted, ""];
  return [{ ...wanted, further: "" }, "That setting was not computed for this copy; the run without it is shown. The app can compute it."];
}

/**
 * Follow a link in a text: where its setting was computed for another day only, that day is shown.
 * @param {string} query
 * @returns {[State, string]}
 */
export function followed(query) {
  const wanted = laidOver({ ...page.state, moment: null }, query);
  if (holds(wanted)) return [wanted, ""];
  const days = COURSE.further[wanted.further] ?? {};
  const scenario = days[wanted.scenario] ? wanted.scenario : Object.keys(days)[0];
  if (!scenario) return settled(wanted);
  const switches = days[scenario].includes(keyOf({ ...wanted, further: "" })) ? keyOf({ ...wanted, further: "" }) : days[scenario][0];
  const [start, size, transform] = switches.split(",");
  return [{ ...wanted, scenario, start, size, transform }, "That setting was computed for this day and these switches only, so they are shown."];
}

/**
 * Change what is shown. `quietly` leaves no step in the browser's history.
 * @param {State} wanted
 * @param {string} [notice]
 * @param {boolean} [quietly]
 */
export function go(wanted, notice = "", quietly = false) {
  page.state = wanted;
  page.written = asHash(page.state);
  if (quietly) location.replace(page.written);
  else if (location.hash !== page.written && !(page.written === "#" && !location.hash)) location.hash = page.written;
  show(notice);
}

window.addEventListener("hashchange", () => {
  if ((location.hash || "#") === page.written) return;
  go(...fromHash(location.hash), true);
});
