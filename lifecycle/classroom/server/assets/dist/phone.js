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

  // lifecycle/classroom/server/assets/phone_state.js
  var CODE = document.body.dataset.code;
  var LIVE = `${document.body.dataset.base}/live/${CODE}/`;
  var KEEP = `headwaters-${CODE}`;
  var SILENT_MS = 4e4;
  var POLL_MS = 3e3;
  var LONGEST_MS = 8e3;
  var PATIENCE_MS = 1e4;
  var same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  var phone = {
    told: null,
    // what the server said last: state and own vote
    draft: null,
    // the choice as it stands on the phone, null for none
    pending: null,
    // a vote that is not acknowledged yet: {key, poll, round, ballot}
    sending: false,
    tries: 0,
    retry: 0,
    over: false,
    aheadS: 0,
    heardAt: 0,
    polling: 0,
    drawn: ""
    // which question, in which round and light, is on the page
  };
  function keep() {
    try {
      localStorage.setItem(KEEP, JSON.stringify({ pending: phone.pending, draft: phone.draft, at: mark() }));
    } catch {
    }
  }
  function restore() {
    try {
      const kept2 = JSON.parse(localStorage.getItem(KEEP));
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
      if (!feed || feed.readyState === 2) listen();
    } else if (answer?.status === 404) gone(await words(answer) || "There is no class of this code.");
    else if (!phone.told && [403, 409, 429].includes(answer?.status)) {
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
    if (said) byId("over").replaceChildren(el("h1", { text: "No class here" }), el("p", { text: said }), el("p", {}, el("a", { href: `${document.body.dataset.base}/join`, text: "Type a code" })));
    byId("over").hidden = false;
    line(true);
  }

  // lifecycle/classroom/server/assets/phone_voting.js
  function choose(ballot) {
    phone.draft = ballot;
    keep();
    showButton();
  }
  async function vote(event) {
    event.preventDefault();
    if (!phone.draft || !phone.told.state.open) return;
    phone.pending = { key: newKey(), poll: phone.told.state.poll.id, round: phone.told.state.round, ballot: phone.draft };
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
    if (phone.pending !== job) return phone.pending && send();
    if (answer?.ok) {
      const { ballot } = await answer.json().catch(() => ({}));
      phone.told.mine = ballot ?? job.ballot;
      if (same(phone.draft, job.ballot)) phone.draft = phone.told.mine;
      recorded();
    } else if (answer && [400, 409, 413, 403].includes(answer.status)) {
      phone.pending = null;
      say(await words(answer) || "Your answer was not taken.", "bad");
    } else {
      phone.tries += 1;
      if (answer?.status === 401) await ask("state");
      say(answer?.status === 401 && phone.tries > 2 ? await words(answer) : "Not sent yet. Your choice is kept; trying again…", "bad");
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
    say(phone.told.state.open ? `Recorded. You can change it until the ${called().asked} closes.` : "Recorded.", "good");
    showButton();
  }
  var called = () => phone.told.state.poll?.kind === "open" ? { asked: "question", mine: "answer" } : { asked: "vote", mine: "vote" };
  function say(text, kind = "") {
    if (byId("said").textContent !== text) byId("said").textContent = text;
    byId("said").className = kind;
  }

  // lifecycle/classroom/server/assets/phone_answer.js
  function showAnswer({ key, poll: poll2 }) {
    const box = byId("answer"), anew = box.hidden;
    box.hidden = !key;
    if (!key) return;
    const mine = phone.told.mine;
    const unit = poll2.unit ? ` ${poll2.unit}` : "";
    const label = (id) => poll2.places.find((place) => place.id === id)?.label ?? id;
    let good = null, said;
    if (poll2.kind === "predict") {
      said = [`${key.said}.`, mine ? `You said ${answerNumber(Number(mine.number))}${unit}.` : ""];
    } else if (poll2.kind === "number") {
      const value = mine?.number;
      good = typeof value === "number" ? Math.abs(value - key.truth) <= key.tolerance + 1e-9 * Math.abs(key.truth) : null;
      said = [`${key.said}.`, mine ? `You said ${mine.number}${unit}.` : ""];
    } else if (poll2.kind === "click") {
      good = mine ? key.places.includes(mine.place) : null;
      const nth = poll2.places.findIndex((place) => place.id === mine?.place);
      said = [`Right: ${key.places.map(label).join(", ")}.`, mine && !good ? `You chose ${label(mine.place)}.` : ""];
      if (nth >= 0 && key.feedback[nth]) said.push(el("span", { html: key.feedback[nth] }));
    } else {
      const named = (options2) => options2.map((nth) => poll2.letters[nth]).join(", ");
      good = mine ? same(mine.chosen, [...key.options].sort((a, b) => a - b)) : null;
      said = [`Right: ${named(key.options)}.`, mine && !good ? `You chose ${named(mine.chosen)}.` : ""];
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
        const spot = svg.querySelector(`#${CSS.escape(id.includes("->") ? `flow-${id.replace("->", "-")}` : `stage-${id}`)}`);
        if (!spot) continue;
        spot.classList.add("spot");
        spot.dataset.place = id;
        spot.addEventListener("click", () => tapped(id));
      }
      map.replaceChildren(svg);
      for (const path of svg.querySelectorAll(".spot > path")) {
        if (path.closest(".node") && path.getBBox().height > 40) continue;
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
      spot.classList.toggle("mine", spot.dataset.place === phone.draft?.place);
      spot.classList.toggle("right", Boolean(state.key?.places.includes(spot.dataset.place)));
    }
  }

  // lifecycle/classroom/server/assets/phone_draw.js
  function show() {
    const { state } = phone.told;
    const poll2 = phone.told.votes_here ? state.poll : null;
    waiting(phone.told.votes_here ? "" : "Only seats vote from now on: scan the code on the slip at your seat. What you voted before counts.", "Voting is by seat now");
    byId("wait").hidden = Boolean(poll2);
    byId("ask").hidden = !poll2;
    if (!poll2) {
      phone.drawn = "";
      byId("answer").hidden = true;
      return;
    }
    const absent = !state.open && !state.discuss_until_s && !phone.told.mine && !phone.pending;
    const now = `${mark()} ${state.open} ${Boolean(state.key)} ${state.discuss_until_s ?? ""} ${absent}`;
    if (now !== phone.drawn) {
      const anew = !phone.drawn.startsWith(`${mark()} `);
      phone.drawn = now;
      byId("round").textContent = state.round === 2 ? `Second vote${state.open ? ": choose again after talking it over" : ""}` : state.rounds === 2 ? `First vote${state.open ? ": by yourself" : ""}` : "";
      if (anew) {
        setHtml(byId("stem"), poll2.stem);
        say("");
      }
      if (state.key) phone.draft = phone.told.mine;
      DRAW[poll2.kind](poll2, state);
      if (absent) takeAway();
      for (const input of byId("choices").querySelectorAll("input, select")) input.disabled = !state.open;
      if (!phone.pending) standing(state);
      showAnswer(state);
    }
    showButton();
  }
  function takeAway() {
    for (const input of byId("choices").querySelectorAll("input, select, textarea")) (input.closest("label.option") ? input : input.closest(".number") ?? input).remove();
    for (const rest of byId("choices").querySelectorAll(".number, .ends, .soft")) rest.remove();
  }
  function waiting(why, heading = "Not in yet") {
    const [title, words2] = why ? [heading, why] : ["You are in", "Look at the screen. The next question comes here by itself."];
    const [head, text] = byId("wait").children;
    if (head.textContent !== title) head.textContent = title;
    if (text.textContent !== words2) text.textContent = words2;
  }
  function standing(state) {
    if (state.open) {
      if (phone.told.mine) recorded();
      else if (byId("said").className !== "bad") say("");
    } else if (state.discuss_until_s) talkItOver();
    else if (phone.told.mine) say(state.key ? "" : `The ${called().asked} is closed. Your ${called().mine} is recorded.`, "good");
    else if (byId("said").className !== "bad") say(state.key ? "" : `The ${called().asked} is closed. You did not ${called().mine}.`);
  }
  function talkItOver() {
    const left = Math.max(0, Math.ceil(phone.told.state.discuss_until_s - Date.now() / 1e3 - phone.aheadS));
    say(`Talk to your neighbour, ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}. Then you vote again.`, "good");
  }
  function showButton() {
    const button = byId("send"), { open } = phone.told.state;
    button.hidden = !open;
    button.disabled = !phone.draft || Boolean(phone.pending) || same(phone.draft, phone.told.mine);
    button.textContent = phone.told.mine ? `Change my ${called().mine}` : "Send";
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
      input.value = phone.draft?.number ?? (poll2.low + poll2.high) / 2;
      const shown = el("output", { for: "number", text: phone.draft ? `${answerNumber(phone.draft.number)} ${poll2.unit}` : "Move the slider" });
      input.setAttribute("aria-valuetext", shown.textContent);
      input.oninput = () => {
        choose({ number: Number(input.value) });
        shown.textContent = `${answerNumber(phone.draft.number)} ${poll2.unit}`;
        input.setAttribute("aria-valuetext", shown.textContent);
      };
      put(
        el("div", { class: "number" }, el("label", { for: "number", text: "Your prediction" }), shown),
        input,
        el("div", { class: "ends", "aria-hidden": "true" }, el("span", { text: `${answerNumber(poll2.low)} ${poll2.unit}` }), el("span", { text: `${answerNumber(poll2.high)} ${poll2.unit}` }))
      );
    },
    open(poll2, state) {
      const field = el("textarea", { id: "text", maxlength: 140, rows: 3 });
      field.value = phone.draft?.text ?? "";
      const left = el("output", { class: "soft" });
      const count = () => {
        const room = 140 - field.value.length;
        left.textContent = `${room} ${room === 1 ? "character" : "characters"} left`;
      };
      field.oninput = () => {
        choose(field.value.trim() ? { text: field.value } : null);
        count();
      };
      field.setAttribute("aria-label", "Your answer, in a few words");
      count();
      put(field, left, el("p", { class: "soft", text: "The presenter reads it first, and may show it to everybody. No name stands with it." }));
      field.disabled = !state.open;
    },
    click(poll2, state) {
      const select = el("select", { id: "place" }, el("option", { value: "", text: "Tap the diagram, or choose here" }), ...poll2.places.map(({ id, label }) => el("option", { value: id, text: label })));
      select.value = phone.draft?.place ?? "";
      select.setAttribute("aria-label", "A place of the diagram");
      const map = document.getElementById("map") ?? el("div", { id: "map", "aria-hidden": "true" });
      select.onchange = () => {
        choose(select.value ? { place: select.value } : null);
        light(map, state);
      };
      put(select, map);
      diagram(map, poll2, (id) => {
        if (!select.disabled) {
          select.value = id;
          select.onchange();
        }
      }).then(() => light(map, state));
    }
  };
  function put(...nodes) {
    byId("choices").replaceChildren(byId("choices").firstElementChild, ...nodes);
  }
  function options(poll2, state, type) {
    const chosen = phone.draft?.chosen ?? [];
    put(...poll2.hint ? [el("p", { class: "hint", text: poll2.hint })] : [], ...poll2.options.map((html, index) => {
      const input = el("input", { type, name: "option", value: index, checked: chosen.includes(index) });
      input.onchange = () => {
        const now = [...byId("choices").querySelectorAll(":checked")].map((each) => Number(each.value));
        choose(now.length ? { chosen: now } : null);
      };
      const label = el("label", { class: "option" }, input, el("b", { class: "letter", text: poll2.letters[index] }), el("span", { html }));
      if (state.key) mark_option(label, state.key, index, (phone.told.mine?.chosen ?? []).includes(index));
      return label;
    }));
  }
  function mark_option(label, key, index, mine) {
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
    if (answer?.ok) hear(await answer.json());
    else if (answer?.status === 404) return gone(await words(answer));
    else if ([403, 409, 429].includes(answer?.status)) {
      waiting(await words(answer));
      return poll();
    }
    listen();
  })();
})();
