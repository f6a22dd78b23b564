// The page: controls, panel and figures follow the state; everything starts here.

import { byId, el } from "../../../../js/shared/dom.js";
import { change } from "../../../../js/shared/words.js";
import { drawChart, latencyTable, ledger, mainChart, stageCharts } from "./charts.js";
import { COURSE } from "./course.js";
import { SWITCHES, dayIds, keyOf, runOf, runWords } from "./days.js";
import { kept } from "./kept.js";
import { mountDiagram, pointTo, tellRun, tellState } from "./picture.js";
import { showQuiz } from "./quiz.js";
import { showSeen } from "./seen.js";
import { VIEWS, followed, fromHash, go, page, settled } from "./state.js";
import { listenTalk, showTalk } from "./talk.js";

export const placeOf = (id) => COURSE.places.find((place) => place.id === id) ?? null;
// One may be the ghost of the other: the same scenario, real day and seed under other settings.
const dayOfRun = (each) => JSON.stringify([each.scenario, ...["trace", "seed"].map((name) => new URLSearchParams(each.further).get(name))]);
const sameDay = (one, other) => dayOfRun(one) === dayOfRun(other);
const runKey = (each) => `${each.scenario} ${keyOf(each)}`;

export function show(notice = "") {
  const run = runOf(page.state);
  byId("notice").textContent = run ? notice : "Reading this day…";
  if (run && (!page.shown || runKey(page.shown) !== runKey(page.state))) {
    page.before = page.shown && sameDay(page.shown, page.state) ? { ...page.shown } : null;
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

function fillControls() {
  byId("scenario").append(...COURSE.scenarios.map((each) => el("option", { value: each.id, text: each.title })));
  byId("place").append(el("option", { value: "", text: COURSE.whole }), ...COURSE.places.map((each) => el("option", { value: each.id, text: each.label })));
  byId("scenario").addEventListener("change", (event) => {
    const { id, switches } = COURSE.scenarios[dayIds.indexOf(event.target.value)];
    byId("story").open = true;
    go(...settled({ ...page.state, ...switches, scenario: id, moment: null }));
  });
  byId("place").addEventListener("change", (event) => go({ ...page.state, stage: event.target.value }));
  for (const name of SWITCHES) {
    byId(name).addEventListener("change", (event) => go(...settled({ ...page.state, [name]: event.target.value })));
  }
}

function showControls() {
  byId("scenario").value = page.state.scenario;
  byId("place").value = page.state.stage;
  for (const name of SWITCHES) byId(name).querySelector(`input[value="${page.state[name]}"]`).checked = true;
  for (const each of document.querySelectorAll(".way")) each.classList.toggle("on", each.dataset.way === `${page.state.start}-${page.state.size}`);
  const title = byId("way-title"), way = document.querySelector(".way.on h3");
  title.textContent = way ? `How it moves: ${way.textContent}` : "How it moves";
}

// --- the panel

function showPanel() {
  const place = placeOf(page.state.stage), id = place?.id ?? COURSE.overview;
  byId("panel-title").textContent = place?.title ?? COURSE.overviewTitle;
  for (const each of document.querySelectorAll("article.place")) each.classList.toggle("on", each.dataset.place === id);
  for (const each of document.querySelectorAll(".story")) each.classList.toggle("on", each.dataset.day === page.state.scenario);
  const story = document.querySelector(".story.on");
  byId("story").hidden = !story;
  byId("story-title").textContent = COURSE.scenarios[dayIds.indexOf(page.state.scenario)].title;
  if (showPanel.place !== id) {
    if (showPanel.place !== undefined) byId("panel").scrollTop = 0;
    byId("story").open = !place;
    showPanel.place = id;
  }
  for (const view of VIEWS) {
    const tab = byId(`tab-${view}`), on = view === page.state.view;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    byId(`view-${view}`).hidden = !on;
  }
  if (page.state.view === "watch") showWatch(place);
  const quiz = `${page.state.view === "quiz"} ${id}`;
  if (quiz !== showPanel.quiz) { // a question that is being answered stays as it is while the run changes
    showPanel.quiz = quiz;
    page.trying = "";
    if (page.state.view === "quiz") showQuiz(byId("view-quiz"), id);
    else if (page.pointing) pointTo(null);
  }
}

function showWatch(place) {
  const host = byId("view-watch"), run = runOf(page.state), key = `${runKey(page.state)} ${place?.id} ${page.before && runKey(page.before)}`;
  if (!run || key === showWatch.key) return;
  showWatch.key = key;
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
      const to = { ArrowRight: n + 1, ArrowLeft: n + VIEWS.length - 1, Home: 0, End: VIEWS.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const next = VIEWS[to % VIEWS.length];
      go({ ...page.state, view: next });
      byId(`tab-${next}`).focus();
    });
  }
}

