// The presenter's desk: notes, time and the class on one page, and the keys that drive the audience's window.

import { byId, isChord } from "../../../../js/shared/dom.js";
import { act, backward, go, joining, onward } from "./desk_acting.js";
import { show, time } from "./desk_draw.js";
import { begin, listen, refused } from "./desk_hearing.js";
import { SAID_MS, SILENT_MS, desk } from "./desk_state.js";
import { acts } from "./desk_votes.js";
import { overview, walk } from "./desk_steps.js";

const black = () => act("black", { on: !desk.told?.state.black });
const join = () => joining(!desk.told?.state.joining);
const keys = byId("keys", HTMLDialogElement), steps = byId("overview", HTMLDialogElement), shown = byId("picture", HTMLImageElement);
/** @type {Record<string, (() => unknown) | undefined>} */
const KEYS = {
  ArrowRight: onward, PageDown: onward, ArrowDown: onward, " ": onward,
  ArrowLeft: backward, PageUp: backward, ArrowUp: backward,
  Home: () => go({ step: 0, points: 0 }), End: () => go({ step: desk.steps.length - 1, points: 0 }),
  j: join, o: overview, b: black, ".": black, v: () => act("onward"), r: () => act("toggle"), "?": () => keys.showModal(),
};
addEventListener("keydown", (event) => {
  if (steps.open) return walk(event);
  if (desk.told?.state.over && event.key !== "?") return;
  if (!desk.talk || !desk.told || isChord(event) || keys.open) return;
  const { key } = event, target = event.target instanceof Element ? event.target : null;
  if (target?.closest("input, select, textarea, dialog[open]")) return; // a dialog that was just closed may hold the focus for a frame
  if (event.repeat && "vrbj.".includes(key)) return; // a key that is held is one key
  const pressing = target?.closest("button, summary") && (key === " " || key === "Enter");
  const scrolling = target?.id === "notes" && (key === "ArrowDown" || key === "ArrowUp");
  const does = KEYS[key];
  if (/^[0-9]$/.test(key)) desk.digits = (desk.digits + key).slice(-3);
  else if (key === "Enter" && desk.digits) {
    const step = Number(desk.digits) - 1;
    desk.digits = "";
    if (step >= 0 && step < desk.steps.length) go({ step, points: 0 });
    else refused(`There is no step ${step + 1}: the talk has ${desk.steps.length}.`, SAID_MS);
  }
  else if (key === "Escape") desk.digits = "";
  else if (does && !pressing && !scrolling) { desk.digits = ""; does(); }
  else return;
  event.preventDefault();
  show();
});
for (const { button, action } of acts()) button.addEventListener("click", () => act(action));
shown.addEventListener("load", () => { shown.hidden = false; });
byId("script").addEventListener("click", () => act("look", { view: "" }));
byId("keys-open").addEventListener("click", () => keys.showModal());
byId("on").addEventListener("click", onward);
byId("back").addEventListener("click", backward);
byId("black").addEventListener("click", black);
byId("join").addEventListener("click", join);
byId("end").addEventListener("click", () => { if (confirm("End the class for everybody?")) act("end"); });
setInterval(() => { time(); if (desk.feed && !desk.told?.state.over && Date.now() - desk.heardAt > SILENT_MS) { desk.heardAt = Date.now(); listen(); } }, 1000);
begin();
