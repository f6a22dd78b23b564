// A click on the diagram: a heat map of taps.

import { el, fitted, svgEl } from "../../../js/shared/dom.js";
import { onChoice } from "../../../js/shared/voting_words.js";

// As in shading.py: ColorBrewer's YlOrBr, up to a share, its shade and its ink. What nobody tapped keeps the page's ground.
const SHADES = [[0.1, "#ffffd4", "#111"], [0.2, "#fed98e", "#111"], [0.3, "#fe9929", "#111"], [0.45, "#d95f0e", "#111"], [1, "#993404", "#fff"]];

export const percent = (n, of) => `${of ? Math.round((100 * n) / of) : 0} %`;

export function drawMap(h) {
  const box = el("div", { class: "map" });
  const parsed = new DOMParser().parseFromString(h.data.picture, "image/svg+xml").documentElement;
  parsed.removeAttribute("width");
  parsed.removeAttribute("height");
  box.append(document.importNode(parsed, true));
  h.map = box.querySelector("svg");
  for (const zone of h.map.querySelectorAll("g.cluster")) nameWithin(zone);
  h.whole = null;
  new ResizeObserver(() => sizeType(h.map)).observe(h.map);
  h.places = new Map([...h.map.querySelectorAll("g[id^='stage-']")].map((group) => [group.id.slice(6), group]));
  const flows = h.data.poll.places.filter(({ id }) => id.includes("->"));
  h.flows = new Map(flows.map(({ id }) => [id, h.map.querySelector(`g[id='flow-${id.replace("->", "-")}']`)]).filter(([, group]) => group));
  h.body.replaceChildren(box);
}

/** A zone's name begins inside its frame, however large its letters. */
function nameWithin(zone) {
  const frame = zone.querySelector("path")?.getAttribute("d").match(/-?[\d.]+(?=,)/g)?.map(Number);
  const name = zone.querySelector("text");
  if (!frame || !name) return;
  name.setAttribute("text-anchor", "start");
  name.setAttribute("x", Math.min(...frame) + 9);
}

/** Letters that are read from the last row, however small the map had to be drawn; a box holds no larger ones. */
function sizeType(map) {
  const scale = map.getScreenCTM()?.a;
  if (!scale) return;
  const px = 24.5 * Math.min(1, innerWidth / 1920); // in proportion on a narrower screen
  map.style.setProperty("--type", `${Math.min(16.9, Math.max(12.5, px / scale)).toFixed(2)}px`);
  for (const group of map.querySelectorAll("g.node")) {
    for (const text of group.querySelectorAll("text")) fitText(text, roomIn(group));
  }
}

/** How wide a text within a box may be: what is right has a thick rim. */
const roomIn = (group) => (group.querySelector("path")?.getBBox().width ?? 0) - (group.classList.contains("right") ? 16 : 8);

/** A text wider than its box is set narrower, and smaller where that would not do. */
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

/** The zones alone, as large as there is room; the undercurrents beneath them once one was tapped, or is right. */
function frameMap(h, named) {
  const beneath = h.map.querySelector("#zone-undercurrents");
  const [, , width, height] = (h.whole ??= h.map.getAttribute("viewBox")).split(/\s+/).map(Number);
  const top = beneath?.querySelector("path")?.getBBox().y;
  const shift = Number(h.map.querySelector("g.graph").getAttribute("transform").match(/translate\([-\d.]+[ ,]+([-\d.]+)\)/)?.[1] ?? 0);
  const under = [...h.places].filter(([, group]) => top !== undefined && group.getBBox().y > top);
  const whole = !under.length || under.some(([id]) => named(id));
  h.map.setAttribute("viewBox", whole ? h.whole : `0 0 ${width} ${Math.min(height, top + shift - 4)}`);
  for (const [, group] of under) group.classList.toggle("off", !whole);
  beneath?.classList.toggle("off", !whole);
  sizeType(h.map);
}

export function paintMap(h, tally, key) {
  const right = new Set(key?.places ?? []);
  const taps = (id) => tally?.places[id] ?? 0;
  const share = (count) => (count ? `${count} (${percent(count, tally.voted)})` : "");
  frameMap(h, (id) => right.has(id) || taps(id) > 0);
  for (const [id, group] of h.places) {
    const frame = group.querySelector("path");
    if (!frame) continue;
    const count = taps(id);
    const [, fill, ink] = SHADES.find(([most]) => (count ? count / tally.voted : 0) <= most);
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
  for (const [id, group] of h.flows) {
    const line = group.querySelector("path");
    if (!line) continue;
    group.classList.toggle("right", right.has(id));
    line.style.stroke = taps(id) && !right.has(id) ? "#d95f0e" : "";
    line.style.strokeWidth = right.has(id) ? "5" : `${1 + (tally?.voted ? (6 * taps(id)) / tally.voted : 0)}`;
    const { x, y } = line.getPointAtLength(line.getTotalLength() / 2);
    wordsIn(group, x, y - 9).textContent = onChoice(right.has(id), share(taps(id)));
  }
}

/** Where the words of a place or flow are written. */
function wordsIn(group, x, y) {
  return group.querySelector(".taps") ?? group.appendChild(svgEl("text", { class: "taps", "text-anchor": "middle", x, y }));
}

