// The page's search and the cards of its terms. What both say is fetched once; the server follows what is chosen.

import { el } from "../../../js/shared/dom.js";
import { termCards } from "../../outputs/lookup/cards.js";
import { showSection } from "../../outputs/lookup/heading.js";
import { listenForSearch, searchButton, searchDialog } from "../../outputs/lookup/search.js";

/**
 * @import { LookupPart } from "./message.js"
 * @import { Lookup } from "../../outputs/lookup/message.js"
 *
 * @typedef {object} Look what is on the page
 * @property {LookupPart} said
 * @property {Lookup | null} lookup
 * @property {string} fetched
 * @property {Mount<LookupPart>["setTriggerValue"]} send
 * @property {HTMLElement} button
 * @property {ReturnType<typeof searchDialog>} search
 * @property {number | undefined} leaving
 * @property {() => void} end
 */

// So long the panel may take to show the page of a section.
const PATIENCE_MS = 10_000;

/**
 * Show a section as soon as the panel shows its place, "" for the whole.
 * @param {string} place
 * @param {string} heading
 */
function seek(place, heading) {
  const end = performance.now() + PATIENCE_MS;
  const look = () => {
    const panel = document.querySelector(".st-key-stage-panel");
    const isThere = panel instanceof HTMLElement && panel.dataset.place === place && showSection(panel, heading);
    if (!isThere && performance.now() < end) setTimeout(look, 100);
  };
  look();
}

/**
 * Go to an address of the explorer, which follows it at once where it is on screen; or to a talk or a lesson.
 * @param {Look} look
 * @param {string} address
 * @param {string} question
 * @param {string} heading
 */
function go(look, address, question = "", heading = "") {
  const { site, follows } = look.said;
  if (address.startsWith("?talk=")) location.assign(`${site}/present${address}`);
  else if (address.startsWith("?lesson=")) location.assign(`${site}/lessons${address}`);
  else if (follows) {
    look.send("go", { address, question });
    if (heading) seek(placeOf(address), heading);
  } else location.assign(`${site}/${address}${heading && `#${encodeURIComponent(heading)}`}`);
}

/** @param {string} address */
const placeOf = (address) => new URLSearchParams(address).get("stage") ?? "";

/** The heading that another page's search sent us to stands behind the address, once. */
function arrive() {
  const heading = new URLSearchParams(`heading=${location.hash.slice(1)}`).get("heading"); // any hash can be read so
  if (!heading) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  seek(placeOf(location.search), heading);
}

/** @param {Look} look */
async function fetchOnce(look) {
  const { source, without } = look.said;
  if (look.fetched !== source) {
    look.fetched = source;
    try {
      const response = await fetch(source);
      if (response.ok) look.lookup = await response.json();
      else look.fetched = "";
    } catch {
      look.fetched = ""; // no network: tried again when it is next asked for
    }
  }
  if (look.lookup) look.search.fill(look.lookup, without);
}

/**
 * @param {HTMLElement} parent
 * @param {LookupPart} said
 * @param {Look["send"]} send
 * @returns {Look}
 */
function create(parent, said, send) {
  const listening = new AbortController();
  const open = () => { look.search.open(); void fetchOnce(look); };
  const button = searchButton(open);
  const root = el("div", {}, button);
  const search = searchDialog(root, (entry) => go(look, entry.address, entry.question, entry.heading));
  const cards = termCards(root, (id) => look.lookup?.terms[id], (view) => go(look, view));
  /** @type {Look} */
  const look = {
    said, lookup: null, fetched: "", send, button, search, leaving: undefined,
    end() { listening.abort(); cards.end(); root.remove(); },
  };
  parent.append(root);
  listenForSearch(open, () => look.said.offered, listening.signal);
  if (said.follows) arrive();
  return look;
}

/** @param {Mount<LookupPart, HTMLElement & { look?: Look }>} mount */
export default function ({ data, parentElement, setTriggerValue }) {
  const look = (parentElement.look ??= create(parentElement, data, setTriggerValue));
  clearTimeout(look.leaving);
  Object.assign(look, { said: data, send: setTriggerValue });
  look.button.hidden = !data.offered;
  void fetchOnce(look);
  return () => {
    look.leaving = setTimeout(() => {
      if (parentElement.isConnected) return;
      look.end();
      delete parentElement.look;
    }, 500);
  };
}
