// lifecycle/ui/components/panel_top.js
var shown = null;
function panel_top_default({ data }) {
  const before = shown;
  shown = data.text;
  if (before === null || before === shown) return;
  const panel = document.querySelector(".st-key-stage-panel");
  if (!panel) return;
  panel.scrollTop = 0;
  if (panel.getBoundingClientRect().top < 0) panel.scrollIntoView({ block: "start", behavior: "instant" });
}
export {
  panel_top_default as default
};
