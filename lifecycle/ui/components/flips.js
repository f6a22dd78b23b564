// A flipped switch is answered here, in the next frame: the diagram plays the other run, and the figures are its own, from
// what the page fetched while its reader looked at the run before. The server then says the same, and draws the charts.

import { allOf } from "../../../js/shared/dom.js";

/**
 * @import { RunNote } from "../../diagram/living/script/message.js"
 * @import { Flips, SentFigure } from "./message.js"
 *
 * @typedef {{ run: RunNote, figures: SentFigure[] }} Ahead what the page shows of a run that is one switch away
 * @typedef {HTMLElement & { flipping?: AbortController }} Host
 */

/** @type {Map<string, Ahead>} what was fetched, by its key */
const known = new Map();

/** @type {Flips} what the server said last */
let offered = { source: "", flips: [] };

/**
 * One after the other, for as long as they are what is one switch away. What does not come is left to the server's word.
 * @param {Flips} said
 */
async function fetchAll(said) {
  offered = said;
  for (const key of [...known.keys()]) if (!said.flips.some((flip) => flip.key === key)) known.delete(key);
  for (const { key } of said.flips) {
    if (known.has(key)) continue;
    try {
      const response = await fetch(`${said.source}/${key}`);
      const ahead = response.ok ? await response.json() : null;
      if (offered !== said) return;
      if (ahead) known.set(key, ahead);
    } catch {
      return; // no network: the server's word does not come either
    }
  }
}

/**
 * The text of a figure's part, which stays React's own node: it is overwritten, never put in another's place.
 * @param {Element} figure
 * @param {string} part
 * @param {string} words
 */
function rewrite(figure, part, words) {
  const text = figure.querySelector(`[data-testid="stMetric${part}"] p`)?.firstChild;
  if (text instanceof Text && text.data !== words) text.data = words;
}

/** @param {SentFigure[]} figures */
function showFigures(figures) {
  const shown = allOf(document, ".st-key-headline [data-testid='stMetric']");
  if (shown.length !== figures.length) return; // one more or one less: the server's to show
  figures.forEach(({ label, shown: value, change }, i) => {
    rewrite(shown[i], "Label", label);
    rewrite(shown[i], "Value", value);
    rewrite(shown[i], "Delta", change);
  });
}

/** @param {RunNote} run */
function playAhead(run) {
  const desk = window.headwatersDiagrams?.get(run.name ?? "");
  if (!desk?.notes.run) return;
  desk.ahead = { of: desk.notes.run.run, at: performance.now() };
  desk.notes.run = run;
  desk.hear?.(run);
}

/** @param {MouseEvent} event */
function flip({ target }) {
  const button = target instanceof Element && target.closest("button[role='radio'][aria-checked='false']");
  if (!button || window.headwatersCut) return;
  const found = offered.flips.find((one) => button.closest(`.st-key-${one.switch}`) && button.textContent?.trim() === one.value);
  const ahead = found && known.get(found.key);
  if (!ahead) return;
  offered = { source: "", flips: [] }; // the next flip is from another run, of which the server has yet to say
  setTimeout(() => { // once the click is on its way
    playAhead(ahead.run);
    showFigures(ahead.figures);
  });
}

/** @param {Mount<Flips, Host>} mount */
export default function ({ data, parentElement }) {
  if (!parentElement.flipping) {
    parentElement.flipping = new AbortController();
    document.addEventListener("click", flip, { capture: true, signal: parentElement.flipping.signal });
  }
  void fetchAll(data);
  return () => {
    // Streamlit may clean up only to call again at once; stop when nobody came back
    setTimeout(() => {
      if (parentElement.isConnected) return;
      parentElement.flipping?.abort();
      delete parentElement.flipping;
    }, 500);
  };
}
