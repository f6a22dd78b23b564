// One place's questions, one at a time: answer, hear why, try again, go on. The page itself judges.

import { el } from "../../../../js/shared/dom.js";
import { COURSE, doubt, fits, htmlIn } from "./course.js";
import { kept } from "./kept.js";
import { pointTo, tellState } from "./picture.js";
import { unsealed } from "./sealing.js";
import { page } from "./state.js";
import { showVerdict } from "./verdict.js";

const HINTS = {
  single: "One answer is right.",
  multiple: "More than one answer is right: choose all of them.",
  blank: "Fill in the blank; capitals do not matter.",
  order: "Move the steps up and down until they are in order.",
  match: "Choose what belongs to each.",
  click: "Click the diagram: a stage, or the line of a flow. Or choose from the list.",
};
const chosen = new Map(); // place -> which of its questions is shown

export const questionsOf = (place) => COURSE.questions[place] ?? [];
export const variantOf = (question, tries) => question.variants[tries % question.variants.length];

/** The last answer to a question, judged anew; null where there is none, or where the question has changed since. */
export function answered(question) {
  const answer = kept.of(question.id);
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
  const every = COURSE.places.map((place) => [place.id, questionsOf(place.id)]).filter(([, questions]) => questions.length);
  return Object.fromEntries(every.map(([id, questions]) => [id, questions.filter((each) => kept.of(each.id)?.right).length / questions.length]));
}

export function judge(question, variant, given) {
  const key = unsealed(variant.sealed, question.id);
  const parts = JUDGES[question.kind](key, given, variant, question);
  return { key, parts, right: parts.every(Boolean) };
}

/** What to ask back before an answer is judged: a sentence for each typed number that can mean two. */
function doubts(question, variant, given) {
  if (question.kind !== "blank") return [];
  return unsealed(variant.sealed, question.id).blanks.map((accepted, i) => doubt(String(given[i] ?? ""), accepted, question.id)).filter(Boolean);
}

const inRange = (given, count) => {
  if (!Array.isArray(given) || given.some((nth) => !Number.isInteger(nth) || nth < 0 || nth >= count)) throw new Error("an answer to another question");
  return given;
};
const judgeChoice = (key, given, variant) => key.options.map((option, i) => inRange(given, variant.options.length).includes(i) === option.right);
const JUDGES = {
  single: judgeChoice,
  multiple: judgeChoice,
  blank: (key, given, variant, question) => key.blanks.map((accepted, i) => fits(String(given[i] ?? ""), accepted, question.id)),
  order: (key, given) => inRange(given, key.places.length).map((step, place) => key.places[step] === place),
  match: (key, given) => key.pairs.map((pair, i) => inRange(given, key.options.length)[i] === pair),
  click: (key, given) => [Object.hasOwn(key.places, given[0]) && key.places[given[0]].right],
};

export function showQuiz(host, place, focus = false) {
  const questions = questionsOf(place);
  if (page.pointing) pointTo(null);
  if (!questions.length) return host.replaceChildren(el("p", { text: "No questions here yet." }));
  const right = questions.filter((each) => answered(each)?.verdict.right).length;
  const nth = Math.min(questions.length - 1, chosen.get(place) ?? Math.max(0, questions.findIndex((each) => !answered(each)?.verdict.right)));
  chosen.set(place, nth);
  const question = questions[nth], answer = answered(question);
  const again = () => showQuiz(host, place, true);
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
    const tries = (kept.of(question.id)?.tries ?? 0) + 1, verdict = judge(question, variant, given);
    kept.put(question.id, { given, tries, right: verdict.right });
    page.trying = "";
    again();
    tellState();
  });
  if (focus) (body.querySelector(".verdict") ?? body.querySelector(".stem")).focus();
}

export function stemOf(variant, makeBlank) {
  const stem = htmlIn("div", variant.stem, { class: "stem", tabindex: "-1" });
  const walk = document.createTreeWalker(stem, NodeFilter.SHOW_TEXT), texts = [];
  while (walk.nextNode()) if (walk.currentNode.data.includes(COURSE.gap)) texts.push(walk.currentNode);
  let n = 0;
  for (const text of texts) {
    const [first, ...rest] = text.data.split(COURSE.gap);
    text.replaceWith(first, ...rest.flatMap((part) => [makeBlank(n++), part]));
  }
  while (n < (variant.blanks ?? 0)) stem.append(makeBlank(n++));
  return stem;
}

