// The furniture round the picture: tools, clock, search, and the state in words.

import { allOf, el, isChord, put, svgEl } from "../../../../js/shared/dom.js";
import { cutterFurniture } from "./breaking/cutter.js";
import { handleFurniture } from "./joining/handle.js";
import { overviewFurniture } from "./overview.js";
import { SPEEDS, playOrPause, scrubbed, sendMoment } from "./clock.js";
import { pickOverlay } from "./receive.js";
import { saveFilm, savePng, saveSvg } from "./save.js";
import { legendFurniture } from "./legend.js";
import { fillSearch, openSearch, searchKey } from "./search.js";
import { say } from "./select.js";
import { paintTable, summaryWords } from "./telling.js";
import { fit, toggleFull, zoom } from "./view.js";

/** @import { BareDiagram, Diagram } from "./types.js" */

const BUTTONS = {
  search: ["Find a stage (/)", "M10.500 4a6.500 6.500 0 1 0 0 13a6.500 6.500 0 1 0 0-13M15.500 15.500L21 21"],
  in: ["Zoom in", "M12 5v14M5 12h14"],
  out: ["Zoom out", "M5 12h14"],
  fit: ["Fit the whole picture", "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"],
  full: ["Full screen", "M14 10l7-7M15 3h6v6M10 14l-7 7M3 15v6h6"],
  svg: ["Save as SVG", "M12 3v11M7 10l5 5 5-5M4 20h16"],
  png: ["Save as PNG", "M4 5h16v14H4zM8.500 10h.010M4 16l5-4 4 3 3-2 4 3"],
  film: ["Save a film", "M4 5h16v14H4zM8 5v14M16 5v14"],
};

/**
 * @param {keyof typeof BUTTONS} name
 * @param {() => void} act
 * @param {string} [label]
 */
function button(name, act, label) {
  const [title, path] = BUTTONS[name];
  const icon = svgEl("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svgEl("path", { d: path }));
  return el("button", { type: "button", class: `tool ${name}`, "aria-label": title, title, onclick: act }, icon,
    label ? el("span", { text: label }) : null);
}

/**
 * Put the furniture round a picture, and say what it is with it.
 * @param {BareDiagram} bare
 * @returns {Diagram}
 */
export function furnish(bare) {
  const d = /** @type {Diagram} */ (bare); // whatever acts through `d` acts after the furniture is there
  const searchButton = button("search", () => openSearch(d));
  const overlay = el("select", { class: "overlay", "aria-label": "Lay an undercurrent over the picture", onchange: () => pickOverlay(d) });
  const tools = el("div", { class: "tools", role: "toolbar", "aria-label": "Diagram" }, searchButton,
    button("out", () => zoom(d, 1 / 1.35)), button("in", () => zoom(d, 1.35)), button("fit", () => fit(d)),
    button("full", () => toggleFull(d)), overlay, el("span", { class: "gap" }),
    saveMenu(d));
  rove(tools);
  const card = el("div", { class: "card", role: "tooltip", id: `${d.uid}-card`, hidden: "" }, el("b"), el("p"), el("dl"));
  const stage = el("div", { class: "stage" });
  const live = el("div", { class: "unseen", "aria-live": "polite", role: "status" });
  const tableCaption = el("caption"), tableBody = el("tbody");
  const heads = ["Stage", "In", "Out", "Waiting", "Held", "Busy", "Newest data", "Lost", "Askers", "Fault"];
  const words = el("details", { class: "words", ontoggle: () => paintTable(d) }, el("summary", { text: "The same state in words" }),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "State in words" }, el("table", {}, tableCaption,
      el("thead", {}, el("tr", {}, ...heads.map((text) => el("th", { scope: "col", text })))), tableBody)));
  const finder = searchFurniture(d), watch = clockFurniture(d);
  const breaks = el("div", { class: "breaks", role: "toolbar", hidden: "" }), cutter = cutterFurniture(d);
  rove(breaks);
  const handle = handleFurniture(d), hint = el("p", { class: "hint", "aria-hidden": "true", hidden: "" }); // it is also said
  const overview = overviewFurniture(d);
  const follow = el("section", { class: "follow", "aria-label": "The order that is followed", hidden: "" });
  d.root.append(tools, stage, watch.clock, breaks, watch.legend, watch.marks, follow, words, live, overview, hint);
  stage.append(card, cutter, handle, finder.search);
  d.ui = { searchButton, overlay, tools, card, stage, breaks, cutter, handle, hint, overview, follow, live, tableCaption, tableBody, words, ...finder, ...watch };
  return d;
}

