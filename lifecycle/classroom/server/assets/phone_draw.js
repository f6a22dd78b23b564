// What a phone shows: the open question, with controls of its kind.

import { allOf, byId, el, setHtml, write } from "../../../../js/shared/dom.js";
import { answerNumber, minutes, plural } from "../../../../js/shared/words.js";
import { showAnswer } from "./phone_answer.js";
import { diagram, light } from "./phone_map.js";
import { mark, phone, same } from "./phone_state.js";
import { called, choose, recorded, say } from "./phone_voting.js";

/**
 * @import { KeyShown, PollShown, StateShown, ToPhone } from "../../../../js/shared/class_message.js"
 *
 * @typedef {(poll: PollShown, state: StateShown) => void} Draw
 */

const LONGEST_TEXT = 140;
const choices = byId("choices");

export function show() {
  const { told } = phone;
  if (!told) return;
  const { state } = told, poll = told.votes_here ? state.poll : null;
  waiting(told.votes_here ? "" : "Only seats vote from now on: scan the code on the slip at your seat. What you voted before counts.", "Voting is by seat now");
  byId("wait").hidden = Boolean(poll);
  byId("ask").hidden = !poll;
  if (!poll) { phone.drawn = ""; byId("answer").hidden = true; return; }
  const absent = !state.open && !state.discuss_until_s && !told.mine && !phone.pending;
  const now = `${mark()} ${state.open} ${Boolean(state.key)} ${state.discuss_until_s ?? ""} ${absent}`;
  if (now !== phone.drawn) {
    const anew = !phone.drawn.startsWith(`${mark()} `);
    phone.drawn = now;
    byId("round").textContent = state.round === 2 ? `Second vote${state.open ? ": choose again after talking it over" : ""}` : state.rounds === 2 ? `First vote${state.open ? ": by yourself" : ""}` : "";
    if (anew) { setHtml(byId("stem"), poll.stem); say(""); }
    if (state.key) phone.draft = told.mine; // what was never sent is no answer
    DRAW[poll.kind](poll, state);
    if (absent) takeAway();
    /** @type {(HTMLInputElement | HTMLSelectElement)[]} */
    const inputs = allOf(choices, "input, select");
    for (const input of inputs) input.disabled = !state.open;
    if (!phone.pending) standing(told);
    showAnswer(state, told.mine);
  }
  showButton();
}
/** Nothing was sent and nothing can be: what would take an answer goes; options and the diagram stay, to be read. */
function takeAway() {
  for (const input of choices.querySelectorAll("input, select, textarea")) (input.closest("label.option") ? input : input.closest(".number") ?? input).remove();
  for (const rest of choices.querySelectorAll(".number, .ends, .soft")) rest.remove();
}
/**
 * What stands where there is no question: that one is in, or why one is not.
 * @param {string} why "" for who is in
 * @param {string} [heading]
 */
export function waiting(why, heading = "Not in yet") {
  const [title, words] = why ? [heading, why] : ["You are in", "Look at the screen. The next question comes here by itself."];
  const [head, text] = byId("wait").children;
  write(head, title);
  write(text, words);
}
/** @param {ToPhone} told */
function standing({ state, mine }) {
  if (state.open) { if (mine) recorded(); else if (byId("said").className !== "bad") say(""); }
  else if (state.discuss_until_s) talkItOver();
  else if (mine) say(state.key ? "" : `The ${called().asked} is closed. Your ${called().mine} is recorded.`, "good");
  else if (byId("said").className !== "bad") say(state.key ? "" : `The ${called().asked} is closed. You did not ${called().mine}.`);
}
export function talkItOver() {
  const until = phone.told?.state.discuss_until_s;
  if (!until) return;
  const left = Math.max(0, Math.ceil(until - Date.now() / 1000 - phone.aheadS));
  say(`Talk to your neighbour, ${minutes(left)}. Then you vote again.`, "good");
}
export function showButton() {
  if (!phone.told) return;
  const button = byId("send", HTMLButtonElement), { mine, state } = phone.told;
  button.hidden = !state.open;
  button.disabled = !phone.draft || Boolean(phone.pending) || same(phone.draft, mine);
  button.textContent = mine ? `Change my ${called().mine}` : "Send";
}

