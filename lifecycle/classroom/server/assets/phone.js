// A phone in a class: shows the open question, sends the vote, and does not lose it on a bad network.
"use strict";
const CODE = document.body.dataset.code;
const LIVE = `${document.body.dataset.base}/live/${CODE}/`;
const KEEP = `headwaters-${CODE}`;
const SILENT_MS = 40000, POLL_MS = 3000, LONGEST_MS = 8000, PATIENCE_MS = 10000;
const $ = (id) => document.getElementById(id);
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

let told = null; // what the server said last: state and own vote
let draft = null; // the choice as it stands on the phone, null for none
let pending = null; // a vote that is not acknowledged yet: {key, poll, round, ballot}
let sending = false, tries = 0, retry = 0, over = false, aheadS = 0;
let drawn = ""; // which question, in which round and light, is on the page

// --- what outlives a reload

function keep() {
  try { localStorage.setItem(KEEP, JSON.stringify({ pending, draft, at: mark() })); } catch { /* private window: then not */ }
}
function restore() {
  try { const kept = JSON.parse(localStorage.getItem(KEEP)); pending = kept?.pending ?? null; return kept; } catch { return null; }
}
const mark = () => (told?.state.poll ? `${told.state.poll.id} ${told.state.round}` : "");
const kept = restore();

// --- hearing

let feed = null, heardAt = 0, polling = 0;
function listen() {
  feed?.close();
  feed = new EventSource(`${LIVE}events`);
  feed.onmessage = (event) => hear(JSON.parse(event.data));
  feed.addEventListener("beat", () => alive());
  feed.onerror = () => { line(false); if (!polling) poll(); };
}
function alive() {
  heardAt = Date.now();
  clearTimeout(polling);
  polling = 0;
  line(true);
}
/** While no events come: ask now and then, and try the stream again. */
async function poll() {
  clearTimeout(polling);
  polling = setTimeout(poll, POLL_MS * (0.7 + 0.6 * Math.random()));
  const answer = await ask(told ? "state" : `state${seated()}`);
  if (over) return;
  if (answer?.ok) {
    const said = await answer.json().catch(() => null);
    if (said) { line(true); take(said); }
    if (!feed || feed.readyState === 2) listen();
  } else if (answer?.status === 404) gone((await words(answer)) || "There is no class of this code.");
  else if (!told && [403, 409, 429].includes(answer?.status)) { line(true); waiting(await words(answer)); }
}
function hear(said) { alive(); take(said); }
function line(good) {
  $("line").textContent = good ? "" : "No connection, trying again";
  $("line").className = good ? "" : "bad";
}
function ask(what, options = {}) {
  return fetch(LIVE + what, { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE_MS), ...options }).catch(() => null);
}
const words = (answer) => answer.json().then((said) => said.error, () => "");

// --- where the class is

function take(said) {
  const before = mark();
  told = said;
  aheadS = said.now_s - Date.now() / 1000;
  if (said.state.over) return gone();
  if (mark() !== before) {
    draft = said.mine;
    if (kept?.at === mark() && kept.draft && !drawn) draft = kept.draft;
    tries = 0;
  }
  if (pending && `${pending.poll} ${pending.round}` !== mark()) {
    pending = null;
    if (mark()) say("That question had closed when your answer came.", "bad");
  } else if (pending && same(pending.ballot, said.mine)) recorded();
  else if (pending && !sending) send();
  show();
}
function gone(said) {
  over = true;
  feed?.close();
  clearTimeout(polling);
  try { localStorage.removeItem(KEEP); } catch { /* nothing was kept */ }
  for (const id of ["wait", "ask", "answer"]) $(id).hidden = true;
  if (said) $("over").replaceChildren(make("h1", { textContent: "No class here" }), make("p", { textContent: said }), make("p", {}, make("a", { href: `${document.body.dataset.base}/join`, textContent: "Type a code" })));
  $("over").hidden = false;
  line(true);
}

// --- voting

