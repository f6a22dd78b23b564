// What a phone shows: the open question, with controls of its kind.

import { byId, el, setHtml } from "../../../../js/shared/dom.js";
import { answerNumber } from "../../../../js/shared/words.js";
import { showAnswer } from "./phone_answer.js";
import { diagram, light } from "./phone_map.js";
import { mark, phone, same } from "./phone_state.js";
import { called, choose, recorded, say } from "./phone_voting.js";

export function show() {
  const { state } = phone.told;
  const poll = phone.told.votes_here ? state.poll : null;
  waiting(phone.told.votes_here ? "" : "Only seats vote from now on: scan the code on the slip at your seat. What you voted before counts.", "Voting is by seat now");
  byId("wait").hidden = Boolean(poll);
  byId("ask").hidden = !poll;
  if (!poll) { phone.drawn = ""; byId("answer").hidden = true; return; }
  const absent = !state.open && !state.discuss_until_s && !phone.told.mine && !phone.pending;
  const now = `${mark()} ${state.open} ${Boolean(state.key)} ${state.discuss_until_s ?? ""} ${absent}`;
  if (now !== phone.drawn) {
    const anew = !phone.drawn.startsWith(`${mark()} `);
    phone.drawn = now;
    byId("round").textContent = state.round === 2 ? `Second vote${state.open ? ": choose again after talking it over" : ""}` : state.rounds === 2 ? `First vote${state.open ? ": by yourself" : ""}` : "";
    if (anew) { setHtml(byId("stem"), poll.stem); say(""); }
    if (state.key) phone.draft = phone.told.mine; // what was never sent is no answer
    DRAW[poll.kind](poll, state);
    if (absent) takeAway();
    for (const input of byId("choices").querySelectorAll("input, select")) input.disabled = !state.open;
    if (!phone.pending) standing(state);
    showAnswer(state);
  }
  showButton();
}
/** Nothing was sent and nothing can be: what would take an answer goes; options and the diagram stay, to be read. */
function takeAway() {
  for (const input of byId("choices").querySelectorAll("input, select, textarea")) (input.closest("label.option") ? input : input.closest(".number") ?? input).remove();
  for (const rest of byId("choices").querySelectorAll(".number, .ends, .soft")) rest.remove();
}
/** What stands where there is no question: that one is in, or why one is not. */
export function waiting(why, heading = "Not in yet") {
  const [title, words] = why ? [heading, why] : ["You are in", "Look at the screen. The next question comes here by itself."];
  const [head, text] = byId("wait").children;
  if (head.textContent !== title) head.textContent = title;
  if (text.textContent !== words) text.textContent = words;
}
function standing(state) {
  if (state.open) { if (phone.told.mine) recorded(); else if (byId("said").className !== "bad") say(""); }
  else if (state.discuss_until_s) talkItOver();
  else if (phone.told.mine) say(state.key ? "" : `The ${called().asked} is closed. Your ${called().mine} is recorded.`, "good");
  else if (byId("said").className !== "bad") say(state.key ? "" : `The ${called().asked} is closed. You did not ${called().mine}.`);
}
export function talkItOver() {
  const left = Math.max(0, Math.ceil(phone.told.state.discuss_until_s - Date.now() / 1000 - phone.aheadS));
  say(`Talk to your neighbour, ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}. Then you vote again.`, "good");
}
export function showButton() {
  const button = byId("send"), { open } = phone.told.state;
  button.hidden = !open;
  button.disabled = !phone.draft || Boolean(phone.pending) || same(phone.draft, phone.told.mine);
  button.textContent = phone.told.mine ? `Change my ${called().mine}` : "Send";
}

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
    input.value = phone.draft?.number ?? (poll.low + poll.high) / 2;
    const shown = el("output", { for: "number", text: phone.draft ? `${answerNumber(phone.draft.number)} ${poll.unit}` : "Move the slider" });
    input.setAttribute("aria-valuetext", shown.textContent);
    input.oninput = () => {
      choose({ number: Number(input.value) });
      shown.textContent = `${answerNumber(phone.draft.number)} ${poll.unit}`;
      input.setAttribute("aria-valuetext", shown.textContent);
    };
    put(el("div", { class: "number" }, el("label", { for: "number", text: "Your prediction" }), shown), input,
      el("div", { class: "ends", "aria-hidden": "true" }, el("span", { text: `${answerNumber(poll.low)} ${poll.unit}` }), el("span", { text: `${answerNumber(poll.high)} ${poll.unit}` })));
  },
  open(poll, state) {
    const field = el("textarea", { id: "text", maxlength: 140, rows: 3 });
    field.value = phone.draft?.text ?? "";
    const left = el("output", { class: "soft" });
    const count = () => { 
      const room = 140 - field.value.length;
      left.textContent = `${room} ${room === 1 ? "character" : "characters"} left`;
    };
    field.oninput = () => { choose(field.value.trim() ? { text: field.value } : null); count(); };
    field.setAttribute("aria-label", "Your answer, in a few words");
    count();
    put(field, left, el("p", { class: "soft", text: "The presenter reads it first, and may show it to everybody. No name stands with it." }));
    field.disabled = !state.open;
  },
  click(poll, state) {
    const select = el("select", { id: "place" }, el("option", { value: "", text: "Tap the diagram, or choose here" }), ...poll.places.map(({ id, label }) => el("option", { value: id, text: label })));
    select.value = phone.draft?.place ?? "";
    select.setAttribute("aria-label", "A place of the diagram");
    const map = document.getElementById("map") ?? el("div", { id: "map", "aria-hidden": "true" });
    select.onchange = () => { choose(select.value ? { place: select.value } : null); light(map, state); };
    put(select, map);
    diagram(map, poll, (id) => { if (!select.disabled) { select.value = id; select.onchange(); } }).then(() => light(map, state));
  },
};
function put(...nodes) { byId("choices").replaceChildren(byId("choices").firstElementChild, ...nodes); }

function options(poll, state, type) {
  const chosen = phone.draft?.chosen ?? [];
  put(...(poll.hint ? [el("p", { class: "hint", text: poll.hint })] : []), ...poll.options.map((html, index) => {
    const input = el("input", { type, name: "option", value: index, checked: chosen.includes(index) });
    input.onchange = () => {
      const now = [...byId("choices").querySelectorAll(":checked")].map((each) => Number(each.value));
      choose(now.length ? { chosen: now } : null);
    };
    const label = el("label", { class: "option" }, input, el("b", { class: "letter", text: poll.letters[index] }), el("span", { html }));
    if (state.key) mark_option(label, state.key, index, (phone.told.mine?.chosen ?? []).includes(index));
    return label;
  }));
}
function mark_option(label, key, index, mine) {
  const right = key.options.includes(index);
  label.classList.toggle("right", right);
  label.classList.toggle("missed", mine && !right);
  const said = right ? (mine ? "✓ Right, and yours" : "✓ Right") : mine ? "✗ Yours" : "";
  if (said) label.append(el("small", {}, el("span", { class: "mark", text: said }), mine && key.feedback[index] ? el("span", { html: `. ${key.feedback[index]}` }) : ""));
}
