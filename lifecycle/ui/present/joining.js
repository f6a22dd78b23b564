// How to join, and what the class wrote: cards over the hall's screen.

import { el, setHtml } from "../../../js/shared/dom.js";
import { howManyHere, howManySent } from "../../../js/shared/voting_words.js";
import { act } from "./class_feed.js";
import { paint } from "./overlay.js";

/** How to join, as large as the screen; and in the corner as long as the class goes on. The desk is told, too. */
export function showJoin(c, on) {
  Object.assign(c, { joining: on, heardJoining: on });
  act(c, "join", { on });
  paint(c);
}

export function furnishJoin(c) {
  const { ui } = c;
  ui.joinCode = el("b");
  ui.joinPhones = el("p", { role: "status" });
  ui.joinImage = el("img", { alt: "The address as a QR code" });
  ui.joinAddress = el("span");
  ui.join = el("section", { class: "join", "aria-label": "How to join", hidden: "" }, ui.joinImage,
    el("div", {}, el("p", {}, "On your phone: ", ui.joinAddress), ui.joinCode, ui.joinPhones));
  ui.corner = el("span", { class: "corner" });
}

export function paintJoin(c) {
  const { ui } = c;
  const spelled = c.code ? `${c.code.slice(0, 4)}-${c.code.slice(4)}` : "";
  ui.join.hidden = !c.code || !c.joining;
  ui.corner.textContent = c.code && c.joinAt ? `${c.joinAt} · ${spelled}` : "";
  if (ui.join.hidden) return;
  ui.joinCode.textContent = spelled;
  ui.joinAddress.textContent = c.joinAt ?? "";
  const phones = window.headwatersClass?.code === c.code ? window.headwatersClass.here : 0;
  ui.joinPhones.textContent = howManyHere(phones);
}

export function furnishTexts(c) {
  const { ui } = c;
  ui.asked = el("div", { class: "asked" });
  ui.wrote = el("p", { role: "status" });
  ui.chosen = el("ul", { "aria-label": "Answers" });
  ui.texts = el("section", { class: "texts", "aria-label": "A question to the class", hidden: "" }, ui.asked, ui.chosen, ui.wrote);
}

export function paintTexts(c) {
  const { ui } = c;
  const said = c.code && window.headwatersClass?.code === c.code ? window.headwatersClass : null;
  const poll = said?.state.poll?.kind === "open" ? said.state.poll : null;
  ui.texts.hidden = !poll || c.free;
  if (!poll) return;
  if (ui.asked.dataset.of !== poll.id) {
    ui.asked.dataset.of = poll.id;
    setHtml(ui.asked, poll.stem); // the server's own rendering, made safe there
  }
  const words = said.texts.map((each) => each.text);
  if (ui.chosen.dataset.has !== JSON.stringify(words)) {
    ui.chosen.dataset.has = JSON.stringify(words);
    ui.chosen.replaceChildren(...words.map((text) => el("li", { text })));
  }
  ui.wrote.textContent = `${howManySent(said.votes, said.phones, "written")}${said.state.open ? "" : ". No more answers"}`;
}
