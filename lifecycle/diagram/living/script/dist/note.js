// lifecycle/diagram/living/script/note.js
function note_default({ data }) {
  const desks = window.headwatersDiagrams ??= /* @__PURE__ */ new Map();
  if (!desks.has(data.name)) desks.set(data.name, { notes: {} });
  const desk = desks.get(data.name);
  desk.notes[data.note] = data;
  desk.hear?.(data);
}
export {
  note_default as default
};
