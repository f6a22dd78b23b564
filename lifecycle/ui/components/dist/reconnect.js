// lifecycle/ui/components/reconnect.js
var app = () => (
  /** @type {HTMLElement | null} */
  document.querySelector("[data-testid='stApp']")
);
var wire = () => app()?.dataset.testConnectionState;
var connected = () => wire() === "CONNECTED";
var ANEW_MS = 2e4;
var LOADED_ANEW = "headwaters-loaded-anew";
function loadAnew() {
  try {
    if (Date.now() - Number(sessionStorage.getItem(LOADED_ANEW) ?? 0) < ANEW_MS) return;
    sessionStorage.setItem(LOADED_ANEW, String(Date.now()));
  } catch {
    return;
  }
  location.reload();
}
function unheard() {
  const pending = window.headwatersDiagrams?.get("living-diagram")?.diagram?.pending;
  if (!pending) return {};
  pending.at = performance.now();
  return { stage: pending.id };
}
function hearWhatCame() {
  for (const { notes, diagram, hear } of window.headwatersDiagrams?.values() ?? []) {
    if (notes.state && notes.state !== diagram?.said) hear?.(notes.state);
  }
}
function putAway(records) {
  if (connected() || !document.querySelector(".st-key-conductor")) return;
  for (const box of records.flatMap((each) => [...each.addedNodes])) {
    if (!(box instanceof HTMLElement) || !box.matches("[data-testid='stDialog']")) continue;
    box.hidden = true;
    box.style.display = "none";
    box.querySelector("button")?.click();
  }
}
function reconnect_default({ setTriggerValue }) {
  const root = app();
  if (!root) return;
  window.headwatersCut = !connected();
  const watch = new MutationObserver(() => {
    const back = window.headwatersCut && connected();
    window.headwatersCut = !connected();
    if (back) {
      const asked = unheard();
      hearWhatCame();
      setTriggerValue("back", asked);
    }
    if (wire() === "DISCONNECTED_FOREVER") loadAnew();
  });
  watch.observe(root, { attributes: true, attributeFilter: ["data-test-connection-state"] });
  const boxes = new MutationObserver(putAway);
  boxes.observe(document.body, { childList: true });
  return () => {
    watch.disconnect();
    boxes.disconnect();
  };
}
export {
  reconnect_default as default
};
