(() => {
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
  function byId(id, kind) {
    const node = document.getElementById(id);
    if (!(node instanceof (kind ?? HTMLElement))) throw new Error(`the page has no #${id} of this kind`);
    return (
      /** @type {T} */
      node
    );
  }

  // js/shared/words.js
  var answerNumber = (value) => Number(value.toPrecision(4)).toLocaleString("en");
  var two = (n) => String(n).padStart(2, "0");
  function minutes(seconds) {
    const s = Math.abs(seconds);
    return `${seconds < 0 ? "−" : ""}${Math.floor(s / 60)}:${two(Math.floor(s % 60))}`;
  }

  // lifecycle/classroom/server/assets/desk_state.js
  var CODE = document.body.dataset.code;
  var LIVE = `${document.body.dataset.base}/live/${CODE}/`;
  var AGAIN_MS = 1500;
  var SILENT_MS = 4e4;
  var OWN_MS = 1500;
  var SAID_MS = 8e3;
  var ECHO_MS = 1e3;
  var SURE_MS = 6e3;
  var ask = (what, options = {}) => fetch(LIVE + what, { credentials: "same-origin", cache: "no-store", ...options }).catch(() => null);
  var words = (answer) => answer.json().then((said) => said.error, () => "");
  var desk = {
    talk: null,
    told: null,
    feed: null,
    heardAt: 0,
    aheadS: 0,
    digits: "",
    wanted: null,
    wantedAt: 0,
    card: null,
    queue: Promise.resolve(),
    leaving: null,
    shownStep: -1
  };

  // lifecycle/classroom/server/assets/desk_class.js
  var DOORS = { open: "anyone", present: "those who are in", seats: "seats" };
  var DOOR_NOTES = {
    open: "Everybody with the code joins and votes.",
    present: "Phones that are in go on voting. No others come in.",
    seats: "Only phones with a printed slip vote. Votes that were cast before stay."
  };
  function showClass() {
    const { state, texts, turned_away, expires_s } = desk.told;
    const isOpen = state.poll?.kind === "open";
    byId("written").hidden = !isOpen;
    if (isOpen) showTexts(texts);
    text("door-said", DOORS[state.door]);
    text("door-note", DOOR_NOTES[state.door]);
    if (byId("door").dataset.at !== state.door) byId("door").value = byId("door").dataset.at = state.door;
    const many = turned_away === 1 ? "1 phone from one address was" : `${turned_away} phones from one address were`;
    text("away", turned_away ? `${many} turned away: raise the limit under “Who may join”.` : "");
    text("erased", new Date(expires_s * 1e3).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" }));
  }
  function showTexts(texts) {
    const list = byId("texts");
    const known = new Map([...list.children].map((each) => [each.dataset.id, each]));
    for (const { id, text: words2, shown } of texts) {
      const node = known.get(id) ?? list.insertBefore(newText(id, words2), list.firstChild);
      known.delete(id);
      node.classList.toggle("shown", shown);
      const button = node.lastChild;
      button.textContent = shown ? "Hide" : "Show";
      button.setAttribute("aria-label", `${shown ? "Hide" : "Show the hall"}: ${words2}`);
      button.onclick = () => act(shown ? "hide_text" : "show_text", { id });
    }
    for (const gone of known.values()) gone.remove();
  }
  function newText(id, words2) {
    const node = document.createElement("li");
    node.dataset.id = id;
    node.append(Object.assign(document.createElement("span"), { textContent: words2 }), Object.assign(document.createElement("button"), { type: "button" }));
    return node;
  }
  byId("aside").addEventListener("submit", (event) => {
    event.preventDefault();
    act("aside", { text: byId("words").value });
    byId("aside").reset();
    byId("words").blur();
  });
  async function chooseDoor() {
    const door = byId("door").value, out = desk.told.without_slip;
    const many = out === 1 ? "1 phone without a slip cannot vote from now on; its votes so far stay." : `${out} phones without a slip cannot vote from now on; their votes so far stay.`;
    if (door !== "seats" || !out || confirm(`${many}

Let only seats vote?`)) act("door", { door });
    await desk.queue;
    byId("door").value = desk.told.state.door;
  }
  byId("door").addEventListener("change", chooseDoor);
  byId("limit").addEventListener("submit", (event) => {
    event.preventDefault();
    act("limit", { most: Number(byId("most").value) });
  });
  byId("seats").addEventListener("submit", (event) => {
    event.preventDefault();
    location.assign(`${LIVE}seats.pdf?seats=${Number(byId("seat-count").value)}`);
  });
  byId("csv").href = `${LIVE}results.csv`;
  byId("pdf").href = `${LIVE}results.pdf`;
  byId("elsewhere").addEventListener("click", () => {
    byId("scan-code").src = `${LIVE}desk.svg`;
    byId("scan").showModal();
  });
  byId("scanned").addEventListener("click", () => byId("scan").close());
  byId("scan").addEventListener("close", () => byId("scan-code").removeAttribute("src"));

  // lifecycle/classroom/server/assets/desk_steps.js
  var planned = (step) => sum(desk.talk.steps.slice(0, step)) * 60;
  var steps = (tag, id, parts) => byId(id).replaceChildren(...desk.talk.steps.map((step, nth) => {
    const button = Object.assign(document.createElement("button"), { type: "button", title: step.headline, innerHTML: parts });
    const [number, time2, headline] = button.children;
    number.textContent = nth + 1;
    time2.textContent = minutes(planned(nth));
    if (headline) headline.textContent = step.headline + (step.ask ? " (a question)" : "");
    button.setAttribute("aria-label", `Step ${nth + 1}, from ${minutes(planned(nth))}: ${step.headline}`);
    button.addEventListener("click", () => jump(nth));
    if (tag !== "li") return button;
    const item = document.createElement("li");
    item.append(button);
    return item;
  }));
  function furnish() {
    steps("li", "strip", "<b></b><span></span>");
    steps("", "grid", "<b></b><span></span><span></span>");
    for (const button of byId("grid").children) button.setAttribute("role", "option");
  }
  function jump(step) {
    byId("overview").close();
    go({ step, points: 0 });
  }
  function overview() {
    if (byId("overview").open) return byId("overview").close();
    byId("overview").showModal();
    byId("grid").children[at().step]?.focus();
  }
  function walk(event) {
    const all = [...byId("grid").children], here = all.indexOf(document.activeElement);
    const across = Math.max(1, all.filter((each) => each.offsetTop === all[0].offsetTop).length);
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across, Home: -here, End: all.length - 1 - here }[event.key];
    if (event.key === "o") byId("overview").close();
    else if (by === void 0) return;
    else all[Math.max(0, Math.min(all.length - 1, here + by))].focus();
    event.preventDefault();
  }
  function marked(step) {
    for (const id of ["strip", "grid"]) {
      [...byId(id).children].forEach((each, nth) => {
        const button = each.firstElementChild.tagName === "BUTTON" ? each.firstElementChild : each;
        if (id === "strip" && nth === step && button.getAttribute("aria-current") !== "step") byId("strip").scrollLeft = each.offsetLeft - byId("strip").clientWidth / 2;
        if (id === "grid") button.setAttribute("aria-selected", String(nth === step));
        if (nth === step) button.setAttribute("aria-current", "step");
        else button.removeAttribute("aria-current");
      });
    }
  }

  // lifecycle/classroom/server/assets/desk_hearing.js
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
    if (!await claim() && location.hash) return setTimeout(begin, AGAIN_MS * 2);
    const answer = await ask("talk");
    if (!answer || answer.status >= 500 || answer.status === 429) {
      line(false);
      return setTimeout(begin, AGAIN_MS);
    }
    if (!answer.ok) return refused(answer.status === 403 ? "This desk opens by the presenter’s own link, the whole of it: copy it again from the page that started the class." : await words(answer));
    const said = await answer.json();
    desk.talk = said.talk;
    desk.talk.steps ??= [];
    byId("title").textContent = desk.talk.title || "The presenter’s desk";
    byId("where").textContent = `at ${said.join.replace(/^https?:\/\//, "").replace(/\/[^/]*$/, "")}`;
    byId("most").value = said.most_phones;
    byId("planned").textContent = minutes((desk.talk.minutes ?? sum(desk.talk.steps)) * 60);
    refused("");
    furnish();
    listen();
  }
  var sum = (steps2) => steps2.reduce((all, step) => all + (step.minutes ?? 1), 0);
  function listen() {
    desk.feed?.close();
    desk.feed = new EventSource(`${LIVE}events?desk=1`);
    desk.feed.onmessage = (event) => {
      alive();
      take(JSON.parse(event.data));
    };
    desk.feed.addEventListener("beat", alive);
    desk.feed.onerror = () => {
      line(false);
      if (desk.feed.readyState === 2) setTimeout(listen, AGAIN_MS);
    };
  }
  function alive() {
    desk.heardAt = Date.now();
    line(true);
  }
  function line(good) {
    byId("line").textContent = good ? "" : "No connection, trying again";
  }
  var passing = 0;
  function refused(text2, ms = 0) {
    clearTimeout(passing);
    byId("refused").textContent = text2 ?? "";
    byId("refused").classList.toggle("passing", ms > 0);
    if (ms) passing = setTimeout(refused, ms, "");
  }
  var OVERTAKEN_S = 60;
  var isOld = (said) => desk.told !== null && said.now_s < desk.told.now_s && desk.told.now_s - said.now_s < OVERTAKEN_S;
  function take(said) {
    document.documentElement.dataset.ready = "true";
    if (isOld(said)) return;
    desk.told = said;
    if (desk.card) said.state.joining = desk.card.on;
    desk.aheadS = said.now_s - Date.now() / 1e3;
    byId("desk").hidden = false;
    if (desk.leaving && !undecided()) {
      desk.leaving = null;
      refused("");
    }
    if (desk.wanted && said.state.step === desk.wanted.step && said.state.points === desk.wanted.points) desk.wanted = null;
    show();
  }

  // lifecycle/classroom/server/assets/desk_votes.js
  function buttons(state, here) {
    const judged = Boolean(state.poll) && state.poll.kind !== "open";
    const may = {
      clock: !state.over,
      ask: !state.poll && Boolean(here?.ask) && !state.over,
      close: state.open,
      reopen: Boolean(state.poll) && !state.open && !state.answered,
      discuss: judged && !state.answered && (state.round === 2 || !state.open),
      second_round: judged && state.round === 1 && !state.answered,
      reveal: judged && !state.revealed,
      answer: judged && !state.open && !state.answered,
      hide: judged && state.revealed,
      put_away: Boolean(state.poll) && !state.open,
      hide_texts: Boolean(desk.told.texts.some((each) => each.shown))
    };
    for (const button of document.querySelectorAll("[data-act]")) button.disabled = !may[button.dataset.act];
  }
  function votes({ poll, open, round, revealed, answered, key }) {
    const counted = desk.told.tally;
    text("phones", String(desk.told.here));
    text("phones-word", desk.told.here === 1 ? "phone here" : "phones here");
    text("votes", String(desk.told.votes));
    const sent = poll?.kind === "open" ? "answer" : "vote";
    text("votes-word", desk.told.votes === 1 ? sent : `${sent}s`);
    const said = poll ? `Round ${round}, ${open ? "open" : "closed"}, ${answered ? "answer shown to the hall" : revealed ? "bars shown to the hall" : poll.kind === "open" ? "the hall sees the texts that you show" : "hidden from the hall"}.` : desk.talk.steps[at().step]?.ask ? "This step has a question: Ask, or v." : "Nothing is asked.";
    const twice = counted?.shift;
    const moved = twice?.both ? ` ${twice.both} voted twice: ${twice.first} right at first, ${twice.second} right now.` : "";
    const middle = [counted?.median_said, poll && key.said].filter(Boolean).map((each) => ` ${each}.`).join("");
    const none = poll && !desk.told.votes ? ` Nobody has ${sent === "vote" ? "voted" : "answered"}${open ? " yet" : ""}.` : "";
    text("poll", said + none + middle + moved);
    const rows = poll && counted && ROWS[poll.kind] ? ROWS[poll.kind](poll, counted, key) : [];
    while (byId("tally").children.length > rows.length) byId("tally").lastChild.remove();
    rows.forEach((each, nth) => row(nth, each, counted));
    byId("tally").setAttribute("aria-label", rows.map(([name, count, right, letter]) => `${letter ? `${letter}. ` : ""}${name}: ${count}${right ? ", right" : ""}`).join("; ") || "No votes");
  }
  var choices = (poll, counted, key) => poll.options.map((html, nth) => [plain(html), counted.counts[nth], key.options.includes(nth), poll.letters[nth]]);
  var bins = (poll, counted, key) => counted.bins.map(({ low, high, count }, nth, all) => [`${answerNumber(low)} to ${answerNumber(high)} ${poll.unit}`, count, key.truth !== null && key.truth >= low && (key.truth < high || nth === all.length - 1 && key.truth <= high)]).filter(([, count, right]) => count || right);
  var ROWS = {
    single: choices,
    multiple: choices,
    number: bins,
    predict: bins,
    click: (poll, counted, key) => poll.places.filter(({ id }) => counted.places[id]).map(({ id, label }) => [label, counted.places[id], key.places.includes(id)]).sort((a, b) => b[1] - a[1])
  };
  function row(nth, [name, count, right, letter], { voted }) {
    let node = byId("tally").children[nth];
    if (!node) {
      node = Object.assign(document.createElement("div"), { className: "row", innerHTML: '<span class="text"></span><b></b><span class="bar"><i></i></span>' });
      byId("tally").append(node);
    }
    const [label, figure, bar] = node.children;
    const before = letter ? [Object.assign(document.createElement("b"), { className: "letter", textContent: letter })] : [];
    label.replaceChildren(right ? "✓ " : "", ...before, name);
    figure.textContent = count;
    node.classList.toggle("right", right);
    bar.firstChild.style.width = `${voted ? 100 * count / voted : 0}%`;
  }

  // lifecycle/classroom/server/assets/desk_draw.js
  var plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;
  function text(id, said) {
    if (byId(id).textContent !== said) byId(id).textContent = said;
  }
  function show() {
    if (!desk.told || !desk.talk) return;
    const { state } = desk.told, { step, points } = at();
    const here = desk.talk.steps[step];
    text("count", desk.talk.steps.length ? `Step ${step + 1} of ${desk.talk.steps.length}` : "No script");
    text("points", here?.points ? `· ${points} of ${here.points} points shown` : "");
    text("headline", here?.headline ?? "");
    if (desk.shownStep !== step) {
      if (desk.shownStep >= 0) scrollTo(0, 0);
      desk.shownStep = step;
      setHtml(byId("notes"), here?.notes_html ?? "");
      byId("notes").scrollTop = 0;
      setHtml(byId("sentence"), here?.text_html ?? "");
      byId("shown").replaceChildren(...(here?.points_html ?? []).map(point));
      byId("seen").hidden = !here?.text_html && !here?.points_html?.length;
      byId("seen").scrollTop = 0;
    }
    [...byId("shown").children].forEach((each, nth) => {
      const [mark, kind] = nth < points ? ["✓ shown", "shown"] : nth === points ? ["▸ next", "next"] : ["later", "later"];
      if (each.className === kind) return;
      each.className = kind;
      each.firstChild.textContent = mark;
      if (kind === "next") each.scrollIntoView?.({ block: "nearest" });
    });
    byId("desk").classList.toggle("asks", Boolean(state.poll || here?.ask));
    const inWords = asksInWords();
    text("covered", state.joining ? "How to join covers the hall’s screen. Next only takes it away." : inWords && !state.view ? "Your question covers the hall’s screen. Next only takes it away." : "");
    marked(step);
    const after = desk.talk.steps[step + 1];
    picture(after ? step + 1 : -1, after);
    byId("exploring").hidden = !state.view;
    if (state.view) byId("view").href = new URL(state.view, `${location.origin}${document.body.dataset.base}/`).href;
    text("next", after ? `Next: ${after.headline}${after.ask ? " (a question)" : ""}` : desk.talk.steps.length ? "This is the last step." : "");
    byId("black").setAttribute("aria-pressed", String(state.black));
    byId("back").disabled = !back() && !state.joining && !inWords;
    byId("join").setAttribute("aria-pressed", String(state.joining));
    byId("on").disabled = !next() && !unfolds() && !state.joining && !inWords;
    text("on", state.joining || inWords ? "Show the step ›" : unfolds() ? state.revealed ? "Answer ›" : "Bars ›" : "Next ›");
    text("typed", desk.digits);
    buttons(state, here);
    votes(state);
    time();
    showClass?.();
    if (state.over) {
      ended();
      desk.feed.close();
      refused(`The class is over. It is deleted with all its votes on ${byId("erased").textContent}.`);
    }
  }
  function ended() {
    document.documentElement.dataset.over = "true";
    for (const each of document.querySelectorAll("nav button, #strip button, #grid button, #aside :is(input, button), #doors :is(input, select, button), #end, #elsewhere, #script")) each.disabled = true;
    text("next", "");
    byId("picture").hidden = true;
    text("poll", "The class is over.");
    byId("csv").closest("details").open = true;
  }
  var point = (html) => el("li", {}, el("b"), el("span", { html }));
  function picture(step, after) {
    const shown = byId("picture");
    if (shown.dataset.step === String(step)) return;
    shown.dataset.step = step;
    shown.hidden = true;
    shown.alt = after ? `What comes next: ${after.headline}` : "";
    if (after) shown.src = `${LIVE}step/${step}.svg`;
    else shown.removeAttribute("src");
  }
  function time() {
    if (!desk.told || desk.told.state.over) return;
    const began = desk.told.state.started_s;
    const elapsed = began ? Math.max(0, Date.now() / 1e3 + desk.aheadS - began) : 0;
    text("elapsed", minutes(elapsed));
    const { step } = at();
    const start = sum(desk.talk.steps.slice(0, step)) * 60, end = start + (desk.talk.steps[step]?.minutes ?? 1) * 60;
    const late = elapsed > end ? elapsed - end : elapsed < start ? elapsed - start : 0;
    text("plan", !began ? "The clock starts with your first step." : !desk.talk.steps.length ? "" : late > 0 ? `${minutes(late)} behind the plan` : late < 0 ? `${minutes(-late)} ahead of the plan` : "As planned");
    byId("plan").classList.toggle("late", late > 0);
    const { discuss_until_s } = desk.told.state;
    text("discussed", discuss_until_s ? `They talk it over: ${minutes(Math.max(0, discuss_until_s - Date.now() / 1e3 - desk.aheadS))} left. v opens the second vote.` : "");
  }

  // lifecycle/classroom/server/assets/desk_acting.js
  function act(action, values = {}, stands = () => true) {
    desk.queue = desk.queue.then(async () => {
      if (!stands()) return;
      const answer = await ask("act", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ action, ...values }) });
      if (!answer) {
        desk.wanted = null;
        line(false);
        refused("That did not reach the server: try again.", SAID_MS);
        show();
        return;
      }
      refused(answer.ok ? "" : await words(answer.clone()), answer.ok ? 0 : SAID_MS);
      if (answer.ok) {
        line(true);
        take(await answer.json());
      } else {
        desk.wanted = null;
        show();
      }
    });
    return desk.queue;
  }
  var at = () => desk.wanted && Date.now() - desk.wantedAt < OWN_MS ? desk.wanted : desk.told ? { step: desk.told.state.step, points: desk.told.state.points } : { step: 0, points: 0 };
  var undecided = () => Boolean(desk.told.state.poll && (desk.told.state.open || desk.told.state.discuss_until_s));
  function means(step) {
    const { poll, open, step: here } = desk.told.state;
    if (!undecided() || step === here) return true;
    const waited = desk.leaving?.step === step ? Date.now() - desk.leaving.at : Infinity;
    if (waited > ECHO_MS && waited < SURE_MS) {
      refused("");
      return true;
    }
    if (waited >= SURE_MS) desk.leaving = { step, at: Date.now() };
    const asked = poll.kind === "open" ? "question" : "vote";
    refused(open ? `The ${asked} is open: once more leaves it.` : "The second vote is still to come: once more leaves it.", SURE_MS);
    return false;
  }
  function onward() {
    if (uncovers()) return;
    if (unfolds()) act("unfold");
    else go(next());
  }
  function backward() {
    if (!uncovers()) go(back());
  }
  function uncovers() {
    if (desk.told?.state.joining) joining(false);
    else if (!asksInWords()) return false;
    else if (means(null)) act("unfold");
    return true;
  }
  var asksInWords = () => desk.told?.state.poll?.kind === "open" && at().step === desk.told.state.step;
  function unfolds() {
    const { state } = desk.told ?? {};
    return state?.poll && state.poll.kind !== "open" && !state.open && !state.discuss_until_s && !state.answered && at().step === state.step;
  }
  function joining(on) {
    const mine = desk.card = { on };
    desk.told.state.joining = on;
    act("join", { on }).then(() => {
      if (desk.card === mine) desk.card = null;
    });
    show();
  }
  function go(to) {
    if (!to || !desk.told) return;
    const step = Math.max(0, Math.min(to.step, desk.talk.steps.length - 1));
    if (!means(step)) return;
    desk.wanted = { step, points: Math.max(0, Math.min(to.points, desk.talk.steps[step]?.points ?? 0)) };
    desk.wantedAt = Date.now();
    const mine = desk.wanted;
    act("go", mine, () => desk.wanted === mine);
    show();
  }
  function next() {
    const { step, points } = at();
    if (points < (desk.talk.steps[step]?.points ?? 0)) return { step, points: points + 1 };
    return step + 1 < desk.talk.steps.length ? { step: step + 1, points: 0 } : null;
  }
  function back() {
    const { step, points } = at();
    if (points > 0) return { step, points: points - 1 };
    return step > 0 ? { step: step - 1, points: desk.talk.steps[step - 1].points ?? 0 } : null;
  }

  // lifecycle/classroom/server/assets/desk.js
  var black = () => act("black", { on: !desk.told?.state.black });
  var KEYS = {
    ArrowRight: onward,
    PageDown: onward,
    ArrowDown: onward,
    " ": onward,
    ArrowLeft: backward,
    PageUp: backward,
    ArrowUp: backward,
    Home: () => go({ step: 0, points: 0 }),
    End: () => go({ step: desk.talk.steps.length - 1, points: 0 }),
    j: () => joining(!desk.told.state.joining),
    o: overview,
    b: black,
    ".": black,
    v: () => act("onward"),
    r: () => act("toggle"),
    "?": () => byId("keys").showModal()
  };
  addEventListener("keydown", (event) => {
    if (byId("overview").open) return walk(event);
    if (desk.told?.state.over && event.key !== "?") return;
    if (!desk.talk || !desk.told || event.ctrlKey || event.metaKey || event.altKey || byId("keys").open) return;
    const { key, target } = event;
    if (target.closest("input, select, textarea, dialog")) return;
    if (event.repeat && "vrbj.".includes(key)) return;
    const pressing = target.closest("button, summary") && (key === " " || key === "Enter");
    const scrolling = target.id === "notes" && (key === "ArrowDown" || key === "ArrowUp");
    if (/^[0-9]$/.test(key)) desk.digits = (desk.digits + key).slice(-3);
    else if (key === "Enter" && desk.digits) {
      const step = Number(desk.digits) - 1;
      desk.digits = "";
      if (step >= 0 && step < desk.talk.steps.length) go({ step, points: 0 });
      else refused(`There is no step ${step + 1}: the talk has ${desk.talk.steps.length}.`, SAID_MS);
    } else if (key === "Escape") desk.digits = "";
    else if (KEYS[key] && !pressing && !scrolling) {
      desk.digits = "";
      KEYS[key]();
    } else return;
    event.preventDefault();
    show();
  });
  for (const button of document.querySelectorAll("[data-act]")) button.addEventListener("click", () => act(button.dataset.act));
  byId("picture").addEventListener("load", () => {
    byId("picture").hidden = false;
  });
  byId("script").addEventListener("click", () => act("look", { view: "" }));
  byId("keys-open").addEventListener("click", () => byId("keys").showModal());
  byId("on").addEventListener("click", onward);
  byId("back").addEventListener("click", backward);
  byId("black").addEventListener("click", black);
  byId("join").addEventListener("click", () => joining(!desk.told.state.joining));
  byId("end").addEventListener("click", () => {
    if (confirm("End the class for everybody?")) act("end");
  });
  setInterval(() => {
    time();
    if (desk.feed && !desk.told?.state.over && Date.now() - desk.heardAt > SILENT_MS) {
      desk.heardAt = Date.now();
      listen();
    }
  }, 1e3);
  begin();
})();
