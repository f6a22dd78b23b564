// js/shared/dom.js
function dressed(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === void 0) continue;
    if (name === "text") node.textContent = String(value);
    else if (name === "html") setHtml(node, String(value));
    else if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}
var el = (tag, attributes = {}, ...children) => dressed(document.createElement(tag), attributes, children);
function setHtml(node, html) {
  node.innerHTML = html;
  return node;
}
function oneOf(root, selector) {
  const node = root.querySelector(selector);
  if (!node) throw new Error(`nothing matches ${selector}`);
  return (
    /** @type {T} */
    node
  );
}
var allOf = (root, selector) => (
  /** @type {T[]} */
  [...root.querySelectorAll(selector)]
);
function isTyping(event, harmless = /(?!)/) {
  const at = event.composedPath()[0];
  if (!(at instanceof HTMLElement)) return false;
  const type = at instanceof HTMLInputElement ? at.type : "";
  return at.isContentEditable || /^(input|textarea|select)$/i.test(at.tagName) && !harmless.test(type);
}
var isChord = (event) => event.ctrlKey || event.metaKey || event.altKey;

// js/shared/words.js
var plural = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;

// js/shared/voting_words.js
function howManySent(votes, phones, done) {
  if (!phones) return "No phone is here yet";
  if (!votes) return `Nobody has ${done} yet`;
  if (phones === 1) return `The only phone has ${done}`;
  return `${votes} of ${phones} phones ${votes === 1 ? "has" : "have"} ${done}`;
}
var howManyHere = (phones) => phones ? `${plural(phones, "phone")} ${phones === 1 ? "is" : "are"} here` : "No phone is here yet";

// lifecycle/ui/present/joining.js
function showJoin(c, on) {
  Object.assign(c, { joining: on, heardJoining: on });
  act(c, "join", { on });
  paint(c);
}
function furnishJoin() {
  const code = el("b"), phones = el("p", { role: "status" }), address = el("span");
  const image = el("img", { alt: "The address as a QR code" });
  const card = el(
    "section",
    { class: "join", "aria-label": "How to join", hidden: "" },
    image,
    el("div", {}, el("p", {}, "On your phone: ", address), code, phones)
  );
  return { card, code, phones, image, address };
}
function paintJoin(c) {
  const { join, corner } = c.ui;
  const spelled = c.code ? `${c.code.slice(0, 4)}-${c.code.slice(4)}` : "";
  join.card.hidden = !c.code || !c.joining;
  corner.textContent = c.code && c.joinAt ? `${c.joinAt} · ${spelled}` : "";
  if (join.card.hidden) return;
  join.code.textContent = spelled;
  join.address.textContent = c.joinAt ?? "";
  const phones = window.headwatersClass?.code === c.code ? window.headwatersClass.here : 0;
  join.phones.textContent = howManyHere(phones);
}
function furnishTexts() {
  const asked = el("div", { class: "asked" }), wrote = el("p", { role: "status" }), chosen = el("ul", { "aria-label": "Answers" });
  const card = el("section", { class: "texts", "aria-label": "A question to the class", hidden: "" }, asked, chosen, wrote);
  return { card, asked, chosen, wrote };
}
function paintTexts(c) {
  const { card, asked, chosen, wrote } = c.ui.texts;
  const said = c.code && window.headwatersClass?.code === c.code ? window.headwatersClass : null;
  const poll = said?.state.poll?.kind === "open" ? said.state.poll : null;
  card.hidden = !poll || c.free;
  if (!said || !poll) return;
  if (asked.dataset.of !== poll.id) {
    asked.dataset.of = poll.id;
    setHtml(asked, poll.stem);
  }
  const words = said.texts.map((each) => each.text);
  if (chosen.dataset.has !== JSON.stringify(words)) {
    chosen.dataset.has = JSON.stringify(words);
    chosen.replaceChildren(...words.map((text) => el("li", { text })));
  }
  wrote.textContent = `${howManySent(said.votes, said.phones, "written")}${said.state.open ? "" : ". No more answers"}`;
}

