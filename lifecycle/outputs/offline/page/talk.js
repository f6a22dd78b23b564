// A lesson or a talk for one reader: its steps one after the other, each with its view, its text, and its question with a way to see the answer.

import { allOf, byId, el, isChord, oneOf, put } from "../../../../js/shared/dom.js";
import { number } from "../../../../js/shared/words.js";
import { COURSE, htmlIn, talkOf } from "./course.js";
import { kept } from "./kept.js";
import { pointTo, tellState } from "./picture.js";
import { answered, ask, keyFor, take, variantOf } from "./quiz.js";
import { unsealed } from "./sealing.js";
import { START, go, laidOver, page, settled } from "./state.js";
import { said, showVerdict } from "./verdict.js";

/**
 * @import { AcceptedNumber, AcceptedText, ChoiceKey, HeldKey, Kinds, OptionsVariant, SentGuess, Variant } from "./message.js"
 * @import { KindName, Question, Talk } from "./types.js"
 */

/** @type {Map<string, number>} */
const guesses = new Map(); // "talk step" -> what was guessed, while the page is open

/**
 * The state of a step: its own view, whatever was turned before.
 * @param {Talk} talk
 * @param {number} nth
 */
export function atStep(talk, nth) {
  const step = Math.min(talk.steps.length, Math.max(1, nth)), { view, plays } = talk.steps[step - 1];
  const wanted = laidOver({ ...START, talk: talk.id, step }, view);
  return settled(plays ? { ...wanted, moment: null } : wanted);
}

/** @param {number} nth */
function turnTo(nth) {
  const talk = talkOf(page.state.talk);
  if (!talk || nth < 1 || nth > talk.steps.length) return;
  go(...atStep(talk, nth));
  focusStep();
}

function focusStep() {
  pointed = false;
  oneOf(document, ".talk.on .talk-step.on h3").focus();
}

const leave = () => go({ ...page.state, talk: "", step: 1 });

export function listenTalk() {
  const choice = byId("talk-choice", HTMLSelectElement);
  byId("talk-field").hidden = !COURSE.talks.length;
  choice.append(el("option", { value: "", text: "None" }));
  for (const [label, lesson] of /** @type {[string, boolean][]} */ ([["Lessons", true], ["Talks", false]])) {
    const options = COURSE.talks.filter((talk) => talk.lesson === lesson).map((talk) => el("option", { value: talk.id, text: talk.title }));
    if (options.length) choice.append(el("optgroup", { label }, ...options));
  }
  choice.addEventListener("change", () => {
    const talk = talkOf(choice.value);
    if (!talk) return leave();
    go(...atStep(talk, 1));
    if (pointed) focusStep(); // who chooses by keys may be on the way to another talk
  });
  byId("talk-back").addEventListener("click", () => turnTo(page.state.step - 1));
  byId("talk-next").addEventListener("click", () => turnTo(page.state.step + 1));
  byId("talk-view").addEventListener("click", () => {
    const talk = talkOf(page.state.talk);
    if (talk) go(...atStep(talk, page.state.step));
  });
  byId("talk-leave").addEventListener("click", () => {
    leave();
    choice.focus();
  });
  document.addEventListener("pointerdown", () => { pointed = true; }, true);
  document.addEventListener("keydown", turnByKey);
}

let pointed = false; // whether the focus came by a pointer, so that keys need not be those of what has it
/** @type {Record<string, number>} */
const TURNS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
// What reads such keys itself: texts that scroll, tabs, the picture, and answers that are being given.
const READS_KEYS = "#diagram, #panel, [role=tab], .scroll, pre, textarea, input:not([type=radio]), #talk :is(input, select, ol)";

/**
 * Left, right and the page keys turn the steps of a talk, unless what has the focus reads them itself.
 * @param {KeyboardEvent} event
 */
function turnByKey(event) {
  const by = TURNS[event.key], at = event.target;
  if (!by || !page.state.talk || !(at instanceof Element) || isChord(event) || event.shiftKey || at.closest(READS_KEYS)) {
    pointed = false;
    return;
  }
  // up and down still choose in the list of talks; a switch or another list that was reached by keys keeps all of them
  if (at.closest("input, select") && at.id !== "talk-choice" && !pointed) return;
  event.preventDefault();
  turnTo(page.state.step + by);
}

let stepShown = "";

