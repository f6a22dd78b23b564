// js/shared/dom.js
function put(node, name, value) {
  if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
}
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
var allOf = (root, selector) => (
  /** @type {T[]} */
  [...root.querySelectorAll(selector)]
);

// lifecycle/ui/components/shown_ahead.js
var EXPLORED = "living-diagram";
var desk = () => window.headwatersDiagrams?.get(EXPLORED);
var figuresShown = () => allOf(document, ".st-key-headline [class*='st-key-figure-']");
var nameOf = (figure) => /st-key-figure-(\S+)/.exec(figure.className)?.[1] ?? "";
var textOf = (figure, part) => figure.querySelector(`[data-testid="stMetric${part}"] p`)?.firstChild;
function rewrite(figure, part, words) {
  const text = textOf(figure, part);
  if (text instanceof Text && text.data !== words) text.data = words;
}
function drawBars(figure, { bars, compared }) {
  const pair = figure.querySelector(".pair");
  if (!pair) return;
  put(pair, "aria-label", compared);
  put(pair, "aria-hidden", !compared);
  allOf(pair, "i").forEach((bar, i) => {
    bar.style.width = `${(100 * bars[i]).toFixed(1)}%`;
  });
}
function showFigures(figures) {
  const shown = figuresShown().map((figure) => ({ figure, sent: figures.find(({ name }) => name === nameOf(figure)) }));
  if (shown.some(({ sent }) => !sent)) return;
  for (const { figure, sent } of shown) {
    if (!sent) continue;
    rewrite(figure, "Label", sent.label);
    rewrite(figure, "Value", sent.shown);
    rewrite(figure, "Delta", sent.change);
    drawBars(figure, sent);
  }
  const glance = document.querySelector(".glance b"), age = figures.find(({ name }) => name === "freshness");
  if (glance && age) write(glance, age.shown);
}
var isRunning = () => document.querySelector("[data-testid='stApp']")?.getAttribute("data-test-script-state") !== "notRunning";
var mayAnswer = () => !isRunning() && !desk()?.ahead && !window.headwatersCut && !document.querySelector(".st-key-predict-first input:checked");
var playing = () => desk()?.notes.run?.run;
function figureOn(figure) {
  const words = (part) => textOf(figure, part)?.textContent ?? "";
  const [old, now] = allOf(figure, ".pair i").map((bar) => parseFloat(bar.style.width) / 100);
  return {
    name: nameOf(figure),
    label: words("Label"),
    shown: words("Value"),
    change: words("Delta"),
    bars: [old ?? 0, now ?? 0],
    compared: figure.querySelector(".pair")?.getAttribute("aria-label") ?? ""
  };
}
function onPage() {
  const run = desk()?.notes.run;
  return run ? { run, figures: figuresShown().map(figureOn) } : null;
}
var hideSentence = (isOld) => void document.querySelector(".st-key-effect")?.toggleAttribute("data-old", isOld);
function showAhead({ run, figures }) {
  const where = desk();
  if (!where?.notes.run) return;
  where.ahead = { before: where.ahead?.before ?? where.notes.run, at: performance.now() };
  if (where.ahead.before.run === run.run) delete where.ahead;
  where.notes.run = run;
  where.hear?.(run);
  showFigures(figures);
  hideSentence(Boolean(where.ahead));
  clearTimeout(page.settling);
}
var page = window.headwatersAhead ??= {};

// lifecycle/ui/components/turns.js
var offered = { source: "", turns: [] };
var drag = null;
async function made(url) {
  const response = await fetch(url);
  return response.ok ? response.json() : null;
}
async function ask(one) {
  one.asking = true;
  try {
    const ahead = one.at === one.from ? one.before : await made(`${one.url}/${one.at}`);
    if (!ahead || drag !== one || playing() !== one.shown) return;
    one.shown = ahead.run.run;
    showAhead(ahead);
  } catch {
  } finally {
    one.asking = false;
  }
}
function look(one) {
  if (drag !== one) return;
  const { value } = one.input;
  if (value !== one.at && !one.asking) {
    one.at = value;
    void ask(one);
  }
  if (one.held || one.asking || value !== one.at) requestAnimationFrame(() => look(one));
}
function begin({ target }) {
  const slider = target instanceof Element ? target.closest(".stSlider") : null;
  const turn = slider && offered.turns.find(({ knob }) => slider.closest(`.${knob}`));
  const input = slider?.querySelector("input[type='range']");
  if (!turn || !(input instanceof HTMLInputElement) || !mayAnswer()) return;
  const { value: from } = input, url = `${offered.source}/${turn.figure}`;
  drag = { input, url, from, before: onPage(), at: from, shown: playing(), asking: false, held: true };
  look(drag);
}
function letGo() {
  if (drag) drag.held = false;
}
function turns_default({ data, parentElement }) {
  offered = data;
  if (!parentElement.turning) {
    const { signal } = parentElement.turning = new AbortController();
    document.addEventListener("pointerdown", begin, { capture: true, signal });
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, letGo, { capture: true, signal });
  }
  return () => {
    setTimeout(() => {
      if (parentElement.isConnected) return;
      parentElement.turning?.abort();
      delete parentElement.turning;
    }, 500);
  };
}
export {
  turns_default as default
};
