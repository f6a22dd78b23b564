// A run's frames: unpacking them, reading them at a moment, and saying them in words.
// Counts are events, times seconds of the day, indices buckets.

const SVG = "http://www.w3.org/2000/svg";

/** Undo `pack` of diagram.py for n numbers: base64 of zigzag varints of first differences, zeros at the end left out. */
function unpack(text, n) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const out = [];
  let value = 0, chunk = 0, scale = 1;
  for (const byte of bytes) {
    chunk += (byte & 127) * scale;
    scale *= 128;
    if (byte < 128) {
      value += chunk % 2 ? -(chunk + 1) / 2 : chunk / 2;
      out.push(value);
      chunk = 0;
      scale = 1;
    }
  }
  while (out.length < n) out.push(value);
  return out;
}

function running(counts) {
  const sums = new Float64Array(counts.length + 1);
  counts.forEach((count, i) => (sums[i + 1] = sums[i] + count));
  return sums;
}

/** Turn the packed frames into arrays, with running sums where something is counted. */
function openFrames(packed) {
  if (!packed) return null;
  const stations = new Map(), flows = new Map();
  for (const [id, series] of Object.entries(packed.stations)) {
    const s = Object.fromEntries(Object.entries(series).map(([name, text]) =>
      [name, unpack(text, name === "ages" ? packed.n * packed.looks + 1 : packed.n)]));
    s.lostSoFar = running(s.lost);
    s.full = Math.max(1, ...s.level);
    stations.set(id, s);
  }
  for (const [source, target, text] of packed.flows) {
    flows.set(`${source}>${target}`, running(unpack(text, packed.n)));
  }
  const occasions = (packed.occasions ?? []).map(([from, to, kind, stage]) => ({ from, to, kind, stage }));
  const faults = packed.faults.map(([from, to, stage, words, short]) => ({ from, to, stage, words, short }));
  return { ...packed, stations, flows, occasions, faults, step: (packed.end - packed.start) / packed.n };
}

/** Events up to time t, evenly spread within a bucket. */
function countAt(sums, frames, t) {
  const place = Math.min(frames.n, Math.max(0, (t - frames.start) / frames.step));
  const i = Math.min(frames.n - 1, Math.floor(place));
  return sums[i] + (sums[i + 1] - sums[i]) * (place - i);
}

/** When the running sum reaches `count`. */
function timeOf(sums, frames, count) {
  let low = 0, high = frames.n;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (sums[mid + 1] >= count - 1e-9) high = mid;
    else low = mid + 1;
  }
  const inside = sums[low + 1] - sums[low];
  return frames.start + frames.step * (low + (inside > 0 ? (count - sums[low]) / inside : 0));
}

/** Dots on a flow at t: dot k sets off when k × size events have gone, and takes travel_s. Returns [k, place 0 to 1]. */
function dotsAt(sums, frames, t) {
  const size = frames.per_dot;
  const first = Math.floor(countAt(sums, frames, t - frames.travel_s) / size + 1e-9) + 1;
  const last = Math.floor(countAt(sums, frames, t) / size + 1e-9);
  const places = [];
  for (let k = first; k <= last; k++) {
    places.push([k, Math.min(1, Math.max(0, (t - timeOf(sums, frames, k * size)) / frames.travel_s))]);
  }
  return places;
}

/** The most events that set off within one bucket, as dots: how thick a flood gets. */
function densest(sums, frames) {
  let most = 0;
  for (let i = 0; i < frames.n; i++) most = Math.max(most, sums[i + 1] - sums[i]);
  return most / frames.per_dot;
}

/** One station's figures at t; rates per second (who gives up: per minute), from the bucket that holds t. */
function stationAt(frames, id, t) {
  const s = frames && frames.stations.get(id);
  if (!s) return null;
  const place = Math.min(frames.n - 1e-6, Math.max(0, (t - frames.start) / frames.step));
  const i = Math.floor(place), part = place - i;
  const between = (series) => (i ? series[i - 1] : 0) + (series[i] - (i ? series[i - 1] : 0)) * part;
  const before = i ? s.age_s[i - 1] : -1, after = s.age_s[i];
  const looks = frames.n * frames.looks; // who uses the data is looked at each minute: what a chart of the moment says
  const look = Math.min(looks, Math.max(0, Math.floor(((t - frames.start) / frames.step) * frames.looks + 1e-6)));
  return {
    in: s.arrived[i] / frames.step,
    out: s.departed[i] / frames.step,
    inside: Math.round(between(s.inside)),
    level: Math.round(between(s.level)),
    full: s.full,
    busy: s.busy[i] / 1000,
    age: s.ages ? s.ages[look] : before >= 0 && after >= before ? before + (after - before) * part : after,
    faulty: s.faulty[i] === 1,
    lost: Math.floor(countAt(s.lostSoFar, frames, t) + 1e-9),
    queries: s.queries ? Math.round(between(s.queries)) : 0,
    left: s.left ? (s.left[i] / frames.step) * 60 : 0,
    fault: faultWords(frames, id, t),
  };
}

