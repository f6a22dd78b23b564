// The small mounts: what the server says is run (as bytes), and what is selected. Each leaves its note where the diagram
// finds it.

import { parsed } from "../../../../js/shared/sent.js";

/** @import { Desk } from "./types.js" */
/** @import { RunNote, StateNote } from "./message.js" */

/** @param {{ data: Uint8Array | RunNote | StateNote }} mount */
export default function ({ data }) {
  /** @type {RunNote | StateNote} */
  const said = data instanceof Uint8Array ? parsed(data) : data, { name = "", note = "" } = said;
  const desks = (window.headwatersDiagrams ??= new Map());
  /** @type {Desk} */
  const desk = desks.get(name) ?? { notes: {} };
  desks.set(name, desk);
  desk.notes = { ...desk.notes, [note]: said };
  desk.hear?.(said);
}