export function showTalk() {
  const talk = talkOf(page.state.talk);
  byId("talk-choice", HTMLSelectElement).value = page.state.talk;
  byId("talk").hidden = !talk;
  const now = `${page.state.talk} ${page.state.step}`;
  if (stepShown === now) return;
  stepShown = now;
  if (page.pointing) pointTo(null);
  byId("talk-ask").replaceChildren();
  if (!talk) return;
  for (const article of allOf(document, ".talk")) article.classList.toggle("on", article.dataset.talk === talk.id);
  for (const section of allOf(document, ".talk.on .talk-step")) section.classList.toggle("on", Number(section.dataset.step) === page.state.step);
  byId("talk-where").textContent = `Step ${page.state.step} of ${talk.steps.length}`;
  byId("talk-back", HTMLButtonElement).disabled = page.state.step === 1;
  byId("talk-next", HTMLButtonElement).disabled = page.state.step === talk.steps.length;
  const { question, predict } = talk.steps[page.state.step - 1];
  if (question) askInTalk(question);
  if (predict) guessInTalk(predict, now);
}

// --- questions

/**
 * @param {OptionsVariant} variant
 * @param {ChoiceKey} key
 */
const rightOptions = (variant, key) => key.options.flatMap((option, nth) => (option.right ? said(htmlIn("span", variant.options[nth]), true, option) : []));

/** @param {AcceptedText | AcceptedNumber} accepted */
function acceptedWords(accepted) {
  if (!("value" in accepted)) return "";
  const { value, tolerance, unit } = accepted;
  return `Right is ${value}${tolerance ? `, give or take ${+tolerance.toPrecision(6)}` : ""}${unit ? `, in ${unit}` : ""}.`;
}

/**
 * @param {Variant} _variant
 * @param {HeldKey} key
 */
const rightLines = (_variant, key) => key.answer.map((line) => htmlIn("p", line));

/** @type {{ [K in KindName]: (variant: Kinds[K][0], key: Kinds[K][1]) => Node[] }} */
const REVEALED = {
  single: rightOptions,
  multiple: rightOptions,
  blank: (_variant, key) => key.blanks.map((accepted) => el("p", { text: acceptedWords(accepted) })),
  order: rightLines,
  match: rightLines,
  click: (_variant, key) => Object.entries(key.places).filter(([, place]) => place.right).map(([id]) => el("p", { text: `Right: ${COURSE.pointable[id] ?? id}.` })),
};

/** @param {Question} question */
function askInTalk(question) {
  const host = byId("talk-ask"), body = el("div", { class: "question", "data-question": question.id });
  const reveal = el("button", { type: "button", text: "Show the answer" }), shown = el("div", { role: "status" });
  const again = () => askInTalk(question), answer = answered(question);
  host.replaceChildren(body, el("p", { class: "row" }, reveal), shown);
  reveal.addEventListener("click", () => {
    shown.replaceChildren(...revealed(question));
    reveal.hidden = true;
  });
  if (answer && page.trying !== question.id) {
    showVerdict(body, "", question, answer, { nth: 0, pick: again, again });
    reveal.hidden = answer.verdict.right;
    return;
  }
  ask(body, question, (given, variant) => {
    take(question, variant, given);
    again();
    oneOf(host, ".verdict").focus();
    tellState();
  });
}

/**
 * The right answer and its reason.
 * @template {KindName} K
 * @param {Question<K>} question
 */
function revealed(question) {
  const variant = variantOf(question, kept.of(question)?.tries ?? 0), key = keyFor(question, variant);
  return [...REVEALED[question.kind](variant, key), ...(key.explanation ? [htmlIn("div", key.explanation, { class: "explanation" })] : [])];
}

/**
 * A number to be guessed before the run tells it.
 * @param {SentGuess} guess
 * @param {string} now the step that asks for it
 */
function guessInTalk({ label, unit, low, high, salt, sealed }, now) {
  /** @param {number} value */
  const words = (value) => `${+value.toPrecision(4)} ${unit}`.trim();
  const input = el("input", { type: "range", min: low, max: high, step: "any", id: "talk-guess" });
  const shown = el("output", { for: "talk-guess" }), told = el("p", { role: "status" });
  input.value = String(guesses.get(now) ?? (low + high) / 2);
  const tell = () => {
    shown.textContent = words(Number(input.value));
    put(input, "aria-valuetext", words(Number(input.value)));
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
