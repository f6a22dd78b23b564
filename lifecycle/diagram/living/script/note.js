// The small mounts: what the server says is run, and what is selected. Each leaves its note where the diagram finds it.
export default function ({ data }) {
  const desks = (window.headwatersDiagrams ??= new Map());
  if (!desks.has(data.name)) desks.set(data.name, { notes: {} });
  const desk = desks.get(data.name);
  desk.notes[data.note] = data;
  desk.hear?.(data);
}
