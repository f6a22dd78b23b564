// The panel's title and explanation. A click on the diagram is answered here, in the next frame, from what the page
// fetched once for the whole course; the server then says the same, and where it says something else, that counts.

import { allOf, el, put, setHtml, write } from "../../../js/shared/dom.js";
import { addressOf } from "./page_address.js";

/**
 * @import { PanelPart } from "./message.js"
 *
 * @typedef {{ title: string, html: string }} Explained what is shown of one place
 *
 * @typedef {object} Part a part of the panel while it is on the page
 * @property {HTMLElement} root
 * @property {PanelPart} said what the server said last
 * @property {string | null} shown
 * @property {{ place: string, at: number } | null} pending a place that was chosen here and that the server has not confirmed
 * @property {number | undefined} givingUp
 * @property {number | undefined} leaving
 * @property {IntersectionObserver} near figures that are looked out for
 * @property {() => void} end
 *
 * @typedef {HTMLElement & { panelPart?: Part }} Host
 */

// So long an answer of the server to an earlier click is passed over; the diagram waits as long (receive.js).
const PATIENCE_MS = 3000;

/**
 * What was fetched, by its address; both parts of the panel share it.
 * @type {Map<string, Record<string, Explained>>}
 */
const texts = new Map();

/**
 * Pictures of figures, by their address.
 * @type {Map<string, Promise<string>>}
 */
const pictures = new Map();

/** @type {Map<string, Promise<void>>} */
const onTheWay = new Map();

/**
 * What does not come is tried again at the server's next word; until then nothing is shown ahead of that.
 * @param {string} url
 */
async function get(url) {
  try {
    const response = await fetch(url);
    if (response.ok) texts.set(url, await response.json());
  } catch {
    // no network: the server's word does not come either
  } finally {
    onTheWay.delete(url);
  }
}

/** @param {string} url */
function fetched(url) {
  if (texts.has(url)) return Promise.resolve();
  const coming = onTheWay.get(url) ?? get(url);
  onTheWay.set(url, coming);
  return coming;
}

/**
 * @param {PanelPart} said
 * @param {string} place
 */
const sourceOf = ({ source, apiece }, place) => (apiece ? `${source}/${place}` : source);

/**
 * @param {Part} part
 * @param {string} content
 */
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

/**
 * A figure of the text that is about to be seen: its picture is drawn by the server from the simulated day.
 * @param {Part} part
 * @param {Element} drawn
 */
async function drawFigure(part, drawn) {
  part.near.unobserve(drawn);
  const site = part.said.source.split("/explanations/")[0];
  const url = `${site}/figures/${drawn.getAttribute("data-figure")}`;
  if (!pictures.has(url)) pictures.set(url, fetch(url).then((response) => response.ok ? response.text() : Promise.reject(response)));
  try {
    setHtml(drawn, await /** @type {Promise<string>} */ (pictures.get(url)));
  } catch {
    pictures.delete(url); // asked for again when the place is opened again
    write(drawn, "The picture did not come. Open this page again to try once more.");
  }
}

/**
 * The panel's own scroll where it has one, else the page's, and only where the reader is already past the beginning.
 * @param {HTMLElement} panel
 */
function toTop(panel) {
  panel.scrollTop = 0;
  if (panel.getBoundingClientRect().top < 0) panel.scrollIntoView({ block: "start", behavior: "instant" });
}

/**
 * The panel around a part; what else it shows is still of another place while one is `ahead` of the server, and the
 * scenario's story, unfolded beside the whole, is `folding` until the server has folded it.
 * @param {Part} part
 */
const panelOf = (part) => /** @type {HTMLElement | null} */ (part.root.closest(".st-key-stage-panel"));

/** @param {HTMLElement} panel */
const storyOf = (panel) => /** @type {HTMLDetailsElement | null} */ (panel.querySelector(".st-key-story details"));

/**
 * @param {Part} part
 * @param {string} place
 */