// lifecycle/ui/present/position.js
function clamp(c, step, shown) {
  const at = Math.max(0, Math.min(step, c.points.length - 1));
  return { step: at, shown: Math.max(0, Math.min(shown, c.points[at])) };
}
function ahead(c) {
  if (c.shown < c.points[c.step]) return { step: c.step, shown: c.shown + 1 };
  return c.step + 1 < c.points.length ? { step: c.step + 1, shown: 0 } : null;
}
function behind(c) {
  if (c.shown > 0) return { step: c.step, shown: c.shown - 1 };
  return c.step > 0 ? { step: c.step - 1, shown: c.points[c.step - 1] } : null;
}

// lifecycle/ui/present/moving.js
var ECHO_MS = 1e3;
var SURE_MS = 6e3;
function voting(c) {
  const said = c.code && window.headwatersClass?.code === c.code ? window.headwatersClass.state : null;
  return said?.poll && said.step === c.step ? said : null;
}
function means(c, step) {
  const vote = voting(c);
  if (!vote || !(vote.open || vote.discuss_until_s) || step === c.step) return true;
  const now = performance.now();
  const waited = c.leaving && c.leaving.step === step ? now - c.leaving.at : Infinity;
  if (waited > ECHO_MS && waited < SURE_MS) return true;
  if (waited >= SURE_MS) c.leaving = { step, at: now };
  warn(c, vote.open ? "The vote is open: press again to leave it" : "The second vote is still to come: press again to leave it");
  return false;
}
function uncovers(c) {
  if (c.ended) c.ended = false;
  else if (c.joining) showJoin(c, false);
  else if (voting(c)?.poll?.kind !== "open") return false;
  else if (means(c, null)) act(c, "unfold");
  return true;
}
function onward(c) {
  if (uncovers(c)) return;
  const vote = voting(c);
  if (vote && !vote.open && !vote.discuss_until_s && !vote.answered) act(c, "unfold");
  else go(c, ahead(c));
}
function go(c, to) {
  if (!to || !means(c, clamp(c, to.step, 0).step)) return;
  Object.assign(c, clamp(c, to.step, to.shown), { sentAt: performance.now(), joining: false });
  c.black = false;
  paint(c);
  const at = c.shown ? `${c.step + 1}.${c.shown}` : `${c.step + 1}`;
  if (c.code) act(c, "go", { step: c.step, points: c.shown }).then(() => c.send("go", at));
  else c.send("go", at);
}
function backward(c) {
  if (!uncovers(c)) go(c, behind(c));
}
function setBlack(c, black) {
  c.black = black;
  if (c.code) act(c, "black", { on: black });
  paint(c);
}

