// Graphviz's SVG becomes a scene: its places and routes are kept, what lies inside a node is drawn here.
// It lies in two halves, zones and flows behind, places and words in front, with the canvas of all that moves between.
// Built once for each version and direction; afterwards only attributes change.

import { allOf, copyOf, el, oneOf, put, svgEl } from "../../../../js/shared/dom.js";
import { redrawDots } from "./canvas.js";
import { listenNode } from "./select.js";
import { isStage } from "./types.js";

/** @import { Box, Diagram, Direction, Point, Scene, SceneEdge, SceneNode, StageParts } from "./types.js" */
/** @import { SentFlow, SentPlace } from "./message.js" */

let scenes = 0;

/**
 * The numbers of an attribute, as they stand in it.
 * @param {string | null} text
 */
const numbersIn = (text) => (text?.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

/**
 * @param {Element} shape
 * @returns {Box}
 */
export function boxOf(shape) {
  const numbers = numbersIn(shape.getAttribute("d") || shape.getAttribute("points"));
  const xs = numbers.filter((_, i) => i % 2 === 0), ys = numbers.filter((_, i) => i % 2 === 1);
  const x = Math.min(...xs), y = Math.min(...ys);
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y };
}

/** @param {Element} group */
function bare(group) {
  group.querySelectorAll("title").forEach((title) => title.remove());
}

/**
 * @param {Box} box
 * @param {string} cls
 * @param {number} r
 * @param {import("../../../../js/shared/dom.js").Attributes} [more]
 */
const rect = (box, cls, r, more = {}) =>
  svgEl("rect", { x: box.x, y: box.y, width: box.w, height: box.h, rx: r, class: cls, ...more });

const BESIDE_DOTS = 10; // of the picture's units: five lanes of dots are twice as wide

/**
 * @param {Diagram} d
 * @param {string} text
 * @param {Direction} direction
 * @returns {Scene}
 */
export function buildScene(d, text, direction) {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  /** @type {SVGSVGElement} */
  const back = document.importNode(oneOf(parsed, "svg"), true);
  const prefix = `hw${++scenes}`;
  /** @type {SVGGElement} */
  const graph = oneOf(back, "g.graph");
  const [, , w, h] = numbersIn(back.getAttribute("viewBox"));
  for (const name of ["width", "height"]) back.removeAttribute(name);
  for (const polygon of graph.querySelectorAll(":scope > polygon")) polygon.remove();
  bare(graph);
  for (const comment of [...graph.childNodes].filter((n) => n.nodeType === 8)) comment.remove();
  const front = copyOf(back), places = copyOf(graph);
  places.removeAttribute("id");
  const view = svgEl("g", { class: "view" }, places), ground = svgEl("g", {}, graph);
  front.append(view);
  back.append(ground);
  put(back, "class", "back");
  put(back, "aria-hidden", "true");
  put(front, "class", "front");
  put(front, "role", "group");
  put(front, "aria-label", `${d.data.title}: diagram of ${d.stages.length} stages. Arrow keys walk the flows.${d.data.joins ? " C draws one." : ""}`);
  const canvas = el("canvas", { class: "dots-canvas", "aria-hidden": "true", ontransitionend: () => redrawDots(d) }); // other colours
  const box = el("div", { class: `scene ${direction.toLowerCase()}` }, back, canvas, front);
  /** @type {Scene} */
  const scene = { box, back, front, canvas, direction, views: [view, ground], nodes: new Map(), edges: new Map(), movers: [],
    size: { width: w, height: h }, viewBox: { x: 0, y: 0, w, h }, sheet: null };
  d.data.zones.forEach((zone, i) => graph.querySelector(`[id="zone-${zone.id}"]`)?.classList.add(`zone-${i % 3}`));
  graph.querySelector("#zone-undercurrents")?.classList.add("under");

  d.flows.forEach((flow) => {
    /** @type {SVGGElement[]} */
    const [group] = allOf(graph, `[id="flow-${flow.source}-${flow.target}"]`);
    if (group) scene.edges.set(`${flow.source}>${flow.target}`, dressEdge(group, flow));
  });
  for (const place of d.places.values()) {
    /** @type {SVGGElement[]} */
    const [group] = allOf(graph, `[id="stage-${place.id}"]`);
    if (!group) continue;
    scene.nodes.set(place.id, dressNode(d, group, place, prefix));
    places.append(group); // the places come along the flow, and so they are read
  }
  // a flow that Graphviz drew from its target's end is walked backwards
  for (const edge of scene.edges.values()) {
    const start = numbersIn(edge.path.getAttribute("d"));
    /** @param {string} id */
    const away = (id) => {
      const box = scene.nodes.get(id)?.box;
      return box ? Math.hypot(box.x + box.w / 2 - start[0], box.y + box.h / 2 - start[1]) : 0;
    };
    edge.backwards = away(edge.flow.target) < away(edge.flow.source);
    const tops = [edge.flow.source, edge.flow.target].flatMap((id) => scene.nodes.get(id)?.box.y ?? []);
    edge.over = Math.min(...tops);
  }
  const words = svgEl("g", { class: "all-words", "aria-hidden": "true" }); // what flows is read above the dots
  places.prepend(words);
  scene.movers = [...[...scene.edges.values()].map(({ dots }) => dots), ...[...scene.nodes.values()].filter(isStage).map(({ falls }) => falls)];
  graph.append(svgEl("g", { class: "all-dots" }, ...scene.movers));
  for (const edge of scene.edges.values()) {
    words.append(edge.words);
    // clear of the dots, which run down close beside what is written on a wire
    if (direction === "TB") for (const text of edge.words.querySelectorAll("text:not(.count)")) put(text, "x", Number(text.getAttribute("x")) + BESIDE_DOTS);
  }
  return scene;
}