// --- the run

function showRun(run, tell) {
  const ghost = page.before && runOf(page.before);
  tellRun(run);
  // what is nothing on most days is told where it is something, now or before
  const told = run.figures.map((figure, i) => [figure, ghost?.figures[i], i]).filter(([[, value, , , quiet], old]) => !quiet || value || old?.[1]);
  const figures = told.map(([[label, value, text], old]) => {
    const was = old ? `was ${old[2]} (${change(old[1], value)})` : "";
    return [label, text, was];
  });
  byId("figures").replaceChildren(...figures.map(([label, text, was]) => el("div", {}, el("dt", { text: label }), el("dd", {}, el("b", { text }), el("span", { class: "was", text: was })))));
  byId("meanings").replaceChildren(...told.flatMap(([[label], , i]) => [el("dt", { text: label }), el("dd", { text: run.about[i] })]));
  for (const place of document.querySelectorAll("[data-told]")) place.textContent = run.words[place.dataset.told] ?? place.textContent;
  for (const line of document.querySelectorAll(".other-day")) line.hidden = !/(^|&)(events|trace|seed|faults)=/.test(page.state.further);
  byId("run-words").textContent = runWords(page.state);
  byId("ghost-words").textContent = page.before ? `Before: ${runWords(page.before)}. Same seed, so the difference is the change's own.` : "";
  for (const name of Object.keys(COURSE.charts)) drawChart(byId(`chart-${name.toLowerCase()}`), mainChart(name, run, ghost));
  byId("latency").replaceChildren(...latencyTable(run, ghost));
  if (tell) byId("live").textContent = `${runWords(page.state)}. ${figures.map((parts) => parts.filter(Boolean).join(", ")).join(". ")}.`;
}

// --- links, erasing, printing

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const href = link.getAttribute("href");
  event.preventDefault();
  if (href.startsWith("#?")) go(...followed(href.slice(2)));
  else if (href === "#panel") byId("panel").focus();
  else if (href.startsWith("#source-")) {
    const entry = document.getElementById(href.slice(1));
    if (!entry) return;
    entry.closest("details").open = true;
    entry.scrollIntoView({ block: "nearest" });
    entry.querySelector("a").focus({ preventScroll: true });
  } else {
    if (link.dataset.sees !== undefined) page.seen = { before: { ...page.state } };
    go(...fromHash(href));
  }
});

function listenAbout() {
  const button = byId("erase"), told = byId("erased");
  let taken = null;
  button.addEventListener("click", () => {
    if (taken) kept.restore(taken);
    taken = taken ? null : kept.take();
    button.textContent = taken ? "Undo" : "Erase my answers";
    told.textContent = taken ? "Erased." : "They are back.";
    showPanel.quiz = null;
    show();
  });
  let folded = [];
  byId("print").addEventListener("click", () => {
    folded = [...document.querySelectorAll("#panel details:not([open]), #ways:not([open])")];
    for (const each of folded) each.open = true;
    document.documentElement.classList.add("whole");
    window.print();
  });
  window.addEventListener("afterprint", () => {
    for (const each of folded.splice(0)) each.open = false;
    document.documentElement.classList.remove("whole");
  });
}

document.documentElement.classList.add("js");
fillControls();
listenTabs();
listenAbout();
listenTalk();
[page.state] = fromHash(location.hash);
page.written = location.hash || "#";
tellState();
mountDiagram();
show(fromHash(location.hash)[1]);
document.addEventListener("DOMContentLoaded", () => { // the days stand at the page's end: one that was asked for early may only now be there
  if (!page.shown || runKey(page.shown) !== runKey(page.state)) show();
});
