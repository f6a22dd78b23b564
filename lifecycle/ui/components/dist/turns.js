// js/shared/dom.js
var allOf = (root, selector) => (
  /** @type {T[]} */
  [...root.querySelectorAll(selector)]
);

// lifecycle/ui/components/shown_ahead.js
var EXPLORED = "living-diagram";
var desk = () => window.headwatersDiagrams?.get(EXPLORED);
var figuresShown = () => allOf(document, ".st-key-headline [data-testid='stMetric']");
var textOf = (figure, part) => figure.querySelector(`[data-testid="stMetric${part}"] p`)?.firstChild;
function rewrite(figure, part, words) {
  const text = textOf(figure, part);
  if (text instanceof Text && text.data !== words) text.data = words;
}
function showFigures(figures) {
  const shown = figuresShown();
  if (shown.length !== figures.length) return;
  figures.forEach(({ label, shown: value, change }, i) => {
    rewrite(shown[i], "Label", label);
    rewrite(shown[i], "Value", value);
    rewrite(shown[i], "Delta", change);
  });
}
var isRunning = () => document.querySelector("[data-testid='stApp']")?.getAttribute("data-test-script-state") !== "notRunning";
var mayAnswer = () => !isRunning() && !desk()?.ahead && !window.headwatersCut && !document.querySelector(".st-key-predict-first input:checked");
var playing = () => desk()?.notes.run?.run;
function onPage() {
  const run = desk()?.notes.run;
  const words = (figure, part) => textOf(figure, part)?.textContent ?? "";
  const figures = figuresShown().map((one) => ({ label: words(one, "Label"), shown: words(one, "Value"), change: words(one, "Delta") }));
  return run ? { run, figures } : null;
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
