// What the class writes, who may join, and what one takes away.

import { allOf, byId, el, oneOf } from "../../../../js/shared/dom.js";
import { act } from "./desk_acting.js";
import { text } from "./desk_draw.js";
import { LIVE, desk } from "./desk_state.js";

/** @import { TextShown, ToDesk } from "../../../../js/shared/class_message.js" */

/** @type {Record<ToDesk["state"]["door"], string>} */
const DOORS = { open: "anyone", present: "those who are in", seats: "seats" };
/** @type {Record<ToDesk["state"]["door"], string>} */
const DOOR_NOTES = {
  open: "Everybody with the code joins and votes.",
  present: "Phones that are in go on voting. No others come in.",
  seats: "Only phones with a printed slip vote. Votes that were cast before stay.",
};

const door = byId("door", HTMLSelectElement), most = byId("most", HTMLInputElement);
const own = byId("aside", HTMLFormElement), question = byId("words", HTMLInputElement);
const scan = byId("scan", HTMLDialogElement), scanCode = byId("scan-code", HTMLImageElement);

/** @param {ToDesk} told */
export function showClass({ state, texts, turned_away, expires_s }) {
  const isOpen = state.poll?.kind === "open";
  byId("written").hidden = !isOpen;
  if (isOpen) showTexts(texts);
  text("door-said", DOORS[state.door]);
  text("door-note", DOOR_NOTES[state.door]);
  if (door.dataset.at !== state.door) door.value = door.dataset.at = state.door;
  const many = turned_away === 1 ? "1 phone from one address was" : `${turned_away} phones from one address were`;
  text("away", turned_away ? `${many} turned away: raise the limit under “Who may join”.` : "");
  text("erased", new Date(expires_s * 1000).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" }));
}

/**
 * The newest on top; each stays the same node, so that a text does not jump under the hand.
 * @param {TextShown[]} texts
 */
function showTexts(texts) {
  const list = byId("texts");
  const known = new Map(allOf(list, "li").map((each) => [each.dataset.id, each]));
  for (const { id, text: words, shown } of texts) {
    const node = known.get(id) ?? list.insertBefore(newText(id, words), list.firstChild);
    known.delete(id);
    node.classList.toggle("shown", shown);
    /** @type {HTMLButtonElement} */
    const button = oneOf(node, "button");
    button.textContent = shown ? "Hide" : "Show";
    button.setAttribute("aria-label", `${shown ? "Hide" : "Show the hall"}: ${words}`);
    button.onclick = () => act(shown ? "hide_text" : "show_text", { id });
  }
  for (const gone of known.values()) gone.remove();
}
/**
 * @param {string} id
 * @param {string} words
 * @returns {HTMLElement}
 */
const newText = (id, words) => el("li", { "data-id": id }, el("span", { text: words }), el("button", { type: "button" }));

own.addEventListener("submit", (event) => {
  event.preventDefault();
  act("aside", { text: question.value });
  own.reset();
  question.blur();
});
/** Ask once before phones drop out; where it is not done, the field says again what holds. */
async function chooseDoor() {
  const wanted = door.value, out = desk.told?.without_slip;
  const many = out === 1 ? "1 phone without a slip cannot vote from now on; its votes so far stay." : `${out} phones without a slip cannot vote from now on; their votes so far stay.`;
  if (wanted !== "seats" || !out || confirm(`${many}\n\nLet only seats vote?`)) act("door", { door: wanted });
  await desk.queue;
  if (desk.told) door.value = desk.told.state.door;
}
door.addEventListener("change", chooseDoor);
byId("limit").addEventListener("submit", (event) => { event.preventDefault(); act("limit", { most: Number(most.value) }); });
byId("seats").addEventListener("submit", (event) => { event.preventDefault(); location.assign(`${LIVE}seats.pdf?seats=${Number(byId("seat-count", HTMLInputElement).value)}`); });
byId("csv", HTMLAnchorElement).href = `${LIVE}results.csv`;
byId("pdf", HTMLAnchorElement).href = `${LIVE}results.pdf`;
byId("elsewhere").addEventListener("click", () => { scanCode.src = `${LIVE}desk.svg`; scan.showModal(); });
byId("scanned").addEventListener("click", () => scan.close());
scan.addEventListener("close", () => scanCode.removeAttribute("src"));
