// The legend: what a dot is worth, and behind it what every sign of the picture means.

import { el, svgEl } from "../../../../js/shared/dom.js";

/** @param {SVGElement[]} shapes */
const sample = (...shapes) => svgEl("svg", { class: "sample", viewBox: "0 0 26 16", "aria-hidden": "true" }, ...shapes);
const box = () => svgEl("rect", { class: "rim", x: 1, y: 1, width: 24, height: 14, rx: 3 });
/** @param {number} many */
const bars = (many) => Array.from({ length: 4 }, (_, i) => svgEl("rect", { class: i < many ? "on" : "", x: 3 + i * 5, y: 10 - i * 3, width: 3.4, height: 5 + i * 3 }));
const dot = () => svgEl("circle", { class: "dot", cx: 13, cy: 8, r: 3.4 });

/** @type {() => [SVGElement, string][]} */
const signs = () => [
  [sample(svgEl("rect", { class: "pill", x: 1, y: 2, width: 24, height: 12, rx: 6 })), "A packet: what travels together, with its number of events."],
  [sample(svgEl("circle", { class: "request", cx: 13, cy: 8, r: 3.2 })), "A request: in a pull it runs up the wire, and the data comes back. In a push the data is sent unasked."],
  [sample(svgEl("path", { class: "bounce", d: "M10 5l6 6M10 11l6 -6" })), "Sent back: a push that found the door closed. It is lost."],
  [sample(svgEl("circle", { class: "drop", cx: 13, cy: 8, r: 3.2 })), "Falls from a stage: lost there."],
  [sample(svgEl("circle", { class: "unread", cx: 13, cy: 8, r: 3.2 })), "Falls in grey: unreadable. No parser can make sense of a few lines, on any day; they are kept aside as dead letters."],
  [sample(svgEl("circle", { class: "tick", cx: 13, cy: 8, r: 5.5, pathLength: 100, "stroke-dasharray": "65 100", transform: "rotate(-90 13 8)" })),
    "A ring in a corner fills until the stage's next tick."],
  [sample(svgEl("rect", { class: "tank", x: 1, y: 7, width: 24, height: 8 }), box()), "How full a box is: what the stage holds now, compared with the most it holds that day."],
  [sample(box(), svgEl("rect", { class: "busy", x: 1, y: 13, width: 16, height: 2.4 })), "The line at its foot: how busy it is."],
  [sample(...bars(3)), "Bars where data is used: four for data less than a minute old, three up to 15 min, two up to 2 h, one for older."],
  [sample(svgEl("path", { class: "leak-path", d: "M1 12C9 12 15 4 25 4" })), "Names leak: who should not can read them at the stage that says so, and along this path they came there."],
  [sample(svgEl("path", { class: "sign", d: "M13 2l8 13h-16z" })), "A sign and a dashed rim: something is wrong there now."],
];

const HOP = "So that you can see it, an event spends 2 min of the day on a wire; in truth it is handed over at once. While it is there, the stage that " +
  "it left no longer counts it, and the next one does not count it until it arrives. Rates and ages are the same as in the charts.";

export function legendFurniture() {
  const legendWorth = el("b");
  const legend = el("details", { class: "legend", hidden: "" },
    el("summary", {}, sample(dot()), legendWorth, el("span", { class: "more", text: "What the signs mean" })),
    el("ul", {}, ...signs().map(([picture, words]) => el("li", {}, picture, el("span", { text: words })))), el("p", { text: HOP }));
  return { legend, legendWorth };
}
