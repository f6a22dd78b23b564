// js/shared/dom.js
var SVG = "http://www.w3.org/2000/svg";
function dressed(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === void 0) continue;
    if (name === "text") node.textContent = String(value);
    else if (name === "html") setHtml(node, String(value));
    else if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}
var el = (tag, attributes = {}, ...children) => dressed(document.createElement(tag), attributes, children);
var svgEl = (tag, attributes = {}, ...children) => dressed(document.createElementNS(SVG, tag), attributes, children);
function setHtml(node, html) {
  node.innerHTML = html;
  return node;
}
function put(node, name, value) {
  if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
}
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
function oneOf(root, selector) {
  const node = root.querySelector(selector);
  if (!node) throw new Error(`nothing matches ${selector}`);
  return (
    /** @type {T} */
    node
  );
}
var allOf = (root, selector) => (
  /** @type {T[]} */
  [...root.querySelectorAll(selector)]
);
var copyOf = (node, whole = false) => (
  /** @type {T} */
  node.cloneNode(whole)
);
function isTyping(event, harmless = /(?!)/) {
  const at = event.composedPath()[0];
  if (!(at instanceof HTMLElement)) return false;
  const type = at instanceof HTMLInputElement ? at.type : "";
  return at.isContentEditable || /^(input|textarea|select)$/i.test(at.tagName) && !harmless.test(type);
}
var isChord = (event) => event.ctrlKey || event.metaKey || event.altKey;
function fitted(length, room, size) {
  if (!length || length <= room) return { size: null, length: null };
  return { size: length * NARROWEST > room ? size * (room / (length * NARROWEST)) : null, length: room };
}
var NARROWEST = 0.8;

// js/shared/leaving.js
var PATIENCE_MS = 8e3;
function heedLeaving() {
  const path = location.pathname, known2 = window.headwatersLeaving;
  if (known2) {
    if (known2.path !== path) Object.assign(known2, { path, at: -Infinity });
    return;
  }
  const leaving2 = window.headwatersLeaving = { path, at: -Infinity };
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-testid='stPageLink-NavLink']") : null;
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (new URL(link.href).pathname !== location.pathname) Object.assign(leaving2, { path: location.pathname, at: performance.now() });
  }, true);
  window.addEventListener("popstate", () => {
    if (location.pathname !== leaving2.path) leaving2.at = performance.now();
  });
}
var leaves = () => performance.now() - (window.headwatersLeaving?.at ?? -Infinity) < PATIENCE_MS;

// js/shared/sent.js
var KEPT = 6;
var known = [];
var equal = (one, other) => one.length === other.length && one.every((byte, i) => byte === other[i]);
function parsed(bytes) {
  const at = known.findIndex((one2) => equal(one2.bytes, bytes));
  const [one] = at < 0 ? [{ bytes, value: JSON.parse(new TextDecoder().decode(bytes)) }] : known.splice(at, 1);
  known.unshift(one);
  known.length = Math.min(known.length, KEPT);
  return (
    /** @type {T} */
    one.value
  );
}

// lifecycle/diagram/living/script/frames.js
function unpack(text, n) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const out = [];
  let value = 0, token = 0, scale = 1, run = false;
  for (const byte of bytes) {
    token += (byte & 127) * scale;
    scale *= 128;
    if (byte >= 128) continue;
    if (run) for (let i = 0; i < token; i++) out.push(value);
    else if (token) out.push(value += token % 2 ? (token - 1) / 2 : -token / 2);
    run = !run && token === 0;
    token = 0;
    scale = 1;
  }
  while (out.length < n) out.push(value);
  return out;
}
var MOVING = /* @__PURE__ */ new Set(["born", "copies", "lost", "removed", "unreadable", "sent"]);
function running(counts) {
  const sums = new Float64Array(counts.length + 1);
  counts.forEach((count, i) => sums[i + 1] = sums[i] + count);
  return sums;
}
function sending(counts, { start, end, minutes }) {
  const minute = (end - start) / minutes;
  const packets = counts.flatMap((count, i) => count < 0 && i < minutes ? [{ at: start + (i + 1) * minute, events: -count }] : []);
  return { steady: running(counts.map((count) => Math.max(0, count))), together: running(counts.map((count) => Math.max(0, -count))), packets };
}
function openFrames(packed) {
  if (!packed) return null;
  const { n, looks, minutes } = packed;
  const byMinute = (text) => unpack(text ?? "", minutes + 1);
  const flows = /* @__PURE__ */ new Map();
  const stations = /* @__PURE__ */ new Map();
  const sent = new Map(Object.entries(packed.stations).map(([id, series]) => [id, sending(byMinute(series.sent), packed)]));
  for (const { source, target, sent: own, refused, pulled, loop } of packed.flows) {
    const leaves2 = own === null ? sent.get(source) : sending(byMinute(own), packed);
    if (leaves2) flows.set(`${source}>${target}`, { sent: leaves2, refused: running(byMinute(refused)), pulled, loop });
  }
  const occasions = (packed.occasions ?? []).map(([from, to, kind, stage]) => ({ from, to, kind, stage }));
  const faults = packed.faults.map(([from, to, stage, words, short, kind]) => ({ from, to, stage, words, short, kind }));
  const step2 = (packed.end - packed.start) / n, minute = (packed.end - packed.start) / minutes;
  const frames = { ...packed, stations, flows, occasions, faults, step: step2, minute };
  for (const [id, series] of Object.entries(packed.stations)) {
    const { born, copies, lost, removed, unreadable } = series;
    const read = Object.fromEntries(Object.entries(series).filter(([name]) => !MOVING.has(name)).map(([name, text]) => [name, unpack(text, name === "ages" ? n * looks + 1 : n)]));
    const into = [...flows].filter(([key, { loop }]) => key.endsWith(`>${id}`) && !loop).map(([, wire]) => wire);
    const [births, again, losses, left, unread] = [born, copies, lost, removed, unreadable].map((text) => running(byMinute(text)));
    const falls = losses.map((count, i) => count - into.reduce((sum, wire) => sum + wire.refused[i], 0));
    const leaves2 = sent.get(id) ?? sending([], packed);
    const s = (
      /** @type {Series} */
      { ...read, born: births, copies: again, lost: losses, removed: left, unreadable: unread, sent: leaves2, falls, into, full: 1 }
    );
    stations.set(id, s);
    for (let i = 1; i <= minutes; i++) s.full = Math.max(s.full, levelAt(frames, id, packed.start + i * minute));
  }
  return frames;
}
function countAt(sums, frames, t) {
  if (t >= frames.end) return sums[sums.length - 1];
  const place = Math.max(0, (t - frames.start) / frames.minute), i = Math.floor(place);
  return sums[i] + (sums[i + 1] - sums[i]) * (place - i);
}
var nothingButUnread = (s, frames, t) => countAt(s.lost, frames, t) - countAt(s.unreadable, frames, t) < 1e-6;
function leftBy({ steady, together }, frames, t) {
  const i = t >= frames.end ? together.length - 1 : Math.max(0, Math.floor((t - frames.start) / frames.minute + 1e-9));
  return countAt(steady, frames, t) + together[i];
}
var arrivedBy = ({ sent }, frames, t) => leftBy(sent, frames, t >= frames.end ? t : t - frames.hop_s);
var onWire = (wire, frames, t) => wire ? leftBy(wire.sent, frames, t) - arrivedBy(wire, frames, t) : 0;
function cameBy(s, frames, t) {
  return s.into.reduce((sum, wire) => sum + arrivedBy(wire, frames, t), countAt(s.born, frames, t));
}
var wentBy = (s, frames, t) => leftBy(s.sent, frames, t) - countAt(s.copies, frames, t);
function insideAt(s, frames, t) {
  return cameBy(s, frames, t) - wentBy(s, frames, t) - countAt(s.lost, frames, t) - countAt(s.removed, frames, t);
}
function levelAt(frames, id, t) {
  const s = frames.stations.get(id);
  if (!s) return 0;
  return frames.keeps.includes(id) ? wentBy(s, frames, t) : insideAt(s, frames, t);
}
function timeOf(sums, frames, count) {
  let low = 0, high = frames.minutes;
  while (low < high) {
    const mid = low + high >> 1;
    if (sums[mid + 1] >= count - 1e-9) high = mid;
    else low = mid + 1;
  }
  const inside = sums[low + 1] - sums[low];
  return frames.start + frames.minute * (low + (inside > 0 ? (count - sums[low]) / inside : 0));
}
function dotsAt(sums, frames, t, takes) {
  const size = frames.per_dot, last = frames.end - 1e-6;
  const gone = (at) => Math.floor(countAt(sums, frames, Math.min(at, last)) / size + 1e-9);
  const places = [];
  for (let k = gone(t - takes) + 1; k <= gone(t); k++) {
    places.push([k, Math.min(1, Math.max(0, (t - timeOf(sums, frames, k * size)) / takes))]);
  }
  return places;
}
function packetsAt({ packets }, frames, t) {
  return packets.filter(({ at }) => at <= t + 1e-6 && at + frames.hop_s > t + 1e-6).map(({ at, events }) => ({ at, events, share: (t - at) / frames.hop_s }));
}
function densest(sums, frames) {
  let most = 0;
  for (let i = 0; i < frames.minutes; i++) most = Math.max(most, sums[i + 1] - sums[i]);
  return most / frames.per_dot;
}
function tickAt(frames, id, t) {
  if (!frames.ticks[id]) return null;
  const [every, one] = frames.ticks[id], gone = ((t - one) % every + every) % every;
  return { share: gone / every, next: t - gone + every };
}
function stationAt(frames, id, t) {
  const s = frames && frames.stations.get(id);
  if (!s) return null;
  const place = Math.min(frames.n - 1e-6, Math.max(0, (t - frames.start) / frames.step));
  const i = Math.floor(place), part = place - i;
  const between = (series) => (i ? series[i - 1] : 0) + (series[i] - (i ? series[i - 1] : 0)) * part;
  const before = i && s.age_s ? s.age_s[i - 1] : -1, after = s.age_s ? s.age_s[i] : -1;
  const looks = frames.n * frames.looks;
  const look = Math.min(looks, Math.max(0, Math.floor((t - frames.start) / frames.step * frames.looks + 1e-6)));
  return {
    in: s.came[i] / frames.step,
    // as the charts and headlines have them
    out: passesNothing(frames, id, t) ? 0 : s.went[i] / frames.step,
    // a bucket reaches past the repair
    inside: Math.round(insideAt(s, frames, t)),
    level: Math.round(levelAt(frames, id, t)),
    full: s.full,
    busy: s.busy[i] / 1e3,
    age: s.ages ? s.ages[look] : before >= 0 && after >= before ? before + (after - before) * part : after,
    faulty: s.faulty[i] === 1,
    lost: Math.floor(countAt(s.lost, frames, t) + 1e-9),
    usual: nothingButUnread(s, frames, t),
    queries: s.queries ? Math.round(between(s.queries)) : 0,
    left: s.left ? s.left[i] / frames.step * 60 : 0,
    fault: faultWords(frames, id, t)
  };
}
var passesNothing = (frames, id, t) => frames.faults.some(({ stage, kind, from, to }) => stage === id && (kind === "down" || kind === "cut") && from <= t && t < to);
function faultWords(frames, id, t) {
  const i = Math.min(frames.n - 1, Math.max(0, Math.floor((t - frames.start) / frames.step)));
  const begins = frames.start + i * frames.step;
  const here = frames.faults.filter(({ stage, from, to }) => stage === id && from < begins + frames.step && to > begins);
  return [...new Set(here.map(({ short }) => short))].join(", ");
}

// lifecycle/diagram/living/script/geometry.js
function trackOf(path) {
  const length = path.getTotalLength(), parts = Math.max(1, Math.ceil(length / 4));
  const points = Array.from({ length: parts + 1 }, (_, i) => path.getPointAtLength(length * i / parts));
  return { length, points };
}
function onTrack({ points }, share) {
  const place = share * (points.length - 1), i = Math.min(points.length - 2, Math.floor(place)), part = place - i;
  const a = points[i], b = points[i + 1];
  const step2 = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part, dx: (b.x - a.x) / step2, dy: (b.y - a.y) / step2 };
}
function placement({ w, h }, viewBox, view, [dx, dy]) {
  const fit2 = Math.min(w / viewBox.w, h / viewBox.h), scale = fit2 * view.k;
  return {
    scale,
    x: dx * scale + (view.x - viewBox.x) * fit2 + (w - viewBox.w * fit2) / 2,
    y: dy * scale + (view.y - viewBox.y) * fit2 + (h - viewBox.h * fit2) / 2
  };
}
var shown = ({ w, h }, { scale, x, y }) => ({ x: -x / scale, y: -y / scale, w: w / scale, h: h / scale });
function seen(pane, { k, x, y }, { width, height }) {
  const within = (place, most) => Math.min(most, Math.max(0, place));
  const left = within((pane.x - x) / k, width), top = within((pane.y - y) / k, height);
  return { x: left, y: top, w: within((pane.x + pane.w - x) / k, width) - left, h: within((pane.y + pane.h - y) / k, height) - top };
}

// lifecycle/diagram/living/script/types.js
var isStage = (node) => node.place.kind === "stage";
var partsOf = (node) => isStage(node) ? [node.group, node.falls] : [node.group];

// lifecycle/diagram/living/script/dots.js
var [SINGLE, CROWDED, DROP, REQUEST, BACK] = [3.2, 2.3, 2.6, 3.4, 3];
var FALL = 30;
var FALL_S = 600;
var BACK_TO = 0.45;
var [DIGIT, SIDES, HALF_HIGH] = [7.2, 14, 9];
function laneOf(length, sums, frames) {
  const room = length * frames.minute / frames.hop_s;
  return Math.min(2.6, Math.max(0, densest(sums, frames) * 6 / Math.max(1, room) - 1));
}
function inWindow(window2, { x, y, r }) {
  return !window2 || x - r - 1 >= window2.x && x + r + 1 <= window2.x + window2.w && y - r - 1 >= window2.y && y + r + 1 <= window2.y + window2.h;
}
function placeOn({ track, backwards }, share, side = 0) {
  const at = onTrack(track, backwards ? 1 - share : share);
  return { x: at.x - at.dy * side, y: at.y + at.dx * side };
}
function placeOfPacket(line, share, r) {
  const { x, dx, dy } = onTrack(line.track, 0.5);
  if (line.over !== void 0 && Math.abs(dx) * (2 * r - SIDES) > line.track.length) return { x, y: line.over - HALF_HIGH };
  const room = Math.min(0.5, (Math.abs(dx) * r + Math.abs(dy) * HALF_HIGH) / line.track.length);
  return placeOn(line, room + (1 - 2 * room) * share);
}
var packetRadius = (words) => (words.length * DIGIT + SIDES) / 2;
var laneNumber = (k) => k * 2 % 5 - 2;
function flowDots(line, { sent }, frames, t) {
  if (t >= frames.end) return [];
  const r = line.lane > 1 ? CROWDED : SINGLE;
  const dots = dotsAt(sent.steady, frames, t, frames.hop_s).map(([k, share]) => ({
    kind: (
      /** @type {const} */
      "dot"
    ),
    ...placeOn(line, share, laneNumber(k) * line.lane),
    r,
    opacity: 1,
    at: timeOf(sent.steady, frames, k * frames.per_dot)
  }));
  const packets = packetsAt(sent, frames, t).map(({ events, at, share }) => {
    const words = events.toLocaleString("en"), r2 = packetRadius(words);
    return { kind: (
      /** @type {const} */
      "packet"
    ), ...placeOfPacket(line, share, r2), r: r2, opacity: 1, words, at };
  });
  return [...dots, ...packets];
}
function requests(line, { sent, pulled }, frames, t) {
  const then = t + frames.hop_s;
  if (!pulled || then >= frames.end) return [];
  const shares = [...dotsAt(sent.steady, frames, then, frames.hop_s).map(([, share]) => share), ...packetsAt(sent, frames, then).map(({ share }) => share)];
  return shares.map((share) => ({ kind: "request", ...placeOn(line, 1 - share), r: REQUEST, opacity: 1 }));
}
function sentBack(line, { refused }, frames, t) {
  return dotsAt(refused, frames, t, frames.hop_s).map(([k, share]) => ({
    kind: "bounce",
    ...placeOn(line, 1 - BACK_TO * share, laneNumber(k) * 3),
    r: BACK,
    opacity: 1 - share * share
  }));
}
function stageDrops({ x, y, w, h }, series, frames, t) {
  const kind = nothingButUnread(series, frames, t) ? "unread" : "drop";
  return dotsAt(series.falls, frames, t, FALL_S).map(([k, share]) => ({
    kind,
    x: x + w * 0.58 + k * 37 % (w * 0.38),
    y: y + h + FALL * share * share,
    r: DROP,
    opacity: 1 - share
  }));
}
function measured(edge, wire, frames) {
  const track = edge.track ??= trackOf(edge.path);
  if (edge.run !== frames) Object.assign(edge, { lane: laneOf(track.length, wire.sent.steady, frames), run: frames });
  return { track, backwards: edge.backwards, lane: edge.lane, over: edge.over };
}
function atRest(line, dots) {
  const packet = dots.find(({ kind }) => kind === "packet"), back = dots.find(({ kind }) => kind === "bounce");
  const request = dots.find(({ kind }) => kind === "request");
  return [[packet, 0.5], [back, 0.88], [request, 0.25]].flatMap(([dot2, share]) => typeof dot2 === "object" && typeof share === "number" ? [{ ...dot2, ...dot2.kind === "packet" ? placeOfPacket(line, share, dot2.r) : placeOn(line, share), opacity: 1 }] : []);
}
function layersOf({ frames, scene, still, t }, window2 = scene?.window) {
  if (!frames || !scene) return [];
  const layers = [];
  for (const [key, edge] of scene.edges) {
    const wire = frames.flows.get(key);
    if (!wire) continue;
    const line = measured(edge, wire, frames);
    const dots = [...requests(line, wire, frames, t), ...flowDots(line, wire, frames, t), ...sentBack(line, wire, frames, t)];
    layers.push({ group: edge.dots, dots: (still ? atRest(line, dots) : dots).filter((dot2) => inWindow(window2, dot2)) });
  }
  for (const [id, node] of scene.nodes) {
    const series = frames.stations.get(id);
    if (series && isStage(node) && !still) layers.push({ group: node.falls, dots: stageDrops(node.box, series, frames, t) });
  }
  return layers;
}
var REACH = 9;
function dotNear(edge, wire, frames, t, { x, y }) {
  let near = null, least = REACH;
  for (const dot2 of flowDots(measured(edge, wire, frames), wire, frames, t)) {
    const far = Math.max(0, Math.hypot(dot2.x - x, dot2.y - y) - (dot2.kind === "packet" ? dot2.r : 0));
    if (far < least) [near, least] = [dot2.at, far];
  }
  return near;
}
function dotCount(wire, frames, t) {
  if (!wire || t >= frames.end) return 0;
  return dotsAt(wire.sent.steady, frames, t, frames.hop_s).length + packetsAt(wire.sent, frames, t).length;
}

