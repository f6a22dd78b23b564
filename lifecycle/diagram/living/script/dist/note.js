// js/shared/sent.js
var KEPT = 6;
var known = [];
var equal = (one, other) => one.length === other.length && one.every((byte, i) => byte === other[i]);
function parsed(bytes) {
  const at = known.findIndex((one2) => equal(one2.bytes, bytes));
  const [one] = at < 0 ? [{ bytes, value: JSON.parse(new TextDecoder().decode(bytes)) }] : known.splice(at, 1);
  known.unshift(one);
  known.length = Math.min(known.length, KEPT);
  return (
    /** @type {T} */
    one.value
  );
}

// lifecycle/diagram/living/script/note.js
var PATIENCE_MS = 3e3;
function isOld(desk, said) {
  if (desk.ahead?.before.run === said.run && performance.now() - desk.ahead.at < PATIENCE_MS) return true;
  delete desk.ahead;
  return false;
}
function note_default({ data }) {
  const said = data instanceof Uint8Array ? parsed(data) : data, { name = "", note = "" } = said;
  const desks = window.headwatersDiagrams ??= /* @__PURE__ */ new Map();
  const desk = desks.get(name) ?? { notes: {} };
  desks.set(name, desk);
  if (note === "run" && isOld(
    desk,
    /** @type {RunNote} */
    said
  )) return;
  desk.notes = { ...desk.notes, [note]: said };
  desk.hear?.(said);
}
export {
  note_default as default
};
