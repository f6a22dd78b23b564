// A question on the projector. What the class says comes from its own feed (see conductor.js), four times a second at
// most; the right answer comes from the server, and only once it was revealed.

const SVG = "http://www.w3.org/2000/svg";
const NARROWEST = 0.8; // of a text's own width
// As in shading.py: ColorBrewer's YlOrBr, up to a share, its shade and its ink. What nobody tapped keeps the page's ground.
const SHADES = [[0.1, "#ffffd4", "#111"], [0.2, "#fed98e", "#111"], [0.3, "#fe9929", "#111"], [0.45, "#d95f0e", "#111"], [1, "#993404", "#fff"]];

function make(tag, attributes = {}, ...children) {
  const node = attributes.svg ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") node.textContent = value;
    else if (name === "html") node.innerHTML = value; // the server's own rendering, made safe there
    else if (name !== "svg") node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

const plural = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;
const NOBODY = "Nobody answered";
const percent = (n, of) => `${of ? Math.round((100 * n) / of) : 0} %`;

// --- choices

function drawOptions(h) {
  h.rows = h.data.poll.options.map((option, i) => {
    const parts = { first: make("i", { class: "first" }), bar: make("i", { class: "bar" }), count: make("span", { class: "count" }), letter: make("span", { class: "letter", text: h.data.poll.letters[i] }) };
    parts.row = make("li", {}, parts.bar, parts.first, parts.letter, make("span", { html: option }), parts.count);
    return parts;
  });
  h.body.replaceChildren(make("ol", { class: "options" }, ...h.rows.map((parts) => parts.row)));
}

function paintOptions(h, tally, key) {
  const share = (round, i) => (round?.voted ? (100 * round.counts[i]) / round.voted : 0);
  h.rows.forEach((parts, i) => {
    parts.bar.style.width = `${share(tally, i)}%`;
    parts.first.style.width = `${share(tally?.first, i)}%`;
    const was = tally?.first ? `${percent(tally.first.counts[i], tally.first.voted)} → ` : "";
    parts.count.textContent = tally?.voted || tally?.first?.voted ? `${was}${percent(tally.counts[i], tally.voted)} (${tally.counts[i]})` : "";
    const right = Boolean(key?.options.includes(i));
    parts.row.classList.toggle("right", right);
    const letter = h.data.poll.letters[i];
    parts.letter.textContent = right ? `✓ ${letter}` : letter;
    parts.letter.setAttribute("aria-label", right ? `${letter}, right` : letter);
  });
}

// --- numbers and predictions: how they spread, and where the truth lies

function paintNumbers(h, tally, key) {
  const { poll } = h.data;
  const now = tally?.bins ?? [];
  const was = tally?.first?.bins ?? [];
  const truth = key?.truth ?? null;
  const [low, high] = scale(poll, [...now, ...was], truth);
  const [W, H, L, B] = [900, 300, 30, 56];
  const x = (value) => L + ((W - 2 * L) * (Math.max(low, Math.min(high, value)) - low)) / (high - low);
  const tallest = Math.max(1, ...[...now, ...was].map((bin) => bin.count));
  const rise = (count) => ((H - B - 60) * count) / tallest;
  const plot = make("svg", { svg: 1, class: "plot", viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": numbersInWords(tally, key) });
  const text = (words, attributes) => make("text", { svg: 1, text: words, "text-anchor": "middle", ...attributes });
  for (const [bins, kind] of [[now, "bin"], [was, "bin first"]])
    for (const bin of bins) if (bin.count) plot.append(make("rect", { svg: 1, class: kind, x: x(bin.low), width: Math.max(4, x(bin.high) - x(bin.low) - 1), y: H - B - rise(bin.count), height: rise(bin.count) }));
  for (const bin of now) if (bin.count) plot.append(text(`${bin.count}`, { x: beside((x(bin.low) + x(bin.high)) / 2, truth === null ? null : x(truth), `${bin.count}`), y: H - B - rise(bin.count) - 5 }));
  plot.append(make("line", { svg: 1, class: "axis", x1: L, x2: W - L, y1: H - B, y2: H - B }));
  for (const value of roundTicks(low, high)) plot.append(text(said(value), { x: x(value), y: H - B + 23 }));
  plot.append(text(poll.unit ? `what you say, in ${poll.unit}` : "what you say", { x: W / 2, y: H - 6 }));
  if (tally && !tally.voted) plot.append(text(NOBODY, { class: "nobody", x: W / 2, y: (H - B) / 2 + 12 }));
  if (truth !== null) {
    const end = x(truth) > W / 2;
    plot.append(make("line", { svg: 1, class: "truth", x1: x(truth), x2: x(truth), y1: 22, y2: H - B }),
      text(key.said, { class: "truth-label", x: x(truth) + (end ? -8 : 8), y: 34, "text-anchor": end ? "end" : "start" }));
  }
  h.body.replaceChildren(plot);
}

/** The middle of a bar's count: above the bar, or beside the line of the truth where that would cover it. */
function beside(middle, line, words) {
  const room = 8 + 6 * words.length;
  if (line === null || Math.abs(middle - line) >= room) return middle;
  return line + (middle < line ? -room : room);
}

/** Round numbers from `low` to `high`, four to eight of them. */
function roundTicks(low, high) {
  const rough = (high - low) / 7, tens = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * tens).find((each) => each >= rough * 0.999);
  const ticks = [];
  for (let nth = Math.ceil(low / step - 1e-9); nth * step <= high * (1 + 1e-9); nth++) ticks.push(nth * step);
  return ticks;
}

/** A prediction's own scale, else from zero over all bins (which leave out the wildest) and what is right. */
function scale(poll, bins, truth) {
  const ends = [...(poll.kind === "predict" ? [poll.low, poll.high] : [0]), ...bins.flatMap((bin) => [bin.low, bin.high]), ...(truth === null ? [] : [truth * 1.1])];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return high > low ? [low, high] : [low, low + 1];
}

const said = (value) => Number(value.toPrecision(3)).toLocaleString("en");

function numbersInWords(tally, key) {
  const parts = [tally && !tally.voted ? NOBODY : tally ? `${plural(tally.voted, "answer")}. ${tally.median_said}` : "No answers shown yet"];
  if (key?.said) parts.push(key.said);
  return parts.join("; ");
}

// --- a click on the diagram: a heat map of taps

function drawMap(h) {
  const box = make("div", { class: "map" });
  const parsed = new DOMParser().parseFromString(h.data.picture, "image/svg+xml").documentElement;
  parsed.removeAttribute("width");
  parsed.removeAttribute("height");
  box.append(document.importNode(parsed, true));
  h.map = box.querySelector("svg");
  for (const zone of h.map.querySelectorAll("g.cluster")) nameWithin(zone);
  h.whole = null;
  new ResizeObserver(() => sizeType(h.map)).observe(h.map);
  h.places = new Map([...h.map.querySelectorAll("g[id^='stage-']")].map((group) => [group.id.slice(6), group]));
  const flows = h.data.poll.places.filter(({ id }) => id.includes("->"));
  h.flows = new Map(flows.map(({ id }) => [id, h.map.querySelector(`g[id='flow-${id.replace("->", "-")}']`)]).filter(([, group]) => group));
  h.body.replaceChildren(box);
}

/** A zone's name begins inside its frame, however large its letters. */
function nameWithin(zone) {
  const frame = zone.querySelector("path")?.getAttribute("d").match(/-?[\d.]+(?=,)/g)?.map(Number);
  const name = zone.querySelector("text");
  if (!frame || !name) return;
  name.setAttribute("text-anchor", "start");
  name.setAttribute("x", Math.min(...frame) + 9);
}

/** Letters that are read from the last row, however small the map had to be drawn; a box holds no larger ones. */
function sizeType(map) {
  const scale = map.getScreenCTM()?.a;
  if (!scale) return;
  const px = 24.5 * Math.min(1, innerWidth / 1920); // in proportion on a narrower screen
  map.style.setProperty("--type", `${Math.min(16.9, Math.max(12.5, px / scale)).toFixed(2)}px`);
  for (const group of map.querySelectorAll("g.node")) {
    const room = (group.querySelector("path")?.getBBox().width ?? 0) - 8;
    for (const text of group.querySelectorAll("text")) fitText(text, room);
  }
}

/** A text wider than its box is set narrower, and smaller where that would not do (as in living/5-view.js). */
function fitText(text, room) {
  text.removeAttribute("textLength");
  text.style.removeProperty("font-size");
  const length = text.getComputedTextLength();
  if (!length || room <= 0 || length <= room) return;
  if (length * NARROWEST > room) text.style.fontSize = `${((parseFloat(getComputedStyle(text).fontSize) * room) / (length * NARROWEST)).toFixed(2)}px`;
  text.setAttribute("lengthAdjust", "spacingAndGlyphs");
  text.setAttribute("textLength", room.toFixed(1));
}

/** The zones alone, as large as there is room; the undercurrents beneath them once one was tapped, or is right. */
function frameMap(h, named) {
  const beneath = h.map.querySelector("#zone-undercurrents");
  const [, , width, height] = (h.whole ??= h.map.getAttribute("viewBox")).split(/\s+/).map(Number);
  const top = beneath?.querySelector("path")?.getBBox().y;
  const shift = Number(h.map.querySelector("g.graph").getAttribute("transform").match(/translate\([-\d.]+[ ,]+([-\d.]+)\)/)?.[1] ?? 0);
  const under = [...h.places].filter(([, group]) => top !== undefined && group.getBBox().y > top);
  const whole = !under.length || under.some(([id]) => named(id));
  h.map.setAttribute("viewBox", whole ? h.whole : `0 0 ${width} ${Math.min(height, top + shift - 4)}`);
  for (const [, group] of under) group.classList.toggle("off", !whole);
  beneath?.classList.toggle("off", !whole);
  sizeType(h.map);
}

function paintMap(h, tally, key) {
  const right = new Set(key?.places ?? []);
  const taps = (id) => tally?.places[id] ?? 0;
  frameMap(h, (id) => right.has(id) || taps(id) > 0);
  for (const [id, group] of h.places) {
    const frame = group.querySelector("path");
    if (!frame) continue;
    const count = taps(id);
    const [, fill, ink] = SHADES.find(([most]) => (count ? count / tally.voted : 0) <= most);
    frame.style.fill = count ? fill : "transparent";
    group.style.setProperty("--on", ink);
    group.classList.toggle("tapped", count > 0);
    group.classList.toggle("right", right.has(id));
    const told = `${right.has(id) ? "✓ " : ""}${count ? `${count} (${percent(count, tally.voted)})` : ""}`;
    toldIn(group, frame).textContent = told;
    group.classList.toggle("told", Boolean(told)); // its name makes room
  }
  for (const [id, group] of h.flows) {
    const line = group.querySelector("path");
    if (!line) continue;
    group.classList.toggle("right", right.has(id));
    line.style.stroke = taps(id) && !right.has(id) ? "#d95f0e" : "";
    line.style.strokeWidth = right.has(id) ? "5" : `${1 + (tally?.voted ? (6 * taps(id)) / tally.voted : 0)}`;
  }
}

/** Where a place's taps are written. */
function toldIn(group, frame) {
  const area = frame.getBBox();
  return group.querySelector(".taps") ??
    group.appendChild(make("text", { svg: 1, class: "taps", "text-anchor": "middle", x: area.x + area.width / 2, y: area.y + area.height - 9 }));
}

// --- what stands below, and the whole

function paintSaid(h, said, tally, key) {
  const parts = [];
  if (said) {
    if (said.votes) parts.push(make("span", {}, make("b", { text: `${said.votes}` }), ` of ${plural(said.phones, "phone")} ${said.votes === 1 || said.phones === 1 ? "has" : "have"} answered`));
    else parts.push(make("span", { text: !said.phones ? "No phone is here yet" : said.state.open ? `Nobody has answered yet; ${plural(said.phones, "phone")} can` : NOBODY }));
    if (!key) parts.push(make("span", { text: stage(said.state) }));
    if (tally?.median_said) parts.push(make("span", { text: tally.median_said }));
    if (tally?.first) parts.push(make("span", { class: "rounds" }, make("i", { class: "then" }), "first vote", make("i", { class: "now" }), "second vote"));
    if (tally?.beyond) parts.push(make("span", { text: `${tally.beyond} far beyond this scale` }));
    if (tally?.first && tally.right !== null) parts.push(make("span", { text: `Right: ${tally.first.right} of ${tally.first.voted}, then ${tally.right} of ${tally.voted}` }));
    if (tally?.shift) parts.push(make("span", { text: shiftInWords(tally.shift) }));
  }
  h.said.replaceChildren(...parts);
  h.said.hidden = !parts.length;
  if (h.why.dataset.shows !== (key?.why ?? "")) {
    h.why.dataset.shows = key?.why ?? "";
    h.why.innerHTML = key?.why ?? ""; // the server's own rendering, made safe there
  }
  h.why.hidden = !key?.why;
}

function shiftInWords({ moved, both }) {
  const stayed = moved.reduce((sum, row, i) => sum + row[i], 0);
  return `${both - stayed} of the ${both} who voted twice changed their mind`;
}

function stage(state) {
  if (!state.poll) return "";
  const vote = state.round === 2 ? "second vote" : "vote";
  if (state.open) return `The ${vote} is open`;
  return `The ${vote} is closed`;
}

/** Between two rounds: a card with a clock, for as long as neighbours talk it over. */
function paintTalk(h, said, ours) {
  const until = ours ? said.state.discuss_until_s : null;
  h.talk.hidden = !until;
  clearTimeout(h.ticking);
  if (!until) return;
  const left = Math.max(0, Math.ceil(until - Date.now() / 1000 - (said.ahead_s ?? 0)));
  h.clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  if (left) h.ticking = setTimeout(() => h.root.isConnected && paint(h), 250);
}

const DRAW = { single: [drawOptions, paintOptions], multiple: [drawOptions, paintOptions], number: [() => {}, paintNumbers], predict: [() => {}, paintNumbers], click: [drawMap, paintMap] };

function paint(h) {
  const { poll, code } = h.data;
  const feed = code ? window.headwatersClass : null;
  const said = feed?.code === code ? feed : null;
  const ours = said?.state.poll?.id === poll.id;
  const tally = ours ? said.tally : null;
  const key = code ? (ours ? said.state.key : null) : h.data.key;
  DRAW[poll.kind][1](h, tally, key);
  paintSaid(h, said, tally, key);
  paintTalk(h, said, ours);
}

export default function ({ data, parentElement }) {
  let h = parentElement.hall;
  if (!h) {
    h = parentElement.hall = { root: make("div", { class: "hall" }), body: make("div", { class: "body" }), stem: make("div", { class: "stem" }), said: make("div", { class: "said", role: "status" }), clock: make("b", { role: "timer", "aria-live": "off" }), why: make("div", { class: "why" }) };
    h.talk = make("div", { class: "talk", hidden: "" }, make("span", { text: "Talk to your neighbour, then vote again" }), h.clock);
    h.root.append(h.stem, h.body, h.talk, h.said, h.why);
    parentElement.append(h.root);
  }
  h.data = data;
  if (h.drawn !== data.poll.id) {
    h.drawn = data.poll.id;
    h.stem.innerHTML = data.poll.stem; // the server's own rendering, made safe there
    if (data.poll.hint) h.stem.append(make("p", { class: "hint", text: data.poll.hint }));
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