/**
 * @param {SVGGElement} group
 * @param {SentFlow} flow
 * @returns {SceneEdge}
 */
function dressEdge(group, flow) {
  bare(group);
  /** @type {SVGPathElement} */
  const path = oneOf(group, "path");
  group.setAttribute("class", `edge${flow.loop ? " loop" : ""}`);
  const hit = copyOf(path);
  hit.removeAttribute("stroke-dasharray");
  hit.setAttribute("class", "hit");
  hit.setAttribute("data-hit", `${flow.source}>${flow.target}`);
  path.setAttribute("class", "route");
  group.append(hit);
  const dots = svgEl("g", { class: "dots", "data-flow": `${flow.source}>${flow.target}` }); // its look; filled for paper alone
  const count = svgEl("text", { class: "count", "text-anchor": "middle" });
  const snipped = svgEl("g", { class: "snipped off" }, svgEl("circle", { r: 10 }), svgEl("path", { d: "M-5-5L5 5M-5 5L5-5" }));
  const words = svgEl("g", { class: `edge${flow.loop ? " loop" : ""}` }, ...group.querySelectorAll("text"), count, snipped);
  return { group, flow, path, dots, words, count, snipped, spot: null, track: null, backwards: false, lane: 0 };
}

/**
 * @param {Diagram} d
 * @param {SVGGElement} group
 * @param {SentPlace} place
 * @param {string} prefix
 * @returns {SceneNode}
 */