function showAhead(part, place) {
  const explained = texts.get(sourceOf(part.said, place))?.[place];
  if (!explained) return false;
  const back = place === part.said.place; // the server may have nothing new to say of it
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

/**
 * A place was chosen on the page, null for the whole, which the server alone shows; in the same moment the address says it.
 * @param {Part} part
 * @param {string | null} place
 */
function choose(part, place) {
  if (!place) {
    part.pending = null;
    clearTimeout(part.givingUp);
    part.givingUp = setTimeout(settle, PATIENCE_MS, part); // should the server have nothing new to say
  } else if (showAhead(part, place)) {
    if (part.said.part !== "html") return;
    const query = addressOf(location.search, place, part.said.names);
    if (`?${query}` !== location.search) history.pushState({}, "", `${location.pathname}?${query}`);
  } else later(part, place);
}

/**
 * A place whose text comes apiece and is not there yet: shown when it has come, unless another was chosen since.
 * @param {Part} part
 * @param {string} place
 */
function later(part, place) {
  if (!part.said.apiece) return;
  part.pending = { place, at: performance.now() };
  void fetched(sourceOf(part.said, place)).then(() => part.pending?.place === place && showAhead(part, place));
}

/**
 * @param {Part} part
 * @param {string} place
 */
const aheadOrLater = (part, place) => showAhead(part, place) || later(part, place);

/**
 * What the server said last is what is shown.
 * @param {Part} part
 */
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

/**
 * The server's word: on what was chosen here, or, within a moment of that, still on what was before.
 * @param {Part} part
 * @param {PanelPart} said
 */
function hear(part, said) {
  const before = part.said, { pending } = part;
  const again = part.shown !== null && said.place === before.place && said.content === before.content;
  if (window.headwatersCut && again) return; // only the page redrawing itself (see reconnect.js): nobody has said anything
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
  const another = said.reading !== before.reading || (said.place !== before.place && said.place !== pending?.place);
  if (panel && said.part === "html" && another) toTop(panel);
}

/**
 * @param {Host} parent
 * @param {PanelPart} said
 * @returns {Part}
 */
function create(parent, said) {
  const listening = new AbortController(), { signal } = listening;
  /** @type {Part} */
  const part = {
    root: said.part === "title" ? el("h2") : el("div", { class: "explanation" }),
    said, shown: null, pending: null, givingUp: undefined, leaving: undefined,
    near: new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) void drawFigure(part, target);
    }, { rootMargin: "200px" }),
    end() {
      listening.abort();
      part.near.disconnect();
      clearTimeout(part.givingUp);
      part.root.remove();
      delete parent.panelPart;
    },
  };
  parent.append(part.root);
  // what is shown ahead may be the first code on the page: its letters are there by then, and nothing moves as they come
  void document.fonts.load(`1em ${getComputedStyle(parent).getPropertyValue("--st-code-font") || "monospace"}`);
  window.addEventListener("headwaters:choose", (event) => choose(part, event.detail), { signal });
  const page = location.pathname;
  window.addEventListener("popstate", () => {
    if (location.pathname !== page) return; // to another page, whose address may name a place: nothing is chosen here
    const place = new URLSearchParams(location.search).get("stage"), unsure = part.pending !== null;
    if (place) aheadOrLater(part, place); // what was ahead before is not what the address says any more
    else if (unsure) choose(part, null);
    if (unsure && part.said.part === "html") window.dispatchEvent(new CustomEvent("headwaters:back", { detail: place }));
  }, { signal });
  panelOf(part)?.addEventListener("toggle", ({ currentTarget: panel, target }) => {
    if (panel instanceof HTMLElement && target === storyOf(panel) && !storyOf(panel)?.open) delete panel.dataset.folding;
  }, { signal, capture: true }); // it does not rise
  return part;
}

/** @param {Mount<PanelPart, Host>} mount */
export default function ({ data, parentElement }) {
  const part = (parentElement.panelPart ??= create(parentElement, data));
  clearTimeout(part.leaving);
  hear(part, data);
  return () => {
    // Streamlit may clean up only to call again at once; leave when nobody came back
    part.leaving = setTimeout(() => part.root.isConnected || part.end(), 500);
  };
}
