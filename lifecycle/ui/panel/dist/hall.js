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
function fitted(length, room, size) {
  if (!length || length <= room) return { size: null, length: null };
  return { size: length * NARROWEST > room ? size * (room / (length * NARROWEST)) : null, length: room };
}
var NARROWEST = 0.8;

// js/shared/words.js
var plural = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;

// js/shared/voting_words.js
function howManySent(votes, phones, done) {
  if (!phones) return "No phone is here yet";
  if (!votes) return `Nobody has ${done} yet`;
  if (phones === 1) return `The only phone has ${done}`;
  return `${votes} of ${phones} phones ${votes === 1 ? "has" : "have"} ${done}`;
}
var onChoice = (right, count) => [...right ? ["✓ Right"] : [], ...count ? [count] : []].join(" · ");
var howManyHere = (phones) => phones ? `${plural(phones, "phone")} ${phones === 1 ? "is" : "are"} here` : "No phone is here yet";
function changedInWords(changed, both) {
  if (!both) return "Nobody has voted twice";
  if (both === 1) return changed ? "The only one who voted twice chose something else the second time" : "The only one who voted twice chose the same both times";
  const who = changed === 0 ? "None" : changed < both ? `${changed}` : both === 2 ? "Both" : "All";
  return who === "Both" ? "Both who voted twice changed their mind" : `${who} of the ${both} who voted twice changed their mind`;
}

