// What leads through a lesson without a click: the arrow keys, and the clock, when it comes to the moment a step waits for.

import { el, isChord, isTyping, write } from "../../../js/shared/dom.js";
import { heedLeaving, leaves } from "../../../js/shared/leaving.js";

/**
 * @import { LessonLed } from "./message.js"
 *
 * @typedef {object} Lead
 * @property {HTMLElement} root says each new step to those who hear the page
 * @property {LessonLed} said
 * @property {number | null} seen the moment that the clock showed last within this step
 * @property {boolean} passed
 * @property {(name: "go" | "passed", value: number) => void} send
 * @property {() => void} end
 */

/**
 * Whether an arrow key is meant for nothing else: not in a control that has a use for it, nor in the diagram.
 * @param {KeyboardEvent} event
 */
function isFree(event) {
  const at = event.composedPath()[0];
  if (!(at instanceof Element) || isTyping(event) || isChord(event) || event.defaultPrevented) return false;
  return at === document.body || at.matches(".stMain") || (at.closest(".st-key-lesson") !== null && !at.closest("[role='radiogroup'], [role='slider']"));
}

/**
 * @param {HTMLElement} parent
 * @param {LessonLed} said
 * @param {Lead["send"]} send
 * @returns {Lead}
 */
function create(parent, said, send) {
  const listening = new AbortController(), { signal } = listening;
  const root = el("div", { role: "status" });
  root.style.cssText = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)";
  /** @type {Lead} */
  const lead = { root, said, seen: null, passed: false, send, end() { listening.abort(); root.remove(); } };
  window.addEventListener("keydown", (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way || event.repeat || !isFree(event)) return;
    const to = lead.said.index + way;
    if (to < 0 || to > lead.said.steps) return;
    event.preventDefault();
    lead.send("go", to);
  }, { signal });
  window.addEventListener("headwaters:moment", (event) => {
    const until = lead.said.until_s, now = /** @type {CustomEvent<number>} */ (event).detail, before = lead.seen;
    lead.seen = now;
    // only a clock that was seen before the moment comes to it: what it showed in the step before does not count
    if (until === null || lead.passed || before === null || before >= until || now < until) return;
    if (leaves()) return;
    lead.passed = true;
    lead.send("passed", Math.round(now));
  }, { signal });
  parent.append(root);
  return lead;
}

/** @param {Mount<LessonLed, HTMLElement & { lead?: Lead }>} mount */
export default function ({ data, parentElement, setTriggerValue }) {
  const lead = (parentElement.lead ??= create(parentElement, data, setTriggerValue));
  if (lead.said.step !== data.step) Object.assign(lead, { seen: null, passed: false });
  Object.assign(lead, { said: data, send: setTriggerValue });
  heedLeaving();
  write(lead.root, data.words);
  return () => {
    // Streamlit may clean up only to call again at once; stop when nobody came back
    setTimeout(() => {
      if (parentElement.isConnected) return;
      lead.end();
      delete parentElement.lead;
    }, 500);
  };
}
