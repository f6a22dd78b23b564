// The picture saved is the picture seen: computed styles are written into a copy that needs nothing else.

import { SVG, copyOf, el, svgEl } from "../../../../js/shared/dom.js";
import { clockWords } from "../../../../js/shared/words.js";
import { dotsAsCircles } from "./canvas.js";
import { showMoment } from "./clock.js";

/** @import { Diagram, Scene } from "./types.js" */

const KEPT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
  "stroke-opacity", "opacity", "font-family", "font-size", "font-weight", "font-style", "letter-spacing", "text-transform",
  "paint-order", "visibility"];

/**
 * `color(srgb …)`, which browsers compute from color-mix, is unknown to other programs.
 * @param {string} value
 */
function plainColour(value) {
  return value.replace(/color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.]+))?\)/g, (_, r, g, b, a) =>
    `rgba(${[r, g, b].map((x) => Math.round(x * 255)).join(", ")}, ${a ?? 1})`);
}

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
 * Whether a rule brings the upright face of a family.
 * @param {CSSRule} rule
 * @param {string} family
 * @returns {rule is CSSFontFaceRule}
 */
const isFace = (rule, family) => rule instanceof CSSFontFaceRule && rule.style.fontFamily.replace(/["']/g, "") === family
  && (rule.style.fontStyle || "normal") === "normal";

/**
 * The page's own font, so that the file's text is as wide as the screen's. Left out where it cannot be read.
 * @param {string} family
 */
async function fontFaces(family) {
  const first = family.split(",")[0].replace(/["']/g, "").trim();
  const rules = [...document.styleSheets].flatMap((sheet) => {
    try { return [...sheet.cssRules].flatMap((rule) => (isFace(rule, first) ? [{ rule, base: sheet.href }] : [])); } catch { return []; }
  });
  const faces = await Promise.all(rules.map(async ({ rule, base }) => {
    const source = rule.style.getPropertyValue("src").match(/url\(["']?([^"')]+)/)?.[1];
    if (!source) return "";
    try {
      const bytes = new Uint8Array(await (await fetch(new URL(source, base ?? document.baseURI))).arrayBuffer());
      let text = "";
      for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
      return `@font-face{font-family:"${first}";font-weight:${rule.style.fontWeight || 400};src:url(data:font/woff2;base64,${btoa(text)})}`;
    } catch { return ""; }
  }));
  return faces.join("");
}

/**
 * @param {Diagram} d
 * @param {Scene} scene
 */
async function pictureText(d, { back, front, size }) {
  const ground = plainColour(getComputedStyle(d.root).backgroundColor);
  const faces = await fontFaces(getComputedStyle(front).fontFamily);
  showMoment(d, d.t); // while it plays, words are a little older than the dots
  const done = dotsAsCircles(d), copy = frozenCopy(back) ?? copyOf(back); // where the picture is not shown, its frame
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
 * @param {string} name
 * @param {Blob} blob
 */
function download(name, blob) {
  const url = URL.createObjectURL(blob);
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
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
