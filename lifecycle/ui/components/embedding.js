// Tells the page around how high the part is that stands in its frame: { type: "headwaters:height", height } in pixels.
// A picture that was made smaller so that it fits the frame counts as high as it would be at this width.

/** @typedef {HTMLElement & { headwatersHeights?: ResizeObserver }} Host */

/** How much higher the diagram would be, were there room for it. */
function held() {
  let more = 0;
  for (const { diagram } of (window.headwatersDiagrams ?? new Map()).values()) {
    const scene = diagram?.scene;
    if (!scene) continue;
    const { width, height } = scene.box.getBoundingClientRect();
    more += Math.max(0, (width * scene.size.height) / scene.size.width - height);
  }
  return more;
}

/** @param {Mount<null, Host>} mount */
export default function ({ parentElement }) {
  const block = document.querySelector(".stMainBlockContainer");
  if (window.parent === window || !block || parentElement.headwatersHeights) return;
  let posted = 0;
  const watch = new ResizeObserver(() => {
    const height = Math.ceil(block.getBoundingClientRect().height + held());
    if (height === posted) return;
    posted = height;
    window.parent.postMessage({ type: "headwaters:height", height }, "*"); // who frames us, the policy of our pages says
  });
  watch.observe(block);
  parentElement.headwatersHeights = watch;
}
