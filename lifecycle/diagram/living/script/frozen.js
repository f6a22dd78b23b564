// What a picture needs to stand alone in a file: its looks as the page computed them, the page's own font, and a name.

import { el } from "../../../../js/shared/dom.js";

export const KEPT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
  "stroke-opacity", "opacity", "font-family", "font-size", "font-weight", "font-style", "letter-spacing", "text-transform",
  "paint-order", "visibility"];

/**
 * `color(srgb …)`, which browsers compute from color-mix, is unknown to other programs.
 * @param {string} value
 */
export function plainColour(value) {
  return value.replace(/color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.]+))?\)/g, (_, r, g, b, a) =>
    `rgba(${[r, g, b].map((x) => Math.round(x * 255)).join(", ")}, ${a ?? 1})`);
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
export async function fontFaces(family) {
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
 * @param {string} name
 * @param {Blob} blob
 */
export function download(name, blob) {
  const url = URL.createObjectURL(blob);
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
