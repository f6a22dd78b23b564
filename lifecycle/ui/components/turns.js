// A knob that is being dragged is answered here: the diagram plays what the day comes to at the thumb's place, and the
// figures are its own, while the thumb goes on. Once it is let go the server says the same, and draws the charts.

import { mayAnswer, onPage, playing, showAhead } from "./shown_ahead.js";

/**
 * @import { Turns } from "./message.js"
 * @import { Ahead } from "./shown_ahead.js"
 *
 * @typedef {object} Drag
 * @property {HTMLInputElement} input
 * @property {string} url
 * @property {string} from where the thumb was
 * @property {Ahead | null} before what was shown then
 * @property {string} at where it was when the server was asked last
 * @property {string | undefined} shown the run that was shown last; another one is the server's
 * @property {boolean} asking
 * @property {boolean} held
 *
 * @typedef {HTMLElement & { turning?: AbortController }} Host
 */

/** @type {Turns} what the server said last */
let offered = { source: "", turns: [] };

/** @type {Drag | null} */
let drag = null;

/**
 * @param {string} url
 * @returns {Promise<Ahead | null>}
 */
async function made(url) {
  const response = await fetch(url);
  return response.ok ? response.json() : null;
}

/**
 * What comes of the thumb's place; not shown where the server has spoken meanwhile, or where nothing came.
 * @param {Drag} one
 */
async function ask(one) {
  one.asking = true;
  try {
    const ahead = one.at === one.from ? one.before : await made(`${one.url}/${one.at}`);
    if (!ahead || drag !== one || playing() !== one.shown) return;
    one.shown = ahead.run.run;
    showAhead(ahead);
  } catch {
    // no network: the server's word does not come either
  } finally {
    one.asking = false;
  }
}

/**
 * In each frame: ask for the place to which the thumb has come, one place at a time, the last one too.
 * @param {Drag} one
 */
function look(one) {
  if (drag !== one) return;
  const { value } = one.input;
  if (value !== one.at && !one.asking) {
    one.at = value;
    void ask(one);
  }
  if (one.held || one.asking || value !== one.at) requestAnimationFrame(() => look(one));
}

/** @param {Event} event */
function begin({ target }) {
  const slider = target instanceof Element ? target.closest(".stSlider") : null;
  const turn = slider && offered.turns.find(({ knob }) => slider.closest(`.${knob}`));
  const input = slider?.querySelector("input[type='range']");
  if (!turn || !(input instanceof HTMLInputElement) || !mayAnswer()) return;
  const { value: from } = input, url = `${offered.source}/${turn.figure}`;
  drag = { input, url, from, before: onPage(), at: from, shown: playing(), asking: false, held: true };
  look(drag);
}

function letGo() {
  if (drag) drag.held = false;
}

/** @param {Mount<Turns, Host>} mount */
export default function ({ data, parentElement }) {
  offered = data;
  if (!parentElement.turning) {
    const { signal } = (parentElement.turning = new AbortController());
    document.addEventListener("pointerdown", begin, { capture: true, signal });
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, letGo, { capture: true, signal });
  }
  return () => {
    // Streamlit may clean up only to call again at once; stop when nobody came back
    setTimeout(() => {
      if (parentElement.isConnected) return;
      parentElement.turning?.abort();
      delete parentElement.turning;
    }, 500);
  };
}
