// The page: controls, panel and figures follow the state; everything starts here.

import { allOf, byId, el, oneOf } from "../../../../js/shared/dom.js";
import { termCards } from "../../lookup/cards.js";
import { showSection } from "../../lookup/heading.js";
import { listenForSearch, searchButton, searchDialog } from "../../lookup/search.js";
import { drawChart } from "./charts.js";
import { COURSE, placeOf } from "./course.js";
import { SWITCHES, runKey, runOf, runWords, scenarioOf } from "./days.js";
import { listenFigures, showFigures } from "./figures.js";
import { kept } from "./kept.js";
import { mountDiagram, pointTo, tellRun, tellState } from "./picture.js";
import { showQuiz, turnTo } from "./quiz.js";
import { latencyTable, ledger, mainChart, stageCharts } from "./readings.js";
import { showSeen } from "./seen.js";
import { VIEWS, followed, fromHash, go, page, settled } from "./state.js";
import { listenTalk, showTalk } from "./talk.js";

/**
 * @import { HeldPlace } from "./message.js"
 * @import { SearchEntry } from "../../lookup/message.js"
 * @import { Run, State } from "./types.js"
 */

/**
 * What one run has in common with another that may be its ghost: the same scenario, real day and seed.
 * @param {State} state
 */
const dayOfRun = ({ scenario, further }) => JSON.stringify([scenario, ...["trace", "seed"].map((name) => new URLSearchParams(further).get(name))]);

/** @param {string} [notice] */
export function show(notice = "") {
  const run = runOf(page.state);
  const unknown = run && page.state.follow && !run.orders[page.state.follow] ? "No such order was recorded on this run; the app can follow one here." : "";
  byId("notice").textContent = run ? notice || unknown : "Reading this day…";
  if (run && (!page.shown || runKey(page.shown) !== runKey(page.state))) {
    page.before = page.shown && dayOfRun(page.shown) === dayOfRun(page.state) ? { ...page.shown } : null;
    showRun(run, page.shown !== null);
    page.shown = { ...page.state };
  }
  showControls();
  showSeen();
  showPanel();
  showTalk(); // after the panel, which takes a pointing question away where its quiz is left
  tellState();
}

// --- controls

const scenarioList = byId("scenario", HTMLSelectElement), placeList = byId("place", HTMLSelectElement);
const followList = byId("follow", HTMLSelectElement), story = byId("story", HTMLDetailsElement);

/**
 * The settings of a switch.
 * @param {string} name
 * @returns {HTMLInputElement[]}
 */
const inputsOf = (name) => allOf(byId(name), "input");

function fillControls() {
  scenarioList.append(...COURSE.scenarios.map((scenario) => el("option", { value: scenario.id, text: scenario.title })));
  placeList.append(el("option", { value: "", text: COURSE.whole }), ...COURSE.places.map((place) => el("option", { value: place.id, text: place.label })));
  scenarioList.addEventListener("change", () => {
    const { id, switches } = scenarioOf(scenarioList.value);
    story.open = true;
    go(...settled({ ...page.state, ...switches, scenario: id, moment: null }));
  });
  placeList.addEventListener("change", () => go({ ...page.state, stage: placeList.value }));
  followList.append(el("option", { value: "", text: "nobody" }), ...Object.entries(COURSE.picks).map(([value, text]) => el("option", { value, text })));
  followList.addEventListener("change", () => go({ ...page.state, follow: followList.value, moment: null }));
  for (const name of SWITCHES) {
    for (const input of inputsOf(name)) input.addEventListener("change", () => go(...settled({ ...page.state, [name]: input.value })));
  }
}

/**
 * Of the texts of a kind, show the one that is about this.
 * @param {string} selector
 * @param {string} about the name of the data attribute that says what each is about
 * @param {string} wanted
 */
function showAlone(selector, about, wanted) {
  for (const text of allOf(document, selector)) text.classList.toggle("on", text.dataset[about] === wanted);
}

function showControls() {
  scenarioList.value = page.state.scenario;
  placeList.value = page.state.stage;
  followList.value = page.state.follow;
  const orders = runOf(page.state)?.orders ?? {};
  for (const option of followList.options) option.disabled = option.value !== "" && !orders[option.value]; // not recorded on this run
  for (const name of SWITCHES) for (const input of inputsOf(name)) input.checked = input.value === page.state[name];
  showAlone(".way", "way", `${page.state.start}-${page.state.size}`);
  const way = document.querySelector(".way.on h3");
  byId("way-title").textContent = way ? `How it moves: ${way.textContent}` : "How it moves";
}

// --- the panel

/** @type {string | null} */
let placeShown = null; // in the panel, null before any
let quizShown = ""; // which place's questions are asked, "" for none
let watchShown = "";

function showPanel() {
  const place = placeOf(page.state.stage), id = place?.id ?? COURSE.overview;
  byId("panel-title").textContent = place?.title ?? COURSE.overviewTitle;
  showAlone("article.place", "place", id);
  showAlone(".story", "day", page.state.scenario);
  story.hidden = !document.querySelector(".story.on");
  byId("story-title").textContent = scenarioOf(page.state.scenario).title;
  if (placeShown !== id) {
    if (placeShown !== null) byId("panel").scrollTop = 0;
    story.open = !place;
    placeShown = id;
  }
  for (const view of VIEWS) {
    const tab = byId(`tab-${view}`), on = view === page.state.view;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    byId(`view-${view}`).hidden = !on;
  }
  if (page.state.view === "watch") showWatch(place);
  const quiz = `${page.state.view === "quiz"} ${id}`;
  if (quiz !== quizShown) { // a question that is being answered stays as it is while the run changes
    quizShown = quiz;
    page.trying = "";
    if (page.state.view === "quiz") showQuiz(byId("view-quiz"), id);
    else if (page.pointing) pointTo(null);
  }
}

