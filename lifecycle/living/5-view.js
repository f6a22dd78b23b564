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

function toggleFull(d) {
  if (document.fullscreenElement) document.exitFullscreen();
  else d.root.requestFullscreen?.();
}
