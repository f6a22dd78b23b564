// The scene at a moment: dots, levels, ages, faults, losses. Nothing here is drawn that the frames do not say.

const circle = (cls, r) => el("circle", { svg: 1, class: cls, r });

function put(node, name, value) {
  if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A flood is wider than a trickle: where the day's thickest bucket would pile dots up, they take lanes beside the line. */
function spread(edge, sums, frames) {
  const room = (edge.length * frames.step) / frames.travel_s;
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
    edge.length = edge.length || edge.path.getTotalLength();
    const shown = d.still ? 0 : places.length;
    while (edge.pool.length < shown) {
      const dot = circle("dot", 3);
      edge.pool.push(dot);
      edge.dots.append(dot);
    }
    if (edge.run !== frames) spread(edge, sums, frames);
    edge.pool.forEach((dot, i) => {
      if (i >= shown) return put(dot, "display", "none");
      dot.removeAttribute("display");
      const [k, place] = places[i];
      const along = (edge.backwards ? 1 - place : place) * edge.length;
      const at = edge.path.getPointAtLength(along);
      const near = edge.path.getPointAtLength(along < edge.length - 1 ? along + 1 : along - 1);
      const tilt = Math.atan2(near.y - at.y, near.x - at.x), side = (((k * 2) % 5) - 2) * edge.lane;
      dot.setAttribute("cx", (at.x - Math.sin(tilt) * side).toFixed(1));
      dot.setAttribute("cy", (at.y + Math.cos(tilt) * side).toFixed(1));
      put(dot, "r", edge.lane > 1 ? 2.3 : 3.2);
    });
  }
  paintFalls(d);
}

/** Lost events fall from their stage: one drop for every per_lost events. */
function paintFalls(d) {
  const { frames, scene, t } = d;
  for (const [id, node] of scene.nodes) {
    const series = frames.stations.get(id);
    if (!series || !node.falls) continue;
    const places = d.still ? [] : dotsAt(series.lostSoFar, frames, t, frames.per_lost).slice(-12);
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
    if (!now) continue;
    write(node.state, nodeWords(node.place, now));
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
  }
  paintFlows(d);
  if (d.cardOf) fillCard(d);
}

function paintLabel(d, node, now) {
  const score = d.progress[node.place.id];
  const said = [node.place.label, stateWords(node.place, now)];
  const current = d.overlay && d.places.get(d.overlay);
  if (current && current.acts[node.place.id]) said.push(`${current.label}: ${current.acts[node.place.id]}`);
  if (score !== undefined) said.push(`quiz ${Math.round(score * 100)} %`);
  put(node.group, "aria-label", said.filter(Boolean).join(". "));
}

/** How much runs along each flow: its width, and in a still picture its number. */
function paintFlows(d) {
  const { frames, scene, t } = d;
  if (!frames) return;
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
    const half = edge.path.getPointAtLength(edge.path.getTotalLength() / 2);
    put(edge.count, "x", half.x.toFixed(1));
    put(edge.count, "y", (half.y - 5).toFixed(1));
    write(edge.count, here >= 0.5 ? short(here) : "");
  }
}

/** The same state as a table, for whoever reads rather than looks. */
function paintTable(d) {
  if (!d.ui.words.open || !d.frames) return;
  const rows = d.stages.map((place) => {
    const now = stationAt(d.frames, place.id, d.t);
    const cells = now
      ? [short(now.in), short(now.out), short(now.inside), HOLDS.has(place.role) ? short(now.level) : "–",
         `${Math.round(now.busy * 100)} %`, ageWords(now.age), short(now.lost), now.faulty ? "yes" : "no"]
      : Array(8).fill("–");
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
    if (place.role === "consumer") said.push(`${place.label}: newest data ${ageWords(now.age)}.`);
    else if (now.inside >= 1 && place.role !== "source") said.push(`${place.label}: ${short(now.inside)} waiting.`);
    if (now.lost) said.push(`${place.label}: ${short(now.lost)} lost.`);
  }
  return said.join(" ");
}
