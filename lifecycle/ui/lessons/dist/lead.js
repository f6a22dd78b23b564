// js/shared/dom.js
function dressed(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === void 0) continue;
    if (name === "text") node.textContent = String(value);
    else if (name === "html") setHtml(node, String(value));
    else if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}
var el = (tag, attributes = {}, ...children) => dressed(document.createElement(tag), attributes, children);
function setHtml(node, html) {
  node.innerHTML = html;
  return node;
}
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
function isTyping(event, harmless = /(?!)/) {
  const at = event.composedPath()[0];
  if (!(at instanceof HTMLElement)) return false;
  const type = at instanceof HTMLInputElement ? at.type : "";
  return at.isContentEditable || /^(input|textarea|select)$/i.test(at.tagName) && !harmless.test(type);
}
var isChord = (event) => event.ctrlKey || event.metaKey || event.altKey;

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

// lifecycle/ui/lessons/lead.js
function isFree(event) {
  const at = event.composedPath()[0];
  if (!(at instanceof Element) || isTyping(event) || isChord(event) || event.defaultPrevented) return false;
  return at === document.body || at.matches(".stMain") || at.closest(".st-key-lesson") !== null && !at.closest("[role='radiogroup'], [role='slider']");
}
function create(parent, said, send) {
  const listening = new AbortController(), { signal } = listening;
  const root = el("div", { role: "status" });
  root.style.cssText = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)";
  const lead = { root, said, seen: null, passed: false, send, end() {
    listening.abort();
    root.remove();
  } };
  window.addEventListener("keydown", (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way || event.repeat || !isFree(event)) return;
    const to = lead.said.index + way;
    if (to < 0 || to > lead.said.steps) return;
    event.preventDefault();
    lead.send("go", to);
  }, { signal });
  window.addEventListener("headwaters:moment", (event) => {
    const until = lead.said.until_s, now = (
      /** @type {CustomEvent<number>} */
      event.detail
    ), before = lead.seen;
    lead.seen = now;
    if (until === null || lead.passed || before === null || before >= until || now < until) return;
    if (leaves()) return;
    lead.passed = true;
    lead.send("passed", Math.round(now));
  }, { signal });
  parent.append(root);
  return lead;
}
function lead_default({ data, parentElement, setTriggerValue }) {
  const lead = parentElement.lead ??= create(parentElement, data, setTriggerValue);
  if (lead.said.step !== data.step) Object.assign(lead, { seen: null, passed: false });
  Object.assign(lead, { said: data, send: setTriggerValue });
  heedLeaving();
  write(lead.root, data.words);
  return () => {
    setTimeout(() => {
      if (parentElement.isConnected) return;
      lead.end();
      delete parentElement.lead;
    }, 500);
  };
}
export {
  lead_default as default
};