/**
 * One thing to touch for all that is saved; a click or Escape closes it.
 * @param {Diagram} d
 */
function saveMenu(d) {
  const film = button("film", () => saveFilm(d), "Film"), summary = el("summary", { class: "tool", text: "Save" });
  const close = () => {
    menu.open = false;
    summary.focus();
  };
  const menu = el("details", { class: "saves", ontoggle: () => (film.hidden = !d.said?.film), onkeydown: (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.preventDefault();
    close();
  } }, summary, el("div", { onclick: close }, button("svg", () => saveSvg(d), "SVG"), button("png", () => savePng(d), "PNG"), film));
  return menu;
}

/**
 * A toolbar is one stop of the Tab key; arrows, Home and End walk within it.
 * @param {HTMLElement} bar
 */
function rove(bar) {
  const tools = () => allOf(bar, ":scope > :is(button, select), summary").filter((tool) => !tool.hidden);
  /** @param {EventTarget | null} here */
  const stop = (here) => tools().forEach((tool) => put(tool, "tabindex", tool === here ? 0 : -1));
  stop(tools()[0] ?? null);
  bar.addEventListener("focusin", (event) => stop(event.target));
  bar.addEventListener("keydown", (event) => {
    const all = tools(), here = all.findIndex((tool) => tool === event.target);
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || isChord(event)) return;
    all[(to + all.length) % all.length].focus();
    event.preventDefault();
  });
}

/** @param {Diagram} d */
function searchFurniture(d) {
  const searchInput = el("input", {
    type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": `${d.uid}-hits`, "aria-label": "Find a stage",
    placeholder: "Find a stage", autocomplete: "off", spellcheck: "false",
    oninput: () => { d.hit = 0; fillSearch(d); }, onkeydown: (event) => searchKey(d, event),
    onblur: () => { search.hidden = true; },
  });
  const searchList = el("ul", { role: "listbox", id: `${d.uid}-hits`, "aria-label": "Stages" });
  const searchNone = el("p");
  const search = el("div", { class: "finder", hidden: "" }, searchInput, searchList, searchNone);
  return { search, searchInput, searchList, searchNone };
}

/** @param {Diagram} d */
function clockFurniture(d) {
  const playIcon = svgEl("path", { d: "" });
  const play = el("button", { type: "button", class: "tool play", onclick: () => playOrPause(d) },
    svgEl("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, playIcon));
  const time = el("span", { class: "time", text: "00:00" });
  const scrub = el("input", {
    type: "range", class: "scrub", "aria-label": "Time of day", min: 0, max: 86400, step: 60, value: 0,
    oninput: () => scrubbed(d), onchange: () => { scrubbed(d); say(d, summaryWords(d)); sendMoment(d); },
  });
  const speed = el("select", { class: "speed", "aria-label": "Speed", onchange: () => { d.speed = Number(speed.value); } },
    ...SPEEDS.map(([value, text]) => el("option", { value, text })));
  speed.value = String(d.speed);
  const faults = el("div", { class: "faults", "aria-hidden": "true" }); // said in words by `marks`
  const track = el("div", { class: "track" }, faults, scrub);
  const worth = el("span", { class: "worth" }); // in a lecture hall, where there is no legend
  const clock = el("div", { class: "clock", role: "group", "aria-label": "Clock" }, play, time, track, speed, worth);
  const marks = el("ul", { class: "marks", "aria-label": "What happens on this day" });
  return { playIcon, play, time, scrub, speed, faults, worth, clock, marks, ...legendFurniture() };
}

