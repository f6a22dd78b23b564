// One place's questions, one at a time: answer, hear why, try again, go on. The page itself judges.

import { allOf, el, oneOf } from "../../../../js/shared/dom.js";
import { COURSE, doubt, fits, htmlIn } from "./course.js";
import { kept } from "./kept.js";
import { pointTo, tellState } from "./picture.js";
import { unsealed } from "./sealing.js";
import { page } from "./state.js";
import { showVerdict } from "./verdict.js";

/**
 * @import { BlanksVariant, ChoiceKey, Kinds, OptionsVariant, PairsVariant, Variant } from "./message.js"
 * @import { Answered, Givens, KindName, Question, Verdict } from "./types.js"
 */

/** @type {Record<KindName, string>} */
const HINTS = {
  single: "One answer is right.",
  multiple: "More than one answer is right: choose all of them.",
  blank: "Fill in the blank; capitals do not matter.",
  order: "Move the steps up and down until they are in order.",
  match: "Choose what belongs to each.",
  click: "Click the diagram: a stage, or the line of a flow. Or choose from the list.",
};
/** @type {Map<string, number>} */
const chosen = new Map(); // place -> which of its questions is shown

/** @param {string} place */
export const questionsOf = (place) => COURSE.questions[place] ?? [];

/**
 * Have a question shown where its place's quiz opens next.
 * @param {string} place
 * @param {string} id
 */
export const turnTo = (place, id) => void chosen.set(place, Math.max(0, questionsOf(place).findIndex((question) => question.id === id)));

/**
 * What a question shows after so many tries.
 * @template {KindName} K
 * @param {Question<K>} question
 * @param {number} tries
 */
export const variantOf = (question, tries) => question.variants[tries % question.variants.length];

/**
 * The last answer to a question, judged anew; null where there is none, or where the question has changed since.
 * @template {KindName} K
 * @param {Question<K>} question
 * @returns {Answered<K> | null}
 */
export function answered(question) {
  const answer = kept.of(question);
  if (!answer) return null;
  try {
    const variant = variantOf(question, answer.tries - 1);
    const verdict = judge(question, variant, answer.given);
    if (doubts(question, variant, answer.given).length) Object.assign(verdict, { right: answer.right, parts: verdict.parts.map(() => answer.right) }); // kept by an older copy, which did not ask
    return { ...answer, variant, verdict };
  } catch {
    return null;
  }
}

/** Share of each place's questions that were answered right, for the rings in the diagram. */
export function progress() {
  const asking = COURSE.places.map((place) => ({ id: place.id, questions: questionsOf(place.id) })).filter(({ questions }) => questions.length);
  return Object.fromEntries(asking.map(({ id, questions }) => [id, questions.filter((question) => kept.of(question)?.right).length / questions.length]));
}

/**
 * A question's key, its veil lifted.
 * @template {KindName} K
 * @param {Question<K>} question
 * @param {Kinds[K][0]} variant
 * @returns {Kinds[K][1]}
 */
export const keyFor = (question, variant) => unsealed(variant.sealed, question.id);

/**
 * @template {KindName} K
 * @param {Question<K>} question
 * @param {Kinds[K][0]} variant
 * @param {Givens[K]} given
 * @returns {Verdict<K>}
 */
export function judge(question, variant, given) {
  const key = keyFor(question, variant);
  const parts = JUDGES[question.kind](key, given, variant, question.id);
  return { key, parts, right: parts.every(Boolean) };
}

/**
 * What to ask back before an answer is judged: a sentence for each typed number that can mean two.
 * @template {KindName} K
 * @param {Question<K>} question
 * @param {Kinds[K][0]} variant
 * @param {Givens[K]} given
 * @returns {string[]}
 */
function doubts(question, variant, given) {
  const key = keyFor(question, variant);
  return "blanks" in key ? key.blanks.map((accepted, i) => doubt(String(given[i] ?? ""), accepted, question.id)).filter(Boolean) : [];
}

/**
 * @param {number[]} given
 * @param {number} count
 */
const inRange = (given, count) => {
  if (!Array.isArray(given) || given.some((nth) => !Number.isInteger(nth) || nth < 0 || nth >= count)) throw new Error("an answer to another question");
  return given;
};
/**
 * @param {ChoiceKey} key
 * @param {number[]} given
 * @param {OptionsVariant} variant
 */
const judgeChoice = (key, given, variant) => key.options.map((option, i) => inRange(given, variant.options.length).includes(i) === option.right);
/** @type {{ [K in KindName]: (key: Kinds[K][1], given: Givens[K], variant: Kinds[K][0], id: string) => boolean[] }} */
const JUDGES = {
  single: judgeChoice,
  multiple: judgeChoice,
  blank: (key, given, _variant, id) => key.blanks.map((accepted, i) => fits(String(given[i] ?? ""), accepted, id)),
  order: (key, given) => inRange(given, key.places.length).map((step, place) => key.places[step] === place),
  match: (key, given) => key.pairs.map((pair, i) => inRange(given, key.options.length)[i] === pair),
  click: (key, given) => [Object.hasOwn(key.places, given[0]) && key.places[given[0]].right],
};

