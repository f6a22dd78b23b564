// Choosing a stage: pointer, keys and search; what is lit; the card that says what a place is doing.

import { isChord, put } from "../../../../js/shared/dom.js";
import { hideCutter, walkToFlow } from "./breaking/cutter.js";
import { offerBreaks } from "./breaking/tools.js";
import { redrawDots } from "./canvas.js";
import { hideCard, showCard, soonCard } from "./card.js";
import { stationAt } from "./frames.js";
import { hoverHandle, leaveHandle, placeHandle } from "./joining/handle.js";
import { aimAt, beginFlow, endFlow, joins } from "./joining/joining.js";
import { paintStates } from "./paint.js";
import { reach } from "./reach.js";
import { stateWords } from "./state_words.js";
import { isStage, partsOf } from "./types.js";

/** @import { Diagram, Point, Scene, SceneNode } from "./types.js" */
/** @import { SentFlow } from "./message.js" */

/**
 * Select here at once; the server hears of it and will confirm.
 * @param {Diagram} d
 * @param {string | null} id
 */
export function choose(d, id) {
  if (d.pointing && id) return point(d, id);
  if (d.joining && id) return endFlow(d, id);
  if (id === d.selected) id = null;
  d.pending = { id, at: performance.now() };
  light(d, id);
  hideCard(d);
  hideCutter(d);
  const place = id ? d.places.get(id) : undefined;
  if (place) say(d, `${place.label} selected. ${stateWords(place, stationAt(d.frames, place.id, d.t))}`);
  else say(d, "Selection cleared.");
  window.dispatchEvent(new CustomEvent("headwaters:choose", { detail: id })); // the panel shows it at once
  d.send("select", id ?? "");
}

/**
 * Chosen elsewhere on the page, by a link in the text: lit at once, too.
 * @param {Diagram} d
 * @param {string | null} id
 */
export function follow(d, id) {
  if (id === d.selected) return;
  d.pending = { id, at: performance.now() };
  light(d, id);
  hideCard(d);
}

/**
 * The reader went back before the server had heard of what was chosen, which would then count as the later word: so the
 * server is told once more where the reader is.
 * @param {Diagram} d
 * @param {string | null} id
 */
export function goBack(d, id) {
  if (!d.pointing && id !== d.selected) choose(d, id);
}

/**
 * A question asks for a place or a flow of the picture: mark it as the answer, and select nothing.
 * @param {Diagram} d
 * @param {string} id
 */
export function point(d, id) {
  d.pointed = id;
  lightPointed(d);
  /** @param {string} part */
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
  redrawDots(d);
}

/**
 * @param {Diagram} d
 * @param {string | null} id
 */
export function light(d, id) {
  const place = id ? d.places.get(id) : undefined;
  d.selected = place?.id ?? null;
  d.overlay = place && place.kind === "undercurrent" ? d.selected : d.picked;
  if (d.ui.overlay.value !== (d.overlay ?? "")) d.ui.overlay.value = d.overlay ?? "";
  const ways = place?.kind === "stage" ? [true, false].map((forward) => reach(d.flows, place.id, forward)) : [];
  const lit = new Set([...(place ? [place.id] : []), ...ways.flatMap((way) => [...way])]);
  if (place && place.kind !== "stage") Object.keys(place.acts).forEach((other) => lit.add(other));
  for (const scene of Object.values(d.scenes)) lightScene(d, scene, lit, ways);
  d.root.dataset.selected = d.selected ?? "";
  offerBreaks(d);
  redrawDots(d);
  paintStates(d);
  placeHandle(d);
}

/**
 * @param {Diagram} d
 * @param {Scene} scene
 * @param {Set<string>} lit
 * @param {Set<string>[]} ways what lies before the selected stage and what behind it, each with the stage; none without one
 */
function lightScene(d, scene, lit, ways) {
  const current = d.overlay === null ? undefined : d.places.get(d.overlay);
  scene.box.classList.toggle("chosen", Boolean(d.selected));
  const home = [d.walker, d.selected].find((id) => id !== null && scene.nodes.has(id)) ?? d.stages[0]?.id;
  for (const [id, node] of scene.nodes) {
    node.group.classList.toggle("selected", id === d.selected);
    for (const part of partsOf(node)) part.classList.toggle("lit", lit.has(id));
    put(node.group, "aria-pressed", id === d.selected);
    put(node.group, "tabindex", id === home ? 0 : -1);
    if (!isStage(node)) continue;
    const acts = current?.acts[id] !== undefined;
    node.mark.classList.toggle("off", !acts);
    node.group.classList.toggle("acted", acts);
    if (current && acts) put(node.markIcon, "d", current.icon);
    const score = d.progress[id];
    put(node.ring, "stroke-dasharray", `${Math.round((score ?? 0) * 100)} 100`);
    node.ringBack.classList.toggle("off", score === undefined);
  }
  for (const edge of scene.edges.values()) {
    const on = onPath(edge.flow, d.selected, ways);
    edge.group.classList.toggle("lit", on);
    edge.dots.classList.toggle("lit", on);
    edge.words.classList.toggle("lit", on);
  }
}

