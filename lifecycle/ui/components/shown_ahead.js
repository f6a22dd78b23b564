// What the page shows of a run ahead of the server: the diagram plays it, and the figures are its own.

import { allOf } from "../../../js/shared/dom.js";

/**
 * @import { RunNote } from "../../diagram/living/script/message.js"
 * @import { SentFigure } from "./message.js"
 *
 * @typedef {{ run: RunNote, figures: SentFigure[] }} Ahead
 */

const EXPLORED = "living-diagram"; // the key of the explorer's diagram, as in diagram.py
const desk = () => window.headwatersDiagrams?.get(EXPLORED);
const figuresShown = () => allOf(document, ".st-key-headline [data-testid='stMetric']");

/**
 * @param {Element} figure
 * @param {string} part
 */
const textOf = (figure, part) => figure.querySelector(`[data-testid="stMetric${part}"] p`)?.firstChild;

/**
 * The text of a figure's part, which stays React's own node: it is overwritten, never put in another's place.
 * @param {Element} figure
 * @param {string} part
 * @param {string} words
 */
function rewrite(figure, part, words) {
  const text = textOf(figure, part);
  if (text instanceof Text && text.data !== words) text.data = words;
}

/** @param {SentFigure[]} figures */
function showFigures(figures) {
  const shown = figuresShown();
  if (shown.length !== figures.length) return; // one more or one less: the server's to show
  figures.forEach(({ label, shown: value, change }, i) => {
    rewrite(shown[i], "Label", label);
    rewrite(shown[i], "Value", value);
    rewrite(shown[i], "Delta", change);
  });
}

/** The run that the diagram plays, by its digest. */
export const playing = () => desk()?.notes.run?.run;

/**
 * What is on the page, to be shown again.
 * @returns {Ahead | null}
 */
export function onPage() {
  const run = desk()?.notes.run;
  /** @type {(figure: Element, part: string) => string} */
  const words = (figure, part) => textOf(figure, part)?.textContent ?? "";
  const figures = figuresShown().map((one) => ({ label: words(one, "Label"), shown: words(one, "Value"), change: words(one, "Delta") }));
  return run ? { run, figures } : null;
}

/**
 * The sentence on the run before is hidden while the page shows a run of which the server has yet to say one.
 * @param {boolean} isOld
 */
export const hideSentence = (isOld) => void document.querySelector(".st-key-effect")?.toggleAttribute("data-old", isOld);

/**
 * Show a run; until the server says another one than it said last, what it said is old.
 * @param {Ahead} ahead
 */
export function showAhead({ run, figures }) {
  const where = desk();
  if (!where?.notes.run) return;
  where.ahead = { of: where.ahead?.of ?? where.notes.run.run, at: performance.now() };
  if (where.ahead.of === run.run) delete where.ahead;
  where.notes.run = run;
  where.hear?.(run);
  showFigures(figures);
  hideSentence(Boolean(where.ahead));
}
