// Mounting: the furniture round the picture, what arrives from the server, and the one function Streamlit calls.

const BUTTONS = {
  search: ["Find a stage (/)", "M10.500 4a6.500 6.500 0 1 0 0 13a6.500 6.500 0 1 0 0-13M15.500 15.500L21 21"],
  in: ["Zoom in", "M12 5v14M5 12h14"],
  out: ["Zoom out", "M5 12h14"],
  fit: ["Fit the whole picture", "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"],
  full: ["Full screen", "M14 10l7-7M15 3h6v6M10 14l-7 7M3 15v6h6"],
  svg: ["Save as SVG", "M12 3v11M7 10l5 5 5-5M4 20h16"],
  png: ["Save as PNG", "M4 5h16v14H4zM8.500 10h.010M4 16l5-4 4 3 3-2 4 3"],
};

function button(name, act, label) {
  const [title, path] = BUTTONS[name];
  const icon = el("svg", { svg: 1, viewBox: "0 0 24 24", "aria-hidden": "true" }, el("path", { svg: 1, d: path }));
  return el("button", { type: "button", class: `tool ${name}`, "aria-label": title, title, onclick: act }, icon,
    label ? el("span", { text: label }) : null);
}

function furnish(d) {
  const ui = (d.ui = {});
  ui.searchButton = button("search", () => openSearch(d));
  ui.overlay = el("select", { class: "overlay", "aria-label": "Lay an undercurrent over the picture", onchange: () => pickOverlay(d) });
  ui.tools = el("div", { class: "tools", role: "toolbar", "aria-label": "Diagram" }, ui.searchButton,
    button("out", () => zoom(d, 1 / 1.35)), button("in", () => zoom(d, 1.35)), button("fit", () => fit(d)),
    button("full", () => toggleFull(d)), ui.overlay, el("span", { class: "gap" }),
    button("svg", () => saveSvg(d), "SVG"), button("png", () => savePng(d), "PNG"));
  rove(ui.tools);
  ui.card = el("div", { class: "card", role: "tooltip", id: `${d.uid}-card`, hidden: "" }, el("b"), el("p"), el("dl"));
  ui.stage = el("div", { class: "stage" });
  furnishSearch(d);
  furnishClock(d);
  ui.live = el("div", { class: "unseen", "aria-live": "polite", role: "status" });
  ui.tableCaption = el("caption");
  ui.tableBody = el("tbody");
  const heads = ["Stage", "In", "Out", "Waiting", "Held", "Busy", "Newest data", "Lost", "Askers", "Fault"];
  ui.words = el("details", { class: "words", ontoggle: () => paintTable(d) }, el("summary", { text: "The same state in words" }),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "State in words" }, el("table", {}, ui.tableCaption,
      el("thead", {}, el("tr", {}, ...heads.map((text) => el("th", { scope: "col", text })))), ui.tableBody)));
  d.root.append(ui.tools, ui.stage, ui.clock, ui.legend, ui.marks, ui.words, ui.live);
  ui.stage.append(ui.card, ui.search);
}

/** A toolbar is one stop of the Tab key; arrows, Home and End walk within it. */
function rove(bar) {
  const tools = () => [...bar.querySelectorAll("button, select")].filter((tool) => !tool.hidden);
  const stop = (here) => tools().forEach((tool) => put(tool, "tabindex", tool === here ? 0 : -1));
  stop(tools()[0]);
  bar.addEventListener("focusin", (event) => stop(event.target));
  bar.addEventListener("keydown", (event) => {
    const all = tools(), here = all.indexOf(event.target);
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    all[(to + all.length) % all.length].focus();
    event.preventDefault();
  });
}

function furnishSearch(d) {
  const ui = d.ui;
  ui.searchInput = el("input", {
    type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": `${d.uid}-hits`, "aria-label": "Find a stage",
    placeholder: "Find a stage", autocomplete: "off", spellcheck: "false",
    oninput: () => { d.found = 0; fillSearch(d); }, onkeydown: (event) => searchKey(d, event),
    onblur: () => (ui.search.hidden = true),
  });
  ui.searchList = el("ul", { role: "listbox", id: `${d.uid}-hits`, "aria-label": "Stages" });
  ui.searchNone = el("p");
  ui.search = el("div", { class: "finder", hidden: "" }, ui.searchInput, ui.searchList, ui.searchNone);
}

