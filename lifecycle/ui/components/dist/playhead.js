// lifecycle/ui/components/playhead.js
var moment = null;
function line(plot) {
  const known = (
    /** @type {HTMLElement | null} */
    plot.querySelector(":scope > .playhead")
  );
  if (known) return known;
  const made = document.createElement("div");
  made.className = "playhead";
  made.setAttribute("aria-hidden", "true");
  made.style.cssText = "position:absolute;left:0;width:0;border-left:1.5px solid var(--st-primary-color,#0b6e8f);pointer-events:none;z-index:2";
  plot.append(made);
  plot.on("plotly_afterplot", () => place(plot));
  return made;
}
function place(plot) {
  const layout = plot._fullLayout;
  if (layout?.meta !== "day" || !layout.xaxis) return;
  if (moment === null) return void plot.querySelector(":scope > .playhead")?.remove();
  const { xaxis, yaxis } = layout;
  const x = xaxis.c2p(moment * 1e3);
  const style = line(plot).style;
  set(style, "display", x >= 0 && x <= xaxis._length ? "" : "none");
  set(style, "transform", `translateX(${Math.round(2 * (xaxis._offset + x)) / 2}px)`);
  set(style, "top", `${yaxis._offset}px`);
  set(style, "height", `${yaxis._length}px`);
}
function set(style, name, value) {
  if (style[name] !== value) style[name] = value;
}
function placeAll() {
  for (const plot of document.querySelectorAll(".js-plotly-plot")) place(
    /** @type {Plot} */
    plot
  );
}
function playhead_default({ data, parentElement }) {
  const { cue, moment_s: own, follows } = data;
  const follow = (event) => {
    if (!follows) return;
    moment = /** @type {CustomEvent<number>} */
    event.detail;
    placeAll();
  };
  if (parentElement.cue !== cue) {
    parentElement.cue = cue;
    moment = own ?? (follows ? window.headwatersMoment : null) ?? null;
  }
  placeAll();
  window.addEventListener("headwaters:moment", follow);
  let due = 0;
  const watch = new MutationObserver((changes) => {
    if (!changes.some((change) => change.target instanceof Element && change.target.closest(".js-plotly-plot"))) return;
    cancelAnimationFrame(due);
    due = requestAnimationFrame(placeAll);
  });
  watch.observe(document.body, { childList: true, subtree: true });
  return () => {
    window.removeEventListener("headwaters:moment", follow);
    watch.disconnect();
    cancelAnimationFrame(due);
  };
}
export {
  playhead_default as default
};
