// Charts of the day as small SVGs: the run now in a colour and a width of its own, the run before in grey behind it, the clock's line on top.

import { el, put, svgEl, write } from "../../../../js/shared/dom.js";
import { clockWords } from "../../../../js/shared/words.js";

/**
 * @import { Attributes } from "../../../../js/shared/dom.js"
 * @import { Chart, Curve } from "./types.js"
 */

// As charts/drawing.py: colours, and the widths that tell apart curves which lie on one another.
const COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];
const [THINNEST, WIDER, SPREAD] = [1.2, 1.5, 4.5];
const MARGIN = { left: 64, right: 12, top: 20, bottom: 22 };
const DURATIONS_S = [0.001, 0.01, 0.1, 1, 5, 15, 60, 300, 900, 3600, 10800, 21600, 43200, 86400];

/**
 * A chart on the page: `row` of each line are the places of its values, `at` puts the cursor at an hour.
 * @typedef {{ chart: Chart, figure: HTMLElement, box: HTMLElement, rows: { value: HTMLElement, was: HTMLElement | null }[], hover: number | null,
 *   width: number, cursor: SVGElement, clock: SVGElement, hourX: (hour: number) => number }} View
 */

/** @type {Set<View>} */
const drawn = new Set(); // the charts on the page, drawn anew when their width changes

/**
 * The vertical axis: a place between 0 and 1 for each value, and ticks.
 * @param {Chart} chart
 */
function axisOf(chart) {
  const values = chart.lines.flatMap((line) => [...line.now.values, ...(line.before?.values ?? [])]).filter((value) => value !== null);
  if (chart.log) {
    const some = values.map((value) => Math.max(value, 0.01));
    const low = Math.log10(Math.min(60, ...some) / 1.5), high = Math.log10(Math.max(1, ...some) * 1.5);
    /** @param {number} value */
    const place = (value) => (Math.log10(Math.max(value, 0.01)) - low) / (high - low);
    const ticks = DURATIONS_S.filter((s) => place(s) > 0.02 && place(s) <= 1 && s >= 10 ** low);
    return { place, ticks: spaced(ticks, place) };
  }
  const most = Math.max(1e-9, ...values);
  const rough = most / 4, scale = 10 ** Math.floor(Math.log10(rough)), step = scale * ([1, 2, 5].find((part) => part * scale >= rough) ?? 10);
  const top = Math.ceil(most / step + 1e-9) * step;
  return { place: (/** @type {number} */ value) => value / top, ticks: Array.from({ length: Math.round(top / step) + 1 }, (_, i) => +(i * step).toPrecision(6)) };
}

/**
 * Ticks of a logarithmic axis with room between them for their words.
 * @param {number[]} ticks
 * @param {(value: number) => number} place
 */
function spaced(ticks, place) {
  /** @type {number[]} */
  const kept = [];
  for (const tick of ticks) {
    const last = kept.at(-1);
    if (last === undefined || place(tick) - place(last) > 0.11) kept.push(tick);
  }
  return kept;
}

/**
 * How the nth line looks, in the chart and in its legend.
 * @param {Chart} chart
 * @param {number} nth
 */
function lookOf(chart, nth) {
  const after = chart.lines.length - 1 - nth, step = Math.min(WIDER, SPREAD / Math.max(1, chart.lines.length - 1));
  return { stroke: COLOURS[nth % COLOURS.length], fill: "none", "stroke-width": (THINNEST + step * Math.max(0, after)).toFixed(1) };
}

/**
 * A line over the day: gaps where there is nothing; steps as wide as their buckets, or straight through moments `at`.
 * @param {Curve} curve
 * @param {(moment: number) => number} x
 * @param {(value: number) => number} y
 */
function pathOf({ values, at }, x, y) {
  let text = "", pen = false;
  const bucket = 86400 / values.length;
  values.forEach((value, i) => {
    if (value === null) {
      pen = false;
      return;
    }
    const high = y(value).toFixed(1), to = pen ? "L" : "M";
    if (at) text += `${to}${x(at[i]).toFixed(1)} ${high}`;
    else text += `${to}${x(i * bucket).toFixed(1)} ${high}L${x((i + 1) * bucket).toFixed(1)} ${high}`;
    pen = true;
  });
  return text;
}

