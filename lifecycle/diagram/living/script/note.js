// The small mounts: what the server says is run, and what is selected. Each leaves its note where the diagram finds it.

/** @import { Desk } from "./types.js" */
/** @import { RunNote, StateNote } from "./message.js" */

/** @param {{ data: RunNote | StateNote }} mount */
export default function ({ data }) {
  const { name = "", note = "" } = data;
  const desks = (window.headwatersDiagrams ??= new Map());
  /** @type {Desk} */
  const desk = desks.get(name) ?? { notes: {} };
  desks.set(name, desk);
  desk.notes = { ...desk.notes, [note]: data };
  desk.hear?.(data);
}
