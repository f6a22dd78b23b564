// A page that is being left asks for nothing. Streamlit runs the page that was asked for last, and what a component says by
// itself, a clock that stopped or charts that are due, is asked for in the name of the page it stands on: said after a link
// was pressed, it would lead back.

const PATIENCE_MS = 8000; // should the server never come to the other page

/** To be called by whoever speaks without being pressed, each time it is put on a page. */
export function heedLeaving() {
  const path = location.pathname, known = window.headwatersLeaving;
  if (known) {
    if (known.path !== path) Object.assign(known, { path, at: -Infinity }); // arrived
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

/** Whether another page was asked for and is not there yet. */
export const leaves = () => performance.now() - (window.headwatersLeaving?.at ?? -Infinity) < PATIENCE_MS;
