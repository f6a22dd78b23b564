// A question on the projector. What the class says comes from its own feed (see conductor.js), four times a second at
// most; the right answer comes from the server, and only once it was revealed.

import { el, setHtml } from "../../../js/shared/dom.js";
import { changedInWords, howManyHere, howManySent, onChoice } from "../../../js/shared/voting_words.js";
import { plural } from "../../../js/shared/words.js";
import { drawMap, paintMap, percent } from "./hall_map.js";
import { NOBODY, paintNumbers } from "./hall_numbers.js";

/**
 * @import { HeardByHall, KeyShown, PollShown, ShiftShown, StateShown, TallyShown } from "../../../js/shared/class_message.js"
 * @import { HallQuestion } from "./message.js"
 * @import { Hall, Paint } from "./types.js"
 */

// --- choices

/** @param {Hall} h */
function drawOptions(h) {
  h.rows = h.data.poll.options.map((option, i) => {
    const first = el("i", { class: "first" }), bar = el("i", { class: "bar" });
    const count = el("span", { class: "count" }), letter = el("span", { class: "letter", text: h.data.poll.letters[i] });
    return { first, bar, count, letter, row: el("li", {}, bar, first, letter, el("span", { html: option }), count) };
  });
  h.body.replaceChildren(el("ol", { class: "options" }, ...h.rows.map((parts) => parts.row)));
}

/** @type {Paint} */
function paintOptions(h, tally, key) {
  /** @type {(round: TallyShown | null | undefined, i: number) => number} */
  const share = (round, i) => (round?.voted ? (100 * round.counts[i]) / round.voted : 0);
  h.rows.forEach((parts, i) => {
    parts.bar.style.width = `${share(tally, i)}%`;
    parts.first.style.width = `${share(tally?.first, i)}%`;
    const was = tally?.first ? `${percent(tally.first.counts[i], tally.first.voted)} → ` : "";
    const right = Boolean(key?.options.includes(i));
    parts.count.textContent = onChoice(right, tally && (tally.voted || tally.first?.voted) ? `${was}${percent(tally.counts[i], tally.voted)} (${tally.counts[i]})` : "");
    parts.row.classList.toggle("right", right);
  });
}

// --- what stands below, and the whole

/**
 * @param {Hall} h
 * @param {HeardByHall | null} said
 * @param {TallyShown | null} tally
 * @param {KeyShown | null} key
 */
function paintSaid(h, said, tally, key) {
  const parts = [];
  if (said) {
    parts.push(answeredInWords(said));
    if (!key) parts.push(el("span", { text: stage(said.state) }));
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
    setHtml(h.why, key?.why ?? ""); // the server's own rendering, made safe there
  }
  h.why.hidden = !key?.why;
}

/**
 * How many have answered, the number in bold.
 * @param {HeardByHall} said
 */
function answeredInWords({ votes, phones, state }) {
  if (!state.poll) return el("span", { text: howManyHere(phones) });
  if (phones && !votes && !state.open) return el("span", { text: NOBODY });
  const words = howManySent(votes, phones, "answered");
  const count = `${votes} `;
  if (words.startsWith(count)) return el("span", {}, el("b", { text: `${votes}` }), words.slice(count.length - 1));
  return el("span", { text: votes || !phones ? words : `${words}; ${plural(phones, "phone")} can` });
}

/** @param {ShiftShown} shift */
function shiftInWords({ moved, both }) {
  const stayed = moved.reduce((sum, row, i) => sum + row[i], 0);
  return changedInWords(both - stayed, both);
}

/** @param {StateShown} state */
function stage(state) {
  if (!state.poll) return "";
  const vote = state.round === 2 ? "second vote" : "vote";
  if (state.open) return `The ${vote} is open`;
  return `The ${vote} is closed`;
}

/**
 * Between two rounds: a card with a clock, for as long as neighbours talk it over.
 * @param {Hall} h
 * @param {HeardByHall | null} said of this very question
 */
function paintTalk(h, said) {
  const until = said?.state.discuss_until_s;
  h.talk.hidden = !until;
  clearTimeout(h.ticking);
  if (!said || !until) return;
  const left = Math.max(0, Math.ceil(until - Date.now() / 1000 - said.ahead_s));
  h.clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  if (left) h.ticking = setTimeout(() => h.root.isConnected && paint(h), 250);
}

const nothing = () => {};
/** @type {Record<PollShown["kind"], [(h: Hall) => void, Paint]>} */
const DRAW = {
  single: [drawOptions, paintOptions], multiple: [drawOptions, paintOptions],
  number: [nothing, paintNumbers], predict: [nothing, paintNumbers], click: [drawMap, paintMap],
  open: [nothing, nothing], // a question in the presenter's own words has a card of its own (joining.js)
};

/** @param {Hall} h */
function paint(h) {
  const { poll, code } = h.data;
  const feed = code ? window.headwatersClass : null;
  const said = feed?.code === code ? feed : null;
  const ours = said?.state.poll?.id === poll.id ? said : null;
  const tally = ours?.tally ?? null;
  const key = code ? ours?.state.key ?? null : h.data.key;
  DRAW[poll.kind][1](h, tally, key);
  paintSaid(h, said ?? null, tally, key);
  paintTalk(h, ours ?? null);
}

/**
 * @param {HTMLElement} parent
 * @param {HallQuestion} data
 * @returns {Hall}
 */
function create(parent, data) {
  const clock = el("b", { role: "timer", "aria-live": "off" });
  const talk = el("div", { class: "talk", hidden: "" }, el("span", { text: "Talk to your neighbour, then vote again" }), clock);
  const stem = el("div", { class: "stem" }), body = el("div", { class: "body" });
  const said = el("div", { class: "said", role: "status" }), why = el("div", { class: "why" });
  const root = el("div", { class: "hall" }, stem, body, talk, said, why);
  parent.append(root);
  return { root, stem, body, talk, clock, said, why, data, drawn: "", rows: [], map: null, ticking: undefined };
}

/** @param {Mount<HallQuestion, HTMLElement & { hall?: Hall }>} mount */
export default function ({ data, parentElement }) {
  const h = (parentElement.hall ??= create(parentElement, data));
  h.data = data;
  if (h.drawn !== data.poll.id) {
    h.drawn = data.poll.id;
    setHtml(h.stem, data.poll.stem); // the server's own rendering, made safe there
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