const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");
function choose(ballot) {
  draft = ballot;
  keep();
  showButton();
}
async function vote(event) {
  event.preventDefault();
  if (!draft || !told.state.open) return;
  pending = { key: newKey(), poll: told.state.poll.id, round: told.state.round, ballot: draft };
  tries = 0;
  keep();
  send();
}
/** Send what is pending, again and again with the same key, until it is acknowledged or refused. */
async function send() {
  clearTimeout(retry);
  const job = pending;
  if (!job || sending) return;
  sending = true;
  if (!tries) say("Sending…");
  showButton();
  const answer = await ask("vote", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(job) });
  sending = false;
  if (pending !== job) return pending && send();
  if (answer?.ok) {
    const { ballot } = await answer.json().catch(() => ({}));
    told.mine = ballot ?? job.ballot;
    if (same(draft, job.ballot)) draft = told.mine;
    recorded();
  }
  else if (answer && [400, 409, 413, 403].includes(answer.status)) {
    pending = null;
    say((await words(answer)) || "Your answer was not taken.", "bad");
  } else {
    tries += 1;
    if (answer?.status === 401) await ask("state"); // a name for this phone, where it lost its own
    say(answer?.status === 401 && tries > 2 ? await words(answer) : "Not sent yet. Your choice is kept; trying again…", "bad");
    const wait = Number(answer?.headers.get("Retry-After")) * 1000 || Math.min(LONGEST_MS, 400 * 2 ** tries);
    retry = setTimeout(send, wait * (0.7 + 0.6 * Math.random()));
  }
  keep();
  showButton();
}
function recorded() {
  pending = null;
  tries = 0;
  keep();
  say(told.state.open ? `Recorded. You can change it until the ${called().asked} closes.` : "Recorded.", "good");
  showButton();
}
/** What a question is called, and what is sent to it: nobody votes by a text. */
const called = () => (told.state.poll?.kind === "open" ? { asked: "question", mine: "answer" } : { asked: "vote", mine: "vote" });
function say(text, kind = "") {
  if ($("said").textContent !== text) $("said").textContent = text;
  $("said").className = kind;
}

// --- drawing

function make(tag, properties = {}, ...children) {
  const { html, data, ...plain } = properties;
  const node = Object.assign(document.createElement(tag), plain);
  if (html !== undefined) node.innerHTML = html; // made by the server's own Markdown, which lets nothing through that runs
  node.append(...children);
  return node;
}
const number = (value) => Number(value.toPrecision(4)).toLocaleString("en");

function show() {
  const { state } = told;
  const poll = told.votes_here ? state.poll : null;
  waiting(told.votes_here ? "" : "Only seats vote from now on: scan the code on the slip at your seat. What you voted before counts.", "Voting is by seat now");
  $("wait").hidden = Boolean(poll);
  $("ask").hidden = !poll;
  if (!poll) { drawn = ""; $("answer").hidden = true; return; }
  const absent = !state.open && !state.discuss_until_s && !told.mine && !pending;
  const now = `${mark()} ${state.open} ${Boolean(state.key)} ${state.discuss_until_s ?? ""} ${absent}`;
  if (now !== drawn) {
    const anew = !drawn.startsWith(`${mark()} `);
    drawn = now;
    $("round").textContent = state.round === 2 ? `Second vote${state.open ? ": choose again after talking it over" : ""}` : state.rounds === 2 ? `First vote${state.open ? ": by yourself" : ""}` : "";
    if (anew) { $("stem").innerHTML = poll.stem; say(""); }
    if (state.key) draft = told.mine; // what was never sent is no answer
    DRAW[poll.kind](poll, state);
    if (absent) takeAway();
    for (const input of $("choices").querySelectorAll("input, select")) input.disabled = !state.open;
    if (!pending) standing(state);
    showAnswer(state);
  }
  showButton();
}
/** Nothing was sent and nothing can be: what would take an answer goes; options and the diagram stay, to be read. */
function takeAway() {
  for (const input of $("choices").querySelectorAll("input, select, textarea")) (input.closest("label.option") ? input : input.closest(".number") ?? input).remove();
  for (const rest of $("choices").querySelectorAll(".number, .ends, .soft")) rest.remove();
}
/** What stands where there is no question: that one is in, or why one is not. */
function waiting(why, heading = "Not in yet") {
  const [title, words] = why ? [heading, why] : ["You are in", "Look at the screen. The next question comes here by itself."];
  const [head, text] = $("wait").children;
  if (head.textContent !== title) head.textContent = title;
  if (text.textContent !== words) text.textContent = words;
}
function standing(state) {
  if (state.open) { if (told.mine) recorded(); else if ($("said").className !== "bad") say(""); }
  else if (state.discuss_until_s) talkItOver();
  else if (told.mine) say(state.key ? "" : `The ${called().asked} is closed. Your ${called().mine} is recorded.`, "good");
  else if ($("said").className !== "bad") say(state.key ? "" : `The ${called().asked} is closed. You did not ${called().mine}.`);
}
function talkItOver() {
  const left = Math.max(0, Math.ceil(told.state.discuss_until_s - Date.now() / 1000 - aheadS));
  say(`Talk to your neighbour, ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}. Then you vote again.`, "good");
}
function showButton() {
  const button = $("send"), { open } = told.state;
  button.hidden = !open;
  button.disabled = !draft || Boolean(pending) || same(draft, told.mine);
  button.textContent = told.mine ? `Change my ${called().mine}` : "Send";
}

