// The picture saved is the picture seen: computed styles are written into a copy that needs nothing else.

import { SVG, copyOf, el, svgEl } from "../../../../js/shared/dom.js";
import { clockWords } from "../../../../js/shared/words.js";
import { dotsAsShapes } from "./canvas.js";
import { setPlaying, showMoment } from "./clock.js";
import { showFollowed } from "./follow/follow.js";
import { KEPT, download, fontFaces, plainColour } from "./frozen.js";
import { paintStates } from "./paint.js";
import { say } from "./select.js";

/** @import { Diagram, Scene } from "./types.js" */

/**
 * @template {SVGElement} T
 * @param {T} live
 * @returns {T | null} null for what is not to be seen
 */
function frozenCopy(live) {
  const style = getComputedStyle(live);
  if (style.display === "none" || live.classList?.contains("hit")) return null;
  const copy = copyOf(live);
  for (const name of KEPT) copy.style.setProperty(name, plainColour(style.getPropertyValue(name)));
  for (const child of live.childNodes) {
    if (child instanceof Text) copy.append(child.data);
    else if (child instanceof SVGElement) {
      const kept = child.closest("defs, clipPath, title") ? copyOf(child, true) : frozenCopy(child);
      if (kept) copy.append(kept);
    }
  }
  return copy;
}

/**
 * @param {Diagram} d
 * @param {Scene} scene
 */
async function pictureText(d, { back, front, size }) {
  const ground = plainColour(getComputedStyle(d.root).backgroundColor);
  const faces = await fontFaces(getComputedStyle(front).fontFamily);
  showMoment(d, d.t); // while it plays, words are a little older than the dots
  const done = dotsAsShapes(d), copy = frozenCopy(back) ?? copyOf(back); // where the picture is not shown, its frame
  copy.append(...(frozenCopy(front)?.childNodes ?? []));
  done();
  copy.removeAttribute("aria-hidden");
  for (const name of ["role", "aria-label"]) copy.setAttribute(name, front.getAttribute(name) ?? "");
  copy.setAttribute("width", String(size.width));
  copy.setAttribute("height", String(size.height));
  copy.setAttribute("xmlns", SVG);
  copy.prepend(svgEl("style", { text: faces }), svgEl("rect", { width: "100%", height: "100%", fill: ground }));
  copy.append(svgEl("title", { text: `${d.data.title}${d.frames ? `, ${clockWords(d.t)}` : ""}` }));
  return new XMLSerializer().serializeToString(copy);
}

/**
 * @param {Diagram} d
 * @param {string} ending
 */
function fileName(d, ending) {
  return `pipeline-${clockWords(d.t).replace(":", "")}${d.selected ? `-${d.selected}` : ""}.${ending}`;
}

/** @param {Diagram} d */
export async function saveSvg(d) {
  if (d.scene) download(fileName(d, "svg"), new Blob([await pictureText(d, d.scene)], { type: "image/svg+xml" }));
}

/** @param {Diagram} d */
export async function savePng(d) {
  const { scene } = d;
  if (!scene) return;
  const text = await pictureText(d, scene);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = el("canvas", { width: Math.round(scene.size.width * 2), height: Math.round(scene.size.height * 2) });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => blob && download(fileName(d, "png"), blob), "image/png");
}

/**
 * Films are made by a script of their own, which comes when it is first asked for; the offline copy has it already.
 * @param {Diagram} d
 */
export async function saveFilm(d) {
  try {
    const { openFilm } = window.headwatersFilm ?? (await import(d.said?.film?.source ?? ""));
    openFilm(d, { paintStates, showFollowed, dotsAsShapes, setPlaying });
  } catch {
    say(d, "No film can be made now: reload the page.");
  }
}
