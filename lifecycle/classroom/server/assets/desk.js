// The presenter's desk: notes, time and the class on one page, and the keys that drive the audience's window.
"use strict";
const CODE = document.body.dataset.code;
const LIVE = `${document.body.dataset.base}/live/${CODE}/`;
const AGAIN_MS = 1500, SILENT_MS = 40000, OWN_MS = 1500;
const SAID_MS = 8000, ECHO_MS = 1000, SURE_MS = 6000; // a second press within the one is an echo, within the other it means it
const $ = (id) => document.getElementById(id);
const ask = (what, options = {}) => fetch(LIVE + what, { credentials: "same-origin", cache: "no-store", ...options }).catch(() => null);
const words = (answer) => answer.json().then((said) => said.error, () => "");

let talk = null, told = null, feed = null, heardAt = 0, aheadS = 0, digits = "", wanted = null, wantedAt = 0, queue = Promise.resolve();

// --- proving who one is: the secret is in the address once, then in a cookie that no script reads

async function claim() {
  const secret = location.hash.slice(1);
  if (!secret) return true;
  const answer = await ask("presenter", { method: "POST", headers: { Authorization: `Bearer ${secret}` } });
  if (!answer) return false;
  if (answer.ok) history.replaceState(null, "", location.pathname);
  else refused(await words(answer));
  return answer.ok;
}
async function begin() {
  if (!(await claim()) && location.hash) return setTimeout(begin, AGAIN_MS * 2);
  const answer = await ask("talk");
  if (!answer || answer.status >= 500 || answer.status === 429) { line(false); return setTimeout(begin, AGAIN_MS); }
  if (!answer.ok) return refused(answer.status === 403 ? "This desk opens by the presenter’s own link, the whole of it: copy it again from the page that started the class." : await words(answer));
  const said = await answer.json();
  talk = said.talk;
  talk.steps ??= [];
  $("title").textContent = talk.title || "The presenter’s desk";
  $("where").textContent = `at ${said.join.replace(/^https?:\/\//, "").replace(/\/[^/]*$/, "")}`;
  $("most").value = said.most_phones;
  $("planned").textContent = clock((talk.minutes ?? sum(talk.steps)) * 60);
  refused("");
  furnish();
  listen();
}
const sum = (steps) => steps.reduce((all, step) => all + (step.minutes ?? 1), 0);

// --- hearing

function listen() {
  feed?.close();
  feed = new EventSource(`${LIVE}events?desk=1`);
  feed.onmessage = (event) => { alive(); take(JSON.parse(event.data)); };
  feed.addEventListener("beat", alive);
  feed.onerror = () => { line(false); if (feed.readyState === 2) setTimeout(listen, AGAIN_MS); };
}
function alive() { heardAt = Date.now(); line(true); }
function line(good) { $("line").textContent = good ? "" : "No connection, trying again"; }
/** Say why not. What passes lies over the page's head for `ms`, so that no button moves under the hand; else it stays. */
let passing = 0;
function refused(text, ms = 0) {
  clearTimeout(passing);
  $("refused").textContent = text ?? "";
  $("refused").classList.toggle("passing", ms > 0);
  if (ms) passing = setTimeout(refused, ms, "");
}

function take(said) {
  document.documentElement.dataset.ready = "true"; // from the first state on keys do something
  told = said;
  aheadS = said.now_s - Date.now() / 1000;
  $("desk").hidden = false; // only now its keys mean something
  if (leaving && !undecided()) { leaving = null; refused(""); } // nothing is left to leave
  if (wanted && said.state.step === wanted.step && said.state.points === wanted.points) wanted = null;
  show();
}

// --- acting: one after the other, so that quick keys arrive in their order; a move that another has overtaken is left out

