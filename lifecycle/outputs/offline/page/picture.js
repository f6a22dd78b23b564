// The living diagram, mounted as the app's page mounts it: once with what stays, and by notes with what changes.

import { byId, el } from "../../../../js/shared/dom.js";
import mount from "../../../diagram/living/script/diagram.js";
import * as film from "../../../diagram/living/script/film/film.js";
import note from "../../../diagram/living/script/note.js";
import { COURSE, placeOf } from "./course.js";
import { runKey, runOf, runWords } from "./days.js";
import { progress } from "./quiz.js";
import { asHash, go, page } from "./state.js";

/** @import { Run } from "./types.js" */

const NAME = "diagram";
window.headwatersFilm = film; // nothing is fetched here
let runShown = "";

/** The order that is followed, if it was recorded on the run that is shown. */
const followed = () => runOf(page.state)?.orders[page.state.follow];

export function tellState() {
  const order = followed();
  if (order) note({ data: { name: NAME, note: "follow", followed: order } });
  const address = location.protocol === "file:" ? "" : `${location.href.split("#")[0]}${asHash({ ...page.state, moment: null })}`;
  note({ data: {
    name: NAME, note: "state", follows: order?.key ?? "", selected: page.state.stage || null, moment_s: page.state.moment, progress: progress(), overlay: null,
    pointing: page.pointing !== null, pointed: page.pointed,
    film: { source: "", caption: `${COURSE.living.title}: ${runWords(page.state)}`, address, public: Boolean(address) },
  } });
}

/** @param {Run} run */
export function tellRun(run) {
  const id = runKey(page.state);
  if (id === runShown) return;
  runShown = id;
  note({ data: { name: NAME, note: "run", run: id, frames: run.packed, day: page.state.scenario } });
}

export function mountDiagram() {
  const root = byId("diagram").attachShadow({ mode: "open" });
  const parentElement = el("div");
  root.append(byId("living-style", HTMLTemplateElement).content.cloneNode(true), parentElement);
  mount({ data: COURSE.living, parentElement, setTriggerValue: heard });
}

/**
 * What the diagram sends, see Triggers of its message.js.
 * @param {string} name
 * @param {unknown} value
 */
function heard(name, value) {
  if (name === "select") go({ ...page.state, stage: placeOf(String(value))?.id ?? "" });
  else if (name === "moment" && typeof value === "number") {
    page.state = { ...page.state, moment: value };
    page.written = asHash(page.state);
    location.replace(page.written);
  } else if (name === "point" && page.pointing) page.pointing(String(value));
}

/**
 * From here on a click on the picture is an answer, `take` is called with it; null: it selects again.
 * @param {((id: string) => void) | null} take
 * @param {string | null} [marked]
 */
export function pointTo(take, marked = null) {
  page.pointing = take;
  page.pointed = marked;
  tellState();
}
