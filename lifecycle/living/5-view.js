// Zoom, pan, pinch, full screen. The view moves only when the person moves it; a plain wheel scrolls the page.

function applyView(d) {
  const { k, x, y } = d.view;
  d.scene.view.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${k.toFixed(4)})`);
  d.ui.stage.classList.toggle("zoomed", k > 1.001);
  d.root.dataset.zoom = k.toFixed(2);
}

/** Zoom by `factor` about a point of the picture (its units); the picture never leaves the frame. */
function zoom(d, factor, px, py) {
  const { width, height } = d.scene.size;
  const k = Math.min(5, Math.max(1, d.view.k * factor));
  const at = { x: px ?? width / 2, y: py ?? height / 2 };
  const x = at.x - ((at.x - d.view.x) / d.view.k) * k, y = at.y - ((at.y - d.view.y) / d.view.k) * k;
  d.view = { k, x, y };
  clampView(d);
}

function clampView(d) {
  const { width, height } = d.scene.size;
  d.view.x = Math.min(0, Math.max(width * (1 - d.view.k), d.view.x));
  d.view.y = Math.min(0, Math.max(height * (1 - d.view.k), d.view.y));
  applyView(d);
}

function fit(d) {
  d.view = { k: 1, x: 0, y: 0 };
  if (d.scene) applyView(d);
}

/** A point of the screen in the picture's units. */
function picturePoint(d, clientX, clientY) {
  const matrix = d.scene.svg.getScreenCTM().inverse();
  const point = new DOMPoint(clientX, clientY).matrixTransform(matrix);
  return [point.x, point.y];
}

function listenView(d) {
  const stage = d.ui.stage;
  stage.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(d, Math.exp(-event.deltaY / 300), ...picturePoint(d, event.clientX, event.clientY));
  }, { passive: false });

  let drag = null;
  stage.addEventListener("pointerdown", (event) => {
    d.dragged = false;
    if (event.button === 0 && d.view.k > 1.001) drag = { at: picturePoint(d, event.clientX, event.clientY), x: d.view.x, y: d.view.y, sx: event.clientX, sy: event.clientY };
  });
  d.listen(window, "pointermove", (event) => {
    if (!drag || d.pinch) return;
    if (Math.hypot(event.clientX - drag.sx, event.clientY - drag.sy) < 4 && !d.dragged) return;
    d.dragged = true;
    const [x, y] = picturePoint(d, event.clientX, event.clientY);
    d.view.x = drag.x + x - drag.at[0];
    d.view.y = drag.y + y - drag.at[1];
    clampView(d);
  });
  d.listen(window, "pointerup", () => (drag = null));
  d.listen(window, "pointercancel", () => (drag = null));

  stage.addEventListener("touchmove", (event) => {
    if (event.touches.length !== 2) return;
    event.preventDefault();
    const [a, b] = event.touches;
    const spread = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    if (d.pinch) zoom(d, spread / d.pinch, ...picturePoint(d, (a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2));
    d.pinch = spread;
  }, { passive: false });
  stage.addEventListener("touchend", () => (d.pinch = null));
}

const FRAME_ROOM = 14; // round the zones of a frame; flows that lead on end there
const [HALL_PX, LEAST_TYPE, MOST_TYPE] = [24.5, 12.2, 15];

/** In a hall: the zones that matter alone, and what leads on from them as stubs. No frame: all there is. */
function applyFrame(d) {
  const { scene } = d;
  if (!scene) return;
  const zones = new Set(d.frame ?? []);
  const whole = !zones.size;
  const within = (id) => whole || zones.has(d.places.get(id)?.zone);
  for (const [id, node] of scene.nodes) node.group.classList.toggle("off", !within(id));
  const boxes = [];
  for (const panel of scene.svg.querySelectorAll("g.cluster")) {
    const shown = whole || zones.has(panel.id.replace(/^zone-/, ""));
    panel.classList.toggle("off", !shown);
    const outline = panel.querySelector("path, polygon");
    if (shown && outline) boxes.push(boxOf(outline));
  }
  for (const edge of scene.edges.values()) {
    const ends = [edge.flow.source, edge.flow.target].filter(within).length;
    const parts = [edge.group, edge.dots];
    for (const part of parts) part.classList.toggle("off", !ends || (ends === 1 && edge.flow.loop));
    edge.group.classList.toggle("stub", ends === 1);
    if (ends === 2 && edge.flow.loop && !whole) boxes.push(boxOf(edge.path));
  }
  if (whole || !boxes.length) scene.svg.setAttribute("viewBox", `0 0 ${scene.size.width} ${scene.size.height}`);
  else frameBoxes(scene, boxes);
  sizeType(d);
}

function frameBoxes(scene, boxes) {
  const [, dx, dy] = scene.svg.querySelector("g.graph").getAttribute("transform").match(/translate\(([-\d.]+)[ ,]+([-\d.]+)\)/).map(Number);
  const x = Math.min(...boxes.map((box) => box.x)) - FRAME_ROOM, y = Math.min(...boxes.map((box) => box.y)) - FRAME_ROOM;
  const right = Math.max(...boxes.map((box) => box.x + box.w)) + FRAME_ROOM, foot = Math.max(...boxes.map((box) => box.y + box.h)) + FRAME_ROOM;
  scene.svg.setAttribute("viewBox", [x + dx, y + dy, right - x, foot - y].map((n) => n.toFixed(1)).join(" "));
}

/** Letters that are read from the last row, however small the picture had to be drawn; a box holds no larger ones. */
function sizeType(d) {
  const scale = d.scene?.svg.getScreenCTM()?.a;
  if (!scale || !d.root.classList.contains("bare")) return;
  d.root.style.setProperty("--type", `${Math.min(MOST_TYPE, Math.max(LEAST_TYPE, HALL_PX / scale)).toFixed(2)}px`);
}

function toggleFull(d) {
  if (document.fullscreenElement) document.exitFullscreen();
  else d.root.requestFullscreen?.();
}