/** What is wrong at a stage in the bucket that holds t, in short: `stopped`; "" where nothing is. */
function faultWords(frames, id, t) {
  const i = Math.min(frames.n - 1, Math.max(0, Math.floor((t - frames.start) / frames.step)));
  const begins = frames.start + i * frames.step;
  const here = frames.faults.filter(({ stage, from, to }) => stage === id && from < begins + frames.step && to > begins);
  return [...new Set(here.map(({ short }) => short))].join(", ");
}

function clockWords(t) {
  const s = Math.floor(t);
  const two = (x) => String(x).padStart(2, "0");
  return `${two(Math.floor(s / 3600) % 24)}:${two(Math.floor(s / 60) % 60)}`;
}

// Figures in words as lifecycle/words.py has them, so that a figure reads the same in the picture and beside it.

function duration(seconds) {
  if (seconds === null || Number.isNaN(seconds)) return "none yet";
  if (seconds < 1) return seconds ? `${seconds >= 0.00995 ? Math.round(seconds * 1000) : +(seconds * 1000).toPrecision(2)} ms` : "0 s";
  if (seconds < 9.95) return `${seconds.toFixed(1).replace(".0", "")} s`;
  if (seconds < 99.5) return `${seconds.toFixed(0)} s`;
  if (seconds < 3570) return `${(seconds / 60).toFixed(0)} min`;
  if (seconds < 172800) {
    const minutes = Math.round(seconds / 60);
    return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`;
  }
  return `${(seconds / 86400).toFixed(1).replace(".0", "")} days`;
}

function number(value) {
  const size = Math.abs(value);
  if (size >= 999500) return `${+(value / 1e6).toPrecision(3)} M`;
  if (size >= 9999.5) return `${+(value / 1e3).toPrecision(3)} k`;
  if (size >= 99.5 || Number.isInteger(value)) return Math.round(value).toLocaleString("en");
  const told = +value.toPrecision(size < 1 ? 2 : 3);
  return /e/.test(String(told)) ? told.toFixed(20).replace(/0+$/, "") : String(told); // never in powers of ten
}

/** A text as a sentence begins. */
const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

const ageWords = (age) => (age < 0 ? "no data yet" : `${duration(age)} old`);

/** Steps of the age scale: each has its own number of bars, word and colour. */
const AGES = [[60, "fresh"], [900, "recent"], [7200, "ageing"], [Infinity, "stale"]];
function ageStep(s) {
  return s < 0 ? -1 : AGES.findIndex(([limit]) => s < limit);
}

const HOLDS = new Set(["buffer", "lake", "warehouse", "archive"]);

/** The short line inside a node. */
function nodeWords(place, now) {
  if (!now) return "";
  if (place.role === "consumer") return ageWords(now.age);
  if (place.role === "buffer") return `${number(now.level)} waiting`;
  if (HOLDS.has(place.role)) return `${number(now.level)} held`;
  if (place.role !== "source" && now.inside > 0) return `${number(now.inside)} waiting`;
  return now.out > 0 ? `${number(now.out)}/s` : now.fault || "idle";
}

// Fewer queries in line, or viewers who leave in a minute, are on any day: not worth a line of the picture.
const FEW_ASKERS = 5;

/** What becomes of those who ask here; "" where next to nobody waits. */
function askerWords(now) {
  if (now.queries >= FEW_ASKERS) return `${number(now.queries)} queries wait`;
  return now.left >= FEW_ASKERS ? `${number(Math.round(now.left))}/min give up` : "";
}

/** The whole state of a stage, for ears. */
function stateWords(place, now) {
  if (!now) return "";
  const said = [];
  if (now.fault) said.push(`${now.fault} now`);
  if (place.role === "consumer") said.push(now.age < 0 ? "no data yet" : `newest data is ${ageWords(now.age)}, ${AGES[ageStep(now.age)][1]}`);
  said.push(`${number(now.in)} in and ${number(now.out)} out a second`);
  if (place.role !== "source" && place.role !== "consumer") said.push(`${number(now.inside)} waiting`);
  if (HOLDS.has(place.role) && place.role !== "buffer") said.push(`${number(now.level)} held`);
  if (now.lost > 0) said.push(`${number(now.lost)} lost`);
  if (now.queries >= FEW_ASKERS) said.push(`${number(now.queries)} queries wait for a slot`);
  if (now.left >= FEW_ASKERS) said.push(`${number(Math.round(now.left))} viewers a minute give up`);
  return said.join(", ");
}

/** Make an element; text is only ever set as text. */
function el(tag, attributes = {}, ...children) {
  const node = attributes.svg ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "svg" || value === undefined || value === null) continue;
    if (name === "text") node.textContent = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}
