// A talk for one reader: its steps one after the other, each with its view, its text, and its question with a way to see the answer.

import { byId, el } from "../../../../js/shared/dom.js";
import { number } from "../../../../js/shared/words.js";
import { COURSE, htmlIn } from "./course.js";
import { kept } from "./kept.js";
import { pointTo, tellState } from "./picture.js";
import { answered, ask, judge, variantOf } from "./quiz.js";
import { unsealed } from "./sealing.js";
import { START, go, laidOver, page, settled } from "./state.js";
import { said, showVerdict } from "./verdict.js";

const talkOf = (id) => COURSE.talks.find((talk) => talk.id === id) ?? null;
const guesses = new Map(); // "talk step" -> what was guessed, while the page is open

/** The state of a step: its own view, whatever was turned before. */
export function atStep(id, nth) {
  const talk = talkOf(id), step = Math.min(talk.steps.length, Math.max(1, nth)), { view, plays } = talk.steps[step - 1];
  const wanted = laidOver({ ...START, talk: id, step }, view);
  return settled(plays ? { ...wanted, moment: null } : wanted);
}

function turnTo(nth) {
  go(...atStep(page.state.talk, nth));
  document.querySelector(".talk.on .talk-step.on h3").focus();
}

export function listenTalk() {
  const choice = byId("talk-choice");
  choice.closest("label").hidden = !COURSE.talks.length;
  choice.append(el("option", { value: "", text: "None" }), ...COURSE.talks.map((talk) => el("option", { value: talk.id, text: talk.title })));
  choice.addEventListener("change", () => (choice.value ? go(...atStep(choice.value, 1)) : go({ ...page.state, talk: "", step: 1 })));
  byId("talk-back").addEventListener("click", () => turnTo(page.state.step - 1));
  byId("talk-next").addEventListener("click", () => turnTo(page.state.step + 1));
  byId("talk-view").addEventListener("click", () => go(...atStep(page.state.talk, page.state.step)));
  byId("talk-leave").addEventListener("click", () => {
    go({ ...page.state, talk: "", step: 1 });
    choice.focus();
  });
  byId("talk").addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
    if (!by || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.target.closest("input, select, ol, .talk-step pre")) return;
    const to = page.state.step + by;
    if (to < 1 || to > talkOf(page.state.talk).steps.length) return;
    event.preventDefault();
    turnTo(to);
  });
}

export function showTalk() {
  const talk = talkOf(page.state.talk);
  byId("talk-choice").value = page.state.talk;
  byId("talk").hidden = !talk;
  const now = `${page.state.talk} ${page.state.step}`;
  if (showTalk.now === now) return;
  showTalk.now = now;
  if (page.pointing) pointTo(null);
  byId("talk-ask").replaceChildren();
  if (!talk) return;
  for (const each of document.querySelectorAll(".talk")) each.classList.toggle("on", each.dataset.talk === talk.id);
  for (const each of document.querySelectorAll(".talk.on .talk-step")) each.classList.toggle("on", Number(each.dataset.step) === page.state.step);
  byId("talk-where").textContent = `Step ${page.state.step} of ${talk.steps.length}`;
  byId("talk-back").disabled = page.state.step === 1;
  byId("talk-next").disabled = page.state.step === talk.steps.length;
  const { question, predict } = talk.steps[page.state.step - 1];
  if (question) askInTalk(question);
  if (predict) guessInTalk(predict, now);
}

// --- questions

const REVEALED = {
  single: (variant, key) => rightOptions(variant, key),
  multiple: (variant, key) => rightOptions(variant, key),
  blank: (variant, key) => key.blanks.map(({ value, tolerance, unit }) => el("p", { text: `Right is ${value}${tolerance ? `, give or take ${+tolerance.toPrecision(6)}` : ""}${unit ? `, in ${unit}` : ""}.` })),
  click: (variant, key) => Object.entries(key.places).filter(([, place]) => place.right).map(([id]) => el("p", { text: `Right: ${COURSE.pointable[id] ?? id}.` })),
};
const rightOptions = (variant, key) => key.options.flatMap((option, nth) => (option.right ? said(htmlIn("span", variant.options[nth]), true, option) : []));

function askInTalk(question) {
  const host = byId("talk-ask"), body = el("div", { class: "question", "data-question": question.id });
  const reveal = el("button", { type: "button", text: "Show the answer" }), shown = el("div", { role: "status" });
  const again = () => askInTalk(question), answer = answered(question);
  host.replaceChildren(body, el("p", { class: "row" }, reveal), shown);
  reveal.addEventListener("click", () => {
    const variant = variantOf(question, kept.of(question.id)?.tries ?? 0), key = unsealed(variant.sealed, question.id);
    shown.replaceChildren(...REVEALED[question.kind](variant, key), ...(key.explanation ? [htmlIn("div", key.explanation, { class: "explanation" })] : []));
    reveal.hidden = true;
  });
  if (answer && page.trying !== question.id) {
    showVerdict(body, "", question, answer, { nth: 0, pick: again, again });
    reveal.hidden = answer.verdict.right;
    return;
  }
  ask(body, question, (given, variant) => {
    const tries = (kept.of(question.id)?.tries ?? 0) + 1;
    kept.put(question.id, { given, tries, right: judge(question, variant, given).right });
    page.trying = "";
    again();
    body.isConnected || host.querySelector(".verdict").focus();
    tellState();
  });
}

/** A number to be guessed before the run tells it. */
function guessInTalk({ label, unit, low, high, salt, sealed }, now) {
  const words = (value) => `${+value.toPrecision(4)} ${unit}`.trim();
  const input = el("input", { type: "range", min: low, max: high, step: "any", id: "talk-guess" });
  const shown = el("output", { for: "talk-guess" }), told = el("p", { role: "status" });
  input.value = guesses.get(now) ?? (low + high) / 2;
  const tell = () => {
    shown.textContent = words(Number(input.value));
    input.setAttribute("aria-valuetext", shown.textContent);
  };
  tell();
  input.addEventListener("input", () => { guesses.set(now, Number(input.value)); tell(); });
  const reveal = el("button", { type: "button", class: "primary", text: "Show what the simulation says", onclick: () => {
    told.textContent = `Simulated: ${`${number(unsealed(sealed, salt))} ${unit}`.trim()}. You said ${words(Number(input.value))}.`;
  } });
  byId("talk-ask").replaceChildren(el("div", { class: "question" },
    el("label", { for: "talk-guess", text: `Your prediction: ${label}` }), input, shown,
    el("p", { class: "small", text: `From ${words(low)} to ${words(high)}` }), el("p", { class: "row" }, reveal), told));
}
