// The living diagram, mounted as the app's page mounts it: once with what stays, and by notes with what changes.

const NAME = "diagram";
let pointing = null; // what takes a click on the picture while a question asks for one
let pointed = null;
let runShown = "";

function tellState() {
  window.headwaters.note({ data: {
    name: NAME, note: "state", selected: state.stage || null, moment_s: state.moment, progress: progress(), overlay: null,
    pointing: pointing !== null, pointed,
  } });
}

function tellRun(run) {
  const id = `${state.scenario} ${keyOf(state)}`;
  if (id === runShown) return;
  runShown = id;
  window.headwaters.note({ data: { name: NAME, note: "run", run: id, frames: run.packed, day: state.scenario } });
}

function mountDiagram() {
  const root = byId("diagram").attachShadow({ mode: "open" });
  const parentElement = el("div");
  root.append(byId("living-style").content.cloneNode(true), parentElement);
  window.headwaters.mount({ data: COURSE.living, parentElement, setTriggerValue: heard });
}

function heard(name, value) {
  if (name === "select") go({ ...state, stage: COURSE.places.some((place) => place.id === value) ? value : "" });
  else if (name === "moment") {
    state = { ...state, moment: value };
    written = asHash(state);
    location.replace(written);
  } else if (name === "point" && pointing) pointing(value);
}

/** From here on a click on the picture is an answer, `take` is called with it; null: it selects again. */
function pointTo(take, marked = null) {
  pointing = take;
  pointed = marked;
  tellState();
}