/** @type {Record<PollShown["kind"], Draw>} */
const DRAW = {
  single: (poll, state) => options(poll, state, "radio"),
  multiple: (poll, state) => options(poll, state, "checkbox"),
  number(poll) {
    const input = el("input", { id: "number", type: "text", inputmode: "decimal", autocomplete: "off", maxlength: 40, value: phone.draft?.number ?? "" });
    input.oninput = () => choose(input.value.trim() ? { number: input.value.trim() } : null);
    put(el("div", { class: "number" }, el("label", { for: "number", text: poll.unit ? `A number, in ${poll.unit}` : "A number" }), input, el("p", { class: "hint", text: poll.taken })));
  },
  predict(poll) {
    const fine = 10 ** Math.floor(Math.log10((poll.high - poll.low) / 100));
    const input = el("input", { id: "number", type: "range", min: poll.low, max: poll.high, step: fine });
    const drafted = phone.draft?.number;
    input.value = String(drafted ?? (poll.low + poll.high) / 2);
    const shown = el("output", { for: "number" });
    /** @param {string} words */
    const tell = (words) => { shown.textContent = words; input.setAttribute("aria-valuetext", words); };
    tell(drafted === undefined ? "Move the slider" : `${answerNumber(Number(drafted))} ${poll.unit}`);
    input.oninput = () => {
      choose({ number: Number(input.value) });
      tell(`${answerNumber(Number(input.value))} ${poll.unit}`);
    };
    put(el("div", { class: "number" }, el("label", { for: "number", text: "Your prediction" }), shown), input,
      el("div", { class: "ends", "aria-hidden": "true" }, el("span", { text: `${answerNumber(poll.low)} ${poll.unit}` }), el("span", { text: `${answerNumber(poll.high)} ${poll.unit}` })));
  },
  open(_poll, state) {
    const field = el("textarea", { id: "text", maxlength: LONGEST_TEXT, rows: 3, "aria-label": "Your answer, in a few words" });
    field.value = phone.draft?.text ?? "";
    const left = el("output", { class: "soft" });
    const count = () => { left.textContent = `${plural(LONGEST_TEXT - field.value.length, "character")} left`; };
    field.oninput = () => { choose(field.value.trim() ? { text: field.value } : null); count(); };
    count();
    put(field, left, el("p", { class: "soft", text: "The presenter reads it first, and may show it to everybody. No name stands with it." }));
    field.disabled = !state.open;
  },
  click(poll, state) {
    const select = el("select", { id: "place", "aria-label": "A place of the diagram" }, el("option", { value: "", text: "Tap the diagram, or choose here" }),
      ...poll.places.map(({ id, label }) => el("option", { value: id, text: label })));
    select.value = phone.draft?.place ?? "";
    const map = document.getElementById("map") ?? el("div", { id: "map", "aria-hidden": "true" });
    const chosen = () => { choose(select.value ? { place: select.value } : null); light(map, state); };
    select.onchange = chosen;
    put(select, map);
    diagram(map, poll, (id) => { if (!select.disabled) { select.value = id; chosen(); } }).then(() => light(map, state));
  },
};
/** @param {...Node} nodes */
function put(...nodes) {
  const [legend] = choices.children;
  choices.replaceChildren(legend, ...nodes);
}

/** @param {PollShown} poll @param {StateShown} state @param {"radio" | "checkbox"} type */
function options(poll, state, type) {
  const chosen = phone.draft?.chosen ?? [];
  put(...(poll.hint ? [el("p", { class: "hint", text: poll.hint })] : []), ...poll.options.map((html, index) => {
    const input = el("input", { type, name: "option", value: index, checked: chosen.includes(index) });
    input.onchange = () => {
      /** @type {HTMLInputElement[]} */
      const checked = allOf(choices, ":checked");
      choose(checked.length ? { chosen: checked.map((each) => Number(each.value)) } : null);
    };
    const label = el("label", { class: "option" }, input, el("b", { class: "letter", text: poll.letters[index] }), el("span", { html }));
    if (state.key) markOption(label, state.key, index, (phone.told?.mine?.chosen ?? []).includes(index));
    return label;
  }));
}
/** @param {HTMLElement} label @param {KeyShown} key @param {number} index @param {boolean} mine */
function markOption(label, key, index, mine) {
  const right = key.options.includes(index);
  label.classList.toggle("right", right);
  label.classList.toggle("missed", mine && !right);
  const said = right ? (mine ? "✓ Right, and yours" : "✓ Right") : mine ? "✗ Yours" : "";
  if (said) label.append(el("small", {}, el("span", { class: "mark", text: said }), mine && key.feedback[index] ? el("span", { html: `. ${key.feedback[index]}` }) : ""));
}
