// The runs that were computed beforehand: a block of data for each scenario, read when it is first asked for.

import { openFrames, unpack } from "../../../diagram/living/script/frames.js";
import { COURSE } from "./course.js";

export const SWITCHES = ["start", "size", "transform"];
export const dayIds = COURSE.scenarios.map((each) => each.id);
const opened = new Map();

export const keyOf = (state) => SWITCHES.map((name) => state[name]).join(",") + (state.further ? ` ${state.further}` : "");

/** Whether a run was computed; what only links lead to is listed apart. */
export function holds(state) {
  return !state.further || Boolean(COURSE.further[state.further]?.[state.scenario]?.includes(keyOf({ ...state, further: "" })));
}

/** The runs of a scenario; null while the page is still being read, since the days stand at its end. */
function dayOf(id) {
  if (!opened.has(id)) {
    const block = document.getElementById(`day-${dayIds.indexOf(id)}`);
    if (!block) return null;
    opened.set(id, JSON.parse(block.textContent));
  }
  return opened.get(id);
}

/** One run, its texts put in their places; null while it is not there yet. */
export function runOf(state) {
  const day = dayOf(state.scenario), held = day?.runs[keyOf(state)];
  if (!held) return null;
  const text = (nth) => day.texts[nth];
  if (!held.ready) {
    const stations = Object.fromEntries(
      Object.entries(held.frames.stations).map(([id, series]) => [id, Object.fromEntries(Object.entries(series).map(([name, nth]) => [name, text(nth)]))]));
    held.packed = { ...held.frames, stations, flows: held.frames.flows.map(([source, target, nth]) => [source, target, text(nth)]) };
    held.about = held.figures.map(([, , , nth]) => text(nth));
    for (const [name, chart] of Object.entries(held.charts)) {
      const steps = COURSE.charts[name].steps;
      chart.curves = chart.lines.map(([name, n, values, moments]) => ({
        name,
        values: unpack(text(values), n).map((value) => (value < 0 ? null : value / steps)),
        at: moments === undefined ? null : unpack(text(moments), n).map((tenths) => tenths / 10),
      }));
    }
    held.words = Object.fromEntries(Object.entries(held.told).map(([name, nth]) => [name, text(nth)]));
    held.ready = true;
  }
  return held;
}

/** The frames of a run as series, for the charts of one stage. */
export function framesOf(run) {
  run.series ??= openFrames(run.packed);
  return run.series;
}

const MOVES = { batch: "in batches", stream: "as a stream" };
export function runWords(state) {
  const title = COURSE.scenarios[dayIds.indexOf(state.scenario)].title;
  const turned = state.further ? `, ${decodeURIComponent(state.further).replaceAll("&", ", ")}` : "";
  return `${title}: ${state.start}, ${MOVES[state.size]}; transformed ${MOVES[state.transform]}${turned}`;
}
