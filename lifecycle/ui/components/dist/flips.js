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
var SETTLES_MS = 250;
var page = window.headwatersAhead ??= {};
function settle() {
  if (isRunning()) return void (page.settling = setTimeout(settle, SETTLES_MS));
  const where = desk(), { truth } = page;
  if (!truth || !where) return;
  if (where.ahead?.before.run === truth.run && where.notes.run?.run !== truth.run) {
    where.notes.run = where.ahead.before;
    where.hear?.(where.ahead.before);
  }
  delete where.ahead;
  showFigures(truth.figures);
  hideSentence(false);
}
function hearTruth(said) {
  page.truth = said;
  clearTimeout(page.settling);
  page.settling = setTimeout(settle, SETTLES_MS);
}

// lifecycle/ui/components/flips.js
var known = /* @__PURE__ */ new Map();
var offered = { source: "", now: { nth: "", run: "", figures: [] }, flips: [] };
async function fetchAll(said) {
  offered = said;
  for (const key of [...known.keys()]) if (!said.flips.some((flip2) => flip2.key === key)) known.delete(key);
  for (const { key } of said.flips) {
    if (known.has(key)) continue;
    try {
      const response = await fetch(`${said.source}/${key}`);
      const ahead = response.ok ? await response.json() : null;
      if (offered !== said) return;
      if (ahead) known.set(key, ahead);
    } catch {
      return;
    }
  }
}
function flip({ target }) {
  const button = target instanceof Element && target.closest("button[role='radio'][aria-checked='false']");
  if (!button || !mayAnswer()) return;
  const found = offered.flips.find((one) => button.closest(`.st-key-${one.switch}`) && button.textContent?.trim() === one.value);
  const ahead = found && known.get(found.key);
  if (!ahead) return;
  setTimeout(showAhead, 0, ahead);
}
function flips_default({ data, parentElement }) {
  if (!parentElement.flipping) {
    parentElement.flipping = new AbortController();
    document.addEventListener("click", flip, { capture: true, signal: parentElement.flipping.signal });
  }
  hearTruth(data.now);
  void fetchAll(data);
  return () => {
    setTimeout(() => {
      if (parentElement.isConnected) return;
      parentElement.flipping?.abort();
      delete parentElement.flipping;
    }, 500);
  };
}
export {
  flips_default as default
};
