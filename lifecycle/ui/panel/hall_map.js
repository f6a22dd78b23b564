// A click on the diagram: a heat map of taps.

import { allOf, el, fitted, oneOf, svgEl } from "../../../js/shared/dom.js";
import { onChoice } from "../../../js/shared/voting_words.js";

/**
 * @import { Hall, HallMap, Paint } from "./types.js"
 */

// As in shading.py: ColorBrewer's YlOrBr, up to a share, its shade and its ink. What nobody tapped keeps the page's ground.
/** @type {[number, string, string][]} */
const SHADES = [[0.1, "#ffffd4", "#111"], [0.2, "#fed98e", "#111"], [0.3, "#fe9929", "#111"], [0.45, "#d95f0e", "#111"], [1, "#993404", "#fff"]];

/** @param {number} n @param {number} of */
export const percent = (n, of) => `${of ? Math.round((100 * n) / of) : 0} %`;

/** @param {Hall} h */
export function drawMap(h) {
  const parsed = new DOMParser().parseFromString(h.data.picture ?? "", "image/svg+xml").documentElement;
  parsed.removeAttribute("width");
  parsed.removeAttribute("height");
  const box = el("div", { class: "map" }, document.importNode(parsed, true));
  /** @type {SVGSVGElement} */
  const svg = oneOf(box, "svg");
  for (const zone of svg.querySelectorAll("g.cluster")) nameWithin(zone);
  new ResizeObserver(() => sizeType(svg)).observe(svg);
  /** @type {SVGGraphicsElement[]} */
  const groups = allOf(svg, "g[id^='stage-'], g[id^='flow-']");
  const byId = new Map(groups.map((group) => [group.id, group]));
  const flows = h.data.poll.places.filter(({ id }) => id.includes("->"));
  h.map = {
    svg, whole: svg.getAttribute("viewBox") ?? "",
    places: new Map(groups.filter(({ id }) => id.startsWith("stage-")).map((group) => [group.id.slice(6), group])),
    flows: new Map(flows.flatMap(({ id }) => {
      const group = byId.get(`flow-${id.replace("->", "-")}`);
      return group ? [[id, group]] : [];
    })),
  };
  h.body.replaceChildren(box);
}

/**
 * The outline of a box, or the line of a wire.
 * @param {Element} group
 * @returns {SVGPathElement | null}
 */
const outline = (group) => group.querySelector("path");

/**
 * A zone's name begins inside its frame, however large its letters.
 * @param {Element} zone
 */
function nameWithin(zone) {
  const frame = outline(zone)?.getAttribute("d")?.match(/-?[\d.]+(?=,)/g)?.map(Number);
  const name = zone.querySelector("text");
  if (!frame || !name) return;
  name.setAttribute("text-anchor", "start");
  name.setAttribute("x", String(Math.min(...frame) + 9));
}

/**
 * Letters that are read from the last row, however small the map had to be drawn; a box holds no larger ones.
 * @param {SVGSVGElement} map
 */
function sizeType(map) {
  const scale = map.getScreenCTM()?.a;
  if (!scale) return;
  const px = 24.5 * Math.min(1, innerWidth / 1920); // in proportion on a narrower screen
  map.style.setProperty("--type", `${Math.min(20, Math.max(12.5, px / scale)).toFixed(2)}px`);
  for (const group of map.querySelectorAll("g.node")) {
    for (const text of group.querySelectorAll("text")) fitText(text, roomIn(group));
  }
}

/**
 * How wide a text within a box may be: what is right has a thick rim.
 * @param {Element} group
 */
const roomIn = (group) => (outline(group)?.getBBox().width ?? 0) - (group.classList.contains("right") ? 12 : 5);

/**
 * A text wider than its box is set narrower, and smaller where that would not do.
 * @param {SVGTextElement} text
 * @param {number} room
 */
function fitText(text, room) {
  text.removeAttribute("textLength");
  text.style.removeProperty("font-size");
  if (room <= 0) return;
  const { size, length } = fitted(text.getComputedTextLength(), room, parseFloat(getComputedStyle(text).fontSize));
  if (size !== null) text.style.fontSize = `${size.toFixed(2)}px`;
  if (length === null) return;
  text.setAttribute("lengthAdjust", "spacingAndGlyphs");
  text.setAttribute("textLength", length.toFixed(1));
}

/**
 * The zones alone, as large as there is room; the undercurrents beneath them once one was tapped, or is right.
 * @param {HallMap} map
 * @param {(id: string) => boolean} named
 */
function frameMap({ svg, whole: all, places }, named) {
  const beneath = svg.querySelector("#zone-undercurrents");
  const [, , width, height] = all.split(/\s+/).map(Number);
  const top = beneath ? outline(beneath)?.getBBox().y ?? Infinity : Infinity;
  const shift = Number(svg.querySelector("g.graph")?.getAttribute("transform")?.match(/translate\([-\d.]+[ ,]+([-\d.]+)\)/)?.[1] ?? 0);
  const under = [...places].filter(([, group]) => group.getBBox().y > top);
  const whole = !under.length || under.some(([id]) => named(id));
  svg.setAttribute("viewBox", whole ? all : `0 0 ${width} ${Math.min(height, top + shift - 4)}`);
  for (const [, group] of under) group.classList.toggle("off", !whole);
  beneath?.classList.toggle("off", !whole);
  sizeType(svg);
}

/** @type {Paint} */
export function paintMap({ map }, tally, key) {
  if (!map) return;
  const right = new Set(key?.places ?? []), voted = tally?.voted ?? 0;
  /** @param {string} id */
  const taps = (id) => tally?.places[id] ?? 0;
  /** @param {number} count */
  const share = (count) => (count ? `${count} (${percent(count, voted)})` : "");
  frameMap(map, (id) => right.has(id) || taps(id) > 0);
  for (const [id, group] of map.places) {
    const frame = outline(group);
    if (!frame) continue;
    const count = taps(id);
    const [, fill, ink] = SHADES.find(([most]) => (count ? count / voted : 0) <= most) ?? SHADES[SHADES.length - 1];
    frame.style.fill = right.has(id) ? "" : count ? fill : "transparent"; // what is right has its own ground (hall.css)
    group.style.setProperty("--on", ink);
    group.classList.toggle("tapped", count > 0 && !right.has(id));
    group.classList.toggle("right", right.has(id));
    const words = onChoice(right.has(id), share(count));
    const at = frame.getBBox();
    const text = wordsIn(group, at.x + at.width / 2, at.y + at.height - 9);
    text.textContent = words;
    fitText(text, roomIn(group));
    group.classList.toggle("told", Boolean(words)); // its name makes room
  }
  for (const [id, group] of map.flows) {
    const line = outline(group);
    if (!line) continue;
    group.classList.toggle("right", right.has(id));
    line.style.stroke = taps(id) && !right.has(id) ? "#d95f0e" : "";
    line.style.strokeWidth = right.has(id) ? "5" : `${1 + (voted ? (6 * taps(id)) / voted : 0)}`;
    const { x, y } = line.getPointAtLength(line.getTotalLength() / 2);
    wordsIn(group, x, y - 9).textContent = onChoice(right.has(id), share(taps(id)));
  }
}

/**
 * Where the words of a place or flow are written.
 * @param {Element} group
 * @param {number} x
 * @param {number} y
 * @returns {SVGTextElement}
 */
function wordsIn(group, x, y) {
  return group.querySelector("text.taps") ?? group.appendChild(svgEl("text", { class: "taps", "text-anchor": "middle", x, y }));
}

