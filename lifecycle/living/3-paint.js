// The scene at a moment: dots, levels, ages, faults, losses. Nothing here is drawn that the frames do not say.

const circle = (cls, r) => el("circle", { svg: 1, class: cls, r });

function put(node, name, value) {
  if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Points along a path every few units, measured once: asking the browser anew for each dot is slow. */
function trackOf(path) {
  const length = path.getTotalLength(), parts = Math.max(1, Math.ceil(length / 4));
  const points = Array.from({ length: parts + 1 }, (_, i) => path.getPointAtLength((length * i) / parts));
  return { length, points };
}

/** The point at a share of the track, 0 to 1, and the direction there, of length 1. */
function onTrack({ points }, share) {
  const place = share * (points.length - 1), i = Math.min(points.length - 2, Math.floor(place)), part = place - i;
  const a = points[i], b = points[i + 1];
  const step = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part, dx: (b.x - a.x) / step, dy: (b.y - a.y) / step };
}

/** A flood is wider than a trickle: where the day's thickest bucket would pile dots up, they take lanes beside the line. */
function spread(edge, sums, frames) {
  const room = (edge.track.length * frames.step) / frames.travel_s;
  edge.lane = sums ? Math.min(2.6, Math.max(0, (densest(sums, frames) * 6) / Math.max(1, room) - 1)) : 0;
  edge.run = frames;
}

function paintDots(d) {
  const { frames, scene, t } = d;
  if (!frames || !scene) return;
  for (const [key, edge] of scene.edges) {
    const sums = frames.flows.get(key);
    const places = sums ? dotsAt(sums, frames, t) : [];
    put(edge.group, "data-tokens", places.length);
    edge.track ??= trackOf(edge.path);
    const shown = d.still ? 0 : places.length;
    while (edge.pool.length < shown) {
      const dot = circle("dot", 3);
      edge.pool.push(dot);
      edge.dots.append(dot);
    }
    if (edge.run !== frames) spread(edge, sums, frames);
    edge.pool.forEach((dot, i) => {
      if (i >= shown) return put(dot, "display", "none");
      const [k, place] = places[i];
      const at = onTrack(edge.track, edge.backwards ? 1 - place : place), side = (((k * 2) % 5) - 2) * edge.lane;
      const x = at.x - at.dy * side, y = at.y + at.dx * side, r = edge.lane > 1 ? 2.3 : 3.2;
      if (!inWindow(scene.window, x, y, r + 1)) return put(dot, "display", "none");
      dot.removeAttribute("display");
      dot.setAttribute("cx", x.toFixed(1));
      dot.setAttribute("cy", y.toFixed(1));
      put(dot, "r", r);
    });
  }
  paintFalls(d);
}

/** Whether a dot of radius `r` is whole within what is shown of the picture; where all is shown, always. */
function inWindow(window, x, y, r) {
  return !window || (x - r >= window.x && x + r <= window.x + window.w && y - r >= window.y && y + r <= window.y + window.h);
}

/** Lost events fall from their stage: one drop is worth what a dot is. */
function paintFalls(d) {
  const { frames, scene, t } = d;
  for (const [id, node] of scene.nodes) {
    const series = frames.stations.get(id);
    if (!series || !node.falls) continue;
    const places = d.still ? [] : dotsAt(series.lostSoFar, frames, t);
    while (node.fallPool.length < places.length) {
      const drop = circle("drop", 2.6);
      node.fallPool.push(drop);
      node.falls.append(drop);
    }
    node.fallPool.forEach((drop, i) => {
      if (i >= places.length) return put(drop, "display", "none");
      drop.removeAttribute("display");
      const [k, p] = places[i];
      drop.setAttribute("cx", (node.box.x + node.box.w * 0.58 + ((k * 37) % (node.box.w * 0.38))).toFixed(1));
      drop.setAttribute("cy", (node.box.y + node.box.h + 30 * p * p).toFixed(1));
      drop.setAttribute("opacity", (1 - p).toFixed(2));
    });
  }
}

function paintStates(d) {
  const { frames, scene, t } = d;
  if (!scene) return;
  d.root.dataset.moment = String(Math.round(t));
  for (const [id, node] of scene.nodes) {
    if (node.place.kind !== "stage") {
      put(node.group, "aria-label", `${node.place.label}, undercurrent`);
      continue;
    }
    const now = stationAt(frames, id, t);
    paintLabel(d, node, now);
    const act = actOn(d, id);
    if (act?.short || now) write(node.state, act?.short || nodeWords(node.place, now));
    fitText(d, node.state, node.room);
    if (!now) continue;
    const fill = HOLDS.has(node.place.role) ? now.level / now.full : 0;
    put(node.tank, "y", (node.box.y + node.box.h * (1 - fill)).toFixed(1));
    put(node.tank, "height", (node.box.h * fill).toFixed(1));
    put(node.group, "data-level", now.level);
    put(node.busy, "width", (node.box.w * now.busy).toFixed(1));
    if (node.place.role === "consumer") put(node.bars, "data-step", ageStep(now.age));
    node.badge.classList.toggle("off", !now.faulty);
    node.group.classList.toggle("faulty", now.faulty);
    node.lost.classList.toggle("off", !now.lost);
    write(node.lost, now.lost ? `−${short(now.lost)} lost` : "");
    const askers = askerWords(now);
    node.askers.classList.toggle("off", !askers);
    write(node.askers, askers);
    put(node.askers, "y", node.box.y + node.box.h + (now.lost ? 26 : 13));
  }
  paintFlows(d);
  if (d.cardOf) fillCard(d);
}

