// The page's search and the cards of its terms. What both say is fetched once; the server follows what is chosen.

import { el } from "../../../js/shared/dom.js";
import { termCards } from "../../outputs/lookup/cards.js";
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

/**
 * Go to an address of the explorer, which follows it at once where it is on screen; or to a talk.
 * @param {Look} look
 * @param {string} address
 * @param {string} question
 */
function go(look, address, question = "") {
  const { site, follows } = look.said;
  if (address.startsWith("?talk=")) location.assign(`${site}/present${address}`);
  else if (follows) look.send("go", { address, question });
  else location.assign(`${site}/${address}`);
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
  const search = searchDialog(root, (entry) => go(look, entry.address, entry.question));
  const cards = termCards(root, (id) => look.lookup?.terms[id], (view) => go(look, view));
  /** @type {Look} */
  const look = {
    said, lookup: null, fetched: "", send, button, search, leaving: undefined,
    end() { listening.abort(); cards.end(); root.remove(); },
  };
  parent.append(root);
  listenForSearch(open, () => look.said.offered, listening.signal);
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
