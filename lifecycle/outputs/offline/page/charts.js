// Charts of the day as small SVGs: the run now in a colour and a width of its own, the run before in grey behind it, the clock's line on top.

import { el, svgEl } from "../../../../js/shared/dom.js";
import { clockWords, duration, number } from "../../../../js/shared/words.js";
import { COURSE } from "./course.js";
import { framesOf } from "./days.js";

// As charts/drawing.py: colours, and the widths that tell apart curves which lie on one another.
const COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];
const [THINNEST, WIDER, SPREAD] = [1.2, 1.5, 4.5];
const MARGIN = { left: 64, right: 12, top: 20, bottom: 22 };
const DURATIONS_S = [0.001, 0.01, 0.1, 1, 5, 15, 60, 300, 900, 3600, 10800, 21600, 43200, 86400];
const drawn = new Set(); // the charts on the page, drawn anew when their width changes


/** The vertical axis: a place between 0 and 1 for each value, and ticks. */
function axisOf(chart) {
  const values = chart.lines.flatMap((line) => [...line.now.values, ...(line.before?.values ?? [])]).filter((value) => value !== null);
  if (chart.log) {
    const some = values.map((value) => Math.max(value, 0.01));
    const low = Math.log10(Math.min(60, ...some) / 1.5), high = Math.log10(Math.max(1, ...some) * 1.5);
    const place = (value) => (Math.log10(Math.max(value, 0.01)) - low) / (high - low);
    const ticks = DURATIONS_S.filter((s) => place(s) > 0.02 && place(s) <= 1 && s >= 10 ** low);
    return { place, ticks: spaced(ticks, place) };
  }
  const most = Math.max(1e-9, ...values);
  const rough = most / 4, scale = 10 ** Math.floor(Math.log10(rough)), step = scale * [1, 2, 5, 10].find((part) => part * scale >= rough);
  const top = Math.ceil(most / step + 1e-9) * step;
  return { place: (value) => value / top, ticks: Array.from({ length: Math.round(top / step) + 1 }, (_, i) => +(i * step).toPrecision(6)) };
}

/** Ticks of a logarithmic axis with room between them for their words. */
function spaced(ticks, place) {
  const kept = [];
  for (const tick of ticks) if (!kept.length || place(tick) - place(kept.at(-1)) > 0.11) kept.push(tick);
  return kept;
}

/** How the nth line looks, in the chart and in its legend. */
function lookOf(chart, nth) {
  const after = chart.lines.length - 1 - nth, step = Math.min(WIDER, SPREAD / Math.max(1, chart.lines.length - 1));
  return { stroke: COLOURS[nth % COLOURS.length], fill: "none", "stroke-width": (THINNEST + step * Math.max(0, after)).toFixed(1) };
}

/** A line over the day: gaps where there is nothing; steps as wide as their buckets, or straight through moments `at`. */
function pathOf({ values, at }, x, y) {
  let text = "", pen = false;
  const bucket = 86400 / values.length;
  values.forEach((value, i) => {
    if (value === null) return (pen = false);
    const high = y(value).toFixed(1), to = pen ? "L" : "M";
    if (at) text += `${to}${x(at[i]).toFixed(1)} ${high}`;
    else text += `${to}${x(i * bucket).toFixed(1)} ${high}L${x((i + 1) * bucket).toFixed(1)} ${high}`;
    pen = true;
  });
  return text;
}

/** The value of a line at a moment of the day (seconds): of its bucket, or between the two moments about it. */
function valueAt({ values, at }, moment) {
  if (!at) return values[Math.min(values.length - 1, Math.floor((moment / 86400) * values.length))] ?? null;
  let next = at.findIndex((each) => each > moment);
  if (next < 0) next = at.length;
  const here = values[next - 1] ?? null, there = values[next] ?? null;
  if (here === null || there === null) return here;
  return here + ((there - here) * (moment - at[next - 1])) / (at[next] - at[next - 1]);
}

const sampleOf = (look) => svgEl("svg", { class: "sample", viewBox: "0 0 26 8", width: 26, height: 8, "aria-hidden": "true" }, svgEl("path", { d: "M0 4H26", ...look }));

