// A run's frames: unpacking them, and reading them at a moment.
// Counts are events, times seconds of the day, indices buckets.

/** @import { Frames, Now, Sending, Series, Wire } from "./types.js" */
/** @import { PackedFrames } from "./message.js" */

/**
 * Undo `pack` of packing.py for n numbers: base64 of varints of first differences, zigzag plus 1; after a 0 comes how many there are
 * of none, which at the end are left out.
 * @param {string} text
 * @param {number} n
 */
export function unpack(text, n) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const out = [];
  let value = 0, token = 0, scale = 1, run = false;
  for (const byte of bytes) {
    token += (byte & 127) * scale;
    scale *= 128;
    if (byte >= 128) continue;
    if (run) for (let i = 0; i < token; i++) out.push(value);
    else if (token) out.push((value += token % 2 ? (token - 1) / 2 : -token / 2));
    run = !run && token === 0;
    token = 0;
    scale = 1;
  }
  while (out.length < n) out.push(value);
  return out;
}

const MOVING = new Set(["born", "copies", "lost", "removed", "unreadable", "sent"]); // minute by minute; all else bucket by bucket

/** @param {number[]} counts */
function running(counts) {
  const sums = new Float64Array(counts.length + 1);
  counts.forEach((count, i) => (sums[i + 1] = sums[i] + count));
  return sums;
}

/**
 * What sets off in each minute and, at the end, after midnight: evenly, or together as the minute ends.
 * @param {number[]} counts negative: a packet
 * @param {PackedFrames} packed
 * @returns {Sending}
 */
function sending(counts, { start, end, minutes }) {
  const minute = (end - start) / minutes;
  const packets = counts.flatMap((count, i) => (count < 0 && i < minutes ? [{ at: start + (i + 1) * minute, events: -count }] : []));
  return { steady: running(counts.map((count) => Math.max(0, count))), together: running(counts.map((count) => Math.max(0, -count))), packets };
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
  const { n, looks, minutes } = packed;
  /** @param {string} [text] */
  const byMinute = (text) => unpack(text ?? "", minutes + 1);
  /** @type {Map<string, Wire>} */
  const flows = new Map();
  /** @type {Map<string, Series>} */
  const stations = new Map();
  const sent = new Map(Object.entries(packed.stations).map(([id, series]) => [id, sending(byMinute(series.sent), packed)]));
  for (const { source, target, sent: own, refused, pulled, loop } of packed.flows) {
    const leaves = own === null ? sent.get(source) : sending(byMinute(own), packed);
    if (leaves) flows.set(`${source}>${target}`, { sent: leaves, refused: running(byMinute(refused)), pulled, loop });
  }
  const occasions = (packed.occasions ?? []).map(([from, to, kind, stage]) => ({ from, to, kind, stage }));
  const faults = packed.faults.map(([from, to, stage, words, short, kind]) => ({ from, to, stage, words, short, kind }));
  const step = (packed.end - packed.start) / n, minute = (packed.end - packed.start) / minutes;
  const frames = { ...packed, stations, flows, occasions, faults, step, minute };
  for (const [id, series] of Object.entries(packed.stations)) {
    const { born, copies, lost, removed, unreadable } = series;
    const read = Object.fromEntries(Object.entries(series).filter(([name]) => !MOVING.has(name))
      .map(([name, text]) => [name, unpack(text, name === "ages" ? n * looks + 1 : n)]));
    const into = [...flows].filter(([key, { loop }]) => key.endsWith(`>${id}`) && !loop).map(([, wire]) => wire);
    const [births, again, losses, left, unread] = [born, copies, lost, removed, unreadable].map((text) => running(byMinute(text)));
    const falls = losses.map((count, i) => count - into.reduce((sum, wire) => sum + wire.refused[i], 0));
    const leaves = sent.get(id) ?? sending([], packed);
    const s = /** @type {Series} */ ({ ...read, born: births, copies: again, lost: losses, removed: left, unreadable: unread, sent: leaves, falls, into, full: 1 });
    stations.set(id, s);
    for (let i = 1; i <= minutes; i++) s.full = Math.max(s.full, levelAt(frames, id, packed.start + i * minute));
  }
  return frames;
}

/**
 * Events up to time t, evenly spread within a minute; at the day's end all of it.
 * @param {Float64Array} sums
 * @param {Frames} frames
 * @param {number} t
 */
export function countAt(sums, frames, t) {
  if (t >= frames.end) return sums[sums.length - 1];
  const place = Math.max(0, (t - frames.start) / frames.minute), i = Math.floor(place);
  return sums[i] + (sums[i + 1] - sums[i]) * (place - i);
}

/**
 * Whether all that a stage has lost by time t could not be read: so it is on any day, and no alarm.
 * @param {Series} s
 * @param {Frames} frames
 * @param {number} t
 */
export const nothingButUnread = (s, frames, t) => countAt(s.lost, frames, t) - countAt(s.unreadable, frames, t) < 1e-6;

/**
 * Events that have set off by time t.
 * @param {Sending} sent
 * @param {Frames} frames
 * @param {number} t
 */
export function leftBy({ steady, together }, frames, t) {
  const i = t >= frames.end ? together.length - 1 : Math.max(0, Math.floor((t - frames.start) / frames.minute + 1e-9));
  return countAt(steady, frames, t) + together[i];
}

/**
 * Events that have come to the end of a wire by time t; at the day's end all of them.
 * @param {Wire} wire
 * @param {Frames} frames
 * @param {number} t
 */
const arrivedBy = ({ sent }, frames, t) => leftBy(sent, frames, t >= frames.end ? t : t - frames.hop_s);

/**
 * Events that are on a wire at time t.
 * @param {Wire | undefined} wire
 * @param {Frames} frames
 * @param {number} t
 */
