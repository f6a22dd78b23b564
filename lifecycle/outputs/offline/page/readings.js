// What is read off a run: which charts there are of it and of one stage, and its tables.

import { el } from "../../../../js/shared/dom.js";
import { clockWords, duration, number } from "../../../../js/shared/words.js";
import { COURSE } from "./course.js";
import { framesOf } from "./days.js";

/**
 * @import { HeldPlace } from "./message.js"
 * @import { Chart, Line, Run } from "./types.js"
 * @import { Frames, Series } from "../../../diagram/living/script/types.js"
 */

/** @param {number | null} value */
const rate = (value) => (value === null ? "none" : number(value));

/**
 * One of the charts of the whole run; a line has its ghost by its name.
 * @param {string} name
 * @param {Run} run
 * @param {Run | null} ghost
 * @returns {Chart}
 */
export function mainChart(name, run, ghost) {
  const { heading, axis, log, per } = COURSE.charts[name], now = run.charts[name];
  const before = new Map(ghost?.charts[name].curves.map((curve) => [curve.name, curve]));
  const lines = now.curves.map((curve) => ({ name: curve.name, now: curve, before: before.get(curve.name) }));
  return { heading, axis, log, per, lines, finding: now.finding, unit: log ? "" : " /s", words: log ? duration : rate };
}

/**
 * Two charts of one stage, read off the frames that the diagram plays.
 * @param {HeldPlace} place
 * @param {Run} run
 * @param {Run | null} ghost
 * @returns {Chart[]}
 */
export function stageCharts(place, run, ghost) {
  const now = framesOf(run), was = ghost && framesOf(ghost);
  const stage = now.stations.get(place.id), before = was?.stations.get(place.id);
  if (!stage?.most) return []; // what was inside at most stands in every run of this page
  const rates = ratesOf(stage, now), ratesBefore = was && before ? ratesOf(before, was) : null;
  const most = Math.max(...rates.out), deepest = Math.max(...stage.most), when = stage.most.indexOf(deepest);
  const flow = { heading: "Flow", axis: "events a second", per: "1/s", unit: " /s", words: rate,
    lines: [lineOf("In", rates.in, ratesBefore?.in), lineOf("Out", rates.out, ratesBefore?.out)],
    finding: most ? `At most ${number(most)} events a second leave ${place.label}` : `Nothing leaves ${place.label} on this day` };
  const stored = now.keeps.includes(place.id) ? ", beside what is stored" : "";
  const inside = { heading: "Inside", axis: "most at once", per: "events", unit: "", words: rate, lines: [lineOf("Inside", stage.most, before?.most)],
    finding: deepest ? `At most ${number(deepest)} ${deepest === 1 ? "event" : "events"} waiting or in work${stored}, between ${clockWords(when * now.step)} and ${clockWords((when + 1) * now.step)}` : "Nothing ever waits here" };
  return [flow, inside];
}

/**
 * Events a second that come and go, in each bucket.
 * @param {Series} series
 * @param {Frames} frames
 */
function ratesOf({ came, went }, { step }) {
  return { in: came.map((count) => count / step), out: went.map((count) => count / step) };
}

/**
 * A line of steps.
 * @param {string} name
 * @param {number[]} now
 * @param {number[]} [before]
 * @returns {Line}
 */
const lineOf = (name, now, before) => ({ name, now: { name, values: now, at: null }, before: before && { name, values: before, at: null } });

/**
 * From birth to being visible, at each consumer.
 * @param {Run} run
 * @param {Run | null} ghost
 */
export function latencyTable(run, ghost) {
  const before = new Map(ghost?.latency.map(([label, ...values]) => [label, values]));
  /**
   * @param {number | null} value
   * @param {number | null} [old]
   */
  const cell = (value, old) => el("td", {}, duration(value), ...(old === undefined ? [] : [el("small", { text: ` was ${duration(old)}` })]));
  const [first] = run.latency;
  const finding = first ? `From birth to ${first[0]}: half within ${duration(first[1])}, 95 % within ${duration(first[2])}` : "No stage of this pipeline uses the data";
  return [el("h3", { text: finding }), el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Latency at each consumer" },
    el("table", {}, el("caption", { text: "Time from an event's birth to its being visible: so many per cent of the events take at most so long" }),
      el("thead", {}, el("tr", {}, ...["Consumer", ...COURSE.percents.map((percent) => `${percent} %`)].map((text) => el("th", { scope: "col", text })))),
      el("tbody", {}, ...run.latency.map(([label, ...values]) => el("tr", {}, el("th", { scope: "row", text: label }),
        ...values.map((value, i) => cell(value, before.get(label)?.[i])))))))];
}

/**
 * Every event of the day at every stage.
 * @param {Run} run
 */
export function ledger(run) {
  const frames = framesOf(run);
  /** @param {number[]} counts */
  const sum = (counts) => counts.reduce((total, count) => total + count, 0);
  const rows = COURSE.places.map((place) => {
    const stage = frames.stations.get(place.id);
    if (!stage) return null;
    const cells = [sum(stage.came), sum(stage.went), stage.lost.at(-1) ?? 0, stage.inside?.at(-1) ?? 0].map((count) => el("td", { text: count.toLocaleString("en") }));
    return el("tr", {}, el("th", { scope: "row", text: place.label }), ...cells);
  });
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Ledger of the day" }, el("table", {},
    el("caption", { text: "Every event of the day at every stage. What is removed on purpose is in no column but the first." }),
    el("thead", {}, el("tr", {}, ...["Stage", "Arrived", "Went on", "Lost", "Inside at the end"].map((text) => el("th", { scope: "col", text })))),
    el("tbody", {}, ...rows)));
}