// lifecycle/ui/panel/hall_map.js
var SHADES = [[0.1, "#ffffd4", "#111"], [0.2, "#fed98e", "#111"], [0.3, "#fe9929", "#111"], [0.45, "#d95f0e", "#111"], [1, "#993404", "#fff"]];
var percent = (n, of) => `${of ? Math.round(100 * n / of) : 0} %`;
function drawMap(h) {
  const parsed = new DOMParser().parseFromString(h.data.picture ?? "", "image/svg+xml").documentElement;
  parsed.removeAttribute("width");
  parsed.removeAttribute("height");
  const box = el("div", { class: "map" }, document.importNode(parsed, true));
  const svg = oneOf(box, "svg");
  for (const zone of svg.querySelectorAll("g.cluster")) nameWithin(zone);
  new ResizeObserver(() => sizeType(svg)).observe(svg);
  const groups = allOf(svg, "g[id^='stage-'], g[id^='flow-']");
  const byId = new Map(groups.map((group) => [group.id, group]));
  const flows = h.data.poll.places.filter(({ id }) => id.includes("->"));
  h.map = {
    svg,
    whole: svg.getAttribute("viewBox") ?? "",
    places: new Map(groups.filter(({ id }) => id.startsWith("stage-")).map((group) => [group.id.slice(6), group])),
    flows: new Map(flows.flatMap(({ id }) => {
      const group = byId.get(`flow-${id.replace("->", "-")}`);
      return group ? [[id, group]] : [];
    }))
  };
  h.body.replaceChildren(box);
}
var outline = (group) => group.querySelector("path");
function nameWithin(zone) {
  const frame = outline(zone)?.getAttribute("d")?.match(/-?[\d.]+(?=,)/g)?.map(Number);
  const name = zone.querySelector("text");
  if (!frame || !name) return;
  name.setAttribute("text-anchor", "start");
  name.setAttribute("x", String(Math.min(...frame) + 9));
}
function sizeType(map) {
  const scale2 = map.getScreenCTM()?.a;
  if (!scale2) return;
  const px = 24.5 * Math.min(1, innerWidth / 1920);
  map.style.setProperty("--type", `${Math.min(20, Math.max(12.5, px / scale2)).toFixed(2)}px`);
  for (const group of map.querySelectorAll("g.node")) {
    for (const text of group.querySelectorAll("text")) fitText(text, roomIn(group));
  }
}
var roomIn = (group) => (outline(group)?.getBBox().width ?? 0) - (group.classList.contains("right") ? 12 : 5);
function fitText(text, room) {
  text.removeAttribute("textLength");
  text.style.removeProperty("font-size");
  if (room <= 0) return;
  const { size, length } = fitted(text.getComputedTextLength(), room, parseFloat(getComputedStyle(text).fontSize));
  if (size !== null) text.style.fontSize = `${size.toFixed(2)}px`;
  if (length === null) return;
  text.setAttribute("lengthAdjust", "spacingAndGlyphs");
  text.setAttribute("textLength", length.toFixed(1));
}
function frameMap({ svg, whole: all, places }, named) {
  const beneath = svg.querySelector("#zone-undercurrents");
  const [, , width, height] = all.split(/\s+/).map(Number);
  const top = beneath ? outline(beneath)?.getBBox().y ?? Infinity : Infinity;
  const shift = Number(svg.querySelector("g.graph")?.getAttribute("transform")?.match(/translate\([-\d.]+[ ,]+([-\d.]+)\)/)?.[1] ?? 0);
  const under = [...places].filter(([, group]) => group.getBBox().y > top);
  const whole = !under.length || under.some(([id]) => named(id));
  svg.setAttribute("viewBox", whole ? all : `0 0 ${width} ${Math.min(height, top + shift - 4)}`);
  for (const [, group] of under) group.classList.toggle("off", !whole);
  beneath?.classList.toggle("off", !whole);
  sizeType(svg);
}
function paintMap({ map }, tally, key) {
  if (!map) return;
  const right = new Set(key?.places ?? []), voted = tally?.voted ?? 0;
  const taps = (id) => tally?.places[id] ?? 0;
  const share = (count) => count ? `${count} (${percent(count, voted)})` : "";
  frameMap(map, (id) => right.has(id) || taps(id) > 0);
  for (const [id, group] of map.places) {
    const frame = outline(group);
    if (!frame) continue;
    const count = taps(id);
    const [, fill, ink] = SHADES.find(([most]) => (count ? count / voted : 0) <= most) ?? SHADES[SHADES.length - 1];
    frame.style.fill = right.has(id) ? "" : count ? fill : "transparent";
    group.style.setProperty("--on", ink);
    group.classList.toggle("tapped", count > 0 && !right.has(id));
    group.classList.toggle("right", right.has(id));
    const words = onChoice(right.has(id), share(count));
    const at = frame.getBBox();
    const text = wordsIn(group, at.x + at.width / 2, at.y + at.height - 9);
    text.textContent = words;
    fitText(text, roomIn(group));
    group.classList.toggle("told", Boolean(words));
  }
  for (const [id, group] of map.flows) {
    const line = outline(group);
    if (!line) continue;
    group.classList.toggle("right", right.has(id));
    line.style.stroke = taps(id) && !right.has(id) ? "#d95f0e" : "";
    line.style.strokeWidth = right.has(id) ? "5" : `${1 + (voted ? 6 * taps(id) / voted : 0)}`;
    const { x, y } = line.getPointAtLength(line.getTotalLength() / 2);
    wordsIn(group, x, y - 9).textContent = onChoice(right.has(id), share(taps(id)));
  }
}
function wordsIn(group, x, y) {
  return group.querySelector("text.taps") ?? group.appendChild(svgEl("text", { class: "taps", "text-anchor": "middle", x, y }));
}