function furnishClock(d) {
  const ui = d.ui;
  ui.playIcon = el("path", { svg: 1, d: "" });
  ui.play = el("button", { type: "button", class: "tool play", onclick: () => playOrPause(d) },
    el("svg", { svg: 1, viewBox: "0 0 24 24", "aria-hidden": "true" }, ui.playIcon));
  ui.time = el("span", { class: "time", text: "00:00" });
  ui.scrub = el("input", {
    type: "range", class: "scrub", "aria-label": "Time of day", min: 0, max: 86400, step: 60, value: 0,
    oninput: () => scrubbed(d), onchange: () => { scrubbed(d); say(d, summaryWords(d)); sendMoment(d); },
  });
  ui.speed = el("select", { class: "speed", "aria-label": "Speed", onchange: () => (d.speed = Number(ui.speed.value)) },
    ...SPEEDS.map(([value, text]) => el("option", { value, text })));
  ui.speed.value = String(d.speed);
  ui.faults = el("div", { class: "faults", "aria-hidden": "true" }); // said in words by `marks`
  const track = el("div", { class: "track" }, ui.faults, ui.scrub);
  ui.worth = el("span", { class: "worth" }); // in a lecture hall, where there is no legend
  ui.clock = el("div", { class: "clock", role: "group", "aria-label": "Clock" }, ui.play, ui.time, track, ui.speed, ui.worth);
  ui.marks = el("ul", { class: "marks", "aria-label": "What happens on this day" });
  ui.legend = el("p", { class: "legend" });
}

function pickOverlay(d) {
  d.picked = d.ui.overlay.value || null;
  const place = d.places.get(d.selected);
  if (place && place.kind === "undercurrent" && d.picked !== d.selected) choose(d, null);
  light(d, d.selected);
  const current = d.picked && d.places.get(d.picked);
  if (current) {
    const acts = Object.entries(current.acts).map(([id, act]) => `${d.places.get(id)?.label ?? id}: ${act.text}`);
    say(d, `${current.label}. ${acts.join(". ") || current.detail}`);
  }
}

// --- what arrives

function receive(d, data) {
  const before = d.data;
  d.data = data;
  if (!before || before.version !== data.version || before.facts !== data.facts) {
    d.places = new Map(data.places.map((place) => [place.id, place]));
    d.stages = data.places.filter((place) => place.kind === "stage");
    d.flows = data.flows;
    for (const scene of Object.values(d.scenes)) scene.svg.remove();
    d.scenes = {};
    d.scene = null;
    const currents = data.places.filter((place) => place.kind === "undercurrent");
    d.ui.overlay.replaceChildren(el("option", { value: "", text: "No undercurrent" }), ...currents.map((p) => el("option", { value: p.id, text: p.label })));
    d.ui.overlay.hidden = !currents.length;
    pickScene(d);
  }
}

const eventsWords = (count) => (count === 1 ? "1 event" : `${count.toLocaleString("en")} events`);

/** What a dot is worth and what its place means; another worth than a moment ago is told, since dots cannot be compared then. */
function drawLegend(d, before) {
  const { per_dot, travel_s } = d.frames, changed = before && before !== per_dot;
  const worth = `1 dot = ${eventsWords(per_dot)}${changed ? ` (was ${before.toLocaleString("en")})` : ""}`;
  const place = `Its place says how long ago they set off: ${Math.round(travel_s / 60)} min of the day from end to end of a wire, however fast they went.`;
  write(d.ui.worth, worth);
  d.ui.legend.replaceChildren(el("span", { class: "sample" }), el("span", {}, el("b", { text: worth }), `. ${place}`));
  if (changed) say(d, `One dot now stands for ${eventsWords(per_dot)}; it was ${before.toLocaleString("en")}.`);
}

/** A run to play: the first one, and one of another day, from shortly before what happens on it. */
function openRun(d, packed, day) {
  const first = !d.frames, worth = d.frames?.per_dot;
  const another = !first && day !== d.day;
  d.day = day;
  d.frames = openFrames(packed);
  d.ui.clock.hidden = !d.frames;
  d.ui.words.hidden = !d.frames;
  d.ui.marks.hidden = !d.frames;
  if (!d.frames) return paintStates(d);
  const { start, end, step } = d.frames;
  Object.assign(d.ui.scrub, { min: start, max: end, step: Math.max(1, Math.min(60, step)) });
  if (another) d.hasMoment = false; // a moment that the address names for this day comes with the state
  d.opened = another;
  if ((first || another) && !d.hasMoment && !d.said?.cue) d.t = d.frames.opening;
  drawLegend(d, worth);
  drawMarks(d);
  showMoment(d, d.t);
  if ((first || another) && !d.said?.cue) setPlaying(d, !d.still && !d.hasMoment);
}

