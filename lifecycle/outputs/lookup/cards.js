// The cards of marked terms: two lines beside the word, by pointer, focus and tap. A card can be closed by Escape without
// moving either, be pointed at itself, and stays until neither is on it (WCAG 1.4.13); it never covers its word.

import { el, write } from "../../../js/shared/dom.js";

/**
 * @import { TermCard } from "./message.js"
 *
 * @typedef {{ top: number, left: number }} Spot
 * @typedef {{ top: number, bottom: number, left: number, width: number, height: number }} Box
 */

export const MARKED = "a[href^='#term-']";
const OPENS_MS = 120, CLOSES_MS = 250; // a pointer that only passes opens nothing, one on its way to the card closes nothing
const GAP = 6, EDGE = 8; // pixels between word and card, and between card and window

/**
 * Where a card stands: below its word, or above it where there is no room below; within the window from left to right.
 * @param {Box} word
 * @param {{ width: number, height: number }} card
 * @param {{ width: number, height: number }} screen
 * @returns {Spot}
 */
export function beside(word, card, screen) {
  const below = word.bottom + GAP, above = word.top - GAP - card.height;
  const top = below + card.height <= screen.height - EDGE || above < EDGE ? below : above;
  return { top, left: Math.max(EDGE, Math.min(word.left, screen.width - EDGE - card.width)) };
}

/**
 * @param {HTMLElement} host where the card stands in the page
 * @param {(id: string) => TermCard | undefined} cardOf
 * @param {(view: string) => void} show what "Show me" does
 */
export function termCards(host, cardOf, show) {
  const name = el("b"), about = el("p");
  const more = el("button", { type: "button", text: "Show me", onclick: () => follow() });
  const card = el("div", { class: "term-card", role: "group", id: "term-card", popover: "manual", hidden: true }, name, about, more);
  /** @type {{ word: HTMLElement | null, pinned: boolean, view: string, timer: ReturnType<typeof setTimeout> | undefined }} */
  const now = { word: null, pinned: false, view: "", timer: undefined };
  host.append(card);

  /** @param {EventTarget | null} target */
  const wordAt = (target) => /** @type {HTMLElement | null} */ (target instanceof Element ? target.closest(MARKED) : null);
  const place = () => {
    if (!now.word) return;
    const box = now.word.getBoundingClientRect();
    if (!now.word.isConnected || !box.width || box.bottom < 0 || box.top > innerHeight) return close();
    const spot = beside(box, card.getBoundingClientRect(), { width: innerWidth, height: innerHeight });
    Object.assign(card.style, { top: `${spot.top}px`, left: `${spot.left}px` });
  };
  /** @param {HTMLElement} word */
  const open = (word) => {
    const term = cardOf(decodeURIComponent(word.getAttribute("href")?.slice(6) ?? ""));
    if (!term) return;
    if (now.word !== word) close();
    clearTimeout(now.timer);
    Object.assign(now, { word, view: term.view });
    write(name, term.name);
    write(about, term.about);
    card.setAttribute("aria-label", term.name);
    more.hidden = !term.view;
    card.hidden = false;
    if (!card.matches(":popover-open")) card.showPopover?.();
    word.setAttribute("aria-describedby", card.id);
    word.setAttribute("aria-expanded", "true");
    place();
  };
  const close = () => {
    clearTimeout(now.timer);
    now.word?.removeAttribute("aria-describedby");
    now.word?.setAttribute("aria-expanded", "false");
    if (card.contains(document.activeElement)) now.word?.focus({ preventScroll: true });
    Object.assign(now, { word: null, pinned: false });
    if (card.matches(":popover-open")) card.hidePopover();
    card.hidden = true;
  };
  const follow = () => {
    const { view } = now;
    close();
    show(view);
  };
  /** @param {() => void} act @param {number} delay */
  const later = (act, delay) => {
    clearTimeout(now.timer);
    now.timer = setTimeout(act, delay);
  };
  const isHeld = () => now.pinned || now.word === document.activeElement || card.contains(document.activeElement);

  /** @param {PointerEvent} event */
  const over = (event) => {
    const word = wordAt(event.target);
    if (event.pointerType === "touch") return;
    if (event.target instanceof Node && card.contains(event.target)) clearTimeout(now.timer);
    else if (word && word === now.word) clearTimeout(now.timer);
    else if (word) later(() => open(word), OPENS_MS);
    else if (now.word && !isHeld()) later(close, CLOSES_MS);
    else clearTimeout(now.timer);
  };
  /** @param {FocusEvent} event */
  const focused = (event) => {
    const word = wordAt(event.target);
    if (word?.matches(":focus-visible")) open(word);
    else if (now.word && word !== now.word && !(event.target instanceof Node && card.contains(event.target))) close();
  };
  /** @param {MouseEvent} event */
  const clicked = (event) => {
    const word = wordAt(event.target);
    if (!word) return void (now.word && !(event.target instanceof Node && card.contains(event.target)) && close());
    event.preventDefault();
    event.stopPropagation();
    if (now.word === word && now.pinned) return close();
    open(word);
    now.pinned = now.word === word;
  };
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    if (!now.word) return;
    const inside = card.contains(document.activeElement);
    if (event.key === "Escape") close();
    else if (event.key === "Tab" && !event.shiftKey && !more.hidden && document.activeElement === now.word) more.focus();
    else if (event.key === "Tab" && inside && event.shiftKey) now.word.focus();
    else {
      if (event.key === "Tab" && inside) close(); // back on the word, from where Tab goes on
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const listening = new AbortController(), heard = { capture: true, signal: listening.signal };
  document.addEventListener("pointerover", over, heard);
  document.addEventListener("focusin", focused, heard);
  document.addEventListener("click", clicked, heard);
  window.addEventListener("keydown", pressed, heard);
  window.addEventListener("scroll", place, { ...heard, passive: true });
  window.addEventListener("resize", place, heard);
  return { end() { listening.abort(); close(); card.remove(); } };
}