// lifecycle/ui/panel/hall_numbers.js
var NOBODY = "Nobody answered";
function paintNumbers(h, tally, key) {
  const { poll } = h.data;
  const now = tally?.bins ?? [];
  const was = tally?.first?.bins ?? [];
  const truth = key?.truth ?? null;
  const [low, high] = scale(poll, [...now, ...was], truth);
  const [W, H, L, B] = [900, 300, 30, 56];
  const x = (value) => L + (W - 2 * L) * (Math.max(low, Math.min(high, value)) - low) / (high - low);
  const tallest = Math.max(1, ...[...now, ...was].map((bin) => bin.count));
  const rise = (count) => (H - B - 60) * count / tallest;
  const plot = svgEl("svg", { class: "plot", viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": numbersInWords(tally, key) });
  const text = (words, attributes) => svgEl("text", { text: words, "text-anchor": "middle", ...attributes });
  const bars = [...now.map((bin) => ({ bin, kind: "bin" })), ...was.map((bin) => ({ bin, kind: "bin first" }))];
  for (const { bin, kind } of bars) if (bin.count) plot.append(svgEl("rect", { class: kind, x: x(bin.low), width: Math.max(4, x(bin.high) - x(bin.low) - 1), y: H - B - rise(bin.count), height: rise(bin.count) }));
  for (const bin of now) if (bin.count) plot.append(text(`${bin.count}`, { x: beside((x(bin.low) + x(bin.high)) / 2, truth === null ? null : x(truth), `${bin.count}`), y: H - B - rise(bin.count) - 5 }));
  plot.append(svgEl("line", { class: "axis", x1: L, x2: W - L, y1: H - B, y2: H - B }));
  for (const value of roundTicks(low, high)) plot.append(text(said(value), { x: x(value), y: H - B + 23 }));
  plot.append(text(poll.unit ? `what you say, in ${poll.unit}` : "what you say", { x: W / 2, y: H - 6 }));
  if (tally && !tally.voted) plot.append(text(NOBODY, { class: "nobody", x: W / 2, y: (H - B) / 2 + 12 }));
  if (key && truth !== null) {
    const end = x(truth) > W / 2;
    plot.append(
      svgEl("line", { class: "truth", x1: x(truth), x2: x(truth), y1: 22, y2: H - B }),
      text(key.said, { class: "truth-label", x: x(truth) + (end ? -8 : 8), y: 34, "text-anchor": end ? "end" : "start" })
    );
  }
  h.body.replaceChildren(plot);
}
function beside(middle, line, words) {
  const room = 8 + 6 * words.length;
  if (line === null || Math.abs(middle - line) >= room) return middle;
  return line + (middle < line ? -room : room);
}
function roundTicks(low, high) {
  const rough = (high - low) / 7, tens = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((each) => each * tens >= rough * 0.999) ?? 10) * tens;
  const ticks = [];
  for (let nth = Math.ceil(low / step - 1e-9); nth * step <= high * (1 + 1e-9); nth++) ticks.push(nth * step);
  return ticks;
}
function scale(poll, bins, truth) {
  const ends = [...poll.kind === "predict" ? [poll.low, poll.high] : [0], ...bins.flatMap((bin) => [bin.low, bin.high]), ...truth === null ? [] : [truth * 1.1]];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return high > low ? [low, high] : [low, low + 1];
}
var said = (value) => Number(value.toPrecision(3)).toLocaleString("en");
function numbersInWords(tally, key) {
  const parts = [tally && !tally.voted ? NOBODY : tally ? `${plural(tally.voted, "answer")}. ${tally.median_said}` : "No answers shown yet"];
  if (key?.said) parts.push(key.said);
  return parts.join("; ");
}

// lifecycle/ui/panel/hall.js
function drawOptions(h) {
  h.rows = h.data.poll.options.map((option, i) => {
    const first = el("i", { class: "first" }), bar = el("i", { class: "bar" });
    const count = el("span", { class: "count" }), letter = el("span", { class: "letter", text: h.data.poll.letters[i] });
    return { first, bar, count, letter, row: el("li", {}, bar, first, letter, el("span", { html: option }), count) };
  });
  h.body.replaceChildren(el("ol", { class: "options" }, ...h.rows.map((parts) => parts.row)));
}
function paintOptions(h, tally, key) {
  const share = (round, i) => round?.voted ? 100 * round.counts[i] / round.voted : 0;
  h.rows.forEach((parts, i) => {
    parts.bar.style.width = `${share(tally, i)}%`;
    parts.first.style.width = `${share(tally?.first, i)}%`;
    const was = tally?.first ? `${percent(tally.first.counts[i], tally.first.voted)} → ` : "";
    const right = Boolean(key?.options.includes(i));
    parts.count.textContent = onChoice(right, tally && (tally.voted || tally.first?.voted) ? `${was}${percent(tally.counts[i], tally.voted)} (${tally.counts[i]})` : "");
    parts.row.classList.toggle("right", right);
  });
}
function paintSaid(h, said2, tally, key) {
  const parts = [];
  if (said2) {
    parts.push(answeredInWords(said2));
    if (!key) parts.push(el("span", { text: stage(said2.state) }));
    if (tally?.median_said) parts.push(el("span", { text: tally.median_said }));
    if (tally?.first) parts.push(el("span", { class: "rounds" }, el("i", { class: "then" }), "first vote", el("i", { class: "now" }), "second vote"));
    if (tally?.beyond) parts.push(el("span", { text: `${plural(tally.beyond, "answer")} far beyond this scale` }));
    if (tally?.first && tally.right !== null) parts.push(el("span", { text: `Right: ${tally.first.right} of ${tally.first.voted}, then ${tally.right} of ${tally.voted}` }));
    if (tally?.shift) parts.push(el("span", { text: shiftInWords(tally.shift) }));
  }
  h.said.replaceChildren(...parts);
  h.said.hidden = !parts.length;
  if (h.why.dataset.shows !== (key?.why ?? "")) {
    h.why.dataset.shows = key?.why ?? "";
    setHtml(h.why, key?.why ?? "");
  }
  h.why.hidden = !key?.why;
}
function answeredInWords({ votes, phones, state }) {
  if (!state.poll) return el("span", { text: howManyHere(phones) });
  if (phones && !votes && !state.open) return el("span", { text: NOBODY });
  const words = howManySent(votes, phones, "answered");
  const count = `${votes} `;
  if (words.startsWith(count)) return el("span", {}, el("b", { text: `${votes}` }), words.slice(count.length - 1));
  return el("span", { text: votes || !phones ? words : `${words}; ${plural(phones, "phone")} can` });
}
function shiftInWords({ moved, both }) {
  const stayed = moved.reduce((sum, row, i) => sum + row[i], 0);
  return changedInWords(both - stayed, both);
}
function stage(state) {
  if (!state.poll) return "";
  const vote = state.round === 2 ? "second vote" : "vote";
  if (state.open) return `The ${vote} is open`;
  return `The ${vote} is closed`;
}
function paintTalk(h, said2) {
  const until = said2?.state.discuss_until_s;
  h.talk.hidden = !until;
  clearTimeout(h.ticking);
  if (!said2 || !until) return;
  const left = Math.max(0, Math.ceil(until - Date.now() / 1e3 - said2.ahead_s));
  h.clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  if (left) h.ticking = setTimeout(() => h.root.isConnected && paint(h), 250);
}
var nothing = () => {
};
var DRAW = {
  single: [drawOptions, paintOptions],
  multiple: [drawOptions, paintOptions],
  number: [nothing, paintNumbers],
  predict: [nothing, paintNumbers],
  click: [drawMap, paintMap],
  open: [nothing, nothing]
  // a question in the presenter's own words has a card of its own (joining.js)
};
function paint(h) {
  const { poll, code } = h.data;
  const feed = code ? window.headwatersClass : null;
  const said2 = feed?.code === code ? feed : null;
  const ours = said2?.state.poll?.id === poll.id ? said2 : null;
  const tally = ours?.tally ?? null;
  const key = code ? ours?.state.key ?? null : h.data.key;
  DRAW[poll.kind][1](h, tally, key);
  paintSaid(h, said2 ?? null, tally, key);
  paintTalk(h, ours ?? null);
}
function create(parent, data) {
  const clock = el("b", { role: "timer", "aria-live": "off" });
  const talk = el("div", { class: "talk", hidden: "" }, el("span", { text: "Talk to your neighbour, then vote again" }), clock);
  const stem = el("div", { class: "stem" }), body = el("div", { class: "body" });
  const said2 = el("div", { class: "said", role: "status" }), why = el("div", { class: "why" });
  const root = el("div", { class: "hall" }, stem, body, talk, said2, why);
  parent.append(root);
  return { root, stem, body, talk, clock, said: said2, why, data, drawn: "", rows: [], map: null, ticking: void 0 };
}
function hall_default({ data, parentElement }) {
  const h = parentElement.hall ??= create(parentElement, data);
  h.data = data;
  if (h.drawn !== data.poll.id) {
    h.drawn = data.poll.id;
    setHtml(h.stem, data.poll.stem);
    if (data.poll.hint) h.stem.append(el("p", { class: "hint", text: data.poll.hint }));
    h.body.replaceChildren();
    DRAW[data.poll.kind][0](h);
  }
  h.root.classList.toggle("compact", data.compact);
  h.root.dataset.kind = data.poll.kind;
  paint(h);
  const heard = () => paint(h);
  window.addEventListener("headwaters-class", heard);
  return () => window.removeEventListener("headwaters-class", heard);
}
export {
  hall_default as default
};
