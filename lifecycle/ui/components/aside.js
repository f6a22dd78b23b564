// What stands beside the diagram: Escape in it closes it as its own button does, and the keyboard goes back to where it came
// from. What opens over the keyboard's head takes it along; a small diagram shows the place that is chosen.

import { allOf } from "../../../js/shared/dom.js";

/**
 * @import { AsidePart } from "./message.js"
 *
 * @typedef {HTMLElement & { asidePart?: AsidePart }} Host
 */

/**
 * Streamlit draws a button with a hint twice, once for screens of either size.
 * @param {string} key
 */
const buttonOf = (key) => allOf(document, `.st-key-${key} button`).find((button) => button.checkVisibility());

const TRIES = 100, AGAIN_MS = 100; // until the diagram of a page that has just opened is there

/**
 * Where the diagram is a window on a larger picture the chosen place is brought into it; and the window to the top, where
 * what stands beside it is a sheet over the page.
 * @param {Host} host
 * @param {string} place
 * @param {number} tries
 */
function showPlace(host, place, tries) {
  if (host.asidePart?.place !== place || !host.isConnected) return;
  const root = window.headwatersDiagrams?.get("living-diagram")?.diagram?.root, view = root?.querySelector(".stage");
  const node = view?.querySelector(`[id="stage-${place}"]`);
  if (!view || !node) return void (tries && setTimeout(showPlace, AGAIN_MS, host, place, tries - 1));
  if (view.scrollHeight <= view.clientHeight) return;
  const sheet = host.closest(`[data-testid="stLayoutWrapper"]:has(> .st-key-${host.asidePart.within})`);
  const told = document.querySelector(".st-key-seeing")?.childElementCount; // above the diagram, and to be read first
  if (!told && sheet && getComputedStyle(sheet).position === "fixed") {
    const top = document.querySelector(".st-key-diagram")?.getBoundingClientRect().top ?? 0;
    document.querySelector(".stMain")?.scrollBy({ top, behavior: "instant" });
  }
  const at = node.getBoundingClientRect(), around = view.getBoundingClientRect();
  if (at.top < around.top || at.bottom > around.bottom) view.scrollTop += at.top - around.top - (around.height - at.height) / 2;
}

/** @param {KeyboardEvent} event */
const isMine = ({ key, target, defaultPrevented }) =>
  key === "Escape" && !defaultPrevented && !(target instanceof Element && target.getAttribute("aria-expanded") === "true");

/** @param {Mount<AsidePart, Host>} mount */
export default function ({ data, parentElement }) {
  const before = parentElement.asidePart, side = parentElement.closest(`.st-key-${data.within}`);
  parentElement.asidePart = data;
  if (data.place && data.place !== before?.place) requestAnimationFrame(() => showPlace(parentElement, data.place, TRIES));
  if (before || !(side instanceof HTMLElement)) return;
  side.addEventListener("keydown", (event) => {
    if (!isMine(event)) return;
    event.preventDefault();
    buttonOf(data.close)?.click();
    (buttonOf(data.back) ?? document.getElementById(data.back))?.focus();
  });
  const title = side.querySelector("h2");
  if (!data.takes || !title) return;
  title.tabIndex = -1;
  title.focus();
}