/**
 * A flow is lit where it lies on a way to or from the selected stage; one that leads back, where it begins or ends there.
 * @param {SentFlow} flow
 * @param {string | null} stage
 * @param {Set<string>[]} ways
 */
function onPath(flow, stage, ways) {
  if (!flow.loop) return ways.some((way) => way.has(flow.source) && way.has(flow.target));
  return ways.length > 0 && (flow.source === stage || flow.target === stage);
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
    if (d.joining) return aimAt(d, place.id);
    showCard(d, place.id);
  });
  group.addEventListener("blur", () => hideCard(d));
  listenPointer(d, group, () => soonCard(d, place.id));
  group.addEventListener("pointermove", (event) => hoverHandle(d, place.id, event));
  group.addEventListener("pointerleave", () => (hideCard(d), leaveHandle(d)));
}

/**
 * Tell when a mouse comes to a part of the picture; in a hall only when it moves there: one that rests has said nothing.
 * @param {Diagram} d
 * @param {SVGElement} part
 * @param {() => void} came
 */
export function listenPointer(d, part, came) {
  let told = false;
  /** @param {PointerEvent} event */
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
  if (!d.scene) return;
  for (const [other, node] of d.scene.nodes) put(node.group, "tabindex", other === id ? 0 : -1);
  d.scene.nodes.get(id)?.group.focus({ preventScroll: true });
}

/**
 * @param {Diagram} d
 * @param {KeyboardEvent} event
 * @param {string} id
 */
function nodeKey(d, event, id) {
  if (isChord(event)) return;
  if (event.key === "Enter" || event.key === " ") choose(d, id);
  else if (event.key === "c" && joins(d, id)) beginFlow(d, id);
  else if (event.key.startsWith("Arrow")) {
    const way = event.key.slice(5), next = d.scene && neighbour(d, d.scene, id, way);
    if (next && !(event.shiftKey && walkToFlow(d, id, way))) walkTo(d, next);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

/**
 * Along the flow where there is one (right: downstream, left: upstream; top to bottom turned), else to what lies there.
 * @param {Diagram} d
 * @param {Scene} scene
 * @param {string} id
 * @param {string} key
 * @returns {string | null}
 */
function neighbour(d, { nodes, direction }, id, key) {
  const here = nodes.get(id), way = WAYS[key];
  if (!here || !way) return null;
  const from = middle(here);
  /** @param {string[]} ids */
  const nearest = (ids) => closest(nodes, ids, (at) => Math.hypot(at.x - from.x, at.y - from.y));
  const [onward, back] = direction === "LR" ? ["Right", "Left"] : ["Down", "Up"];
  if (key === onward || key === back) {
    const steps = d.flows.filter((f) => (key === onward ? f.source : f.target) === id);
    const plain = steps.filter((f) => !f.loop).map((f) => (key === onward ? f.target : f.source));
    const loops = steps.filter((f) => f.loop).map((f) => (key === onward ? f.target : f.source));
    const along = nearest(plain) ?? nearest(loops);
    if (along) return along;
  }
  const [dx, dy] = way;
  return closest(nodes, [...nodes.keys()].filter((other) => other !== id), (at) => {
    const x = at.x - from.x, y = at.y - from.y, ahead = x * dx + y * dy;
    return ahead > 8 ? ahead + 3 * (Math.abs(x * dy) + Math.abs(y * dx)) : Infinity;
  });
}

/**
 * Where an arrow key leads, as a step to the right and down.
 * @type {Record<string, [number, number]>}
 */
const WAYS = { Right: [1, 0], Left: [-1, 0], Down: [0, 1], Up: [0, -1] };

/**
 * @param {SceneNode} node
 * @returns {Point}
 */
const middle = ({ box }) => ({ x: box.x + box.w / 2, y: box.y + box.h / 2 });

/**
 * The first of the places that lies least far away; null where none lies at any finite distance.
 * @param {Map<string, SceneNode>} nodes
 * @param {string[]} ids
 * @param {(middle: Point) => number} far
 * @returns {string | null}
 */
function closest(nodes, ids, far) {
  let best = null, least = Infinity;
  for (const id of ids) {
    const node = nodes.get(id), away = node ? far(middle(node)) : Infinity;
    if (away < least) [best, least] = [id, away];
  }
  return best;
}

/**
 * @param {Diagram} d
 * @param {string} words
 */
export function say(d, words) {
  d.ui.live.textContent = words;
}

