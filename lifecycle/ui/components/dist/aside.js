// js/shared/dom.js
var allOf = (root, selector) => (
  /** @type {T[]} */
  [...root.querySelectorAll(selector)]
);

// lifecycle/ui/components/aside.js
var buttonOf = (key) => allOf(document, `.st-key-${key} button`).find((button) => button.checkVisibility());
var TRIES = 100;
var AGAIN_MS = 100;
function showPlace(host, place, tries) {
  if (host.asidePart?.place !== place || !host.isConnected) return;
  const root = window.headwatersDiagrams?.get("living-diagram")?.diagram?.root, view = root?.querySelector(".stage");
  const node = view?.querySelector(`[id="stage-${place}"]`);
  if (!view || !node) return void (tries && setTimeout(showPlace, AGAIN_MS, host, place, tries - 1));
  if (view.scrollHeight <= view.clientHeight) return;
  const sheet = host.closest(`[data-testid="stLayoutWrapper"]:has(> .st-key-${host.asidePart.within})`);
  const told = document.querySelector(".st-key-seeing")?.childElementCount;
  if (!told && sheet && getComputedStyle(sheet).position === "fixed") {
    const top = document.querySelector(".st-key-diagram")?.getBoundingClientRect().top ?? 0;
    document.querySelector(".stMain")?.scrollBy({ top, behavior: "instant" });
  }
  const at = node.getBoundingClientRect(), around = view.getBoundingClientRect();
  if (at.top < around.top || at.bottom > around.bottom) view.scrollTop += at.top - around.top - (around.height - at.height) / 2;
}
var isMine = ({ key, target, defaultPrevented }) => key === "Escape" && !defaultPrevented && !(target instanceof Element && target.getAttribute("aria-expanded") === "true");
function aside_default({ data, parentElement }) {
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
export {
  aside_default as default
};