/** What the undercurrent laid over the picture does at a place: `{text, short}`, or undefined. */
function actOn(d, id) {
  return d.overlay ? d.places.get(d.overlay)?.acts[id] : undefined;
}

function paintLabel(d, node, now) {
  const score = d.progress[node.place.id];
  const said = [node.place.label, stateWords(node.place, now)];
  const act = actOn(d, node.place.id);
  if (act) said.push(`${d.places.get(d.overlay).label}: ${act.text}`);
  if (score !== undefined) said.push(`quiz ${Math.round(score * 100)} %`);
  put(node.group, "aria-label", said.filter(Boolean).join(". "));
}

/** How much runs along each flow: its width, and in a still picture its number. */
function paintFlows(d) {
  const { frames, scene, t } = d;
  if (!frames) return;
  if (d.still) placeCounts(d);
  for (const [key, edge] of scene.edges) {
    const sums = frames.flows.get(key);
    const here = sums ? countAt(sums, frames, t) - countAt(sums, frames, t - frames.travel_s) : 0;
    edge.group.classList.toggle("runs", here >= 0.5);
    const width = 1.4 + (here > 0 ? Math.min(3.6, (3.6 * here) / (frames.per_dot * 30)) : 0);
    edge.path.style.strokeWidth = d.still ? (width * 1.6).toFixed(2) : width.toFixed(2);
    if (!d.still) {
      write(edge.count, "");
      continue;
    }
    write(edge.count, edge.spot && here >= 0.5 ? short(here) : "");
  }
}

// Where along a flow its number may stand, as shares of the way, and how far beside the line.
const SHARES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9];
const BESIDE = [-10, 10, -17, 17];
const LONGEST_COUNT = "88.8k";

/** Give every flow's number a place where it covers neither a stage nor a label nor another number; none: no number. */
function placeCounts(d) {
  const { scene } = d;
  const edges = [...scene.edges.values()];
  const sample = edges.find((edge) => !edge.words.classList.contains("off"))?.count;
  const as = `${d.type ?? ""}|${d.frame ?? ""}`; // larger letters, or another frame, need other places
  if (scene.countedAs === as || !sample) return;
  write(sample, LONGEST_COUNT);
  const { width, height } = sample.getBBox();
  write(sample, "");
  if (!width) return; // not on the page yet
  scene.countedAs = as;
  const taken = [...scene.svg.querySelectorAll(".cluster text, .edge text:not(.count)")].map((text) => text.getBBox());
  for (const { box, lost } of scene.nodes.values()) {
    const [right, top] = [box.x + box.w, box.y];
    taken.push({ x: box.x - 2, y: top - 2, width: box.w + 4, height: box.h + 4 });
    if (!lost) continue; // an undercurrent: nothing stands out of it
    taken.push({ x: right - 20, y: top - 11, width: 26, height: 12 }, { x: box.x - 10, y: top - 10, width: 24, height: 24 }); // badge, mark
    taken.push({ x: box.x, y: top + box.h, width: 72, height: 17 }); // what was lost
  }
  const free = (spot) => taken.every((one) => spot.x > one.x + one.width || one.x > spot.x + width || spot.y > one.y + one.height || one.y > spot.y + height);
  for (const edge of edges) {
    edge.track ??= trackOf(edge.path);
    const spots = BESIDE.flatMap((beside) => SHARES.map((share) => {
      const at = onTrack(edge.track, share);
      return { x: at.x - at.dy * beside * (1 + Math.abs(at.dy)) - width / 2, y: at.y + at.dx * beside - height / 2, width, height };
    }));
    edge.spot = spots.find(free) ?? null;
    if (!edge.spot) continue;
    taken.push(edge.spot);
    put(edge.count, "x", (edge.spot.x + width / 2).toFixed(1));
    put(edge.count, "y", (edge.spot.y + 0.78 * height).toFixed(1));
  }
}

/** The same state as a table, for whoever reads rather than looks. */
function paintTable(d) {
  if (!d.ui.words.open || !d.frames) return;
  const rows = d.stages.map((place) => {
    const now = stationAt(d.frames, place.id, d.t);
    const cells = now
      ? [short(now.in), short(now.out), short(now.inside), HOLDS.has(place.role) ? short(now.level) : "–",
         `${Math.round(now.busy * 100)} %`, ageWords(now.age), short(now.lost), askerWords(now) || "–", now.faulty ? "yes" : "no"]
      : Array(9).fill("–");
    return el("tr", {}, el("th", { scope: "row", text: place.label }), ...cells.map((text) => el("td", { text })));
  });
  d.ui.tableBody.replaceChildren(...rows);
  write(d.ui.tableCaption, `State of the pipeline at ${clockWords(d.t)}; in and out are events a minute`);
}

/** What is worth saying aloud when the clock stops. */
function summaryWords(d) {
  const said = [`Paused at ${clockWords(d.t)}.`];
  for (const place of d.stages) {
    const now = stationAt(d.frames, place.id, d.t);
    if (!now) continue;
    if (now.faulty) said.push(`${place.label} is faulty.`);
    if (place.role === "consumer") said.push(`${place.label}: ${now.age < 0 ? "no data yet" : `newest data is ${ageWords(now.age)}`}.`);
    else if (now.inside >= 1 && place.role !== "source") said.push(`${place.label}: ${short(now.inside)} waiting.`);
    if (now.lost) said.push(`${place.label}: ${short(now.lost)} lost.`);
    if (askerWords(now)) said.push(`${place.label}: ${askerWords(now)}.`);
  }
  return said.join(" ");
}