/** Show the controls of a question; `take` is called with the answer when it is complete. */
export function ask(body, question, take) {
  const variant = variantOf(question, kept.of(question.id)?.tries ?? 0);
  const form = el("form", {}), missing = el("p", { class: "missing", role: "status" });
  const inputs = Array.from({ length: variant.blanks ?? 0 }, (_, n) =>
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

function shuffledTo(count) {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

function askChoice(question, variant) {
  const type = question.kind === "single" ? "radio" : "checkbox";
  const boxes = shuffledTo(variant.options.length).map((nth) => {
    const input = el("input", { type, name: "option", value: nth });
    return el("label", { class: "option" }, input, htmlIn("span", variant.options[nth]));
  });
  const group = el("fieldset", {}, el("legend", { class: "unseen", text: "Your answer" }), ...boxes);
  return {
    nodes: [group],
    given: () => {
      const on = [...group.querySelectorAll("input:checked")].map((input) => Number(input.value)).sort((a, b) => a - b);
      return on.length ? on : null;
    },
  };
}

function askOrder(question, variant) {
  const order = variant.options.map((_, i) => i);
  const list = el("ol", { class: "steps-to-order" }), said = el("p", { class: "unseen", role: "status" });
  const move = (place, by) => {
    const step = order[place];
    [order[place], order[place + by]] = [order[place + by], order[place]];
    draw();
    const buttons = list.children[place + by].querySelectorAll("button");
    [...buttons].sort((a, b) => (a.disabled ? 1 : 0) - (b.disabled ? 1 : 0) || (by > 0 ? b.dataset.by - a.dataset.by : a.dataset.by - b.dataset.by))[0].focus();
    said.textContent = `${list.children[place + by].querySelector("span").textContent}: now step ${order.indexOf(step) + 1} of ${order.length}.`;
  };
  const arrow = (place, by) => {
    const button = el("button", { type: "button", "data-by": by, "aria-label": `Move step ${place + 1} ${by < 0 ? "up" : "down"}`, text: by < 0 ? "↑" : "↓", onclick: () => move(place, by) });
    button.disabled = !(place + by in order);
    return button;
  };
  const draw = () => list.replaceChildren(...order.map((step, place) => el("li", {}, htmlIn("span", variant.options[step]), arrow(place, -1), arrow(place, 1))));
  draw();
  return { nodes: [list, said], given: () => [...order] };
}

function askMatch(question, variant) {
  const order = shuffledTo(variant.pairs.length);
  const selects = variant.lefts.map((left, i) => {
    const select = el("select", { id: `match-${i}` }, el("option", { value: "", text: "Choose what belongs to it" }),
      ...order.map((nth) => el("option", { value: nth, text: variant.pairs[nth] })));
    return el("div", { class: "pair" }, htmlIn("label", left, { for: `match-${i}` }), select);
  });
  return {
    nodes: selects,
    given: () => {
      const values = selects.map((row) => row.querySelector("select").value);
      return values.every((value) => value !== "") ? values.map(Number) : null;
    },
  };
}

function askClick() {
  const select = el("select", { id: "pointed", onchange: () => pointTo(take, select.value || null) }, el("option", { value: "", text: "Click the diagram, or choose" }),
    ...Object.entries(COURSE.pointable).map(([value, text]) => el("option", { value, text })));
  const take = (id) => {
    select.value = id;
    pointTo(take, id);
  };
  pointTo(take);
  return { nodes: [el("label", { for: "pointed", text: "Your answer" }), select], given: () => (select.value ? [select.value] : null) };
}

const ASKING = {
  single: askChoice, multiple: askChoice, order: askOrder, match: askMatch, click: askClick,
  blank: (_question, _variant, inputs) => ({
    nodes: [],
    given: () => (inputs.some((input) => input.value.trim()) ? inputs.map((input) => input.value) : null),
  }),
};