/** @param {HeldPlace | null} place */
function showWatch(place) {
  const host = byId("view-watch"), run = runOf(page.state), key = `${runKey(page.state)} ${place?.id} ${page.before && runKey(page.before)}`;
  if (!run || key === watchShown) return;
  watchShown = key;
  const charts = place && place.kind === "stage" ? stageCharts(place, run, page.before && runOf(page.before)) : null;
  if (!place) host.replaceChildren(ledger(run));
  else if (!charts) host.replaceChildren(el("p", { text: "An undercurrent moves no events, so it has no charts of its own. Its marks on the diagram show where it acts." }));
  else {
    const boxes = charts.map(() => el("div"));
    host.replaceChildren(...boxes);
    charts.forEach((chart, i) => drawChart(boxes[i], chart));
  }
}

function listenTabs() {
  for (const [n, view] of VIEWS.entries()) {
    const tab = byId(`tab-${view}`);
    tab.addEventListener("click", () => go({ ...page.state, view }));
    tab.addEventListener("keydown", (event) => {
      /** @type {Record<string, number>} */
      const ways = { ArrowRight: n + 1, ArrowLeft: n + VIEWS.length - 1, Home: 0, End: VIEWS.length - 1 };
      const to = ways[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const next = VIEWS[to % VIEWS.length];
      go({ ...page.state, view: next });
      byId(`tab-${next}`).focus();
    });
  }
}

// --- the run

/**
 * @param {Run} run
 * @param {boolean} tell whether a screen reader is to hear of it
 */
function showRun(run, tell) {
  const ghost = page.before && runOf(page.before);
  tellRun(run);
  const figures = showFigures(run, ghost);
  for (const gap of allOf(document, "[data-told]")) gap.textContent = run.words[gap.dataset.told ?? ""] ?? gap.textContent;
  for (const line of allOf(document, ".other-day")) line.hidden = !/(^|&)(events|trace|seed|faults)=/.test(page.state.further);
  byId("run-words").textContent = runWords(page.state);
  byId("ghost-words").textContent = page.before ? `Before: ${runWords(page.before)}. Same seed, so the difference is the change's own.` : "";
  for (const name of Object.keys(COURSE.charts)) drawChart(byId(`chart-${name.toLowerCase()}`), mainChart(name, run, ghost));
  byId("latency").replaceChildren(...latencyTable(run, ghost));
  if (tell) byId("live").textContent = `${runWords(page.state)}. ${figures.join(". ")}.`;
}

// --- links, erasing, printing

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
  if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const href = link.getAttribute("href") ?? "";
  event.preventDefault();
  if (href.startsWith("#?")) go(...followed(href.slice(2)));
  else if (href === "#panel") byId("panel").focus();
  else if (href.startsWith("#source-")) {
    const entry = document.getElementById(href.slice(1));
    if (!entry) return;
    const list = entry.closest("details");
    if (list) list.open = true;
    entry.scrollIntoView({ block: "nearest" });
    oneOf(entry, "a").focus({ preventScroll: true });
  } else {
    if (link.dataset.sees !== undefined) page.seen = { before: { ...page.state } };
    go(...fromHash(href));
  }
});

/** @param {SearchEntry} entry */
function goTo({ kind, address, question, heading }) {
  const query = address.slice(1);
  if (kind === "talk") return go(...fromHash(`#${query}`));
  if (kind === "lesson") return go(...fromHash(`#${query.replace("lesson=", "talk=lesson-")}`));
  if (!question) {
    go(...followed(query));
    if (heading) showSection(byId("panel"), heading);
    return;
  }
  const stage = new URLSearchParams(query).get("stage") ?? "";
  turnTo(stage || COURSE.overview, question);
  quizShown = "";
  go({ ...page.state, stage, view: "quiz" });
}

function listenLookup() {
  const host = byId("lookup"), search = searchDialog(host, goTo);
  search.fill(COURSE.lookup, []);
  host.append(searchButton(search.open));
  termCards(host, (id) => COURSE.lookup.terms[id], (view) => go(...followed(view.slice(1))));
  listenForSearch(search.open, () => true);
}

function listenAbout() {
  const button = byId("erase"), done = byId("erased");
  /** @type {ReturnType<typeof kept.take> | null} */
  let taken = null;
  button.addEventListener("click", () => {
    if (taken) kept.restore(taken);
    taken = taken ? null : kept.take();
    button.textContent = taken ? "Undo" : "Erase my answers";
    done.textContent = taken ? "Erased." : "They are back.";
    quizShown = "";
    show();
  });
  /** @type {HTMLDetailsElement[]} */
  let folded = [];
  byId("print").addEventListener("click", () => {
    folded = allOf(document, "#panel details:not([open]), #ways:not([open])");
    for (const text of folded) text.open = true;
    document.documentElement.classList.add("whole");
    window.print();
  });
  window.addEventListener("afterprint", () => {
    for (const text of folded.splice(0)) text.open = false;
    document.documentElement.classList.remove("whole");
  });
}

document.documentElement.classList.add("js");
fillControls();
listenTabs();
listenAbout();
listenLookup();
listenFigures();
listenTalk();
[page.state] = fromHash(location.hash);
page.written = location.hash || "#";
tellState();
mountDiagram();
show(fromHash(location.hash)[1]);
document.addEventListener("DOMContentLoaded", () => { // the days stand at the page's end: one that was asked for early may only now be there
  if (!page.shown || runKey(page.shown) !== runKey(page.state)) show();
});
