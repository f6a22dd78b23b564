// lifecycle/ui/yours/undoing.js
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
function listen() {
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}
export {
  listen as default
};