// lifecycle/ui/present/overlay.js
var KEYS = [
  [["→", "Page Down", "Space"], "next point or step; after a vote first the bars, then the answer"],
  [["←", "Page Up"], "back"],
  [["Home", "End"], "first and last step"],
  [["1…9", "Enter"], "jump to the step of that number"],
  [["o"], "all steps; of those to come the hall sees the number alone"],
  [["b", "."], "black, and back"],
  [["e"], "leave the script and explore, together with the class; e again brings you back"],
  [["p"], "pointer"],
  [["k"], "the diagram's clock: play or stop"],
  [["v"], "class: ask, close, vote again"],
  [["j"], "class: how to join"],
  [["d"], "class: your desk, in a window of its own"],
  [["r"], "after a vote: the bars, then the answer, then neither"],
  [["f"], "full screen"],
  [["Esc"], "closes what lies over the talk; a moved mouse shows the buttons, among them Leave, which ends it"],
  [["?"], "these keys"]
];
function paint(c) {
  const { ui } = c;
  c.furthest = Math.max(c.furthest, c.step);
  ui.black.hidden = !c.black;
  ui.typed.hidden = !c.digits;
  ui.typed.textContent = c.digits;
  ui.count.textContent = `${c.step + 1} / ${c.points.length}`;
  ui.title.textContent = c.free ? `Exploring, from “${c.headlines[c.step]}”` : c.title;
  ui.bar.style.width = `${100 * (c.step + (c.points[c.step] ? c.shown / (c.points[c.step] + 1) : 0)) / Math.max(1, c.points.length - 1)}%`;
  ui.warn.textContent = c.warning || (c.away ? "No connection, trying again" : "");
  ui.explore.textContent = c.free ? "Back to the talk" : "Explore";
  c.root.classList.toggle("free", c.free);
  for (const button of [ui.back, ui.next]) button.hidden = c.free;
  ui.over.hidden = !c.ended;
  paintJoin(c);
  paintTexts(c);
}
function furnish(root, of) {
  const button = (text, label, onclick, wide = false) => el("button", { type: "button", "aria-label": label, title: label, onclick, ...wide ? { class: "wide" } : {} }, text);
  const rows = KEYS.flatMap(([keys2, text]) => [el("dt", {}, ...keys2.map((key) => el("kbd", { text: key }))), el("dd", { text })]);
  const stepList = el("div", { class: "steps" });
  const keys = el(
    "dialog",
    { "aria-label": "Keys" },
    el("h2", { text: "Keys" }),
    el("dl", {}, ...rows),
    el("button", { type: "button", text: "Close", onclick: () => keys.close() })
  );
  const ui = {
    black: el("button", { type: "button", class: "black", "aria-label": "The screen is black. Press b to go on", onclick: () => setBlack(of(), false) }),
    pointer: el("canvas", { class: "pointer", "aria-hidden": "true", hidden: "" }),
    typed: el("div", { class: "typed", role: "status", hidden: "" }),
    count: el("span", { class: "count" }),
    title: el("span", { class: "title" }),
    warn: el("span", { class: "warn", role: "status" }),
    corner: el("span", { class: "corner" }),
    back: button("‹", "Back", () => backward(of())),
    next: button("›", "Next", () => onward(of())),
    explore: button("Explore", "Leave the script, or come back (e)", () => setFree(of(), !of().free)),
    bar: el("i"),
    keys,
    stepList,
    steps: el("dialog", { "aria-label": "All steps" }, el("h2", { text: "All steps" }), stepList),
    over: el("section", { class: "farewell", "aria-label": "The class", role: "status", hidden: "" }, el("div", {}, el("b", { text: "The class is over" }), el("p", { text: "Thank you for taking part." }))),
    join: furnishJoin(),
    texts: furnishTexts()
  };
  const buttons = el(
    "div",
    { class: "buttons" },
    ui.back,
    ui.next,
    ui.explore,
    button("Full screen", "Full screen (f)", fullScreen, true),
    button("?", "Keys (?)", () => keys.showModal()),
    button("Leave", "Leave the talk", () => of().send("leave", `${Date.now()}`))
  );
  const progress = el("div", { class: "line", "aria-hidden": "true" }, ui.bar);
  const foot = el("div", { class: "foot", role: "group", "aria-label": "Talk" }, ui.count, ui.title, ui.warn, ui.corner, el("span", { class: "gap" }), buttons, progress);
  root.append(ui.texts.card, ui.over, ui.join.card, ui.black, ui.pointer, ui.typed, foot, keys, ui.steps);
  return ui;
}
function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}

// lifecycle/ui/present/server.js
var stApp = () => document.querySelector("[data-testid='stApp']");
function watchServer(c) {
  const show = () => {
    const state = stApp()?.dataset.testConnectionState ?? "";
    c.away = ["DISCONNECTED", "PINGING_SERVER", "CONNECTING"].includes(state) && c.met;
    c.met ||= state === "CONNECTED";
    paint(c);
  };
  const watch = new MutationObserver(show), app = stApp();
  if (app) watch.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
  show();
  return watch;
}

