// What a day is about, along its clock: stretches above the slider, and in words below it, each of which leads there.

import { allOf, el } from "../../../../js/shared/dom.js";
import { clockWords } from "../../../../js/shared/words.js";
import { sendMoment, showMoment } from "./clock.js";
import { paintStates } from "./paint.js";
import { say } from "./select.js";
import { summaryWords } from "./telling.js";

/** @import { Diagram, Frames, Occasion } from "./types.js" */
/** @import { LateNote } from "./message.js" */

/** @type {Record<string, string>} */
const SIGNS = { fault: "struck", occasion: "marked", caught: "made-up" };

/**
 * What a day is about that is no fault, in words: `Rush of customers, 12:00 to 13:00`.
 * @param {Diagram} d
 * @param {Occasion} part2
 */
function occasionWords(d, { from, to, kind, stage }) {
  const label = d.places.get(stage)?.label ?? stage;
  const what = { customers: "Rush of customers", viewers: `Rush of viewers at ${label}`, tick: `Timetable of ${label}` }[kind];
  return `${what}, ${clockWords(from)}${to > from ? ` to ${clockWords(to)}` : ""}`;
}

/**
 * @param {number} done
 * @param {number} end
 */
const caughtUpWords = (done, end) => (done < end ? `All caught up at ${clockWords(done)}` : "Still behind at midnight");

/**
 * What happens, in words, which lead the clock there; before a hall, whose clock is the presenter's, words alone.
 * @param {Diagram} d
 * @param {{ from: number, words: string }} mark
 */
function chapter(d, { from, words }) {
  if (d.root.classList.contains("bare")) return words;
  const title = `Go to ${clockWords(from)}`;
  return el("button", { type: "button", class: "chapter", title, text: words, onclick: () => goTo(d, from) });
}

/**
 * Move the clock to a moment, and let it go on from there if it went.
 * @param {Diagram} d
 * @param {number} t
 */
function goTo(d, t) {
  showMoment(d, t);
  say(d, summaryWords(d));
  if (!d.playing) sendMoment(d);
}

/**
 * What the day is about: stretches above the clock's slider, faults striped, and below it what each of them is in words.
 * @param {Diagram} d
 * @param {Frames} frames
 */
export function drawMarks(d, { start, end, faults: struck, occasions }) {
  /** @param {number} t */
  const share = (t) => `${((100 * (Math.min(end, t) - start)) / (end - start)).toFixed(2)}%`;
  const faults = struck.map((each) => ({ ...each, is: "fault", words: each.words.replace("{stage}", d.places.get(each.stage)?.label ?? each.stage) }));
  const others = occasions.map((each) => ({ ...each, is: "occasion", words: occasionWords(d, each) }));
  const done = d.late && d.late.run === d.root.dataset.run ? d.late.caught_up : null;
  const made = done === null ? [] : [{ is: "caught", from: Math.min(done, end), to: Math.min(done, end), words: caughtUpWords(done, end) }];
  const marks = [...others, ...faults, ...made].sort((a, b) => a.from - b.from);
  d.ui.faults.replaceChildren(...marks.map(({ is, from, to, words }) =>
    el("span", { class: is, title: words, style: `left: ${share(from)}; width: calc(${share(to)} - ${share(from)})` })));
  d.ui.marks.replaceChildren(...marks.map((mark) => el("li", { class: SIGNS[mark.is] }, chapter(d, mark))));
  d.mades = made.length ? [...allOf(d.ui.faults, ".caught"), ...allOf(d.ui.marks, ".made-up")] : [];
  paintStates(d); // which shows them once the clock has been there: before, when it is caught up is a question
}

/**
 * What of a run is known only after it is drawn.
 * @param {Diagram} d
 * @param {LateNote} note
 */
export function receiveLate(d, note) {
  d.late = note;
  if (d.frames && note.run === d.root.dataset.run) drawMarks(d, d.frames);
}