/** What a day is about that is no fault, in words: `Rush of customers, 12:00 to 13:00`. */
function occasionWords(d, { from, to, kind, stage }) {
  const label = d.places.get(stage)?.label ?? stage;
  const what = { customers: "Rush of customers", viewers: `Rush of viewers at ${label}`, tick: `Timetable of ${label}` }[kind];
  return `${what}, ${clockWords(from)}${to > from ? ` to ${clockWords(to)}` : ""}`;
}

/** What the day is about: stretches above the clock's slider, faults striped, and below it what each of them is in words. */
function drawMarks(d) {
  const { start, end } = d.frames;
  const share = (t) => `${((100 * (Math.min(end, t) - start)) / (end - start)).toFixed(2)}%`;
  const faults = d.frames.faults.map((each) => ({ ...each, is: "fault", words: each.words.replace("{stage}", d.places.get(each.stage)?.label ?? each.stage) }));
  const others = d.frames.occasions.map((each) => ({ ...each, is: "occasion", words: occasionWords(d, each) }));
  const marks = [...others, ...faults].sort((a, b) => a.from - b.from);
  d.ui.faults.replaceChildren(...marks.map(({ is, from, to, words }) =>
    el("span", { class: is, title: words, style: `left: ${share(from)}; width: calc(${share(to)} - ${share(from)})` })));
  d.ui.marks.replaceChildren(...marks.map(({ is, words }) => el("li", { class: is === "fault" ? "struck" : "marked", text: words })));
}

function sceneOf(d, direction) {
  return (d.scenes[direction] ??= buildScene(d, direction === "LR" ? d.data.lr : d.data.tb, direction));
}

/** Draw the picture in the direction that fits. */
function pickScene(d) {
  const direction = directionOf(d);
  if (d.scene?.direction === direction) return;
  d.scene?.svg.remove();
  d.scene = sceneOf(d, direction);
  d.ui.stage.prepend(d.scene.svg);
  for (const edge of d.scene.edges.values()) {
    const hit = edge.group.querySelector(".hit");
    if (!edge.heard) listenPointer(d, hit, () => soonCard(d, null, edge));
    edge.heard = true;
    hit.onpointerleave = () => hideCard(d);
    hit.onclick = () => d.pointing && !d.dragged && point(d, `${edge.flow.source}->${edge.flow.target}`);
  }
  applyFrame(d);
  fit(d);
  light(d, d.selected);
  lightPointed(d);
  if (d.frames) showMoment(d, d.t);
}

/** A run to play instead of the one before; no frames, no clock. */
function receiveRun(d, note) {
  if (d.root.dataset.run === note.run) return;
  openRun(d, note.frames, note.day);
  d.root.dataset.run = note.run;
  d.root.dataset.ready = "true";
}

/** The server's word on selection, moment, progress and overlay. */
function confirmState(d, state) {
  if (window.headwatersCut) return; // only the page redrawing itself (see reconnect.js): nobody has said anything
  const fresh = d.pending && performance.now() - d.pending.at < 3000;
  clearTimeout(d.askingAgain);
  if (fresh && state.selected !== d.pending.id) {
    // an answer to an earlier click; ours is on its way, or was lost and is sent once more
    d.askingAgain = setTimeout(() => d.pending && d.send("select", d.pending.id ?? ""), d.pending.at + 3000 - performance.now());
  } else {
    d.pending = null;
    d.picked = state.overlay !== d.said?.overlay ? state.overlay : d.picked;
    d.progress = state.progress ?? {};
    if (state.selected !== d.selected) {
      hideCard(d); // chosen elsewhere
      if (state.selected) d.walker = state.selected;
    }
    light(d, state.selected);
  }
  Object.assign(d, { pointing: state.pointing, pointed: state.pointed });
  lightPointed(d);
  d.root.classList.toggle("bare", Boolean(state.bare));
  d.frame = state.frame ?? [];
  pickScene(d);
  applyFrame(d);
  if (state.cue) followCue(d, state);
  else followMoment(d, state.moment_s);
  d.said = state;
}