/**
 * The value of a line at a moment of the day (seconds): of its bucket, or between the two moments about it.
 * @param {Curve} curve
 * @param {number} moment
 */
function valueAt({ values, at }, moment) {
  if (!at) return values[Math.min(values.length - 1, Math.floor((moment / 86400) * values.length))] ?? null;
  let next = at.findIndex((each) => each > moment);
  if (next < 0) next = at.length;
  const here = values[next - 1] ?? null, there = values[next] ?? null;
  if (here === null || there === null) return here;
  return here + ((there - here) * (moment - at[next - 1])) / (at[next] - at[next - 1]);
}

/** @param {Attributes} look */
const sampleOf = (look) => svgEl("svg", { class: "sample", viewBox: "0 0 26 8", width: 26, height: 8, "aria-hidden": "true" }, svgEl("path", { d: "M0 4H26", ...look }));

/**
 * @param {HTMLElement} host
 * @param {Chart} chart
 */
export function drawChart(host, chart) {
  const figure = el("figure", { class: "chart" }), box = el("div", { class: "plot" });
  const rows = chart.lines.map((line) => ({ value: el("b"), was: line.before ? el("span", { class: "before" }) : null }));
  const legend = el("ul", { class: "legend" }, ...chart.lines.map((line, i) => el("li", {}, sampleOf(lookOf(chart, i)),
    el("span", { class: "name", text: line.name }), rows[i].value, rows[i].was && sampleOf({ class: "ghost" }), rows[i].was)));
  figure.append(el("h3", { text: chart.finding }), legend, box, tableOf(chart));
  host.replaceChildren(figure);
  for (const other of drawn) if (!other.figure.isConnected) drawn.delete(other);
  /** @type {View} */
  const view = { chart, figure, box, rows, hover: null, width: 0, cursor: svgEl("g"), clock: svgEl("text"), hourX: () => 0 };
  drawn.add(view);
  plot(view);
}

/** @param {View} view */
function plot(view) {
  const { chart, box } = view;
  const width = Math.max(240, box.clientWidth), height = 142;
  const axis = axisOf(chart);
  const right = width - MARGIN.right, low = height - MARGIN.bottom;
  /** @param {number} moment */
  const x = (moment) => MARGIN.left + ((right - MARGIN.left) * moment) / 86400;
  /** @param {number} value */
  const y = (value) => low - (low - MARGIN.top) * axis.place(value);
  const every = width < 460 ? 6 : 3;
  const hours = Array.from({ length: 24 / every + 1 }, (_, i) => i * every);
  /** @param {number} hour */
  const hourX = (hour) => x(hour * 3600);
  /**
   * @param {string} cls
   * @param {string} d
   * @param {Attributes} [more]
   */
  const line = (cls, d, more = {}) => svgEl("path", { class: cls, d, ...more });
  const picture = svgEl("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": `${chart.heading}: ${chart.finding}. The table below has the values.` },
    ...axis.ticks.map((tick) => line("grid", `M${MARGIN.left} ${y(tick).toFixed(1)}H${right}`)),
    ...axis.ticks.map((tick) => svgEl("text", { x: MARGIN.left - 7, y: y(tick) + 4, "text-anchor": "end", text: chart.words(tick) })),
    ...hours.map((hour) => svgEl("text", { x: hourX(hour), y: height - 7, "text-anchor": hour === 24 ? "end" : hour ? "middle" : "start", text: `${String(hour).padStart(2, "0")}:00` })),
    ...hours.map((hour) => line("grid", `M${hourX(hour).toFixed(1)} ${low}v4`)),
    svgEl("text", { x: 2, y: 12, class: "axis", text: chart.axis }),
    ...chart.lines.map(({ before }) => (before ? line("ghost", pathOf(before, x, y)) : null)),
    ...chart.lines.map((each, i) => line("line", pathOf(each.now, x, y), lookOf(chart, i))));
  view.clock = svgEl("text", { y: 12 });
  view.cursor = svgEl("g", {}, line("cursor", `M0 ${MARGIN.top - 4}V${low}`), view.clock);
  picture.append(view.cursor);
  view.hourX = hourX;
  picture.addEventListener("pointermove", (event) => {
    const at = (event.clientX - picture.getBoundingClientRect().left) * (width / picture.clientWidth);
    view.hover = Math.min(86400, Math.max(0, ((at - MARGIN.left) / (right - MARGIN.left)) * 86400));
    readOut(view);
  });
  picture.addEventListener("pointerleave", () => { view.hover = null; readOut(view); });
  box.replaceChildren(picture);
  view.width = box.clientWidth;
  readOut(view);
}