/**
 * @param {HTMLElement} host
 * @param {string} place
 * @param {boolean} [focus] whether the question is to have the focus
 */
export function showQuiz(host, place, focus = false) {
  const questions = questionsOf(place);
  if (page.pointing) pointTo(null);
  if (!questions.length) return host.replaceChildren(el("p", { text: "No questions here yet." }));
  const right = questions.filter((each) => answered(each)?.verdict.right).length;
  const nth = Math.min(questions.length - 1, chosen.get(place) ?? Math.max(0, questions.findIndex((each) => !answered(each)?.verdict.right)));
  chosen.set(place, nth);
  const question = questions[nth], answer = answered(question);
  const again = () => showQuiz(host, place, true);
  /** @param {number} n */
  const pick = (n) => { chosen.set(place, n); page.trying = ""; again(); };
  const marks = questions.map((each, n) => {
    const verdict = answered(each)?.verdict, [mark, words] = !verdict ? ["○", "open"] : verdict.right ? ["✓", "right"] : ["✗", "not right yet"];
    return el("button", { type: "button", "aria-label": `Question ${n + 1}, ${words}`, ...(n === nth ? { "aria-current": "true" } : {}), onclick: () => pick(n), text: `${n + 1} ${mark}` });
  });
  const body = el("div", { class: "question", "data-question": question.id });
  host.replaceChildren(
    el("p", { class: "score" }, el("progress", { max: questions.length, value: right, "aria-label": "Answered right" }), ` ${right} of ${questions.length} right`),
    el("div", { class: "numbers", role: "group", "aria-label": "Questions" }, ...marks), body,
    el("p", { class: "small", text: kept.lasting() ? "Your answers are kept in this browser, nowhere else." : "This browser keeps nothing for a page like this: your answers last until you leave it." }));
  if (answer && page.trying !== question.id) showVerdict(body, place, question, answer, { nth, pick, again });
  else ask(body, question, (given, variant) => {
    take(question, variant, given);
    again();
    tellState();
  });
  if (focus) allOf(body, ".stem, .verdict").at(-1)?.focus();
}

/**
 * Judge an answer and keep it.
 * @template {KindName} K
 * @param {Question<K>} question
 * @param {Kinds[K][0]} variant
 * @param {Givens[K]} given
 */
export function take(question, variant, given) {
  const tries = (kept.of(question)?.tries ?? 0) + 1;
  kept.put(question, { given, tries, right: judge(question, variant, given).right });
  page.trying = "";
}

/** @param {Variant | BlanksVariant} variant */
const blanksOf = (variant) => ("blanks" in variant ? variant.blanks : 0);

/**
 * The stem, with a node that `makeBlank` gives in place of each blank.
 * @param {Variant | BlanksVariant} variant
 * @param {(nth: number) => Node} makeBlank
 */
export function stemOf(variant, makeBlank) {
  const stem = htmlIn("div", variant.stem, { class: "stem", tabindex: "-1" });
  const walk = document.createTreeWalker(stem, NodeFilter.SHOW_TEXT), texts = [];
  for (let node = walk.nextNode(); node; node = walk.nextNode()) if (node instanceof Text && node.data.includes(COURSE.gap)) texts.push(node);
  let n = 0;
  for (const text of texts) {
    const [first, ...rest] = text.data.split(COURSE.gap);
    text.replaceWith(first, ...rest.flatMap((part) => [makeBlank(n++), part]));
  }
  while (n < blanksOf(variant)) stem.append(makeBlank(n++));
  return stem;
}

/**
 * Show the controls of a question; `take` is called with the answer when it is complete.
 * @template {KindName} K
 * @param {HTMLElement} body
 * @param {Question<K>} question
 * @param {(given: Givens[K], variant: Kinds[K][0]) => void} take
 */
export function ask(body, question, take) {
  const variant = variantOf(question, kept.of(question)?.tries ?? 0);
  const form = el("form", {}), missing = el("p", { class: "missing", role: "status" });
  const inputs = Array.from({ length: blanksOf(variant) }, (_, n) =>
    el("input", { type: "text", class: "blank", "aria-label": `Blank ${n + 1}`, autocomplete: "off", spellcheck: "false", size: 14 }));
  const stem = stemOf(variant, (n) => inputs[n]);
  const hint = el("p", { class: "small", text: question.number || HINTS[question.kind] });
  const controls = ASKING[question.kind](question, variant, inputs);
  form.append(stem, hint, ...controls.nodes, el("button", { type: "submit", class: "primary", text: "Check" }), missing);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = controls.given(), unsure = given ? doubts(question, variant, given) : [];
    if (unsure.length) missing.textContent = unsure.join(" ");
    else if (given) take(given, variant);
    else missing.textContent = "Choose or write an answer first.";
  });
  body.replaceChildren(form);
}