// lifecycle/ui/present/exploring.js
var AGAIN_MS = 2500;
var AMISS_MS = 600;
var OF_TALK = ["talk", "step", "class", "free"];
var normal = (view) => view && `?${new URLSearchParams(view.slice(1))}`;
function addressed() {
  const query = new URLSearchParams(location.search);
  if (query.get("free") !== "1") return "";
  for (const name of OF_TALK) query.delete(name);
  return `?${query}`;
}
function look(c, view) {
  if (!c.code || view === c.look) return;
  Object.assign(c, { look: view, lookedAt: performance.now(), followed: null });
  c.looking = (c.looking ?? Promise.resolve()).then(async () => {
    if (view !== c.look || await act(c, "look", { view })) return;
    setTimeout(() => c.feed && hearView(c, window.headwatersClass?.state.view ?? ""), OWN_MS);
  });
}
function hearView(c, said) {
  const view = normal(said);
  if (view === c.look) return false;
  clearTimeout(c.hearingView);
  if (performance.now() - (c.lookedAt ?? -1e9) < OWN_MS) {
    c.hearingView = setTimeout(() => c.feed && window.headwatersClass && hearView(c, window.headwatersClass.state.view), OWN_MS);
    return false;
  }
  Object.assign(c, { look: view, free: view !== "", awaits: c.follows ?? 0, apart: performance.now() });
  c.send("look", `${Date.now()}`);
  return true;
}
function watchAddress(c) {
  if (!c.code) return;
  const view = addressed();
  if (c.awaits !== null || Boolean(view) !== Boolean(c.look)) {
    c.apart ??= performance.now();
    if (performance.now() - c.apart < AGAIN_MS) return;
    c.apart = performance.now();
    c.send("look", `${Date.now()}`);
    return;
  }
  c.apart = null;
  if (!view || view === c.seen) return;
  c.seen = view;
  if (view !== c.followed) look(c, view);
}
function askToDraw(c, at) {
  const now = performance.now();
  if (at === c.drawn || at === c.asked && now - (c.askedAt ?? -1e9) < 2e3) return;
  if (now - (c.freedAt ?? -1e9) < OWN_MS) return void setTimeout(() => c.feed && askToDraw(c, `${c.step}.${c.shown}`), OWN_MS);
  Object.assign(c, { asked: at, askedAt: now });
  c.send("heard", `${Date.now()}`);
}
function watchDrawing(c) {
  const rests = stApp()?.dataset.testScriptState === "notRunning";
  if (!rests || Boolean(addressed()) === c.drawnFree) {
    c.amiss = null;
    return;
  }
  c.amiss ??= performance.now();
  if (performance.now() - c.amiss < AMISS_MS) return;
  c.amiss = null;
  c.send("heard", `${Date.now()}`);
}
function setFree(c, free) {
  Object.assign(c, { free, freedAt: performance.now() });
  look(c, free ? normal(c.views[c.step] ?? "?") : "");
  paint(c);
  c.send("free", free ? `${c.step + 1}.${c.shown}` : "off");
}

