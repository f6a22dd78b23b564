// The gold dot with its tag: on a wire in its packet or among the dots, else above its stage.

import { put, svgEl, write } from "../../../../../js/shared/dom.js";
import { packetRadius, placeOfPacket, placeOn } from "../dots.js";
import { packetsAt } from "../frames.js";
import { trackOf } from "../geometry.js";

/** @import { Diagram, Gold, Point, Scene } from "../types.js" */

const [RADIUS, HIGH, BESIDE] = [5.5, 17, 10]; // of the dot, its tag and the words beside the dot, in units of the picture

/**
 * Draw the dot where the event is, or nothing where none is followed or it is not born yet.
 * @param {Diagram} d
 */
export function drawGold(d) {
  const { scene, gold } = d;
  if (!scene) return;
  const place = gold?.place ? pointOf(d, scene, gold) : null;
  scene.gold?.group.classList.toggle("off", !place);
  d.root.dataset.followed = place && gold?.place ? where(gold, d.still) : "";
  if (!place || !gold) return;
  const { group, label, back } = (scene.gold ??= makeGold(scene));
  write(label, gold.tag);
  put(group, "transform", `translate(${place.x.toFixed(1)} ${place.y.toFixed(1)})`);
  const words = label.getComputedTextLength(), wide = words + BESIDE + HIGH;
  const over = place.x + wide > scene.size.width; // then the tag is left of the dot
  put(back, "x", (over ? HIGH / 2 - wide : -HIGH / 2).toFixed(1));
  put(back, "width", wide.toFixed(1));
  put(label, "x", (over ? -BESIDE - words : BESIDE).toFixed(1));
}

/**
 * A wire as `oltp>jdbc`, or a stage.
 * @param {Gold} gold
 * @param {boolean} still
 */
function where({ place, followed: { beats } }, still) {
  if (!place) return "";
  const { stage, to } = beats[place.beat];
  return to && !still ? `${stage}>${to}` : to || stage;
}

/** @param {Scene} scene */
function makeGold(scene) {
  const back = svgEl("rect", { class: "gold-tag", y: -HIGH / 2, height: HIGH, rx: HIGH / 2 });
  const label = svgEl("text", { class: "gold-words", y: 4.5 });
  const group = svgEl("g", { class: "gold", "aria-hidden": "true" }, back, svgEl("circle", { class: "gold-dot", r: RADIUS }), label);
  scene.nodes.values().next().value?.group.parentElement?.append(group); // above all places
  return { group, label, back };
}

/**
 * On a wire it is in the packet that it went with, if it did.
 * @param {Diagram} d
 * @param {Scene} scene
 * @param {Gold} gold
 * @returns {Point | null}
 */
function pointOf({ frames, t, still }, scene, { place, followed: { beats } }) {
  if (!place) return null;
  const { stage, to, watch, start } = beats[place.beat], share = place.into / watch;
  const from = doorOf(scene, stage), there = to ? doorOf(scene, to) : null;
  if (!to || !there || !from) return from;
  if (still) return there;
  const edge = scene.edges.get(`${stage}>${to}`);
  if (!edge) return { x: from.x + (there.x - from.x) * share, y: from.y + (there.y - from.y) * share };
  const line = { track: (edge.track ??= trackOf(edge.path)), backwards: edge.backwards, lane: 0, over: edge.over };
  const wire = frames?.flows.get(`${stage}>${to}`), packet = wire && frames && packetsAt(wire.sent, frames, t).find(({ at }) => Math.abs(at - start) < 1);
  return packet ? placeOfPacket(line, share, packetRadius(packet.events.toLocaleString("en"))) : placeOn(line, share);
}

/**
 * Where the dot stands at a stage: just above its corner, so that the tag covers none of its words.
 * @param {Scene} scene
 * @param {string} stage
 * @returns {Point | null}
 */
function doorOf(scene, stage) {
  const box = scene.nodes.get(stage)?.box;
  return box ? { x: box.x + HIGH / 2, y: box.y - HIGH / 2 - 1 } : null;
}
