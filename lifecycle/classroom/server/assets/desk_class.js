// What the class writes, who may join, and what one takes away.

import { byId } from "../../../../js/shared/dom.js";
import { act } from "./desk_acting.js";
import { text } from "./desk_draw.js";
import { LIVE, desk } from "./desk_state.js";

const DOORS = { open: "anyone", present: "those who are in", seats: "seats" };
const DOOR_NOTES = {
  open: "Everybody with the code joins and votes.",
  present: "Phones that are in go on voting. No others come in.",
  seats: "Only phones with a printed slip vote. Votes that were cast before stay.",
};

export function showClass() {
  const { state, texts, turned_away, expires_s } = desk.told;
  const isOpen = state.poll?.kind === "open";
  byId("written").hidden = !isOpen;
  if (isOpen) showTexts(texts);
  text("door-said", DOORS[state.door]);
  text("door-note", DOOR_NOTES[state.door]);
  if (byId("door").dataset.at !== state.door) byId("door").value = byId("door").dataset.at = state.door;
  const many = turned_away === 1 ? "1 phone from one address was" : `${turned_away} phones from one address were`;
  text("away", turned_away ? `${many} turned away: raise the limit under “Who may join”.` : "");
  text("erased", new Date(expires_s * 1000).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" }));
}

/** The newest on top; each stays the same node, so that a text does not jump under the hand. */
function showTexts(texts) {
  const list = byId("texts");
  const known = new Map([...list.children].map((each) => [each.dataset.id, each]));
  for (const { id, text: words, shown } of texts) {
    const node = known.get(id) ?? list.insertBefore(newText(id, words), list.firstChild);
    known.delete(id);
    node.classList.toggle("shown", shown);
    const button = node.lastChild;
    button.textContent = shown ? "Hide" : "Show";
    button.setAttribute("aria-label", `${shown ? "Hide" : "Show the hall"}: ${words}`);
    button.onclick = () => act(shown ? "hide_text" : "show_text", { id });
  }
  for (const gone of known.values()) gone.remove();
}
function newText(id, words) {
  const node = document.createElement("li");
  node.dataset.id = id;
  node.append(Object.assign(document.createElement("span"), { textContent: words }), Object.assign(document.createElement("button"), { type: "button" }));
  return node;
}

byId("aside").addEventListener("submit", (event) => {
  event.preventDefault();
  act("aside", { text: byId("words").value });
  byId("aside").reset();
  byId("words").blur();
});
/** Ask once before phones drop out; where it is not done, the field says again what holds. */
async function chooseDoor() {
  const door = byId("door").value, out = desk.told.without_slip;
  const many = out === 1 ? "1 phone without a slip cannot vote from now on; its votes so far stay." : `${out} phones without a slip cannot vote from now on; their votes so far stay.`;
  if (door !== "seats" || !out || confirm(`${many}\n\nLet only seats vote?`)) act("door", { door });
  await desk.queue;
  byId("door").value = desk.told.state.door;
}
byId("door").addEventListener("change", chooseDoor);
byId("limit").addEventListener("submit", (event) => { event.preventDefault(); act("limit", { most: Number(byId("most").value) }); });
byId("seats").addEventListener("submit", (event) => { event.preventDefault(); location.assign(`${LIVE}seats.pdf?seats=${Number(byId("seat-count").value)}`); });
byId("csv").href = `${LIVE}results.csv`;
byId("pdf").href = `${LIVE}results.pdf`;
byId("elsewhere").addEventListener("click", () => { byId("scan-code").src = `${LIVE}desk.svg`; byId("scan").showModal(); });
byId("scanned").addEventListener("click", () => byId("scan").close());
byId("scan").addEventListener("close", () => byId("scan-code").removeAttribute("src"));
