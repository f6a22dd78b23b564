// Ctrl+Z and Ctrl+Shift+Z press the page's own buttons. In a field they stay the browser's: there they undo what was typed.

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "z") return;
  const at = event.composedPath()[0];
  if (at instanceof HTMLElement && (at.isContentEditable || at.matches("input, textarea, select"))) return;
  const name = event.shiftKey ? "redo" : "undo";
  const button = document.querySelector(`.st-key-draft-${name} button`);
  if (!(button instanceof HTMLButtonElement) || button.disabled) return;
  event.preventDefault();
  button.click();
}

/** Streamlit calls it at each run of the page; to listen twice with one function is to listen once. */
export default function listen() {
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}
