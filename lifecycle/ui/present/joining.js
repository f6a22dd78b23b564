// How to join, and what the class wrote: cards over the hall's screen.

import { el, setHtml } from "../../../js/shared/dom.js";
import { howManyHere, howManySent } from "../../../js/shared/voting_words.js";
import { act } from "./class_feed.js";
import { paint } from "./overlay.js";

/** @import { Conductor, Furniture } from "./types.js" */

/**
 * How to join, as large as the screen; and in the corner as long as the class goes on. The desk is told, too.
 * @param {Conductor} c
 * @param {boolean} on
 */
export function showJoin(c, on) {
  Object.assign(c, { joining: on, heardJoining: on });
  act(c, "join", { on });
  paint(c);
}

/** @returns {Furniture["join"]} */
export function furnishJoin() {
  const code = el("b"), phones = el("p", { role: "status" }), address = el("span");
  const image = el("img", { alt: "The address as a QR code" });
  const card = el("section", { class: "join", "aria-label": "How to join", hidden: "" }, image,
    el("div", {}, el("p", {}, "On your phone: ", address), code, phones));
  return { card, code, phones, image, address };
}

/** @param {Conductor} c */
export function paintJoin(c) {
  const { join, corner } = c.ui;
  const spelled = c.code ? `${c.code.slice(0, 4)}-${c.code.slice(4)}` : "";
  join.card.hidden = !c.code || !c.joining;
  corner.textContent = c.code && c.joinAt ? `${c.joinAt} · ${spelled}` : "";
  if (join.card.hidden) return;
  join.code.textContent = spelled;
  join.address.textContent = c.joinAt ?? "";
  const phones = window.headwatersClass?.code === c.code ? window.headwatersClass.here : 0;
  join.phones.textContent = howManyHere(phones);
}

/** @returns {Furniture["texts"]} */
export function furnishTexts() {
  const asked = el("div", { class: "asked" }), wrote = el("p", { role: "status" }), chosen = el("ul", { "aria-label": "Answers" });
  const card = el("section", { class: "texts", "aria-label": "A question to the class", hidden: "" }, asked, chosen, wrote);
  return { card, asked, chosen, wrote };
}

/** @param {Conductor} c */
export function paintTexts(c) {
  const { card, asked, chosen, wrote } = c.ui.texts;
  const said = c.code && window.headwatersClass?.code === c.code ? window.headwatersClass : null;
  const poll = said?.state.poll?.kind === "open" ? said.state.poll : null;
  card.hidden = !poll || c.free;
  if (!said || !poll) return;
  if (asked.dataset.of !== poll.id) {
    asked.dataset.of = poll.id;
    setHtml(asked, poll.stem); // the server's own rendering, made safe there
  }
  const words = said.texts.map((each) => each.text);
  if (chosen.dataset.has !== JSON.stringify(words)) {
    chosen.dataset.has = JSON.stringify(words);
    chosen.replaceChildren(...words.map((text) => el("li", { text })));
  }
  wrote.textContent = `${howManySent(said.votes, said.phones, "written")}${said.state.open ? "" : ". No more answers"}`;
}