export const onWire = (wire, frames, t) => (wire ? leftBy(wire.sent, frames, t) - arrivedBy(wire, frames, t) : 0);

/**
 * Events that were born at a station or have come to it by time t.
 * @param {Series} s
 * @param {Frames} frames
 * @param {number} t
 */
function cameBy(s, frames, t) {
  return s.into.reduce((sum, wire) => sum + arrivedBy(wire, frames, t), countAt(s.born, frames, t));
}

/**
 * Events that have left a station by time t, second copies left out.
 * @param {Series} s
 * @param {Frames} frames
 * @param {number} t
 */
const wentBy = (s, frames, t) => leftBy(s.sent, frames, t) - countAt(s.copies, frames, t);

/**
 * Events that wait or are served at a station at time t.
 * @param {Series} s
 * @param {Frames} frames
 * @param {number} t
 */
function insideAt(s, frames, t) {
  return cameBy(s, frames, t) - wentBy(s, frames, t) - countAt(s.lost, frames, t) - countAt(s.removed, frames, t);
}

/**
 * Events that a station holds at time t: a store all that it was ever given and has written, others what waits.
 * @param {Frames} frames
 * @param {string} id
 * @param {number} t
 */
function levelAt(frames, id, t) {
  const s = frames.stations.get(id);
  if (!s) return 0;
  return frames.keeps.includes(id) ? wentBy(s, frames, t) : insideAt(s, frames, t);
}

/**
 * When the running sum reaches `count`.
 * @param {Float64Array} sums
 * @param {Frames} frames
 * @param {number} count
 */
export function timeOf(sums, frames, count) {
  let low = 0, high = frames.minutes;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (sums[mid + 1] >= count - 1e-9) high = mid;
    else low = mid + 1;
  }
  const inside = sums[low + 1] - sums[low];
  return frames.start + frames.minute * (low + (inside > 0 ? (count - sums[low]) / inside : 0));
}

/**
 * Dots under way at t: dot k sets off when k × size events have gone, and takes so long. Returns [k, place 0 to 1].
 * @param {Float64Array} sums
 * @param {Frames} frames
 * @param {number} t
 * @param {number} takes
 * @returns {[number, number][]}
 */
export function dotsAt(sums, frames, t, takes) {
  const size = frames.per_dot, last = frames.end - 1e-6; // after midnight nothing sets off any more
  const gone = (/** @type {number} */ at) => Math.floor(countAt(sums, frames, Math.min(at, last)) / size + 1e-9);
  /** @type {[number, number][]} */
  const places = [];
  for (let k = gone(t - takes) + 1; k <= gone(t); k++) {
    places.push([k, Math.min(1, Math.max(0, (t - timeOf(sums, frames, k * size)) / takes))]);
  }
  return places;
}

/**
 * Packets on a wire at t, the first that set off first: how many events, when they set off, and the place 0 to 1.
 * @param {Sending} sent
 * @param {Frames} frames
 * @param {number} t
 * @returns {{ events: number, at: number, share: number }[]}
 */
export function packetsAt({ packets }, frames, t) {
  return packets.filter(({ at }) => at <= t + 1e-6 && at + frames.hop_s > t + 1e-6)
    .map(({ at, events }) => ({ at, events, share: (t - at) / frames.hop_s }));
}

/**
 * The most events that set off within one minute one after the other, as dots: how thick a flood gets.
 * @param {Float64Array} sums
 * @param {Frames} frames
 */
export function densest(sums, frames) {
  let most = 0;
  for (let i = 0; i < frames.minutes; i++) most = Math.max(most, sums[i + 1] - sums[i]);
  return most / frames.per_dot;
}

/**
 * What of the interval before its next tick has gone by at a station, 0 to 1, and when that tick is; null for no timetable.
 * @param {Frames} frames
 * @param {string} id
 * @param {number} t
 */
export function tickAt(frames, id, t) {
  if (!frames.ticks[id]) return null;
  const [every, one] = frames.ticks[id], gone = (((t - one) % every) + every) % every;
  return { share: gone / every, next: t - gone + every };
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
  const before = i && s.age_s ? s.age_s[i - 1] : -1, after = s.age_s ? s.age_s[i] : -1;
  const looks = frames.n * frames.looks; // who uses the data is looked at each minute: what a chart of the moment says
  const look = Math.min(looks, Math.max(0, Math.floor(((t - frames.start) / frames.step) * frames.looks + 1e-6)));
  return {
    in: s.came[i] / frames.step, // as the charts and headlines have them
    out: passesNothing(frames, id, t) ? 0 : s.went[i] / frames.step, // a bucket reaches past the repair
    inside: Math.round(insideAt(s, frames, t)),
    level: Math.round(levelAt(frames, id, t)),
    full: s.full,
    busy: s.busy[i] / 1000,
    age: s.ages ? s.ages[look] : before >= 0 && after >= before ? before + (after - before) * part : after,
    faulty: s.faulty[i] === 1,
    lost: Math.floor(countAt(s.lost, frames, t) + 1e-9),
    usual: nothingButUnread(s, frames, t),
    queries: s.queries ? Math.round(between(s.queries)) : 0,
    left: s.left ? (s.left[i] / frames.step) * 60 : 0,
    fault: faultWords(frames, id, t),
  };
}

/**
 * Whether a stage has stopped or its way out is cut at this very moment, whatever the rest of the bucket is like.
 * @param {Frames} frames
 * @param {string} id
 * @param {number} t
 */
const passesNothing = (frames, id, t) =>
  frames.faults.some(({ stage, kind, from, to }) => stage === id && (kind === "down" || kind === "cut") && from <= t && t < to);

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

