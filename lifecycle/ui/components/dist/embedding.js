// lifecycle/ui/components/embedding.js
function held() {
  let more = 0;
  for (const { diagram } of (window.headwatersDiagrams ?? /* @__PURE__ */ new Map()).values()) {
    const scene = diagram?.scene;
    if (!scene) continue;
    const { width, height } = scene.box.getBoundingClientRect();
    more += Math.max(0, width * scene.size.height / scene.size.width - height);
  }
  return more;
}
function embedding_default({ parentElement }) {
  const block = document.querySelector(".stMainBlockContainer");
  if (window.parent === window || !block || parentElement.headwatersHeights) return;
  let posted = 0;
  const watch = new ResizeObserver(() => {
    const height = Math.ceil(block.getBoundingClientRect().height + held());
    if (height === posted) return;
    posted = height;
    window.parent.postMessage({ type: "headwaters:height", height }, "*");
  });
  watch.observe(block);
  parentElement.headwatersHeights = watch;
}
export {
  embedding_default as default
};
