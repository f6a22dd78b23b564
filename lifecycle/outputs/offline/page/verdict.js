// What is said of an answer.

import { el } from "../../../../js/shared/dom.js";
import { COURSE, htmlIn, typedNumber, typedParts } from "./course.js";
import { answered, questionsOf, stemOf } from "./quiz.js";
import { page } from "./state.js";

function mark(right, ...content) {
  return el("p", { class: right ? "part right" : "part wrong" }, el("span", { class: "mark", role: "img", "aria-label": right ? "right:" : "wrong:", text: right ? "✓" : "✗" }), " ", ...content);
}

/** One option that was chosen: its mark, why, the belief behind it, and the view that disproves it. */
export function said(content, right, option) {
  const nodes = [mark(right, content)];
  if (!option) return nodes;
  if (option.feedback) nodes.push(htmlIn("blockquote", option.feedback));
  if (right) return nodes;
  if (option.belief) nodes.push(el("p", { class: "small" }, "The belief behind it: “", htmlIn("span", option.belief), "”"));
  if (option.see) nodes.push(seeLink(option.see, "See why it is not so"));
  return nodes;
}

/** A link to a view that shows what was wrong; anyone who follows it is told what it changed, and finds the way back. */
const seeLink = (query, text) => el("p", {}, el("a", { href: `#${query}`, "data-sees": "", text }));

/** How a typed answer misses the number that is accepted; "" for words. */
function missed(text, accepted) {
  if (accepted.value === undefined || !text.trim()) return "";
  const value = typedNumber(text, accepted);
  if (value === null) return `: not a number${accepted.unit ? ` of ${accepted.unit}` : ""}`;
  const how = value < accepted.value ? "too small" : "too large";
  return accepted.unit && typedParts(text, accepted).bare ? `: in ${accepted.unit}, ${how}` : `: ${how}`;
}

/** What a wrong answer leads to: the right one with its reason, and a view that shows it. */
function resolved(question, key, chosen) {
  const one = key.answer.length === 1;
  const nodes = [el("div", { class: "right-answer" },
    el("p", {}, el("b", { text: "The right answer:" }), ...(one ? [" ", htmlIn("span", key.answer[0])] : [])),
    ...(one ? [] : [el(question.kind === "order" ? "ol" : "ul", {}, ...key.answer.map((line) => htmlIn("li", line)))]),
    ...key.reasons.map((reason) => htmlIn("blockquote", reason)), htmlIn("div", key.explanation, { class: "explanation" }))];
  if (question.kind === "multiple" && chosen.every((option) => option.right)) {
    nodes.unshift(el("p", { text: "What you chose is right, and something is still missing." }));
  }
  if (!chosen.some((option) => !option.right && option.see)) nodes.push(seeLink(key.view, key.look));
  return nodes;
}

const SAID = {
  blank: (variant, key, given, parts) => parts.flatMap((right, n) => said(`(${n + 1}) ${given[n] || "left empty"}${right ? "" : missed(given[n] ?? "", key.blanks[n])}`, right)),
  order: (variant, key, given, parts) => given.flatMap((step, n) => said(el("span", {}, `${n + 1}. `, htmlIn("span", variant.options[step])), parts[n])),
  match: (variant, key, given, parts) => given.flatMap((pair, n) =>
    said(el("span", {}, htmlIn("span", variant.lefts[n]), ` → ${variant.pairs[pair]}`), parts[n], parts[n] ? null : key.options[pair])),
  click: (variant, key, given, parts) => said(COURSE.pointable[given[0]] ?? given[0], parts[0], Object.hasOwn(key.places, given[0]) ? key.places[given[0]] : null),
};
/** The options that an answer chose, with what the key says of them. */
const CHOSEN = {
  blank: () => [],
  order: () => [],
  match: (key, given, parts) => given.filter((_, n) => !parts[n]).map((pair) => ({ ...key.options[pair], right: false })),
  click: (key, given) => (Object.hasOwn(key.places, given[0]) ? [key.places[given[0]]] : []),
};
const chosenOptions = (key, given) => given.map((nth) => key.options[nth]);
const saidChoice = (variant, key, given) => given.flatMap((nth) => said(htmlIn("span", variant.options[nth]), key.options[nth].right, key.options[nth]));

export function showVerdict(body, place, question, { given, variant, verdict }, { nth, pick, again }) {
  const { key, parts, right } = verdict, choice = question.kind === "single" || question.kind === "multiple";
  const nodes = [stemOf(variant, (n) => el("b", { text: ` (${n + 1}) ___ ` })),
    el("p", { class: `verdict ${right ? "right" : "wrong"}`, tabindex: "-1", text: right ? "✓ Right." : "✗ Not yet." }),
    ...(choice ? saidChoice : SAID[question.kind])(variant, key, given, parts)];
  if (right) {
    const others = choice ? key.options.map((option, i) => [option, i]).filter(([option, i]) => !given.includes(i) && option.feedback) : [];
    if (others.length) {
      nodes.push(el("details", {}, el("summary", { text: "Why not the others?" }),
        ...others.flatMap(([option, i]) => said(htmlIn("span", variant.options[i]), option.right, option))));
    }
    if (key.explanation) nodes.push(htmlIn("div", key.explanation, { class: "explanation" }));
  } else nodes.push(...resolved(question, key, (choice ? chosenOptions : CHOSEN[question.kind])(key, given, parts)));
  const questions = questionsOf(place), open = (n) => n !== nth && !answered(questions[n])?.verdict.right;
  const onward = [...questions.keys()].filter(open), next = onward.find((n) => n > nth) ?? onward[0];
  const buttons = [el("button", { type: "button", class: right ? "" : "primary", text: "Try again", onclick: () => { page.trying = question.id; again(); } })];
  if (next !== undefined) buttons.push(el("button", { type: "button", class: right ? "primary" : "", text: "Next question", onclick: () => pick(next) }));
  body.replaceChildren(...nodes, el("div", { class: "row" }, ...buttons));
}
