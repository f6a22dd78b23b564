// The class on the desk: what may be done with a vote, and how the votes stand.

import { allOf, byId, el, oneOf } from "../../../../js/shared/dom.js";
import { rightInWords } from "../../../../js/shared/voting_words.js";
import { answerNumber } from "../../../../js/shared/words.js";
import { at } from "./desk_acting.js";
import { plain, text } from "./desk_draw.js";
import { desk } from "./desk_state.js";

/**
 * @import { ActSent, KeyShown, PollShown, TallyShown, ToDesk } from "../../../../js/shared/class_message.js"
 *
 * @typedef {{ name: string, count: number, right: boolean, letter?: string }} Row an answer, and how many gave it
 */

/**
 * The buttons that act by a name, which stands in the page itself.
 * @returns {{ button: HTMLButtonElement, action: ActSent["action"] }[]}
 */
export function acts() {
  /** @type {HTMLButtonElement[]} */
  const all = allOf(document, "[data-act]");
  return all.map((button) => ({ button, action: /** @type {ActSent["action"]} */ (button.dataset.act) })); // a test holds the page to them
}

/**
 * @param {ToDesk} told
 * @param {boolean} asks whether the step has a question
 */
export function buttons({ state, texts }, asks) {
  const judged = Boolean(state.poll) && state.poll?.kind !== "open";
  /** @type {Partial<Record<ActSent["action"], boolean>>} */
  const may = {
    clock: !state.over, ask: !state.poll && asks && !state.over, close: state.open, reopen: Boolean(state.poll) && !state.open && !state.answered,
    discuss: judged && !state.answered && (state.round === 2 || !state.open), second_round: judged && state.round === 1 && !state.answered,
    reveal: judged && !state.revealed, answer: judged && !state.open && !state.answered, hide: judged && state.revealed,
    put_away: Boolean(state.poll) && !state.open, hide_texts: texts.some((each) => each.shown),
  };
  for (const { button, action } of acts()) button.disabled = !may[action];
}
/** @param {ToDesk} told */
export function votes({ state, here, votes: cast, tally: counted }) {
  const { poll, open, round, revealed, answered, key } = state;
  text("phones", String(here));
  text("phones-word", here === 1 ? "phone here" : "phones here");
  text("votes", String(cast));
  const sent = poll?.kind === "open" ? "answer" : "vote";
  text("votes-word", cast === 1 ? sent : `${sent}s`);
  const said = poll ? `Round ${round}, ${open ? "open" : "closed"}, ${answered ? "answer shown to the hall" : revealed ? "bars shown to the hall" : poll.kind === "open" ? "the hall sees the texts that you show" : "hidden from the hall"}.` : desk.steps[at().step]?.ask ? "This step has a question: Ask, or v." : "Nothing is asked.";
  const twice = counted?.shift;
  const moved = twice ? ` ${rightInWords(twice.both, twice.first, twice.second)}.` : "";
  const middle = [counted?.median_said, poll && key?.said].filter(Boolean).map((each) => ` ${each}.`).join("");
  const none = poll && !cast ? ` Nobody has ${sent === "vote" ? "voted" : "answered"}${open ? " yet" : ""}.` : "";
  text("poll", said + none + middle + moved);
  const rows = poll && counted && key ? ROWS[poll.kind](poll, counted, key) : [];
  const list = byId("tally");
  while (list.children.length > rows.length) list.lastChild?.remove();
  rows.forEach((each, nth) => show(list, nth, each, counted?.voted ?? 0));
  list.setAttribute("aria-label", rows.map(({ name, count, right, letter }) => `${letter ? `${letter}. ` : ""}${name}: ${count}${right ? ", right" : ""}`).join("; ") || "No votes");
}
/** @typedef {(poll: PollShown, counted: TallyShown, key: KeyShown) => Row[]} Rows */
/** @type {Rows} */
const choices = (poll, counted, key) => poll.options.map((html, nth) => ({ name: plain(html), count: counted.counts[nth], right: key.options.includes(nth), letter: poll.letters[nth] }));
/** @type {Rows} */
const bins = (poll, counted, { truth }) => counted.bins.map(({ low, high, count }, nth, all) => ({
  name: `${answerNumber(low)} to ${answerNumber(high)} ${poll.unit}`, count,
  right: truth !== null && truth >= low && (truth < high || (nth === all.length - 1 && truth <= high)),
})).filter(({ count, right }) => count || right);
/** @type {Rows} */
const places = (poll, counted, key) => poll.places.map(({ id, label }) => ({ name: label, count: counted.places[id] ?? 0, right: key.places.includes(id) }))
  .filter(({ count, right }) => count || right).sort((a, b) => b.count - a.count);
/** @type {Record<PollShown["kind"], Rows>} */
const ROWS = { single: choices, multiple: choices, number: bins, predict: bins, click: places, open: () => [] };
/**
 * @param {HTMLElement} list
 * @param {number} nth
 * @param {Row} row
 * @param {number} voted
 */
function show(list, nth, { name, count, right, letter }, voted) {
  const node = list.children[nth] ?? list.appendChild(
    el("div", { class: "row" }, el("span", { class: "text" }), el("b"), el("span", { class: "bar" }, el("i"))));
  const [label, figure] = node.children;
  label.replaceChildren(right ? "✓ " : "", ...(letter ? [el("b", { class: "letter", text: letter })] : []), name);
  figure.textContent = String(count);
  node.classList.toggle("right", right);
  oneOf(node, ".bar > i").style.width = `${voted ? (100 * count) / voted : 0}%`;
}
