// A run's frames: unpacking them, and reading them at a moment.
// Counts are events, times seconds of the day, indices buckets.

/** @import { Frames, Now } from "./types.js" */
/** @import { PackedFrames } from "./message.js" */



/**
 * Undo `pack` of diagram.py for n numbers: base64 of zigzag varints of first differences, zeros at the end left out.
 * @param {string} text
 * @param {number} n
 */
export function unpack(text, n) {
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

/** @param {number[]} counts */
function running(counts) {
  const sums = new Float64Array(counts.length + 1);
  counts.forEach((count, i) => (sums[i + 1] = sums[i] + count));
  return sums;
}

/**
 * Turn the packed frames into arrays, with running sums where something is counted.
 * @overload
 * @param {PackedFrames} packed
 * @returns {Frames}
 */
/**
 * @overload
 * @param {PackedFrames | null} packed
 * @returns {Frames | null}
 */
/**
 * @param {PackedFrames | null} packed
 * @returns {Frames | null}
 */
export function openFrames(packed) {
  if (!packed) return null;
  const stations = new Map(), flows = new Map();
  for (const [id, series] of Object.entries(packed.stations)) {
    const read = Object.fromEntries(Object.entries(series).map(([name, text]) =>
      [name, unpack(text, name === "ages" ? packed.n * packed.looks + 1 : packed.n)]));
    stations.set(id, { ...read, lostSoFar: running(read.lost), full: Math.max(1, ...read.level) });
  }
  for (const [source, target, text] of packed.flows) {
    flows.set(`${source}>${target}`, running(unpack(text, packed.n)));
  }
  const occasions = (packed.occasions ?? []).map(([from, to, kind, stage]) => ({ from, to, kind, stage }));
  const faults = packed.faults.map(([from, to, stage, words, short]) => ({ from, to, stage, words, short }));
  return { ...packed, stations, flows, occasions, faults, step: (packed.end - packed.start) / packed.n };
}

/**
 * Events up to time t, evenly spread within a bucket.
 * @param {Float64Array} sums
 * @param {Frames} frames
 * @param {number} t
 */
export function countAt(sums, frames, t) {
  const place = Math.min(frames.n, Math.max(0, (t - frames.start) / frames.step));
  const i = Math.min(frames.n - 1, Math.floor(place));
  return sums[i] + (sums[i + 1] - sums[i]) * (place - i);
}

/**
 * When the running sum reaches `count`.
 * @param {Float64Array} sums
 * @param {Frames} frames
 * @param {number} count
 */
export function timeOf(sums, frames, count) {
  let low = 0, high = frames.n;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (sums[mid + 1] >= count - 1e-9) high = mid;
    else low = mid + 1;
  }
  const inside = sums[low + 1] - sums[low];
  return frames.start + frames.step * (low + (inside > 0 ? (count - sums[low]) / inside : 0));
}

/**
 * Dots on a flow at t: dot k sets off when k × size events have gone, and takes travel_s. Returns [k, place 0 to 1].
 * @param {Float64Array} sums
 * @param {Frames} frames
 * @param {number} t
 * @returns {[number, number][]}
 */
export function dotsAt(sums, frames, t) {
  const size = frames.per_dot;
  const first = Math.floor(countAt(sums, frames, t - frames.travel_s) / size + 1e-9) + 1;
  const last = Math.floor(countAt(sums, frames, t) / size + 1e-9);
  /** @type {[number, number][]} */
  const places = [];
  for (let k = first; k <= last; k++) {
    places.push([k, Math.min(1, Math.max(0, (t - timeOf(sums, frames, k * size)) / frames.travel_s))]);
  }
  return places;
}

/**
 * The most events that set off within one bucket, as dots: how thick a flood gets.
 * @param {Float64Array} sums
 * @param {Frames} frames
 */
export function densest(sums, frames) {
  let most = 0;
  for (let i = 0; i < frames.n; i++) most = Math.max(most, sums[i + 1] - sums[i]);
  return most / frames.per_dot;
}

/**
 * One station's figures at t; rates per second (who gives up: per minute), from the bucket that holds t.
 * @param {Frames | null} frames
 * @param {string} id
 * @param {number} t
 * @returns {Now | null}
 */
export function stationAt(frames, id, t) {
  const s = frames && frames.stations.get(id);
  if (!s) return null;
  const place = Math.min(frames.n - 1e-6, Math.max(0, (t - frames.start) / frames.step));
  const i = Math.floor(place), part = place - i;
  /** @param {number[]} series */
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

/**
 * What is wrong at a stage in the bucket that holds t, in short: `stopped`; "" where nothing is.
 * @param {Frames} frames
 * @param {string} id
 * @param {number} t
 */
function faultWords(frames, id, t) {
  const i = Math.min(frames.n - 1, Math.max(0, Math.floor((t - frames.start) / frames.step)));
  const begins = frames.start + i * frames.step;
  const here = frames.faults.filter(({ stage, from, to }) => stage === id && from < begins + frames.step && to > begins);
  return [...new Set(here.map(({ short }) => short))].join(", ");
}

