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
  function write(node, text) {
    if (node.textContent !== text) node.textContent = text;
  }
  function byId(id, kind) {
    const node = document.getElementById(id);
    if (!(node instanceof (kind ?? HTMLElement))) throw new Error(`the page has no #${id} of this kind`);
    return (
      /** @type {T} */
      node
    );
  }
  var allOf = (root, selector) => (
    /** @type {T[]} */
    [...root.querySelectorAll(selector)]
  );
  var copyOf = (node, whole = false) => (
    /** @type {T} */
    node.cloneNode(whole)
  );

  // js/shared/words.js
  var answerNumber = (value) => Number(value.toPrecision(4)).toLocaleString("en");
  var two = (n) => String(n).padStart(2, "0");
  function minutes(seconds) {
    const s = Math.abs(seconds);
    return `${seconds < 0 ? "−" : ""}${Math.floor(s / 60)}:${two(Math.floor(s % 60))}`;
  }
  var plural = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;

  // lifecycle/classroom/server/assets/phone_state.js
  var { code: CODE, base: BASE } = document.body.dataset;
  var LIVE = `${BASE}/live/${CODE}/`;
  var JOIN = `${BASE}/join`;
  var KEEP = `headwaters-${CODE}`;
  var SILENT_MS = 4e4;
  var POLL_MS = 3e3;
  var LONGEST_MS = 8e3;
  var PATIENCE_MS = 1e4;
  var same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  var phone = {
    told: null,
    draft: null,
    pending: null,
    sending: false,
    tries: 0,
    retry: 0,
    over: false,
    aheadS: 0,
    heardAt: 0,
    polling: 0,
    drawn: ""
  };
  function keep() {
    const kept2 = { pending: phone.pending, draft: phone.draft, at: mark() };
    try {
      localStorage.setItem(KEEP, JSON.stringify(kept2));
    } catch {
    }
  }
  function restore() {
    try {
      const kept2 = JSON.parse(localStorage.getItem(KEEP) ?? "null");
      phone.pending = kept2?.pending ?? null;
      return kept2;
    } catch {
      return null;
    }
  }
  var mark = () => phone.told?.state.poll ? `${phone.told.state.poll.id} ${phone.told.state.round}` : "";
  var kept = restore();
  var newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");
  function seated() {
    const seat = new URLSearchParams(location.search).get("seat");
    if (!seat) return "";
    let device = null;
    try {
      device = localStorage.getItem("headwaters-device");
    } catch {
    }
    device ??= newKey();
    try {
      localStorage.setItem("headwaters-device", device);
    } catch {
    }
    return `?${new URLSearchParams({ seat, device })}`;
  }

  // lifecycle/classroom/server/assets/phone_hearing.js
  var feed = null;
  function listen() {
    feed?.close();
    feed = new EventSource(`${LIVE}events`);
    feed.onmessage = (event) => hear(JSON.parse(event.data));
    feed.addEventListener("beat", () => alive());
    feed.onerror = () => {
      line(false);
      if (!phone.polling) poll();
    };
  }
  function alive() {
    phone.heardAt = Date.now();
    clearTimeout(phone.polling);
    phone.polling = 0;
    line(true);
  }
  async function poll() {
    clearTimeout(phone.polling);
    phone.polling = setTimeout(poll, POLL_MS * (0.7 + 0.6 * Math.random()));
    const answer = await ask(phone.told ? "state" : `state${seated()}`);
    if (phone.over) return;
    if (answer?.ok) {
      const said = await answer.json().catch(() => null);
      if (said) {
        line(true);
        take(said);
      }
      if (!feed || feed.readyState === EventSource.CLOSED) listen();
    } else if (answer?.status === 404) gone(await words(answer) || "There is no class of this code.");
    else if (answer && !phone.told && [403, 409, 429].includes(answer.status)) {
      line(true);
      waiting(await words(answer));
    }
  }
  function hear(said) {
    alive();
    take(said);
  }
  function line(good) {
    byId("line").textContent = good ? "" : "No connection, trying again";
    byId("line").className = good ? "" : "bad";
  }
  function ask(what, options2 = {}) {
    return fetch(LIVE + what, { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE_MS), ...options2 }).catch(() => null);
  }
  var words = (answer) => answer.json().then((said) => said.error, () => "");
  function take(said) {
    const before = mark();
    phone.told = said;
    phone.aheadS = said.now_s - Date.now() / 1e3;
    if (said.state.over) return gone();
    if (mark() !== before) {
      phone.draft = said.mine;
      if (kept?.at === mark() && kept.draft && !phone.drawn) phone.draft = kept.draft;
      phone.tries = 0;
    }
    if (phone.pending && `${phone.pending.poll} ${phone.pending.round}` !== mark()) {
      phone.pending = null;
      if (mark()) say("That question had closed when your answer came.", "bad");
    } else if (phone.pending && same(phone.pending.ballot, said.mine)) recorded();
    else if (phone.pending && !phone.sending) send();
    show();
  }
  function gone(said) {
    phone.over = true;
    feed?.close();
    clearTimeout(phone.polling);
    try {
      localStorage.removeItem(KEEP);
    } catch {
    }
    for (const id of ["wait", "ask", "answer"]) byId(id).hidden = true;
    if (said) byId("over").replaceChildren(el("h1", { text: "No class here" }), el("p", { text: said }), el("p", {}, el("a", { href: JOIN, text: "Type a code" })));
    byId("over").hidden = false;
    line(true);
  }

  // lifecycle/classroom/server/assets/phone_voting.js
  function choose(ballot) {
    phone.draft = ballot;
    keep();
    showButton();
  }
  function vote(event) {
    event.preventDefault();
    const state = phone.told?.state;
    if (!phone.draft || !state?.poll || !state.open) return;
    phone.pending = { key: newKey(), poll: state.poll.id, round: state.round, ballot: phone.draft };
    phone.tries = 0;
    keep();
    send();
  }
  async function send() {
    clearTimeout(phone.retry);
    const job = phone.pending;
    if (!job || phone.sending) return;
    phone.sending = true;
    if (!phone.tries) say("Sending…");
    showButton();
    const answer = await ask("vote", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(job) });
    phone.sending = false;
    if (phone.pending !== job) return phone.pending ? send() : void 0;
    if (answer?.ok) {
      const { ballot } = await answer.json().catch(() => ({}));
      const mine = ballot ?? job.ballot;
      if (phone.told) phone.told.mine = mine;
      if (same(phone.draft, job.ballot)) phone.draft = mine;
      recorded();
    } else if (answer && [400, 409, 413, 403].includes(answer.status)) {
      phone.pending = null;
      say(await words(answer) || "Your answer was not taken.", "bad");
    } else {
      phone.tries += 1;
      if (answer?.status === 401) await ask("state");
      say(answer && answer.status === 401 && phone.tries > 2 ? await words(answer) : "Not sent yet. Your choice is kept; trying again…", "bad");
      const wait = Number(answer?.headers.get("Retry-After")) * 1e3 || Math.min(LONGEST_MS, 400 * 2 ** phone.tries);
      phone.retry = setTimeout(send, wait * (0.7 + 0.6 * Math.random()));
    }
    keep();
    showButton();
  }
  function recorded() {
    phone.pending = null;
    phone.tries = 0;
    keep();
    say(phone.told?.state.open ? `Recorded. You can change it until the ${called().asked} closes.` : "Recorded.", "good");
    showButton();
  }
  var called = () => phone.told?.state.poll?.kind === "open" ? { asked: "question", mine: "answer" } : { asked: "vote", mine: "vote" };
  function say(text, kind = "") {
    if (byId("said").textContent !== text) byId("said").textContent = text;
    byId("said").className = kind;
  }

  // lifecycle/classroom/server/assets/phone_answer.js
  function showAnswer({ key, poll: poll2 }, mine) {
    const box = byId("answer"), anew = box.hidden;
    box.hidden = !key;
    if (!key || !poll2) return;
    const unit = poll2.unit ? ` ${poll2.unit}` : "";
    const label = (id) => poll2.places.find((place) => place.id === id)?.label ?? id;
    let good = null;
    let said;
    if (poll2.kind === "predict") {
      said = [`${key.said}.`, mine ? `You said ${answerNumber(Number(mine.number))}${unit}.` : ""];
    } else if (poll2.kind === "number") {
      const value = mine?.number;
      good = typeof value === "number" && key.truth !== null ? Math.abs(value - key.truth) <= key.tolerance + 1e-9 * Math.abs(key.truth) : null;
      said = [`${key.said}.`, mine ? `You said ${mine.number}${unit}.` : ""];
    } else if (poll2.kind === "click") {
      const chosen = mine?.place ?? "";
      good = mine ? key.places.includes(chosen) : null;
      const nth = poll2.places.findIndex((place) => place.id === chosen);
      said = [`Right: ${key.places.map(label).join(", ")}.`, mine && !good ? `You chose ${label(chosen)}.` : ""];
      if (nth >= 0 && key.feedback[nth]) said.push(el("span", { html: key.feedback[nth] }));
    } else {
      const chosen = mine?.chosen ?? [];
      const named = (options2) => options2.map((nth) => poll2.letters[nth]).join(", ");
      good = mine ? same(chosen, [...key.options].sort((a, b) => a - b)) : null;
      said = [`Right: ${named(key.options)}.`, mine && !good ? `You chose ${named(chosen)}.` : ""];
    }
    box.classList.toggle("missed", good === false);
    const title = good === null ? mine ? "" : "The answer" : good ? "Right" : "Not this time";
    if (!mine) said.push(`You did not ${called().mine}.`);
    box.replaceChildren(...title ? [el("h2", { text: title })] : [], ...said.filter(Boolean).map((each) => el("p", {}, each)), el("div", { html: key.why }));
    if (anew) box.scrollIntoView({ block: "nearest" });
  }

  // lifecycle/classroom/server/assets/phone_map.js
  var picture = null;
  async function diagram(map, poll2, tapped) {
    picture ??= ask("diagram.svg").then((answer) => answer?.ok ? answer.text() : Promise.reject(new Error()));
    try {
      const svg = document.importNode(new DOMParser().parseFromString(await picture, "image/svg+xml").documentElement, true);
      for (const name of ["width", "height"]) svg.removeAttribute(name);
      for (const title of svg.querySelectorAll("title")) title.remove();
      for (const { id } of poll2.places) {
        const [spot] = spots(svg, `#${CSS.escape(id.includes("->") ? `flow-${id.replace("->", "-")}` : `stage-${id}`)}`);
        if (!spot) continue;
        spot.classList.add("spot");
        spot.dataset.place = id;
        spot.addEventListener("click", () => tapped(id));
      }
      map.replaceChildren(svg);
      const outlines = allOf(svg, ".spot > path");
      for (const path of outlines) {
        if (path.closest(".node") && path.getBBox().height > 40) continue;
        const touch = copyOf(path);
        touch.classList.add("touch");
        path.after(touch);
      }
    } catch {
      picture = null;
      map.replaceChildren();
    }
  }
  var spots = (within, selector) => allOf(within, selector);
  function light(map, state) {
    for (const spot of spots(map, ".spot")) {
      const place = spot.dataset.place ?? "";
      spot.classList.toggle("mine", place === phone.draft?.place);
      spot.classList.toggle("right", Boolean(state.key?.places.includes(place)));
    }
  }

  // lifecycle/classroom/server/assets/phone_draw.js
  var LONGEST_TEXT = 140;
  var choices = byId("choices");
  function show() {
    const { told } = phone;
    if (!told) return;
    const { state } = told, poll2 = told.votes_here ? state.poll : null;
    waiting(told.votes_here ? "" : "Only seats vote from now on: scan the code on the slip at your seat. What you voted before counts.", "Voting is by seat now");
    byId("wait").hidden = Boolean(poll2);
    byId("ask").hidden = !poll2;
    if (!poll2) {
      phone.drawn = "";
      byId("answer").hidden = true;
      return;
    }
    const absent = !state.open && !state.discuss_until_s && !told.mine && !phone.pending;
    const now = `${mark()} ${state.open} ${Boolean(state.key)} ${state.discuss_until_s ?? ""} ${absent}`;
    if (now !== phone.drawn) {
      const anew = !phone.drawn.startsWith(`${mark()} `);
      phone.drawn = now;
      byId("round").textContent = state.round === 2 ? `Second vote${state.open ? ": choose again after talking it over" : ""}` : state.rounds === 2 ? `First vote${state.open ? ": by yourself" : ""}` : "";
      if (anew) {
        setHtml(byId("stem"), poll2.stem);
        say("");
      }
      if (state.key) phone.draft = told.mine;
      DRAW[poll2.kind](poll2, state);
      if (absent) takeAway();
      const inputs = allOf(choices, "input, select");
      for (const input of inputs) input.disabled = !state.open;
      if (!phone.pending) standing(told);
      showAnswer(state, told.mine);
    }
    showButton();
  }
  function takeAway() {
    for (const input of choices.querySelectorAll("input, select, textarea")) (input.closest("label.option") ? input : input.closest(".number") ?? input).remove();
    for (const rest of choices.querySelectorAll(".number, .ends, .soft")) rest.remove();
  }
  function waiting(why, heading = "Not in yet") {
    const [title, words2] = why ? [heading, why] : ["You are in", "Look at the screen. The next question comes here by itself."];
    const [head, text] = byId("wait").children;
    write(head, title);
    write(text, words2);
  }
  function standing({ state, mine }) {
    if (state.open) {
      if (mine) recorded();
      else if (byId("said").className !== "bad") say("");
    } else if (state.discuss_until_s) talkItOver();
    else if (mine) say(state.key ? "" : `The ${called().asked} is closed. Your ${called().mine} is recorded.`, "good");
    else if (byId("said").className !== "bad") say(state.key ? "" : `The ${called().asked} is closed. You did not ${called().mine}.`);
  }
  function talkItOver() {
    const until = phone.told?.state.discuss_until_s;
    if (!until) return;
    const left = Math.max(0, Math.ceil(until - Date.now() / 1e3 - phone.aheadS));
    say(`Talk to your neighbour, ${minutes(left)}. Then you vote again.`, "good");
  }
  function showButton() {
    if (!phone.told) return;
    const button = byId("send", HTMLButtonElement), { mine, state } = phone.told;
    button.hidden = !state.open;
    button.disabled = !phone.draft || Boolean(phone.pending) || same(phone.draft, mine);
    button.textContent = mine ? `Change my ${called().mine}` : "Send";
  }
  var DRAW = {
    single: (poll2, state) => options(poll2, state, "radio"),
    multiple: (poll2, state) => options(poll2, state, "checkbox"),
    number(poll2) {
      const input = el("input", { id: "number", type: "text", inputmode: "decimal", autocomplete: "off", maxlength: 40, value: phone.draft?.number ?? "" });
      input.oninput = () => choose(input.value.trim() ? { number: input.value.trim() } : null);
      put(el("div", { class: "number" }, el("label", { for: "number", text: poll2.unit ? `A number, in ${poll2.unit}` : "A number" }), input, el("p", { class: "hint", text: poll2.taken })));
    },
    predict(poll2) {
      const fine = 10 ** Math.floor(Math.log10((poll2.high - poll2.low) / 100));
      const input = el("input", { id: "number", type: "range", min: poll2.low, max: poll2.high, step: fine });
      const drafted = phone.draft?.number;
      input.value = String(drafted ?? (poll2.low + poll2.high) / 2);
      const shown = el("output", { for: "number" });
      const tell = (words2) => {
        shown.textContent = words2;
        input.setAttribute("aria-valuetext", words2);
      };
      tell(drafted === void 0 ? "Move the slider" : `${answerNumber(Number(drafted))} ${poll2.unit}`);
      input.oninput = () => {
        choose({ number: Number(input.value) });
        tell(`${answerNumber(Number(input.value))} ${poll2.unit}`);
      };
      put(
        el("div", { class: "number" }, el("label", { for: "number", text: "Your prediction" }), shown),
        input,
        el("div", { class: "ends", "aria-hidden": "true" }, el("span", { text: `${answerNumber(poll2.low)} ${poll2.unit}` }), el("span", { text: `${answerNumber(poll2.high)} ${poll2.unit}` }))
      );
    },
    open(_poll, state) {
      const field = el("textarea", { id: "text", maxlength: LONGEST_TEXT, rows: 3, "aria-label": "Your answer, in a few words" });
      field.value = phone.draft?.text ?? "";
      const left = el("output", { class: "soft" });
      const count = () => {
        left.textContent = `${plural(LONGEST_TEXT - field.value.length, "character")} left`;
      };
      field.oninput = () => {
        choose(field.value.trim() ? { text: field.value } : null);
        count();
      };
      count();
      put(field, left, el("p", { class: "soft", text: "The presenter reads it first, and may show it to everybody. No name stands with it." }));
      field.disabled = !state.open;
    },
    click(poll2, state) {
      const select = el(
        "select",
        { id: "place", "aria-label": "A place of the diagram" },
        el("option", { value: "", text: "Tap the diagram, or choose here" }),
        ...poll2.places.map(({ id, label }) => el("option", { value: id, text: label }))
      );
      select.value = phone.draft?.place ?? "";
      const map = document.getElementById("map") ?? el("div", { id: "map", "aria-hidden": "true" });
      const chosen = () => {
        choose(select.value ? { place: select.value } : null);
        light(map, state);
      };
      select.onchange = chosen;
      put(select, map);
      diagram(map, poll2, (id) => {
        if (!select.disabled) {
          select.value = id;
          chosen();
        }
      }).then(() => light(map, state));
    }
  };
  function put(...nodes) {
    const [legend] = choices.children;
    choices.replaceChildren(legend, ...nodes);
  }
  function options(poll2, state, type) {
    const chosen = phone.draft?.chosen ?? [];
    put(...poll2.hint ? [el("p", { class: "hint", text: poll2.hint })] : [], ...poll2.options.map((html, index) => {
      const input = el("input", { type, name: "option", value: index, checked: chosen.includes(index) });
      input.onchange = () => {
        const checked = allOf(choices, ":checked");
        choose(checked.length ? { chosen: checked.map((each) => Number(each.value)) } : null);
      };
      const label = el("label", { class: "option" }, input, el("b", { class: "letter", text: poll2.letters[index] }), el("span", { html }));
      if (state.key) markOption(label, state.key, index, (phone.told?.mine?.chosen ?? []).includes(index));
      return label;
    }));
  }
  function markOption(label, key, index, mine) {
    const right = key.options.includes(index);
    label.classList.toggle("right", right);
    label.classList.toggle("missed", mine && !right);
    const said = right ? mine ? "✓ Right, and yours" : "✓ Right" : mine ? "✗ Yours" : "";
    if (said) label.append(el("small", {}, el("span", { class: "mark", text: said }), mine && key.feedback[index] ? el("span", { html: `. ${key.feedback[index]}` }) : ""));
  }

  // lifecycle/classroom/server/assets/phone.js
  byId("ask").addEventListener("submit", vote);
  addEventListener("online", () => {
    if (!phone.over) {
      listen();
      send();
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && !phone.over && Date.now() - phone.heardAt > 5e3) poll();
  });
  setInterval(() => {
    if (!phone.over && !phone.polling && Date.now() - phone.heardAt > SILENT_MS) {
      line(false);
      listen();
      poll();
    }
  }, 5e3);
  setInterval(() => {
    if (phone.told?.state.discuss_until_s && !phone.over && !phone.pending && phone.told.votes_here) talkItOver();
  }, 1e3);
  (async () => {
    const answer = await ask(`state${seated()}`);
    if (answer?.ok) {
      const said = await answer.json();
      hear(said);
    } else if (answer?.status === 404) return gone(await words(answer));
    else if (answer && [403, 409, 429].includes(answer.status)) {
      waiting(await words(answer));
      return poll();
    }
    listen();
  })();
})();
