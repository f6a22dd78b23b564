// The form in which a film is asked for.

import { el } from "../../../../../js/shared/dom.js";
import { clockWords } from "../../../../../js/shared/words.js";
import { isOver, momentAt, onward } from "../follow/watch.js";
import { codeOf } from "./foot.js";
import { LONGEST_S, RATES, SHORTEST_S, USUAL_S, faultOf, readClock } from "./stretch.js";
import { recordable } from "./webm.js";

/** @import { Diagram, Frames } from "../types.js" */
/** @import { Format, Wish } from "./stretch.js" */

const USUAL_SPEED = 300; // seconds a day, at which beats of a followed event take as long as they say
/** @type {Record<Format, string>} */
const FORMATS = { gif: "GIF", webm: "WebM video", svg: "Animated SVG" };

export const STYLE = `
.film { width: min(34rem, 92vw); padding: 16px 18px; border: 1px solid var(--line); border-radius: 12px; background: var(--ground); color: var(--ink); font: inherit; }
.film::backdrop { background: rgb(0 0 0 / 35%); }
.film h2 { margin: 0 0 8px; font-size: 1.0625rem; }
.film form { display: grid; gap: 10px; }
.film .row { display: flex; flex-wrap: wrap; gap: 6px 16px; align-items: center; }
.film fieldset { border: 0; margin: 0; padding: 0; }
.film legend { float: none; margin: 0; padding: 0; color: var(--soft); }
.film label { display: inline-flex; gap: 6px; align-items: center; min-height: 28px; }
.film .wide { display: grid; gap: 2px; }
.film :is([type=text], [type=number]) { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 7px; padding: 4px 8px; min-width: 0; }
.film .short { width: 5.2em; }
.film p { margin: 0; color: var(--soft); font-size: 0.8125rem; overflow-wrap: anywhere; }
.film .wrong { color: var(--alarm); font-weight: 600; }
.film :is(.wrong, .told):empty, .film progress:not(.on) { display: none; }
.film progress { width: 100%; accent-color: var(--accent); }
.film button { font: inherit; min-height: 34px; padding: 0 14px; border-radius: 8px; border: 1px solid var(--line); background: transparent; color: var(--ink); cursor: pointer; }
.film [type=submit] { background: var(--accent); border-color: var(--accent); color: var(--ground); }
.film :disabled { opacity: .55; cursor: default; }
`;

/**
 * The stretch that is offered: from the clock's moment on, as far as six seconds of playing reach; whole minutes.
 * @param {Diagram} d
 * @param {Frames} day
 */
export function offered({ t, speed, gold }, { start, end }) {
  const from = t < end - 60 ? Math.floor(t / 60) * 60 : start;
  const beats = gold?.followed.beats ?? [], place = gold?.place && !isOver(beats, gold.place) ? gold.place : null;
  const reached = place ? momentAt(beats, onward(beats, place, (USUAL_S * USUAL_SPEED) / speed)) : from + (USUAL_S * (end - start)) / speed;
  return { from, to: Math.min(Math.floor(end / 60) * 60, Math.max(from + 60, Math.ceil(reached / 60) * 60)) };
}

/**
 * The page's own address, opened at the film's beginning.
 * @param {string} address without a moment; ends in what its settings begin with, or in the last of them
 * @param {number} from
 */
export const addressAt = (address, from) => `${address}${/[?#]$/.test(address) ? "" : "&"}moment=${Math.round(from)}`;

/**
 * @param {string} text
 * @param {HTMLElement} field
 */
const labelled = (text, field) => el("label", {}, text, field);

/**
 * The fields, and what is asked for by them: a wish, or in a sentence what is wrong with it.
 * @param {Diagram} d
 * @param {Frames} day
 */
export function filmForm(d, day) {
  const { from, to } = offered(d, day), { address = "", public: known = false } = d.said?.film ?? {}, possible = recordable();
  const clock = (/** @type {number} */ value) => el("input", { type: "text", class: "short", inputmode: "numeric", autocomplete: "off", value: clockWords(value) });
  const start = clock(from), end = clock(to);
  const lasts = el("input", { type: "number", class: "short", min: SHORTEST_S, max: LONGEST_S, step: 1, value: USUAL_S });
  const kinds = Object.entries(FORMATS).map(([value, text]) => {
    const off = value === "webm" && !possible;
    return el("label", {}, el("input", { type: "radio", name: "format", value, checked: value === "gif", disabled: off }), text);
  });
  const caption = el("input", { type: "text", maxlength: 200, value: d.said?.film?.caption || d.data.title });
  const foot = el("input", { type: "checkbox", checked: Boolean(address) && known, disabled: !address });
  const notes = [possible ? "" : "This browser records no WebM; GIF and SVG it makes.",
    address ? !known ? "Only this machine finds the present address." : "" : "This copy has no address that others find."];
  const fields = el("fieldset", {},
    el("div", { class: "row" }, labelled("From", start), labelled("To", end), labelled("Lasts (seconds)", lasts)),
    el("div", { class: "row", role: "radiogroup", "aria-label": "Kind of file" }, ...kinds),
    el("label", { class: "wide" }, "Caption", caption), labelled("Address and QR code below the picture", foot),
    ...notes.filter(Boolean).map((text) => el("p", { text })));

  /** @returns {Wish | string} */
  function wish() {
    const asked = { from: readClock(start.value), to: readClock(end.value), lasts: lasts.valueAsNumber }, wrong = faultOf(asked, day);
    if (wrong || asked.from === null || asked.to === null) return wrong;
    const chosen = kinds.map(({ control }) => control).find((input) => input instanceof HTMLInputElement && input.checked);
    const format = /** @type {Format} */ (chosen instanceof HTMLInputElement ? chosen.value : "gif");
    const shown = foot.checked ? addressAt(address, asked.from) : "";
    if (shown && !codeOf(shown)) return "The address is too long for a QR code that a phone reads: leave address and QR code out.";
    return { from: asked.from, to: asked.to, lasts: Math.round(asked.lasts * RATES[format]) / RATES[format], format, caption: caption.value.trim(), address: shown };
  }
  return { fields, wish };
}
