// A flipped switch is answered here, in the next frame: the diagram plays the other run, and the figures are its own, from
// what the page fetched while its reader looked at the run before. The server then says the same, and draws the charts.

import { hearTruth, mayAnswer, showAhead } from "./shown_ahead.js";

/**
 * @import { Flips } from "./message.js"
 * @import { Ahead } from "./shown_ahead.js"
 *
 * @typedef {HTMLElement & { flipping?: AbortController }} Host
 */

/** @type {Map<string, Ahead>} what was fetched, by its key */
const known = new Map();

/** @type {Flips} what the server said last */
let offered = { source: "", now: { nth: "", run: "", figures: [] }, flips: [] };

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

/** @param {MouseEvent} event */
function flip({ target }) {
  const button = target instanceof Element && target.closest("button[role='radio'][aria-checked='false']");
  if (!button || !mayAnswer()) return;
  const found = offered.flips.find((one) => button.closest(`.st-key-${one.switch}`) && button.textContent?.trim() === one.value);
  const ahead = found && known.get(found.key);
  if (!ahead) return;
  setTimeout(showAhead, 0, ahead); // once the click is on its way
}

/** @param {Mount<Flips, Host>} mount */
export default function ({ data, parentElement }) {
  if (!parentElement.flipping) {
    parentElement.flipping = new AbortController();
    document.addEventListener("click", flip, { capture: true, signal: parentElement.flipping.signal });
  }
  hearTruth(data.now);
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
