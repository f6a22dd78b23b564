// A question on the projector. What the class says comes from its own feed (see conductor.js), four times a second at
// most; the right answer comes from the server, and only once it was revealed.

const SVG = "http://www.w3.org/2000/svg";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
// As in shading.py: ColorBrewer's YlOrBr, up to a share, its shade and its ink.
const SHADES = [[0, "#ffffff", "#111"], [0.1, "#ffffd4", "#111"], [0.2, "#fed98e", "#111"], [0.3, "#fe9929", "#111"], [0.45, "#d95f0e", "#111"], [1, "#993404", "#fff"]];
const BINS = 24;

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
const percent = (n, of) => (of ? `${Math.round((100 * n) / of)} %` : "");

// --- choices

function drawOptions(h) {
  h.rows = new Map(h.data.question.options.map((option, i) => {
    const parts = { first: make("i", { class: "first" }), bar: make("i", { class: "bar" }), count: make("span", { class: "count" }), letter: make("span", { class: "letter", text: LETTERS[i] }) };
    parts.row = make("li", {}, parts.bar, parts.first, parts.letter, make("span", { html: option.html }), parts.count);
    parts.name = LETTERS[i];
    return [option.id, parts];
  }));
  h.body.replaceChildren(make("ol", { class: "options" }, ...[...h.rows.values()].map((parts) => parts.row)));
}

function paintOptions(h, votes) {
  const { answer } = h.data;
  for (const [id, parts] of h.rows) {
    const shown = votes && votes.revealed;
    const count = shown ? votes.counts[id] ?? 0 : 0;
    parts.bar.style.width = shown && votes.ballots ? `${(100 * count) / votes.ballots}%` : "0";
    const before = shown && votes.first ? votes.first.counts[id] ?? 0 : 0;
    parts.first.style.width = before && votes.first.ballots ? `${(100 * before) / votes.first.ballots}%` : "0";
    const was = shown && votes.first ? `${percent(before, votes.first.ballots) || "0 %"} → ` : "";
    parts.count.textContent = shown ? `${was}${percent(count, votes.ballots) || "0 %"} (${count})` : "";
    const right = Boolean(answer && answer.right.includes(id));
    parts.row.classList.toggle("right", right);
    parts.letter.textContent = right ? "✓" : parts.name;
    if (right) parts.row.setAttribute("aria-label", "right answer");
    else parts.row.removeAttribute("aria-label");
  }
}

// --- numbers and predictions: how they spread, and where the truth lies

