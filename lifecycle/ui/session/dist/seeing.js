// lifecycle/ui/session/seeing.js
function seeing_default({ data: { arrival }, parentElement }) {
  if (parentElement.arrival === arrival) return;
  parentElement.arrival = arrival;
  document.querySelector(".stMain")?.scrollTo({ top: 0, behavior: "instant" });
}
export {
  seeing_default as default
};
