// The pointer: a dot with a tail, which fades when the hand rests.

/** @import { Conductor } from "./types.js" */

const AWAKE_MS = 2500;
const TRAIL_MS = 700;
const RESTING_MS = 2500;

/** @param {Conductor} c @param {boolean} on */
export function setPointer(c, on) {
  c.pointing = on;
  c.ui.pointer.hidden = !on;
  c.trail = [];
  document.documentElement.style.cursor = on ? "none" : "";
}

/** @param {Conductor} c @param {PointerEvent} event */
export function moved(c, event) {
  c.root.classList.add("awake");
  clearTimeout(c.sleep);
  c.sleep = setTimeout(() => c.root.classList.remove("awake"), AWAKE_MS);
  if (!c.pointing) return;
  c.trail.push([event.clientX, event.clientY, performance.now()]);
  if (!c.drawing) c.drawing = requestAnimationFrame(() => drawPointer(c));
}

/** @param {Conductor} c */
function drawPointer(c) {
  const { pointer } = c.ui;
  const now = performance.now();
  const [width, height, scale] = [innerWidth, innerHeight, devicePixelRatio];
  if (pointer.width !== Math.round(width * scale)) pointer.width = Math.round(width * scale);
  if (pointer.height !== Math.round(height * scale)) pointer.height = Math.round(height * scale);
  const g = pointer.getContext("2d");
  if (!g) return;
  g.setTransform(scale, 0, 0, scale, 0, 0);
  g.clearRect(0, 0, width, height);
  c.drawing = null;
  const last = c.trail.at(-1);
  if (!c.pointing || !last) return;
  const rests = now - last[2];
  c.trail = c.trail.filter((dot) => dot === last || now - dot[2] < TRAIL_MS);
  const size = Math.max(10, height / 70);
  g.lineCap = "round";
  for (let i = 1; i < c.trail.length && !c.still; i++) {
    g.strokeStyle = `rgba(230, 60, 30, ${(0.7 * Math.max(0, 1 - (now - c.trail[i][2]) / TRAIL_MS)).toFixed(3)})`;
    g.lineWidth = size;
    g.beginPath();
    g.moveTo(c.trail[i - 1][0], c.trail[i - 1][1]);
    g.lineTo(c.trail[i][0], c.trail[i][1]);
    g.stroke();
  }
  const seen = Math.max(0, Math.min(1, 1.6 - rests / RESTING_MS));
  g.fillStyle = `rgba(230, 60, 30, ${seen.toFixed(3)})`;
  g.strokeStyle = `rgba(255, 255, 255, ${seen.toFixed(3)})`;
  g.lineWidth = 2;
  g.beginPath();
  g.arc(last[0], last[1], size, 0, 7);
  g.fill();
  g.stroke();
  if (seen > 0) c.drawing = requestAnimationFrame(() => drawPointer(c));
}
