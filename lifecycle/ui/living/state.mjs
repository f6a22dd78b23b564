// The second, tiny mount: what the server says is selected. It leaves the note where the diagram will find it.
export default function ({ data }) {
  const desks = (window.headwatersDiagrams ??= new Map());
  if (!desks.has(data.name)) desks.set(data.name, { state: null, diagram: null, confirm: null });
  const desk = desks.get(data.name);
  desk.state = data;
  desk.confirm?.(data);
}
