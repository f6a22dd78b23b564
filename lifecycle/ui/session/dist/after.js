// js/shared/leaving.js
var PATIENCE_MS = 8e3;
function heedLeaving() {
  const path = location.pathname, known = window.headwatersLeaving;
  if (known) {
    if (known.path !== path) Object.assign(known, { path, at: -Infinity });
    return;
  }
  const leaving = window.headwatersLeaving = { path, at: -Infinity };
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-testid='stPageLink-NavLink']") : null;
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (new URL(link.href).pathname !== location.pathname) Object.assign(leaving, { path: location.pathname, at: performance.now() });
  }, true);
  window.addEventListener("popstate", () => {
    if (location.pathname !== leaving.path) leaving.at = performance.now();
  });
}
var leaves = () => performance.now() - (window.headwatersLeaving?.at ?? -Infinity) < PATIENCE_MS;

// lifecycle/ui/session/after.js
var PATIENCE_MS2 = 2e3;
function after_default({ setTriggerValue }) {
  const end = performance.now() + PATIENCE_MS2;
  let timer = 0;
  heedLeaving();
  const look = () => {
    if (leaves() || window.headwatersMoment === void 0 && performance.now() < end) timer = setTimeout(look, 30);
    else requestAnimationFrame(() => setTriggerValue("ready", true));
  };
  look();
  return () => clearTimeout(timer);
}
export {
  after_default as default
};