const DRAW = {
  single: (poll, state) => options(poll, state, "radio"),
  multiple: (poll, state) => options(poll, state, "checkbox"),
  number(poll) {
    const input = make("input", { id: "number", type: "text", inputMode: "decimal", autocomplete: "off", maxLength: 40, value: draft?.number ?? "" });
    input.oninput = () => choose(input.value.trim() ? { number: input.value.trim() } : null);
    put(make("div", { className: "number" }, make("label", { htmlFor: "number", textContent: poll.unit ? `A number, in ${poll.unit}` : "A number" }), input, make("p", { className: "hint", textContent: poll.taken })));
  },
  predict(poll) {
    const fine = 10 ** Math.floor(Math.log10((poll.high - poll.low) / 100));
    const input = make("input", { id: "number", type: "range", min: poll.low, max: poll.high, step: fine });
    input.value = draft?.number ?? (poll.low + poll.high) / 2;
    const shown = make("output", { htmlFor: "number", textContent: draft ? `${number(draft.number)} ${poll.unit}` : "Move the slider" });
    input.setAttribute("aria-valuetext", shown.textContent);
    input.oninput = () => {
      choose({ number: Number(input.value) });
      shown.textContent = `${number(draft.number)} ${poll.unit}`;
      input.setAttribute("aria-valuetext", shown.textContent);
    };
    put(make("div", { className: "number" }, make("label", { htmlFor: "number", textContent: "Your prediction" }), shown), input,
      make("div", { className: "ends", ariaHidden: "true" }, make("span", { textContent: `${number(poll.low)} ${poll.unit}` }), make("span", { textContent: `${number(poll.high)} ${poll.unit}` })));
  },
  open(poll, state) {
    const field = make("textarea", { id: "text", maxLength: 140, rows: 3, value: draft?.text ?? "" });
    const left = make("output", { className: "soft" });
    const count = () => { 
      const room = 140 - field.value.length;
      left.textContent = `${room} ${room === 1 ? "character" : "characters"} left`;
    };
    field.oninput = () => { choose(field.value.trim() ? { text: field.value } : null); count(); };
    field.setAttribute("aria-label", "Your answer, in a few words");
    count();
    put(field, left, make("p", { className: "soft", textContent: "The presenter reads it first, and may show it to everybody. No name stands with it." }));
    field.disabled = !state.open;
  },
  click(poll, state) {
    const select = make("select", { id: "place" }, make("option", { value: "", textContent: "Tap the diagram, or choose here" }), ...poll.places.map(({ id, label }) => make("option", { value: id, textContent: label })));
    select.value = draft?.place ?? "";
    select.setAttribute("aria-label", "A place of the diagram");
    const map = $("map") ?? make("div", { id: "map", ariaHidden: "true" });
    select.onchange = () => { choose(select.value ? { place: select.value } : null); light(map, state); };
    put(select, map);
    diagram(map, poll, (id) => { if (!select.disabled) { select.value = id; select.onchange(); } }).then(() => light(map, state));
  },
};
function put(...nodes) { $("choices").replaceChildren($("choices").firstElementChild, ...nodes); }

function options(poll, state, type) {
  const chosen = draft?.chosen ?? [];
  put(...(poll.hint ? [make("p", { className: "hint", textContent: poll.hint })] : []), ...poll.options.map((html, index) => {
    const input = make("input", { type, name: "option", value: index, checked: chosen.includes(index) });
    input.onchange = () => {
      const now = [...$("choices").querySelectorAll(":checked")].map((each) => Number(each.value));
      choose(now.length ? { chosen: now } : null);
    };
    const label = make("label", { className: "option" }, input, make("b", { className: "letter", textContent: poll.letters[index] }), make("span", { html }));
    if (state.key) mark_option(label, state.key, index, (told.mine?.chosen ?? []).includes(index));
    return label;
  }));
}
function mark_option(label, key, index, mine) {
  const right = key.options.includes(index);
  label.classList.toggle("right", right);
  label.classList.toggle("missed", mine && !right);
  const said = right ? (mine ? "✓ Right, and yours" : "✓ Right") : mine ? "✗ Yours" : "";
  if (said) label.append(make("small", {}, make("span", { className: "mark", textContent: said }), mine && key.feedback[index] ? make("span", { html: `. ${key.feedback[index]}` }) : ""));
}

// --- the diagram