/** Draw a chart: { finding, heading, axis, log, unit, per, words, lines: [{ name, now, before }] }; a curve, now or before, is { values, at }. */
export function drawChart(host, chart) {
  const figure = el("figure", { class: "chart" });
  const legend = el("ul", { class: "legend" });
  const view = { chart, figure, legend, plot: null, hover: null };
  figure.append(el("h3", { text: chart.finding }), legend, el("div", { class: "plot" }), tableOf(chart));
  host.replaceChildren(figure);
  for (const other of drawn) if (!other.figure.isConnected) drawn.delete(other);
  drawn.add(view);
  chart.lines.forEach((line, i) => {
    const was = line.before ? [sampleOf({ class: "ghost" }), el("span", { class: "before" })] : [];
    legend.append(el("li", {}, sampleOf(lookOf(chart, i)), el("span", { class: "name", text: line.name }), el("b"), ...was));
  });
  plot(view);
}

function plot(view) {
  const { chart, figure } = view, box = figure.querySelector(".plot");
  const width = Math.max(240, box.clientWidth), height = 142;
  const axis = axisOf(chart);
  const right = width - MARGIN.right, low = height - MARGIN.bottom;
  const x = (moment) => MARGIN.left + ((right - MARGIN.left) * moment) / 86400;
  const y = (value) => low - (low - MARGIN.top) * axis.place(value);
  const every = width < 460 ? 6 : 3;
  const hours = Array.from({ length: 24 / every + 1 }, (_, i) => i * every);
  const hourX = (hour) => x(hour * 3600);
  const line = (cls, d, more = {}) => svgEl("path", { class: cls, d, ...more });
  const picture = svgEl("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": `${chart.heading}: ${chart.finding}. The table below has the values.` },
    ...axis.ticks.map((tick) => line("grid", `M${MARGIN.left} ${y(tick).toFixed(1)}H${right}`)),
    ...axis.ticks.map((tick) => svgEl("text", { x: MARGIN.left - 7, y: y(tick) + 4, "text-anchor": "end", text: chart.words(tick) })),
    ...hours.map((hour) => svgEl("text", { x: hourX(hour), y: height - 7, "text-anchor": hour === 24 ? "end" : hour ? "middle" : "start", text: `${String(hour).padStart(2, "0")}:00` })),
    ...hours.map((hour) => line("grid", `M${hourX(hour).toFixed(1)} ${low}v4`)),
    svgEl("text", { x: 2, y: 12, class: "axis", text: chart.axis }),
    ...chart.lines.filter((each) => each.before).map((each) => line("ghost", pathOf(each.before, x, y))),
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

/** The values at the pointer, or else at the diagram's clock, beside each name. */
function readOut(view) {
  const at = view.hover ?? window.headwatersMoment ?? 0, { chart } = view;
  view.cursor.setAttribute("transform", `translate(${view.hourX(at / 3600).toFixed(1)} 0)`);
  view.clock.textContent = clockWords(at);
  view.clock.setAttribute("text-anchor", at < 3 * 3600 ? "start" : at > 22 * 3600 ? "end" : "middle");
  chart.lines.forEach((line, i) => {
    const row = view.legend.children[i];
    row.querySelector("b").textContent = `${chart.words(valueAt(line.now, at))}${chart.unit}`;
    if (line.before) row.querySelector(".before").textContent = `was ${chart.words(valueAt(line.before, at))}`;
  });
}

function tableOf(chart) {
  const table = el("table"), scroll = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `${chart.heading}, as a table` }, table);
  return el("details", { ontoggle: () => !table.firstChild && fillTable(table, chart) }, el("summary", { text: "As a table" }), scroll);
}

function fillTable(table, chart) {
  const curves = chart.lines.flatMap(({ name, now, before }) => [[name, now], ...(before ? [[`${name}, before`, before]] : [])]);
  const { head, rows } = curves.some(([, curve]) => curve.at) ? cornerRows(curves, `${chart.axis} (${chart.per})`) : bucketRows(curves, chart.per);
  const cell = (text, i) => (i ? el("td", { text }) : el("th", { scope: "row", text }));
  table.append(el("caption", { text: `${chart.heading}: ${chart.finding}` }),
    el("thead", {}, el("tr", {}, ...head.map((text) => el("th", { scope: "col", text })))),
    el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map(cell)))));
}

const figureOf = (value) => (value === null ? "–" : String(+value.toPrecision(4)));

/** A row for each bucket of the day, a column for each curve. */
function bucketRows(curves, per) {
  const count = curves[0]?.[1].values.length ?? 0;
  const rows = Array.from({ length: count }, (_, i) => [clockWords((86400 * i) / count), ...curves.map(([, { values }]) => figureOf(values[i]))]);
  return { head: ["time", ...curves.map(([name]) => `${name} (${per})`)], rows };
}

