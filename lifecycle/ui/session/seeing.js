// Who was led to a day that shows something begins at the top of the page, where it is told.

/** @typedef {HTMLElement & { arrival?: string }} Host */

/** @param {Mount<{ arrival: string }, Host>} mount */
export default function ({ data: { arrival }, parentElement }) {
  if (parentElement.arrival === arrival) return;
  parentElement.arrival = arrival;
  document.querySelector(".stMain")?.scrollTo({ top: 0, behavior: "instant" });
}
