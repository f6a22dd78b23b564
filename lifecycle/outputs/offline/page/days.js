// The runs that were computed beforehand: a block of data for each scenario, read when it is first asked for.

import { openFrames, unpack } from "../../../diagram/living/script/frames.js";
import { COURSE } from "./course.js";

/**
 * @import { HeldChart, HeldDay, HeldRun } from "./message.js"
 * @import { Run, RunChart, State, Switch } from "./types.js"
 */

/** @type {Switch[]} */
export const SWITCHES = ["start", "size", "transform"];
export const dayIds = COURSE.scenarios.map((scenario) => scenario.id);
/** @type {Map<string, HeldDay>} */
const days = new Map();
/** @type {Map<string, Run>} */
const runs = new Map();

/** @param {State} state */
export const keyOf = (state) => SWITCHES.map((name) => state[name]).join(",") + (state.further ? ` ${state.further}` : "");

/**
 * What tells a run from every other.
 * @param {State} state
 */
export const runKey = (state) => `${state.scenario} ${keyOf(state)}`;

/** @param {string} id */
export const scenarioOf = (id) => COURSE.scenarios[dayIds.indexOf(id)];

/**
 * Whether a run was computed; what only links lead to is listed apart.
 * @param {State} state
 */
export function holds(state) {
  return !state.further || Boolean(COURSE.further[state.further]?.[state.scenario]?.includes(keyOf({ ...state, further: "" })));
}

/**
 * The runs of a scenario; null while the page is still being read, since the days stand at its end.
 * @param {string} id
 */
function dayOf(id) {
  const known = days.get(id);
  if (known) return known;
  const block = document.getElementById(`day-${dayIds.indexOf(id)}`);
  if (!block) return null;
  /** @type {HeldDay} */
  const day = JSON.parse(block.textContent);
  days.set(id, day);
  return day;
}

/**
 * One run, its texts put in their places; null while it is not there yet.
 * @param {State} state
 */
export function runOf(state) {
  const known = runs.get(runKey(state));
  if (known) return known;
  const day = dayOf(state.scenario), held = day?.runs[keyOf(state)];
  if (!held) return null;
  const run = opened(held, day.texts);
  runs.set(runKey(state), run);
  return run;
}

/**
 * @param {HeldRun} held
 * @param {string[]} texts
 * @returns {Run}
 */
function opened({ frames, figures, charts, latency, told, orders }, texts) {
  /** @param {Record<string, number>} numbers */
  const placed = (numbers) => Object.fromEntries(Object.entries(numbers).map(([name, nth]) => [name, texts[nth]]));
  const stations = Object.fromEntries(Object.entries(frames.stations).map(([id, series]) => [id, placed(series)]));
  const flows = frames.flows.map((flow) => ({ ...flow, sent: flow.sent === null ? null : texts[flow.sent], refused: texts[flow.refused] }));
  return {
    figures, latency, orders,
    packed: { ...frames, stations, flows },
    about: figures.map(([, , , nth]) => texts[nth]),
    charts: Object.fromEntries(Object.entries(charts).map(([name, chart]) => [name, chartOf(chart, texts, COURSE.charts[name].steps)])),
    words: placed(told),
    frames: null,
  };
}

/**
 * @param {HeldChart} held
 * @param {string[]} texts
 * @param {number} steps
 * @returns {RunChart}
 */
function chartOf({ finding, lines }, texts, steps) {
  return {
    finding,
    curves: lines.map(([name, n, values, moments]) => ({
      name,
      values: unpack(texts[values], n).map((value) => (value < 0 ? null : value / steps)),
      at: moments === undefined ? null : unpack(texts[moments], n).map((tenths) => tenths / 10),
    })),
  };
}

/**
 * The frames of a run as series, for the charts of one stage.
 * @param {Run} run
 */
export function framesOf(run) {
  return (run.frames ??= openFrames(run.packed));
}

/** @type {Record<string, string>} */
const MOVES = { batch: "in batches", stream: "as a stream" };

/** @param {State} state */
export function runWords(state) {
  const turned = state.further ? `, ${decodeURIComponent(state.further).replaceAll("&", ", ")}` : "";
  return `${scenarioOf(state.scenario).title}: ${state.start}, ${MOVES[state.size]}; transformed ${MOVES[state.transform]}${turned}`;
}
