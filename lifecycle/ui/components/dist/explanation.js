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
function put(node, name, value) {
  if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
}
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
var allOf = (root, selector) => (
  /** @type {T[]} */
  [...root.querySelectorAll(selector)]
);

// lifecycle/ui/components/page_address.js
var STREAMLITS = /^embed(_options)?$/i;
function addressOf(search, place, names) {
  const params = new URLSearchParams(search);
  params.set("stage", place);
  const streamlits = [...new Set(params.keys())].filter((name) => STREAMLITS.test(name));
  const kept = streamlits.flatMap((name) => params.getAll(name).map((value) => [name, value]));
  for (const name of names) {
    const value = params.getAll(name).at(-1);
    if (value !== void 0) kept.push([name, value]);
  }
  return new URLSearchParams(kept).toString().replaceAll("*", "%2A").replaceAll("%7E", "~");
}

// lifecycle/ui/components/explanation.js
var PATIENCE_MS = 3e3;
var texts = /* @__PURE__ */ new Map();
var pictures = /* @__PURE__ */ new Map();
var onTheWay = /* @__PURE__ */ new Map();
async function get(url) {
  try {
    const response = await fetch(url);
    if (response.ok) texts.set(url, await response.json());
  } catch {
  } finally {
    onTheWay.delete(url);
  }
}
function fetched(url) {
  if (texts.has(url)) return Promise.resolve();
  const coming = onTheWay.get(url) ?? get(url);
  onTheWay.set(url, coming);
  return coming;
}
var sourceOf = ({ source, apiece }, place) => apiece ? `${source}/${place}` : source;
function paint(part, content) {
  if (part.shown === content) return;
  part.shown = content;
  if (part.said.part === "title") return write(part.root, content);
  setHtml(part.root, content);
  for (const link of allOf(part.root, "a[href^='http']")) {
    put(link, "target", "_blank");
    put(link, "rel", "noopener noreferrer");
  }
  for (const drawn of allOf(part.root, "[data-figure]")) part.near.observe(drawn);
}
async function drawFigure(part, drawn) {
  part.near.unobserve(drawn);
  const site = part.said.source.split("/explanations/")[0];
  const url = `${site}/figures/${drawn.getAttribute("data-figure")}`;
  if (!pictures.has(url)) pictures.set(url, fetch(url).then((response) => response.ok ? response.text() : Promise.reject(response)));
  try {
    setHtml(drawn, await /** @type {Promise<string>} */
    pictures.get(url));
  } catch {
    pictures.delete(url);
    write(drawn, "The picture did not come. Open this page again to try once more.");
  }
}
function toTop(panel) {
  panel.scrollTop = 0;
  if (panel.getBoundingClientRect().top < 0) panel.scrollIntoView({ block: "start", behavior: "instant" });
}
var panelOf = (part) => (
  /** @type {HTMLElement | null} */
  part.root.closest(".st-key-stage-panel")
);
var storyOf = (panel) => (
  /** @type {HTMLDetailsElement | null} */
  panel.querySelector(".st-key-story details")
);
function showAhead(part, place) {
  const explained = texts.get(sourceOf(part.said, place))?.[place];
  if (!explained) return false;
  const back = place === part.said.place;
  if (back && !part.pending) return true;
  part.pending = { place, at: performance.now() };
  clearTimeout(part.givingUp);
  if (back) part.givingUp = setTimeout(settle, PATIENCE_MS, part);
  paint(part, explained[part.said.part]);
  const panel = panelOf(part);
  if (panel && part.said.part === "html") {
    panel.dataset.ahead = "";
    panel.dataset.place = place;
    if (!part.said.place && storyOf(panel)?.open) panel.dataset.folding = "";
    toTop(panel);
  }
  return true;
}
function choose(part, place) {
  if (!place) {
    part.pending = null;
    clearTimeout(part.givingUp);
    part.givingUp = setTimeout(settle, PATIENCE_MS, part);
  } else if (showAhead(part, place)) {
    if (part.said.part !== "html") return;
    const query = addressOf(location.search, place, part.said.names);
    if (`?${query}` !== location.search) history.pushState({}, "", `${location.pathname}?${query}`);
  } else later(part, place);
}
function later(part, place) {
  if (!part.said.apiece) return;
  part.pending = { place, at: performance.now() };
  void fetched(sourceOf(part.said, place)).then(() => part.pending?.place === place && showAhead(part, place));
}
var aheadOrLater = (part, place) => showAhead(part, place) || later(part, place);
function settle(part) {
  const { said } = part, panel = panelOf(part);
  part.pending = null;
  clearTimeout(part.givingUp);
  paint(part, said.content);
  if (!panel || said.part !== "html") return;
  delete panel.dataset.ahead;
  panel.dataset.place = said.place;
  if (!said.place || !storyOf(panel)?.open) delete panel.dataset.folding;
}
function hear(part, said) {
  const before = part.said, { pending } = part;
  const again = part.shown !== null && said.place === before.place && said.content === before.content;
  if (window.headwatersCut && again) return;
  part.said = said;
  if (!said.apiece) void fetched(said.source);
  const left = pending && pending.place !== said.place ? pending.at + PATIENCE_MS - performance.now() : 0;
  if (left > 0) {
    clearTimeout(part.givingUp);
    part.givingUp = setTimeout(settle, left, part);
    return;
  }
  settle(part);
  const panel = panelOf(part);
  const another = said.reading !== before.reading || said.place !== before.place && said.place !== pending?.place;
  if (panel && said.part === "html" && another) toTop(panel);
}
function create(parent, said) {
  const listening = new AbortController(), { signal } = listening;
  const part = {
    root: said.part === "title" ? el("h2") : el("div", { class: "explanation" }),
    said,
    shown: null,
    pending: null,
    givingUp: void 0,
    leaving: void 0,
    near: new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) void drawFigure(part, target);
    }, { rootMargin: "200px" }),
    end() {
      listening.abort();
      part.near.disconnect();
      clearTimeout(part.givingUp);
      part.root.remove();
      delete parent.panelPart;
    }
  };
  parent.append(part.root);
  void document.fonts.load(`1em ${getComputedStyle(parent).getPropertyValue("--st-code-font") || "monospace"}`);
  window.addEventListener("headwaters:choose", (event) => choose(part, event.detail), { signal });
  const page = location.pathname;
  window.addEventListener("popstate", () => {
    if (location.pathname !== page) return;
    const place = new URLSearchParams(location.search).get("stage"), unsure = part.pending !== null;
    if (place) aheadOrLater(part, place);
    else if (unsure) choose(part, null);
    if (unsure && part.said.part === "html") window.dispatchEvent(new CustomEvent("headwaters:back", { detail: place }));
  }, { signal });
  panelOf(part)?.addEventListener("toggle", ({ currentTarget: panel, target }) => {
    if (panel instanceof HTMLElement && target === storyOf(panel) && !storyOf(panel)?.open) delete panel.dataset.folding;
  }, { signal, capture: true });
  return part;
}
function explanation_default({ data, parentElement }) {
  const part = parentElement.panelPart ??= create(parentElement, data);
  clearTimeout(part.leaving);
  hear(part, data);
  return () => {
    part.leaving = setTimeout(() => part.root.isConnected || part.end(), 500);
  };
}
export {
  explanation_default as default
};