/**
 * The values at the pointer, or else at the diagram's clock, beside each name.
 * @param {View} view
 */
function readOut(view) {
  const at = view.hover ?? window.headwatersMoment ?? 0, { chart } = view;
  put(view.cursor, "transform", `translate(${view.hourX(at / 3600).toFixed(1)} 0)`);
  write(view.clock, clockWords(at));
  put(view.clock, "text-anchor", at < 3 * 3600 ? "start" : at > 22 * 3600 ? "end" : "middle");
  chart.lines.forEach((line, i) => {
    const { value, was } = view.rows[i];
    write(value, `${chart.words(valueAt(line.now, at))}${chart.unit}`);
    if (was && line.before) write(was, `was ${chart.words(valueAt(line.before, at))}`);
  });
}

/** @param {Chart} chart */
function tableOf(chart) {
  const table = el("table"), scroll = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `${chart.heading}, as a table` }, table);
  return el("details", { ontoggle: () => !table.firstChild && fillTable(table, chart) }, el("summary", { text: "As a table" }), scroll);
}

/**
 * @param {HTMLTableElement} table
 * @param {Chart} chart
 */
function fillTable(table, chart) {
  const curves = chart.lines.flatMap(({ name, now, before }) => [{ ...now, name }, ...(before ? [{ ...before, name: `${name}, before` }] : [])]);
  const { head, rows } = curves.some((curve) => curve.at) ? cornerRows(curves, `${chart.axis} (${chart.per})`) : bucketRows(curves, chart.per);
  /**
   * @param {string} text
   * @param {number} i
   */
  const cell = (text, i) => (i ? el("td", { text }) : el("th", { scope: "row", text }));
  table.append(el("caption", { text: `${chart.heading}: ${chart.finding}` }),
    el("thead", {}, el("tr", {}, ...head.map((text) => el("th", { scope: "col", text })))),
    el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map(cell)))));
}

/** @param {number | null | undefined} value */
const figureOf = (value) => (value === null || value === undefined ? "–" : String(+value.toPrecision(4)));

/**
 * A row for each bucket of the day, a column for each curve.
 * @param {Curve[]} curves
 * @param {string} per
 */
function bucketRows(curves, per) {
  const count = curves[0]?.values.length ?? 0;
  const rows = Array.from({ length: count }, (_, i) => [clockWords((86400 * i) / count), ...curves.map(({ values }) => figureOf(values[i]))]);
  return { head: ["time", ...curves.map(({ name }) => `${name} (${per})`)], rows };
}

/**
 * A row for each point of each curve: they have moments of their own.
 * @param {Curve[]} curves
 * @param {string} heading
 */
function cornerRows(curves, heading) {
  /** @param {number} moment */
  const second = (moment) => `${clockWords(moment)}:${String(Math.floor(moment % 60)).padStart(2, "0")}`;
  const rows = curves.flatMap(({ name, values, at }) => values.map((value, i) => [second(at ? at[i] : (86400 * i) / values.length), name, figureOf(value)]));
  return { head: ["time", "curve", heading], rows };
}

let readAt = 0;
window.addEventListener("headwaters:moment", () => {
  const now = performance.now(); // the clock ticks with every frame, words need no more than a few a second
  if (now - readAt < 150) return;
  readAt = now;
  for (const view of drawn) if (view.hover === null) readOut(view);
});
new ResizeObserver(() => {
  for (const view of drawn) {
    const width = view.box.clientWidth;
    if (width && width !== view.width) plot(view);
  }
}).observe(document.documentElement);
