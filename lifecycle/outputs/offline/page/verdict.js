// What is said of an answer.

import { el } from "../../../../js/shared/dom.js";
import { COURSE, htmlIn, typedNumber, typedParts } from "./course.js";
import { answered, questionsOf, stemOf } from "./quiz.js";
import { page } from "./state.js";

/**
 * @import { AcceptedNumber, AcceptedText, ClickKey, HeldKey, JudgedOption, Kinds } from "./message.js"
 * @import { Answered, Givens, KindName, Question } from "./types.js"
 */

/**
 * @param {boolean} right
 * @param {...(Node | string)} content
 */
function mark(right, ...content) {
  return el("p", { class: right ? "part right" : "part wrong" }, el("span", { class: "mark", role: "img", "aria-label": right ? "right:" : "wrong:", text: right ? "✓" : "✗" }), " ", ...content);
}

/**
 * One option that was chosen: its mark, why, the belief behind it, and the view that disproves it.
 * @param {Node | string} content
 * @param {boolean} right
 * @param {JudgedOption | null} [option]
 */
export function said(content, right, option) {
  /** @type {HTMLElement[]} */
  const nodes = [mark(right, content)];
  if (!option) return nodes;
  if (option.feedback) nodes.push(htmlIn("blockquote", option.feedback));
  if (right) return nodes;
  if (option.belief) nodes.push(el("p", { class: "small" }, "The belief behind it: “", htmlIn("span", option.belief), "”"));
  if (option.see) nodes.push(seeLink(option.see, "See why it is not so"));
  return nodes;
}

/**
 * A link to a view that shows what was wrong; anyone who follows it is told what it changed, and finds the way back.
 * @param {string} query
 * @param {string} text
 */
const seeLink = (query, text) => el("p", {}, el("a", { href: `#${query}`, "data-sees": "", text }));

/**
 * How a typed answer misses the number that is accepted; "" for words.
 * @param {string} text
 * @param {AcceptedText | AcceptedNumber} accepted
 */
function missed(text, accepted) {
  if (!("value" in accepted) || !text.trim()) return "";
  const value = typedNumber(text, accepted);
  if (value === null) return `: not a number${accepted.unit ? ` of ${accepted.unit}` : ""}`;
  const how = value < accepted.value ? "too small" : "too large";
  return accepted.unit && typedParts(text, accepted)?.bare ? `: in ${accepted.unit}, ${how}` : `: ${how}`;
}

/**
 * What a wrong answer leads to: the right one with its reason, and a view that shows it.
 * @param {Question} question
 * @param {HeldKey} key
 * @param {JudgedOption[]} chosen
 */
function resolved(question, key, chosen) {
  const one = key.answer.length === 1;
  const nodes = [el("div", { class: "right-answer" },
    el("p", {}, el("b", { text: "The right answer:" }), ...(one ? [" ", htmlIn("span", key.answer[0])] : [])),
    ...(one ? [] : [el(question.kind === "order" ? "ol" : "ul", {}, ...key.answer.map((line) => htmlIn("li", line)))]),
    ...key.reasons.map((reason) => htmlIn("blockquote", reason)), htmlIn("div", key.explanation, { class: "explanation" }))];
  if (question.kind === "multiple" && chosen.every((option) => option.right)) {
    nodes.unshift(el("p", { text: "What you chose is right, but something is still missing." }));
  }
  if (!chosen.some((option) => !option.right && option.see)) nodes.push(seeLink(key.view, key.look));
  return nodes;
}

/**
 * What is said of each part of an answer; the options that it chose, with what the key says of them; and the options
 * that it left which have something to say.
 * @template {KindName} K
 * @typedef {object} Wording
 * @property {(variant: Kinds[K][0], key: Kinds[K][1], given: Givens[K], parts: boolean[]) => Node[]} said
 * @property {(key: Kinds[K][1], given: Givens[K], parts: boolean[]) => JudgedOption[]} chosen
 * @property {(variant: Kinds[K][0], key: Kinds[K][1], given: Givens[K]) => Node[]} others
 */

