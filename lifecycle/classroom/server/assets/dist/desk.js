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
  function write(node, text2) {
    if (node.textContent !== text2) node.textContent = text2;
  }
  function byId(id, kind) {
    const node = document.getElementById(id);
    if (!(node instanceof (kind ?? HTMLElement))) throw new Error(`the page has no #${id} of this kind`);
    return (
      /** @type {T} */
      node
    );
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
  var isChord = (event) => event.ctrlKey || event.metaKey || event.altKey;

  // js/shared/words.js
  var answerNumber = (value) => Number(value.toPrecision(4)).toLocaleString("en");
  var two = (n) => String(n).padStart(2, "0");
  function minutes(seconds) {
    const s = Math.abs(seconds);
    return `${seconds < 0 ? "−" : ""}${Math.floor(s / 60)}:${two(Math.floor(s % 60))}`;
  }

  // lifecycle/classroom/server/assets/desk_state.js
  var { code: CODE, base: BASE } = document.body.dataset;
  var LIVE = `${BASE}/live/${CODE}/`;
  var FRONT = `${location.origin}${BASE}/`;
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
    steps: [],
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
  var door = byId("door", HTMLSelectElement);
  var most = byId("most", HTMLInputElement);
  var own = byId("aside", HTMLFormElement);
  var question = byId("words", HTMLInputElement);
  var scan = byId("scan", HTMLDialogElement);
  var scanCode = byId("scan-code", HTMLImageElement);
  function showClass({ state, texts, turned_away, expires_s }) {
    const isOpen = state.poll?.kind === "open";
    byId("written").hidden = !isOpen;
    if (isOpen) showTexts(texts);
    text("door-said", DOORS[state.door]);
    text("door-note", DOOR_NOTES[state.door]);
    if (door.dataset.at !== state.door) door.value = door.dataset.at = state.door;
    const many = turned_away === 1 ? "1 phone from one address was" : `${turned_away} phones from one address were`;
    text("away", turned_away ? `${many} turned away: raise the limit under “Who may join”.` : "");
    text("erased", new Date(expires_s * 1e3).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" }));
  }
  function showTexts(texts) {
    const list = byId("texts");
    const known = new Map(allOf(list, "li").map((each) => [each.dataset.id, each]));
    for (const { id, text: words2, shown: shown2 } of texts) {
      const node = known.get(id) ?? list.insertBefore(newText(id, words2), list.firstChild);
      known.delete(id);
      node.classList.toggle("shown", shown2);
      const button2 = oneOf(node, "button");
      button2.textContent = shown2 ? "Hide" : "Show";
      button2.setAttribute("aria-label", `${shown2 ? "Hide" : "Show the hall"}: ${words2}`);
      button2.onclick = () => act(shown2 ? "hide_text" : "show_text", { id });
    }
    for (const gone of known.values()) gone.remove();
  }
  var newText = (id, words2) => el("li", { "data-id": id }, el("span", { text: words2 }), el("button", { type: "button" }));
  own.addEventListener("submit", (event) => {
    event.preventDefault();
    act("aside", { text: question.value });
    own.reset();
    question.blur();
  });
  async function chooseDoor() {
    const wanted = door.value, out = desk.told?.without_slip;
    const many = out === 1 ? "1 phone without a slip cannot vote from now on; its votes so far stay." : `${out} phones without a slip cannot vote from now on; their votes so far stay.`;
    if (wanted !== "seats" || !out || confirm(`${many}

Let only seats vote?`)) act("door", { door: wanted });
    await desk.queue;
    if (desk.told) door.value = desk.told.state.door;
  }
  door.addEventListener("change", chooseDoor);
  byId("limit").addEventListener("submit", (event) => {
    event.preventDefault();
    act("limit", { most: Number(most.value) });
  });
  byId("seats").addEventListener("submit", (event) => {
    event.preventDefault();
    location.assign(`${LIVE}seats.pdf?seats=${Number(byId("seat-count", HTMLInputElement).value)}`);
  });
  byId("csv", HTMLAnchorElement).href = `${LIVE}results.csv`;
  byId("pdf", HTMLAnchorElement).href = `${LIVE}results.pdf`;
  byId("elsewhere").addEventListener("click", () => {
    scanCode.src = `${LIVE}desk.svg`;
    scan.showModal();
  });
  byId("scanned").addEventListener("click", () => scan.close());
  scan.addEventListener("close", () => scanCode.removeAttribute("src"));

  // lifecycle/classroom/server/assets/desk_steps.js
  var dialog = byId("overview", HTMLDialogElement);
  var grid = byId("grid");
  var strip = byId("strip");
  function button(step, nth, ...more) {
    const time2 = minutes(sum(desk.steps.slice(0, nth)) * 60);
    return el(
      "button",
      { type: "button", title: step.headline, "aria-label": `Step ${nth + 1}, from ${time2}: ${step.headline}`, onclick: () => jump(nth) },
      el("b", { text: nth + 1 }),
      el("span", { text: time2 }),
      ...more
    );
  }
  function furnish() {
    strip.replaceChildren(...desk.steps.map((step, nth) => el("li", {}, button(step, nth))));
    const headlines = desk.steps.map((step) => el("span", { text: step.headline + (step.ask ? " (a question)" : "") }));
    grid.replaceChildren(...desk.steps.map((step, nth) => button(step, nth, headlines[nth])));
    for (const each of grid.children) each.setAttribute("role", "option");
  }
  function jump(step) {
    dialog.close();
    go({ step, points: 0 });
  }
  var inGrid = () => allOf(grid, "button");
  function overview() {
    if (dialog.open) return dialog.close();
    dialog.showModal();
    inGrid()[at().step]?.focus();
  }
  function walk(event) {
    const all = inGrid(), here = all.findIndex((each) => each === document.activeElement);
    const across = Math.max(1, all.filter((each) => each.offsetTop === all[0].offsetTop).length);
    const ways = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across, Home: -here, End: all.length - 1 - here };
    const by = ways[event.key];
    if (event.key === "o") dialog.close();
    else if (by === void 0) return;
    else all[Math.max(0, Math.min(all.length - 1, here + by))].focus();
    event.preventDefault();
  }
  function marked(step) {
    const inStrip = allOf(strip, "button");
    const here = inStrip[step];
    const item = here?.getAttribute("aria-current") === "step" ? null : here?.parentElement;
    if (item) strip.scrollLeft = item.offsetLeft - strip.clientWidth / 2;
    for (const buttons2 of [inStrip, inGrid()]) {
      buttons2.forEach((each, nth) => {
        if (nth === step) each.setAttribute("aria-current", "step");
        else each.removeAttribute("aria-current");
      });
    }
    inGrid().forEach((each, nth) => each.setAttribute("aria-selected", String(nth === step)));
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
    if (!await claim() && location.hash) return void setTimeout(begin, AGAIN_MS * 2);
    const answer = await ask("talk");
    if (!answer || answer.status >= 500 || answer.status === 429) {
      line(false);
      return void setTimeout(begin, AGAIN_MS);
    }
    if (!answer.ok) return refused(answer.status === 403 ? "This desk opens by the presenter’s own link, the whole of it: copy it again from the page that started the class." : await words(answer));
    const { talk, join: join2, most_phones } = await answer.json();
    Object.assign(desk, { talk, steps: talk.steps ?? [] });
    byId("title").textContent = talk.title || "The presenter’s desk";
    byId("where").textContent = `at ${join2.replace(/^https?:\/\//, "").replace(/\/[^/]*$/, "")}`;
    byId("most", HTMLInputElement).value = String(most_phones);
    byId("planned").textContent = minutes((talk.minutes ?? sum(desk.steps)) * 60);
    refused("");
    furnish();
    listen();
  }
  var sum = (steps2) => steps2.reduce((all, step) => all + (step.minutes ?? 1), 0);
  function listen() {
    desk.feed?.close();
    const feed = desk.feed = new EventSource(`${LIVE}events?desk=1`);
    feed.onmessage = (event) => {
      alive();
      take(JSON.parse(event.data));
    };
    feed.addEventListener("beat", alive);
    feed.onerror = () => {
      line(false);
      if (feed.readyState === EventSource.CLOSED) setTimeout(listen, AGAIN_MS);
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
  var refusals = 0;
  function refused(text2, ms = 0) {
    clearTimeout(passing);
    if (text2) refusals += 1;
    byId("refused").textContent = text2;
    byId("refused").classList.toggle("passing", ms > 0);
    if (ms) passing = setTimeout(refused, ms, "");
  }
  function taker() {
    const before = refusals;
    return () => {
      if (refusals === before) refused("");
    };
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

  // js/shared/voting_words.js
  function rightInWords(both, first, second) {
    if (!both) return "Nobody has voted twice";
    if (both === 1) {
      const [was, is] = [first, second].map((right) => right ? "right" : "wrong");
      return `1 voted twice: ${was === is ? `${was} both times` : `${was} at first, ${is} now`}`;
    }
    return `${both} voted twice: ${first || "none"} right at first, ${second || "none"} right now`;
  }

  // lifecycle/classroom/server/assets/desk_votes.js
  function acts() {
    const all = allOf(document, "[data-act]");
    return all.map((button2) => ({ button: button2, action: (
      /** @type {ActSent["action"]} */
      button2.dataset.act
    ) }));
  }
  function buttons({ state, texts }, asks) {
    const judged = Boolean(state.poll) && state.poll?.kind !== "open";
    const may = {
      clock: !state.over,
      ask: !state.poll && asks && !state.over,
      close: state.open,
      reopen: Boolean(state.poll) && !state.open && !state.answered,
      discuss: judged && !state.answered && (state.round === 2 || !state.open),
      second_round: judged && state.round === 1 && !state.answered,
      reveal: judged && !state.revealed,
      answer: judged && !state.open && !state.answered,
      hide: judged && state.revealed,
      put_away: Boolean(state.poll) && !state.open,
      hide_texts: texts.some((each) => each.shown)
    };
    for (const { button: button2, action } of acts()) button2.disabled = !may[action];
  }
  function votes({ state, here, votes: cast, tally: counted }) {
    const { poll, open, round, revealed, answered, key } = state;
    text("phones", String(here));
    text("phones-word", here === 1 ? "phone here" : "phones here");
    text("votes", String(cast));
    const sent = poll?.kind === "open" ? "answer" : "vote";
    text("votes-word", cast === 1 ? sent : `${sent}s`);
    const said = poll ? `Round ${round}, ${open ? "open" : "closed"}, ${answered ? "answer shown to the hall" : revealed ? "bars shown to the hall" : poll.kind === "open" ? "the hall sees the texts that you show" : "hidden from the hall"}.` : desk.steps[at().step]?.ask ? "This step has a question: Ask, or v." : "Nothing is asked.";
    const twice = counted?.shift;
    const moved = twice ? ` ${rightInWords(twice.both, twice.first, twice.second)}.` : "";
    const middle = [counted?.median_said, poll && key?.said].filter(Boolean).map((each) => ` ${each}.`).join("");
    const none = poll && !cast ? ` Nobody has ${sent === "vote" ? "voted" : "answered"}${open ? " yet" : ""}.` : "";
    text("poll", said + none + middle + moved);
    const rows = poll && counted && key ? ROWS[poll.kind](poll, counted, key) : [];
    const list = byId("tally");
    while (list.children.length > rows.length) list.lastChild?.remove();
    rows.forEach((each, nth) => show2(list, nth, each, counted?.voted ?? 0));
    list.setAttribute("aria-label", rows.map(({ name, count, right, letter }) => `${letter ? `${letter}. ` : ""}${name}: ${count}${right ? ", right" : ""}`).join("; ") || "No votes");
  }
  var choices = (poll, counted, key) => poll.options.map((html, nth) => ({ name: plain(html), count: counted.counts[nth], right: key.options.includes(nth), letter: poll.letters[nth] }));
  var bins = (poll, counted, { truth }) => counted.bins.map(({ low, high, count }, nth, all) => ({
    name: `${answerNumber(low)} to ${answerNumber(high)} ${poll.unit}`,
    count,
    right: truth !== null && truth >= low && (truth < high || nth === all.length - 1 && truth <= high)
  })).filter(({ count, right }) => count || right);
  var places = (poll, counted, key) => poll.places.map(({ id, label }) => ({ name: label, count: counted.places[id] ?? 0, right: key.places.includes(id) })).filter(({ count, right }) => count || right).sort((a, b) => b.count - a.count);
  var ROWS = { single: choices, multiple: choices, number: bins, predict: bins, click: places, open: () => [] };
  function show2(list, nth, { name, count, right, letter }, voted) {
    const node = list.children[nth] ?? list.appendChild(
      el("div", { class: "row" }, el("span", { class: "text" }), el("b"), el("span", { class: "bar" }, el("i")))
    );
    const [label, figure] = node.children;
    label.replaceChildren(right ? "✓ " : "", ...letter ? [el("b", { class: "letter", text: letter })] : [], name);
    figure.textContent = String(count);
    node.classList.toggle("right", right);
    oneOf(node, ".bar > i").style.width = `${voted ? 100 * count / voted : 0}%`;
  }

  // lifecycle/classroom/server/assets/desk_draw.js
  var plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent ?? "";
  var text = (id, said) => write(byId(id), said);
  function show() {
    if (!desk.told || !desk.talk) return;
    const { state } = desk.told, { step, points } = at();
    const here = desk.steps[step];
    text("count", desk.steps.length ? `Step ${step + 1} of ${desk.steps.length}` : "No script");
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
      write(oneOf(each, "b"), mark);
      if (kind === "next") each.scrollIntoView?.({ block: "nearest" });
    });
    byId("desk").classList.toggle("asks", Boolean(state.poll || here?.ask));
    const inWords = asksInWords();
    const covers = state.joining ? "How to join" : inWords && !state.view ? "Your question" : "";
    text("covered", covers && `${covers} covers the hall’s screen. “Show the step” only takes it away.`);
    marked(step);
    const after = desk.steps[step + 1];
    picture(after ? step + 1 : -1, after);
    byId("exploring").hidden = !state.view;
    if (state.view) byId("view", HTMLAnchorElement).href = new URL(state.view, FRONT).href;
    text("next", after ? `Next: ${after.headline}${after.ask ? " (a question)" : ""}` : desk.steps.length ? "This is the last step." : "");
    byId("black").setAttribute("aria-pressed", String(state.black));
    byId("back", HTMLButtonElement).disabled = !back() && !state.joining && !inWords;
    byId("join").setAttribute("aria-pressed", String(state.joining));
    byId("on", HTMLButtonElement).disabled = !next() && !unfolds() && !state.joining && !inWords;
    text("on", state.joining || inWords ? "Show the step ›" : unfolds() ? state.revealed ? "Answer ›" : "Bars ›" : "Next ›");
    text("typed", desk.digits);
    buttons(desk.told, Boolean(here?.ask));
    votes(desk.told);
    time();
    showClass(desk.told);
    if (state.over) {
      ended();
      desk.feed?.close();
      refused(`The class is over. It is deleted with all its votes on ${byId("erased").textContent}.`);
    }
  }
  function ended() {
    document.documentElement.dataset.over = "true";
    const dead = allOf(document, "nav button, #strip button, #grid button, #aside :is(input, button), #doors :is(input, select, button), #end, #elsewhere, #script");
    for (const each of dead) each.disabled = true;
    text("next", "");
    byId("picture").hidden = true;
    text("poll", "The class is over.");
    const results = byId("csv").closest("details");
    if (results) results.open = true;
  }
  var point = (html) => el("li", {}, el("b"), el("span", { html }));
  function picture(step, after) {
    const shown2 = byId("picture", HTMLImageElement);
    if (shown2.dataset.step === String(step)) return;
    shown2.dataset.step = String(step);
    shown2.hidden = true;
    shown2.alt = after ? `What comes next: ${after.headline}` : "";
    if (after) shown2.src = `${LIVE}step/${step}.svg`;
    else shown2.removeAttribute("src");
  }
  function time() {
    if (!desk.told || desk.told.state.over) return;
    const began = desk.told.state.started_s;
    const elapsed = began ? Math.max(0, Date.now() / 1e3 + desk.aheadS - began) : 0;
    text("elapsed", minutes(elapsed));
    const { step } = at();
    const start = sum(desk.steps.slice(0, step)) * 60, end = start + (desk.steps[step]?.minutes ?? 1) * 60;
    const late = elapsed > end ? elapsed - end : elapsed < start ? elapsed - start : 0;
    text("plan", !began ? "The clock starts with your first step." : !desk.steps.length ? "" : late > 0 ? `${minutes(late)} behind the plan` : late < 0 ? `${minutes(-late)} ahead of the plan` : "As planned");
    byId("plan").classList.toggle("late", late > 0);
    const { discuss_until_s } = desk.told.state;
    text("discussed", discuss_until_s ? `They talk it over: ${minutes(Math.max(0, discuss_until_s - Date.now() / 1e3 - desk.aheadS))} left. v opens the second vote.` : "");
  }

  // lifecycle/classroom/server/assets/desk_acting.js
  function act(action, values = {}, stands = () => true) {
    desk.queue = desk.queue.then(async () => {
      if (!stands()) return;
      const sent = { action, ...values }, heard = taker();
      const answer = await ask("act", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent) });
      if (!answer) {
        desk.wanted = null;
        line(false);
        refused("That did not reach the server: try again.", SAID_MS);
        show();
        return;
      }
      if (answer.ok) heard();
      else refused(await words(answer), SAID_MS);
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
  function at() {
    if (desk.wanted && Date.now() - desk.wantedAt < OWN_MS) return desk.wanted;
    return desk.told ? { step: desk.told.state.step, points: desk.told.state.points } : { step: 0, points: 0 };
  }
  function undecided() {
    const state = desk.told?.state;
    return Boolean(state?.poll && (state.open || state.discuss_until_s));
  }
  function means(step) {
    const state = desk.told?.state;
    if (!state || !undecided() || step === state.step) return true;
    const waited = desk.leaving && desk.leaving.step === step ? Date.now() - desk.leaving.at : Infinity;
    if (waited > ECHO_MS && waited < SURE_MS) {
      refused("");
      return true;
    }
    if (waited >= SURE_MS) desk.leaving = { step, at: Date.now() };
    const asked = state.poll?.kind === "open" ? "question" : "vote";
    refused(state.open ? `The ${asked} is open: press again to leave it.` : "The second vote is still to come: press again to leave it.", SURE_MS);
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
  function asksInWords() {
    const state = desk.told?.state;
    return state?.poll?.kind === "open" && at().step === state.step;
  }
  function unfolds() {
    const state = desk.told?.state;
    return Boolean(state?.poll && state.poll.kind !== "open" && !state.open && !state.discuss_until_s && !state.answered && at().step === state.step);
  }
  function joining(on) {
    if (!desk.told) return;
    const mine = desk.card = { on };
    desk.told.state.joining = on;
    act("join", { on }).then(() => {
      if (desk.card === mine) desk.card = null;
    });
    show();
  }
  function go(to) {
    if (!to || !desk.told) return;
    const step = Math.max(0, Math.min(to.step, desk.steps.length - 1));
    if (!means(step)) return;
    const mine = desk.wanted = { step, points: Math.max(0, Math.min(to.points, pointsOf(step))) };
    desk.wantedAt = Date.now();
    act("go", mine, () => desk.wanted === mine);
    show();
  }
  var pointsOf = (step) => desk.steps[step]?.points ?? 0;
  function next() {
    const { step, points } = at();
    if (points < pointsOf(step)) return { step, points: points + 1 };
    return step + 1 < desk.steps.length ? { step: step + 1, points: 0 } : null;
  }
  function back() {
    const { step, points } = at();
    if (points > 0) return { step, points: points - 1 };
    return step > 0 ? { step: step - 1, points: pointsOf(step - 1) } : null;
  }

  // lifecycle/classroom/server/assets/desk.js
  var black = () => act("black", { on: !desk.told?.state.black });
  var join = () => joining(!desk.told?.state.joining);
  var keys = byId("keys", HTMLDialogElement);
  var steps = byId("overview", HTMLDialogElement);
  var shown = byId("picture", HTMLImageElement);
  var KEYS = {
    ArrowRight: onward,
    PageDown: onward,
    ArrowDown: onward,
    " ": onward,
    ArrowLeft: backward,
    PageUp: backward,
    ArrowUp: backward,
    Home: () => go({ step: 0, points: 0 }),
    End: () => go({ step: desk.steps.length - 1, points: 0 }),
    j: join,
    o: overview,
    b: black,
    ".": black,
    v: () => act("onward"),
    r: () => act("toggle"),
    "?": () => keys.showModal()
  };
  addEventListener("keydown", (event) => {
    if (steps.open) return walk(event);
    if (desk.told?.state.over && event.key !== "?") return;
    if (!desk.talk || !desk.told || isChord(event) || keys.open) return;
    const { key } = event, target = event.target instanceof Element ? event.target : null;
    if (target?.closest("input, select, textarea, dialog[open]")) return;
    if (event.repeat && "vrbj.".includes(key)) return;
    const pressing = target?.closest("button, summary") && (key === " " || key === "Enter");
    const scrolling = target?.id === "notes" && (key === "ArrowDown" || key === "ArrowUp");
    const does = KEYS[key];
    if (/^[0-9]$/.test(key)) desk.digits = (desk.digits + key).slice(-3);
    else if (key === "Enter" && desk.digits) {
      const step = Number(desk.digits) - 1;
      desk.digits = "";
      if (step >= 0 && step < desk.steps.length) go({ step, points: 0 });
      else refused(`There is no step ${step + 1}: the talk has ${desk.steps.length}.`, SAID_MS);
    } else if (key === "Escape") desk.digits = "";
    else if (does && !pressing && !scrolling) {
      desk.digits = "";
      does();
    } else return;
    event.preventDefault();
    show();
  });
  for (const { button: button2, action } of acts()) button2.addEventListener("click", () => act(action));
  shown.addEventListener("load", () => {
    shown.hidden = false;
  });
  byId("script").addEventListener("click", () => act("look", { view: "" }));
  byId("keys-open").addEventListener("click", () => keys.showModal());
  byId("on").addEventListener("click", onward);
  byId("back").addEventListener("click", backward);
  byId("black").addEventListener("click", black);
  byId("join").addEventListener("click", join);
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
