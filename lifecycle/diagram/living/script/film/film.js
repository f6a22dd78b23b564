// The entry of a bundle of its own, loaded when somebody first asks for a film.

import { el, write } from "../../../../../js/shared/dom.js";
import { number } from "../../../../../js/shared/words.js";
import { download } from "../frozen.js";
import { STYLE, filmForm } from "./form.js";
import { makeFilm } from "./making.js";
import { fileName } from "./stretch.js";

/** @import { Diagram } from "../types.js" */
/** @import { Hands } from "./making.js" */

/**
 * The form's look goes where the diagram's own does; the offline copy lets no other style in.
 * @param {HTMLElement} root
 */
function dress(root) {
  const tree = root.getRootNode();
  if (!(tree instanceof ShadowRoot || tree instanceof Document)) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  tree.adoptedStyleSheets.push(sheet);
  return () => (tree.adoptedStyleSheets = tree.adoptedStyleSheets.filter((other) => other !== sheet));
}

/**
 * Ask what to film, film it, and hand it over; closing it leaves all as it was.
 * @param {Diagram} d
 * @param {Hands} hands
 */
export function openFilm(d, hands) {
  const { frames: day, playing } = d;
  if (!day) return;
  const { fields, wish } = filmForm(d, day), undress = dress(d.root), dialog = el("dialog", { class: "film", "aria-label": "Save a film" });
  const wrong = el("p", { class: "wrong", role: "alert" }), told = el("p", { class: "told", role: "status" }), bar = el("progress", { "aria-label": "Pictures drawn" }), count = el("p", { class: "told", "aria-hidden": "true" });
  const make = el("button", { type: "submit", text: "Make the film" });
  /** @type {AbortController | null} */
  let made = null;

  const leave = el("button", { type: "button", text: "Close", onclick: () => {
    if (made) made.abort();
    else dialog.close();
  } });
  /** @param {boolean} on */
  const busy = (on) => {
    fields.disabled = make.disabled = on;
    bar.classList.toggle("on", on);
    write(leave, on ? "Cancel" : "Close");
  };
  /** @param {SubmitEvent} event */
  async function begin(event) {
    event.preventDefault();
    const asked = wish();
    write(wrong, typeof asked === "string" ? asked : "");
    write(told, "");
    if (typeof asked === "string") return;
    const { signal } = (made = new AbortController());
    busy(true);
    leave.focus();
    try {
      const film = await makeFilm(d, hands, asked, { signal, tell: (done, of) => {
        Object.assign(bar, { max: of, value: done });
        write(count, `Picture ${done} of ${of}`);
        if (done === of && asked.format === "webm") write(told, `It is recorded now, which takes its ${asked.lasts} s.`);
      } });
      const name = fileName(asked);
      download(name, film);
      write(told, `Saved ${name}, ${number(Math.ceil(film.size / 1000))} kB.`);
    } catch (error) {
      if (signal.aborted) write(told, "Cancelled; nothing was saved.");
      else {
        write(told, "");
        write(wrong, `No film was made: ${error instanceof Error ? error.message : error}. If memory was short, a film of fewer seconds needs less.`);
      }
    }
    made = null;
    write(count, "");
    busy(false);
  }
  dialog.append(el("h2", { text: "Save a film of the clock" }),
    el("form", { novalidate: true, onsubmit: begin }, fields, bar, count, wrong, told, el("div", { class: "row" }, make, leave)));
  dialog.addEventListener("keydown", (event) => event.stopPropagation()); // a letter of the caption is no key of the page's
  dialog.addEventListener("cancel", (event) => {
    if (!made) return;
    event.preventDefault();
    made.abort();
  });
  dialog.addEventListener("close", () => {
    made?.abort();
    dialog.remove();
    undress?.();
    if (playing && d.root.isConnected) hands.setPlaying(d, true);
  });
  hands.setPlaying(d, false);
  d.root.append(dialog);
  dialog.showModal();
}