function act(action, values = {}, stands = () => true) {
  queue = queue.then(async () => {
    if (!stands()) return;
    const answer = await ask("act", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ action, ...values }) });
    if (!answer) { wanted = null; line(false); refused("That did not reach the server: try again.", SAID_MS); show(); return; }
    refused(answer.ok ? "" : await words(answer.clone()), answer.ok ? 0 : SAID_MS);
    if (answer.ok) { line(true); take(await answer.json()); } else { wanted = null; show(); }
  });
}
const at = () => (wanted && Date.now() - wantedAt < OWN_MS ? wanted : told ? { step: told.state.step, points: told.state.points } : { step: 0, points: 0 });
/** Whether to leave a step whose vote is not over: only when it is asked for twice. */
let leaving = null;
const undecided = () => Boolean(told.state.poll && (told.state.open || told.state.discuss_until_s));
function means(step) {
  const { poll, open, step: here } = told.state;
  if (!undecided() || step === here) return true;
  const waited = leaving?.step === step ? Date.now() - leaving.at : Infinity;
  if (waited > ECHO_MS && waited < SURE_MS) { refused(""); return true; }
  if (waited >= SURE_MS) leaving = { step, at: Date.now() };
  const asked = poll.kind === "open" ? "question" : "vote";
  refused(open ? `The ${asked} is open: once more leaves it.` : "The second vote is still to come: once more leaves it.", SURE_MS);
  return false;
}
/** On: after a vote first to the bars, then to the answer, then to what comes next. */
function onward() { if (uncovers()) return; if (unfolds()) act("unfold"); else go(next()); }
function backward() { if (!uncovers()) go(back()); }
/** What covers the hall's screen goes away first, and no more happens: how to join, or a question in your own words. */
function uncovers() {
  if (told?.state.joining) joining(false);
  else if (!asksInWords()) return false;
  else if (means(null)) act("unfold");
  return true;
}
const asksInWords = () => told?.state.poll?.kind === "open" && at().step === told.state.step;
function unfolds() {
  const { state } = told ?? {};
  return state?.poll && state.poll.kind !== "open" && !state.open && !state.discuss_until_s && !state.answered && at().step === state.step;
}
/** The card with the code: what it covers is seen first, so Next takes it away and does no more. */
function joining(on) {
  told.state.joining = on;
  act("join", { on });
  show();
}
function go(to) {
  if (!to || !told) return;
  const step = Math.max(0, Math.min(to.step, talk.steps.length - 1));
  if (!means(step)) return;
  wanted = { step, points: Math.max(0, Math.min(to.points, talk.steps[step]?.points ?? 0)) };
  wantedAt = Date.now();
  const mine = wanted;
  act("go", mine, () => wanted === mine);
  show();
}
function next() {
  const { step, points } = at();
  if (points < (talk.steps[step]?.points ?? 0)) return { step, points: points + 1 };
  return step + 1 < talk.steps.length ? { step: step + 1, points: 0 } : null;
}
function back() {
  const { step, points } = at();
  if (points > 0) return { step, points: points - 1 };
  return step > 0 ? { step: step - 1, points: talk.steps[step - 1].points ?? 0 } : null;
}

// --- all steps: a strip that is always there, and an overview for a longer way

