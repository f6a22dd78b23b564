// What the page shows of a run ahead of the server: the diagram plays it, and the figures are its own.

import { allOf, put, write } from "../../../js/shared/dom.js";

/**
 * @import { RunNote } from "../../diagram/living/script/message.js"
 * @import { SentFigure, Truth } from "./message.js"
 *
 * @typedef {{ run: RunNote, figures: SentFigure[] }} Ahead
 */

const EXPLORED = "living-diagram"; // the key of the explorer's diagram, as in diagram.py
const desk = () => window.headwatersDiagrams?.get(EXPLORED);
const figuresShown = () => allOf(document, ".st-key-headline [class*='st-key-figure-']");

/** @param {Element} figure */
const nameOf = (figure) => /st-key-figure-(\S+)/.exec(figure.className)?.[1] ?? "";

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

/**
 * @param {Element} figure
 * @param {SentFigure} sent
 */
function drawBars(figure, { bars, compared }) {
  const pair = figure.querySelector(".pair");
  if (!pair) return;
  put(pair, "aria-label", compared);
  put(pair, "aria-hidden", !compared);
  allOf(pair, "i").forEach((bar, i) => {
    bar.style.width = `${(100 * bars[i]).toFixed(1)}%`;
  });
}

/**
 * Each figure that the page shows; where one of them is not among those sent, all are the server's to show.
 * @param {SentFigure[]} figures
 */
function showFigures(figures) {
  const shown = figuresShown().map((figure) => ({ figure, sent: figures.find(({ name }) => name === nameOf(figure)) }));
  if (shown.some(({ sent }) => !sent)) return;
  for (const { figure, sent } of shown) {
    if (!sent) continue;
    rewrite(figure, "Label", sent.label);
    rewrite(figure, "Value", sent.shown);
    rewrite(figure, "Delta", sent.change);
    drawBars(figure, sent);
  }
  const glance = document.querySelector(".glance b"), age = figures.find(({ name }) => name === "freshness");
  if (glance && age) write(glance, age.shown);
}

const isRunning = () => document.querySelector("[data-testid='stApp']")?.getAttribute("data-test-script-state") !== "notRunning";

/**
 * Whether the page may answer by itself: not while the server has yet to say something, since what it offered is of the
 * run before; not while the wire is cut; and not where the learner is to say first what a change will do.
 */
export const mayAnswer = () => !isRunning() && !desk()?.ahead && !window.headwatersCut
  && !document.querySelector(".st-key-predict-first input:checked");

/** The run that the diagram plays, by its digest. */
export const playing = () => desk()?.notes.run?.run;

/**
 * @param {Element} figure
 * @returns {SentFigure}
 */
function figureOn(figure) {
  /** @param {string} part */
  const words = (part) => textOf(figure, part)?.textContent ?? "";
  const [old, now] = allOf(figure, ".pair i").map((bar) => parseFloat(bar.style.width) / 100);
  return {
    name: nameOf(figure), label: words("Label"), shown: words("Value"), change: words("Delta"),
    bars: [old ?? 0, now ?? 0], compared: figure.querySelector(".pair")?.getAttribute("aria-label") ?? "",
  };
}

/**
 * What is on the page, to be shown again.
 * @returns {Ahead | null}
 */
export function onPage() {
  const run = desk()?.notes.run;
  return run ? { run, figures: figuresShown().map(figureOn) } : null;
}

/**
 * The sentence on the run before is hidden while the page shows a run of which the server has yet to say one.
 * @param {boolean} isOld
 */
const hideSentence = (isOld) => void document.querySelector(".st-key-effect")?.toggleAttribute("data-old", isOld);

/**
 * Show a run; until the server says another one than it said last, what it said is old.
 * @param {Ahead} ahead
 */
export function showAhead({ run, figures }) {
  const where = desk();
  if (!where?.notes.run) return;
  where.ahead = { before: where.ahead?.before ?? where.notes.run, at: performance.now() };
  if (where.ahead.before.run === run.run) delete where.ahead;
  where.notes.run = run;
  where.hear?.(run);
  showFigures(figures);
  hideSentence(Boolean(where.ahead));
  clearTimeout(page.settling); // what the server said is of before; its word on this comes
}

// Of two clicks in quick succession the server may make one run, and then it has nothing new to say of what it said before:
// so once each run has ended, the page shows what it said last, whatever was shown ahead of it meanwhile.

const SETTLES_MS = 250; // an end that is followed by another run is none

/**
 * `truth`: what the server said last; `settling`: the timer.
 * @typedef {{ truth?: Truth, settling?: ReturnType<typeof setTimeout> }} Settling
 */

/**
 * The page's own, since this module stands in the scripts of two components, once each.
 * @type {Settling}
 */
const page = (window.headwatersAhead ??= {});

function settle() {
  if (isRunning()) return void (page.settling = setTimeout(settle, SETTLES_MS));
  const where = desk(), { truth } = page;
  if (!truth || !where) return;
  if (where.ahead?.before.run === truth.run && where.notes.run?.run !== truth.run) {
    where.notes.run = where.ahead.before;
    where.hear?.(where.ahead.before);
  }
  delete where.ahead;
  showFigures(truth.figures);
  hideSentence(false);
}

/**
 * The server's word at the end of a run of its page, another one each time.
 * @param {Truth} said
 */
export function hearTruth(said) {
  page.truth = said;
  clearTimeout(page.settling);
  page.settling = setTimeout(settle, SETTLES_MS);
}
