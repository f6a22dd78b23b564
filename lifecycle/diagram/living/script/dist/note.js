// lifecycle/diagram/living/script/note.js
function note_default({ data }) {
  const { name = "", note = "" } = data;
  const desks = window.headwatersDiagrams ??= /* @__PURE__ */ new Map();
  const desk = desks.get(name) ?? { notes: {} };
  desks.set(name, desk);
  desk.notes = { ...desk.notes, [note]: data };
  desk.hear?.(data);
}
export {
  note_default as default
};
