// The moment that is told of, on every chart whose x axis is the day: one thin line each. Beside a diagram it moves with
// the clock; without one it is the step's own, whatever a clock showed before.
// Charts are Plotly's and are drawn anew when a run changes, so the line is found or made at each step.

/** @type {number | null} */
let moment = null;

/**
 * A chart as Plotly draws it.
 * @typedef {{ c2p: (value: number) => number, _offset: number, _length: number }} Axis
 * @typedef {HTMLElement & { on: (name: string, act: () => void) => void, _fullLayout?: { meta?: string, xaxis?: Axis, yaxis: Axis } }} Plot
 */

/**
 * @param {Plot} plot
 * @returns {HTMLElement}
 */
function line(plot) {
  const known = /** @type {HTMLElement | null} */ (plot.querySelector(":scope > .playhead"));
  if (known) return known;
  const made = document.createElement("div");
  made.className = "playhead";
  made.setAttribute("aria-hidden", "true");
  made.style.cssText = "position:absolute;left:0;width:0;border-left:1.5px solid var(--st-primary-color,#0b6e8f);pointer-events:none;z-index:2";
  plot.append(made);
  plot.on("plotly_afterplot", () => place(plot));
  return made;
}

/** @param {Plot} plot */
function place(plot) {
  const layout = plot._fullLayout;
  if (layout?.meta !== "day" || !layout.xaxis) return;
  if (moment === null) return void plot.querySelector(":scope > .playhead")?.remove();
  const { xaxis, yaxis } = layout;
  const x = xaxis.c2p(moment * 1000);
  const style = line(plot).style;
  set(style, "display", x >= 0 && x <= xaxis._length ? "" : "none");
  set(style, "transform", `translateX(${Math.round(2 * (xaxis._offset + x)) / 2}px)`); // moves, and lays nothing out anew
  set(style, "top", `${yaxis._offset}px`);
  set(style, "height", `${yaxis._length}px`);
}

/**
 * The clock ticks thirty times a second, the line comes to another half of a pixel a few times.
 * @param {CSSStyleDeclaration} style
 * @param {"display" | "transform" | "top" | "height"} name
 * @param {string} value
 */
function set(style, name, value) {
  if (style[name] !== value) style[name] = value;
}

function placeAll() {
  for (const plot of document.querySelectorAll(".js-plotly-plot")) place(/** @type {Plot} */ (plot));
}

/** @param {Mount<{ cue: string, moment_s: number | null, follows: boolean }, HTMLElement & { cue?: string }>} mount */
export default function ({ data, parentElement }) {
  const { cue, moment_s: own, follows } = data;
  /** @param {Event} event */
  const follow = (event) => {
    if (!follows) return;
    moment = /** @type {CustomEvent<number>} */ (event).detail;
    placeAll();
  };
  if (parentElement.cue !== cue) {
    parentElement.cue = cue;
    moment = own ?? (follows ? window.headwatersMoment : null) ?? null;
  }
  placeAll();
  window.addEventListener("headwaters:moment", follow);
  // a chart that appears later, on a tab or by choice, gets its line when it is drawn
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
