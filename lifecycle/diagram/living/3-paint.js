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
    if (!now) continue;
    const fill = HOLDS.has(node.place.role) ? now.level / now.full : 0;
    put(node.tank, "y", (node.box.y + node.box.h * (1 - fill)).toFixed(1));
    put(node.tank, "height", (node.box.h * fill).toFixed(1));
    put(node.group, "data-level", now.level);
    put(node.busy, "width", (node.box.w * now.busy).toFixed(1));
    if (node.place.role === "consumer") put(node.bars, "data-step", ageStep(now.age));
    node.badge.classList.toggle("off", !now.faulty);
    if (now.faulty) placeBadge(d, node);
    node.group.classList.toggle("faulty", now.faulty);
    node.lost.classList.toggle("off", !now.lost);
    write(node.lost, now.lost ? `−${number(now.lost)} lost` : "");
    const askers = askerWords(now);
    node.askers.classList.toggle("off", !askers);
    write(node.askers, askers);
    placeMark(d, node, node.lost, 13);
    placeMark(d, node, node.askers, now.lost ? 26 : 13);
  }
  fitTexts(d, [...scene.nodes.values()].filter((node) => node.state).map((node) => [node.state, node.room]));
  paintFlows(d);
  if (d.cardOf) fillCard(d);
}

/** The sign of a fault: at the corner, or beside or, in a high box, below it, where fewest flows come or go. */
function placeBadge(d, node) {
  if (node.signed) return;
  node.signed = true;
  const { x, y, w, h } = node.box;
  const flows = [...d.scene.edges.values()].flatMap((edge) => (edge.track ??= trackOf(edge.path)).points);
  const near = ([dx, dy]) => flows.filter((point) => Math.abs(point.x - (x + w - 7 + dx)) < 16 && Math.abs(point.y - (y + 1.5 + dy)) < 14).length;
  const spots = [[0, 0], [-14, 0], ...(h < 75 ? [] : [[0, 19]]), [13 - w, 0]];
  const [dx, dy] = spots.reduce((best, spot) => (near(spot) < near(best) ? spot : best));
  node.sign = { x: x + w - 20 + dx, y: y - 11 + dy, width: 26, height: 24 };
  put(node.badge, "transform", `translate(${dx} ${dy})`);
}

/** What was lost, or waits, stands below its stage; above or beside it where that would cover a flow or another stage. */
function placeMark(d, node, mark, below) {
  const as = `${mark.textContent.length}|${below}|${d.type ?? ""}|${d.frame ?? ""}`;
  if (!mark.textContent || mark.dataset.as === as) return;
  const { width, height } = mark.getBBox();
  if (!width) return; // not on the page yet
  mark.dataset.as = as;
  const { x, y, w, h } = node.box, rise = 0.8 * height;
  const first = { x: x + 2, y: y + h + below - rise };
  const spots = [first, { x: x + 16, y: y - height - 2 }, { x: x + w - 24 - width, y: y - height - 2 }, { x: x + w + 8, y: y + h - height }];
  const { svg, nodes, edges } = d.scene, view = svg.viewBox.baseVal, [dx, dy] = shiftOf(d.scene);
  const names = [...svg.querySelectorAll(".cluster text")].map((name) => name.getBBox());
  const boxes = [...nodes.values()].map(({ box }) => ({ x: box.x, y: box.y, width: box.w, height: box.h }));
  const badge = node.sign ?? { x: x + w - 20, y: y - 11, width: 26, height: 18 };
  const counts = d.still ? [...edges.values()].flatMap((edge) => edge.spot ?? []) : []; // numbers of a still picture
  const other = mark !== node.lost && !node.lost.classList.contains("off") ? [node.lost.getBBox()] : [];
  const flows = [...edges.values()].flatMap((edge) => (edge.track ??= trackOf(edge.path)).points);
  const free = (at) => at.x + dx >= view.x && at.x + dx + width <= view.x + view.width && at.y + dy >= view.y &&
    [...names, ...boxes, ...other, ...counts, badge].every((one) => at.x > one.x + one.width || one.x > at.x + width || at.y > one.y + one.height || one.y > at.y + height) &&
    !flows.some((point) => point.x > at.x - 3 && point.x < at.x + width + 3 && point.y > at.y && point.y < at.y + height);
  const at = spots.find(free) ?? first;
  put(mark, "x", at.x.toFixed(1));
  put(mark, "y", (at.y + rise).toFixed(1));
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
    write(edge.count, edge.spot && here >= 0.5 ? number(Math.round(here)) : "");
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
  for (const { box, lost, askers } of scene.nodes.values()) {
    const [right, top] = [box.x + box.w, box.y];
    taken.push({ x: box.x - 2, y: top - 2, width: box.w + 4, height: box.h + 4 });
    if (!lost) continue; // an undercurrent: nothing stands out of it
    taken.push({ x: right - 20, y: top - 11, width: 26, height: 12 }, { x: box.x - 10, y: top - 10, width: 24, height: 24 }); // badge, mark
    taken.push({ x: box.x, y: top + box.h, width: 72, height: 17 }); // what was lost, where it usually stands
    for (const mark of [lost, askers]) if (mark.textContent) taken.push(mark.getBBox());
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

/** The same state as a table, for anyone who reads rather than looks. */
function paintTable(d) {
  if (!d.ui.words.open || !d.frames) return;
  const rows = d.stages.map((place) => {
    const now = stationAt(d.frames, place.id, d.t);
    const cells = now
      ? [number(now.in), number(now.out), number(now.inside), HOLDS.has(place.role) ? number(now.level) : "–",
         `${Math.round(now.busy * 100)} %`, ageWords(now.age), number(now.lost), askerWords(now) || "–", now.fault || "–"]
      : Array(9).fill("–");
    return el("tr", {}, el("th", { scope: "row", text: place.label }), ...cells.map((text) => el("td", { text })));
  });
  d.ui.tableBody.replaceChildren(...rows);
  write(d.ui.tableCaption, `State of the pipeline at ${clockWords(d.t)}; in and out are events a second`);
}

/** What is worth saying aloud when the clock stops. */
function summaryWords(d) {
  const said = [`Paused at ${clockWords(d.t)}.`];
  for (const place of d.stages) {
    const now = stationAt(d.frames, place.id, d.t);
    if (!now) continue;
    if (now.fault) said.push(`${place.label}: ${now.fault}.`);
    if (place.role === "consumer") said.push(`${place.label}: ${now.age < 0 ? "no data yet" : `newest data is ${ageWords(now.age)}`}.`);
    else if (now.inside >= 1 && place.role !== "source") said.push(`${place.label}: ${number(now.inside)} waiting.`);
    if (now.lost) said.push(`${place.label}: ${number(now.lost)} lost.`);
    if (askerWords(now)) said.push(`${place.label}: ${askerWords(now)}.`);
  }
  return said.join(" ");
}