/** @type {Wording<"single" | "multiple">} */
const CHOICE = {
  said: (variant, key, given) => given.flatMap((nth) => said(htmlIn("span", variant.options[nth]), key.options[nth].right, key.options[nth])),
  chosen: (key, given) => given.map((nth) => key.options[nth]),
  others: (variant, key, given) => key.options.flatMap((option, nth) => (
    given.includes(nth) || !option.feedback ? [] : said(htmlIn("span", variant.options[nth]), option.right, option))),
};
/** @type {{ [K in KindName]: Wording<K> }} */
const WORDINGS = {
  single: CHOICE,
  multiple: CHOICE,
  blank: {
    said: (_variant, key, given, parts) => parts.flatMap((right, n) => (
      said(`(${n + 1}) ${given[n] || "left empty"}${right ? "" : missed(given[n] ?? "", key.blanks[n])}`, right))),
    chosen: () => [],
    others: () => [],
  },
  order: {
    said: (variant, _key, given, parts) => given.flatMap((step, n) => said(el("span", {}, `${n + 1}. `, htmlIn("span", variant.options[step])), parts[n])),
    chosen: () => [],
    others: () => [],
  },
  match: {
    said: (variant, key, given, parts) => given.flatMap((pair, n) =>
      said(el("span", {}, htmlIn("span", variant.lefts[n]), ` → ${variant.pairs[pair]}`), parts[n], parts[n] ? null : key.options[pair])),
    chosen: (key, given, parts) => given.filter((_, n) => !parts[n]).map((pair) => ({ ...key.options[pair], right: false })),
    others: () => [],
  },
  click: {
    said: (_variant, key, [id], [right]) => said(COURSE.pointable[id] ?? id, right, listed(key, id)),
    chosen: (key, [id]) => [listed(key, id) ?? []].flat(),
    others: () => [],
  },
};

/**
 * What a click's key says of a place; null where it does not list it.
 * @param {ClickKey} key
 * @param {string} id
 */
const listed = (key, id) => (Object.hasOwn(key.places, id) ? key.places[id] : null);

/**
 * Say what came of an answer.
 * @template {KindName} K
 * @param {HTMLElement} body
 * @param {string} place whose questions go on after this one
 * @param {Question<K>} question
 * @param {Answered<K>} answer
 * @param {{ nth: number, pick: (nth: number) => void, again: () => void }} ways
 */
export function showVerdict(body, place, question, { given, variant, verdict }, { nth, pick, again }) {
  const { key, parts, right } = verdict, wording = WORDINGS[question.kind];
  const nodes = [stemOf(variant, (n) => el("b", { text: ` (${n + 1}) ___ ` })),
    el("p", { class: `verdict ${right ? "right" : "wrong"}`, tabindex: "-1", text: right ? "✓ Right." : "✗ Not yet." }),
    ...wording.said(variant, key, given, parts)];
  if (right) {
    const others = wording.others(variant, key, given);
    if (others.length) nodes.push(el("details", {}, el("summary", { text: "Why not the others?" }), ...others));
    if (key.explanation) nodes.push(htmlIn("div", key.explanation, { class: "explanation" }));
  } else nodes.push(...resolved(question, key, wording.chosen(key, given, parts)));
  const questions = questionsOf(place);
  const onward = [...questions.keys()].filter((n) => n !== nth && !answered(questions[n])?.verdict.right), next = onward.find((n) => n > nth) ?? onward[0];
  const buttons = [el("button", { type: "button", class: right ? "" : "primary", text: "Try again", onclick: () => { page.trying = question.id; again(); } })];
  if (next !== undefined) buttons.push(el("button", { type: "button", class: right ? "primary" : "", text: "Next question", onclick: () => pick(next) }));
  body.replaceChildren(...nodes, el("div", { class: "row" }, ...buttons));
}
