// What lies over the page of a talk.

import { el } from "../../../js/shared/dom.js";
import { setFree } from "./exploring.js";
import { furnishJoin, furnishTexts, paintJoin, paintTexts } from "./joining.js";
import { backward, onward, setBlack } from "./moving.js";

const KEYS = [
  [["→", "Page Down", "Space"], "next point or step; after a vote first the bars, then the answer"],
  [["←", "Page Up"], "back"],
  [["Home", "End"], "first and last step"],
  [["1…9", "Enter"], "jump to the step of that number"],
  [["o"], "all steps; of those to come the hall sees the number alone"],
  [["b", "."], "black, and back"],
  [["e"], "leave the script and explore, the class with you; e again comes back"],
  [["p"], "pointer"],
  [["k"], "the diagram's clock: play or stop"],
  [["v"], "class: ask, close, vote again"],
  [["j"], "class: how to join"],
  [["d"], "class: your desk, in a window of its own"],
  [["r"], "after a vote: the bars, then the answer, then neither"],
  [["f"], "full screen"],
  [["?"], "these keys"],
];

export function paint(c) {
  const { ui } = c;
  c.furthest = Math.max(c.furthest ?? 0, c.step);
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

export function furnish(c) {
  const ui = (c.ui = {});
  const button = (text, label, onclick, wide) => el("button", { type: "button", "aria-label": label, title: label, onclick, ...(wide ? { class: "wide" } : {}) }, text);
  ui.black = el("button", { type: "button", class: "black", "aria-label": "The screen is black. Press b to go on", onclick: () => setBlack(c, false) });
  ui.pointer = el("canvas", { class: "pointer", "aria-hidden": "true", hidden: "" });
  ui.typed = el("div", { class: "typed", role: "status", hidden: "" });
  ui.count = el("span", { class: "count" });
  ui.title = el("span", { class: "title" });
  ui.warn = el("span", { class: "warn", role: "status" });
  ui.back = button("‹", "Back", () => backward(c));
  ui.next = button("›", "Next", () => onward(c));
  ui.explore = button("Explore", "Leave the script, or come back (e)", () => setFree(c, !c.free));
  ui.bar = el("i");
  const progress = el("div", { class: "line", "aria-hidden": "true" }, ui.bar);
  const buttons = el("div", { class: "buttons" }, ui.back, ui.next, ui.explore, button("Full screen", "Full screen (f)", fullScreen, true),
    button("?", "Keys (?)", () => ui.keys.showModal()), button("Leave", "Leave the talk", () => c.send("leave", `${Date.now()}`)));
  furnishJoin(c);
  const foot = el("div", { class: "foot", role: "group", "aria-label": "Talk" }, ui.count, ui.title, ui.warn, ui.corner, el("span", { class: "gap" }), buttons, progress);
  const rows = KEYS.flatMap(([keys, text]) => [el("dt", {}, ...keys.map((key) => el("kbd", { text: key }))), el("dd", { text })]);
  ui.keys = el("dialog", { "aria-label": "Keys" }, el("h2", { text: "Keys" }), el("dl", {}, ...rows),
    el("button", { type: "button", text: "Close", onclick: () => ui.keys.close() }));
  ui.steps = el("dialog", { "aria-label": "All steps" }, el("h2", { text: "All steps" }), el("div", { class: "steps" }));
  furnishTexts(c);
  ui.over = el("section", { class: "farewell", "aria-label": "The class", role: "status", hidden: "" }, el("div", {}, el("b", { text: "The class is over" }), el("p", { text: "Thank you for taking part." })));
  c.root.append(ui.texts, ui.over, ui.join, ui.black, ui.pointer, ui.typed, foot, ui.keys, ui.steps);
}

export function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}
