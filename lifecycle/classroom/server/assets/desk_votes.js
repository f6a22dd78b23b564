// The class on the desk: what may be done with a vote, and how the votes stand.

import { byId } from "../../../../js/shared/dom.js";
import { rightInWords } from "../../../../js/shared/voting_words.js";
import { answerNumber } from "../../../../js/shared/words.js";
import { at } from "./desk_acting.js";
import { plain, text } from "./desk_draw.js";
import { desk } from "./desk_state.js";

export function buttons(state, here) {
  const judged = Boolean(state.poll) && state.poll.kind !== "open";
  const may = {
    clock: !state.over, ask: !state.poll && Boolean(here?.ask) && !state.over, close: state.open, reopen: Boolean(state.poll) && !state.open && !state.answered,
    discuss: judged && !state.answered && (state.round === 2 || !state.open), second_round: judged && state.round === 1 && !state.answered,
    reveal: judged && !state.revealed, answer: judged && !state.open && !state.answered, hide: judged && state.revealed,
    put_away: Boolean(state.poll) && !state.open, hide_texts: Boolean(desk.told.texts.some((each) => each.shown)),
  };
  for (const button of document.querySelectorAll("[data-act]")) button.disabled = !may[button.dataset.act];
}
export function votes({ poll, open, round, revealed, answered, key }) {
  const counted = desk.told.tally;
  text("phones", String(desk.told.here));
  text("phones-word", desk.told.here === 1 ? "phone here" : "phones here");
  text("votes", String(desk.told.votes));
  const sent = poll?.kind === "open" ? "answer" : "vote";
  text("votes-word", desk.told.votes === 1 ? sent : `${sent}s`);
  const said = poll ? `Round ${round}, ${open ? "open" : "closed"}, ${answered ? "answer shown to the hall" : revealed ? "bars shown to the hall" : poll.kind === "open" ? "the hall sees the texts that you show" : "hidden from the hall"}.` : desk.talk.steps[at().step]?.ask ? "This step has a question: Ask, or v." : "Nothing is asked.";
  const twice = counted?.shift;
  const moved = twice ? ` ${rightInWords(twice.both, twice.first, twice.second)}.` : "";
  const middle = [counted?.median_said, poll && key.said].filter(Boolean).map((each) => ` ${each}.`).join("");
  const none = poll && !desk.told.votes ? ` Nobody has ${sent === "vote" ? "voted" : "answered"}${open ? " yet" : ""}.` : "";
  text("poll", said + none + middle + moved);
  const rows = poll && counted && ROWS[poll.kind] ? ROWS[poll.kind](poll, counted, key) : [];
  while (byId("tally").children.length > rows.length) byId("tally").lastChild.remove();
  rows.forEach((each, nth) => row(nth, each, counted));
  byId("tally").setAttribute("aria-label", rows.map(([name, count, right, letter]) => `${letter ? `${letter}. ` : ""}${name}: ${count}${right ? ", right" : ""}`).join("; ") || "No votes");
}
const choices = (poll, counted, key) => poll.options.map((html, nth) => [plain(html), counted.counts[nth], key.options.includes(nth), poll.letters[nth]]);
const bins = (poll, counted, key) => counted.bins.map(({ low, high, count }, nth, all) => [`${answerNumber(low)} to ${answerNumber(high)} ${poll.unit}`, count, key.truth !== null && key.truth >= low && (key.truth < high || nth === all.length - 1 && key.truth <= high)]).filter(([, count, right]) => count || right);
const ROWS = {
  single: choices, multiple: choices, number: bins, predict: bins,
  click: (poll, counted, key) => poll.places.filter(({ id }) => counted.places[id]).map(({ id, label }) => [label, counted.places[id], key.places.includes(id)]).sort((a, b) => b[1] - a[1]),
};
function row(nth, [name, count, right, letter], { voted }) {
  let node = byId("tally").children[nth];
  if (!node) {
    node = Object.assign(document.createElement("div"), { className: "row", innerHTML: '<span class="text"></span><b></b><span class="bar"><i></i></span>' });
    byId("tally").append(node);
  }
  const [label, figure, bar] = node.children;
  const before = letter ? [Object.assign(document.createElement("b"), { className: "letter", textContent: letter })] : [];
  label.replaceChildren(right ? "✓ " : "", ...before, name);
  figure.textContent = count;
  node.classList.toggle("right", right);
  bar.firstChild.style.width = `${voted ? (100 * count) / voted : 0}%`;
}
