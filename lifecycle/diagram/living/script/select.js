// Choosing a stage: pointer, keys and search; what is lit; the card that says what a place is doing.

import { put } from "../../../../js/shared/dom.js";
import { hideCard, showCard, soonCard } from "./card.js";
import { stationAt } from "./frames.js";
import { paintStates } from "./paint.js";
import { stateWords } from "./state_words.js";

/** @import { Diagram, Scene, SceneNode } from "./types.js" */
/** @import { SentFlow } from "./message.js" */

/**
 * @param {Diagram} d
 * @param {string} id
 * @param {boolean} forward
 * @returns {Set<string>}
 */
function reach(d, id, forward) {
  const found = new Set(), todo = [id];
  while (todo.length) {
    const here = todo.pop();
    for (const flow of d.flows) {
      const [start, end] = forward ? [flow.source, flow.target] : [flow.target, flow.source];
      if (start === here && !flow.loop && !found.has(end)) {
        found.add(end);
        todo.push(end);
      }
    }
  }
  return found;
}

/**
 * Select here at once; the server hears of it and will confirm.
 * @param {Diagram} d
 * @param {string | null} id
 */
export function choose(d, id) {
  if (d.pointing && id) return point(d, id);
  if (id === d.selected) id = null;
  d.pending = { id, at: performance.now() };
  light(d, id);
  hideCard(d);
  if (id) say(d, `${d.places.get(id).label} selected. ${stateWords(d.places.get(id), stationAt(d.frames, id, d.t))}`);
  else say(d, "Selection cleared.");
  d.send("select", id ?? "");
}

/**
 * A question asks for a place or a flow of the picture: mark it as the answer, and select nothing.
 * @param {Diagram} d
 * @param {string} id
 */
export function point(d, id) {
  d.pointed = id;
  lightPointed(d);
  const name = (part) => d.places.get(part)?.label ?? part;
  say(d, `${id.split("->").map(name).join(" to ")} marked as your answer.`);
  d.send("point", id);
}

/** @param {Diagram} d */
export function lightPointed(d) {
  d.root.classList.toggle("pointing", d.pointing);
  for (const [id, node] of d.scene?.nodes ?? []) node.group.classList.toggle("pointed", d.pointing && id === d.pointed);
  for (const { group, flow } of d.scene?.edges.values() ?? []) {
    group.classList.toggle("pointed", d.pointing && `${flow.source}->${flow.target}` === d.pointed);
  }
}

/**
 * @param {Diagram} d
 * @param {string | null} id
 */
export function light(d, id) {
  d.selected = id && d.places.has(id) ? id : null;
  const place = d.selected && d.places.get(d.selected);
  d.overlay = place && place.kind === "undercurrent" ? d.selected : d.picked;
  if (d.ui.overlay.value !== (d.overlay ?? "")) d.ui.overlay.value = d.overlay ?? "";
  const lit = new Set();
  if (place && place.kind === "stage") {
    lit.add(d.selected);
    for (const forward of [true, false]) reach(d, d.selected, forward).forEach((other) => lit.add(other));
  } else if (place) {
    lit.add(d.selected);
    Object.keys(place.acts).forEach((other) => lit.add(other));
  }
  for (const scene of Object.values(d.scenes)) lightScene(d, scene, lit);
  d.root.dataset.selected = d.selected ?? "";
  paintStates(d);
}

/**
 * @param {Diagram} d
 * @param {Scene} scene
 * @param {Set<string>} lit
 */
function lightScene(d, scene, lit) {
  const current = d.overlay && d.places.get(d.overlay);
  scene.svg.classList.toggle("chosen", Boolean(d.selected));
  const home = scene.nodes.has(d.walker) ? d.walker : scene.nodes.has(d.selected) ? d.selected : d.stages[0]?.id;
  for (const [id, node] of scene.nodes) {
    node.group.classList.toggle("selected", id === d.selected);
    node.group.classList.toggle("lit", lit.has(id));
    put(node.group, "aria-pressed", id === d.selected);
    put(node.group, "tabindex", id === home ? 0 : -1);
    if (!node.mark) continue;
    const acts = Boolean(current && current.acts[id]);
    node.mark.classList.toggle("off", !acts);
    node.group.classList.toggle("acted", acts);
    if (acts) put(node.markIcon, "d", current.icon);
    const score = d.progress[id];
    put(node.ring, "stroke-dasharray", `${Math.round((score ?? 0) * 100)} 100`);
    node.ringBack.classList.toggle("off", score === undefined);
  }
  for (const edge of scene.edges.values()) {
    const on = d.places.get(d.selected)?.kind === "stage" && onPath(d, edge.flow, lit);
    edge.group.classList.toggle("lit", on);
    edge.dots.classList.toggle("lit", on);
    edge.words.classList.toggle("lit", on);
  }
}