// lifecycle/ui/present/class_feed.js
var OWN_MS = 1e3;
var within = (c, path) => `${c.site || location.origin}/${path}`;
var classUrl = (c, what) => within(c, `live/${c.code}/${what}`);
async function act(c, action, values = {}) {
  await c.claiming;
  try {
    const sent = { action, ...values };
    const answer = await fetch(classUrl(c, "act"), {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(sent)
    });
    warn(c, answer.ok ? "" : answer.status === 403 ? "This window only follows" : await refusal(answer));
    return answer.ok;
  } catch {
    warn(c, "The server does not answer");
    return false;
  }
}
async function refusal(answer) {
  const { error } = await answer.json();
  return error;
}
function warn(c, words) {
  c.warning = words;
  clearTimeout(c.warned);
  if (words) c.warned = setTimeout(() => warn(c, ""), 6e3);
  paint(c);
}
async function learnAddress(c) {
  try {
    const drawn = await (await fetch(classUrl(c, "qr.svg"))).text();
    const title = oneOf(new DOMParser().parseFromString(drawn, "image/svg+xml"), "title");
    c.joinAt = (title.textContent ?? "").replace(/^https?:\/\//, "").replace(/\/[^/]*$/, "");
    c.ui.join.image.src = `data:image/svg+xml;base64,${btoa(drawn)}`;
    paint(c);
  } catch {
    setTimeout(() => c.code && learnAddress(c), 2e3);
  }
}
async function claim(c, secret) {
  c.claimed = secret;
  try {
    await fetch(classUrl(c, "presenter"), { method: "POST", credentials: "same-origin", headers: { Authorization: `Bearer ${secret}` } });
  } catch {
    c.claimed = null;
  }
}
function listen(c) {
  if (c.feedOf === c.code) return;
  c.feed?.close();
  c.feedOf = c.code;
  if (!c.code) return;
  c.ended = false;
  learnAddress(c);
  c.feed = new EventSource(classUrl(c, "events?screen=1"));
  c.feed.onmessage = (event) => {
    const sent = JSON.parse(event.data);
    if (sent.state.over) end(c);
    else hear(c, { ...sent, ahead_s: sent.now_s - Date.now() / 1e3 });
  };
}
function hear(c, said) {
  window.headwatersClass = said;
  window.dispatchEvent(new CustomEvent("headwaters-class", { detail: said }));
  const { state } = said;
  c.black = state.black;
  const asked = hearView(c, state.view);
  const own = performance.now() - (c.sentAt ?? -1e9) < OWN_MS;
  if (!own) {
    const at = clamp(c, state.step, state.points);
    if (state.joining !== c.heardJoining) c.joining = c.heardJoining = state.joining;
    Object.assign(c, at);
    if (!asked) askToDraw(c, `${c.step}.${c.shown}`);
  } else {
    clearTimeout(c.hearing);
    c.hearing = setTimeout(() => again(c), OWN_MS + 50);
  }
  paint(c);
}
function again(c) {
  if (c.feed && window.headwatersClass) hear(c, window.headwatersClass);
}
function end(c) {
  c.feed?.close();
  Object.assign(c, { over: c.code, code: "", ended: true, black: false, joining: false });
  window.headwatersClass = null;
  window.dispatchEvent(new CustomEvent("headwaters-class"));
  paint(c);
}

// lifecycle/ui/present/pointer.js
var AWAKE_MS = 2500;
var TRAIL_MS = 700;
var RESTING_MS = 2500;
function setPointer(c, on) {
  c.pointing = on;
  c.ui.pointer.hidden = !on;
  c.trail = [];
  document.documentElement.style.cursor = on ? "none" : "";
}
function moved(c, event) {
  c.root.classList.add("awake");
  clearTimeout(c.sleep);
  c.sleep = setTimeout(() => c.root.classList.remove("awake"), AWAKE_MS);
  if (!c.pointing) return;
  c.trail.push([event.clientX, event.clientY, performance.now()]);
  if (!c.drawing) c.drawing = requestAnimationFrame(() => drawPointer(c));
}
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

// lifecycle/ui/present/overview.js
function overview(c) {
  const { steps, stepList } = c.ui;
  if (steps.open) return steps.close();
  c.furthest = Math.max(c.furthest, c.step);
  stepList.replaceChildren(...c.headlines.map((headline, nth) => {
    const known = nth <= c.furthest;
    const button = el("button", { type: "button", text: known ? `${nth + 1}  ${headline}` : `${nth + 1}`, "aria-label": known ? `Step ${nth + 1}: ${headline}` : `Step ${nth + 1}`, onclick: () => {
      steps.close();
      go(c, { step: nth, shown: 0 });
    } });
    if (nth === c.step) button.setAttribute("aria-current", "step");
    return button;
  }));
  steps.showModal();
  allOf(stepList, "[aria-current]")[0]?.focus();
}
function walk(c, event) {
  const all = allOf(c.ui.stepList, "button"), here = all.findIndex((each) => each.matches(":focus"));
  const across = Math.max(1, all.filter((each) => each.offsetTop === all[0].offsetTop).length);
  const ways = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across, Home: -here, End: all.length - 1 - here };
  const by = ways[event.key];
  if (event.key === "o") c.ui.steps.close();
  else if (by !== void 0) all[Math.max(0, Math.min(all.length - 1, here + by))].focus();
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

// lifecycle/ui/present/pressing.js
var ACTS = {
  ArrowRight: onward,
  PageDown: onward,
  " ": onward,
  ArrowDown: onward,
  ArrowLeft: backward,
  PageUp: backward,
  Backspace: backward,
  ArrowUp: backward,
  Home: (c) => go(c, { step: 0, shown: 0 }),
  End: (c) => go(c, { step: c.points.length - 1, shown: 0 }),
  k: () => window.headwatersDiagrams?.get("talk-diagram")?.diagram?.ui.play.click(),
  o: overview,
  v: (c) => c.code && act(c, "onward"),
  r: (c) => c.code ? act(c, "toggle") : c.send("answer", `${Date.now()}`)
};
var ALWAYS = {
  b: (c) => setBlack(c, !c.black),
  ".": (c) => setBlack(c, !c.black),
  e: (c) => setFree(c, !c.free),
  p: (c) => setPointer(c, !c.pointing),
  f: fullScreen,
  "?": (c) => c.ui.keys.showModal(),
  j: (c) => c.code && showJoin(c, !c.joining),
  d: (c) => c.code && window.open(within(c, `desk/${c.code}`), "headwaters-desk")
};
function pressed(c, event) {
  if (c.ui.steps.open) return walk(c, event);
  if (isChord(event) || c.ui.keys.open || isTyping(event, /^range$/)) return;
  if (event.repeat && "vrbej.".includes(event.key)) return;
  const onButton = event.composedPath()[0] instanceof HTMLButtonElement;
  const { key } = event;
  if (!c.free && /^[0-9]$/.test(key)) c.digits = (c.digits + key).slice(-3);
  else if (!c.free && key === "Enter" && c.digits) {
    const step = Number(c.digits) - 1;
    c.digits = "";
    if (step >= 0 && step < c.points.length) go(c, { step, shown: 0 });
    else warn(c, `There is no step ${step + 1}: the talk has ${c.points.length}`);
  } else if (key === "Escape" && (c.digits || c.black || c.free || c.joining || c.ended)) {
    c.digits = "";
    if (c.ended) c.ended = false;
    else if (c.joining) showJoin(c, false);
    else if (c.black) setBlack(c, false);
    else if (c.free) setFree(c, false);
  } else if (c.black && (ACTS[key] || ALWAYS[key])) setBlack(c, false);
  else if (ALWAYS[key]) ALWAYS[key](c);
  else if (!c.free && ACTS[key] && !(onButton && key === " ")) {
    c.digits = "";
    ACTS[key](c);
  } else return;
  event.preventDefault();
  event.stopImmediatePropagation();
  paint(c);
}

// lifecycle/ui/present/conductor.js
var WATCH_MS = 200;
function create(parent, send) {
  const root = el("div", { class: "over" });
  const c = {
    root,
    ui: furnish(root, () => c),
    send,
    still: matchMedia("(prefers-reduced-motion: reduce)").matches,
    title: "",
    headlines: [""],
    points: [0],
    step: 0,
    shown: 0,
    furthest: 0,
    digits: "",
    black: false,
    drawn: "",
    drawnFree: false,
    amiss: null,
    free: false,
    views: [],
    look: null,
    followed: null,
    awaits: null,
    apart: null,
    code: "",
    site: "",
    ended: false,
    joining: false,
    warning: "",
    away: false,
    met: false,
    pointing: false,
    trail: [],
    drawing: null,
    end() {
      window.removeEventListener("keydown", onKey, true);
      window.removeEventListener("pointermove", onMove);
      setPointer(c, false);
      clearInterval(watching);
      server.disconnect();
      c.feed?.close();
      root.remove();
    }
  };
  parent.append(root);
  const onKey = (event) => pressed(c, event);
  const onMove = (event) => moved(c, event);
  window.addEventListener("keydown", onKey, true);
  window.addEventListener("pointermove", onMove);
  const server = watchServer(c);
  const watching = setInterval(() => {
    watchAddress(c);
    watchDrawing(c);
  }, WATCH_MS);
  return c;
}
function conductor_default({ data, parentElement, setTriggerValue }) {
  const c = parentElement.conductor ??= create(parentElement, setTriggerValue);
  c.send = setTriggerValue;
  const ours = performance.now() - (c.sentAt ?? -1e9) < 1500;
  Object.assign(c, { drawn: `${data.step}.${data.shown}`, drawnFree: data.free });
  if (!ours) Object.assign(c, { step: data.step, shown: data.shown });
  Object.assign(c, { points: data.points, headlines: data.headlines, title: data.title, free: data.free, code: data.code === c.over ? "" : data.code, views: data.views, site: data.site });
  if (data.followed.nth !== c.follows) Object.assign(c, { follows: data.followed.nth, followed: normal(data.followed.view), awaits: null });
  c.look ??= data.free ? addressed() : "";
  if (c.code && data.secret && c.claimed !== data.secret) c.claiming = claim(c, data.secret);
  listen(c);
  paint(c);
  clearTimeout(c.leavingPage);
  return () => {
    c.leavingPage = setTimeout(() => {
      if (c.root.isConnected) return;
      c.end();
      delete parentElement.conductor;
    }, 500);
  };
}
export {
  conductor_default as default
};
