// What lies over the page of a talk.

import { el } from "../../../js/shared/dom.js";
import { setFree } from "./exploring.js";
import { furnishJoin, furnishTexts, paintJoin, paintTexts } from "./joining.js";
import { backward, onward, setBlack } from "./moving.js";

/** @import { Conductor, Furniture } from "./types.js" */

/** @type {[string[], string][]} */
const KEYS = [
  [["→", "Page Down", "Space"], "next point or step; after a vote first the bars, then the answer"],
  [["←", "Page Up"], "back"],
  [["Home", "End"], "first and last step"],
  [["1…9", "Enter"], "jump to the step of that number"],
  [["o"], "all steps; of those to come the hall sees the number alone"],
  [["b", "."], "black, and back"],
  [["e"], "leave the script and explore, together with the class; e again brings you back"],
  [["p"], "pointer"],
  [["k"], "the diagram's clock: play or stop"],
  [["v"], "class: ask, close, vote again"],
  [["j"], "class: how to join"],
  [["d"], "class: your desk, in a window of its own"],
  [["r"], "after a vote: the bars, then the answer, then neither"],
  [["f"], "full screen"],
  [["Esc"], "closes what lies over the talk; a moved mouse shows the buttons, among them Leave, which ends it"],
  [["?"], "these keys"],
];

/** @param {Conductor} c */
export function paint(c) {
  const { ui } = c;
  c.furthest = Math.max(c.furthest, c.step);
  ui.black.hidden = !c.black;
  ui.typed.hidden = !c.digits;
  ui.typed.textContent = c.digits;
  ui.count.textContent = `${c.step + 1} / ${c.points.length}`;
  ui.title.textContent = c.free ? `Exploring, from “${c.headlines[c.step]}”` : c.title;
  ui.bar.style.width = `${(100 * (c.step + (c.points[c.step] ? c.shown / (c.points[c.step] + 1) : 0))) / Math.max(1, c.points.length - 1)}%`;
  ui.warn.textContent = c.warning || (c.away ? "No connection, trying again" : "");
  ui.explore.textContent = c.free ? "Back to the talk" : "Explore";
  c.root.classList.toggle("free", c.free);
  for (const button of [ui.back, ui.next]) button.hidden = c.free;
  ui.over.hidden = !c.ended;
  paintJoin(c);
  paintTexts(c);
}

/**
 * @param {HTMLElement} root
 * @param {() => Conductor} of whose they are, once it is there
 * @returns {Furniture}
 */
export function furnish(root, of) {
  /** @param {string} text @param {string} label @param {() => void} onclick @param {boolean} [wide] */
  const button = (text, label, onclick, wide = false) => el("button", { type: "button", "aria-label": label, title: label, onclick, ...(wide ? { class: "wide" } : {}) }, text);
  const rows = KEYS.flatMap(([keys, text]) => [el("dt", {}, ...keys.map((key) => el("kbd", { text: key }))), el("dd", { text })]);
  const stepList = el("div", { class: "steps" });
  /** @type {HTMLDialogElement} */
  const keys = el("dialog", { "aria-label": "Keys" }, el("h2", { text: "Keys" }), el("dl", {}, ...rows),
    el("button", { type: "button", text: "Close", onclick: () => keys.close() }));
  const ui = {
    black: el("button", { type: "button", class: "black", "aria-label": "The screen is black. Press b to go on", onclick: () => setBlack(of(), false) }),
    pointer: el("canvas", { class: "pointer", "aria-hidden": "true", hidden: "" }),
    typed: el("div", { class: "typed", role: "status", hidden: "" }),
    count: el("span", { class: "count" }),
    title: el("span", { class: "title" }),
    warn: el("span", { class: "warn", role: "status" }),
    corner: el("span", { class: "corner" }),
    back: button("‹", "Back", () => backward(of())),
    next: button("›", "Next", () => onward(of())),
    explore: button("Explore", "Leave the script, or come back (e)", () => setFree(of(), !of().free)),
    bar: el("i"),
    keys, stepList, steps: el("dialog", { "aria-label": "All steps" }, el("h2", { text: "All steps" }), stepList),
    over: el("section", { class: "farewell", "aria-label": "The class", role: "status", hidden: "" }, el("div", {}, el("b", { text: "The class is over" }), el("p", { text: "Thank you for taking part." }))),
    join: furnishJoin(), texts: furnishTexts(),
  };
  const buttons = el("div", { class: "buttons" }, ui.back, ui.next, ui.explore, button("Full screen", "Full screen (f)", fullScreen, true),
    button("?", "Keys (?)", () => keys.showModal()), button("Leave", "Leave the talk", () => of().send("leave", `${Date.now()}`)));
  const progress = el("div", { class: "line", "aria-hidden": "true" }, ui.bar);
  const foot = el("div", { class: "foot", role: "group", "aria-label": "Talk" }, ui.count, ui.title, ui.warn, ui.corner, el("span", { class: "gap" }), buttons, progress);
  root.append(ui.texts.card, ui.over, ui.join.card, ui.black, ui.pointer, ui.typed, foot, keys, ui.steps);
  return ui;
}

export function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}
