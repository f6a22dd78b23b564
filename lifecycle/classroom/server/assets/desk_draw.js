// What the desk shows: this step, the next one, and the time.

import { allOf, byId, el, oneOf, setHtml, write } from "../../../../js/shared/dom.js";
import { minutes } from "../../../../js/shared/words.js";
import { asksInWords, at, back, next, unfolds } from "./desk_acting.js";
import { showClass } from "./desk_class.js";
import { refused, sum } from "./desk_hearing.js";
import { FRONT, LIVE, desk } from "./desk_state.js";
import { marked } from "./desk_steps.js";
import { buttons, votes } from "./desk_votes.js";

/** @import { StepToDesk } from "../../../../js/shared/class_message.js" */

/** @param {string} html */
export const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent ?? "";
/** @param {string} id @param {string} said */
export const text = (id, said) => write(byId(id), said);

export function show() {
  if (!desk.told || !desk.talk) return;
  const { state } = desk.told, { step, points } = at();
  /** @type {StepToDesk | undefined} */
  const here = desk.steps[step];
  text("count", desk.steps.length ? `Step ${step + 1} of ${desk.steps.length}` : "No script");
  text("points", here?.points ? `· ${points} of ${here.points} points shown` : "");
  text("headline", here?.headline ?? "");
  if (desk.shownStep !== step) {
    if (desk.shownStep >= 0) scrollTo(0, 0); // on a phone the page itself scrolls
    desk.shownStep = step;
    setHtml(byId("notes"), here?.notes_html ?? ""); // made by the server's own Markdown
    byId("notes").scrollTop = 0;
    setHtml(byId("sentence"), here?.text_html ?? "");
    byId("shown").replaceChildren(...(here?.points_html ?? []).map(point));
    byId("seen").hidden = !here?.text_html && !here?.points_html?.length;
    byId("seen").scrollTop = 0;
  }
  [...byId("shown").children].forEach((each, nth) => {
    const [mark, kind] = nth < points ? ["✓ shown", "shown"] : nth === points ? ["▸ next", "next"] : ["later", "later"];
    if (each.className === kind) return;
    each.className = kind;
    write(oneOf(each, "b"), mark);
    if (kind === "next") each.scrollIntoView?.({ block: "nearest" });
  });
  byId("desk").classList.toggle("asks", Boolean(state.poll || here?.ask));
  const inWords = asksInWords();
  const covers = state.joining ? "How to join" : inWords && !state.view ? "Your question" : "";
  text("covered", covers && `${covers} covers the hall’s screen. “Show the step” only takes it away.`);
  marked(step);
  /** @type {StepToDesk | undefined} */
  const after = desk.steps[step + 1];
  picture(after ? step + 1 : -1, after);
  byId("exploring").hidden = !state.view;
  if (state.view) byId("view", HTMLAnchorElement).href = new URL(state.view, FRONT).href;
  text("next", after ? `Next: ${after.headline}${after.ask ? " (a question)" : ""}` : desk.steps.length ? "This is the last step." : "");
  byId("black").setAttribute("aria-pressed", String(state.black));
  byId("back", HTMLButtonElement).disabled = !back() && !state.joining && !inWords;
  byId("join").setAttribute("aria-pressed", String(state.joining));
  byId("on", HTMLButtonElement).disabled = !next() && !unfolds() && !state.joining && !inWords;
  text("on", state.joining || inWords ? "Show the step ›" : unfolds() ? (state.revealed ? "Answer ›" : "Bars ›") : "Next ›");
  text("typed", desk.digits);
  buttons(desk.told, Boolean(here?.ask));
  votes(desk.told);
  time();
  showClass(desk.told);
  if (state.over) { ended(); desk.feed?.close(); refused(`The class is over. It is deleted with all its votes on ${byId("erased").textContent}.`); }
}
/** After the end the desk reads, and gives the results: what drove the class is dead, and looks so. */
function ended() {
  document.documentElement.dataset.over = "true";
  /** @type {(HTMLButtonElement | HTMLInputElement | HTMLSelectElement)[]} */
  const dead = allOf(document, "nav button, #strip button, #grid button, #aside :is(input, button), #doors :is(input, select, button), #end, #elsewhere, #script");
  for (const each of dead) each.disabled = true;
  text("next", "");
  byId("picture").hidden = true;
  text("poll", "The class is over.");
  const results = byId("csv").closest("details");
  if (results) results.open = true; // what is left to do here
}
/** @param {string} html */
const point = (html) => el("li", {}, el("b"), el("span", { html }));
/**
 * The step to come as the hall will see it, or nothing where none could be drawn.
 * @param {number} step
 * @param {StepToDesk | undefined} after
 */
function picture(step, after) {
  const shown = byId("picture", HTMLImageElement);
  if (shown.dataset.step === String(step)) return;
  shown.dataset.step = String(step);
  shown.hidden = true;
  shown.alt = after ? `What comes next: ${after.headline}` : "";
  if (after) shown.src = `${LIVE}step/${step}.svg`;
  else shown.removeAttribute("src");
}
export function time() {
  if (!desk.told || desk.told.state.over) return;
  const began = desk.told.state.started_s;
  const elapsed = began ? Math.max(0, Date.now() / 1000 + desk.aheadS - began) : 0;
  text("elapsed", minutes(elapsed));
  const { step } = at();
  const start = sum(desk.steps.slice(0, step)) * 60, end = start + (desk.steps[step]?.minutes ?? 1) * 60;
  const late = elapsed > end ? elapsed - end : elapsed < start ? elapsed - start : 0;
  text("plan", !began ? "The clock starts with your first step." : !desk.steps.length ? "" : late > 0 ? `${minutes(late)} behind the plan` : late < 0 ? `${minutes(-late)} ahead of the plan` : "As planned");
  byId("plan").classList.toggle("late", late > 0);
  const { discuss_until_s } = desk.told.state;
  text("discussed", discuss_until_s ? `They talk it over: ${minutes(Math.max(0, discuss_until_s - Date.now() / 1000 - desk.aheadS))} left. v opens the second vote.` : "");
}