function paintNumbers(h, votes) {
  const { question, answer } = h.data;
  const shown = votes && votes.revealed ? votes.values : [];
  const before = votes && votes.revealed && votes.first ? votes.first.values : [];
  const truth = answer ? answer.truth : null;
  const all = [...shown, ...before, ...(truth === null ? [] : [truth])];
  const low = question.low ?? Math.min(...all, 0);
  let high = question.high ?? Math.max(...all, low + 1);
  if (!(high > low)) high = low + 1;
  const [W, H, L, B] = [900, 300, 30, 46];
  const x = (value) => L + ((W - 2 * L) * (Math.max(low, Math.min(high, value)) - low)) / (high - low);
  const bins = (values) => values.reduce((counts, value) => {
    counts[Math.min(BINS - 1, Math.floor((BINS * (Math.max(low, Math.min(high, value)) - low)) / (high - low)))] += 1;
    return counts;
  }, Array(BINS).fill(0));
  const [now, was] = [bins(shown), bins(before)];
  const tallest = Math.max(1, ...now, ...was);
  const plot = make("svg", { svg: 1, class: "plot", viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": numbersInWords(h, shown, truth) });
  const width = (W - 2 * L) / BINS;
  const rise = (count) => ((H - B - 40) * count) / tallest;
  for (const [counts, kind] of [[now, "bin"], [was, "bin first"]])
    counts.forEach((count, i) => count && plot.append(make("rect", { svg: 1, class: kind, x: L + i * width, width: width - 1, y: H - B - rise(count), height: rise(count) })));
  plot.append(make("line", { svg: 1, class: "axis", x1: L, x2: W - L, y1: H - B, y2: H - B }));
  for (let i = 0; i <= 6; i++) {
    const value = low + ((high - low) * i) / 6;
    plot.append(make("text", { svg: 1, x: x(value), y: H - B + 20, "text-anchor": "middle", text: `${Number(value.toPrecision(3)).toLocaleString("en")}` }));
  }
  plot.append(make("text", { svg: 1, x: W / 2, y: H - 6, "text-anchor": "middle", text: [question.label, question.unit && `(${question.unit})`].filter(Boolean).join(" ") }));
  if (truth !== null) {
    const side = x(truth) > W / 2 ? "end" : "start";
    plot.append(make("line", { svg: 1, class: "truth", x1: x(truth), x2: x(truth), y1: 22, y2: H - B }),
      make("text", { svg: 1, class: "truth-label", x: x(truth) + (side === "start" ? 8 : -8), y: 34, "text-anchor": side,
        text: `${h.data.question.kind === "predict" ? "simulated" : "right"}: ${said(truth)} ${question.unit}`.trim() }));
  }
  h.body.replaceChildren(plot);
}

const said = (value) => Number(value.toPrecision(3)).toLocaleString("en");

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

function numbersInWords(h, values, truth) {
  const parts = [values.length ? `${plural(values.length, "answer")}, median ${said(median(values))} ${h.data.question.unit}` : "no answers shown yet"];
  if (truth !== null) parts.push(`right is ${said(truth)} ${h.data.question.unit}`);
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
  h.places = new Map([...h.map.querySelectorAll("g[id^='stage-']")].map((group) => [group.id.slice(6), group]));
  h.flows = new Map([...h.map.querySelectorAll("g[id^='flow-']")].map((group) => [group.id.slice(5), group]));
  h.body.replaceChildren(box);
}

function paintMap(h, votes) {
  const shown = votes && votes.revealed;
  const right = new Set(h.data.answer?.right ?? []);
  for (const [id, group] of h.places) {
    const count = shown ? votes.counts[id] ?? 0 : 0;
    const share = votes?.ballots ? count / votes.ballots : 0;
    const [, fill, ink] = SHADES.find(([most]) => share <= most);
    const frame = group.querySelector("path");
    if (!frame) continue;
    frame.setAttribute("fill", fill);
    frame.setAttribute("stroke", right.has(id) ? "#12703f" : "#555");
    frame.setAttribute("stroke-width", right.has(id) ? "5" : "1");
    for (const text of group.querySelectorAll("text")) text.setAttribute("style", `fill:${ink}`);
    let taps = group.querySelector(".taps");
    if (!taps) {
      const area = frame.getBBox();
      taps = make("text", { svg: 1, class: "taps", "text-anchor": "middle", x: area.x + area.width / 2, y: area.y + area.height - 4 });
      group.append(taps);
    }
    taps.setAttribute("style", `fill:${ink}`);
    taps.textContent = `${right.has(id) ? "✓ " : ""}${count ? `${count} (${percent(count, votes.ballots)})` : ""}`;
  }
  for (const [id, group] of h.flows) {
    const flow = id.replace("--", "->");
    const count = shown ? votes.counts[flow] ?? 0 : 0;
    const line = group.querySelector("path");
    if (!line) continue;
    line.setAttribute("stroke", right.has(flow) ? "#12703f" : count ? "#d95f0e" : "#777");
    line.setAttribute("stroke-width", right.has(flow) ? "5" : `${1 + 5 * (votes?.ballots ? count / votes.ballots : 0)}`);
  }
}

// --- what stands below, and the whole

function paintSaid(h, votes) {
  const parts = [];
  if (votes) {
    parts.push(make("span", {}, make("b", { text: `${votes.ballots}` }), ` of ${plural(votes.phones, "phone")} ${votes.ballots === 1 ? "has" : "have"} answered`));
    parts.push(make("span", { text: stage(votes) }));
    if (votes.revealed && votes.values.length) parts.push(make("span", {}, "median ", make("b", { text: `${said(median(votes.values))} ${h.data.question.unit}` })));
    if (votes.revealed && votes.shift) {
      const { gained, lost, kept } = votes.shift;
      parts.push(make("span", {}, "From the first vote to the second: ", make("b", { text: `${gained} to right` }), `, ${lost} away from it, ${kept} as before`));
    }
  }
  h.said.replaceChildren(...parts);
  h.said.hidden = !parts.length;
  const why = h.data.answer?.html ?? "";
  h.why.innerHTML = why; // the server's own rendering, made safe there
  h.why.hidden = !why;
}

function stage(votes) {
  const round = votes.round === 2 ? "second vote" : "vote";
  if (votes.open) return `The ${round} is open`;
  return votes.rounds === 2 && votes.round === 1 && !votes.revealed ? "Closed. Convince your neighbour, then vote again" : `The ${round} is closed`;
}

const DRAW = { single: [drawOptions, paintOptions], multiple: [drawOptions, paintOptions], number: [() => {}, paintNumbers], predict: [() => {}, paintNumbers], click: [drawMap, paintMap] };

function paint(h) {
  const { question } = h.data;
  const votes = h.data.live ? votesOf(window.headwatersClass, question) : null;
  DRAW[question.kind][1](h, votes);
  paintSaid(h, votes);
}

/** The class's feed as this drawing needs it; null while it is at another question, or has said nothing yet. */
function votesOf(said, question) {
  if (!said || !said.tally || said.state.poll?.id !== question.id) return null;
  const { state, tally, phones } = said;
  return {
    phones, open: state.open, revealed: state.revealed, round: state.round, rounds: question.rounds,
    ballots: tally.ballots, counts: tally.counts ?? {}, values: tally.values ?? [],
    first: tally.first ? { ballots: tally.first.ballots, counts: tally.first.counts ?? {}, values: tally.first.values ?? [] } : null,
    shift: h_shift(tally, question),
  };
}

export default function ({ data, parentElement }) {
  let h = parentElement.hall;
  if (!h) {
    h = parentElement.hall = { root: make("div", { class: "hall" }), body: make("div"), stem: make("div", { class: "stem" }), said: make("div", { class: "said", role: "status" }), why: make("div", { class: "why" }) };
    h.root.append(h.stem, h.body, h.said, h.why);
    parentElement.append(h.root);
  }
  h.data = data;
  if (h.drawn !== data.question.id) {
    h.drawn = data.question.id;
    h.stem.innerHTML = data.question.stem_html; // the server's own rendering, made safe there
    DRAW[data.question.kind][0](h);
  }
  paint(h);
  const heard = () => paint(h);
  window.addEventListener("headwaters-class", heard);
  return () => window.removeEventListener("headwaters-class", heard);
}