/** Another cue: the clock to its moment, and on from there or not. */
function followCue(d, { cue, moment_s: moment, plays }) {
  if (cue === d.said?.cue) return;
  hideCard(d);
  d.hasMoment = true;
  d.t = moment ?? d.t;
  d.momentSent = Math.round(d.t);
  if (d.frames) showMoment(d, d.t);
  setPlaying(d, plays && !d.still);
}

function followMoment(d, moment) {
  const told = moment !== d.said?.moment_s && Math.round(moment) !== d.momentSent;
  if (moment !== null && (told || d.opened)) {
    d.hasMoment = true;
    d.momentSent = Math.round(moment);
    d.t = moment;
    setPlaying(d, false);
    if (d.frames) showMoment(d, moment);
  }
  d.opened = false;
}

// --- keys that belong to the whole picture

function globalKey(d, event) {
  const inside = event.composedPath().includes(d.root);
  const target = event.composedPath()[0];
  const typing = target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
  if (event.ctrlKey || event.metaKey || event.altKey || typing || event.defaultPrevented) return;
  if (!inside && target !== document.body && target !== document.documentElement) return;
  if (event.key === "/") openSearch(d);
  else if (event.key === "Escape" && !document.fullscreenElement) {
    hideCard(d);
    if (!closeSearch(d) && d.selected) choose(d, null);
  } else if (event.key === " " && !(target instanceof HTMLButtonElement) && target.tagName !== "SUMMARY") playOrPause(d);
  else return;
  event.preventDefault();
}

let mounted = 0;

function create(parent) {
  const root = el("div", { class: "living" });
  const motion = window.matchMedia("(prefers-reduced-motion: reduce)");
  const ends = [];
  const d = {
    root, uid: `hw-living-${++mounted}`, scenes: {}, scene: null, frames: null, places: new Map(), stages: [], flows: [],
    selected: null, pointing: false, pointed: null, overlay: null, picked: null, progress: {}, t: 0, speed: 300, playing: false, still: motion.matches,
    view: { k: 1, x: 0, y: 0 },
    listen(target, type, act, early = false) {
      target.addEventListener(type, act, early);
      ends.push(() => target.removeEventListener(type, act, early));
    },
  };
  parent.append(root);
  furnish(d);
  listenView(d);
  setPlaying(d, false);
  d.listen(document, "keydown", (event) => globalKey(d, event));
  d.listen(window, "pointermove", ({ screenX, screenY }) => {
    // a browser also tells of a pointer that rests while the page moves beneath it
    d.moved = Boolean(d.pointer) && (d.pointer.screenX !== screenX || d.pointer.screenY !== screenY);
    d.pointer = { screenX, screenY };
  }, true);
  d.listen(document, "visibilitychange", () => {
    d.last = null;
    if (d.playing && !document.hidden) tick(d);
  });
  d.listen(motion, "change", () => {
    d.still = motion.matches;
    root.classList.toggle("still", d.still);
    if (d.still && d.playing) pause(d);
    else if (d.frames) showMoment(d, d.t);
  });
  root.classList.toggle("still", d.still);
  const watch = new ResizeObserver(() => {
    if (!d.data) return;
    pickScene(d);
    sizeType(d);
  });
  watch.observe(root);
  watch.observe(d.ui.stage);
  d.end = () => {
    cancelAnimationFrame(d.raf);
    clearTimeout(d.askingAgain);
    watch.disconnect();
    ends.forEach((end) => end());
    root.remove();
  };
  return d;
}

const DESKS = (window.headwatersDiagrams ??= new Map());
const HEARS = { run: receiveRun, state: confirmState };

export default function ({ data, parentElement, setTriggerValue }) {
  if (!DESKS.has(data.name)) DESKS.set(data.name, { notes: {} });
  const desk = DESKS.get(data.name);
  let d = parentElement.livingDiagram;
  if (!d) {
    d = parentElement.livingDiagram = create(parentElement);
    d.hasMoment = typeof desk.notes.state?.moment_s === "number";
  }
  d.send = setTriggerValue;
  desk.diagram = d;
  desk.hear = (note) => HEARS[note.note](d, note);
  receive(d, data);
  for (const note of Object.values(desk.notes)) if (note !== d.said) desk.hear(note);
  clearTimeout(d.leaving);
  return () => {
    // Streamlit may clean up only to call again at once; leave when nobody came back
    d.leaving = setTimeout(() => {
      if (d.root.isConnected) return;
      d.end();
      delete parentElement.livingDiagram;
      if (desk.diagram === d) DESKS.delete(data.name);
    }, 500);
  };
}