/** A row for each point of each curve: they have moments of their own. */
function cornerRows(curves, heading) {
  const second = (moment) => `${clockWords(moment)}:${String(Math.floor(moment % 60)).padStart(2, "0")}`;
  const rows = curves.flatMap(([name, { values, at }]) => values.map((value, i) => [second(at[i]), name, figureOf(value)]));
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
    const width = view.figure.querySelector(".plot").clientWidth;
    if (width && width !== view.width) plot(view);
  }
}).observe(document.documentElement);

// --- which charts there are

const rate = (value) => (value === null ? "none" : number(value));

/** One of the charts of the whole run; a line has its ghost by its name. */
export function mainChart(name, run, ghost) {
  const { heading, axis, log, per } = COURSE.charts[name], before = new Map();
  const now = run.charts[name], was = ghost?.charts[name];
  was?.curves.forEach((curve) => before.set(curve.name, curve));
  const lines = now.curves.map((curve) => ({ name: curve.name, now: curve, before: before.get(curve.name) }));
  return { heading, axis, log, per, lines, finding: now.finding, unit: log ? "" : " /s", words: log ? duration : rate };
}

/** Two charts of one stage, read off the frames that the diagram plays. */
export function stageCharts(place, run, ghost) {
  const now = framesOf(run), was = ghost && framesOf(ghost);
  const here = now.stations.get(place.id), there = was?.stations.get(place.id);
  if (!here) return [];
  const perSecond = (counts, frames) => counts && { values: counts.map((count) => count / frames.step) };
  const lines = [["In", "arrived"], ["Out", "departed"]].map(([name, field]) => ({ name, now: perSecond(here[field], now), before: perSecond(there?.[field], was) }));
  const most = Math.max(...lines[1].now.values), deepest = Math.max(...here.most), when = here.most.indexOf(deepest);
  const flow = { heading: "Flow", axis: "events a second", per: "1/s", unit: " /s", words: rate, lines,
    finding: most ? `At most ${number(most)} events a second leave ${place.label}` : `Nothing leaves ${place.label} on this day` };
  const inside = { heading: "Inside", axis: "most inside at once", per: "events", unit: "", words: rate,
    lines: [{ name: "Inside", now: { values: here.most }, before: there && { values: there.most } }],
    finding: deepest ? `At most ${number(deepest)} ${deepest === 1 ? "event is" : "events are"} inside, between ${clockWords(when * now.step)} and ${clockWords((when + 1) * now.step)}` : "Nothing stays inside" };
  return [flow, inside];
}

/** From birth to being visible, at each consumer. */
export function latencyTable(run, ghost) {
  const before = new Map((ghost?.latency ?? []).map(([label, ...values]) => [label, values]));
  const cell = (value, old) => el("td", {}, duration(value), ...(old === undefined ? [] : [el("small", { text: ` was ${duration(old)}` })]));
  const [first] = run.latency;
  const finding = first ? `From birth to ${first[0]}: half within ${duration(first[1])}, 95 % within ${duration(first[2])}` : "No stage of this pipeline uses the data";
  return [el("h3", { text: finding }), el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Latency at each consumer" },
    el("table", {}, el("caption", { text: "Time from an event's birth to its being visible: so many per cent of the events take at most so long" }),
      el("thead", {}, el("tr", {}, ...["Consumer", ...COURSE.percents.map((percent) => `${percent} %`)].map((text) => el("th", { scope: "col", text })))),
      el("tbody", {}, ...run.latency.map(([label, ...values]) => el("tr", {}, el("th", { scope: "row", text: label }),
        ...values.map((value, i) => cell(value, before.get(label)?.[i])))))))];
}

/** Every event of the day at every stage. */
export function ledger(run) {
  const frames = framesOf(run), sum = (counts) => counts.reduce((total, count) => total + count, 0);
  const rows = COURSE.places.filter((place) => frames.stations.has(place.id)).map((place) => {
    const s = frames.stations.get(place.id);
    const cells = [sum(s.arrived), sum(s.departed), sum(s.lost), s.inside.at(-1)].map((count) => el("td", { text: count.toLocaleString("en") }));
    return el("tr", {}, el("th", { scope: "row", text: place.label }), ...cells);
  });
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Ledger of the day" }, el("table", {},
    el("caption", { text: "Every event of the day at every stage. What is removed on purpose is in no column but the first." }),
    el("thead", {}, el("tr", {}, ...["Stage", "Arrived", "Went on", "Lost", "Inside at the end"].map((text) => el("th", { scope: "col", text })))),
    el("tbody", {}, ...rows)));
}
