// The small mounts: what is run, and what is selected (from the server as bytes). Each leaves its note where the diagram
// finds it.

import { parsed } from "../../../../js/shared/sent.js";

/** @import { Desk } from "./types.js" */
/** @import { Note } from "./types.js" */
/** @import { RunNote } from "./message.js" */

// So long the run from before a switch that the page answered by itself is passed over; the server's word is on its way.
const PATIENCE_MS = 3000;

/**
 * Whether this is the run that was shown before the page played another one ahead of the server.
 * @param {Desk} desk
 * @param {RunNote} said
 */
function isOld(desk, said) {
  if (desk.ahead?.before.run === said.run && performance.now() - desk.ahead.at < PATIENCE_MS) return true;
  delete desk.ahead;
  return false;
}

/** @param {{ data: Uint8Array | Note }} mount */
export default function ({ data }) {
  /** @type {Note} */
  const said = data instanceof Uint8Array ? parsed(data) : data, { name = "", note = "" } = said;
  const desks = (window.headwatersDiagrams ??= new Map());
  /** @type {Desk} */
  const desk = desks.get(name) ?? { notes: {} };
  desks.set(name, desk);
  if (note === "run" && isOld(desk, /** @type {RunNote} */ (said))) return;
  desk.notes = { ...desk.notes, [note]: said };
  desk.hear?.(said);
}