function dressNode(d, group, place, prefix) {
  bare(group);
  const shape = oneOf(group, "path, polygon");
  const box = boxOf(shape);
  shape.remove();
  const titles = [...group.querySelectorAll("text")];
  titles.forEach((text) => {
    text.setAttribute("class", "name");
    for (const name of ["font-family", "font-size"]) text.removeAttribute(name);
  });
  group.setAttribute("class", `node ${place.kind} role-${place.role}`);
  group.setAttribute("role", "button");
  group.setAttribute("aria-pressed", "false");
  group.setAttribute("tabindex", "-1");
  group.setAttribute("data-stage", place.id);
  const flat = place.kind === "undercurrent";
  const low = box.h < 75; // left to right a node is low, so that the picture and the charts share one screen
  const cx = box.x + box.w / 2;
  const radius = flat ? box.h / 2 : 12;
  const clip = svgEl("clipPath", { id: `${prefix}-${place.id}` }, rect(box, "", radius));
  const focus = rect({ x: box.x - 4, y: box.y - 4, w: box.w + 8, h: box.h + 8 }, "focus", radius + 4);
  const body = rect(box, "body", radius);
  const tank = svgEl("rect", { class: "tank", x: box.x, width: box.w, y: box.y + box.h, height: 0 });
  const busy = svgEl("rect", { class: "busy", x: box.x, y: box.y + box.h - 3, width: 0, height: 3 });
  const inner = svgEl("g", { class: "inner", "clip-path": `url(#${prefix}-${place.id})` }, tank, busy);
  const edge = rect(box, "rim", radius);
  const at = flat ? { x: box.x + 16, y: box.y + box.h / 2 } : { x: cx, y: box.y + (low ? 14 : 18.5) };
  const size = flat ? 0.6 : low ? 0.62 : 0.7;
  const icon = svgEl("path", { class: "icon", d: place.icon, transform: `translate(${at.x - 12 * size} ${at.y - 12 * size}) scale(${size})` });
  group.prepend(clip, focus, body, inner, edge, icon);
  titles.forEach((text, i) => {
    put(text, "x", flat ? box.x + 28 : cx);
    if (flat) text.setAttribute("text-anchor", "start");
    put(text, "y", flat ? box.y + box.h / 2 + 4 + (titles.length > 1 ? 13 * i - 6.5 : 0) : box.y + (titles.length > 1 ? (low ? 34.5 : 46) + (low ? 11.8 : 13.8) * i : low ? 41 : 52));
  });
  /** @type {SceneNode} */
  const node = { group, place, box, titles, room: flat ? box.w - 36 : box.w - 6, focus, body, tank, busy }; // room: for name and state
  if (isStage(node)) Object.assign(node, stageParts(node, at));
  listenNode(d, node);
  return node;
}

/**
 * @param {SceneNode} node
 * @param {Point} at
 * @returns {StageParts}
 */
function stageParts({ box, group }, at) {
  const cx = box.x + box.w / 2, base = box.y + box.h - (box.h < 75 ? 5.5 : 9), r = box.h < 75 ? 11 : 13;
  const state = svgEl("text", { class: "state", x: cx, y: base, "text-anchor": "middle" });
  const ringBack = svgEl("circle", { class: "ring-back", cx: at.x, cy: at.y, r });
  const ring = svgEl("circle", { class: "ring", cx: at.x, cy: at.y, r, pathLength: 100, "stroke-dasharray": "0 100",
    transform: `rotate(-90 ${at.x} ${at.y})`,
  });
  const bars = svgEl("g", { class: "bars", "data-step": "-1" });
  for (let i = 0; i < 4; i++) {
    bars.append(svgEl("rect", { x: box.x + 9 + i * 5, y: box.y + 20 - i * 3, width: 3.4, height: 5 + i * 3, rx: 1 }));
  }
  const right = box.x + box.w - 7, top = box.y + 1;
  const badge = svgEl("g", { class: "badge off" }, svgEl("title", { text: "Faulty now" }),
    svgEl("path", { d: `M${right} ${top - 10}l12 21h-24z`, class: "sign" }),
    svgEl("text", { x: right, y: top + 8.5, "text-anchor": "middle", text: "!" }));
  const lost = svgEl("text", { class: "lost off", x: box.x + 2, y: box.y + box.h + 13 });
  const askers = svgEl("text", { class: "lost askers off", x: box.x + 2, y: box.y + box.h + 13 });
  const falls = svgEl("g", { class: "falls" });
  const markIcon = svgEl("path", { class: "mark-icon", transform: `translate(${box.x - 5} ${box.y - 5}) scale(.6)` });
  const mark = svgEl("g", { class: "mark off" },
    svgEl("circle", { cx: box.x + 2.2, cy: box.y + 2.2, r: 11 }), markIcon);
  const [tx, ty, tr] = [box.x + box.w - 17, box.y + 14, 5.5];
  const tick = svgEl("circle", { class: "tick off", cx: tx, cy: ty, r: tr, pathLength: 100, transform: `rotate(-90 ${tx} ${ty})` });
  const leak = svgEl("text", { class: "leak off", x: box.x + 2, y: box.y + box.h + 13 });
  group.append(ringBack, ring, bars, tick, state, lost, askers, leak, mark, badge);
  return { state, ringBack, ring, tick, bars, badge, lost, askers, leak, falls, mark, markIcon };
}