/** @param {number} count */
function shuffledTo(count) {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/**
 * Controls that ask a question, and the answer as they stand; null while it is not complete.
 * @template G
 * @typedef {{ nodes: Node[], given: () => G | null }} Controls
 */

/**
 * @param {Question<"single" | "multiple">} question
 * @param {OptionsVariant} variant
 * @returns {Controls<number[]>}
 */
function askChoice(question, variant) {
  const type = question.kind === "single" ? "radio" : "checkbox";
  const order = shuffledTo(variant.options.length), inputs = order.map((nth) => el("input", { type, name: "option", value: nth }));
  const boxes = order.map((nth, place) => el("label", { class: "option" }, inputs[place], htmlIn("span", variant.options[nth])));
  const group = el("fieldset", {}, el("legend", { class: "unseen", text: "Your answer" }), ...boxes);
  return {
    nodes: [group],
    given: () => {
      const on = inputs.filter((input) => input.checked).map((input) => Number(input.value)).sort((a, b) => a - b);
      return on.length ? on : null;
    },
  };
}

/**
 * @param {Question<"order">} _question
 * @param {OptionsVariant} variant
 * @returns {Controls<number[]>}
 */
function askOrder(_question, variant) {
  const order = variant.options.map((_, i) => i);
  const list = el("ol", { class: "steps-to-order" }), said = el("p", { class: "unseen", role: "status" });
  /**
   * @param {number} place
   * @param {number} by
   */
  const move = (place, by) => {
    const step = order[place];
    [order[place], order[place + by]] = [order[place + by], order[place]];
    draw();
    const row = list.children[place + by], [up, down] = row.querySelectorAll("button");
    // on in the direction that it went, or back where it is at the end
    const [same, other] = by > 0 ? [down, up] : [up, down];
    (same.disabled ? other : same).focus();
    said.textContent = `${oneOf(row, "span").textContent}: now step ${order.indexOf(step) + 1} of ${order.length}.`;
  };
  /**
   * @param {number} place
   * @param {number} by
   */
  const arrow = (place, by) => {
    const button = el("button", { type: "button", "aria-label": `Move step ${place + 1} ${by < 0 ? "up" : "down"}`, text: by < 0 ? "↑" : "↓", onclick: () => move(place, by) });
    button.disabled = !(place + by in order);
    return button;
  };
  const draw = () => list.replaceChildren(...order.map((step, place) => el("li", {}, htmlIn("span", variant.options[step]), arrow(place, -1), arrow(place, 1))));
  draw();
  return { nodes: [list, said], given: () => [...order] };
}

/**
 * @param {Question<"match">} _question
 * @param {PairsVariant} variant
 * @returns {Controls<number[]>}
 */
function askMatch(_question, variant) {
  const order = shuffledTo(variant.pairs.length);
  const selects = variant.lefts.map((_, i) => (
    el("select", { id: `match-${i}` }, el("option", { value: "", text: "Choose what belongs to it" }),
      ...order.map((nth) => el("option", { value: nth, text: variant.pairs[nth] })))));
  return {
    nodes: variant.lefts.map((left, i) => el("div", { class: "pair" }, htmlIn("label", left, { for: `match-${i}` }), selects[i])),
    given: () => {
      const values = selects.map((select) => select.value);
      return values.every((value) => value !== "") ? values.map(Number) : null;
    },
  };
}

/** @returns {Controls<string[]>} */
function askClick() {
  const select = el("select", { id: "pointed" }, el("option", { value: "", text: "Click the diagram, or choose" }),
    ...Object.entries(COURSE.pointable).map(([value, text]) => el("option", { value, text })));
  /** @param {string} id */
  const mark = (id) => {
    select.value = id;
    pointTo(mark, id);
  };
  select.addEventListener("change", () => pointTo(mark, select.value || null));
  pointTo(mark);
  return { nodes: [el("label", { for: "pointed", text: "Your answer" }), select], given: () => (select.value ? [select.value] : null) };
}

/** @type {{ [K in KindName]: (question: Question<K>, variant: Kinds[K][0], inputs: HTMLInputElement[]) => Controls<Givens[K]> }} */
const ASKING = {
  single: askChoice, multiple: askChoice, order: askOrder, match: askMatch, click: askClick,
  blank: (_question, _variant, inputs) => ({
    nodes: [],
    given: () => (inputs.some((input) => input.value.trim()) ? inputs.map((input) => input.value) : null),
  }),
};