/**
 * A flow is lit where it lies on a way to or from the selected stage.
 * @param {Diagram} d
 * @param {SentFlow} flow
 * @param {Set<string>} lit
 */
function onPath(d, flow, lit) {
  if (flow.loop) return flow.source === d.selected || flow.target === d.selected;
  if (!lit.has(flow.source) || !lit.has(flow.target)) return false;
  const down = reach(d, d.selected, true), up = reach(d, d.selected, false);
  const below = (id) => id === d.selected || down.has(id), above = (id) => id === d.selected || up.has(id);
  return (below(flow.source) && below(flow.target)) || (above(flow.source) && above(flow.target));
}

/**
 * @param {Diagram} d
 * @param {SceneNode} node
 */
export function listenNode(d, node) {
  const { group, place } = node;
  group.addEventListener("click", () => {
    if (d.dragged) return;
    walkTo(d, place.id);
    choose(d, place.id);
  });
  group.addEventListener("keydown", (event) => nodeKey(d, event, place.id));
  group.addEventListener("focus", () => {
    d.walker = place.id;
    showCard(d, place.id);
  });
  group.addEventListener("blur", () => hideCard(d));
  listenPointer(d, group, () => soonCard(d, place.id));
  group.addEventListener("pointerleave", () => hideCard(d));
}

/**
 * Tell when a mouse comes to a part of the picture; in a hall only when it moves there: one that rests has said nothing.
 * @param {Diagram} d
 * @param {Element} part
 * @param {() => void} came
 */
export function listenPointer(d, part, came) {
  let told = false;
  const tell = (event) => {
    if (told || event.pointerType !== "mouse") return;
    told = true;
    came();
  };
  part.addEventListener("pointerenter", (event) => d.root.classList.contains("bare") || tell(event));
  part.addEventListener("pointermove", (event) => d.moved && tell(event));
  part.addEventListener("pointerleave", () => (told = false));
}

/**
 * @param {Diagram} d
 * @param {string} id
 */
export function walkTo(d, id) {
  d.walker = id;
  for (const [other, node] of d.scene.nodes) put(node.group, "tabindex", other === id ? 0 : -1);
  d.scene.nodes.get(id)?.group.focus({ preventScroll: true });
}

/**
 * @param {Diagram} d
 * @param {KeyboardEvent} event
 * @param {string} id
 */
function nodeKey(d, event, id) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" || event.key === " ") choose(d, id);
  else if (event.key.startsWith("Arrow")) {
    const next = neighbour(d, id, event.key.slice(5));
    if (next) walkTo(d, next);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

/**
 * Along the flow where there is one (right: downstream, left: upstream; top to bottom turned), else to what lies there.
 * @param {Diagram} d
 * @param {string} id
 * @param {string} key
 * @returns {string | null}
 */
function neighbour(d, id, key) {
  const { nodes, direction } = d.scene;
  const middle = (other) => {
    const box = nodes.get(other).box;
    return [box.x + box.w / 2, box.y + box.h / 2];
  };
  const from = middle(id);
  const nearest = (ids) =>
    ids.filter((other) => nodes.has(other)).sort((a, b) => gap(a) - gap(b))[0];
  const gap = (other) => Math.hypot(middle(other)[0] - from[0], middle(other)[1] - from[1]);
  const [onward, back] = direction === "LR" ? ["Right", "Left"] : ["Down", "Up"];
  if (key === onward || key === back) {
    const steps = d.flows.filter((f) => (key === onward ? f.source : f.target) === id);
    const plain = steps.filter((f) => !f.loop).map((f) => (key === onward ? f.target : f.source));
    const loops = steps.filter((f) => f.loop).map((f) => (key === onward ? f.target : f.source));
    const along = nearest(plain) ?? nearest(loops);
    if (along) return along;
  }
  const [dx, dy] = { Right: [1, 0], Left: [-1, 0], Down: [0, 1], Up: [0, -1] }[key];
  const lies = (other) => {
    const [x, y] = middle(other);
    const ahead = (x - from[0]) * dx + (y - from[1]) * dy, aside = Math.abs((x - from[0]) * dy) + Math.abs((y - from[1]) * dx);
    return ahead > 8 ? ahead + 3 * aside : Infinity;
  };
  const best = [...nodes.keys()].filter((other) => other !== id).sort((a, b) => lies(a) - lies(b))[0];
  return best && lies(best) < Infinity ? best : null;
}

/**
 * @param {Diagram} d
 * @param {string} words
 */
export function say(d, words) {
  d.ui.live.textContent = words;
}