// js/shared/words.js
function duration(seconds) {
  if (seconds === null || Number.isNaN(seconds)) return "none yet";
  if (seconds === Infinity) return "forever";
  if (seconds < 1) return seconds ? `${seconds >= 995e-5 ? even(seconds * 1e3) : +(seconds * 1e3).toPrecision(2)} ms` : "0 s";
  if (seconds < 9.95) return `${seconds.toFixed(1).replace(".0", "")} s`;
  if (seconds < 99.5) return `${even(seconds)} s`;
  if (seconds < 3570) return `${even(seconds / 60)} min`;
  if (seconds < 172800) {
    const minutes = even(seconds / 60);
    return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`;
  }
  return `${(seconds / 86400).toFixed(1).replace(".0", "")} days`;
}
function even(value) {
  const low = Math.floor(value), over = value - low;
  return over === 0.5 ? low + (low % 2 ? 1 : 0) : Math.round(value);
}
function number(signed) {
  const value = signed + 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return "none";
  if (size === Infinity) return "no limit";
  if (size >= 999500) return `${+(value / 1e6).toPrecision(3)} M`;
  if (size >= 9999.5) return `${+(value / 1e3).toPrecision(3)} k`;
  if (size >= 99.5 || Number.isInteger(value)) return even(value).toLocaleString("en");
  const shown2 = +value.toPrecision(size < 1 ? 2 : 3);
  return /e/.test(String(shown2)) ? shown2.toFixed(20).replace(/0+$/, "") : String(shown2);
}
var two = (n) => String(n).padStart(2, "0");
function clockWords(seconds) {
  const s = Math.floor(seconds);
  return `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}`;
}
var capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

// lifecycle/diagram/living/script/state_words.js
var ageWords = (age) => age < 0 ? "no data yet" : `${duration(age)} old`;
var AGES = [[60, "fresh"], [900, "recent"], [7200, "ageing"], [Infinity, "stale"]];
function ageStep(s) {
  return s < 0 ? -1 : AGES.findIndex(([limit]) => s < limit);
}
var holds = (place) => place.keeps || place.role === "buffer";
function nodeWords(place, now) {
  if (!now) return "";
  if (place.role === "consumer") return ageWords(now.age);
  if (place.role === "buffer") return `${number(now.level)} waiting`;
  if (place.keeps) return `${number(now.level)} held`;
  if (place.role !== "source" && now.inside > 0) return `${number(now.inside)} waiting`;
  return now.out > 0 ? `${number(now.out)}/s` : now.fault || "idle";
}
var FEW_ASKERS = 5;
function askerWords(now) {
  if (now.queries >= FEW_ASKERS) return `${number(now.queries)} queries wait`;
  return now.left >= FEW_ASKERS ? `${number(Math.round(now.left))}/min give up` : "";
}
var lostWords = ({ lost, usual }) => lost ? `${number(lost)} ${usual ? "unreadable" : "lost"}` : "";
function stateWords(place, now) {
  if (!now) return "";
  const said = [];
  if (now.fault) said.push(`${now.fault} now`);
  if (place.role === "consumer") said.push(now.age < 0 ? "no data yet" : `newest data is ${ageWords(now.age)}, ${AGES[ageStep(now.age)][1]}`);
  said.push(`${number(now.in)} in and ${number(now.out)} out a second`);
  if (place.role !== "source" && place.role !== "consumer") said.push(`${number(now.inside)} waiting`);
  if (place.keeps) said.push(`${number(now.level)} held`);
  if (now.lost > 0) said.push(lostWords(now));
  if (now.queries >= FEW_ASKERS) said.push(`${number(now.queries)} queries wait for a slot`);
  if (now.left >= FEW_ASKERS) said.push(`${number(Math.round(now.left))} viewers a minute give up`);
  return said.join(", ");
}

// lifecycle/diagram/living/script/telling.js
function actOn(d, id) {
  return d.overlay ? d.places.get(d.overlay)?.acts[id] : void 0;
}
function actWords(d, id) {
  const current = d.overlay === null ? void 0 : d.places.get(d.overlay), act = current?.acts[id];
  return current && act ? `${current.label}: ${act.text}` : "";
}
function paintTable(d) {
  if (!d.ui.words.open || !d.frames) return;
  const rows = d.stages.map((place) => {
    const now = stationAt(d.frames, place.id, d.t);
    const cells = now ? [
      number(now.in),
      number(now.out),
      number(now.inside),
      holds(place) ? number(now.level) : "–",
      `${Math.round(now.busy * 100)} %`,
      ageWords(now.age),
      number(now.lost),
      askerWords(now) || "–",
      now.fault || "–"
    ] : Array(9).fill("–");
    return el("tr", {}, el("th", { scope: "row", text: place.label }), ...cells.map((text) => el("td", { text })));
  });
  d.ui.tableBody.replaceChildren(...rows);
  write(d.ui.tableCaption, `State of the pipeline at ${clockWords(d.t)}; in and out are events a second`);
}
function summaryWords(d) {
  const said = [`Paused at ${clockWords(d.t)}.`];
  for (const place of d.stages) {
    const now = stationAt(d.frames, place.id, d.t);
    if (!now) continue;
    if (now.fault) said.push(`${place.label}: ${now.fault}.`);
    if (place.role === "consumer") said.push(`${place.label}: ${now.age < 0 ? "no data yet" : `newest data is ${ageWords(now.age)}`}.`);
    else if (now.inside >= 1 && place.role !== "source") said.push(`${place.label}: ${number(now.inside)} waiting.`);
    if (now.lost) said.push(`${place.label}: ${lostWords(now)}.`);
    if (askerWords(now)) said.push(`${place.label}: ${askerWords(now)}.`);
  }
  return said.join(" ");
}

// lifecycle/diagram/living/script/card.js
function soonCard(d, of) {
  clearTimeout(d.cardTimer);
  d.cardTimer = setTimeout(() => d.root.isConnected && showCard(d, of), 160);
}
function showCard(d, of) {
  const target = typeof of === "string" ? d.scene?.nodes.get(of)?.body : of.group;
  if (!target) return;
  d.cardOf = of;
  fillCard(d);
  const card = d.ui.card;
  card.hidden = false;
  const home = d.ui.stage.getBoundingClientRect();
  const box2 = target.getBoundingClientRect();
  const below = box2.bottom - home.top + (d.cutting ? 46 : 10);
  const left = Math.min(Math.max(6, box2.left - home.left + box2.width / 2 - card.offsetWidth / 2), home.width - card.offsetWidth - 6);
  const above = box2.top - home.top - card.offsetHeight - 10;
  card.style.left = `${left}px`;
  card.style.top = `${above > -60 ? above : below}px`;
}
function hideCard(d) {
  clearTimeout(d.cardTimer);
  d.cardOf = null;
  d.ui.card.hidden = true;
}
function fillCard(d) {
  const { cardOf, frames } = d;
  if (cardOf === null) return;
  const facts = [];
  const card = d.ui.card;
  if (typeof cardOf !== "string") {
    const { source, target, label } = cardOf.flow;
    const wire = frames?.flows.get(`${source}>${target}`);
    const name = (id) => d.places.get(id)?.label ?? id;
    write(oneOf(card, "b"), `${name(source)} → ${name(target)}`);
    const hint = !d.said?.dots || d.still ? "" : "Click a dot to follow one of its orders";
    write(oneOf(card, "p"), [label, hint, cutWords(d, cardOf)].filter(Boolean).join(". "));
    if (frames && wire) {
      facts.push(["so far", number(Math.floor(leftBy(wire.sent, frames, d.t)))], ["on it now", number(Math.round(onWire(wire, frames, d.t)))]);
      facts.push(["goes", wire.pulled ? "when it is asked for" : "unasked"]);
      const back = Math.floor(countAt(wire.refused, frames, d.t));
      if (back) facts.push(["sent back", number(back)]);
    }
  } else {
    const place = d.places.get(cardOf), now = stationAt(frames, cardOf, d.t);
    if (!place) return;
    write(oneOf(card, "b"), place.label);
    write(oneOf(card, "p"), actWords(d, cardOf) || [place.detail, place.summary].filter(Boolean).map(capital).join(". "));
    if (now) {
      facts.push(["in", `${number(now.in)}/s`], ["out", `${number(now.out)}/s`], ["waiting", number(now.inside)]);
      facts.push(["busy", `${Math.round(now.busy * 100)} %`], ["age", ageWords(now.age)]);
      const tick2 = frames && tickAt(frames, place.id, d.t);
      if (tick2) facts.push(["next tick", clockWords(tick2.next)]);
      if (place.keeps) facts.push(["held", number(now.level)]);
      if (now.lost) facts.push(["lost", `${number(now.lost)}${now.usual ? ", unreadable" : ""}`]);
      if (askerWords(now)) facts.push(["askers", askerWords(now)]);
      if (now.fault) facts.push(["state", `⚠ ${now.fault}`]);
    }
  }
  if (frames) facts.push(["now", clockWords(d.t)]);
  const list = oneOf(card, "dl");
  while (list.children.length > facts.length) list.lastElementChild?.remove();
  while (list.children.length < facts.length) list.append(el("div", {}, el("dt"), el("dd")));
  facts.forEach(([name, value], i) => {
    const [term, detail] = list.children[i].children;
    write(term, name);
    write(detail, value);
  });
}

// lifecycle/diagram/living/script/breaking/span.js
var STEP_S = 300;
var isSeen = ({ from, until }, t, end) => t >= Math.min(until, end - STEP_S) || t < from - 1;

// lifecycle/diagram/living/script/breaking/replay.js
var STANDING_S = 60;
function followReplay(d, { replay, until, moment_s: moment, broken }) {
  if (!replay || until === void 0 || moment === null || replay === d.said?.replay) return false;
  hideCard(d);
  Object.assign(d, { hasMoment: true, opened: false, momentSent: Math.round(moment), watched: { replay, from: moment, until } });
  d.t = d.still ? until - STANDING_S : moment;
  if (d.frames) showMoment(d, d.t);
  setPlaying(d, !d.still);
  if (d.still) seen2(d);
  comeIntoSight(d, broken?.at(-1)?.split(".")[1]);
  return true;
}
function comeIntoSight(d, id = "") {
  const stage = d.scene?.nodes.get(id)?.body, at = stage?.getBoundingClientRect();
  const shown2 = d.ui.stage.getBoundingClientRect();
  if (at && (at.top < Math.max(0, shown2.top) || at.bottom > Math.min(innerHeight, shown2.bottom))) stage?.scrollIntoView({ block: "center", behavior: d.still ? "instant" : "smooth" });
}
function watchOn(d) {
  const { watched, frames, playing, t } = d;
  if (watched && frames && playing && isSeen(watched, t, frames.end)) seen2(d);
}
function seen2(d) {
  const { watched } = d;
  d.watched = null;
  if (watched && !leaves()) d.send("watched", watched.replay);
}

// lifecycle/diagram/living/script/follow/gold.js
var [RADIUS, HIGH, BESIDE] = [5.5, 17, 10];
function drawGold(d) {
  const { scene, gold } = d;
  if (!scene) return;
  const place = gold?.place ? pointOf(d, scene, gold) : null;
  scene.gold?.group.classList.toggle("off", !place);
  d.root.dataset.followed = place && gold?.place ? where(gold, d.still) : "";
  if (!place || !gold) return;
  const { group, label, back } = scene.gold ??= makeGold(scene);
  write(label, gold.tag);
  put(group, "transform", `translate(${place.x.toFixed(1)} ${place.y.toFixed(1)})`);
  const words = label.getComputedTextLength(), wide = words + BESIDE + HIGH;
  const over = place.x + wide > scene.size.width;
  put(back, "x", (over ? HIGH / 2 - wide : -HIGH / 2).toFixed(1));
  put(back, "width", wide.toFixed(1));
  put(label, "x", (over ? -BESIDE - words : BESIDE).toFixed(1));
}
function where({ place, followed: { beats } }, still) {
  if (!place) return "";
  const { stage, to } = beats[place.beat];
  return to && !still ? `${stage}>${to}` : to || stage;
}
function makeGold(scene) {
  const back = svgEl("rect", { class: "gold-tag", y: -HIGH / 2, height: HIGH, rx: HIGH / 2 });
  const label = svgEl("text", { class: "gold-words", y: 4.5 });
  const group = svgEl("g", { class: "gold", "aria-hidden": "true" }, back, svgEl("circle", { class: "gold-dot", r: RADIUS }), label);
  scene.nodes.values().next().value?.group.parentElement?.append(group);
  return { group, label, back };
}
function pointOf({ frames, t, still }, scene, { place, followed: { beats } }) {
  if (!place) return null;
  const { stage, to, watch, start } = beats[place.beat], share = place.into / watch;
  const from = doorOf(scene, stage), there = to ? doorOf(scene, to) : null;
  if (!to || !there || !from) return from;
  if (still) return there;
  const edge = scene.edges.get(`${stage}>${to}`);
  if (!edge) return { x: from.x + (there.x - from.x) * share, y: from.y + (there.y - from.y) * share };
  const line = { track: edge.track ??= trackOf(edge.path), backwards: edge.backwards, lane: 0, over: edge.over };
  const wire = frames?.flows.get(`${stage}>${to}`), packet = wire && frames && packetsAt(wire.sent, frames, t).find(({ at }) => Math.abs(at - start) < 1);
  return packet ? placeOfPacket(line, share, packetRadius(packet.events.toLocaleString("en"))) : placeOn(line, share);
}
function doorOf(scene, stage) {
  const box2 = scene.nodes.get(stage)?.box;
  return box2 ? { x: box2.x + HIGH / 2, y: box2.y - HIGH / 2 - 1 } : null;
}

// lifecycle/diagram/living/script/follow/ribbon.js
function ribbonOf(followed, asked) {
  const { ribbon, other, parting, tag } = followed;
  const head = el(
    "div",
    { class: "follow-head" },
    el("b", { class: "follow-tag", text: tag }),
    el("span", { class: "follow-now" }),
    el("span", { class: "gap" }),
    stepButton("Earlier", "To the stage before", () => asked.step(-1)),
    stepButton("Later", "To the next stage", () => asked.step(1))
  );
  const list = el(
    "ol",
    { class: "parts", "aria-label": "Its journey, part by part" },
    ...ribbon.parts.map((part, i) => el(
      "li",
      { class: `part ${part.waits ? "waits" : "works"}${part.short ? " short" : ""}` },
      el(
        "button",
        { type: "button", onclick: () => asked.part(i), "aria-label": part.words, title: part.words },
        part.stage === ribbon.parts[i - 1]?.stage ? null : el("b", { text: `${part.label} ` }),
        el("span", { text: part.lasted })
      )
    )),
    el("li", { class: "part-end", text: ribbon.end })
  );
  const mine = el("div", { class: "ribbon" }, el("p", { class: "ribbon-of" }, el("b", { text: ribbon.title }), `: ${ribbon.words}`), barOf(ribbon, asked));
  const magnifier = el("div", { class: "magnifier" }, el("p", { text: "The short parts enlarged, not to scale:" }), list);
  const beside = el("div", { class: "ribbon beside" });
  if (other) beside.append(el("p", { class: "ribbon-of" }, el("b", { text: other.title }), `: ${other.words}`), barOf(other, null), heardOf(other));
  if (parting) beside.append(el("p", { class: "parting", text: parting }));
  const artefact = el("figure", { class: "artefact" }, el("figcaption"), el("pre", {}, el("code")));
  return [head, mine, el("div", { class: "closer" }, magnifier, artefact), beside];
}
var stepButton = (text, title, act) => el("button", { type: "button", class: "tool step", title, "aria-label": title, text, onclick: act });
function barOf(ribbon, asked) {
  return el("div", { class: "bar", "aria-hidden": "true" }, ...ribbon.parts.map((part, i) => el("span", {
    class: `part ${part.waits ? "waits" : "works"}${asked ? " open" : ""}`,
    title: part.words,
    style: `width: ${(100 * part.share).toFixed(3)}%`,
    onclick: asked && (() => asked.part(i))
  }, part.short ? null : el("span", { text: `${part.label} ${part.lasted}` }))));
}
var heardOf = (ribbon) => el("ol", { class: "unseen" }, ...ribbon.parts.map(({ words }) => el("li", { text: words })), el("li", { text: ribbon.end }));
function nowWords({ ribbon }, beat, over) {
  if (!beat) return "Nobody has placed this order yet.";
  const part = ribbon.parts[beat.part];
  if (over) return `${part.label}: ${ribbon.end} · ${beat.when}`;
  return `${beat.to ? `Handed over to ${part.label}` : part.words} · ${beat.when} · ${beat.rate}`;
}
function markRibbon(home, { place, followed }, over) {
  const beat = place ? followed.beats[place.beat] : null;
  allOf(home, ":is(.ribbon:not(.beside) .bar, .parts) > .part").forEach((part2, i) => {
    const here = beat !== null && i % followed.ribbon.parts.length === beat.part;
    part2.classList.toggle("here", here);
    const button2 = part2.querySelector("button");
    if (button2) put(button2, "aria-current", here ? "step" : "false");
  });
  const part = beat ? followed.ribbon.parts[beat.part] : null;
  const now = home.querySelector(".follow-now");
  if (now) write(now, nowWords(followed, beat, over));
  const stage = part?.stage ?? followed.ribbon.parts[0].stage;
  const found = followed.artefacts.find((each) => each.stage === stage);
  const figure = home.querySelector("figure"), caption = home.querySelector("figcaption"), code = home.querySelector("code");
  if (!figure || !caption || !code) return;
  figure.hidden = !found;
  write(caption, found ? `${part?.label ?? followed.ribbon.parts[0].label}: ${found.title}` : "");
  write(code, found?.text ?? "");
}

// lifecycle/diagram/living/script/follow/watch.js
function placeAt(beats, t) {
  let beat = -1;
  while (beat + 1 < beats.length && beats[beat + 1].start <= t) beat++;
  if (beat < 0) return null;
  const { start, end, watch } = beats[beat];
  return { beat, into: end > start ? watch * Math.min(1, (t - start) / (end - start)) : watch };
}
function momentAt(beats, { beat, into }) {
  const { start, end, watch } = beats[beat];
  return start + (end - start) * (into / watch);
}
var isOver = (beats, { beat, into }) => beat === beats.length - 1 && into >= beats[beat].watch;
function onward(beats, { beat, into }, seconds, still = false) {
  into += seconds;
  while (beat < beats.length - 1 && (into >= beats[beat].watch || still && beats[beat].to)) {
    if (!still || !beats[beat].to) into -= beats[beat].watch;
    beat++;
  }
  return { beat, into: Math.min(into, beats[beat].watch) };
}
function stageBeat(beats, place, step2) {
  const firsts = beats.flatMap(({ to, stage }, i) => !to && (i === 0 || beats[i - 1].to === stage) ? [i] : []);
  const here = place ? firsts.findLastIndex((i) => i <= place.beat) : -1;
  return firsts[Math.min(firsts.length - 1, Math.max(0, here + step2))];
}

// lifecycle/diagram/living/script/follow/follow.js
var USUAL_SPEED = 300;
function receiveFollowed(d, { followed }) {
  d.toFollow = followed;
  settle(d);
}
function settle(d) {
  const { toFollow, said } = d, key = said?.follows ?? "";
  const followed = toFollow && key && toFollow.key === key && toFollow.run === d.root.dataset.run ? toFollow : null;
  d.ui.follow.hidden = !key;
  if (!key) d.followedKey = "";
  if (followed === (d.gold?.followed ?? null)) return;
  d.gold = followed && { followed, place: placeAt(followed.beats, d.t), tag: followed.tag };
  d.ui.follow.classList.toggle("old", !followed);
  if (!followed) return drawGold(d);
  d.ui.follow.replaceChildren(...ribbonOf(followed, { part: (part) => goToPart(d, part), step: (way) => goBy(d, way) }));
  const fresh = d.followedKey !== followed.key;
  d.followedKey = followed.key;
  if (fresh) say(d, followed.ribbon.words);
  if (fresh && said?.moment_s === null) {
    goToBeat(d, 0);
    setPlaying(d, !d.still);
  } else showMoment(d, d.t);
}
function nextMoment(d, seconds) {
  const { gold } = d;
  if (!gold) return null;
  const { beats } = gold.followed;
  if (gold.place && isOver(beats, gold.place)) return null;
  gold.place = gold.place ? onward(beats, gold.place, seconds * USUAL_SPEED / d.speed, d.still) : { beat: 0, into: 0 };
  return momentAt(beats, gold.place);
}
function rewind(d) {
  if (d.gold?.place && isOver(d.gold.followed.beats, d.gold.place)) goToBeat(d, 0);
}
function showFollowed(d, words) {
  const { gold } = d;
  if (gold) {
    const { beats, tag, ribbon } = gold.followed;
    if (!gold.place || Math.abs(momentAt(beats, gold.place) - d.t) > 1e-6) gold.place = placeAt(beats, d.t);
    const over = gold.place !== null && isOver(beats, gold.place);
    gold.tag = over ? `${tag} · ${ribbon.end}` : tag;
    if (words) markRibbon(d.ui.follow, gold, over);
  }
  drawGold(d);
}
function goToPart(d, part) {
  goToBeat(d, d.gold?.followed.beats.findIndex((beat) => beat.part === part && !beat.to) ?? 0);
  rest(d);
}
function goBy(d, way) {
  if (!d.gold) return;
  const { beats, ribbon } = d.gold.followed;
  goToBeat(d, stageBeat(beats, d.gold.place, way));
  rest(d);
  say(d, ribbon.parts[beats[d.gold.place?.beat ?? 0].part].words);
}
function rest(d) {
  setPlaying(d, false);
  sendMoment(d);
}
function goToBeat(d, beat) {
  if (!d.gold) return;
  d.gold.place = { beat, into: 0 };
  showMoment(d, d.gold.followed.beats[beat].start);
}
function clickWire(d, edge, { clientX, clientY }) {
  const { frames } = d, { source, target } = edge.flow, wire = frames?.flows.get(`${source}>${target}`);
  if (!frames || !wire || d.still || !d.said?.dots) return false;
  const at = new DOMPoint(clientX, clientY).matrixTransform(edge.path.getScreenCTM()?.inverse());
  const setOff = dotNear(edge, wire, frames, d.t, at);
  if (setOff === null) return false;
  d.send("follow", `${source}>${target}@${Math.round(setOff)}`);
  return true;
}

// lifecycle/diagram/living/script/placing.js
function placeBadge(d, node) {
  const { scene } = d;
  if (node.signed || !scene) return;
  node.signed = true;
  const { x, y, w, h } = node.box;
  const flows = [...scene.edges.values()].flatMap((edge) => (edge.track ??= trackOf(edge.path)).points);
  const near = ([dx2, dy2]) => flows.filter((point2) => Math.abs(point2.x - (x + w - 7 + dx2)) < 16 && Math.abs(point2.y - (y + 1.5 + dy2)) < 14).length;
  const spots = [[0, 0], [-14, 0], [13 - w, 0]];
  if (h >= 75) spots.splice(2, 0, [0, 19]);
  const [dx, dy] = spots.reduce((best, spot) => near(spot) < near(best) ? spot : best);
  node.sign = { x: x + w - 20 + dx, y: y - 11 + dy, width: 26, height: 24 };
  put(node.badge, "transform", `translate(${dx} ${dy})`);
}
function placeMark(d, node, mark, below) {
  const { scene } = d;
  if (!scene) return;
  const as = `${mark.textContent.length}|${below}|${d.type ?? ""}|${d.frame ?? ""}|${d.overlay ?? ""}`;
  if (!mark.textContent || mark.dataset.as === as) return;
  const { width, height } = mark.getBBox();
  if (!width) return;
  mark.dataset.as = as;
  const { x, y, w, h } = node.box, rise = 0.8 * height;
  const first = { x: x + 2, y: y + h + below - rise };
  const spots = [
    first,
    { x: x + 16, y: y - height - 2 },
    { x: x + w - 24 - width, y: y - height - 2 },
    { x: x + w - 2 - width, y: first.y },
    ...[h - height, 0, (h - height) / 2].flatMap((down) => [{ x: x + w + 8, y: y + down }, { x: x - 8 - width, y: y + down }])
  ];
  const { nodes, edges, viewBox: view } = scene, [dx, dy] = shiftOf(scene);
  const texts = allOf(scene.back, ".cluster text");
  const names = texts.map((name) => name.getBBox());
  const boxes = [...nodes.values()].map(({ box: box2 }) => ({ x: box2.x, y: box2.y, width: box2.w, height: box2.h }));
  const signs2 = d.overlay === null ? [] : boxes.map((box2) => ({ x: box2.x - 9, y: box2.y - 9, width: 23, height: 23 }));
  const badge = node.sign ?? { x: x + w - 20, y: y - 11, width: 26, height: 18 };
  const counts = d.still ? [...edges.values()].flatMap((edge) => edge.spot ?? []) : [];
  const others = [node.lost, node.askers].filter((one) => one !== mark && mark !== node.lost && !one.classList.contains("off"));
  const other = others.map((one) => one.getBBox());
  const flows = [...edges.values()].flatMap((edge) => (edge.track ??= trackOf(edge.path)).points);
  const free = (at2) => at2.x + dx >= view.x && at2.x + dx + width <= view.x + view.w && at2.y + dy >= view.y && [...names, ...boxes, ...signs2, ...other, ...counts, badge].every((one) => at2.x > one.x + one.width || one.x > at2.x + width || at2.y > one.y + one.height || one.y > at2.y + height) && !flows.some((point2) => point2.x > at2.x - 3 && point2.x < at2.x + width + 3 && point2.y > at2.y && point2.y < at2.y + height);
  const at = spots.find(free) ?? { x: first.x + (signs2.length ? 14 : 0), y: first.y };
  put(mark, "x", at.x.toFixed(1));
  put(mark, "y", (at.y + rise).toFixed(1));
}
var SHARES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9];
var BESIDE2 = [-10, 10, -17, 17];
var LONGEST_COUNT = "88.8k";
function placeCounts(d) {
  const { scene } = d;
  if (!scene) return;
  const edges = [...scene.edges.values()];
  const sample2 = edges.find((edge) => !edge.words.classList.contains("off"))?.count;
  const as = `${d.type ?? ""}|${d.frame ?? ""}`;
  if (scene.countedAs === as || !sample2) return;
  write(sample2, LONGEST_COUNT);
  const { width, height } = sample2.getBBox();
  write(sample2, "");
  if (!width) return;
  scene.countedAs = as;
  const texts = allOf(scene.box, ".cluster text, .edge text:not(.count)");
  const taken = texts.map((text) => text.getBBox());
  for (const node of scene.nodes.values()) {
    const { box: box2 } = node, [right, top] = [box2.x + box2.w, box2.y];
    taken.push({ x: box2.x - 2, y: top - 2, width: box2.w + 4, height: box2.h + 4 });
    if (!isStage(node)) continue;
    taken.push({ x: right - 20, y: top - 11, width: 26, height: 12 }, { x: box2.x - 10, y: top - 10, width: 24, height: 24 });
    taken.push({ x: box2.x, y: top + box2.h, width: 72, height: 17 });
    for (const mark of [node.lost, node.askers, node.leak]) if (mark.textContent) taken.push(mark.getBBox());
  }
  const free = (spot) => taken.every((one) => spot.x > one.x + one.width || one.x > spot.x + width || spot.y > one.y + one.height || one.y > spot.y + height);
  for (const edge of edges) {
    const track = edge.track ??= trackOf(edge.path);
    const spots = BESIDE2.flatMap((beside) => SHARES.map((share) => {
      const at = onTrack(track, share);
      return { x: at.x - at.dy * beside * (1 + Math.abs(at.dy)) - width / 2, y: at.y + at.dx * beside - height / 2, width, height };
    }));
    edge.spot = spots.find(free) ?? null;
    if (!edge.spot) continue;
    taken.push(edge.spot);
    put(edge.count, "x", (edge.spot.x + width / 2).toFixed(1));
    put(edge.count, "y", (edge.spot.y + 0.78 * height).toFixed(1));
  }
}
var SIGN_R = 11;
var labelOf = (edge) => (
  /** @type {SVGTextElement[]} */
  allOf(edge.words, "text:not(.count)")
);
function placeSnipped(edge) {
  const { x, y, dx, dy } = onTrack(edge.track ??= trackOf(edge.path), 0.5);
  put(edge.snipped, "transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
  const label = labelOf(edge), boxes = label.map((text) => text.getBBox()).filter((box2) => box2.width);
  if (!boxes.length || label[0].hasAttribute("transform")) return;
  const middle2 = boxes[0], side = (middle2.x + middle2.width / 2 - x) * -dy + (middle2.y + middle2.height / 2 - y) * dx < 0 ? -1 : 1;
  const clear2 = (by2) => boxes.every((box2) => {
    const left = box2.x - dy * side * by2 - x, top = box2.y + dx * side * by2 - y;
    return left > SIGN_R || left + box2.width < -SIGN_R || top > SIGN_R || top + box2.height < -SIGN_R;
  });
  let by = 0;
  while (by < 60 && !clear2(by)) by += 1;
  for (const text of label) put(text, "transform", `translate(${(-dy * side * by).toFixed(1)} ${(dx * side * by).toFixed(1)})`);
}
function joinAgain(edge) {
  for (const text of labelOf(edge)) text.removeAttribute("transform");
}

// lifecycle/diagram/living/script/paint.js
var LEAK = "names leak";
function leaksAt(d, id) {
  const since = d.said?.leaks?.[id];
  return since !== void 0 && since <= d.t;
}
function paintStates(d) {
  const { frames, scene, t } = d;
  if (!scene) return;
  d.root.dataset.moment = String(Math.round(t));
  for (const sign of d.mades) sign.hidden = t < (d.late?.caught_up ?? 0) && t < (frames?.end ?? 0);
  for (const [id, node] of scene.nodes) {
    if (!isStage(node)) {
      put(node.group, "aria-label", `${node.place.label}, undercurrent`);
      continue;
    }
    const now = stationAt(frames, id, t);
    paintLabel(d, node, now);
    const short = leaksAt(d, id) ? "" : actOn(d, id)?.short;
    if (short || now) write(node.state, short || nodeWords(node.place, now));
    if (!now) continue;
    const fill = holds(node.place) ? now.level / now.full : 0;
    put(node.tank, "y", (node.box.y + node.box.h * (1 - fill)).toFixed(1));
    put(node.tank, "height", (node.box.h * fill).toFixed(1));
    put(node.group, "data-level", now.level);
    put(node.busy, "width", (node.box.w * now.busy).toFixed(1));
    if (node.place.role === "consumer") put(node.bars, "data-step", ageStep(now.age));
    paintTick(node, frames && tickAt(frames, id, t));
    node.badge.classList.toggle("off", !now.faulty);
    if (now.faulty) placeBadge(d, node);
    node.group.classList.toggle("faulty", now.faulty);
    node.lost.classList.toggle("off", !now.lost);
    node.lost.classList.toggle("usual", now.usual);
    write(node.lost, now.lost ? `${now.usual ? "" : "−"}${lostWords(now)}` : "");
    const askers = askerWords(now);
    node.askers.classList.toggle("off", !askers);
    write(node.askers, askers);
    placeMark(d, node, node.lost, 13);
    placeMark(d, node, node.askers, now.lost ? 26 : 13);
    const leaks = leaksAt(d, id);
    node.group.classList.toggle("leaks", leaks);
    node.leak.classList.toggle("off", !leaks);
    write(node.leak, leaks ? LEAK : "");
    placeMark(d, node, node.leak, 13 + 13 * Number(Boolean(now.lost)) + 13 * Number(Boolean(askers)));
  }
  fitTexts(d, [...scene.nodes.values()].filter(isStage).map(stateRoom));
  paintFlows(d);
  if (d.cardOf) fillCard(d);
}
var stateRoom = (node) => [node.state, node.room];
function paintLabel(d, node, now) {
  const score = d.progress[node.place.id];
  const said = [node.place.label, stateWords(node.place, now), leaksAt(d, node.place.id) ? `${LEAK} here` : "", actWords(d, node.place.id)];
  if (score !== void 0) said.push(`quiz ${Math.round(score * 100)} %`);
  put(node.group, "aria-label", said.filter(Boolean).join(". "));
}
function paintTick({ tick: ring }, tick2) {
  ring.classList.toggle("off", !tick2);
  if (tick2) put(ring, "stroke-dasharray", `${(100 * tick2.share).toFixed(0)} 100`);
}
function paintFlows(d) {
  const { frames, scene, t } = d;
  if (!frames || !scene) return;
  if (d.still) placeCounts(d);
  const leaking = new Set([...scene.nodes.keys()].some((id) => leaksAt(d, id)) ? d.said?.leaking : []);
  for (const [key, edge] of scene.edges) {
    const wire = frames.flows.get(key), here = onWire(wire, frames, t);
    const snipped = frames.faults.some(({ kind, stage, from, to }) => kind === "cut" && stage === edge.flow.source && from <= t && t < to);
    if (snipped) placeSnipped(edge);
    else if (!edge.snipped.classList.contains("off")) joinAgain(edge);
    edge.snipped.classList.toggle("off", !snipped);
    put(edge.group, "data-tokens", dotCount(wire, frames, t));
    edge.group.classList.toggle("runs", here >= 0.5);
    edge.group.classList.toggle("leaking", leaking.has(key));
    const width = 1.4 + (here > 0 ? Math.min(3.6, 3.6 * here / (frames.per_dot * 30)) : 0);
    edge.path.style.strokeWidth = d.still ? (width * 1.6).toFixed(2) : width.toFixed(2);
    if (!d.still) {
      write(edge.count, "");
      continue;
    }
    const packet = wire && packetsAt(wire.sent, frames, t).length;
    write(edge.count, edge.spot && here >= 0.5 && !packet ? number(Math.round(here)) : "");
  }
}

// lifecycle/diagram/living/script/clock.js
var SPEEDS = [[30, "day in 30 s"], [60, "day in 1 min"], [120, "day in 2 min"], [300, "day in 5 min"], [900, "day in 15 min"]];
var [PAUSE_MS, UNSEEN_MS] = [28, 100];
var WORDS_MS = 180;
var LONGEST_MS = 100;
function setPlaying(d, playing) {
  d.playing = Boolean(playing && d.frames);
  d.root.dataset.playing = String(d.playing);
  put(d.ui.play, "aria-label", d.playing ? "Pause" : "Play");
  put(d.ui.play, "title", d.playing ? "Pause (space)" : "Play (space)");
  d.ui.playIcon.setAttribute("d", d.playing ? "M7 5v14M17 5v14" : "M7 4l13 8-13 8z");
  d.root.classList.toggle("playing", d.playing);
  d.last = null;
  if (d.playing) tick(d);
}
function tick(d) {
  endTicks(d);
  if (!d.playing || document.hidden) return;
  if (d.inSight) d.tickTimer = setTimeout(() => d.raf = requestAnimationFrame(() => step(d)), PAUSE_MS);
  else d.tickTimer = setTimeout(() => step(d), UNSEEN_MS);
}
function endTicks(d) {
  clearTimeout(d.tickTimer);
  cancelAnimationFrame(d.raf);
}
function step(d) {
  const { frames } = d, now = performance.now();
  if (!d.playing || !frames || document.hidden || !d.root.isConnected) return;
  const gone = d.last === null ? 0 : Math.min(LONGEST_MS, now - d.last);
  d.last = now;
  const waits = d.said?.follows ? d.t : null;
  const next = d.gold ? nextMoment(d, gone / 1e3) : waits ?? dayOnward(d, frames, gone / 1e3);
  if (next === null) return pause(d);
  if (d.inSight) showMoment(d, next, now - d.painted > WORDS_MS);
  else moveTo(d, frames, next);
  tick(d);
}
function dayOnward(d, frames, seconds) {
  const t = d.t + seconds * ((frames.end - frames.start) / d.speed);
  return t >= frames.end ? frames.start : t;
}
function moveTo(d, frames, t) {
  d.t = Math.min(frames.end, Math.max(frames.start, t));
  window.headwatersMoment = d.t;
  window.dispatchEvent(new CustomEvent("headwaters:moment", { detail: d.t }));
  watchOn(d);
}
function showMoment(d, t, words = true) {
  if (!d.frames) return;
  moveTo(d, d.frames, t);
  drawDots(d);
  showFollowed(d, words);
  if (!words) return;
  d.painted = performance.now();
  paintStates(d);
  const moment = clockWords(d.t);
  write(d.ui.time, moment);
  d.ui.scrub.value = String(Math.round(d.t));
  put(d.ui.scrub, "aria-valuetext", moment);
  paintTable(d);
}
function pause(d) {
  setPlaying(d, false);
  showMoment(d, d.t);
  say(d, summaryWords(d));
  sendMoment(d);
}
function playOrPause(d) {
  if (d.playing) return pause(d);
  rewind(d);
  setPlaying(d, true);
}
function sendMoment(d) {
  clearTimeout(d.momentTimer);
  d.momentTimer = setTimeout(() => {
    const moment = Math.round(d.t);
    if (d.playing || moment === d.momentSent || leaves()) return;
    d.momentSent = moment;
    d.unheard.push(moment);
    d.send("moment", moment);
  }, 250);
}
function scrubbed(d) {
  setPlaying(d, false);
  showMoment(d, Number(d.ui.scrub.value));
}

// lifecycle/diagram/living/script/breaking/tools.js
var HAMMER = "M14 4l6 6-2.500 2.500-6-6zM12 8.500L4 16.500 7.500 20l8-8M14 4l-3-1-2 2 2 2";
var TICK = "M4 13l5 5L20 6";
var SNIPS = "M6 18a2.500 2.500 0 1 0 .010 0M18 18a2.500 2.500 0 1 0 .010 0M7.500 16L17 4M16.500 16L7 4";
var icon = (path) => svgEl("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svgEl("path", { d: path }));
var snips = () => icon(SNIPS);
var AGAIN = "It is broken here. Press again to repair it.";
var stands = (d, fault) => d.said?.broken?.includes(fault.fault) ?? false;
function offerBreaks(d) {
  const { breaks } = d.ui, why = d.said?.breakable;
  const stage = d.selected === null ? void 0 : d.places.get(d.selected);
  const faults = why === void 0 || !d.frames || d.pointing ? [] : d.data.breaks?.stages[stage?.id ?? ""] ?? [];
  const as = `${stage?.id} ${faults.length} ${why}`;
  if (breaks.dataset.as === as) return press(d, faults);
  breaks.dataset.as = as;
  breaks.hidden = !faults.length;
  d.root.classList.toggle("breaking", faults.length > 0);
  if (!stage || !faults.length) return breaks.replaceChildren();
  const name = `Break ${stage.label} at the moment of the clock`;
  put(breaks, "aria-label", name);
  const hammer = el("span", { class: "hammer", title: name }, icon(HAMMER));
  const tools = faults.map((fault, i) => el("button", {
    type: "button",
    class: "chip",
    tabindex: i ? -1 : 0,
    onclick: () => breakIt(d, fault, stage.label)
  }, el("span", { class: "pressed" }, icon(TICK)), fault.fault.startsWith("cut.") ? snips() : null, el("span", { text: fault.words })));
  breaks.replaceChildren(hammer, ...tools, ...why ? [el("span", { class: "why", text: why })] : []);
  press(d, faults);
}
function press(d, faults) {
  const why = d.said?.breakable, tools = allOf(d.ui.breaks, ".chip");
  faults.forEach((fault, i) => {
    const on = stands(d, fault);
    put(tools[i], "aria-pressed", on);
    put(tools[i], "aria-disabled", Boolean(why) && !on);
    put(tools[i], "title", on ? AGAIN : why ?? "");
  });
}
function breakIt(d, fault, label) {
  if (stands(d, fault)) {
    say(d, `${label}: repaired`);
    return d.send("repaired", fault.fault);
  }
  const why = d.said?.breakable;
  if (why !== "") return say(d, why ?? "");
  setPlaying(d, false);
  clearTimeout(d.momentTimer);
  hideCard(d);
  say(d, `${label}, ${clockWords(d.t)}: ${fault.words}`);
  d.send("broken", `${fault.fault}@${Math.round(d.t)}`);
}

// lifecycle/diagram/living/script/breaking/cutter.js
var HOLD_MS = 350;
var AWAY_PX = 24;
function cutterFurniture(d) {
  const full = (
    /** @type {Diagram} */
    d
  );
  return el("button", {
    type: "button",
    class: "cutter",
    tabindex: "-1",
    hidden: "",
    onclick: () => cut(full),
    onblur: () => hideCutter(full),
    onkeydown: (event) => cutterKey(full, event),
    onpointerenter: () => clearTimeout(full.cutterTimer),
    onpointerleave: () => soonHideCutter(full)
  }, snips());
}
var cutOf = (d, edge) => {
  const offered = d.said?.breakable !== void 0 && d.frames !== null && !d.pointing;
  return offered ? d.data.breaks?.flows[keyOf(edge)] : void 0;
};
var keyOf = ({ flow }) => `${flow.source}>${flow.target}`;
function isCut(d, edge) {
  const cut2 = cutOf(d, edge);
  return cut2 !== void 0 && stands(d, cut2);
}
var cutWords = (d, edge) => isCut(d, edge) ? AGAIN : cutOf(d, edge) ? d.said?.breakable || cutOf(d, edge)?.words || "" : "";
function showCutter(d, edge) {
  clearTimeout(d.cutterTimer);
  if (!cutOf(d, edge)) return false;
  hideCutter(d);
  const { cutter, stage } = d.ui, { source, target } = edge.flow;
  const name = (id) => d.places.get(id)?.label ?? id;
  d.cutting = edge;
  cutter.hidden = false;
  put(cutter, "aria-label", `Flow from ${name(source)} to ${name(target)}. ${cutWords(d, edge)}`);
  put(cutter, "aria-pressed", isCut(d, edge));
  put(cutter, "aria-disabled", Boolean(d.said?.breakable) && !isCut(d, edge));
  for (const one of edgesOf(d, source, "source")) one.group.classList.add("aimed");
  const at = onTrack(edge.track ??= trackOf(edge.path), 0.5), on = edge.path.getScreenCTM(), home = stage.getBoundingClientRect();
  const { x, y } = new DOMPoint(at.x, at.y).matrixTransform(on ?? void 0);
  const size = cutter.offsetWidth, aside = Math.abs(at.dx) > Math.abs(at.dy) ? [0, AWAY_PX] : [AWAY_PX, 0];
  const within = (place, room) => `${Math.min(Math.max(0, place - size / 2), room - size).toFixed(1)}px`;
  cutter.style.left = within(x - home.left + aside[0], home.width);
  cutter.style.top = within(y - home.top + aside[1], home.height);
  return true;
}
function hideCutter(d) {
  clearTimeout(d.cutterTimer);
  for (const one of d.scene?.edges.values() ?? []) one.group.classList.remove("aimed");
  d.cutting = null;
  d.ui.cutter.hidden = true;
}
function soonHideCutter(d) {
  clearTimeout(d.cutterTimer);
  d.cutterTimer = setTimeout(() => d.root.isConnected && hideCutter(d), HOLD_MS);
}
function aim(d, edge) {
  if (!showCutter(d, edge)) return false;
  showCard(d, edge);
  return true;
}
function cut(d) {
  const edge = d.cutting, fault = edge && cutOf(d, edge);
  if (!edge || !fault) return;
  const done = d.said?.breakable === "" || isCut(d, edge);
  breakIt(d, fault, d.places.get(edge.flow.source)?.label ?? "");
  if (done) hideCutter(d);
}
function walkToFlow(d, id, key) {
  const way = wayOf(d, key), edge = way && edgesOf(d, id, way)[0];
  return Boolean(edge) && walkOnto(
    d,
    /** @type {SceneEdge} */
    edge
  );
}
function walkOnto(d, edge) {
  if (!aim(d, edge)) return false;
  d.ui.cutter.focus({ preventScroll: true });
  return true;
}
function wayOf(d, key) {
  const [onward2, back] = d.scene?.direction === "LR" ? ["Right", "Left"] : ["Down", "Up"];
  return key === onward2 ? "source" : key === back ? "target" : null;
}
var edgesOf = (d, id, end) => [...d.scene?.edges.values() ?? []].filter(({ flow }) => flow[end] === id);
function cutterKey(d, event) {
  const edge = d.cutting;
  if (isChord(event) || !edge) return;
  const { source, target } = edge.flow;
  if (event.key === "Escape") walkTo(d, source);
  else if (event.key.startsWith("Arrow")) {
    const way = wayOf(d, event.key.slice(5));
    if (way) walkTo(d, way === "source" ? target : source);
    else {
      const siblings = [edgesOf(d, source, "source"), edgesOf(d, target, "target")].find((edges) => edges.length > 1) ?? [edge];
      const step2 = ["ArrowDown", "ArrowRight"].includes(event.key) ? 1 : -1;
      walkOnto(d, siblings[(siblings.indexOf(edge) + step2 + siblings.length) % siblings.length]);
    }
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

// lifecycle/diagram/living/script/overview.js
var [MOST_WIDE, MOST_HIGH, LEAST] = [170, 130, 36];
var LEAST_ROOM = 600;
var INSET = 8;
var SLACK = 2;
function overviewFurniture(d) {
  const full = (
    /** @type {Diagram} */
    d
  );
  let pointer = -1;
  const go = (event) => {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM()?.inverse());
    goTo(full, x, y);
  };
  const map = svgEl("svg", {
    class: "overview off",
    "aria-hidden": "true",
    preserveAspectRatio: "none",
    onpointerdown: (event) => {
      if (event.button) return;
      pointer = event.pointerId;
      map.setPointerCapture(pointer);
      go(event);
    },
    onpointermove: (event) => event.pointerId === pointer && go(event),
    onpointerup: () => pointer = -1,
    onpointercancel: () => pointer = -1
  });
  return map;
}
function inView(d, scene) {
  const { stage } = d.ui, { left, top } = stage.getBoundingClientRect();
  const [x, y] = picturePoint(d, left, top), [right, foot] = picturePoint(d, left + stage.clientWidth, top + stage.clientHeight);
  return seen({ x, y, w: right - x, h: foot - y }, d.view, scene.size);
}
function drawOverview(d) {
  const { scene, root, ui: { overview: map, stage } } = d;
  if (!scene || root.classList.contains("bare") || root.clientWidth < LEAST_ROOM) return map.classList.add("off");
  const box2 = inView(d, scene), { width, height } = scene.size;
  const slack = SLACK / ((scene.front.getScreenCTM()?.a ?? 1) * d.view.k), whole = box2.w > width - slack && box2.h > height - slack;
  map.classList.toggle("off", whole);
  if (whole) return;
  if (map.firstChild !== (scene.overview ??= boxesOf(scene))) map.replaceChildren(scene.overview, svgEl("rect", { class: "window" }));
  const scale = Math.min(MOST_WIDE / width, MOST_HIGH / height), high = Math.max(LEAST, height * scale), wide = Math.max(LEAST, width * scale);
  put(map, "viewBox", `0 0 ${width} ${height}`);
  Object.assign(map.style, {
    width: `${wide}px`,
    height: `${high}px`,
    left: `${stage.offsetLeft + stage.clientWidth - wide - INSET}px`,
    top: `${stage.offsetTop + stage.clientHeight - high - INSET}px`
  });
  const pane = (
    /** @type {SVGRectElement} */
    map.lastChild
  );
  for (const [name, value] of Object.entries({ x: box2.x, y: box2.y, width: box2.w, height: box2.h })) put(pane, name, value.toFixed(1));
}
function boxesOf(scene) {
  const [dx, dy] = shiftOf(scene);
  return svgEl("g", {}, ...[...scene.nodes.values()].map(({ box: box2 }) => svgEl("rect", { x: box2.x + dx, y: box2.y + dy, width: box2.w, height: box2.h, rx: 6 })));
}
var covered = ({ ui: { overview } }) => overview.classList.contains("off") ? 0 : overview.clientHeight + 2 * INSET;

// lifecycle/diagram/living/script/looking.js
function goTo(d, x, y) {
  const { scene, ui: { stage }, view: { k } } = d;
  if (!scene) return;
  const { left, top } = stage.getBoundingClientRect();
  const [midX, midY] = [left + stage.clientWidth / 2, top + stage.clientHeight / 2], middle2 = picturePoint(d, midX, midY);
  if (k > 1.001) {
    d.view = { k, x: middle2[0] - x * k, y: middle2[1] - y * k };
    return clampView(d);
  }
  const at = new DOMPoint(x, y).matrixTransform(scene.front.getScreenCTM() ?? void 0);
  stage.scrollBy({ left: at.x - midX, top: at.y - midY, behavior: "instant" });
}
function middleOf(d, id) {
  const node = id === null ? void 0 : d.scene?.nodes.get(id);
  if (!d.scene || !node) return null;
  const [dx, dy] = shiftOf(d.scene), { x, y, w, h } = node.box;
  return { x: x + dx + w / 2, y: y + dy + h / 2, w, h };
}
function reveal(d, id) {
  const at = middleOf(d, id);
  if (!d.scene || !at) return;
  const { x, y, w, h } = inView(d, d.scene);
  const apart = [at.x - at.w / 2 < x, at.x + at.w / 2 > x + w, at.y - at.h / 2 < y, at.y + at.h / 2 > y + h];
  if (apart.some(Boolean)) goTo(d, at.x, at.y);
}
function heldView(d) {
  const { scene, ui: { stage }, view: { k } } = d, tree = d.root.getRootNode();
  const anchor = d.drawn?.[0] ?? d.selected ?? d.walker, before = middleOf(d, anchor);
  const [left, top] = [stage.scrollLeft, stage.scrollTop];
  const at = before && new DOMPoint(before.x * k + d.view.x, before.y * k + d.view.y).matrixTransform(scene?.front.getScreenCTM() ?? void 0);
  const focused = tree instanceof ShadowRoot && Boolean(tree.activeElement && scene?.front.contains(tree.activeElement));
  return () => {
    stage.scrollTo({ left, top, behavior: "instant" });
    const now = middleOf(d, anchor);
    if (at && now && k > 1.001) {
      const [x, y] = picturePoint(d, at.x, at.y);
      d.view = { k, x: x - now.x * k, y: y - now.y * k };
      clampView(d);
    }
    if (focused) (d.scene?.nodes.get(d.walker ?? "") ?? d.scene?.nodes.values().next().value)?.group.focus({ preventScroll: true });
  };
}

// lifecycle/diagram/living/script/joining/line.js
var [HEAD, SPREAD] = [11, 0.45];
var leaving = ({ x, y, w, h }, direction) => direction === "LR" ? { x: x + w, y: y + h / 2 } : { x: x + w / 2, y: y + h };
var entering = ({ x, y, w, h }, direction) => direction === "LR" ? { x, y: y + h / 2 } : { x: x + w / 2, y };
function arrowPath(from, to) {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const [left, right] = [angle - SPREAD, angle + SPREAD].map((side) => `${(to.x - HEAD * Math.cos(side)).toFixed(1)} ${(to.y - HEAD * Math.sin(side)).toFixed(1)}`);
  const end = `${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
  return `M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${end}M${left}L${end}L${right}`;
}

// lifecycle/diagram/living/script/joining/joining.js
var STEP_PX = 6;
var AWAITED_MS = 6e3;
var [BRINK_PX, SCROLL_PX] = [28, 14];
var joins = (d, id) => d.data.joins?.includes(id) ?? false;
var labelOf2 = (d, id) => d.places.get(id)?.label ?? id;
function listenJoining(d) {
  const { stage } = d.ui;
  stage.addEventListener("pointerdown", (event) => {
    if (d.joining && d.joining.pointer !== null) dropFlow(d);
    d.press = pressOf(d, event);
  }, true);
  d.listen(window, "pointermove", (event) => {
    const { press: press2 } = d;
    if (press2 && !d.joining && press2.pointer === event.pointerId && leftBehind(d, press2, event)) beginFlow(d, press2.id, event.pointerId);
    if (d.joining && (d.joining.pointer === event.pointerId || d.joining.pointer === null && event.pointerType === "mouse")) lead(d, event);
  });
  d.listen(window, "pointerup", (event) => {
    d.press = null;
    if (d.joining?.pointer !== event.pointerId) return;
    if (d.joining.to === null) dropFlow(d);
    else endFlow(d, d.joining.to);
  });
  d.listen(window, "pointercancel", (event) => {
    d.press = null;
    if (d.joining?.pointer === event.pointerId) dropFlow(d);
  });
  stage.addEventListener("click", ({ target }) => {
    if (d.joining && !d.dragged && target instanceof Element && !target.closest(".node, .handle, .finder")) dropFlow(d);
  });
  d.root.addEventListener("focusout", ({ relatedTarget }) => {
    if (d.joining?.pointer === null && relatedTarget instanceof Node && !d.root.contains(relatedTarget)) dropFlow(d);
  });
  d.listen(window, "keydown", (event) => {
    if (event.key !== "Escape" || !d.joining || !d.ui.search.hidden) return;
    dropFlow(d);
    event.preventDefault();
  }, true);
}
function pressOf(d, { target, button: button2, pointerType, pointerId, clientX, clientY }) {
  if (button2 || !d.data.joins || !(target instanceof Element)) return null;
  const id = target.closest(".handle") ? handled(d) : pointerType === "mouse" ? stageOf(target) : null;
  return id !== null && joins(d, id) ? { id, pointer: pointerId, x: clientX, y: clientY } : null;
}
var stageOf = (part) => part?.closest(".node")?.getAttribute("data-stage") ?? null;
var leftBehind = (d, { id, x, y }, { clientX, clientY }) => Math.hypot(clientX - x, clientY - y) > STEP_PX && stageAt(d, clientX, clientY) !== id;
function stageAt(d, x, y) {
  const tree = d.root.getRootNode();
  return tree instanceof ShadowRoot || tree instanceof Document ? stageOf(tree.elementFromPoint(x, y)) : null;
}
function beginFlow(d, id, pointer = null) {
  hideCard(d);
  hideCutter(d);
  d.joining = { from: id, to: null, at: null, pointer };
  if (pointer !== null) {
    d.dragged = true;
    d.ui.stage.setPointerCapture(pointer);
  }
  d.root.classList.add("joining");
  placeHandle(d);
  draw(d);
  const how = pointer === null ? "Choose the node that it leads to: with the arrow keys and Enter, or a click. Escape drops it." : "Let go on the node that it leads to.";
  say(d, `A flow from ${labelOf2(d, id)}. ${how}`);
}
function lead(d, { clientX, clientY }) {
  const { joining } = d, node = joining && d.scene?.nodes.get(joining.from);
  if (!joining || !node) return;
  if (joining.pointer !== null) nudge(d.ui.stage, clientX, clientY);
  joining.at = new DOMPoint(clientX, clientY).matrixTransform(node.group.getScreenCTM()?.inverse());
  joining.to = stageAt(d, clientX, clientY);
  draw(d);
}
function nudge(stage, x, y) {
  const { left, right, top, bottom } = stage.getBoundingClientRect();
  stage.scrollLeft += x > right - BRINK_PX ? SCROLL_PX : x < left + BRINK_PX ? -SCROLL_PX : 0;
  stage.scrollTop += y > bottom - BRINK_PX ? SCROLL_PX : y < top + BRINK_PX ? -SCROLL_PX : 0;
}
function aimAt(d, id) {
  if (d.joining?.pointer !== null) return;
  d.joining.to = id;
  reveal(d, id);
  draw(d);
}
function draw(d) {
  const { joining, scene } = d, from = joining && scene?.nodes.get(joining.from);
  if (!joining || !scene || !from) return;
  const to = joining.to !== null && joins(d, joining.to) ? scene.nodes.get(joining.to) : void 0;
  for (const [id, { group }] of scene.nodes) {
    group.classList.toggle("from", id === joining.from);
    group.classList.toggle("aim", id === to?.place.id && id !== joining.from);
  }
  const end = to === from ? null : to ? entering(to.box, scene.direction) : joining.at;
  const line = scene.front.querySelector(".rubber") ?? svgEl("path", { class: "rubber", "aria-hidden": "true" });
  put(line, "d", end ? arrowPath(leaving(from.box, scene.direction), end) : "M0 0");
  if (!line.isConnected) from.group.parentNode?.append(line);
  d.ui.hint.hidden = false;
  write(d.ui.hint, hintOf(d));
}
function hintOf({ joining, places, data }) {
  const name = (id) => places.get(id)?.label ?? id;
  if (!joining) return "";
  const { from, to, pointer } = joining;
  if (to !== null && to !== from) return data.joins?.includes(to) ? `${name(from)} → ${name(to)}` : `${name(to)} is a group: open it to join a node of it`;
  if (pointer !== null) return `A flow from ${name(from)}: let go where it leads`;
  const away = window.matchMedia("(pointer: coarse)").matches ? "A tap" : "Esc, or a click";
  return `A flow from ${name(from)}: choose where it leads. ${away} beside the nodes drops it`;
}
function endFlow(d, to) {
  if (!d.joining) return;
  const { from } = d.joining;
  if (!joins(d, to)) return dropFlow(d);
  const isNew = from !== to && !d.flows.some((flow) => flow.source === from && flow.target === to);
  if (isNew) keepLine(d);
  clear(d);
  Object.assign(d, { drawn: isNew ? [from, to] : null, drawnAt: performance.now() });
  say(d, isNew ? `From ${labelOf2(d, from)} to ${labelOf2(d, to)}: being joined.` : "");
  d.send("connect", [from, to]);
}
function keepLine({ scene }) {
  const line = scene?.front.querySelector(".rubber");
  if (!line) return;
  line.classList.replace("rubber", "awaited");
  setTimeout(() => line.remove(), AWAITED_MS);
}
function dropFlow(d) {
  if (!d.joining) return;
  clear(d);
  say(d, "The flow is dropped; nothing was joined.");
}
function clear(d) {
  const { stage, hint } = d.ui, pointer = d.joining?.pointer ?? null;
  d.joining = null;
  d.press = null;
  if (pointer !== null && stage.hasPointerCapture(pointer)) stage.releasePointerCapture(pointer);
  d.root.classList.remove("joining");
  for (const { group } of d.scene?.nodes.values() ?? []) group.classList.remove("from", "aim");
  d.scene?.front.querySelector(".rubber")?.remove();
  hint.hidden = true;
  placeHandle(d);
}
function sayDrawn(d) {
  const { drawn } = d;
  d.drawn = null;
  if (!drawn || !d.flows.some(({ source, target }) => source === drawn[0] && target === drawn[1])) return;
  say(d, `${labelOf2(d, drawn[0])} leads to ${labelOf2(d, drawn[1])} now. Undo takes that back.`);
}

// lifecycle/diagram/living/script/reach.js
function reach(flows, id, forward) {
  const next = /* @__PURE__ */ new Map();
  for (const flow of flows) {
    const [start, end] = forward ? [flow.source, flow.target] : [flow.target, flow.source];
    if (!next.has(start)) next.set(start, []);
    if (!flow.loop) next.get(start)?.push(end);
  }
  const found = /* @__PURE__ */ new Set([id]);
  for (const stage of found) for (const end of next.get(stage) ?? []) found.add(end);
  return found;
}

// lifecycle/diagram/living/script/select.js
function choose(d, id) {
  if (d.pointing && id) return point(d, id);
  if (d.joining && id) return endFlow(d, id);
  if (id === d.selected) id = null;
  d.pending = { id, at: performance.now() };
  light(d, id);
  hideCard(d);
  hideCutter(d);
  const place = id ? d.places.get(id) : void 0;
  if (place) say(d, `${place.label} selected. ${stateWords(place, stationAt(d.frames, place.id, d.t))}`);
  else say(d, "Selection cleared.");
  window.dispatchEvent(new CustomEvent("headwaters:choose", { detail: id }));
  d.send("select", id ?? "");
}
function follow(d, id) {
  if (id === d.selected) return;
  d.pending = { id, at: performance.now() };
  light(d, id);
  hideCard(d);
}
function goBack(d, id) {
  if (!d.pointing && id !== d.selected) choose(d, id);
}
function point(d, id) {
  d.pointed = id;
  lightPointed(d);
  const name = (part) => d.places.get(part)?.label ?? part;
  say(d, `${id.split("->").map(name).join(" to ")} marked as your answer.`);
  d.send("point", id);
}
function lightPointed(d) {
  d.root.classList.toggle("pointing", d.pointing);
  for (const [id, node] of d.scene?.nodes ?? []) node.group.classList.toggle("pointed", d.pointing && id === d.pointed);
  for (const { group, flow } of d.scene?.edges.values() ?? []) {
    group.classList.toggle("pointed", d.pointing && `${flow.source}->${flow.target}` === d.pointed);
  }
  redrawDots(d);
}
function light(d, id) {
  const place = id ? d.places.get(id) : void 0;
  d.selected = place?.id ?? null;
  d.overlay = place && place.kind === "undercurrent" ? d.selected : d.picked;
  if (d.ui.overlay.value !== (d.overlay ?? "")) d.ui.overlay.value = d.overlay ?? "";
  const ways = place?.kind === "stage" ? [true, false].map((forward) => reach(d.flows, place.id, forward)) : [];
  const lit = /* @__PURE__ */ new Set([...place ? [place.id] : [], ...ways.flatMap((way) => [...way])]);
  if (place && place.kind !== "stage") Object.keys(place.acts).forEach((other) => lit.add(other));
  for (const scene of Object.values(d.scenes)) lightScene(d, scene, lit, ways);
  d.root.dataset.selected = d.selected ?? "";
  offerBreaks(d);
  redrawDots(d);
  paintStates(d);
  placeHandle(d);
}
function lightScene(d, scene, lit, ways) {
  const current = d.overlay === null ? void 0 : d.places.get(d.overlay);
  scene.box.classList.toggle("chosen", Boolean(d.selected));
  const home = [d.walker, d.selected].find((id) => id !== null && scene.nodes.has(id)) ?? d.stages[0]?.id;
  for (const [id, node] of scene.nodes) {
    node.group.classList.toggle("selected", id === d.selected);
    for (const part of partsOf(node)) part.classList.toggle("lit", lit.has(id));
    put(node.group, "aria-pressed", id === d.selected);
    put(node.group, "tabindex", id === home ? 0 : -1);
    if (!isStage(node)) continue;
    const acts = current?.acts[id] !== void 0;
    node.mark.classList.toggle("off", !acts);
    node.group.classList.toggle("acted", acts);
    if (current && acts) put(node.markIcon, "d", current.icon);
    const score = d.progress[id];
    put(node.ring, "stroke-dasharray", `${Math.round((score ?? 0) * 100)} 100`);
    node.ringBack.classList.toggle("off", score === void 0);
  }
  for (const edge of scene.edges.values()) {
    const on = onPath(edge.flow, d.selected, ways);
    edge.group.classList.toggle("lit", on);
    edge.dots.classList.toggle("lit", on);
    edge.words.classList.toggle("lit", on);
  }
}
function onPath(flow, stage, ways) {
  if (!flow.loop) return ways.some((way) => way.has(flow.source) && way.has(flow.target));
  return ways.length > 0 && (flow.source === stage || flow.target === stage);
}
function listenNode(d, node) {
  const { group, place } = node;
  group.addEventListener("click", () => {
    if (d.dragged) return;
    walkTo(d, place.id);
    choose(d, place.id);
  });
  group.addEventListener("keydown", (event) => nodeKey(d, event, place.id));
  group.addEventListener("focus", () => {
    d.walker = place.id;
    if (d.joining) return aimAt(d, place.id);
    showCard(d, place.id);
  });
  group.addEventListener("blur", () => hideCard(d));
  listenPointer(d, group, () => soonCard(d, place.id));
  group.addEventListener("pointermove", (event) => hoverHandle(d, place.id, event));
  group.addEventListener("pointerleave", () => (hideCard(d), leaveHandle(d)));
}
function listenPointer(d, part, came) {
  let told = false;
  const tell = (event) => {
    if (told || event.pointerType !== "mouse") return;
    told = true;
    came();
  };
  part.addEventListener("pointerenter", (event) => d.root.classList.contains("bare") || tell(event));
  part.addEventListener("pointermove", (event) => d.moved && tell(event));
  part.addEventListener("pointerleave", () => told = false);
}
function walkTo(d, id) {
  d.walker = id;
  if (!d.scene) return;
  for (const [other, node] of d.scene.nodes) put(node.group, "tabindex", other === id ? 0 : -1);
  d.scene.nodes.get(id)?.group.focus({ preventScroll: true });
}
function nodeKey(d, event, id) {
  if (isChord(event)) return;
  if (event.key === "Enter" || event.key === " ") choose(d, id);
  else if (event.key === "c" && joins(d, id)) beginFlow(d, id);
  else if (event.key.startsWith("Arrow")) {
    const way = event.key.slice(5), next = d.scene && neighbour(d, d.scene, id, way);
    if (next && !(event.shiftKey && walkToFlow(d, id, way))) walkTo(d, next);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}
function neighbour(d, { nodes, direction }, id, key) {
  const here = nodes.get(id), way = WAYS[key];
  if (!here || !way) return null;
  const from = middle(here);
  const nearest = (ids) => closest(nodes, ids, (at) => Math.hypot(at.x - from.x, at.y - from.y));
  const [onward2, back] = direction === "LR" ? ["Right", "Left"] : ["Down", "Up"];
  if (key === onward2 || key === back) {
    const steps = d.flows.filter((f) => (key === onward2 ? f.source : f.target) === id);
    const plain = steps.filter((f) => !f.loop).map((f) => key === onward2 ? f.target : f.source);
    const loops = steps.filter((f) => f.loop).map((f) => key === onward2 ? f.target : f.source);
    const along = nearest(plain) ?? nearest(loops);
    if (along) return along;
  }
  const [dx, dy] = way;
  return closest(nodes, [...nodes.keys()].filter((other) => other !== id), (at) => {
    const x = at.x - from.x, y = at.y - from.y, ahead = x * dx + y * dy;
    return ahead > 8 ? ahead + 3 * (Math.abs(x * dy) + Math.abs(y * dx)) : Infinity;
  });
}
var WAYS = { Right: [1, 0], Left: [-1, 0], Down: [0, 1], Up: [0, -1] };
var middle = ({ box: box2 }) => ({ x: box2.x + box2.w / 2, y: box2.y + box2.h / 2 });
function closest(nodes, ids, far) {
  let best = null, least = Infinity;
  for (const id of ids) {
    const node = nodes.get(id), away = node ? far(middle(node)) : Infinity;
    if (away < least) [best, least] = [id, away];
  }
  return best;
}
function say(d, words) {
  d.ui.live.textContent = words;
}

// lifecycle/diagram/living/script/joining/handle.js
var HOLD_MS2 = 350;
var LEAST_PX = 40;
var OUTSIDE_PX = 10;
function handleFurniture(d) {
  const full = (
    /** @type {Diagram} */
    d
  );
  return el("button", {
    type: "button",
    class: "handle",
    tabindex: "-1",
    hidden: "",
    onclick: () => clicked(full),
    onpointerenter: () => clearTimeout(full.handleTimer),
    onpointerleave: () => leaveHandle(full)
  }, svgEl("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svgEl("path", { d: "M4 12h15M13 6l6 6-6 6" })));
}
var handled = (d) => [d.hovered, d.selected].find((id) => id !== null && joins(d, id) && d.scene?.nodes.has(id)) ?? null;
function clicked(d) {
  const id = handled(d);
  if (!id || d.dragged) return;
  walkTo(d, id);
  beginFlow(d, id);
}
function placeHandle(d) {
  if (!d.data.joins) return;
  const { handle, stage } = d.ui, id = d.joining ? null : handled(d), node = id === null ? void 0 : d.scene?.nodes.get(id);
  const on = node?.group.getScreenCTM();
  handle.hidden = !on || !node || node.box.w * on.a < LEAST_PX;
  if (!node || !on || !d.scene || handle.hidden) return;
  put(handle, "aria-label", `Draw a flow from ${node.place.label}`);
  put(handle, "title", `Drag to where ${node.place.label} leads, or click here and then there`);
  handle.classList.toggle("down", d.scene.direction === "TB");
  const edge = leaving(node.box, d.scene.direction), home = stage.getBoundingClientRect();
  const { x, y } = new DOMPoint(edge.x, edge.y).matrixTransform(on);
  const [right, down] = d.scene.direction === "LR" ? [OUTSIDE_PX, 0] : [0, OUTSIDE_PX];
  handle.style.left = `${(x - home.left + stage.scrollLeft + right).toFixed(1)}px`;
  handle.style.top = `${(y - home.top + stage.scrollTop + down).toFixed(1)}px`;
  if (d.view.k > 1.001) handle.hidden = x < home.left || x > home.right || y < home.top || y > home.bottom;
}
function hoverHandle(d, id, { pointerType }) {
  if (pointerType !== "mouse" || !d.data.joins || !d.moved) return;
  clearTimeout(d.handleTimer);
  if (d.hovered === id) return;
  d.hovered = id;
  placeHandle(d);
}
function leaveHandle(d) {
  clearTimeout(d.handleTimer);
  if (d.hovered !== null) d.handleTimer = setTimeout(() => d.root.isConnected && (d.hovered = null, placeHandle(d)), HOLD_MS2);
}

// lifecycle/diagram/living/script/chapters.js
var SIGNS = { fault: "struck", occasion: "marked", caught: "made-up" };
function occasionWords(d, { from, to, kind, stage }) {
  const label = d.places.get(stage)?.label ?? stage;
  const what = { customers: "Rush of customers", viewers: `Rush of viewers at ${label}`, tick: `Timetable of ${label}` }[kind];
  return `${what}, ${clockWords(from)}${to > from ? ` to ${clockWords(to)}` : ""}`;
}
var caughtUpWords = (done, end) => done < end ? `All caught up at ${clockWords(done)}` : "Still behind at midnight";
function chapter(d, { from, words }) {
  if (d.root.classList.contains("bare")) return words;
  const title = `Go to ${clockWords(from)}`;
  return el("button", { type: "button", class: "chapter", title, text: words, onclick: () => goTo2(d, from) });
}
function goTo2(d, t) {
  showMoment(d, t);
  say(d, summaryWords(d));
  if (!d.playing) sendMoment(d);
}
function drawMarks(d, { start, end, faults: struck, occasions }) {
  const share = (t) => `${(100 * (Math.min(end, t) - start) / (end - start)).toFixed(2)}%`;
  const faults = struck.map((each) => ({ ...each, is: "fault", words: each.words.replace("{stage}", d.places.get(each.stage)?.label ?? each.stage) }));
  const others = occasions.map((each) => ({ ...each, is: "occasion", words: occasionWords(d, each) }));
  const done = d.late && d.late.run === d.root.dataset.run ? d.late.caught_up : null;
  const made = done === null ? [] : [{ is: "caught", from: Math.min(done, end), to: Math.min(done, end), words: caughtUpWords(done, end) }];
  const marks = [...others, ...faults, ...made].sort((a, b) => a.from - b.from);
  d.ui.faults.replaceChildren(...marks.map(({ is, from, to, words }) => el("span", { class: is, title: words, style: `left: ${share(from)}; width: calc(${share(to)} - ${share(from)})` })));
  d.ui.marks.replaceChildren(...marks.map((mark) => el("li", { class: SIGNS[mark.is] }, chapter(d, mark))));
  d.mades = made.length ? [...allOf(d.ui.faults, ".caught"), ...allOf(d.ui.marks, ".made-up")] : [];
  paintStates(d);
}
function receiveLate(d, note) {
  d.late = note;
  if (d.frames && note.run === d.root.dataset.run) drawMarks(d, d.frames);
}

// lifecycle/diagram/living/script/scene.js
var scenes = 0;
var numbersIn = (text) => (text?.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
function boxOf(shape) {
  const numbers = numbersIn(shape.getAttribute("d") || shape.getAttribute("points"));
  const xs = numbers.filter((_, i) => i % 2 === 0), ys = numbers.filter((_, i) => i % 2 === 1);
  const x = Math.min(...xs), y = Math.min(...ys);
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y };
}
function bare(group) {
  group.querySelectorAll("title").forEach((title) => title.remove());
}
var rect = (box2, cls, r, more = {}) => svgEl("rect", { x: box2.x, y: box2.y, width: box2.w, height: box2.h, rx: r, class: cls, ...more });
var BESIDE_DOTS = 10;
function buildScene(d, text, direction) {
  const parsed2 = new DOMParser().parseFromString(text, "image/svg+xml");
  const back = document.importNode(oneOf(parsed2, "svg"), true);
  const prefix = `hw${++scenes}`;
  const graph = oneOf(back, "g.graph");
  const [, , w, h] = numbersIn(back.getAttribute("viewBox"));
  for (const name of ["width", "height"]) back.removeAttribute(name);
  for (const polygon of graph.querySelectorAll(":scope > polygon")) polygon.remove();
  bare(graph);
  for (const comment of [...graph.childNodes].filter((n) => n.nodeType === 8)) comment.remove();
  const front = copyOf(back), places = copyOf(graph);
  places.removeAttribute("id");
  const view = svgEl("g", { class: "view" }, places), ground = svgEl("g", {}, graph);
  front.append(view);
  back.append(ground);
  put(back, "class", "back");
  put(back, "aria-hidden", "true");
  put(front, "class", "front");
  put(front, "role", "group");
  put(front, "aria-label", `${d.data.title}: diagram of ${d.stages.length} stages. Arrow keys walk the flows.${d.data.joins ? " C draws one." : ""}`);
  const canvas = el("canvas", { class: "dots-canvas", "aria-hidden": "true", ontransitionend: () => redrawDots(d) });
  const box2 = el("div", { class: `scene ${direction.toLowerCase()}` }, back, canvas, front);
  const scene = {
    box: box2,
    back,
    front,
    canvas,
    direction,
    views: [view, ground],
    nodes: /* @__PURE__ */ new Map(),
    edges: /* @__PURE__ */ new Map(),
    movers: [],
    size: { width: w, height: h },
    viewBox: { x: 0, y: 0, w, h },
    sheet: null
  };
  d.data.zones.forEach((zone, i) => graph.querySelector(`[id="zone-${zone.id}"]`)?.classList.add(`zone-${i % 3}`));
  graph.querySelector("#zone-undercurrents")?.classList.add("under");
  d.flows.forEach((flow) => {
    const [group] = allOf(graph, `[id="flow-${flow.source}-${flow.target}"]`);
    if (group) scene.edges.set(`${flow.source}>${flow.target}`, dressEdge(group, flow));
  });
  for (const place of d.places.values()) {
    const [group] = allOf(graph, `[id="stage-${place.id}"]`);
    if (!group) continue;
    scene.nodes.set(place.id, dressNode(d, group, place, prefix));
    places.append(group);
  }
  for (const edge of scene.edges.values()) {
    const start = numbersIn(edge.path.getAttribute("d"));
    const away = (id) => {
      const box3 = scene.nodes.get(id)?.box;
      return box3 ? Math.hypot(box3.x + box3.w / 2 - start[0], box3.y + box3.h / 2 - start[1]) : 0;
    };
    edge.backwards = away(edge.flow.target) < away(edge.flow.source);
    const tops = [edge.flow.source, edge.flow.target].flatMap((id) => scene.nodes.get(id)?.box.y ?? []);
    edge.over = Math.min(...tops);
  }
  const words = svgEl("g", { class: "all-words", "aria-hidden": "true" });
  places.prepend(words);
  scene.movers = [...[...scene.edges.values()].map(({ dots }) => dots), ...[...scene.nodes.values()].filter(isStage).map(({ falls }) => falls)];
  graph.append(svgEl("g", { class: "all-dots" }, ...scene.movers));
  for (const edge of scene.edges.values()) {
    words.append(edge.words);
    if (direction === "TB") for (const text2 of edge.words.querySelectorAll("text:not(.count)")) put(text2, "x", Number(text2.getAttribute("x")) + BESIDE_DOTS);
  }
  return scene;
}
function dressEdge(group, flow) {
  bare(group);
  const path = oneOf(group, "path");
  group.setAttribute("class", `edge${flow.loop ? " loop" : ""}`);
  const hit = copyOf(path);
  hit.removeAttribute("stroke-dasharray");
  hit.setAttribute("class", "hit");
  hit.setAttribute("data-hit", `${flow.source}>${flow.target}`);
  path.setAttribute("class", "route");
  group.append(hit);
  const dots = svgEl("g", { class: "dots", "data-flow": `${flow.source}>${flow.target}` });
  const count = svgEl("text", { class: "count", "text-anchor": "middle" });
  const snipped = svgEl("g", { class: "snipped off" }, svgEl("circle", { r: 10 }), svgEl("path", { d: "M-5-5L5 5M-5 5L5-5" }));
  const words = svgEl("g", { class: `edge${flow.loop ? " loop" : ""}` }, ...group.querySelectorAll("text"), count, snipped);
  return { group, flow, path, dots, words, count, snipped, spot: null, track: null, backwards: false, lane: 0 };
}
function dressNode(d, group, place, prefix) {
  bare(group);
  const shape = oneOf(group, "path, polygon");
  const box2 = boxOf(shape);
  shape.remove();
  const titles = [...group.querySelectorAll("text")];
  titles.forEach((text) => {
    text.setAttribute("class", "name");
    for (const name of ["font-family", "font-size"]) text.removeAttribute(name);
  });
  group.setAttribute("class", `node ${place.kind} role-${place.role}`);
  group.setAttribute("role", "button");
  group.setAttribute("aria-pressed", "false");
  group.setAttribute("tabindex", "-1");
  group.setAttribute("data-stage", place.id);
  const flat = place.kind === "undercurrent";
  const low = box2.h < 75;
  const cx = box2.x + box2.w / 2;
  const radius = flat ? box2.h / 2 : 12;
  const clip = svgEl("clipPath", { id: `${prefix}-${place.id}` }, rect(box2, "", radius));
  const focus = rect({ x: box2.x - 4, y: box2.y - 4, w: box2.w + 8, h: box2.h + 8 }, "focus", radius + 4);
  const body = rect(box2, "body", radius);
  const tank = svgEl("rect", { class: "tank", x: box2.x, width: box2.w, y: box2.y + box2.h, height: 0 });
  const busy = svgEl("rect", { class: "busy", x: box2.x, y: box2.y + box2.h - 3, width: 0, height: 3 });
  const inner = svgEl("g", { class: "inner", "clip-path": `url(#${prefix}-${place.id})` }, tank, busy);
  const edge = rect(box2, "rim", radius);
  const at = flat ? { x: box2.x + 16, y: box2.y + box2.h / 2 } : { x: cx, y: box2.y + (low ? 14 : 18.5) };
  const size = flat ? 0.6 : low ? 0.62 : 0.7;
  const icon2 = svgEl("path", { class: "icon", d: place.icon, transform: `translate(${at.x - 12 * size} ${at.y - 12 * size}) scale(${size})` });
  group.prepend(clip, focus, body, inner, edge, icon2);
  titles.forEach((text, i) => {
    put(text, "x", flat ? box2.x + 28 : cx);
    if (flat) text.setAttribute("text-anchor", "start");
    put(text, "y", flat ? box2.y + box2.h / 2 + 4 + (titles.length > 1 ? 13 * i - 6.5 : 0) : box2.y + (titles.length > 1 ? (low ? 34.5 : 46) + (low ? 11.8 : 13.8) * i : low ? 41 : 52));
  });
  const node = { group, place, box: box2, titles, room: flat ? box2.w - 36 : box2.w - 6, focus, body, tank, busy };
  if (isStage(node)) Object.assign(node, stageParts(node, at));
  listenNode(d, node);
  return node;
}
function stageParts({ box: box2, group }, at) {
  const cx = box2.x + box2.w / 2, base = box2.y + box2.h - (box2.h < 75 ? 5.5 : 9), r = box2.h < 75 ? 11 : 13;
  const state = svgEl("text", { class: "state", x: cx, y: base, "text-anchor": "middle" });
  const ringBack = svgEl("circle", { class: "ring-back", cx: at.x, cy: at.y, r });
  const ring = svgEl("circle", {
    class: "ring",
    cx: at.x,
    cy: at.y,
    r,
    pathLength: 100,
    "stroke-dasharray": "0 100",
    transform: `rotate(-90 ${at.x} ${at.y})`
  });
  const bars2 = svgEl("g", { class: "bars", "data-step": "-1" });
  for (let i = 0; i < 4; i++) {
    bars2.append(svgEl("rect", { x: box2.x + 9 + i * 5, y: box2.y + 20 - i * 3, width: 3.4, height: 5 + i * 3, rx: 1 }));
  }
  const right = box2.x + box2.w - 7, top = box2.y + 1;
  const badge = svgEl(
    "g",
    { class: "badge off" },
    svgEl("title", { text: "Faulty now" }),
    svgEl("path", { d: `M${right} ${top - 10}l12 21h-24z`, class: "sign" }),
    svgEl("text", { x: right, y: top + 8.5, "text-anchor": "middle", text: "!" })
  );
  const lost = svgEl("text", { class: "lost off", x: box2.x + 2, y: box2.y + box2.h + 13 });
  const askers = svgEl("text", { class: "lost askers off", x: box2.x + 2, y: box2.y + box2.h + 13 });
  const falls = svgEl("g", { class: "falls" });
  const markIcon = svgEl("path", { class: "mark-icon", transform: `translate(${box2.x - 5} ${box2.y - 5}) scale(.6)` });
  const mark = svgEl(
    "g",
    { class: "mark off" },
    svgEl("circle", { cx: box2.x + 2.2, cy: box2.y + 2.2, r: 11 }),
    markIcon
  );
  const [tx, ty, tr] = [box2.x + box2.w - 17, box2.y + 14, 5.5];
  const tick2 = svgEl("circle", { class: "tick off", cx: tx, cy: ty, r: tr, pathLength: 100, transform: `rotate(-90 ${tx} ${ty})` });
  const leak = svgEl("text", { class: "leak off", x: box2.x + 2, y: box2.y + box2.h + 13 });
  group.append(ringBack, ring, bars2, tick2, state, lost, askers, leak, mark, badge);
  return { state, ringBack, ring, tick: tick2, bars: bars2, badge, lost, askers, leak, falls, mark, markIcon };
}

// lifecycle/diagram/living/script/search.js
function openSearch(d) {
  if (!d.pointing && !window.dispatchEvent(new Event("headwaters:search", { cancelable: true }))) return;
  d.ui.search.hidden = false;
  d.ui.searchInput.value = "";
  d.hit = 0;
  fillSearch(d);
  d.ui.searchInput.focus();
}
function closeSearch(d) {
  if (d.ui.search.hidden) return false;
  d.ui.search.hidden = true;
  d.ui.searchButton.focus({ preventScroll: true });
  return true;
}
function fillSearch(d) {
  const asked = d.ui.searchInput.value.trim().toLowerCase();
  d.hits = [...d.places.values()].filter((p) => `${p.label} ${p.detail} ${p.id}`.toLowerCase().includes(asked));
  d.hit = Math.max(0, Math.min(d.hit, d.hits.length - 1));
  d.ui.searchList.replaceChildren(...d.hits.map((place, i) => el("li", {
    role: "option",
    id: `${d.uid}-hit-${i}`,
    "aria-selected": String(i === d.hit),
    onpointerdown: (event) => {
      event.preventDefault();
      takeHit(d, i);
    }
  }, el("b", { text: place.label }), el("span", { text: place.detail }))));
  put(d.ui.searchInput, "aria-activedescendant", d.hits.length ? `${d.uid}-hit-${d.hit}` : "");
  d.ui.searchList.children[d.hit]?.scrollIntoView({ block: "nearest" });
  write(d.ui.searchNone, d.hits.length ? "" : "No such stage.");
}
function takeHit(d, i) {
  const place = d.hits[i];
  if (!place) return;
  d.ui.search.hidden = true;
  walkTo(d, place.id);
  if (place.id !== d.selected) choose(d, place.id);
}
function searchKey(d, event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    d.hit += event.key === "ArrowDown" ? 1 : -1;
    fillSearch(d);
  } else if (event.key === "Enter") takeHit(d, d.hit);
  else if (event.key === "Escape") closeSearch(d);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

// lifecycle/diagram/living/script/receive.js
function pickOverlay(d) {
  d.picked = d.ui.overlay.value || null;
  const place = d.selected === null ? void 0 : d.places.get(d.selected);
  if (place && place.kind === "undercurrent" && d.picked !== d.selected) choose(d, null);
  light(d, d.selected);
  const current = d.picked && d.places.get(d.picked);
  if (current) {
    const acts = Object.entries(current.acts).map(([id, act]) => `${d.places.get(id)?.label ?? id}: ${act.text}`);
    say(d, `${current.label}. ${acts.join(". ") || current.detail}`);
  }
}
function receive(d, data) {
  const before = d.data;
  d.data = data;
  if (!before || before.version !== data.version || before.facts !== data.facts) {
    dropFlow(d);
    hideCard(d);
    const backTo = heldView(d);
    d.places = new Map(data.places.map((place) => [place.id, place]));
    d.stages = data.places.filter((place) => place.kind === "stage");
    d.flows = data.flows;
    for (const scene of Object.values(d.scenes)) scene.box.remove();
    d.scenes = {};
    d.scene = null;
    const currents = data.places.filter((place) => place.kind === "undercurrent");
    d.ui.overlay.replaceChildren(el("option", { value: "", text: "No undercurrent" }), ...currents.map((p) => el("option", { value: p.id, text: p.label })));
    d.ui.overlay.hidden = !currents.length;
    pickScene(d);
    backTo();
    sayDrawn(d);
  }
}
var eventsWords = (count) => count === 1 ? "1 event" : `${count.toLocaleString("en")} events`;
function tellWorth(d, { per_dot }, before) {
  const changed = before && before !== per_dot;
  const worth = `1 dot = ${eventsWords(per_dot)}${changed ? ` (was ${before.toLocaleString("en")})` : ""}`;
  write(d.ui.worth, worth);
  write(d.ui.legendWorth, worth);
  if (changed) say(d, `One dot now stands for ${eventsWords(per_dot)}; it was ${before.toLocaleString("en")}.`);
}
function openRun(d, packed, day) {
  const first = !d.frames, worth = d.frames?.per_dot;
  const another = !first && day !== d.day;
  d.day = day;
  const frames = d.frames = openFrames(packed);
  d.ui.clock.hidden = !frames;
  d.ui.words.hidden = !frames;
  d.ui.marks.hidden = !frames;
  d.ui.legend.hidden = !frames;
  if (!frames) return paintStates(d);
  const { start, end, step: step2 } = frames;
  Object.assign(d.ui.scrub, { min: start, max: end, step: Math.max(1, Math.min(60, step2)) });
  if (another) d.hasMoment = false;
  d.opened = another;
  const led = first && d.said?.cue ? d.said : null;
  if (led) d.t = led.moment_s ?? frames.opening;
  else if ((first || another) && !d.hasMoment && !d.said?.cue) d.t = frames.opening;
  tellWorth(d, frames, worth);
  drawMarks(d, frames);
  showMoment(d, d.t);
  if (led) setPlaying(d, Boolean(led.plays) && !d.still);
  else if ((first || another) && !d.said?.cue) setPlaying(d, !d.still && !d.hasMoment);
}
function sceneOf(d, direction) {
  return d.scenes[direction] ??= buildScene(d, direction === "LR" ? d.data.lr : d.data.tb, direction);
}
function pickScene(d) {
  const direction = directionOf(d);
  if (d.scene?.direction === direction) return;
  hideCutter(d);
  dropFlow(d);
  d.scene?.box.remove();
  d.scene = sceneOf(d, direction);
  d.ui.stage.prepend(d.scene.box);
  for (const edge of d.scene.edges.values()) {
    const hit = oneOf(edge.group, ".hit");
    if (!edge.heard) listenPointer(d, hit, () => (soonCard(d, edge), showCutter(d, edge)));
    edge.heard = true;
    hit.onpointerleave = () => (hideCard(d), soonHideCutter(d));
    hit.onclick = (event) => {
      if (d.dragged) return;
      if (d.pointing) point(d, `${edge.flow.source}->${edge.flow.target}`);
      else if (!clickWire(d, edge, event)) aim(d, edge);
    };
  }
  applyFrame(d);
  fit(d);
  light(d, d.selected);
  lightPointed(d);
  if (d.frames) showMoment(d, d.t);
}
function receiveRun(d, note) {
  if (d.root.dataset.run === note.run) return;
  d.root.dataset.run = note.run;
  openRun(d, note.frames, note.day);
  settle(d);
  offerBreaks(d);
  d.root.dataset.ready = "true";
}
function confirmState(d, state) {
  if (window.headwatersCut) return;
  const { pending } = d, fresh = pending && performance.now() - pending.at < 3e3;
  clearTimeout(d.askingAgain);
  if (fresh && state.selected !== pending.id) {
    d.askingAgain = setTimeout(() => d.pending && !leaves() && d.send("select", d.pending.id ?? ""), pending.at + 3e3 - performance.now());
  } else {
    d.pending = null;
    d.picked = state.overlay !== d.said?.overlay ? state.overlay : d.picked;
    d.progress = state.progress ?? {};
    if (state.selected !== d.selected) {
      hideCard(d);
      if (state.selected) d.walker = state.selected;
    }
    light(d, state.selected);
  }
  Object.assign(d, { pointing: state.pointing, pointed: state.pointed });
  lightPointed(d);
  d.root.classList.toggle("bare", Boolean(state.bare));
  d.frame = state.frame ?? [];
  pickScene(d);
  applyFrame(d);
  if (followReplay(d, state)) d.unheard = [];
  else if (state.cue) followCue(d, state);
  else {
    if (d.said?.cue && state.moment_s === null) reopen(d);
    followMoment(d, state.moment_s);
  }
  const leaked = JSON.stringify([d.said?.leaks, d.said?.leaking]) !== JSON.stringify([state.leaks, state.leaking]);
  d.said = state;
  if (leaked) paintStates(d);
  d.root.classList.toggle("followable", Boolean(state.dots));
  offerBreaks(d);
  settle(d);
}
function reopen(d) {
  d.hasMoment = false;
  if (d.frames) showMoment(d, d.frames.opening);
  setPlaying(d, !d.still);
}
function followCue(d, { cue, moment_s: moment, plays }) {
  if (cue === d.said?.cue) return;
  hideCard(d);
  d.hasMoment = true;
  d.t = moment ?? d.t;
  d.momentSent = Math.round(d.t);
  if (d.frames) showMoment(d, d.t);
  setPlaying(d, Boolean(plays) && !d.still);
}
function followMoment(d, moment) {
  const ours = d.unheard.indexOf(moment ?? -1);
  d.unheard.splice(0, ours + 1);
  const news = ours < 0 && moment !== d.said?.moment_s && Math.round(moment ?? 0) !== d.momentSent;
  if (moment !== null && (d.opened || news)) {
    d.hasMoment = true;
    d.momentSent = Math.round(moment);
    d.t = moment;
    setPlaying(d, false);
    if (d.frames) showMoment(d, moment);
  }
  d.opened = false;
}
function hostOf(root) {
  const tree = root.getRootNode();
  return tree instanceof ShadowRoot ? tree.host : root;
}
function globalKey(d, event) {
  const inside = event.composedPath().includes(d.root);
  const target = event.composedPath()[0];
  if (isChord(event) || isTyping(event) || event.defaultPrevented) return;
  if (!inside && !(target instanceof Element && target.contains(hostOf(d.root)))) return;
  if (event.key === "/") openSearch(d);
  else if (event.key === "Escape" && !document.fullscreenElement) {
    hideCard(d);
    if (!closeSearch(d) && d.selected) choose(d, null);
  } else if (event.key === " " && !(target instanceof HTMLButtonElement) && !(target instanceof HTMLElement && target.tagName === "SUMMARY")) playOrPause(d);
  else return;
  event.preventDefault();
}

// lifecycle/diagram/living/script/view.js
var [MOST_ZOOM, CLOSE] = [5, 2];
function applyView(d) {
  const { k, x, y } = d.view;
  for (const part of d.scene?.views ?? []) put(part, "transform", `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${k.toFixed(4)})`);
  redrawDots(d);
  d.ui.stage.classList.toggle("zoomed", k > 1.001);
  d.root.dataset.zoom = k.toFixed(2);
  placeHandle(d);
  drawOverview(d);
}
function zoom(d, factor, px, py) {
  if (!d.scene) return;
  const { width, height } = d.scene.size;
  const most = Math.max(MOST_ZOOM, CLOSE / (d.scene.front.getScreenCTM()?.a || 1)), k = Math.min(most, Math.max(1, d.view.k * factor));
  const at = { x: px ?? width / 2, y: py ?? height / 2 };
  const x = at.x - (at.x - d.view.x) / d.view.k * k, y = at.y - (at.y - d.view.y) / d.view.k * k;
  d.view = { k, x, y };
  clampView(d);
}
function clampView(d) {
  if (!d.scene) return;
  const { width, height } = d.scene.size;
  d.view.x = Math.min(0, Math.max(width * (1 - d.view.k), d.view.x));
  const spare = d.view.k > 1.001 ? covered(d) / (d.scene.front.getScreenCTM()?.a ?? 1) : 0;
  d.view.y = Math.min(0, Math.max(height * (1 - d.view.k) - spare, d.view.y));
  applyView(d);
}
function fit(d) {
  d.view = { k: 1, x: 0, y: 0 };
  if (d.scene) applyView(d);
}
function picturePoint(d, clientX, clientY) {
  const matrix = d.scene?.front.getScreenCTM()?.inverse();
  const point2 = new DOMPoint(clientX, clientY).matrixTransform(matrix);
  return [point2.x, point2.y];
}
function listenView(d) {
  const stage = d.ui.stage;
  stage.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(d, Math.exp(-event.deltaY / 300), ...picturePoint(d, event.clientX, event.clientY));
  }, { passive: false });
  let drag = null;
  stage.addEventListener("pointerdown", (event) => {
    d.dragged = false;
    if (event.button === 0 && d.view.k > 1.001 && !d.press) drag = { at: picturePoint(d, event.clientX, event.clientY), x: d.view.x, y: d.view.y, sx: event.clientX, sy: event.clientY };
  });
  d.listen(window, "pointermove", (event) => {
    if (!drag || d.pinch) return;
    if (Math.hypot(event.clientX - drag.sx, event.clientY - drag.sy) < 4 && !d.dragged) return;
    d.dragged = true;
    const [x, y] = picturePoint(d, event.clientX, event.clientY);
    d.view.x = drag.x + x - drag.at[0];
    d.view.y = drag.y + y - drag.at[1];
    clampView(d);
  });
  d.listen(window, "pointerup", () => drag = null);
  d.listen(window, "pointercancel", () => drag = null);
  stage.addEventListener("touchmove", (event) => {
    if (event.touches.length !== 2) return;
    event.preventDefault();
    const [a, b] = event.touches;
    const spread = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    if (d.pinch) zoom(d, spread / d.pinch, ...picturePoint(d, (a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2));
    d.pinch = spread;
  }, { passive: false });
  stage.addEventListener("touchend", () => d.pinch = null);
  stage.addEventListener("scroll", () => drawOverview(d), { passive: true });
}
var FRAME_ROOM = 20;
var [HALL_PX, HALL_WIDE, LEAST_TYPE, MOST_TYPE] = [24.5, 1920, 12.2, 16.5];
var [DESK_PX, DESK_TYPE] = [12.1, 13.2];
var MOST_IN_TWO_LINES = 13.2;
function applyFrame(d) {
  const { scene } = d;
  if (!scene) return;
  const zones = new Set(d.frame ?? []);
  const within = (id) => !zones.size || zones.has(zoneOf(d, id));
  for (const [id, node] of scene.nodes) for (const part of partsOf(node)) part.classList.toggle("off", !within(id));
  for (const panel of scene.back.querySelectorAll("g.cluster")) panel.classList.toggle("off", !inFrame(zones, panel));
  for (const edge of scene.edges.values()) {
    const ends = [edge.flow.source, edge.flow.target].filter(within).length;
    for (const part of [edge.group, edge.dots, edge.words]) part.classList.toggle("off", !ends || ends === 1 && edge.flow.loop);
    for (const part of [edge.group, edge.words]) part.classList.toggle("stub", ends === 1);
  }
  scene.window = zones.size ? framed(d, scene) : null;
  const [dx, dy] = scene.window ? shiftOf(scene) : [0, 0], { x, y, w, h } = framed(d, scene);
  scene.viewBox = { x: x + dx, y: y + dy, w, h };
  for (const half of [scene.back, scene.front]) put(half, "viewBox", [x + dx, y + dy, w, h].map((n) => n.toFixed(1)).join(" "));
  scene.box.style.aspectRatio = `${w} / ${h}`;
  scene.box.style.setProperty("--units", w.toFixed(0));
  redrawDots(d);
  sizeType(d);
}
var zoneOf = (d, id) => d.places.get(id)?.zone ?? "";
var inFrame = (zones, panel) => !zones.size || zones.has(panel.id.replace(/^zone-/, ""));
function shiftOf(scene) {
  const moved = /translate\(([-\d.]+)[ ,]+([-\d.]+)\)/.exec(oneOf(scene.back, "g.graph").getAttribute("transform") ?? "");
  return moved ? [Number(moved[1]), Number(moved[2])] : [0, 0];
}
function framed(d, scene) {
  const zones = new Set(d.frame ?? []), boxes = [];
  const all = { x: 0, y: 0, w: scene.size.width, h: scene.size.height };
  if (!zones.size) return all;
  for (const panel of scene.back.querySelectorAll("g.cluster")) {
    const outline = panel.querySelector("path, polygon");
    if (outline && inFrame(zones, panel)) boxes.push(boxOf(outline));
  }
  for (const { flow, path } of scene.edges.values()) {
    if (flow.loop && [flow.source, flow.target].every((id) => zones.has(zoneOf(d, id)))) boxes.push(boxOf(path));
  }
  if (!boxes.length) return all;
  const x = Math.min(...boxes.map((box2) => box2.x)) - FRAME_ROOM, y = Math.min(...boxes.map((box2) => box2.y)) - FRAME_ROOM;
  const right = Math.max(...boxes.map((box2) => box2.x + box2.w)) + FRAME_ROOM, foot = Math.max(...boxes.map((box2) => box2.y + box2.h)) + FRAME_ROOM;
  return { x, y, w: right - x, h: foot - y };
}
function directionOf(d) {
  const wide = d.root.clientWidth;
  if (!d.root.classList.contains("bare") || !d.scene || !wide) return wide && wide < 640 ? "TB" : "LR";
  const high = parseFloat(getComputedStyle(d.scene.box).maxHeight) || window.innerHeight;
  const scale = ({ w, h }) => Math.min(wide / w, high / h);
  return scale(framed(d, sceneOf(d, "TB"))) > 1.1 * scale(framed(d, sceneOf(d, "LR"))) ? "TB" : "LR";
}
function sizeType(d) {
  const { scene } = d, scale = scene?.front.getScreenCTM()?.a;
  if (!scene || !scale) return;
  const hall = d.root.classList.contains("bare");
  if (hall || scene.direction === "LR") {
    const [px, least] = hall ? [HALL_PX * Math.min(1, window.innerWidth / HALL_WIDE), LEAST_TYPE] : [DESK_PX, DESK_TYPE];
    const most = [...scene.nodes.values()].some((node) => node.titles.length > 1) ? MOST_IN_TWO_LINES : MOST_TYPE;
    d.type = `${Math.min(most, Math.max(least, px / scale)).toFixed(2)}px`;
    d.root.style.setProperty("--type", d.type);
  } else d.type = "";
  fitTexts(d, [...scene.nodes.values()].flatMap(textsOf));
}
var textsOf = (node) => [...node.titles, ...isStage(node) ? [node.state] : []].map((text) => [text, node.room]);
function fitTexts(d, texts) {
  const asNow = (text) => `${text.textContent}|${d.type ?? ""}|${d.scene?.direction}`;
  const changed = texts.filter(([text]) => text.textContent && text.fittedAs !== asNow(text));
  for (const [text] of changed) {
    text.removeAttribute("textLength");
    text.style.removeProperty("font-size");
  }
  const measured2 = changed.map(([text, room]) => ({ text, room, length: text.getComputedTextLength() }));
  for (const { text, room, length } of measured2) {
    if (!length) continue;
    text.fittedAs = asNow(text);
    const fits = fitted(length, room, parseFloat(getComputedStyle(text).fontSize));
    if (fits.length === null) continue;
    if (fits.size !== null) text.style.setProperty("font-size", `${fits.size.toFixed(2)}px`, "important");
    put(text, "lengthAdjust", "spacingAndGlyphs");
    put(text, "textLength", room.toFixed(1));
  }
}
function toggleFull(d) {
  if (document.fullscreenElement) document.exitFullscreen();
  else d.root.requestFullscreen?.();
}

// lifecycle/diagram/living/script/canvas.js
var [MOST_PIXELS, MOST_SIDE] = [16e6, 16e3];
var [PACKET_HIGH, PACKET_TYPE] = [16, 13];
function readSheet(d, scene) {
  const { canvas, viewBox } = scene, pen = canvas.getContext("2d");
  const { width, height } = canvas.getBoundingClientRect(), density = window.devicePixelRatio || 1;
  if (!pen || !width || !height) return null;
  const fine = Math.min(density, Math.sqrt(MOST_PIXELS / (width * height)), MOST_SIDE / Math.max(width, height));
  const w = Math.round(width * fine), h = Math.round(height * fine);
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const look = getComputedStyle(canvas);
  const opacities = new Map(scene.movers.map((group) => {
    const { display, opacity } = getComputedStyle(group);
    return [group, display === "none" ? 0 : Number(opacity)];
  }));
  const placed = placement({ w, h }, viewBox, d.view, shiftOf(scene));
  pen.setTransform(placed.scale, 0, 0, placed.scale, placed.x, placed.y);
  pen.font = `600 ${PACKET_TYPE}px ${look.fontFamily}`;
  Object.assign(pen, { textAlign: "center", textBaseline: "middle" });
  return {
    pen,
    density,
    opacities,
    inked: true,
    shown: shown({ w, h }, placed),
    colours: { dot: look.color, drop: look.textDecorationColor, unread: look.columnRuleColor, ground: look.outlineColor }
  };
}
function drawAll(sheet, dots) {
  for (const dot2 of dots) {
    sheet.pen.globalAlpha = dot2.opacity;
    if (dot2.kind === "packet") drawPacket(sheet, dot2);
    else if (dot2.kind === "bounce") drawCross(sheet, dot2);
    else drawDot(sheet, dot2);
  }
  sheet.pen.globalAlpha = 1;
}
function drawDot({ pen, colours }, { kind, x, y, r }) {
  const hollow = kind === "request";
  const falls = kind === "drop" || kind === "unread";
  pen.fillStyle = hollow ? colours.ground : colours[falls ? kind : "dot"];
  pen.strokeStyle = hollow ? colours.dot : colours.ground;
  pen.lineWidth = hollow ? 1.5 : 1;
  pen.beginPath();
  pen.arc(x, y, hollow ? r - 0.75 : r, 0, 2 * Math.PI);
  pen.fill();
  if (!falls) pen.stroke();
}
function drawPacket({ pen, colours }, { x, y, r, words = "" }) {
  pen.fillStyle = colours.dot;
  pen.strokeStyle = colours.ground;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.roundRect(x - r, y - PACKET_HIGH / 2, 2 * r, PACKET_HIGH, PACKET_HIGH / 2);
  pen.fill();
  pen.stroke();
  pen.fillStyle = colours.ground;
  pen.fillText(words, x, y + 0.5);
}
function drawCross({ pen, colours }, { x, y, r }) {
  pen.strokeStyle = colours.drop;
  pen.lineWidth = 2;
  pen.beginPath();
  for (const slope of [-1, 1]) {
    pen.moveTo(x - r, y - slope * r);
    pen.lineTo(x + r, y + slope * r);
  }
  pen.stroke();
}
function fade({ pen }, share) {
  pen.save();
  pen.resetTransform();
  pen.globalCompositeOperation = "destination-in";
  pen.fillStyle = `rgb(0 0 0 / ${share})`;
  pen.fillRect(0, 0, pen.canvas.width, pen.canvas.height);
  pen.restore();
}
function wipe({ pen }) {
  pen.save();
  pen.resetTransform();
  pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height);
  pen.restore();
}
function drawDots(d) {
  const { scene } = d;
  if (!scene || !d.pictureInSight) return;
  if (scene.sheet?.density !== (window.devicePixelRatio || 1)) scene.sheet = null;
  const sheet = scene.sheet ??= readSheet(d, scene);
  if (!sheet) return;
  const layers = layersOf(d, scene.window && sheet.shown).filter(({ group, dots }) => dots.length && sheet.opacities.get(group));
  if (!layers.length && !sheet.inked) return;
  wipe(sheet);
  sheet.inked = layers.length > 0;
  const levels = [...new Set(layers.map(({ group }) => sheet.opacities.get(group) ?? 1))].sort((a, b) => a - b);
  levels.forEach((level, i) => {
    for (const { group, dots } of layers) if (sheet.opacities.get(group) === level) drawAll(sheet, dots);
    const next = levels[i + 1] ?? 1;
    if (level < next) fade(sheet, level / next);
  });
}
function redrawDots(d) {
  if (d.scene) d.scene.sheet = null;
  cancelAnimationFrame(d.redraw);
  d.redraw = requestAnimationFrame(() => drawDots(d));
}
function shapeOf({ kind, x, y, r, opacity, words }) {
  const more = { class: kind, opacity: opacity < 1 ? opacity.toFixed(2) : null };
  if (kind === "packet") {
    return svgEl(
      "g",
      more,
      svgEl("rect", { x: (x - r).toFixed(1), y: (y - PACKET_HIGH / 2).toFixed(1), width: 2 * r, height: PACKET_HIGH, rx: PACKET_HIGH / 2 }),
      svgEl("text", { x: x.toFixed(1), y: (y + 4.5).toFixed(1), "text-anchor": "middle", text: words })
    );
  }
  if (kind === "bounce") return svgEl("path", { ...more, d: `M${x - r} ${y - r}l${2 * r} ${2 * r}M${x - r} ${y + r}l${2 * r} ${-2 * r}` });
  return svgEl("circle", { ...more, cx: x.toFixed(1), cy: y.toFixed(1), r: kind === "request" ? r - 0.75 : r });
}
function dotsAsShapes(d) {
  const shapes = layersOf(d).flatMap(({ group, dots }) => dots.map((dot2) => {
    const shape = shapeOf(dot2);
    group.append(shape);
    return shape;
  }));
  return () => shapes.forEach((shape) => shape.remove());
}

// lifecycle/diagram/living/script/frozen.js
var KEPT2 = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "stroke-opacity",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
  "letter-spacing",
  "text-transform",
  "paint-order",
  "visibility"
];
function plainColour(value) {
  return value.replace(/color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.]+))?\)/g, (_, r, g, b, a) => `rgba(${[r, g, b].map((x) => Math.round(x * 255)).join(", ")}, ${a ?? 1})`);
}
var isFace = (rule, family) => rule instanceof CSSFontFaceRule && rule.style.fontFamily.replace(/["']/g, "") === family && (rule.style.fontStyle || "normal") === "normal";
async function fontFaces(family) {
  const first = family.split(",")[0].replace(/["']/g, "").trim();
  const rules = [...document.styleSheets].flatMap((sheet) => {
    try {
      return [...sheet.cssRules].flatMap((rule) => isFace(rule, first) ? [{ rule, base: sheet.href }] : []);
    } catch {
      return [];
    }
  });
  const faces = await Promise.all(rules.map(async ({ rule, base }) => {
    const source = rule.style.getPropertyValue("src").match(/url\(["']?([^"')]+)/)?.[1];
    if (!source) return "";
    try {
      const bytes = new Uint8Array(await (await fetch(new URL(source, base ?? document.baseURI))).arrayBuffer());
      let text = "";
      for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
      return `@font-face{font-family:"${first}";font-weight:${rule.style.fontWeight || 400};src:url(data:font/woff2;base64,${btoa(text)})}`;
    } catch {
      return "";
    }
  }));
  return faces.join("");
}
function download(name, blob) {
  const url = URL.createObjectURL(blob);
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1e4);
}

// lifecycle/diagram/living/script/save.js
function frozenCopy(live) {
  const style = getComputedStyle(live);
  if (style.display === "none" || live.classList?.contains("hit")) return null;
  const copy = copyOf(live);
  for (const name of KEPT2) copy.style.setProperty(name, plainColour(style.getPropertyValue(name)));
  for (const child of live.childNodes) {
    if (child instanceof Text) copy.append(child.data);
    else if (child instanceof SVGElement) {
      const kept = child.closest("defs, clipPath, title") ? copyOf(child, true) : frozenCopy(child);
      if (kept) copy.append(kept);
    }
  }
  return copy;
}
async function pictureText(d, { back, front, size }) {
  const ground = plainColour(getComputedStyle(d.root).backgroundColor);
  const faces = await fontFaces(getComputedStyle(front).fontFamily);
  showMoment(d, d.t);
  const done = dotsAsShapes(d), copy = frozenCopy(back) ?? copyOf(back);
  copy.append(...frozenCopy(front)?.childNodes ?? []);
  done();
  copy.removeAttribute("aria-hidden");
  for (const name of ["role", "aria-label"]) copy.setAttribute(name, front.getAttribute(name) ?? "");
  copy.setAttribute("width", String(size.width));
  copy.setAttribute("height", String(size.height));
  copy.setAttribute("xmlns", SVG);
  copy.prepend(svgEl("style", { text: faces }), svgEl("rect", { width: "100%", height: "100%", fill: ground }));
  copy.append(svgEl("title", { text: `${d.data.title}${d.frames ? `, ${clockWords(d.t)}` : ""}` }));
  return new XMLSerializer().serializeToString(copy);
}
function fileName(d, ending) {
  return `pipeline-${clockWords(d.t).replace(":", "")}${d.selected ? `-${d.selected}` : ""}.${ending}`;
}
async function saveSvg(d) {
  if (d.scene) download(fileName(d, "svg"), new Blob([await pictureText(d, d.scene)], { type: "image/svg+xml" }));
}
async function savePng(d) {
  const { scene } = d;
  if (!scene) return;
  const text = await pictureText(d, scene);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = el("canvas", { width: Math.round(scene.size.width * 2), height: Math.round(scene.size.height * 2) });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => blob && download(fileName(d, "png"), blob), "image/png");
}
async function saveFilm(d) {
  try {
    const { openFilm } = window.headwatersFilm ?? await import(d.said?.film?.source ?? "");
    openFilm(d, { paintStates, showFollowed, dotsAsShapes, setPlaying });
  } catch {
    say(d, "No film can be made now: reload the page.");
  }
}

// lifecycle/diagram/living/script/legend.js
var sample = (...shapes) => svgEl("svg", { class: "sample", viewBox: "0 0 26 16", "aria-hidden": "true" }, ...shapes);
var box = () => svgEl("rect", { class: "rim", x: 1, y: 1, width: 24, height: 14, rx: 3 });
var bars = (many) => Array.from({ length: 4 }, (_, i) => svgEl("rect", { class: i < many ? "on" : "", x: 3 + i * 5, y: 10 - i * 3, width: 3.4, height: 5 + i * 3 }));
var dot = () => svgEl("circle", { class: "dot", cx: 13, cy: 8, r: 3.4 });
var signs = () => [
  [sample(svgEl("rect", { class: "pill", x: 1, y: 2, width: 24, height: 12, rx: 6 })), "A packet: what travels together, with its number of events."],
  [sample(svgEl("circle", { class: "request", cx: 13, cy: 8, r: 3.2 })), "A request: in a pull it runs up the wire, and the data comes back. In a push the data is sent unasked."],
  [sample(svgEl("path", { class: "bounce", d: "M10 5l6 6M10 11l6 -6" })), "Sent back: a push that found the door closed. It is lost."],
  [sample(svgEl("circle", { class: "drop", cx: 13, cy: 8, r: 3.2 })), "Falls from a stage: lost there."],
  [sample(svgEl("circle", { class: "unread", cx: 13, cy: 8, r: 3.2 })), "Falls in grey: unreadable. No parser can make sense of a few lines, on any day; they are kept aside as dead letters."],
  [
    sample(svgEl("circle", { class: "tick", cx: 13, cy: 8, r: 5.5, pathLength: 100, "stroke-dasharray": "65 100", transform: "rotate(-90 13 8)" })),
    "A ring in a corner fills until the stage's next tick."
  ],
  [sample(svgEl("rect", { class: "tank", x: 1, y: 7, width: 24, height: 8 }), box()), "How full a box is: what the stage holds now, compared with the most it holds that day."],
  [sample(box(), svgEl("rect", { class: "busy", x: 1, y: 13, width: 16, height: 2.4 })), "The line at its foot: how busy it is."],
  [sample(...bars(3)), "Bars where data is used: four for data less than a minute old, three up to 15 min, two up to 2 h, one for older."],
  [sample(svgEl("path", { class: "leak-path", d: "M1 12C9 12 15 4 25 4" })), "Names leak: who should not can read them at the stage that says so, and along this path they came there."],
  [sample(svgEl("path", { class: "sign", d: "M13 2l8 13h-16z" })), "A sign and a dashed rim: something is wrong there now."]
];
var HOP = "So that you can see it, an event spends 2 min of the day on a wire; in truth it is handed over at once. While it is there, the stage that it left no longer counts it, and the next one does not count it until it arrives. Rates and ages are the same as in the charts.";
function legendFurniture() {
  const legendWorth = el("b");
  const legend = el(
    "details",
    { class: "legend", hidden: "" },
    el("summary", {}, sample(dot()), legendWorth, el("span", { class: "more", text: "What the signs mean" })),
    el("ul", {}, ...signs().map(([picture, words]) => el("li", {}, picture, el("span", { text: words })))),
    el("p", { text: HOP })
  );
  return { legend, legendWorth };
}

// lifecycle/diagram/living/script/furniture.js
var BUTTONS = {
  search: ["Find a stage (/)", "M10.500 4a6.500 6.500 0 1 0 0 13a6.500 6.500 0 1 0 0-13M15.500 15.500L21 21"],
  in: ["Zoom in", "M12 5v14M5 12h14"],
  out: ["Zoom out", "M5 12h14"],
  fit: ["Fit the whole picture", "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"],
  full: ["Full screen", "M14 10l7-7M15 3h6v6M10 14l-7 7M3 15v6h6"],
  svg: ["Save as SVG", "M12 3v11M7 10l5 5 5-5M4 20h16"],
  png: ["Save as PNG", "M4 5h16v14H4zM8.500 10h.010M4 16l5-4 4 3 3-2 4 3"],
  film: ["Save a film", "M4 5h16v14H4zM8 5v14M16 5v14"]
};
function button(name, act, label) {
  const [title, path] = BUTTONS[name];
  const icon2 = svgEl("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svgEl("path", { d: path }));
  return el(
    "button",
    { type: "button", class: `tool ${name}`, "aria-label": title, title, onclick: act },
    icon2,
    label ? el("span", { text: label }) : null
  );
}
function furnish(bare2) {
  const d = (
    /** @type {Diagram} */
    bare2
  );
  const searchButton = button("search", () => openSearch(d));
  const overlay = el("select", { class: "overlay", "aria-label": "Lay an undercurrent over the picture", onchange: () => pickOverlay(d) });
  const tools = el(
    "div",
    { class: "tools", role: "toolbar", "aria-label": "Diagram" },
    searchButton,
    button("out", () => zoom(d, 1 / 1.35)),
    button("in", () => zoom(d, 1.35)),
    button("fit", () => fit(d)),
    button("full", () => toggleFull(d)),
    overlay,
    el("span", { class: "gap" }),
    saveMenu(d)
  );
  rove(tools);
  const card = el("div", { class: "card", role: "tooltip", id: `${d.uid}-card`, hidden: "" }, el("b"), el("p"), el("dl"));
  const stage = el("div", { class: "stage" });
  const live = el("div", { class: "unseen", "aria-live": "polite", role: "status" });
  const tableCaption = el("caption"), tableBody = el("tbody");
  const heads = ["Stage", "In", "Out", "Waiting", "Held", "Busy", "Newest data", "Lost", "Askers", "Fault"];
  const words = el(
    "details",
    { class: "words", ontoggle: () => paintTable(d) },
    el("summary", { text: "The same state in words" }),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "State in words" }, el(
      "table",
      {},
      tableCaption,
      el("thead", {}, el("tr", {}, ...heads.map((text) => el("th", { scope: "col", text })))),
      tableBody
    ))
  );
  const finder = searchFurniture(d), watch = clockFurniture(d);
  const breaks = el("div", { class: "breaks", role: "toolbar", hidden: "" }), cutter = cutterFurniture(d);
  rove(breaks);
  const handle = handleFurniture(d), hint = el("p", { class: "hint", "aria-hidden": "true", hidden: "" });
  const overview = overviewFurniture(d);
  const follow2 = el("section", { class: "follow", "aria-label": "The order that is followed", hidden: "" });
  d.root.append(tools, stage, watch.clock, breaks, watch.legend, watch.marks, follow2, words, live, overview, hint);
  stage.append(card, cutter, handle, finder.search);
  d.ui = { searchButton, overlay, tools, card, stage, breaks, cutter, handle, hint, overview, follow: follow2, live, tableCaption, tableBody, words, ...finder, ...watch };
  return d;
}
function saveMenu(d) {
  const film = button("film", () => saveFilm(d), "Film"), summary = el("summary", { class: "tool", text: "Save" });
  const close = () => {
    menu.open = false;
    summary.focus();
  };
  const menu = el("details", { class: "saves", ontoggle: () => film.hidden = !d.said?.film, onkeydown: (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.preventDefault();
    close();
  } }, summary, el("div", { onclick: close }, button("svg", () => saveSvg(d), "SVG"), button("png", () => savePng(d), "PNG"), film));
  return menu;
}
function rove(bar) {
  const tools = () => allOf(bar, ":scope > :is(button, select), summary").filter((tool) => !tool.hidden);
  const stop = (here) => tools().forEach((tool) => put(tool, "tabindex", tool === here ? 0 : -1));
  stop(tools()[0] ?? null);
  bar.addEventListener("focusin", (event) => stop(event.target));
  bar.addEventListener("keydown", (event) => {
    const all = tools(), here = all.findIndex((tool) => tool === event.target);
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === void 0 || isChord(event)) return;
    all[(to + all.length) % all.length].focus();
    event.preventDefault();
  });
}
function searchFurniture(d) {
  const searchInput = el("input", {
    type: "text",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": `${d.uid}-hits`,
    "aria-label": "Find a stage",
    placeholder: "Find a stage",
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => {
      d.hit = 0;
      fillSearch(d);
    },
    onkeydown: (event) => searchKey(d, event),
    onblur: () => {
      search.hidden = true;
    }
  });
  const searchList = el("ul", { role: "listbox", id: `${d.uid}-hits`, "aria-label": "Stages" });
  const searchNone = el("p");
  const search = el("div", { class: "finder", hidden: "" }, searchInput, searchList, searchNone);
  return { search, searchInput, searchList, searchNone };
}
function clockFurniture(d) {
  const playIcon = svgEl("path", { d: "" });
  const play = el(
    "button",
    { type: "button", class: "tool play", onclick: () => playOrPause(d) },
    svgEl("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, playIcon)
  );
  const time = el("span", { class: "time", text: "00:00" });
  const scrub = el("input", {
    type: "range",
    class: "scrub",
    "aria-label": "Time of day",
    min: 0,
    max: 86400,
    step: 60,
    value: 0,
    oninput: () => scrubbed(d),
    onchange: () => {
      scrubbed(d);
      say(d, summaryWords(d));
      sendMoment(d);
    }
  });
  const speed = el(
    "select",
    { class: "speed", "aria-label": "Speed", onchange: () => {
      d.speed = Number(speed.value);
    } },
    ...SPEEDS.map(([value, text]) => el("option", { value, text }))
  );
  speed.value = String(d.speed);
  const faults = el("div", { class: "faults", "aria-hidden": "true" });
  const track = el("div", { class: "track" }, faults, scrub);
  const worth = el("span", { class: "worth" });
  const clock = el("div", { class: "clock", role: "group", "aria-label": "Clock" }, play, time, track, speed, worth);
  const marks = el("ul", { class: "marks", "aria-label": "What happens on this day" });
  return { playIcon, play, time, scrub, speed, faults, worth, clock, marks, ...legendFurniture() };
}

// lifecycle/diagram/living/script/diagram.js
var mounted = 0;
var NOTHING = { version: "", facts: "", title: "", lr: "", tb: "", zones: [], places: [], flows: [] };
function create(parent) {
  const root = el("div", { class: "living" });
  const motion = window.matchMedia("(prefers-reduced-motion: reduce)");
  const ends = [];
  const bare2 = {
    root,
    uid: `hw-living-${++mounted}`,
    data: NOTHING,
    scenes: {},
    scene: null,
    frames: null,
    places: /* @__PURE__ */ new Map(),
    stages: [],
    flows: [],
    selected: null,
    walker: null,
    pending: null,
    pointing: false,
    pointed: null,
    overlay: null,
    picked: null,
    progress: {},
    frame: [],
    t: 0,
    speed: 300,
    playing: false,
    still: motion.matches,
    hasMoment: false,
    opened: false,
    day: null,
    said: null,
    last: null,
    painted: 0,
    late: null,
    mades: [],
    view: { k: 1, x: 0, y: 0 },
    dragged: false,
    pinch: null,
    moved: false,
    pointer: null,
    cardOf: null,
    cutting: null,
    joining: null,
    press: null,
    hovered: null,
    drawn: null,
    drawnAt: 0,
    watched: null,
    toFollow: null,
    followedKey: "",
    gold: null,
    hit: 0,
    hits: [],
    type: "",
    raf: 0,
    redraw: 0,
    tickTimer: void 0,
    inSight: true,
    pictureInSight: true,
    momentSent: null,
    unheard: [],
    momentTimer: void 0,
    cardTimer: void 0,
    cutterTimer: void 0,
    handleTimer: void 0,
    askingAgain: void 0,
    leaving: void 0,
    listen(target, type, act, early = false) {
      target.addEventListener(type, act, early);
      ends.push(() => target.removeEventListener(type, act, early));
    },
    send() {
    },
    // until Streamlit says how
    end() {
      endTicks(d);
      cancelAnimationFrame(bare2.redraw);
      clearTimeout(bare2.askingAgain);
      watch.disconnect();
      sight.disconnect();
      ends.forEach((end) => end());
      root.remove();
    }
  };
  parent.append(root);
  const d = furnish(bare2);
  listenJoining(d);
  listenView(d);
  setPlaying(d, false);
  d.listen(document, "keydown", (event) => globalKey(d, event));
  d.listen(window, "headwaters:choose", ({ detail }) => follow(d, detail));
  d.listen(window, "headwaters:back", ({ detail }) => goBack(d, detail));
  d.listen(window, "pointermove", ({ screenX, screenY }) => {
    d.moved = d.pointer !== null && (d.pointer.screenX !== screenX || d.pointer.screenY !== screenY);
    d.pointer = { screenX, screenY };
  }, true);
  d.listen(document, "visibilitychange", () => {
    d.last = null;
    tick(d);
  });
  d.listen(motion, "change", () => {
    d.still = motion.matches;
    root.classList.toggle("still", d.still);
    if (d.still && d.playing) pause(d);
    else if (d.frames) showMoment(d, d.t);
  });
  root.classList.toggle("still", d.still);
  const watch = new ResizeObserver(() => {
    if (d.data === NOTHING) return;
    pickScene(d);
    sizeType(d);
    if (d.scene) d.scene.sheet = null;
    drawDots(d);
    placeHandle(d);
    drawOverview(d);
  });
  watch.observe(root);
  watch.observe(d.ui.stage);
  const sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (target === root) d.inSight = isIntersecting;
      else d.pictureInSight = isIntersecting;
    }
    if (d.inSight && d.playing) showMoment(d, d.t);
    else drawDots(d);
    tick(d);
  });
  sight.observe(root);
  sight.observe(d.ui.stage);
  d.listen(window, "resize", () => redrawDots(d));
  let clearPaper = () => {
  };
  d.listen(window, "beforeprint", () => {
    clearPaper();
    clearPaper = dotsAsShapes(d);
  });
  d.listen(window, "afterprint", () => clearPaper());
  return d;
}
var HEARD_MS = 8e3;
var DESKS = window.headwatersDiagrams ??= /* @__PURE__ */ new Map();
function diagram_default({ data: sent, parentElement, setTriggerValue }) {
  const data = sent instanceof Uint8Array ? parsed(sent) : sent, { name = "" } = data;
  const desk = DESKS.get(name) ?? { notes: {} };
  DESKS.set(name, desk);
  let d = parentElement.livingDiagram;
  if (!d) {
    d = parentElement.livingDiagram = create(parentElement);
    d.hasMoment = typeof desk.notes.state?.moment_s === "number";
  }
  d.send = (name2, value) => {
    if (d.pending && name2 !== "select" && name2 !== "point" && name2 !== "connect") setTriggerValue("select", d.pending.id ?? "");
    if (d.drawn && name2 === "select" && performance.now() - d.drawnAt < HEARD_MS) setTriggerValue("connect", d.drawn);
    setTriggerValue(name2, value);
  };
  heedLeaving();
  desk.diagram = d;
  const hear = (note) => {
    if ("followed" in note) receiveFollowed(d, note);
    else if ("caught_up" in note) receiveLate(d, note);
    else if ("run" in note) receiveRun(d, note);
    else confirmState(d, note);
  };
  desk.hear = hear;
  receive(d, data);
  for (const note of Object.values(desk.notes)) if (note !== d.said) hear(note);
  clearTimeout(d.leaving);
  return () => {
    d.leaving = setTimeout(() => {
      if (d.root.isConnected) return;
      d.end();
      delete parentElement.livingDiagram;
      if (desk.diagram === d) DESKS.delete(name);
    }, 500);
  };
}
export {
  diagram_default as default
};