let picture = null; // asked for once
async function diagram(map, poll, tapped) {
  picture ??= ask("diagram.svg").then((answer) => (answer?.ok ? answer.text() : Promise.reject(new Error())));
  try {
    const svg = document.importNode(new DOMParser().parseFromString(await picture, "image/svg+xml").documentElement, true);
    for (const name of ["width", "height"]) svg.removeAttribute(name);
    for (const title of svg.querySelectorAll("title")) title.remove();
    for (const { id } of poll.places) {
      const spot = svg.querySelector(`#${CSS.escape(id.includes("->") ? `flow-${id.replace("->", "-")}` : `stage-${id}`)}`);
      if (!spot) continue;
      spot.classList.add("spot");
      spot.dataset.place = id;
      spot.addEventListener("click", () => tapped(id));
    }
    map.replaceChildren(svg);
    for (const path of svg.querySelectorAll(".spot > path")) {
      if (path.closest(".node") && path.getBBox().height > 40) continue; // large enough for a finger
      const touch = path.cloneNode();
      touch.classList.add("touch");
      path.after(touch);
    }
  } catch {
    picture = null;
    map.replaceChildren();
  }
}
function light(map, state) {
  for (const spot of map.querySelectorAll(".spot")) {
    spot.classList.toggle("mine", spot.dataset.place === draft?.place);
    spot.classList.toggle("right", Boolean(state.key?.places.includes(spot.dataset.place)));
  }
}

// --- after the presenter has shown the answer

function showAnswer({ key, poll }) {
  const box = $("answer"), anew = box.hidden;
  box.hidden = !key;
  if (!key) return;
  const mine = told.mine;
  const unit = poll.unit ? ` ${poll.unit}` : "";
  const label = (id) => poll.places.find((place) => place.id === id)?.label ?? id;
  let good = null, said = [];
  if (poll.kind === "predict") {
    said = [`${key.said}.`, mine ? `You said ${number(Number(mine.number))}${unit}.` : ""];
  } else if (poll.kind === "number") {
    const value = mine?.number; // the server's reading of what was typed; text while that has not come
    good = typeof value === "number" ? Math.abs(value - key.truth) <= key.tolerance + 1e-9 * Math.abs(key.truth) : null;
    said = [`${key.said}.`, mine ? `You said ${mine.number}${unit}.` : ""];
  } else if (poll.kind === "click") {
    good = mine ? key.places.includes(mine.place) : null;
    const nth = poll.places.findIndex((place) => place.id === mine?.place);
    said = [`Right: ${key.places.map(label).join(", ")}.`, mine && !good ? `You chose ${label(mine.place)}.` : ""];
    if (nth >= 0 && key.feedback[nth]) said.push(make("span", { html: key.feedback[nth] }));
  } else {
    const named = (options) => options.map((nth) => poll.letters[nth]).join(", ");
    good = mine ? same(mine.chosen, [...key.options].sort((a, b) => a - b)) : null;
    said = [`Right: ${named(key.options)}.`, mine && !good ? `You chose ${named(mine.chosen)}.` : ""];
  }
  box.classList.toggle("missed", good === false);
  const title = good === null ? (mine ? "" : "The answer") : good ? "Right" : "Not this time";
  if (!mine) said.push(`You did not ${called().mine}.`);
  box.replaceChildren(...(title ? [make("h2", { textContent: title })] : []), ...said.filter(Boolean).map((each) => make("p", {}, each)), make("div", { html: key.why }));
  if (anew) box.scrollIntoView({ block: "nearest" }); // it stands first, and who scrolled to a place of the diagram sees it come
}

// --- start

$("ask").addEventListener("submit", vote);
addEventListener("online", () => { if (!over) { listen(); send(); } });
document.addEventListener("visibilitychange", () => { if (!document.hidden && !over && Date.now() - heardAt > 5000) poll(); });
setInterval(() => { if (!over && !polling && Date.now() - heardAt > SILENT_MS) { line(false); listen(); poll(); } }, 5000);
setInterval(() => { if (told?.state.discuss_until_s && !over && !pending && told.votes_here) talkItOver(); }, 1000);
/** The first question, as a slip's address says by which seat; this phone names itself, should the answer be lost. */
function seated() {
  const seat = new URLSearchParams(location.search).get("seat");
  if (!seat) return "";
  let device = null;
  try { device = localStorage.getItem("headwaters-device"); } catch { /* private window: then a new one each time */ }
  device ??= newKey();
  try { localStorage.setItem("headwaters-device", device); } catch { /* as above */ }
  return `?${new URLSearchParams({ seat, device })}`;
}
(async () => {
  const answer = await ask(`state${seated()}`); // it brings the phone's name, without which no events come
  if (answer?.ok) hear(await answer.json());
  else if (answer?.status === 404) return gone(await words(answer));
  else if ([403, 409, 429].includes(answer?.status)) { waiting(await words(answer)); return poll(); }
  listen();
})();