const planned = (step) => sum(talk.steps.slice(0, step)) * 60;
const steps = (tag, id, parts) => $(id).replaceChildren(...talk.steps.map((step, nth) => {
  const button = Object.assign(document.createElement("button"), { type: "button", title: step.headline, innerHTML: parts });
  const [number, time, headline] = button.children;
  number.textContent = nth + 1;
  time.textContent = clock(planned(nth));
  if (headline) headline.textContent = step.headline + (step.ask ? " (a question)" : "");
  button.setAttribute("aria-label", `Step ${nth + 1}, from ${clock(planned(nth))}: ${step.headline}`);
  button.addEventListener("click", () => jump(nth));
  if (tag !== "li") return button;
  const item = document.createElement("li");
  item.append(button);
  return item;
}));
function furnish() {
  steps("li", "strip", "<b></b><span></span>");
  steps("", "grid", "<b></b><span></span><span></span>");
  for (const button of $("grid").children) button.setAttribute("role", "option");
}
/** Go to a step out of turn: like every way on, it leaves an open vote only when it is asked for twice. */
function jump(step) {
  $("overview").close();
  go({ step, points: 0 });
}
function overview() {
  if ($("overview").open) return $("overview").close();
  $("overview").showModal();
  $("grid").children[at().step]?.focus();
}
/** Arrow keys walk the grid as it is laid out, whatever its width. */
function walk(event) {
  const all = [...$("grid").children], here = all.indexOf(document.activeElement);
  const across = Math.max(1, all.filter((each) => each.offsetTop === all[0].offsetTop).length);
  const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across, Home: -here, End: all.length - 1 - here }[event.key];
  if (event.key === "o") $("overview").close();
  else if (by === undefined) return;
  else all[Math.max(0, Math.min(all.length - 1, here + by))].focus();
  event.preventDefault();
}
function marked(step) {
  for (const id of ["strip", "grid"]) {
    [...$(id).children].forEach((each, nth) => {
      const button = each.firstElementChild.tagName === "BUTTON" ? each.firstElementChild : each;
      if (id === "strip" && nth === step && button.getAttribute("aria-current") !== "step") $("strip").scrollLeft = each.offsetLeft - $("strip").clientWidth / 2;
      if (id === "grid") button.setAttribute("aria-selected", String(nth === step));
      if (nth === step) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
  }
}

// --- drawing

const clock = (s) => `${s < 0 ? "−" : ""}${Math.floor(Math.abs(s) / 60)}:${String(Math.floor(Math.abs(s) % 60)).padStart(2, "0")}`;
const number = (value) => Number(Number(value).toPrecision(4)).toLocaleString("en");
const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;
function text(id, said) { if ($(id).textContent !== said) $(id).textContent = said; }
let shownStep = -1;

function show() {
  if (!told || !talk) return;
  const { state } = told, { step, points } = at();
  const here = talk.steps[step];
  text("count", talk.steps.length ? `Step ${step + 1} of ${talk.steps.length}` : "No script");
  text("points", here?.points ? `· ${points} of ${here.points} points shown` : "");
  text("headline", here?.headline ?? "");
  if (shownStep !== step) {
    if (shownStep >= 0) scrollTo(0, 0); // on a phone the page itself scrolls
    shownStep = step;
    $("notes").innerHTML = here?.notes_html ?? ""; // made by the server's own Markdown
    $("notes").scrollTop = 0;
    $("sentence").innerHTML = here?.text_html ?? "";
    $("shown").replaceChildren(...(here?.points_html ?? []).map(point));
    $("seen").hidden = !here?.text_html && !here?.points_html?.length;
    $("seen").scrollTop = 0;
  }
  [...$("shown").children].forEach((each, nth) => {
    const [mark, kind] = nth < points ? ["✓ shown", "shown"] : nth === points ? ["▸ next", "next"] : ["later", "later"];
    if (each.className === kind) return;
    each.className = kind;
    each.firstChild.textContent = mark;
    if (kind === "next") each.scrollIntoView?.({ block: "nearest" });
  });
  $("desk").classList.toggle("asks", Boolean(state.poll || here?.ask));
  const inWords = asksInWords();
  text("covered", state.joining ? "How to join covers the hall’s screen. Next only takes it away." : inWords && !state.view ? "Your question covers the hall’s screen. Next only takes it away." : "");
  marked(step);
  const after = talk.steps[step + 1];
  picture(after ? step + 1 : -1, after);
  $("exploring").hidden = !state.view;
  if (state.view) $("view").href = new URL(state.view, `${location.origin}${document.body.dataset.base}/`).href;
  text("next", after ? `Next: ${after.headline}${after.ask ? " (a question)" : ""}` : talk.steps.length ? "This is the last step." : "");
  $("black").setAttribute("aria-pressed", String(state.black));
  $("back").disabled = !back() && !state.joining && !inWords;
  $("join").setAttribute("aria-pressed", String(state.joining));
  $("on").disabled = !next() && !unfolds() && !state.joining && !inWords;
  text("on", state.joining || inWords ? "Show the step ›" : unfolds() ? (state.revealed ? "Answer ›" : "Bars ›") : "Next ›");
  text("typed", digits);
  buttons(state, here);
  votes(state);
  time();
  showClass?.();
  if (state.over) { ended(); feed.close(); refused("The class is over. Its votes are deleted when its time is up."); }
}
/** After the end the desk reads, and gives the results: what drove the class is dead, and looks so. */
function ended() {
  document.documentElement.dataset.over = "true";
  for (const each of document.querySelectorAll("nav button, #strip button, #grid button, #aside :is(input, button), #doors :is(input, select, button), #end, #elsewhere, #script")) each.disabled = true;
  text("next", "");
  $("picture").hidden = true;
  text("poll", "The class is over.");
  $("csv").closest("details").open = true; // what is left to do here
}
function point(html) {
  const item = document.createElement("li"), said = document.createElement("span");
  said.innerHTML = html;
  item.append(document.createElement("b"), said);
  return item;
}
/** The step to come as the hall will see it, or nothing where none could be drawn. */
function picture(step, after) {
  const shown = $("picture");
  if (shown.dataset.step === String(step)) return;
  shown.dataset.step = step;
  shown.hidden = true;
  shown.alt = after ? `What comes next: ${after.headline}` : "";
  if (after) shown.src = `${LIVE}step/${step}.svg`;
  else shown.removeAttribute("src");
}
function buttons(state, here) {
  const judged = Boolean(state.poll) && state.poll.kind !== "open";
  const may = {
    clock: !state.over, ask: !state.poll && Boolean(here?.ask) && !state.over, close: state.open, reopen: Boolean(state.poll) && !state.open && !state.answered,
    discuss: judged && !state.answered && (state.round === 2 || !state.open), second_round: judged && state.round === 1 && !state.answered,
    reveal: judged && !state.revealed, answer: judged && !state.open && !state.answered, hide: judged && state.revealed,
    put_away: Boolean(state.poll) && !state.open, hide_texts: Boolean(told.texts.some((each) => each.shown)),
  };
  for (const button of document.querySelectorAll("[data-act]")) button.disabled = !may[button.dataset.act];
}
function votes({ poll, open, round, revealed, answered, key }) {
  const counted = told.tally;
  text("phones", String(told.here));
  text("phones-word", told.here === 1 ? "phone here" : "phones here");
  text("votes", String(told.votes));
  const sent = poll?.kind === "open" ? "answer" : "vote";
  text("votes-word", told.votes === 1 ? sent : `${sent}s`);
  const said = poll ? `Round ${round}, ${open ? "open" : "closed"}, ${answered ? "answer shown to the hall" : revealed ? "bars shown to the hall" : poll.kind === "open" ? "the hall sees the texts that you show" : "hidden from the hall"}.` : talk.steps[at().step]?.ask ? "This step has a question: Ask, or v." : "Nothing is asked.";
  const twice = counted?.shift;
  const moved = twice?.both ? ` ${twice.both} voted twice: ${twice.first} right at first, ${twice.second} right now.` : "";
  const middle = [counted?.median_said, poll && key.said].filter(Boolean).map((each) => ` ${each}.`).join("");
  const none = poll && !told.votes ? ` Nobody has ${sent === "vote" ? "voted" : "answered"}${open ? " yet" : ""}.` : "";
  text("poll", said + none + middle + moved);
  const rows = poll && counted && ROWS[poll.kind] ? ROWS[poll.kind](poll, counted, key) : [];
  while ($("tally").children.length > rows.length) $("tally").lastChild.remove();
  rows.forEach((each, nth) => row(nth, each, counted));
  $("tally").setAttribute("aria-label", rows.map(([name, count, right, letter]) => `${letter ? `${letter}. ` : ""}${name}: ${count}${right ? ", right" : ""}`).join("; ") || "No votes");
}
const choices = (poll, counted, key) => poll.options.map((html, nth) => [plain(html), counted.counts[nth], key.options.includes(nth), poll.letters[nth]]);
const bins = (poll, counted, key) => counted.bins.map(({ low, high, count }, nth, all) => [`${number(low)} to ${number(high)} ${poll.unit}`, count, key.truth !== null && key.truth >= low && (key.truth < high || nth === all.length - 1 && key.truth <= high)]).filter(([, count, right]) => count || right);
const ROWS = {
  single: choices, multiple: choices, number: bins, predict: bins,
  click: (poll, counted, key) => poll.places.filter(({ id }) => counted.places[id]).map(({ id, label }) => [label, counted.places[id], key.places.includes(id)]).sort((a, b) => b[1] - a[1]),
};
function row(nth, [name, count, right, letter], { voted }) {
  let node = $("tally").children[nth];
  if (!node) {
    node = Object.assign(document.createElement("div"), { className: "row", innerHTML: '<span class="text"></span><b></b><span class="bar"><i></i></span>' });
    $("tally").append(node);
  }
  const [label, figure, bar] = node.children;
  const before = letter ? [Object.assign(document.createElement("b"), { className: "letter", textContent: letter })] : [];
  label.replaceChildren(right ? "✓ " : "", ...before, name);
  figure.textContent = count;
  node.classList.toggle("right", right);
  bar.firstChild.style.width = `${voted ? (100 * count) / voted : 0}%`;
}
function time() {
  if (!told || told.state.over) return;
  const began = told.state.started_s;
  const elapsed = began ? Math.max(0, Date.now() / 1000 + aheadS - began) : 0;
  text("elapsed", clock(elapsed));
  const { step } = at();
  const start = sum(talk.steps.slice(0, step)) * 60, end = start + (talk.steps[step]?.minutes ?? 1) * 60;
  const late = elapsed > end ? elapsed - end : elapsed < start ? elapsed - start : 0;
  text("plan", !began ? "The clock starts with your first step." : !talk.steps.length ? "" : late > 0 ? `${clock(late)} behind the plan` : late < 0 ? `${clock(-late)} ahead of the plan` : "As planned");
  $("plan").classList.toggle("late", late > 0);
  const { discuss_until_s } = told.state;
  text("discussed", discuss_until_s ? `They talk it over: ${clock(Math.max(0, discuss_until_s - Date.now() / 1000 - aheadS))} left. v opens the second vote.` : "");
}

// --- keys and buttons

const black = () => act("black", { on: !told?.state.black });
const KEYS = {
  ArrowRight: onward, PageDown: onward, ArrowDown: onward, " ": onward,
  ArrowLeft: backward, PageUp: backward, ArrowUp: backward,
  Home: () => go({ step: 0, points: 0 }), End: () => go({ step: talk.steps.length - 1, points: 0 }),
  j: () => joining(!told.state.joining), o: overview, b: black, ".": black, v: () => act("onward"), r: () => act("toggle"), "?": () => $("keys").showModal(),
};
addEventListener("keydown", (event) => {
  if ($("overview").open) return walk(event);
  if (told?.state.over && event.key !== "?") return;
  if (!talk || !told || event.ctrlKey || event.metaKey || event.altKey || $("keys").open) return;
  const { key, target } = event;
  if (target.closest("input, select, textarea, dialog")) return;
  if (event.repeat && "vrbj.".includes(key)) return; // a key that is held is one key
  const pressing = target.closest("button, summary") && (key === " " || key === "Enter");
  const scrolling = target.id === "notes" && (key === "ArrowDown" || key === "ArrowUp");
  if (/^[0-9]$/.test(key)) digits = (digits + key).slice(-3);
  else if (key === "Enter" && digits) {
    const step = Number(digits) - 1;
    digits = "";
    if (step >= 0 && step < talk.steps.length) go({ step, points: 0 });
    else refused(`There is no step ${step + 1}: the talk has ${talk.steps.length}.`, SAID_MS);
  }
  else if (key === "Escape") digits = "";
  else if (KEYS[key] && !pressing && !scrolling) { digits = ""; KEYS[key](); }
  else return;
  event.preventDefault();
  show();
});
for (const button of document.querySelectorAll("[data-act]")) button.addEventListener("click", () => act(button.dataset.act));
$("picture").addEventListener("load", () => { $("picture").hidden = false; });
$("script").addEventListener("click", () => act("look", { view: "" }));
$("keys-open").addEventListener("click", () => $("keys").showModal());
$("on").addEventListener("click", onward);
$("back").addEventListener("click", backward);
$("black").addEventListener("click", black);
$("join").addEventListener("click", () => joining(!told.state.joining));
$("end").addEventListener("click", () => { if (confirm("End the class for everybody?")) act("end"); });
setInterval(() => { time(); if (feed && !told?.state.over && Date.now() - heardAt > SILENT_MS) { heardAt = Date.now(); listen(); } }, 1000);
begin();
