// A dialog with the page's keys. The browser's own dialog closes by Escape and gives the focus back to where it was.

import { el, isChord, isTyping } from "../../../js/shared/dom.js";

/**
 * @typedef {{ list: HTMLElement, leaving?: number, end: () => void }} Keys
 */

/**
 * @param {HTMLElement} parent
 * @returns {Keys}
 */
function create(parent) {
  const list = el("dl"), title = el("h2", { text: "Keys", id: "keys-title" });
  const close = el("button", { type: "button", text: "Close", autofocus: true, onclick: () => void dialog.close() });
  /** @type {HTMLDialogElement} */
  const dialog = el("dialog", {}, title, list, close);
  dialog.setAttribute("aria-labelledby", "keys-title");
  const open = () => dialog.open || dialog.showModal();
  const button = el("button", { type: "button", text: "?", title: "Keys (?)", "aria-label": "Keys (?)", class: "open", onclick: open });
  parent.append(button, dialog);
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    if (event.key !== "?" || isChord(event) || event.defaultPrevented || isTyping(event, /^(range|radio|checkbox|button)$/)) return;
    event.preventDefault();
    open();
  };
  document.addEventListener("keydown", pressed);
  return { list, end: () => { document.removeEventListener("keydown", pressed); button.remove(); dialog.remove(); } };
}

/** @param {Mount<{ rows: [string[], string][] }, HTMLElement & { keys?: Keys }>} mount */
export default function ({ data, parentElement }) {
  const keys = (parentElement.keys ??= create(parentElement));
  keys.list.replaceChildren(...data.rows.flatMap(([names, words]) => [
    el("dt", {}, ...names.map((name) => el("kbd", { text: name }))), el("dd", { text: words }),
  ]));
  clearTimeout(keys.leaving);
  return () => {
    keys.leaving = setTimeout(() => {
      if (parentElement.isConnected) return;
      keys.end();
      delete parentElement.keys;
    }, 500);
  };
}
