(() => {
  // js/shared/dom.js
  var SVG = "http://www.w3.org/2000/svg";
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
  var svgEl = (tag, attributes = {}, ...children) => dressed(document.createElementNS(SVG, tag), attributes, children);
  function setHtml(node, html) {
    node.innerHTML = html;
    return node;
  }
  function put(node, name, value) {
    if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
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
  var copyOf = (node, whole = false) => (
    /** @type {T} */
    node.cloneNode(whole)
  );
  function isTyping(event, harmless = /(?!)/) {
    const at = event.composedPath()[0];
    if (!(at instanceof HTMLElement)) return false;
    const type = at instanceof HTMLInputElement ? at.type : "";
    return at.isContentEditable || /^(input|textarea|select)$/i.test(at.tagName) && !harmless.test(type);
  }
  var isChord = (event) => event.ctrlKey || event.metaKey || event.altKey;
  function fitted(length, room, size) {
    if (!length || length <= room) return { size: null, length: null };
    return { size: length * NARROWEST > room ? size * (room / (length * NARROWEST)) : null, length: room };
  }
  var NARROWEST = 0.8;

  // lifecycle/outputs/lookup/cards.js
  var MARKED = "a[href^='#term-']";
  var OPENS_MS = 120;
  var CLOSES_MS = 250;
  var GAP = 6;
  var EDGE = 8;
  function beside(word, card, screen) {
    const below = word.bottom + GAP, above = word.top - GAP - card.height;
    const top = below + card.height <= screen.height - EDGE || above < EDGE ? below : above;
    return { top, left: Math.max(EDGE, Math.min(word.left, screen.width - EDGE - card.width)) };
  }
  function termCards(host, cardOf, show2) {
    const name = el("b"), about = el("p");
    const more = el("button", { type: "button", text: "Show me", onclick: () => follow2() });
    const card = el("div", { class: "term-card", role: "group", id: "term-card", popover: "manual", hidden: true }, name, about, more);
    const now = { word: null, pinned: false, view: "", timer: void 0 };
    host.append(card);
    const wordAt = (target) => (
      /** @type {HTMLElement | null} */
      target instanceof Element ? target.closest(MARKED) : null
    );
    const place = () => {
      if (!now.word) return;
      const box = now.word.getBoundingClientRect();
      if (!now.word.isConnected || !box.width || box.bottom < 0 || box.top > innerHeight) return close();
      const spot = beside(box, card.getBoundingClientRect(), { width: innerWidth, height: innerHeight });
      Object.assign(card.style, { top: `${spot.top}px`, left: `${spot.left}px` });
    };
    const open = (word) => {
      const term = cardOf(decodeURIComponent(word.getAttribute("href")?.slice(6) ?? ""));
      if (!term) return;
      if (now.word !== word) close();
      clearTimeout(now.timer);
      Object.assign(now, { word, view: term.view });
      write(name, term.name);
      write(about, term.about);
      card.setAttribute("aria-label", term.name);
      more.hidden = !term.view;
      card.hidden = false;
      if (!card.matches(":popover-open")) card.showPopover?.();
      word.setAttribute("aria-describedby", card.id);
      word.setAttribute("aria-expanded", "true");
      place();
    };
    const close = () => {
      clearTimeout(now.timer);
      now.word?.removeAttribute("aria-describedby");
      now.word?.setAttribute("aria-expanded", "false");
      if (card.contains(document.activeElement)) now.word?.focus({ preventScroll: true });
      Object.assign(now, { word: null, pinned: false });
      if (card.matches(":popover-open")) card.hidePopover();
      card.hidden = true;
    };
    const follow2 = () => {
      const { view } = now;
      close();
      show2(view);
    };
    const later = (act, delay) => {
      clearTimeout(now.timer);
      now.timer = setTimeout(act, delay);
    };
    const isHeld = () => now.pinned || now.word === document.activeElement || card.contains(document.activeElement);
    const over = (event) => {
      const word = wordAt(event.target);
      if (event.pointerType === "touch") return;
      if (event.target instanceof Node && card.contains(event.target)) clearTimeout(now.timer);
      else if (word && word === now.word) clearTimeout(now.timer);
      else if (word) later(() => open(word), OPENS_MS);
      else if (now.word && !isHeld()) later(close, CLOSES_MS);
      else clearTimeout(now.timer);
    };
    const focused = (event) => {
      const word = wordAt(event.target);
      if (word?.matches(":focus-visible")) open(word);
      else if (now.word && word !== now.word && !(event.target instanceof Node && card.contains(event.target))) close();
    };
    const clicked = (event) => {
      const word = wordAt(event.target);
      if (!word) return void (now.word && !(event.target instanceof Node && card.contains(event.target)) && close());
      event.preventDefault();
      event.stopPropagation();
      if (now.word === word && now.pinned) return close();
      open(word);
      now.pinned = now.word === word;
    };
    const pressed = (event) => {
      if (!now.word) return;
      const inside = card.contains(document.activeElement);
      if (event.key === "Escape") close();
      else if (event.key === "Tab" && !event.shiftKey && !more.hidden && document.activeElement === now.word) more.focus();
      else if (event.key === "Tab" && inside && event.shiftKey) now.word.focus();
      else {
        if (event.key === "Tab" && inside) close();
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    const listening = new AbortController(), heard2 = { capture: true, signal: listening.signal };
    document.addEventListener("pointerover", over, heard2);
    document.addEventListener("focusin", focused, heard2);
    document.addEventListener("click", clicked, heard2);
    window.addEventListener("keydown", pressed, heard2);
    window.addEventListener("scroll", place, { ...heard2, passive: true });
    window.addEventListener("resize", place, heard2);
    return { end() {
      listening.abort();
      close();
      card.remove();
    } };
  }

  // lifecycle/outputs/lookup/ranking.js
  var MOST = 40;
  var folded = (text) => text.normalize("NFKD").replace(/[\p{M}'’]/gu, "").toLowerCase().replace(/ß/g, "ss").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  var prepared = (entries) => entries.map((entry) => ({
    entry,
    name: entry.kind === "question" ? "" : folded(entry.name),
    synonyms: entry.synonyms.map(folded),
    text: folded([entry.name, ...entry.synonyms, entry.shown, entry.text].join(" "))
  }));
  var hasWord = (text, start) => ` ${text}`.includes(` ${start}`);
  function rank({ name, synonyms, text }, asked) {
    if (!asked || name === asked) return 0;
    if (name.startsWith(asked)) return 1;
    if (synonyms.includes(asked)) return 2;
    if (hasWord(name, asked)) return 3;
    if (synonyms.some((synonym) => hasWord(synonym, asked))) return 4;
    return asked.split(" ").every((word) => hasWord(text, word)) ? 5 : Infinity;
  }
  function found(all, typed, without = []) {
    const asked = folded(typed);
    return all.filter(({ entry }) => !without.includes(entry.kind)).map((one) => ({ entry: one.entry, rank: rank(one, asked) })).filter((one) => one.rank < Infinity).sort((a, b) => a.rank - b.rank).slice(0, MOST).map(({ entry }) => entry);
  }

  // lifecycle/outputs/lookup/search.js
  var KINDS = { stage: "Stage", undercurrent: "Undercurrent", term: "Term", scenario: "Scenario", question: "Question", talk: "Talk" };
  var NOTHING = "Nothing fits. Try fewer letters, a stage (lake), a term (lag) or one word of a question.";
  var counted = (count) => count === 1 ? "1 result" : `${count < MOST ? "" : "The first "}${count} results`;
  var opensSearch = (event) => event.key === "/" && !isChord(event) && !event.defaultPrevented && !isTyping(event, /^(range|radio|checkbox|button)$/) && !event.composedPath().some((node) => node instanceof Element && node.matches("dialog, [role='dialog']"));
  var searchButton = (open) => el(
    "button",
    { type: "button", class: "open-search", title: "Search (/)", onclick: open },
    svgEl("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svgEl("path", { d: "M10.500 4a6.500 6.500 0 1 0 0 13a6.500 6.500 0 1 0 0-13M15.500 15.500L21 21" })),
    el("span", { text: "Search" })
  );
  function listenForSearch(open, isOffered, signal) {
    window.addEventListener("keydown", (event) => {
      if (!isOffered() || !opensSearch(event)) return;
      event.preventDefault();
      event.stopPropagation();
      open();
    }, { signal, capture: true });
    window.addEventListener("headwaters:search", (event) => {
      if (!isOffered()) return;
      event.preventDefault();
      open();
    }, { signal });
  }
  function searchDialog(host, go2) {
    const now = { all: null, hits: [], at: 0, without: [] };
    const list = el("ul", { role: "listbox", id: "search-hits", "aria-label": "Results" });
    const input = el("input", {
      type: "text",
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": "search-hits",
      "aria-autocomplete": "list",
      "aria-label": "Search the course",
      placeholder: "A stage, a term, a scenario, a question …",
      autocomplete: "off",
      spellcheck: "false",
      enterkeyhint: "go",
      oninput: () => {
        now.at = 0;
        paint();
      },
      onkeydown: (event) => pressed(event)
    });
    const told = el("p", { role: "status" });
    const close = el("button", { type: "button", text: "Close", onclick: () => void dialog.close() });
    const keys = el("p", { class: "keys", "aria-hidden": "true" }, el("kbd", { text: "↑" }), el("kbd", { text: "↓" }), " walk ", el("kbd", { text: "Enter" }), " go there ", el("kbd", { text: "Esc" }), " close");
    const dialog = el(
      "dialog",
      { class: "search", "aria-label": "Search", onclick: (event) => event.target === dialog && dialog.close() },
      el("div", {}, el("div", { class: "asked" }, input, close), told, list, keys)
    );
    host.append(dialog);
    const row = (entry, nth) => el("li", {
      role: "option",
      id: `search-hit-${nth}`,
      "aria-selected": String(nth === now.at),
      onpointermove: () => {
        if (now.at !== nth) {
          now.at = nth;
          mark2();
        }
      },
      onclick: () => take2(nth)
    }, el("span", { class: "kind", text: KINDS[entry.kind] }), el("b", { text: entry.name }), entry.shown ? el("span", { class: "shown", text: entry.shown }) : null);
    const mark2 = () => {
      [...list.children].forEach((item, nth) => put(item, "aria-selected", nth === now.at));
      put(input, "aria-activedescendant", now.hits.length ? `search-hit-${now.at}` : "");
    };
    const paint = () => {
      now.hits = now.all ? found(now.all, input.value, now.without) : [];
      list.replaceChildren(...now.hits.map(row));
      list.scrollTop = 0;
      write(told, !now.all ? "Reading the course …" : !now.hits.length ? NOTHING : input.value.trim() ? counted(now.hits.length) : "");
      mark2();
    };
    const take2 = (nth) => {
      const entry = now.hits[nth];
      if (!entry?.address) return;
      dialog.close();
      go2(entry);
    };
    const pressed = (event) => {
      const last = now.hits.length - 1;
      if (event.key === "ArrowDown") now.at = now.at >= last ? 0 : now.at + 1;
      else if (event.key === "ArrowUp") now.at = now.at <= 0 ? Math.max(0, last) : now.at - 1;
      else if (event.key === "Enter") take2(now.at);
      else return;
      event.preventDefault();
      event.stopPropagation();
      mark2();
      list.children[now.at]?.scrollIntoView({ block: "nearest" });
    };
    return {
      open() {
        if (dialog.open) return;
        input.value = "";
        now.at = 0;
        paint();
        dialog.showModal();
        input.focus();
      },
      /** @param {Lookup} lookup @param {readonly string[]} without kinds that the page leaves out */
      fill(lookup, without) {
        Object.assign(now, { all: prepared(lookup.entries), without });
        paint();
      },
      end() {
        dialog.remove();
      }
    };
  }

  // js/shared/words.js
  function duration(seconds) {
    if (seconds === null || Number.isNaN(seconds)) return "none yet";
    if (seconds === Infinity) return "forever";
    if (seconds < 1) return seconds ? `${seconds >= 995e-5 ? even(seconds * 1e3) : +(seconds * 1e3).toPrecision(2)} ms` : "0 s";
    if (seconds < 9.95) return `${seconds.toFixed(1).replace(".0", "")} s`;
    if (seconds < 99.5) return `${even(seconds)} s`;
    if (seconds < 3570) return `${even(seconds / 60)} min`;
    if (seconds < 172800) {
      const minutes = even(seconds / 60);
      return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`;
    }
    return `${(seconds / 86400).toFixed(1).replace(".0", "")} days`;
  }
  function even(value) {
    const low = Math.floor(value), over = value - low;
    return over === 0.5 ? low + (low % 2 ? 1 : 0) : Math.round(value);
  }
  function number(value) {
    const size = Math.abs(value);
    if (Number.isNaN(value)) return "none";
    if (size === Infinity) return "no limit";
    if (size >= 999500) return `${+(value / 1e6).toPrecision(3)} M`;
    if (size >= 9999.5) return `${+(value / 1e3).toPrecision(3)} k`;
    if (size >= 99.5 || Number.isInteger(value)) return even(value).toLocaleString("en");
    const shown2 = +value.toPrecision(size < 1 ? 2 : 3);
    return /e/.test(String(shown2)) ? shown2.toFixed(20).replace(/0+$/, "") : String(shown2);
  }
  var two = (n) => String(n).padStart(2, "0");
  function clockWords(seconds) {
    const s = Math.floor(seconds);
    return `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}`;
  }
  var capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
  function change(before, after) {
    if (before === after) return "no change";
    if (before === null || after === null) return before === null ? "from nothing" : "to nothing";
    if (before === 0) return "from none";
    const ratio = after / before, percent = 100 * (ratio - 1), size = Math.abs(percent);
    if (ratio >= 3) return `${number(ratio)} times as much`;
    if (size < 0.05) return "no change";
    let shown2 = size < 10 || size > 99 ? size.toFixed(1) : size.toFixed(0);
    if (shown2 === "100.0" && after > 0 && after < before) shown2 = "99.9";
    return `${percent > 0 ? "+" : "−"}${shown2.replace(/\.0$/, "")} %`;
  }

  // lifecycle/outputs/offline/page/charts.js
  var COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];
  var [THINNEST, WIDER, SPREAD] = [1.2, 1.5, 4.5];
  var MARGIN = { left: 64, right: 12, top: 20, bottom: 22 };
  var DURATIONS_S = [1e-3, 0.01, 0.1, 1, 5, 15, 60, 300, 900, 3600, 10800, 21600, 43200, 86400];
  var drawn = /* @__PURE__ */ new Set();
  function axisOf(chart) {
    const values = chart.lines.flatMap((line) => [...line.now.values, ...line.before?.values ?? []]).filter((value) => value !== null);
    if (chart.log) {
      const some = values.map((value) => Math.max(value, 0.01));
      const low = Math.log10(Math.min(60, ...some) / 1.5), high = Math.log10(Math.max(1, ...some) * 1.5);
      const place = (value) => (Math.log10(Math.max(value, 0.01)) - low) / (high - low);
      const ticks = DURATIONS_S.filter((s) => place(s) > 0.02 && place(s) <= 1 && s >= 10 ** low);
      return { place, ticks: spaced(ticks, place) };
    }
    const most = Math.max(1e-9, ...values);
    const rough = most / 4, scale = 10 ** Math.floor(Math.log10(rough)), step2 = scale * ([1, 2, 5].find((part) => part * scale >= rough) ?? 10);
    const top = Math.ceil(most / step2 + 1e-9) * step2;
    return { place: (value) => value / top, ticks: Array.from({ length: Math.round(top / step2) + 1 }, (_, i) => +(i * step2).toPrecision(6)) };
  }
  function spaced(ticks, place) {
    const kept2 = [];
    for (const tick2 of ticks) {
      const last = kept2.at(-1);
      if (last === void 0 || place(tick2) - place(last) > 0.11) kept2.push(tick2);
    }
    return kept2;
  }
  function lookOf(chart, nth) {
    const after = chart.lines.length - 1 - nth, step2 = Math.min(WIDER, SPREAD / Math.max(1, chart.lines.length - 1));
    return { stroke: COLOURS[nth % COLOURS.length], fill: "none", "stroke-width": (THINNEST + step2 * Math.max(0, after)).toFixed(1) };
  }
  function pathOf({ values, at }, x, y) {
    let text = "", pen = false;
    const bucket = 86400 / values.length;
    values.forEach((value, i) => {
      if (value === null) {
        pen = false;
        return;
      }
      const high = y(value).toFixed(1), to = pen ? "L" : "M";
      if (at) text += `${to}${x(at[i]).toFixed(1)} ${high}`;
      else text += `${to}${x(i * bucket).toFixed(1)} ${high}L${x((i + 1) * bucket).toFixed(1)} ${high}`;
      pen = true;
    });
    return text;
  }
  function valueAt({ values, at }, moment) {
    if (!at) return values[Math.min(values.length - 1, Math.floor(moment / 86400 * values.length))] ?? null;
    let next = at.findIndex((each) => each > moment);
    if (next < 0) next = at.length;
    const here = values[next - 1] ?? null, there = values[next] ?? null;
    if (here === null || there === null) return here;
    return here + (there - here) * (moment - at[next - 1]) / (at[next] - at[next - 1]);
  }
  var sampleOf = (look) => svgEl("svg", { class: "sample", viewBox: "0 0 26 8", width: 26, height: 8, "aria-hidden": "true" }, svgEl("path", { d: "M0 4H26", ...look }));
  function drawChart(host, chart) {
    const figure = el("figure", { class: "chart" }), box = el("div", { class: "plot" });
    const rows = chart.lines.map((line) => ({ value: el("b"), was: line.before ? el("span", { class: "before" }) : null }));
    const legend = el("ul", { class: "legend" }, ...chart.lines.map((line, i) => el(
      "li",
      {},
      sampleOf(lookOf(chart, i)),
      el("span", { class: "name", text: line.name }),
      rows[i].value,
      rows[i].was && sampleOf({ class: "ghost" }),
      rows[i].was
    )));
    figure.append(el("h3", { text: chart.finding }), legend, box, tableOf(chart));
    host.replaceChildren(figure);
    for (const other of drawn) if (!other.figure.isConnected) drawn.delete(other);
    const view = { chart, figure, box, rows, hover: null, width: 0, cursor: svgEl("g"), clock: svgEl("text"), hourX: () => 0 };
    drawn.add(view);
    plot(view);
  }
  function plot(view) {
    const { chart, box } = view;
    const width = Math.max(240, box.clientWidth), height = 142;
    const axis = axisOf(chart);
    const right = width - MARGIN.right, low = height - MARGIN.bottom;
    const x = (moment) => MARGIN.left + (right - MARGIN.left) * moment / 86400;
    const y = (value) => low - (low - MARGIN.top) * axis.place(value);
    const every = width < 460 ? 6 : 3;
    const hours = Array.from({ length: 24 / every + 1 }, (_, i) => i * every);
    const hourX = (hour) => x(hour * 3600);
    const line = (cls, d, more = {}) => svgEl("path", { class: cls, d, ...more });
    const picture = svgEl(
      "svg",
      { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": `${chart.heading}: ${chart.finding}. The table below has the values.` },
      ...axis.ticks.map((tick2) => line("grid", `M${MARGIN.left} ${y(tick2).toFixed(1)}H${right}`)),
      ...axis.ticks.map((tick2) => svgEl("text", { x: MARGIN.left - 7, y: y(tick2) + 4, "text-anchor": "end", text: chart.words(tick2) })),
      ...hours.map((hour) => svgEl("text", { x: hourX(hour), y: height - 7, "text-anchor": hour === 24 ? "end" : hour ? "middle" : "start", text: `${String(hour).padStart(2, "0")}:00` })),
      ...hours.map((hour) => line("grid", `M${hourX(hour).toFixed(1)} ${low}v4`)),
      svgEl("text", { x: 2, y: 12, class: "axis", text: chart.axis }),
      ...chart.lines.map(({ before }) => before ? line("ghost", pathOf(before, x, y)) : null),
      ...chart.lines.map((each, i) => line("line", pathOf(each.now, x, y), lookOf(chart, i)))
    );
    view.clock = svgEl("text", { y: 12 });
    view.cursor = svgEl("g", {}, line("cursor", `M0 ${MARGIN.top - 4}V${low}`), view.clock);
    picture.append(view.cursor);
    view.hourX = hourX;
    picture.addEventListener("pointermove", (event) => {
      const at = (event.clientX - picture.getBoundingClientRect().left) * (width / picture.clientWidth);
      view.hover = Math.min(86400, Math.max(0, (at - MARGIN.left) / (right - MARGIN.left) * 86400));
      readOut(view);
    });
    picture.addEventListener("pointerleave", () => {
      view.hover = null;
      readOut(view);
    });
    box.replaceChildren(picture);
    view.width = box.clientWidth;
    readOut(view);
  }
  function readOut(view) {
    const at = view.hover ?? window.headwatersMoment ?? 0, { chart } = view;
    put(view.cursor, "transform", `translate(${view.hourX(at / 3600).toFixed(1)} 0)`);
    write(view.clock, clockWords(at));
    put(view.clock, "text-anchor", at < 3 * 3600 ? "start" : at > 22 * 3600 ? "end" : "middle");
    chart.lines.forEach((line, i) => {
      const { value, was } = view.rows[i];
      write(value, `${chart.words(valueAt(line.now, at))}${chart.unit}`);
      if (was && line.before) write(was, `was ${chart.words(valueAt(line.before, at))}`);
    });
  }
  function tableOf(chart) {
    const table = el("table"), scroll = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `${chart.heading}, as a table` }, table);
    return el("details", { ontoggle: () => !table.firstChild && fillTable(table, chart) }, el("summary", { text: "As a table" }), scroll);
  }
  function fillTable(table, chart) {
    const curves = chart.lines.flatMap(({ name, now, before }) => [{ ...now, name }, ...before ? [{ ...before, name: `${name}, before` }] : []]);
    const { head, rows } = curves.some((curve) => curve.at) ? cornerRows(curves, `${chart.axis} (${chart.per})`) : bucketRows(curves, chart.per);
    const cell = (text, i) => i ? el("td", { text }) : el("th", { scope: "row", text });
    table.append(
      el("caption", { text: `${chart.heading}: ${chart.finding}` }),
      el("thead", {}, el("tr", {}, ...head.map((text) => el("th", { scope: "col", text })))),
      el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map(cell))))
    );
  }
  var figureOf = (value) => value === null || value === void 0 ? "–" : String(+value.toPrecision(4));
  function bucketRows(curves, per) {
    const count = curves[0]?.values.length ?? 0;
    const rows = Array.from({ length: count }, (_, i) => [clockWords(86400 * i / count), ...curves.map(({ values }) => figureOf(values[i]))]);
    return { head: ["time", ...curves.map(({ name }) => `${name} (${per})`)], rows };
  }
  function cornerRows(curves, heading) {
    const second = (moment) => `${clockWords(moment)}:${String(Math.floor(moment % 60)).padStart(2, "0")}`;
    const rows = curves.flatMap(({ name, values, at }) => values.map((value, i) => [second(at ? at[i] : 86400 * i / values.length), name, figureOf(value)]));
    return { head: ["time", "curve", heading], rows };
  }
  var readAt = 0;
  window.addEventListener("headwaters:moment", () => {
    const now = performance.now();
    if (now - readAt < 150) return;
    readAt = now;
    for (const view of drawn) if (view.hover === null) readOut(view);
  });
  new ResizeObserver(() => {
    for (const view of drawn) {
      const width = view.box.clientWidth;
      if (width && width !== view.width) plot(view);
    }
  }).observe(document.documentElement);

  // lifecycle/outputs/offline/page/sealing.js
  var [ROUNDS, STARTS] = (() => {
    const primes = [];
    for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
    const fraction = (x) => (x - Math.floor(x)) * 2 ** 32 | 0;
    return [primes.map((p) => fraction(Math.cbrt(p))), primes.slice(0, 8).map((p) => fraction(Math.sqrt(p)))];
  })();
  function sha256(bytes) {
    const padded = new Uint8Array(bytes.length + 72 >> 6 << 6);
    padded.set(bytes);
    padded[bytes.length] = 128;
    const view = new DataView(padded.buffer);
    const turn = (x, by) => x >>> by | x << 32 - by;
    view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
    view.setUint32(padded.length - 4, bytes.length << 3);
    const sums = [...STARTS], w = new Int32Array(64);
    for (let at = 0; at < padded.length; at += 64) {
      for (let i = 0; i < 64; i++) {
        if (i < 16) w[i] = view.getInt32(at + 4 * i);
        else {
          const a2 = w[i - 15], b2 = w[i - 2];
          w[i] = w[i - 16] + (turn(a2, 7) ^ turn(a2, 18) ^ a2 >>> 3) + w[i - 7] + (turn(b2, 17) ^ turn(b2, 19) ^ b2 >>> 10);
        }
      }
      let [a, b, c, d, e, f, g, h] = sums;
      for (let i = 0; i < 64; i++) {
        const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + ROUNDS[i] + w[i] | 0;
        const two2 = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, d + one | 0, c, b, a, one + two2 | 0];
      }
      [a, b, c, d, e, f, g, h].forEach((x, i) => sums[i] = sums[i] + x | 0);
    }
    const out = new DataView(new ArrayBuffer(32));
    sums.forEach((x, i) => out.setInt32(4 * i, x));
    return new Uint8Array(out.buffer);
  }
  var digest = (text) => sha256(new TextEncoder().encode(text));
  var hashed = (text, salt) => [...digest(`${salt}\0${text}`)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  function unsealed(text, salt) {
    const data = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    let stream = new Uint8Array();
    for (let i = 0; i < data.length; i++) {
      if (i % 32 === 0) stream = digest(`${salt}\0${i / 32}`);
      data[i] ^= stream[i % 32];
    }
    return JSON.parse(new TextDecoder().decode(data));
  }

  // lifecycle/outputs/offline/page/typing.js
  var normalised = (text) => text.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean).join(" ");
  function withPoint(text) {
    const digits = text.replace(/[^0-9.,]/g, ""), [commas, points] = [",", "."].map((sign) => digits.split(sign).length - 1);
    if (commas && points) return digits.replaceAll(digits.lastIndexOf(".") > digits.lastIndexOf(",") ? "," : ".", "").replace(",", ".");
    return commas > 1 ? digits.replaceAll(",", "") : points > 1 ? digits.replaceAll(".", "") : digits.replace(",", ".");
  }
  function reader({ form, doubtful, doubt: question, signs }, units) {
    const TYPED = new RegExp(`^(?:${form})$`, "i"), DOUBTFUL = new RegExp(`^(?:${doubtful})$`);
    function typedParts2(text, accepted) {
      if (!("value" in accepted)) return null;
      const found2 = TYPED.exec([...text].map((sign) => signs[sign] ?? sign).join("").trim());
      if (!found2) return null;
      const unit = normalised(found2[4] ?? ""), here = units[unit], wanted = normalised(accepted.unit), there = units[wanted];
      const same = !unit || unit === wanted;
      if (!same && !(here && there && here[0] === there[0])) return null;
      return { sign: found2[1], digits: found2[2], exponent: found2[3] ?? "", factor: same ? 1 : here[1] / there[1], bare: !unit };
    }
    function doubt2(text, accepted, salt) {
      if (hashed(normalised(text), salt) === accepted.hash) return "";
      const typed = typedParts2(text, accepted);
      if (!typed || !DOUBTFUL.test(typed.digits)) return "";
      const said2 = { typed: typed.digits, one: typed.digits.replace(",", ""), other: String(Number(typed.digits.replace(",", "."))) };
      return question.replace(/\{(\w+)\}/g, (_gap, name) => said2[name]);
    }
    function typedNumber2(text, accepted) {
      const typed = typedParts2(text, accepted);
      return typed && !DOUBTFUL.test(typed.digits) ? Number(typed.sign + withPoint(typed.digits) + typed.exponent) * typed.factor : null;
    }
    function fits2(text, accepted, salt) {
      if (hashed(normalised(text), salt) === accepted.hash) return true;
      const value = typedNumber2(text, accepted);
      return "value" in accepted && value !== null && Math.abs(value - accepted.value) <= accepted.tolerance + 1e-9 * Math.abs(accepted.value);
    }
    return { typedParts: typedParts2, doubt: doubt2, typedNumber: typedNumber2, fits: fits2 };
  }

  // lifecycle/outputs/offline/page/course.js
  var COURSE = JSON.parse(byId("course").textContent);
  var { typedParts, doubt, typedNumber, fits } = reader(COURSE.typed, COURSE.units);
  var htmlIn = (tag, html, attributes = {}) => setHtml(el(tag, attributes), html);
  var placeOf = (id) => COURSE.places.find((place) => place.id === id) ?? null;
  var talkOf = (id) => COURSE.talks.find((talk) => talk.id === id) ?? null;

  // lifecycle/diagram/living/script/frames.js
  function unpack(text, n) {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const out = [];
    let value = 0, chunk = 0, scale = 1;
    for (const byte of bytes) {
      chunk += (byte & 127) * scale;
      scale *= 128;
      if (byte < 128) {
        value += chunk % 2 ? -(chunk + 1) / 2 : chunk / 2;
        out.push(value);
        chunk = 0;
        scale = 1;
      }
    }
    while (out.length < n) out.push(value);
    return out;
  }
  function running(counts) {
    const sums = new Float64Array(counts.length + 1);
    counts.forEach((count, i) => sums[i + 1] = sums[i] + count);
    return sums;
  }
  function openFrames(packed) {
    if (!packed) return null;
    const stations = /* @__PURE__ */ new Map(), flows = /* @__PURE__ */ new Map();
    for (const [id, series] of Object.entries(packed.stations)) {
      const read = Object.fromEntries(Object.entries(series).map(([name, text]) => [name, unpack(text, name === "ages" ? packed.n * packed.looks + 1 : packed.n)]));
      stations.set(id, { ...read, lostSoFar: running(read.lost), full: Math.max(1, ...read.level) });
    }
    for (const [source, target, text] of packed.flows) {
      flows.set(`${source}>${target}`, running(unpack(text, packed.n)));
    }
    const occasions = (packed.occasions ?? []).map(([from, to, kind, stage]) => ({ from, to, kind, stage }));
    const faults = packed.faults.map(([from, to, stage, words, short]) => ({ from, to, stage, words, short }));
    return { ...packed, stations, flows, occasions, faults, step: (packed.end - packed.start) / packed.n };
  }
  function countAt(sums, frames, t) {
    const place = Math.min(frames.n, Math.max(0, (t - frames.start) / frames.step));
    const i = Math.min(frames.n - 1, Math.floor(place));
    return sums[i] + (sums[i + 1] - sums[i]) * (place - i);
  }
  function timeOf(sums, frames, count) {
    let low = 0, high = frames.n;
    while (low < high) {
      const mid = low + high >> 1;
      if (sums[mid + 1] >= count - 1e-9) high = mid;
      else low = mid + 1;
    }
    const inside = sums[low + 1] - sums[low];
    return frames.start + frames.step * (low + (inside > 0 ? (count - sums[low]) / inside : 0));
  }
  function dotsAt(sums, frames, t) {
    const size = frames.per_dot;
    const first = Math.floor(countAt(sums, frames, t - frames.travel_s) / size + 1e-9) + 1;
    const last = Math.floor(countAt(sums, frames, t) / size + 1e-9);
    const places = [];
    for (let k = first; k <= last; k++) {
      places.push([k, Math.min(1, Math.max(0, (t - timeOf(sums, frames, k * size)) / frames.travel_s))]);
    }
    return places;
  }
  function densest(sums, frames) {
    let most = 0;
    for (let i = 0; i < frames.n; i++) most = Math.max(most, sums[i + 1] - sums[i]);
    return most / frames.per_dot;
  }
  function stationAt(frames, id, t) {
    const s = frames && frames.stations.get(id);
    if (!s) return null;
    const place = Math.min(frames.n - 1e-6, Math.max(0, (t - frames.start) / frames.step));
    const i = Math.floor(place), part = place - i;
    const between = (series) => (i ? series[i - 1] : 0) + (series[i] - (i ? series[i - 1] : 0)) * part;
    const before = i ? s.age_s[i - 1] : -1, after = s.age_s[i];
    const looks = frames.n * frames.looks;
    const look = Math.min(looks, Math.max(0, Math.floor((t - frames.start) / frames.step * frames.looks + 1e-6)));
    return {
      in: s.arrived[i] / frames.step,
      out: s.departed[i] / frames.step,
      inside: Math.round(between(s.inside)),
      level: Math.round(between(s.level)),
      full: s.full,
      busy: s.busy[i] / 1e3,
      age: s.ages ? s.ages[look] : before >= 0 && after >= before ? before + (after - before) * part : after,
      faulty: s.faulty[i] === 1,
      lost: Math.floor(countAt(s.lostSoFar, frames, t) + 1e-9),
      queries: s.queries ? Math.round(between(s.queries)) : 0,
      left: s.left ? s.left[i] / frames.step * 60 : 0,
      fault: faultWords(frames, id, t)
    };
  }
  function faultWords(frames, id, t) {
    const i = Math.min(frames.n - 1, Math.max(0, Math.floor((t - frames.start) / frames.step)));
    const begins = frames.start + i * frames.step;
    const here = frames.faults.filter(({ stage, from, to }) => stage === id && from < begins + frames.step && to > begins);
    return [...new Set(here.map(({ short }) => short))].join(", ");
  }

  // lifecycle/outputs/offline/page/days.js
  var SWITCHES = ["start", "size", "transform"];
  var dayIds = COURSE.scenarios.map((scenario) => scenario.id);
  var days = /* @__PURE__ */ new Map();
  var runs = /* @__PURE__ */ new Map();
  var keyOf = (state) => SWITCHES.map((name) => state[name]).join(",") + (state.further ? ` ${state.further}` : "");
  var runKey = (state) => `${state.scenario} ${keyOf(state)}`;
  var scenarioOf = (id) => COURSE.scenarios[dayIds.indexOf(id)];
  function holds(state) {
    return !state.further || Boolean(COURSE.further[state.further]?.[state.scenario]?.includes(keyOf({ ...state, further: "" })));
  }
  function dayOf(id) {
    const known2 = days.get(id);
    if (known2) return known2;
    const block = document.getElementById(`day-${dayIds.indexOf(id)}`);
    if (!block) return null;
    const day = JSON.parse(block.textContent);
    days.set(id, day);
    return day;
  }
  function runOf(state) {
    const known2 = runs.get(runKey(state));
    if (known2) return known2;
    const day = dayOf(state.scenario), held = day?.runs[keyOf(state)];
    if (!held) return null;
    const run = opened(held, day.texts);
    runs.set(runKey(state), run);
    return run;
  }
  function opened({ frames, figures, charts, latency, told, orders }, texts) {
    const placed = (numbers) => Object.fromEntries(Object.entries(numbers).map(([name, nth]) => [name, texts[nth]]));
    const stations = Object.fromEntries(Object.entries(frames.stations).map(([id, series]) => [id, placed(series)]));
    const flows = frames.flows.map(([source, target, nth]) => [source, target, texts[nth]]);
    return {
      figures,
      latency,
      orders,
      packed: { ...frames, stations, flows },
      about: figures.map(([, , , nth]) => texts[nth]),
      charts: Object.fromEntries(Object.entries(charts).map(([name, chart]) => [name, chartOf(chart, texts, COURSE.charts[name].steps)])),
      words: placed(told),
      frames: null
    };
  }
  function chartOf({ finding, lines }, texts, steps) {
    return {
      finding,
      curves: lines.map(([name, n, values, moments]) => ({
        name,
        values: unpack(texts[values], n).map((value) => value < 0 ? null : value / steps),
        at: moments === void 0 ? null : unpack(texts[moments], n).map((tenths) => tenths / 10)
      }))
    };
  }
  function framesOf(run) {
    return run.frames ??= openFrames(run.packed);
  }
  var MOVES = { batch: "in batches", stream: "as a stream" };
  function runWords(state) {
    const turned = state.further ? `, ${decodeURIComponent(state.further).replaceAll("&", ", ")}` : "";
    return `${scenarioOf(state.scenario).title}: ${state.start}, ${MOVES[state.size]}; transformed ${MOVES[state.transform]}${turned}`;
  }

  // lifecycle/outputs/offline/page/figures.js
  var NARROWEST_REM = 7;
  var GAP_REM = 0.8;
  function columnsFor(count, room) {
    let columns = Math.max(1, Math.min(count, room));
    while (Math.ceil(count / columns) * columns - count > 1) columns--;
    return columns;
  }
  function showFigures(run, ghost) {
    const figures = run.figures.map(([label, value, text, , quiet], i) => {
      const [, before = null, words] = ghost?.figures[i] ?? [];
      const was = words === void 0 ? "" : `was ${words} (${change(before, value)})`;
      return { label, text, was, about: run.about[i], shown: !quiet || Boolean(value) || Boolean(before) };
    }).filter(({ shown: shown2 }) => shown2);
    byId("figures").replaceChildren(...figures.map(({ label, text, was }) => el("div", {}, el("dt", { text: label }), el("dd", {}, el("b", { text }), el("span", { class: "was", text: was })))));
    byId("meanings").replaceChildren(...figures.flatMap(({ label, about }) => [el("dt", { text: label }), el("dd", { text: about })]));
    spread();
    return figures.map(({ label, text, was }) => [label, text, was].filter(Boolean).join(", "));
  }
  function spread() {
    const host = byId("figures"), rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const room = Math.floor((host.clientWidth / rem + GAP_REM) / (NARROWEST_REM + GAP_REM));
    host.style.gridTemplateColumns = `repeat(${columnsFor(host.children.length, room)}, minmax(0, 1fr))`;
  }
  function listenFigures() {
    new ResizeObserver(spread).observe(byId("figures"));
  }

  // lifecycle/outputs/offline/page/kept.js
  var kept = (() => {
    let answers = {};
    let lasting = true;
    const stored = () => JSON.parse(localStorage.getItem(COURSE.key) ?? "{}").answers ?? {};
    const save = () => {
      try {
        localStorage.setItem(COURSE.key, JSON.stringify({ answers }));
      } catch {
        lasting = false;
      }
    };
    const join = () => {
      try {
        answers = { ...answers, ...stored() };
      } catch {
        lasting = false;
      }
    };
    join();
    save();
    return {
      lasting: () => lasting,
      /**
       * @template {KindName} K
       * @param {Question<K>} question
       */
      of: ({ id }) => Object.hasOwn(answers, id) ? (
        /** @type {Answer<K>} */
        answers[id]
      ) : null,
      /**
       * @template {KindName} K
       * @param {Question<K>} question
       * @param {Answer<K>} answer
       */
      put: ({ id }, answer) => {
        join();
        answers[id] = answer;
        save();
      },
      take: () => {
        const before = answers;
        answers = {};
        save();
        return before;
      },
      /** @param {Answers} before */
      restore: (before) => {
        answers = before;
        save();
      }
    };
  })();

  // js/shared/sent.js
  var KEPT = 6;
  var known = [];
  var equal = (one, other) => one.length === other.length && one.every((byte, i) => byte === other[i]);
  function parsed(bytes) {
    const at = known.findIndex((one2) => equal(one2.bytes, bytes));
    const [one] = at < 0 ? [{ bytes, value: JSON.parse(new TextDecoder().decode(bytes)) }] : known.splice(at, 1);
    known.unshift(one);
    known.length = Math.min(known.length, KEPT);
    return (
      /** @type {T} */
      one.value
    );
  }

  // lifecycle/diagram/living/script/geometry.js
  function trackOf(path) {
    const length = path.getTotalLength(), parts = Math.max(1, Math.ceil(length / 4));
    const points = Array.from({ length: parts + 1 }, (_, i) => path.getPointAtLength(length * i / parts));
    return { length, points };
  }
  function onTrack({ points }, share) {
    const place = share * (points.length - 1), i = Math.min(points.length - 2, Math.floor(place)), part = place - i;
    const a = points[i], b = points[i + 1];
    const step2 = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part, dx: (b.x - a.x) / step2, dy: (b.y - a.y) / step2 };
  }
  function placement({ w, h }, viewBox, view, [dx, dy]) {
    const fit2 = Math.min(w / viewBox.w, h / viewBox.h), scale = fit2 * view.k;
    return {
      scale,
      x: dx * scale + (view.x - viewBox.x) * fit2 + (w - viewBox.w * fit2) / 2,
      y: dy * scale + (view.y - viewBox.y) * fit2 + (h - viewBox.h * fit2) / 2
    };
  }
  var shown = ({ w, h }, { scale, x, y }) => ({ x: -x / scale, y: -y / scale, w: w / scale, h: h / scale });

  // lifecycle/diagram/living/script/types.js
  var isStage = (node) => node.place.kind === "stage";
  var partsOf = (node) => isStage(node) ? [node.group, node.falls] : [node.group];

  // lifecycle/diagram/living/script/dots.js
  var [SINGLE, CROWDED, DROP] = [3.2, 2.3, 2.6];
  var FALL = 30;
  function laneOf(length, sums, frames) {
    const room = length * frames.step / frames.travel_s;
    return Math.min(2.6, Math.max(0, densest(sums, frames) * 6 / Math.max(1, room) - 1));
  }
  function inWindow(window2, x, y, r) {
    return !window2 || x - r >= window2.x && x + r <= window2.x + window2.w && y - r >= window2.y && y + r <= window2.y + window2.h;
  }
  function flowDots({ track, backwards, lane }, sums, frames, t, window2) {
    const r = lane > 1 ? CROWDED : SINGLE;
    return dotsAt(sums, frames, t).map(([k, share]) => {
      const at = onTrack(track, backwards ? 1 - share : share), side = (k * 2 % 5 - 2) * lane;
      return { kind: (
        /** @type {const} */
        "dot"
      ), x: at.x - at.dy * side, y: at.y + at.dx * side, r, opacity: 1 };
    }).filter(({ x, y }) => inWindow(window2, x, y, r + 1));
  }
  function stageDrops({ x, y, w, h }, sums, frames, t) {
    return dotsAt(sums, frames, t).map(([k, share]) => ({
      kind: "drop",
      x: x + w * 0.58 + k * 37 % (w * 0.38),
      y: y + h + FALL * share * share,
      r: DROP,
      opacity: 1 - share
    }));
  }
  function measured(edge, sums, frames) {
    const track = edge.track ??= trackOf(edge.path);
    if (edge.run !== frames) Object.assign(edge, { lane: laneOf(track.length, sums, frames), run: frames });
    return { track, backwards: edge.backwards, lane: edge.lane };
  }
  function layersOf({ frames, scene, still, t }, window2 = scene?.window) {
    if (!frames || !scene || still) return [];
    const layers = [];
    for (const [key, edge] of scene.edges) {
      const sums = frames.flows.get(key);
      if (sums) layers.push({ group: edge.dots, dots: flowDots(measured(edge, sums, frames), sums, frames, t, window2) });
    }
    for (const [id, node] of scene.nodes) {
      const lost = frames.stations.get(id)?.lostSoFar;
      if (lost && isStage(node)) layers.push({ group: node.falls, dots: stageDrops(node.box, lost, frames, t) });
    }
    return layers;
  }
  var REACH = 9;
  function dotNear(edge, sums, frames, t, { x, y }) {
    let near = null, least = REACH;
    const dots = flowDots(measured(edge, sums, frames), sums, frames, t);
    dotsAt(sums, frames, t).forEach(([k], i) => {
      const far = Math.hypot(dots[i].x - x, dots[i].y - y);
      if (far < least) [near, least] = [k, far];
    });
    return near;
  }
  function dotCount(sums, frames, t) {
    if (!sums) return 0;
    const passed = (at) => Math.floor(countAt(sums, frames, at) / frames.per_dot + 1e-9);
    return passed(t) - passed(t - frames.travel_s);
  }

  // lifecycle/diagram/living/script/state_words.js
  var ageWords = (age) => age < 0 ? "no data yet" : `${duration(age)} old`;
  var AGES = [[60, "fresh"], [900, "recent"], [7200, "ageing"], [Infinity, "stale"]];
  function ageStep(s) {
    return s < 0 ? -1 : AGES.findIndex(([limit]) => s < limit);
  }
  var holds2 = (place) => place.keeps || place.role === "buffer";
  function nodeWords(place, now) {
    if (!now) return "";
    if (place.role === "consumer") return ageWords(now.age);
    if (place.role === "buffer") return `${number(now.level)} waiting`;
    if (place.keeps) return `${number(now.level)} held`;
    if (place.role !== "source" && now.inside > 0) return `${number(now.inside)} waiting`;
    return now.out > 0 ? `${number(now.out)}/s` : now.fault || "idle";
  }
  var FEW_ASKERS = 5;
  function askerWords(now) {
    if (now.queries >= FEW_ASKERS) return `${number(now.queries)} queries wait`;
    return now.left >= FEW_ASKERS ? `${number(Math.round(now.left))}/min give up` : "";
  }
  function stateWords(place, now) {
    if (!now) return "";
    const said2 = [];
    if (now.fault) said2.push(`${now.fault} now`);
    if (place.role === "consumer") said2.push(now.age < 0 ? "no data yet" : `newest data is ${ageWords(now.age)}, ${AGES[ageStep(now.age)][1]}`);
    said2.push(`${number(now.in)} in and ${number(now.out)} out a second`);
    if (place.role !== "source" && place.role !== "consumer") said2.push(`${number(now.inside)} waiting`);
    if (place.keeps) said2.push(`${number(now.level)} held`);
    if (now.lost > 0) said2.push(`${number(now.lost)} lost`);
    if (now.queries >= FEW_ASKERS) said2.push(`${number(now.queries)} queries wait for a slot`);
    if (now.left >= FEW_ASKERS) said2.push(`${number(Math.round(now.left))} viewers a minute give up`);
    return said2.join(", ");
  }

  // lifecycle/diagram/living/script/telling.js
  function actOn(d, id) {
    return d.overlay ? d.places.get(d.overlay)?.acts[id] : void 0;
  }
  function actWords(d, id) {
    const current = d.overlay === null ? void 0 : d.places.get(d.overlay), act = current?.acts[id];
    return current && act ? `${current.label}: ${act.text}` : "";
  }
  function paintTable(d) {
    if (!d.ui.words.open || !d.frames) return;
    const rows = d.stages.map((place) => {
      const now = stationAt(d.frames, place.id, d.t);
      const cells = now ? [
        number(now.in),
        number(now.out),
        number(now.inside),
        holds2(place) ? number(now.level) : "–",
        `${Math.round(now.busy * 100)} %`,
        ageWords(now.age),
        number(now.lost),
        askerWords(now) || "–",
        now.fault || "–"
      ] : Array(9).fill("–");
      return el("tr", {}, el("th", { scope: "row", text: place.label }), ...cells.map((text) => el("td", { text })));
    });
    d.ui.tableBody.replaceChildren(...rows);
    write(d.ui.tableCaption, `State of the pipeline at ${clockWords(d.t)}; in and out are events a second`);
  }
  function summaryWords(d) {
    const said2 = [`Paused at ${clockWords(d.t)}.`];
    for (const place of d.stages) {
      const now = stationAt(d.frames, place.id, d.t);
      if (!now) continue;
      if (now.fault) said2.push(`${place.label}: ${now.fault}.`);
      if (place.role === "consumer") said2.push(`${place.label}: ${now.age < 0 ? "no data yet" : `newest data is ${ageWords(now.age)}`}.`);
      else if (now.inside >= 1 && place.role !== "source") said2.push(`${place.label}: ${number(now.inside)} waiting.`);
      if (now.lost) said2.push(`${place.label}: ${number(now.lost)} lost.`);
      if (askerWords(now)) said2.push(`${place.label}: ${askerWords(now)}.`);
    }
    return said2.join(" ");
  }

  // lifecycle/diagram/living/script/card.js
  function soonCard(d, of) {
    clearTimeout(d.cardTimer);
    d.cardTimer = setTimeout(() => d.root.isConnected && showCard(d, of), 160);
  }
  function showCard(d, of) {
    const target = typeof of === "string" ? d.scene?.nodes.get(of)?.body : of.group;
    if (!target) return;
    d.cardOf = of;
    fillCard(d);
    const card = d.ui.card;
    card.hidden = false;
    const home = d.ui.stage.getBoundingClientRect();
    const box = target.getBoundingClientRect();
    const below = box.bottom - home.top + 10;
    const left = Math.min(Math.max(6, box.left - home.left + box.width / 2 - card.offsetWidth / 2), home.width - card.offsetWidth - 6);
    const above = box.top - home.top - card.offsetHeight - 10;
    card.style.left = `${left}px`;
    card.style.top = `${above > -60 ? above : below}px`;
  }
  function hideCard(d) {
    clearTimeout(d.cardTimer);
    d.cardOf = null;
    d.ui.card.hidden = true;
  }
  function fillCard(d) {
    const { cardOf, frames } = d;
    if (cardOf === null) return;
    const facts = [];
    const card = d.ui.card;
    if (typeof cardOf !== "string") {
      const { source, target, label } = cardOf.flow;
      const sums = frames?.flows.get(`${source}>${target}`);
      const name = (id) => d.places.get(id)?.label ?? id;
      write(oneOf(card, "b"), `${name(source)} → ${name(target)}`);
      const hint = !d.said?.dots || d.still ? "" : "Click a dot to follow one of its orders";
      write(oneOf(card, "p"), [label, hint].filter(Boolean).join(". "));
      if (frames && sums) {
        facts.push(["so far", number(Math.floor(countAt(sums, frames, d.t)))]);
        facts.push(["dots now", cardOf.group.getAttribute("data-tokens") ?? "0"]);
      }
    } else {
      const place = d.places.get(cardOf), now = stationAt(frames, cardOf, d.t);
      if (!place) return;
      write(oneOf(card, "b"), place.label);
      write(oneOf(card, "p"), actWords(d, cardOf) || [place.detail, place.summary].filter(Boolean).map(capital).join(". "));
      if (now) {
        facts.push(["in", `${number(now.in)}/s`], ["out", `${number(now.out)}/s`], ["waiting", number(now.inside)]);
        facts.push(["busy", `${Math.round(now.busy * 100)} %`], ["age", ageWords(now.age)]);
        if (place.keeps) facts.push(["held", number(now.level)]);
        if (now.lost) facts.push(["lost", number(now.lost)]);
        if (askerWords(now)) facts.push(["askers", askerWords(now)]);
        if (now.fault) facts.push(["state", `⚠ ${now.fault}`]);
      }
    }
    if (frames) facts.push(["now", clockWords(d.t)]);
    const list = oneOf(card, "dl");
    while (list.children.length > facts.length) list.lastElementChild?.remove();
    while (list.children.length < facts.length) list.append(el("div", {}, el("dt"), el("dd")));
    facts.forEach(([name, value], i) => {
      const [term, detail] = list.children[i].children;
      write(term, name);
      write(detail, value);
    });
  }

  // lifecycle/diagram/living/script/placing.js
  function placeBadge(d, node) {
    const { scene } = d;
    if (node.signed || !scene) return;
    node.signed = true;
    const { x, y, w, h } = node.box;
    const flows = [...scene.edges.values()].flatMap((edge) => (edge.track ??= trackOf(edge.path)).points);
    const near = ([dx2, dy2]) => flows.filter((point2) => Math.abs(point2.x - (x + w - 7 + dx2)) < 16 && Math.abs(point2.y - (y + 1.5 + dy2)) < 14).length;
    const spots = [[0, 0], [-14, 0], [13 - w, 0]];
    if (h >= 75) spots.splice(2, 0, [0, 19]);
    const [dx, dy] = spots.reduce((best, spot) => near(spot) < near(best) ? spot : best);
    node.sign = { x: x + w - 20 + dx, y: y - 11 + dy, width: 26, height: 24 };
    put(node.badge, "transform", `translate(${dx} ${dy})`);
  }
  function placeMark(d, node, mark2, below) {
    const { scene } = d;
    if (!scene) return;
    const as = `${mark2.textContent.length}|${below}|${d.type ?? ""}|${d.frame ?? ""}`;
    if (!mark2.textContent || mark2.dataset.as === as) return;
    const { width, height } = mark2.getBBox();
    if (!width) return;
    mark2.dataset.as = as;
    const { x, y, w, h } = node.box, rise = 0.8 * height;
    const first = { x: x + 2, y: y + h + below - rise };
    const spots = [first, { x: x + 16, y: y - height - 2 }, { x: x + w - 24 - width, y: y - height - 2 }, { x: x + w + 8, y: y + h - height }];
    const { nodes, edges, viewBox: view } = scene, [dx, dy] = shiftOf(scene);
    const texts = allOf(scene.back, ".cluster text");
    const names = texts.map((name) => name.getBBox());
    const boxes = [...nodes.values()].map(({ box }) => ({ x: box.x, y: box.y, width: box.w, height: box.h }));
    const badge = node.sign ?? { x: x + w - 20, y: y - 11, width: 26, height: 18 };
    const counts = d.still ? [...edges.values()].flatMap((edge) => edge.spot ?? []) : [];
    const other = mark2 !== node.lost && !node.lost.classList.contains("off") ? [node.lost.getBBox()] : [];
    const flows = [...edges.values()].flatMap((edge) => (edge.track ??= trackOf(edge.path)).points);
    const free = (at2) => at2.x + dx >= view.x && at2.x + dx + width <= view.x + view.w && at2.y + dy >= view.y && [...names, ...boxes, ...other, ...counts, badge].every((one) => at2.x > one.x + one.width || one.x > at2.x + width || at2.y > one.y + one.height || one.y > at2.y + height) && !flows.some((point2) => point2.x > at2.x - 3 && point2.x < at2.x + width + 3 && point2.y > at2.y && point2.y < at2.y + height);
    const at = spots.find(free) ?? first;
    put(mark2, "x", at.x.toFixed(1));
    put(mark2, "y", (at.y + rise).toFixed(1));
  }
  var SHARES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9];
  var BESIDE = [-10, 10, -17, 17];
  var LONGEST_COUNT = "88.8k";
  function placeCounts(d) {
    const { scene } = d;
    if (!scene) return;
    const edges = [...scene.edges.values()];
    const sample = edges.find((edge) => !edge.words.classList.contains("off"))?.count;
    const as = `${d.type ?? ""}|${d.frame ?? ""}`;
    if (scene.countedAs === as || !sample) return;
    write(sample, LONGEST_COUNT);
    const { width, height } = sample.getBBox();
    write(sample, "");
    if (!width) return;
    scene.countedAs = as;
    const texts = allOf(scene.box, ".cluster text, .edge text:not(.count)");
    const taken = texts.map((text) => text.getBBox());
    for (const node of scene.nodes.values()) {
      const { box } = node, [right, top] = [box.x + box.w, box.y];
      taken.push({ x: box.x - 2, y: top - 2, width: box.w + 4, height: box.h + 4 });
      if (!isStage(node)) continue;
      taken.push({ x: right - 20, y: top - 11, width: 26, height: 12 }, { x: box.x - 10, y: top - 10, width: 24, height: 24 });
      taken.push({ x: box.x, y: top + box.h, width: 72, height: 17 });
      for (const mark2 of [node.lost, node.askers]) if (mark2.textContent) taken.push(mark2.getBBox());
    }
    const free = (spot) => taken.every((one) => spot.x > one.x + one.width || one.x > spot.x + width || spot.y > one.y + one.height || one.y > spot.y + height);
    for (const edge of edges) {
      const track = edge.track ??= trackOf(edge.path);
      const spots = BESIDE.flatMap((beside2) => SHARES.map((share) => {
        const at = onTrack(track, share);
        return { x: at.x - at.dy * beside2 * (1 + Math.abs(at.dy)) - width / 2, y: at.y + at.dx * beside2 - height / 2, width, height };
      }));
      edge.spot = spots.find(free) ?? null;
      if (!edge.spot) continue;
      taken.push(edge.spot);
      put(edge.count, "x", (edge.spot.x + width / 2).toFixed(1));
      put(edge.count, "y", (edge.spot.y + 0.78 * height).toFixed(1));
    }
  }

  // lifecycle/diagram/living/script/paint.js
  function paintStates(d) {
    const { frames, scene, t } = d;
    if (!scene) return;
    d.root.dataset.moment = String(Math.round(t));
    for (const [id, node] of scene.nodes) {
      if (!isStage(node)) {
        put(node.group, "aria-label", `${node.place.label}, undercurrent`);
        continue;
      }
      const now = stationAt(frames, id, t);
      paintLabel(d, node, now);
      const act = actOn(d, id);
      if (act?.short || now) write(node.state, act?.short || nodeWords(node.place, now));
      if (!now) continue;
      const fill = holds2(node.place) ? now.level / now.full : 0;
      put(node.tank, "y", (node.box.y + node.box.h * (1 - fill)).toFixed(1));
      put(node.tank, "height", (node.box.h * fill).toFixed(1));
      put(node.group, "data-level", now.level);
      put(node.busy, "width", (node.box.w * now.busy).toFixed(1));
      if (node.place.role === "consumer") put(node.bars, "data-step", ageStep(now.age));
      node.badge.classList.toggle("off", !now.faulty);
      if (now.faulty) placeBadge(d, node);
      node.group.classList.toggle("faulty", now.faulty);
      node.lost.classList.toggle("off", !now.lost);
      write(node.lost, now.lost ? `−${number(now.lost)} lost` : "");
      const askers = askerWords(now);
      node.askers.classList.toggle("off", !askers);
      write(node.askers, askers);
      placeMark(d, node, node.lost, 13);
      placeMark(d, node, node.askers, now.lost ? 26 : 13);
    }
    fitTexts(d, [...scene.nodes.values()].filter(isStage).map(stateRoom));
    paintFlows(d);
    if (d.cardOf) fillCard(d);
  }
  var stateRoom = (node) => [node.state, node.room];
  function paintLabel(d, node, now) {
    const score = d.progress[node.place.id];
    const said2 = [node.place.label, stateWords(node.place, now), actWords(d, node.place.id)];
    if (score !== void 0) said2.push(`quiz ${Math.round(score * 100)} %`);
    put(node.group, "aria-label", said2.filter(Boolean).join(". "));
  }
  function paintFlows(d) {
    const { frames, scene, t } = d;
    if (!frames || !scene) return;
    if (d.still) placeCounts(d);
    for (const [key, edge] of scene.edges) {
      const sums = frames.flows.get(key);
      const here = sums ? countAt(sums, frames, t) - countAt(sums, frames, t - frames.travel_s) : 0;
      put(edge.group, "data-tokens", dotCount(sums, frames, t));
      edge.group.classList.toggle("runs", here >= 0.5);
      const width = 1.4 + (here > 0 ? Math.min(3.6, 3.6 * here / (frames.per_dot * 30)) : 0);
      edge.path.style.strokeWidth = d.still ? (width * 1.6).toFixed(2) : width.toFixed(2);
      if (!d.still) {
        write(edge.count, "");
        continue;
      }
      write(edge.count, edge.spot && here >= 0.5 ? number(Math.round(here)) : "");
    }
  }

  // lifecycle/diagram/living/script/select.js
  function reach(d, id, forward) {
    const found2 = /* @__PURE__ */ new Set();
    const todo = [id];
    for (let here = todo.pop(); here !== void 0; here = todo.pop()) {
      for (const flow of d.flows) {
        const [start, end] = forward ? [flow.source, flow.target] : [flow.target, flow.source];
        if (start === here && !flow.loop && !found2.has(end)) {
          found2.add(end);
          todo.push(end);
        }
      }
    }
    return found2;
  }
  function choose(d, id) {
    if (d.pointing && id) return point(d, id);
    if (id === d.selected) id = null;
    d.pending = { id, at: performance.now() };
    light(d, id);
    hideCard(d);
    const place = id ? d.places.get(id) : void 0;
    if (place) say(d, `${place.label} selected. ${stateWords(place, stationAt(d.frames, place.id, d.t))}`);
    else say(d, "Selection cleared.");
    window.dispatchEvent(new CustomEvent("headwaters:choose", { detail: id }));
    d.send("select", id ?? "");
  }
  function follow(d, id) {
    if (id === d.selected) return;
    d.pending = { id, at: performance.now() };
    light(d, id);
    hideCard(d);
  }
  function goBack(d, id) {
    if (!d.pointing && id !== d.selected) choose(d, id);
  }
  function point(d, id) {
    d.pointed = id;
    lightPointed(d);
    const name = (part) => d.places.get(part)?.label ?? part;
    say(d, `${id.split("->").map(name).join(" to ")} marked as your answer.`);
    d.send("point", id);
  }
  function lightPointed(d) {
    d.root.classList.toggle("pointing", d.pointing);
    for (const [id, node] of d.scene?.nodes ?? []) node.group.classList.toggle("pointed", d.pointing && id === d.pointed);
    for (const { group, flow } of d.scene?.edges.values() ?? []) {
      group.classList.toggle("pointed", d.pointing && `${flow.source}->${flow.target}` === d.pointed);
    }
    redrawDots(d);
  }
  function light(d, id) {
    const place = id ? d.places.get(id) : void 0;
    d.selected = place?.id ?? null;
    d.overlay = place && place.kind === "undercurrent" ? d.selected : d.picked;
    if (d.ui.overlay.value !== (d.overlay ?? "")) d.ui.overlay.value = d.overlay ?? "";
    const lit = new Set(place ? [place.id] : []);
    if (place && place.kind === "stage") {
      for (const forward of [true, false]) reach(d, place.id, forward).forEach((other) => lit.add(other));
    } else if (place) {
      Object.keys(place.acts).forEach((other) => lit.add(other));
    }
    for (const scene of Object.values(d.scenes)) lightScene(d, scene, lit);
    d.root.dataset.selected = d.selected ?? "";
    redrawDots(d);
    paintStates(d);
  }
  function lightScene(d, scene, lit) {
    const current = d.overlay === null ? void 0 : d.places.get(d.overlay);
    scene.box.classList.toggle("chosen", Boolean(d.selected));
    const home = [d.walker, d.selected].find((id) => id !== null && scene.nodes.has(id)) ?? d.stages[0]?.id;
    for (const [id, node] of scene.nodes) {
      node.group.classList.toggle("selected", id === d.selected);
      for (const part of partsOf(node)) part.classList.toggle("lit", lit.has(id));
      put(node.group, "aria-pressed", id === d.selected);
      put(node.group, "tabindex", id === home ? 0 : -1);
      if (!isStage(node)) continue;
      const acts = current?.acts[id] !== void 0;
      node.mark.classList.toggle("off", !acts);
      node.group.classList.toggle("acted", acts);
      if (current && acts) put(node.markIcon, "d", current.icon);
      const score = d.progress[id];
      put(node.ring, "stroke-dasharray", `${Math.round((score ?? 0) * 100)} 100`);
      node.ringBack.classList.toggle("off", score === void 0);
    }
    const chosen2 = d.selected === null ? void 0 : d.places.get(d.selected);
    for (const edge of scene.edges.values()) {
      const on = chosen2?.kind === "stage" && onPath(d, chosen2.id, edge.flow, lit);
      edge.group.classList.toggle("lit", on);
      edge.dots.classList.toggle("lit", on);
      edge.words.classList.toggle("lit", on);
    }
  }
  function onPath(d, stage, flow, lit) {
    if (flow.loop) return flow.source === stage || flow.target === stage;
    if (!lit.has(flow.source) || !lit.has(flow.target)) return false;
    return [true, false].some((forward) => {
      const reached = reach(d, stage, forward).add(stage);
      return reached.has(flow.source) && reached.has(flow.target);
    });
  }
  function listenNode(d, node) {
    const { group, place } = node;
    group.addEventListener("click", () => {
      if (d.dragged) return;
      walkTo(d, place.id);
      choose(d, place.id);
    });
    group.addEventListener("keydown", (event) => nodeKey(d, event, place.id));
    group.addEventListener("focus", () => {
      d.walker = place.id;
      showCard(d, place.id);
    });
    group.addEventListener("blur", () => hideCard(d));
    listenPointer(d, group, () => soonCard(d, place.id));
    group.addEventListener("pointerleave", () => hideCard(d));
  }
  function listenPointer(d, part, came) {
    let told = false;
    const tell = (event) => {
      if (told || event.pointerType !== "mouse") return;
      told = true;
      came();
    };
    part.addEventListener("pointerenter", (event) => d.root.classList.contains("bare") || tell(event));
    part.addEventListener("pointermove", (event) => d.moved && tell(event));
    part.addEventListener("pointerleave", () => told = false);
  }
  function walkTo(d, id) {
    d.walker = id;
    if (!d.scene) return;
    for (const [other, node] of d.scene.nodes) put(node.group, "tabindex", other === id ? 0 : -1);
    d.scene.nodes.get(id)?.group.focus({ preventScroll: true });
  }
  function nodeKey(d, event, id) {
    if (isChord(event)) return;
    if (event.key === "Enter" || event.key === " ") choose(d, id);
    else if (event.key.startsWith("Arrow")) {
      const next = d.scene && neighbour(d, d.scene, id, event.key.slice(5));
      if (next) walkTo(d, next);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
  function neighbour(d, { nodes, direction }, id, key) {
    const here = nodes.get(id), way = WAYS[key];
    if (!here || !way) return null;
    const from = middle(here);
    const nearest = (ids) => closest(nodes, ids, (at) => Math.hypot(at.x - from.x, at.y - from.y));
    const [onward2, back] = direction === "LR" ? ["Right", "Left"] : ["Down", "Up"];
    if (key === onward2 || key === back) {
      const steps = d.flows.filter((f) => (key === onward2 ? f.source : f.target) === id);
      const plain = steps.filter((f) => !f.loop).map((f) => key === onward2 ? f.target : f.source);
      const loops = steps.filter((f) => f.loop).map((f) => key === onward2 ? f.target : f.source);
      const along = nearest(plain) ?? nearest(loops);
      if (along) return along;
    }
    const [dx, dy] = way;
    return closest(nodes, [...nodes.keys()].filter((other) => other !== id), (at) => {
      const x = at.x - from.x, y = at.y - from.y, ahead = x * dx + y * dy;
      return ahead > 8 ? ahead + 3 * (Math.abs(x * dy) + Math.abs(y * dx)) : Infinity;
    });
  }
  var WAYS = { Right: [1, 0], Left: [-1, 0], Down: [0, 1], Up: [0, -1] };
  var middle = ({ box }) => ({ x: box.x + box.w / 2, y: box.y + box.h / 2 });
  function closest(nodes, ids, far) {
    let best = null, least = Infinity;
    for (const id of ids) {
      const node = nodes.get(id), away = node ? far(middle(node)) : Infinity;
      if (away < least) [best, least] = [id, away];
    }
    return best;
  }
  function say(d, words) {
    d.ui.live.textContent = words;
  }

  // lifecycle/diagram/living/script/follow/gold.js
  var [RADIUS, HIGH, BESIDE2] = [5.5, 17, 10];
  function drawGold(d) {
    const { scene, gold } = d;
    if (!scene) return;
    const place = gold?.place ? pointOf(scene, gold, d.still) : null;
    scene.gold?.group.classList.toggle("off", !place);
    d.root.dataset.followed = place && gold?.place ? where(gold, d.still) : "";
    if (!place || !gold) return;
    const { group, label, back } = scene.gold ??= makeGold(scene);
    write(label, gold.tag);
    put(group, "transform", `translate(${place.x.toFixed(1)} ${place.y.toFixed(1)})`);
    const words = label.getComputedTextLength(), wide = words + BESIDE2 + HIGH;
    const over = place.x + wide > scene.size.width;
    put(back, "x", (over ? HIGH / 2 - wide : -HIGH / 2).toFixed(1));
    put(back, "width", wide.toFixed(1));
    put(label, "x", (over ? -BESIDE2 - words : BESIDE2).toFixed(1));
  }
  function where({ place, followed: { beats } }, still) {
    if (!place) return "";
    const { stage, to } = beats[place.beat];
    return to && !still ? `${stage}>${to}` : to || stage;
  }
  function makeGold(scene) {
    const back = svgEl("rect", { class: "gold-tag", y: -HIGH / 2, height: HIGH, rx: HIGH / 2 });
    const label = svgEl("text", { class: "gold-words", y: 4.5 });
    const group = svgEl("g", { class: "gold", "aria-hidden": "true" }, back, svgEl("circle", { class: "gold-dot", r: RADIUS }), label);
    scene.nodes.values().next().value?.group.parentElement?.append(group);
    return { group, label, back };
  }
  function pointOf(scene, { place, followed: { beats } }, still) {
    if (!place) return null;
    const { stage, to, watch } = beats[place.beat], share = place.into / watch;
    const from = doorOf(scene, stage), there = to ? doorOf(scene, to) : null;
    if (!to || !there || !from) return from;
    if (still) return there;
    const edge = scene.edges.get(`${stage}>${to}`);
    if (!edge) return { x: from.x + (there.x - from.x) * share, y: from.y + (there.y - from.y) * share };
    return onTrack(edge.track ??= trackOf(edge.path), edge.backwards ? 1 - share : share);
  }
  function doorOf(scene, stage) {
    const box = scene.nodes.get(stage)?.box;
    return box ? { x: box.x + HIGH / 2, y: box.y - HIGH / 2 - 1 } : null;
  }

  // lifecycle/diagram/living/script/follow/ribbon.js
  function ribbonOf(followed3, asked) {
    const { ribbon, other, parting, tag } = followed3;
    const head = el(
      "div",
      { class: "follow-head" },
      el("b", { class: "follow-tag", text: tag }),
      el("span", { class: "follow-now" }),
      el("span", { class: "gap" }),
      stepButton("Earlier", "To the stage before", () => asked.step(-1)),
      stepButton("Later", "To the next stage", () => asked.step(1))
    );
    const list = el(
      "ol",
      { class: "parts", "aria-label": "Its way, part by part" },
      ...ribbon.parts.map((part, i) => el(
        "li",
        { class: `part ${part.waits ? "waits" : "works"}${part.short ? " short" : ""}` },
        el(
          "button",
          { type: "button", onclick: () => asked.part(i), "aria-label": part.words, title: part.words },
          part.stage === ribbon.parts[i - 1]?.stage ? null : el("b", { text: `${part.label} ` }),
          el("span", { text: part.lasted })
        )
      )),
      el("li", { class: "part-end", text: ribbon.end })
    );
    const mine = el("div", { class: "ribbon" }, el("p", { class: "ribbon-of" }, el("b", { text: ribbon.title }), `: ${ribbon.words}`), barOf(ribbon, asked));
    const magnifier = el("div", { class: "magnifier" }, el("p", { text: "The short parts, too, not to scale:" }), list);
    const beside2 = el("div", { class: "ribbon beside" });
    if (other) beside2.append(el("p", { class: "ribbon-of" }, el("b", { text: other.title }), `: ${other.words}`), barOf(other, null), heardOf(other));
    if (parting) beside2.append(el("p", { class: "parting", text: parting }));
    const artefact = el("figure", { class: "artefact" }, el("figcaption"), el("pre", {}, el("code")));
    return [head, mine, el("div", { class: "closer" }, magnifier, artefact), beside2];
  }
  var stepButton = (text, title, act) => el("button", { type: "button", class: "tool step", title, "aria-label": title, text, onclick: act });
  function barOf(ribbon, asked) {
    return el("div", { class: "bar", "aria-hidden": "true" }, ...ribbon.parts.map((part, i) => el("span", {
      class: `part ${part.waits ? "waits" : "works"}${asked ? " open" : ""}`,
      title: part.words,
      style: `width: ${(100 * part.share).toFixed(3)}%`,
      onclick: asked && (() => asked.part(i))
    }, part.short ? null : el("span", { text: `${part.label} ${part.lasted}` }))));
  }
  var heardOf = (ribbon) => el("ol", { class: "unseen" }, ...ribbon.parts.map(({ words }) => el("li", { text: words })), el("li", { text: ribbon.end }));
  function nowWords({ ribbon }, beat, over) {
    if (!beat) return "It is not born yet.";
    const part = ribbon.parts[beat.part];
    return over ? `${part.label}: ${ribbon.end}` : `${beat.to ? `Handed over to ${part.label}` : part.words} · ${beat.rate}`;
  }
  function markRibbon(home, { place, followed: followed3 }, over) {
    const beat = place ? followed3.beats[place.beat] : null;
    allOf(home, ":is(.ribbon:not(.beside) .bar, .parts) > .part").forEach((part2, i) => {
      const here = beat !== null && i % followed3.ribbon.parts.length === beat.part;
      part2.classList.toggle("here", here);
      const button2 = part2.querySelector("button");
      if (button2) put(button2, "aria-current", here ? "step" : "false");
    });
    const part = beat ? followed3.ribbon.parts[beat.part] : null;
    const now = home.querySelector(".follow-now");
    if (now) write(now, nowWords(followed3, beat, over));
    const stage = part?.stage ?? followed3.ribbon.parts[0].stage;
    const found2 = followed3.artefacts.find((each) => each.stage === stage);
    const figure = home.querySelector("figure"), caption = home.querySelector("figcaption"), code = home.querySelector("code");
    if (!figure || !caption || !code) return;
    figure.hidden = !found2;
    write(caption, found2 ? `${part?.label ?? followed3.ribbon.parts[0].label}: ${found2.title}` : "");
    write(code, found2?.text ?? "");
  }

  // lifecycle/diagram/living/script/follow/watch.js
  function placeAt(beats, t) {
    let beat = -1;
    while (beat + 1 < beats.length && beats[beat + 1].start <= t) beat++;
    if (beat < 0) return null;
    const { start, end, watch } = beats[beat];
    return { beat, into: end > start ? watch * Math.min(1, (t - start) / (end - start)) : watch };
  }
  function momentAt(beats, { beat, into }) {
    const { start, end, watch } = beats[beat];
    return start + (end - start) * (into / watch);
  }
  var isOver = (beats, { beat, into }) => beat === beats.length - 1 && into >= beats[beat].watch;
  function onward(beats, { beat, into }, seconds, still = false) {
    into += seconds;
    while (beat < beats.length - 1 && (into >= beats[beat].watch || still && beats[beat].to)) {
      if (!still || !beats[beat].to) into -= beats[beat].watch;
      beat++;
    }
    return { beat, into: Math.min(into, beats[beat].watch) };
  }
  function stageBeat(beats, place, step2) {
    const firsts = beats.flatMap(({ to, stage }, i) => !to && (i === 0 || beats[i - 1].to === stage) ? [i] : []);
    const here = place ? firsts.findLastIndex((i) => i <= place.beat) : -1;
    return firsts[Math.min(firsts.length - 1, Math.max(0, here + step2))];
  }

  // lifecycle/diagram/living/script/follow/follow.js
  var USUAL_SPEED = 300;
  function receiveFollowed(d, { followed: followed3 }) {
    d.toFollow = followed3;
    settle(d);
  }
  function settle(d) {
    const { toFollow, said: said2 } = d, key = said2?.follows ?? "";
    const followed3 = toFollow && key && toFollow.key === key && toFollow.run === d.root.dataset.run ? toFollow : null;
    d.ui.follow.hidden = !key;
    if (!key) d.followedKey = "";
    if (followed3 === (d.gold?.followed ?? null)) return;
    d.gold = followed3 && { followed: followed3, place: placeAt(followed3.beats, d.t), tag: followed3.tag };
    d.ui.follow.classList.toggle("old", !followed3);
    if (!followed3) return drawGold(d);
    d.ui.follow.replaceChildren(...ribbonOf(followed3, { part: (part) => goToPart(d, part), step: (way) => goBy(d, way) }));
    const fresh = d.followedKey !== followed3.key;
    d.followedKey = followed3.key;
    if (fresh) say(d, followed3.ribbon.words);
    if (fresh && said2?.moment_s === null) {
      goToBeat(d, 0);
      setPlaying(d, !d.still);
    } else showMoment(d, d.t);
  }
  function nextMoment(d, seconds) {
    const { gold } = d;
    if (!gold) return null;
    const { beats } = gold.followed;
    if (gold.place && isOver(beats, gold.place)) return null;
    gold.place = gold.place ? onward(beats, gold.place, seconds * USUAL_SPEED / d.speed, d.still) : { beat: 0, into: 0 };
    return momentAt(beats, gold.place);
  }
  function rewind(d) {
    if (d.gold?.place && isOver(d.gold.followed.beats, d.gold.place)) goToBeat(d, 0);
  }
  function showFollowed(d, words) {
    const { gold } = d;
    if (gold) {
      const { beats, tag, ribbon } = gold.followed;
      if (!gold.place || Math.abs(momentAt(beats, gold.place) - d.t) > 1e-6) gold.place = placeAt(beats, d.t);
      const over = gold.place !== null && isOver(beats, gold.place);
      gold.tag = over ? `${tag} · ${ribbon.end}` : tag;
      if (words) markRibbon(d.ui.follow, gold, over);
    }
    drawGold(d);
  }
  function goToPart(d, part) {
    goToBeat(d, d.gold?.followed.beats.findIndex((beat) => beat.part === part && !beat.to) ?? 0);
    rest(d);
  }
  function goBy(d, way) {
    if (!d.gold) return;
    const { beats, ribbon } = d.gold.followed;
    goToBeat(d, stageBeat(beats, d.gold.place, way));
    rest(d);
    say(d, ribbon.parts[beats[d.gold.place?.beat ?? 0].part].words);
  }
  function rest(d) {
    setPlaying(d, false);
    sendMoment(d);
  }
  function goToBeat(d, beat) {
    if (!d.gold) return;
    d.gold.place = { beat, into: 0 };
    showMoment(d, d.gold.followed.beats[beat].start);
  }
  function clickWire(d, edge, { clientX, clientY }) {
    const { frames } = d, { source, target } = edge.flow, sums = frames?.flows.get(`${source}>${target}`);
    if (!frames || !sums || d.still || !d.said?.dots) return;
    const at = new DOMPoint(clientX, clientY).matrixTransform(edge.path.getScreenCTM()?.inverse());
    const dot = dotNear(edge, sums, frames, d.t, at);
    if (dot !== null) d.send("follow", `${source}>${target}@${Math.round(timeOf(sums, frames, dot * frames.per_dot))}`);
  }

  // lifecycle/diagram/living/script/clock.js
  var SPEEDS = [[30, "day in 30 s"], [60, "day in 1 min"], [120, "day in 2 min"], [300, "day in 5 min"], [900, "day in 15 min"]];
  var [PAUSE_MS, UNSEEN_MS] = [28, 100];
  var WORDS_MS = 180;
  var LONGEST_MS = 100;
  function setPlaying(d, playing) {
    d.playing = Boolean(playing && d.frames);
    d.root.dataset.playing = String(d.playing);
    put(d.ui.play, "aria-label", d.playing ? "Pause" : "Play");
    put(d.ui.play, "title", d.playing ? "Pause (space)" : "Play (space)");
    d.ui.playIcon.setAttribute("d", d.playing ? "M7 5v14M17 5v14" : "M7 4l13 8-13 8z");
    d.root.classList.toggle("playing", d.playing);
    d.last = null;
    if (d.playing) tick(d);
  }
  function tick(d) {
    endTicks(d);
    if (!d.playing || document.hidden) return;
    if (d.inSight) d.tickTimer = setTimeout(() => d.raf = requestAnimationFrame(() => step(d)), PAUSE_MS);
    else d.tickTimer = setTimeout(() => step(d), UNSEEN_MS);
  }
  function endTicks(d) {
    clearTimeout(d.tickTimer);
    cancelAnimationFrame(d.raf);
  }
  function step(d) {
    const { frames } = d, now = performance.now();
    if (!d.playing || !frames || document.hidden || !d.root.isConnected) return;
    const gone = d.last === null ? 0 : Math.min(LONGEST_MS, now - d.last);
    d.last = now;
    const waits = d.said?.follows ? d.t : null;
    const next = d.gold ? nextMoment(d, gone / 1e3) : waits ?? dayOnward(d, frames, gone / 1e3);
    if (next === null) return pause(d);
    if (d.inSight) showMoment(d, next, now - d.painted > WORDS_MS);
    else moveTo(d, frames, next);
    tick(d);
  }
  function dayOnward(d, frames, seconds) {
    const t = d.t + seconds * ((frames.end - frames.start) / d.speed);
    return t >= frames.end ? frames.start : t;
  }
  function moveTo(d, frames, t) {
    d.t = Math.min(frames.end, Math.max(frames.start, t));
    window.headwatersMoment = d.t;
    window.dispatchEvent(new CustomEvent("headwaters:moment", { detail: d.t }));
  }
  function showMoment(d, t, words = true) {
    if (!d.frames) return;
    moveTo(d, d.frames, t);
    drawDots(d);
    showFollowed(d, words);
    if (!words) return;
    d.painted = performance.now();
    paintStates(d);
    const moment = clockWords(d.t);
    write(d.ui.time, moment);
    d.ui.scrub.value = String(Math.round(d.t));
    put(d.ui.scrub, "aria-valuetext", moment);
    paintTable(d);
  }
  function pause(d) {
    setPlaying(d, false);
    showMoment(d, d.t);
    say(d, summaryWords(d));
    sendMoment(d);
  }
  function playOrPause(d) {
    if (d.playing) return pause(d);
    rewind(d);
    setPlaying(d, true);
  }
  function sendMoment(d) {
    clearTimeout(d.momentTimer);
    d.momentTimer = setTimeout(() => {
      const moment = Math.round(d.t);
      if (d.playing || moment === d.momentSent) return;
      d.momentSent = moment;
      d.unheard.push(moment);
      d.send("moment", moment);
    }, 250);
  }
  function scrubbed(d) {
    setPlaying(d, false);
    showMoment(d, Number(d.ui.scrub.value));
  }

  // lifecycle/diagram/living/script/scene.js
  var scenes = 0;
  var numbersIn = (text) => (text?.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
  function boxOf(shape) {
    const numbers = numbersIn(shape.getAttribute("d") || shape.getAttribute("points"));
    const xs = numbers.filter((_, i) => i % 2 === 0), ys = numbers.filter((_, i) => i % 2 === 1);
    const x = Math.min(...xs), y = Math.min(...ys);
    return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y };
  }
  function bare(group) {
    group.querySelectorAll("title").forEach((title) => title.remove());
  }
  var rect = (box, cls, r, more = {}) => svgEl("rect", { x: box.x, y: box.y, width: box.w, height: box.h, rx: r, class: cls, ...more });
  var BESIDE_DOTS = 10;
  function buildScene(d, text, direction) {
    const parsed2 = new DOMParser().parseFromString(text, "image/svg+xml");
    const back = document.importNode(oneOf(parsed2, "svg"), true);
    const prefix = `hw${++scenes}`;
    const graph = oneOf(back, "g.graph");
    const [, , w, h] = numbersIn(back.getAttribute("viewBox"));
    for (const name of ["width", "height"]) back.removeAttribute(name);
    for (const polygon of graph.querySelectorAll(":scope > polygon")) polygon.remove();
    bare(graph);
    for (const comment of [...graph.childNodes].filter((n) => n.nodeType === 8)) comment.remove();
    const front = copyOf(back), places = copyOf(graph);
    places.removeAttribute("id");
    const view = svgEl("g", { class: "view" }, places), ground = svgEl("g", {}, graph);
    front.append(view);
    back.append(ground);
    put(back, "class", "back");
    put(back, "aria-hidden", "true");
    put(front, "class", "front");
    put(front, "role", "group");
    put(front, "aria-label", `${d.data.title}: diagram of ${d.stages.length} stages. Arrow keys walk the flows.`);
    const canvas = el("canvas", { class: "dots-canvas", "aria-hidden": "true", ontransitionend: () => redrawDots(d) });
    const box = el("div", { class: `scene ${direction.toLowerCase()}` }, back, canvas, front);
    const scene = {
      box,
      back,
      front,
      canvas,
      direction,
      views: [view, ground],
      nodes: /* @__PURE__ */ new Map(),
      edges: /* @__PURE__ */ new Map(),
      movers: [],
      size: { width: w, height: h },
      viewBox: { x: 0, y: 0, w, h },
      sheet: null
    };
    d.data.zones.forEach((zone, i) => graph.querySelector(`[id="zone-${zone.id}"]`)?.classList.add(`zone-${i % 3}`));
    graph.querySelector("#zone-undercurrents")?.classList.add("under");
    d.flows.forEach((flow) => {
      const [group] = allOf(graph, `[id="flow-${flow.source}-${flow.target}"]`);
      if (group) scene.edges.set(`${flow.source}>${flow.target}`, dressEdge(group, flow));
    });
    for (const place of d.places.values()) {
      const [group] = allOf(graph, `[id="stage-${place.id}"]`);
      if (!group) continue;
      scene.nodes.set(place.id, dressNode(d, group, place, prefix));
      places.append(group);
    }
    for (const edge of scene.edges.values()) {
      const start = numbersIn(edge.path.getAttribute("d"));
      const away = (id) => {
        const box2 = scene.nodes.get(id)?.box;
        return box2 ? Math.hypot(box2.x + box2.w / 2 - start[0], box2.y + box2.h / 2 - start[1]) : 0;
      };
      edge.backwards = away(edge.flow.target) < away(edge.flow.source);
    }
    const words = svgEl("g", { class: "all-words", "aria-hidden": "true" });
    places.prepend(words);
    scene.movers = [...[...scene.edges.values()].map(({ dots }) => dots), ...[...scene.nodes.values()].filter(isStage).map(({ falls }) => falls)];
    graph.append(svgEl("g", { class: "all-dots" }, ...scene.movers));
    for (const edge of scene.edges.values()) {
      words.append(edge.words);
      if (direction === "TB") for (const text2 of edge.words.querySelectorAll("text:not(.count)")) put(text2, "x", Number(text2.getAttribute("x")) + BESIDE_DOTS);
    }
    return scene;
  }
  function dressEdge(group, flow) {
    bare(group);
    const path = oneOf(group, "path");
    group.setAttribute("class", `edge${flow.loop ? " loop" : ""}`);
    const hit = copyOf(path);
    hit.removeAttribute("stroke-dasharray");
    hit.setAttribute("class", "hit");
    hit.setAttribute("data-hit", `${flow.source}>${flow.target}`);
    path.setAttribute("class", "route");
    group.append(hit);
    const dots = svgEl("g", { class: "dots", "data-flow": `${flow.source}>${flow.target}` });
    const count = svgEl("text", { class: "count", "text-anchor": "middle" });
    const words = svgEl("g", { class: `edge${flow.loop ? " loop" : ""}` }, ...group.querySelectorAll("text"), count);
    return { group, flow, path, dots, words, count, spot: null, track: null, backwards: false, lane: 0 };
  }
  function dressNode(d, group, place, prefix) {
    bare(group);
    const shape = oneOf(group, "path, polygon");
    const box = boxOf(shape);
    shape.remove();
    const titles = [...group.querySelectorAll("text")];
    titles.forEach((text) => {
      text.setAttribute("class", "name");
      for (const name of ["font-family", "font-size"]) text.removeAttribute(name);
    });
    group.setAttribute("class", `node ${place.kind} role-${place.role}`);
    group.setAttribute("role", "button");
    group.setAttribute("aria-pressed", "false");
    group.setAttribute("tabindex", "-1");
    group.setAttribute("data-stage", place.id);
    const flat = place.kind === "undercurrent";
    const low = box.h < 75;
    const cx = box.x + box.w / 2;
    const radius = flat ? box.h / 2 : 12;
    const clip = svgEl("clipPath", { id: `${prefix}-${place.id}` }, rect(box, "", radius));
    const focus = rect({ x: box.x - 4, y: box.y - 4, w: box.w + 8, h: box.h + 8 }, "focus", radius + 4);
    const body = rect(box, "body", radius);
    const tank = svgEl("rect", { class: "tank", x: box.x, width: box.w, y: box.y + box.h, height: 0 });
    const busy = svgEl("rect", { class: "busy", x: box.x, y: box.y + box.h - 3, width: 0, height: 3 });
    const inner = svgEl("g", { class: "inner", "clip-path": `url(#${prefix}-${place.id})` }, tank, busy);
    const edge = rect(box, "rim", radius);
    const at = flat ? { x: box.x + 16, y: box.y + box.h / 2 } : { x: cx, y: box.y + (low ? 14 : 18.5) };
    const size = flat ? 0.6 : low ? 0.62 : 0.7;
    const icon = svgEl("path", { class: "icon", d: place.icon, transform: `translate(${at.x - 12 * size} ${at.y - 12 * size}) scale(${size})` });
    group.prepend(clip, focus, body, inner, edge, icon);
    titles.forEach((text, i) => {
      put(text, "x", flat ? box.x + 28 : cx);
      if (flat) text.setAttribute("text-anchor", "start");
      put(text, "y", flat ? box.y + box.h / 2 + 4 + (titles.length > 1 ? 13 * i - 6.5 : 0) : box.y + (titles.length > 1 ? (low ? 34.5 : 46) + (low ? 11.8 : 13.8) * i : low ? 41 : 52));
    });
    const node = { group, place, box, titles, room: flat ? box.w - 36 : box.w - 8, focus, body, tank, busy };
    if (isStage(node)) Object.assign(node, stageParts(node, at));
    listenNode(d, node);
    return node;
  }
  function stageParts({ box, group }, at) {
    const cx = box.x + box.w / 2, base = box.y + box.h - (box.h < 75 ? 5.5 : 9), r = box.h < 75 ? 11 : 13;
    const state = svgEl("text", { class: "state", x: cx, y: base, "text-anchor": "middle" });
    const ringBack = svgEl("circle", { class: "ring-back", cx: at.x, cy: at.y, r });
    const ring = svgEl("circle", {
      class: "ring",
      cx: at.x,
      cy: at.y,
      r,
      pathLength: 100,
      "stroke-dasharray": "0 100",
      transform: `rotate(-90 ${at.x} ${at.y})`
    });
    const bars = svgEl("g", { class: "bars", "data-step": "-1" });
    for (let i = 0; i < 4; i++) {
      bars.append(svgEl("rect", { x: box.x + 9 + i * 5, y: box.y + 20 - i * 3, width: 3.4, height: 5 + i * 3, rx: 1 }));
    }
    const right = box.x + box.w - 7, top = box.y + 1;
    const badge = svgEl(
      "g",
      { class: "badge off" },
      svgEl("title", { text: "Faulty now" }),
      svgEl("path", { d: `M${right} ${top - 10}l12 21h-24z`, class: "sign" }),
      svgEl("text", { x: right, y: top + 8.5, "text-anchor": "middle", text: "!" })
    );
    const lost = svgEl("text", { class: "lost off", x: box.x + 2, y: box.y + box.h + 13 });
    const askers = svgEl("text", { class: "lost askers off", x: box.x + 2, y: box.y + box.h + 13 });
    const falls = svgEl("g", { class: "falls" });
    const markIcon = svgEl("path", { class: "mark-icon", transform: `translate(${box.x - 5} ${box.y - 5}) scale(.6)` });
    const mark2 = svgEl(
      "g",
      { class: "mark off" },
      svgEl("circle", { cx: box.x + 2.2, cy: box.y + 2.2, r: 11 }),
      markIcon
    );
    group.append(ringBack, ring, bars, state, lost, askers, mark2, badge);
    return { state, ringBack, ring, bars, badge, lost, askers, falls, mark: mark2, markIcon };
  }

  // lifecycle/diagram/living/script/search.js
  function openSearch(d) {
    if (!d.pointing && !window.dispatchEvent(new Event("headwaters:search", { cancelable: true }))) return;
    d.ui.search.hidden = false;
    d.ui.searchInput.value = "";
    d.hit = 0;
    fillSearch(d);
    d.ui.searchInput.focus();
  }
  function closeSearch(d) {
    if (d.ui.search.hidden) return false;
    d.ui.search.hidden = true;
    d.ui.searchButton.focus({ preventScroll: true });
    return true;
  }
  function fillSearch(d) {
    const asked = d.ui.searchInput.value.trim().toLowerCase();
    d.hits = [...d.places.values()].filter((p) => `${p.label} ${p.detail} ${p.id}`.toLowerCase().includes(asked));
    d.hit = Math.max(0, Math.min(d.hit, d.hits.length - 1));
    d.ui.searchList.replaceChildren(...d.hits.map((place, i) => el("li", {
      role: "option",
      id: `${d.uid}-hit-${i}`,
      "aria-selected": String(i === d.hit),
      onpointerdown: (event) => {
        event.preventDefault();
        takeHit(d, i);
      }
    }, el("b", { text: place.label }), el("span", { text: place.detail }))));
    put(d.ui.searchInput, "aria-activedescendant", d.hits.length ? `${d.uid}-hit-${d.hit}` : "");
    d.ui.searchList.children[d.hit]?.scrollIntoView({ block: "nearest" });
    write(d.ui.searchNone, d.hits.length ? "" : "No such stage.");
  }
  function takeHit(d, i) {
    const place = d.hits[i];
    if (!place) return;
    d.ui.search.hidden = true;
    walkTo(d, place.id);
    if (place.id !== d.selected) choose(d, place.id);
  }
  function searchKey(d, event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      d.hit += event.key === "ArrowDown" ? 1 : -1;
      fillSearch(d);
    } else if (event.key === "Enter") takeHit(d, d.hit);
    else if (event.key === "Escape") closeSearch(d);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // lifecycle/diagram/living/script/receive.js
  function pickOverlay(d) {
    d.picked = d.ui.overlay.value || null;
    const place = d.selected === null ? void 0 : d.places.get(d.selected);
    if (place && place.kind === "undercurrent" && d.picked !== d.selected) choose(d, null);
    light(d, d.selected);
    const current = d.picked && d.places.get(d.picked);
    if (current) {
      const acts = Object.entries(current.acts).map(([id, act]) => `${d.places.get(id)?.label ?? id}: ${act.text}`);
      say(d, `${current.label}. ${acts.join(". ") || current.detail}`);
    }
  }
  function receive(d, data) {
    const before = d.data;
    d.data = data;
    if (!before || before.version !== data.version || before.facts !== data.facts) {
      d.places = new Map(data.places.map((place) => [place.id, place]));
      d.stages = data.places.filter((place) => place.kind === "stage");
      d.flows = data.flows;
      for (const scene of Object.values(d.scenes)) scene.box.remove();
      d.scenes = {};
      d.scene = null;
      const currents = data.places.filter((place) => place.kind === "undercurrent");
      d.ui.overlay.replaceChildren(el("option", { value: "", text: "No undercurrent" }), ...currents.map((p) => el("option", { value: p.id, text: p.label })));
      d.ui.overlay.hidden = !currents.length;
      pickScene(d);
    }
  }
  var eventsWords = (count) => count === 1 ? "1 event" : `${count.toLocaleString("en")} events`;
  function drawLegend(d, { per_dot, travel_s }, before) {
    const changed = before && before !== per_dot;
    const worth = `1 dot = ${eventsWords(per_dot)}${changed ? ` (was ${before.toLocaleString("en")})` : ""}`;
    const place = `Its place says how long ago they set off: ${Math.round(travel_s / 60)} min of the day from end to end of a wire, however fast they went.`;
    write(d.ui.worth, worth);
    d.ui.legend.replaceChildren(el("span", { class: "sample" }), el("span", {}, el("b", { text: worth }), `. ${place}`));
    if (changed) say(d, `One dot now stands for ${eventsWords(per_dot)}; it was ${before.toLocaleString("en")}.`);
  }
  function openRun(d, packed, day) {
    const first = !d.frames, worth = d.frames?.per_dot;
    const another = !first && day !== d.day;
    d.day = day;
    const frames = d.frames = openFrames(packed);
    d.ui.clock.hidden = !frames;
    d.ui.words.hidden = !frames;
    d.ui.marks.hidden = !frames;
    if (!frames) return paintStates(d);
    const { start, end, step: step2 } = frames;
    Object.assign(d.ui.scrub, { min: start, max: end, step: Math.max(1, Math.min(60, step2)) });
    if (another) d.hasMoment = false;
    d.opened = another;
    const led = first && d.said?.cue ? d.said : null;
    if (led) d.t = led.moment_s ?? frames.opening;
    else if ((first || another) && !d.hasMoment && !d.said?.cue) d.t = frames.opening;
    drawLegend(d, frames, worth);
    drawMarks(d, frames);
    showMoment(d, d.t);
    if (led) setPlaying(d, Boolean(led.plays) && !d.still);
    else if ((first || another) && !d.said?.cue) setPlaying(d, !d.still && !d.hasMoment);
  }
  function occasionWords(d, { from, to, kind, stage }) {
    const label = d.places.get(stage)?.label ?? stage;
    const what = { customers: "Rush of customers", viewers: `Rush of viewers at ${label}`, tick: `Timetable of ${label}` }[kind];
    return `${what}, ${clockWords(from)}${to > from ? ` to ${clockWords(to)}` : ""}`;
  }
  function drawMarks(d, { start, end, faults: struck, occasions }) {
    const share = (t) => `${(100 * (Math.min(end, t) - start) / (end - start)).toFixed(2)}%`;
    const faults = struck.map((each) => ({ ...each, is: "fault", words: each.words.replace("{stage}", d.places.get(each.stage)?.label ?? each.stage) }));
    const others = occasions.map((each) => ({ ...each, is: "occasion", words: occasionWords(d, each) }));
    const marks = [...others, ...faults].sort((a, b) => a.from - b.from);
    d.ui.faults.replaceChildren(...marks.map(({ is, from, to, words }) => el("span", { class: is, title: words, style: `left: ${share(from)}; width: calc(${share(to)} - ${share(from)})` })));
    d.ui.marks.replaceChildren(...marks.map(({ is, words }) => el("li", { class: is === "fault" ? "struck" : "marked", text: words })));
  }
  function sceneOf(d, direction) {
    return d.scenes[direction] ??= buildScene(d, direction === "LR" ? d.data.lr : d.data.tb, direction);
  }
  function pickScene(d) {
    const direction = directionOf(d);
    if (d.scene?.direction === direction) return;
    d.scene?.box.remove();
    d.scene = sceneOf(d, direction);
    d.ui.stage.prepend(d.scene.box);
    for (const edge of d.scene.edges.values()) {
      const hit = oneOf(edge.group, ".hit");
      if (!edge.heard) listenPointer(d, hit, () => soonCard(d, edge));
      edge.heard = true;
      hit.onpointerleave = () => hideCard(d);
      hit.onclick = (event) => {
        if (d.dragged) return;
        if (d.pointing) point(d, `${edge.flow.source}->${edge.flow.target}`);
        else clickWire(d, edge, event);
      };
    }
    applyFrame(d);
    fit(d);
    light(d, d.selected);
    lightPointed(d);
    if (d.frames) showMoment(d, d.t);
  }
  function receiveRun(d, note) {
    if (d.root.dataset.run === note.run) return;
    openRun(d, note.frames, note.day);
    d.root.dataset.run = note.run;
    settle(d);
    d.root.dataset.ready = "true";
  }
  function confirmState(d, state) {
    if (window.headwatersCut) return;
    const { pending } = d, fresh = pending && performance.now() - pending.at < 3e3;
    clearTimeout(d.askingAgain);
    if (fresh && state.selected !== pending.id) {
      d.askingAgain = setTimeout(() => d.pending && d.send("select", d.pending.id ?? ""), pending.at + 3e3 - performance.now());
    } else {
      d.pending = null;
      d.picked = state.overlay !== d.said?.overlay ? state.overlay : d.picked;
      d.progress = state.progress ?? {};
      if (state.selected !== d.selected) {
        hideCard(d);
        if (state.selected) d.walker = state.selected;
      }
      light(d, state.selected);
    }
    Object.assign(d, { pointing: state.pointing, pointed: state.pointed });
    lightPointed(d);
    d.root.classList.toggle("bare", Boolean(state.bare));
    d.frame = state.frame ?? [];
    pickScene(d);
    applyFrame(d);
    if (state.cue) followCue(d, state);
    else {
      if (d.said?.cue && state.moment_s === null) reopen(d);
      followMoment(d, state.moment_s);
    }
    d.said = state;
    d.root.classList.toggle("followable", Boolean(state.dots));
    settle(d);
  }
  function reopen(d) {
    d.hasMoment = false;
    if (d.frames) showMoment(d, d.frames.opening);
    setPlaying(d, !d.still);
  }
  function followCue(d, { cue, moment_s: moment, plays }) {
    if (cue === d.said?.cue) return;
    hideCard(d);
    d.hasMoment = true;
    d.t = moment ?? d.t;
    d.momentSent = Math.round(d.t);
    if (d.frames) showMoment(d, d.t);
    setPlaying(d, Boolean(plays) && !d.still);
  }
  function followMoment(d, moment) {
    const ours = d.unheard.indexOf(moment ?? -1);
    d.unheard.splice(0, ours + 1);
    const news = ours < 0 && moment !== d.said?.moment_s && Math.round(moment ?? 0) !== d.momentSent;
    if (moment !== null && (d.opened || news)) {
      d.hasMoment = true;
      d.momentSent = Math.round(moment);
      d.t = moment;
      setPlaying(d, false);
      if (d.frames) showMoment(d, moment);
    }
    d.opened = false;
  }
  function hostOf(root) {
    const tree = root.getRootNode();
    return tree instanceof ShadowRoot ? tree.host : root;
  }
  function globalKey(d, event) {
    const inside = event.composedPath().includes(d.root);
    const target = event.composedPath()[0];
    if (isChord(event) || isTyping(event) || event.defaultPrevented) return;
    if (!inside && !(target instanceof Element && target.contains(hostOf(d.root)))) return;
    if (event.key === "/") openSearch(d);
    else if (event.key === "Escape" && !document.fullscreenElement) {
      hideCard(d);
      if (!closeSearch(d) && d.selected) choose(d, null);
    } else if (event.key === " " && !(target instanceof HTMLButtonElement) && !(target instanceof HTMLElement && target.tagName === "SUMMARY")) playOrPause(d);
    else return;
    event.preventDefault();
  }

  // lifecycle/diagram/living/script/view.js
  function applyView(d) {
    const { k, x, y } = d.view;
    for (const part of d.scene?.views ?? []) put(part, "transform", `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${k.toFixed(4)})`);
    redrawDots(d);
    d.ui.stage.classList.toggle("zoomed", k > 1.001);
    d.root.dataset.zoom = k.toFixed(2);
  }
  function zoom(d, factor, px, py) {
    if (!d.scene) return;
    const { width, height } = d.scene.size;
    const k = Math.min(5, Math.max(1, d.view.k * factor));
    const at = { x: px ?? width / 2, y: py ?? height / 2 };
    const x = at.x - (at.x - d.view.x) / d.view.k * k, y = at.y - (at.y - d.view.y) / d.view.k * k;
    d.view = { k, x, y };
    clampView(d);
  }
  function clampView(d) {
    if (!d.scene) return;
    const { width, height } = d.scene.size;
    d.view.x = Math.min(0, Math.max(width * (1 - d.view.k), d.view.x));
    d.view.y = Math.min(0, Math.max(height * (1 - d.view.k), d.view.y));
    applyView(d);
  }
  function fit(d) {
    d.view = { k: 1, x: 0, y: 0 };
    if (d.scene) applyView(d);
  }
  function picturePoint(d, clientX, clientY) {
    const matrix = d.scene?.front.getScreenCTM()?.inverse();
    const point2 = new DOMPoint(clientX, clientY).matrixTransform(matrix);
    return [point2.x, point2.y];
  }
  function listenView(d) {
    const stage = d.ui.stage;
    stage.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom(d, Math.exp(-event.deltaY / 300), ...picturePoint(d, event.clientX, event.clientY));
    }, { passive: false });
    let drag = null;
    stage.addEventListener("pointerdown", (event) => {
      d.dragged = false;
      if (event.button === 0 && d.view.k > 1.001) drag = { at: picturePoint(d, event.clientX, event.clientY), x: d.view.x, y: d.view.y, sx: event.clientX, sy: event.clientY };
    });
    d.listen(window, "pointermove", (event) => {
      if (!drag || d.pinch) return;
      if (Math.hypot(event.clientX - drag.sx, event.clientY - drag.sy) < 4 && !d.dragged) return;
      d.dragged = true;
      const [x, y] = picturePoint(d, event.clientX, event.clientY);
      d.view.x = drag.x + x - drag.at[0];
      d.view.y = drag.y + y - drag.at[1];
      clampView(d);
    });
    d.listen(window, "pointerup", () => drag = null);
    d.listen(window, "pointercancel", () => drag = null);
    stage.addEventListener("touchmove", (event) => {
      if (event.touches.length !== 2) return;
      event.preventDefault();
      const [a, b] = event.touches;
      const spread2 = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
      if (d.pinch) zoom(d, spread2 / d.pinch, ...picturePoint(d, (a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2));
      d.pinch = spread2;
    }, { passive: false });
    stage.addEventListener("touchend", () => d.pinch = null);
  }
  var FRAME_ROOM = 20;
  var [HALL_PX, HALL_WIDE, LEAST_TYPE, MOST_TYPE] = [24.5, 1920, 12.2, 15];
  function applyFrame(d) {
    const { scene } = d;
    if (!scene) return;
    const zones = new Set(d.frame ?? []);
    const within = (id) => !zones.size || zones.has(zoneOf(d, id));
    for (const [id, node] of scene.nodes) for (const part of partsOf(node)) part.classList.toggle("off", !within(id));
    for (const panel of scene.back.querySelectorAll("g.cluster")) panel.classList.toggle("off", !inFrame(zones, panel));
    for (const edge of scene.edges.values()) {
      const ends = [edge.flow.source, edge.flow.target].filter(within).length;
      for (const part of [edge.group, edge.dots, edge.words]) part.classList.toggle("off", !ends || ends === 1 && edge.flow.loop);
      for (const part of [edge.group, edge.words]) part.classList.toggle("stub", ends === 1);
    }
    scene.window = zones.size ? framed(d, scene) : null;
    const [dx, dy] = scene.window ? shiftOf(scene) : [0, 0], { x, y, w, h } = framed(d, scene);
    scene.viewBox = { x: x + dx, y: y + dy, w, h };
    for (const half of [scene.back, scene.front]) put(half, "viewBox", [x + dx, y + dy, w, h].map((n) => n.toFixed(1)).join(" "));
    scene.box.style.aspectRatio = `${w} / ${h}`;
    redrawDots(d);
    sizeType(d);
  }
  var zoneOf = (d, id) => d.places.get(id)?.zone ?? "";
  var inFrame = (zones, panel) => !zones.size || zones.has(panel.id.replace(/^zone-/, ""));
  function shiftOf(scene) {
    const moved = /translate\(([-\d.]+)[ ,]+([-\d.]+)\)/.exec(oneOf(scene.back, "g.graph").getAttribute("transform") ?? "");
    return moved ? [Number(moved[1]), Number(moved[2])] : [0, 0];
  }
  function framed(d, scene) {
    const zones = new Set(d.frame ?? []), boxes = [];
    const all = { x: 0, y: 0, w: scene.size.width, h: scene.size.height };
    if (!zones.size) return all;
    for (const panel of scene.back.querySelectorAll("g.cluster")) {
      const outline = panel.querySelector("path, polygon");
      if (outline && inFrame(zones, panel)) boxes.push(boxOf(outline));
    }
    for (const { flow, path } of scene.edges.values()) {
      if (flow.loop && [flow.source, flow.target].every((id) => zones.has(zoneOf(d, id)))) boxes.push(boxOf(path));
    }
    if (!boxes.length) return all;
    const x = Math.min(...boxes.map((box) => box.x)) - FRAME_ROOM, y = Math.min(...boxes.map((box) => box.y)) - FRAME_ROOM;
    const right = Math.max(...boxes.map((box) => box.x + box.w)) + FRAME_ROOM, foot = Math.max(...boxes.map((box) => box.y + box.h)) + FRAME_ROOM;
    return { x, y, w: right - x, h: foot - y };
  }
  function directionOf(d) {
    const wide = d.root.clientWidth;
    if (!d.root.classList.contains("bare") || !d.scene || !wide) return wide && wide < 640 ? "TB" : "LR";
    const high = parseFloat(getComputedStyle(d.scene.box).maxHeight) || window.innerHeight;
    const scale = ({ w, h }) => Math.min(wide / w, high / h);
    return scale(framed(d, sceneOf(d, "TB"))) > 1.1 * scale(framed(d, sceneOf(d, "LR"))) ? "TB" : "LR";
  }
  function sizeType(d) {
    const { scene } = d, scale = scene?.front.getScreenCTM()?.a;
    if (!scene || !scale) return;
    if (d.root.classList.contains("bare")) {
      const px = HALL_PX * Math.min(1, window.innerWidth / HALL_WIDE);
      d.type = `${Math.min(MOST_TYPE, Math.max(LEAST_TYPE, px / scale)).toFixed(2)}px`;
      d.root.style.setProperty("--type", d.type);
    }
    fitTexts(d, [...scene.nodes.values()].flatMap(textsOf));
  }
  var textsOf = (node) => [...node.titles, ...isStage(node) ? [node.state] : []].map((text) => [text, node.room]);
  function fitTexts(d, texts) {
    const asNow = (text) => `${text.textContent}|${d.type ?? ""}|${d.scene?.direction}`;
    const changed = texts.filter(([text]) => text.textContent && text.fittedAs !== asNow(text));
    for (const [text] of changed) {
      text.removeAttribute("textLength");
      text.style.removeProperty("font-size");
    }
    const measured2 = changed.map(([text, room]) => ({ text, room, length: text.getComputedTextLength() }));
    for (const { text, room, length } of measured2) {
      if (!length) continue;
      text.fittedAs = asNow(text);
      const fits2 = fitted(length, room, parseFloat(getComputedStyle(text).fontSize));
      if (fits2.length === null) continue;
      if (fits2.size !== null) text.style.setProperty("font-size", `${fits2.size.toFixed(2)}px`, "important");
      put(text, "lengthAdjust", "spacingAndGlyphs");
      put(text, "textLength", room.toFixed(1));
    }
  }
  function toggleFull(d) {
    if (document.fullscreenElement) document.exitFullscreen();
    else d.root.requestFullscreen?.();
  }

  // lifecycle/diagram/living/script/canvas.js
  function readSheet(d, scene) {
    const { canvas, viewBox } = scene, pen = canvas.getContext("2d");
    const { width, height } = canvas.getBoundingClientRect(), density = window.devicePixelRatio || 1;
    if (!pen || !width || !height) return null;
    const w = Math.round(width * density), h = Math.round(height * density);
    if (canvas.width !== w) canvas.width = w;
    if (canvas.height !== h) canvas.height = h;
    const look = getComputedStyle(canvas);
    const opacities = new Map(scene.movers.map((group) => {
      const { display, opacity } = getComputedStyle(group);
      return [group, display === "none" ? 0 : Number(opacity)];
    }));
    const placed = placement({ w, h }, viewBox, d.view, shiftOf(scene));
    pen.setTransform(placed.scale, 0, 0, placed.scale, placed.x, placed.y);
    pen.strokeStyle = look.outlineColor;
    return { pen, density, opacities, inked: true, shown: shown({ w, h }, placed), colours: { dot: look.color, drop: look.textDecorationColor } };
  }
  function drawAll({ pen, colours }, dots) {
    for (const { kind, x, y, r, opacity } of dots) {
      pen.globalAlpha = opacity;
      pen.fillStyle = colours[kind];
      pen.beginPath();
      pen.arc(x, y, r, 0, 2 * Math.PI);
      pen.fill();
      if (kind === "dot") pen.stroke();
    }
    pen.globalAlpha = 1;
  }
  function fade({ pen }, share) {
    pen.save();
    pen.resetTransform();
    pen.globalCompositeOperation = "destination-in";
    pen.fillStyle = `rgb(0 0 0 / ${share})`;
    pen.fillRect(0, 0, pen.canvas.width, pen.canvas.height);
    pen.restore();
  }
  function wipe({ pen }) {
    pen.save();
    pen.resetTransform();
    pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height);
    pen.restore();
  }
  function drawDots(d) {
    const { scene } = d;
    if (!scene || !d.pictureInSight) return;
    if (scene.sheet?.density !== (window.devicePixelRatio || 1)) scene.sheet = null;
    const sheet = scene.sheet ??= readSheet(d, scene);
    if (!sheet) return;
    const layers = layersOf(d, scene.window && sheet.shown).filter(({ group, dots }) => dots.length && sheet.opacities.get(group));
    if (!layers.length && !sheet.inked) return;
    wipe(sheet);
    sheet.inked = layers.length > 0;
    const levels = [...new Set(layers.map(({ group }) => sheet.opacities.get(group) ?? 1))].sort((a, b) => a - b);
    levels.forEach((level, i) => {
      for (const { group, dots } of layers) if (sheet.opacities.get(group) === level) drawAll(sheet, dots);
      const next = levels[i + 1] ?? 1;
      if (level < next) fade(sheet, level / next);
    });
  }
  function redrawDots(d) {
    if (d.scene) d.scene.sheet = null;
    cancelAnimationFrame(d.redraw);
    d.redraw = requestAnimationFrame(() => drawDots(d));
  }
  function dotsAsCircles(d) {
    const circles = layersOf(d).flatMap(({ group, dots }) => dots.map(({ kind, x, y, r, opacity }) => {
      const circle = svgEl("circle", { class: kind, cx: x.toFixed(1), cy: y.toFixed(1), r, opacity: opacity < 1 ? opacity.toFixed(2) : null });
      group.append(circle);
      return circle;
    }));
    return () => circles.forEach((circle) => circle.remove());
  }

  // lifecycle/diagram/living/script/save.js
  var KEPT2 = [
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "opacity",
    "font-family",
    "font-size",
    "font-weight",
    "font-style",
    "letter-spacing",
    "text-transform",
    "paint-order",
    "visibility"
  ];
  function plainColour(value) {
    return value.replace(/color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.]+))?\)/g, (_, r, g, b, a) => `rgba(${[r, g, b].map((x) => Math.round(x * 255)).join(", ")}, ${a ?? 1})`);
  }
  function frozenCopy(live) {
    const style = getComputedStyle(live);
    if (style.display === "none" || live.classList?.contains("hit")) return null;
    const copy = copyOf(live);
    for (const name of KEPT2) copy.style.setProperty(name, plainColour(style.getPropertyValue(name)));
    for (const child of live.childNodes) {
      if (child instanceof Text) copy.append(child.data);
      else if (child instanceof SVGElement) {
        const kept2 = child.closest("defs, clipPath, title") ? copyOf(child, true) : frozenCopy(child);
        if (kept2) copy.append(kept2);
      }
    }
    return copy;
  }
  var isFace = (rule, family) => rule instanceof CSSFontFaceRule && rule.style.fontFamily.replace(/["']/g, "") === family && (rule.style.fontStyle || "normal") === "normal";
  async function fontFaces(family) {
    const first = family.split(",")[0].replace(/["']/g, "").trim();
    const rules = [...document.styleSheets].flatMap((sheet) => {
      try {
        return [...sheet.cssRules].flatMap((rule) => isFace(rule, first) ? [{ rule, base: sheet.href }] : []);
      } catch {
        return [];
      }
    });
    const faces = await Promise.all(rules.map(async ({ rule, base }) => {
      const source = rule.style.getPropertyValue("src").match(/url\(["']?([^"')]+)/)?.[1];
      if (!source) return "";
      try {
        const bytes = new Uint8Array(await (await fetch(new URL(source, base ?? document.baseURI))).arrayBuffer());
        let text = "";
        for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
        return `@font-face{font-family:"${first}";font-weight:${rule.style.fontWeight || 400};src:url(data:font/woff2;base64,${btoa(text)})}`;
      } catch {
        return "";
      }
    }));
    return faces.join("");
  }
  async function pictureText(d, { back, front, size }) {
    const ground = plainColour(getComputedStyle(d.root).backgroundColor);
    const faces = await fontFaces(getComputedStyle(front).fontFamily);
    showMoment(d, d.t);
    const done = dotsAsCircles(d), copy = frozenCopy(back) ?? copyOf(back);
    copy.append(...frozenCopy(front)?.childNodes ?? []);
    done();
    copy.removeAttribute("aria-hidden");
    for (const name of ["role", "aria-label"]) copy.setAttribute(name, front.getAttribute(name) ?? "");
    copy.setAttribute("width", String(size.width));
    copy.setAttribute("height", String(size.height));
    copy.setAttribute("xmlns", SVG);
    copy.prepend(svgEl("style", { text: faces }), svgEl("rect", { width: "100%", height: "100%", fill: ground }));
    copy.append(svgEl("title", { text: `${d.data.title}${d.frames ? `, ${clockWords(d.t)}` : ""}` }));
    return new XMLSerializer().serializeToString(copy);
  }
  function download(name, blob) {
    const url = URL.createObjectURL(blob);
    el("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1e4);
  }
  function fileName(d, ending) {
    return `pipeline-${clockWords(d.t).replace(":", "")}${d.selected ? `-${d.selected}` : ""}.${ending}`;
  }
  async function saveSvg(d) {
    if (d.scene) download(fileName(d, "svg"), new Blob([await pictureText(d, d.scene)], { type: "image/svg+xml" }));
  }
  async function savePng(d) {
    const { scene } = d;
    if (!scene) return;
    const text = await pictureText(d, scene);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = el("canvas", { width: Math.round(scene.size.width * 2), height: Math.round(scene.size.height * 2) });
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => blob && download(fileName(d, "png"), blob), "image/png");
  }

  // lifecycle/diagram/living/script/furniture.js
  var BUTTONS = {
    search: ["Find a stage (/)", "M10.500 4a6.500 6.500 0 1 0 0 13a6.500 6.500 0 1 0 0-13M15.500 15.500L21 21"],
    in: ["Zoom in", "M12 5v14M5 12h14"],
    out: ["Zoom out", "M5 12h14"],
    fit: ["Fit the whole picture", "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"],
    full: ["Full screen", "M14 10l7-7M15 3h6v6M10 14l-7 7M3 15v6h6"],
    svg: ["Save as SVG", "M12 3v11M7 10l5 5 5-5M4 20h16"],
    png: ["Save as PNG", "M4 5h16v14H4zM8.500 10h.010M4 16l5-4 4 3 3-2 4 3"]
  };
  function button(name, act, label) {
    const [title, path] = BUTTONS[name];
    const icon = svgEl("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svgEl("path", { d: path }));
    return el(
      "button",
      { type: "button", class: `tool ${name}`, "aria-label": title, title, onclick: act },
      icon,
      label ? el("span", { text: label }) : null
    );
  }
  function furnish(bare2) {
    const d = (
      /** @type {Diagram} */
      bare2
    );
    const searchButton2 = button("search", () => openSearch(d));
    const overlay = el("select", { class: "overlay", "aria-label": "Lay an undercurrent over the picture", onchange: () => pickOverlay(d) });
    const tools = el(
      "div",
      { class: "tools", role: "toolbar", "aria-label": "Diagram" },
      searchButton2,
      button("out", () => zoom(d, 1 / 1.35)),
      button("in", () => zoom(d, 1.35)),
      button("fit", () => fit(d)),
      button("full", () => toggleFull(d)),
      overlay,
      el("span", { class: "gap" }),
      button("svg", () => saveSvg(d), "SVG"),
      button("png", () => savePng(d), "PNG")
    );
    rove(tools);
    const card = el("div", { class: "card", role: "tooltip", id: `${d.uid}-card`, hidden: "" }, el("b"), el("p"), el("dl"));
    const stage = el("div", { class: "stage" });
    const live = el("div", { class: "unseen", "aria-live": "polite", role: "status" });
    const tableCaption = el("caption"), tableBody = el("tbody");
    const heads = ["Stage", "In", "Out", "Waiting", "Held", "Busy", "Newest data", "Lost", "Askers", "Fault"];
    const words = el(
      "details",
      { class: "words", ontoggle: () => paintTable(d) },
      el("summary", { text: "The same state in words" }),
      el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "State in words" }, el(
        "table",
        {},
        tableCaption,
        el("thead", {}, el("tr", {}, ...heads.map((text) => el("th", { scope: "col", text })))),
        tableBody
      ))
    );
    const finder = searchFurniture(d), watch = clockFurniture(d);
    const follow2 = el("section", { class: "follow", "aria-label": "The order that is followed", hidden: "" });
    d.root.append(tools, stage, watch.clock, watch.legend, watch.marks, follow2, words, live);
    stage.append(card, finder.search);
    d.ui = { searchButton: searchButton2, overlay, tools, card, stage, follow: follow2, live, tableCaption, tableBody, words, ...finder, ...watch };
    return d;
  }
  function rove(bar) {
    const tools = () => allOf(bar, "button, select").filter((tool) => !tool.hidden);
    const stop = (here) => tools().forEach((tool) => put(tool, "tabindex", tool === here ? 0 : -1));
    stop(tools()[0]);
    bar.addEventListener("focusin", (event) => stop(event.target));
    bar.addEventListener("keydown", (event) => {
      const all = tools(), here = all.findIndex((tool) => tool === event.target);
      const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1 }[event.key];
      if (to === void 0 || isChord(event)) return;
      all[(to + all.length) % all.length].focus();
      event.preventDefault();
    });
  }
  function searchFurniture(d) {
    const searchInput = el("input", {
      type: "text",
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": `${d.uid}-hits`,
      "aria-label": "Find a stage",
      placeholder: "Find a stage",
      autocomplete: "off",
      spellcheck: "false",
      oninput: () => {
        d.hit = 0;
        fillSearch(d);
      },
      onkeydown: (event) => searchKey(d, event),
      onblur: () => {
        search.hidden = true;
      }
    });
    const searchList = el("ul", { role: "listbox", id: `${d.uid}-hits`, "aria-label": "Stages" });
    const searchNone = el("p");
    const search = el("div", { class: "finder", hidden: "" }, searchInput, searchList, searchNone);
    return { search, searchInput, searchList, searchNone };
  }
  function clockFurniture(d) {
    const playIcon = svgEl("path", { d: "" });
    const play = el(
      "button",
      { type: "button", class: "tool play", onclick: () => playOrPause(d) },
      svgEl("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, playIcon)
    );
    const time = el("span", { class: "time", text: "00:00" });
    const scrub = el("input", {
      type: "range",
      class: "scrub",
      "aria-label": "Time of day",
      min: 0,
      max: 86400,
      step: 60,
      value: 0,
      oninput: () => scrubbed(d),
      onchange: () => {
        scrubbed(d);
        say(d, summaryWords(d));
        sendMoment(d);
      }
    });
    const speed = el(
      "select",
      { class: "speed", "aria-label": "Speed", onchange: () => {
        d.speed = Number(speed.value);
      } },
      ...SPEEDS.map(([value, text]) => el("option", { value, text }))
    );
    speed.value = String(d.speed);
    const faults = el("div", { class: "faults", "aria-hidden": "true" });
    const track = el("div", { class: "track" }, faults, scrub);
    const worth = el("span", { class: "worth" });
    const clock2 = el("div", { class: "clock", role: "group", "aria-label": "Clock" }, play, time, track, speed, worth);
    const marks = el("ul", { class: "marks", "aria-label": "What happens on this day" });
    const legend = el("p", { class: "legend" });
    return { playIcon, play, time, scrub, speed, faults, worth, clock: clock2, marks, legend };
  }

  // lifecycle/diagram/living/script/diagram.js
  var mounted = 0;
  var NOTHING2 = { version: "", facts: "", title: "", lr: "", tb: "", zones: [], places: [], flows: [] };
  function create(parent) {
    const root = el("div", { class: "living" });
    const motion = window.matchMedia("(prefers-reduced-motion: reduce)");
    const ends = [];
    const bare2 = {
      root,
      uid: `hw-living-${++mounted}`,
      data: NOTHING2,
      scenes: {},
      scene: null,
      frames: null,
      places: /* @__PURE__ */ new Map(),
      stages: [],
      flows: [],
      selected: null,
      walker: null,
      pending: null,
      pointing: false,
      pointed: null,
      overlay: null,
      picked: null,
      progress: {},
      frame: [],
      t: 0,
      speed: 300,
      playing: false,
      still: motion.matches,
      hasMoment: false,
      opened: false,
      day: null,
      said: null,
      last: null,
      painted: 0,
      view: { k: 1, x: 0, y: 0 },
      dragged: false,
      pinch: null,
      moved: false,
      pointer: null,
      cardOf: null,
      toFollow: null,
      followedKey: "",
      gold: null,
      hit: 0,
      hits: [],
      type: "",
      raf: 0,
      redraw: 0,
      tickTimer: void 0,
      inSight: true,
      pictureInSight: true,
      momentSent: null,
      unheard: [],
      momentTimer: void 0,
      cardTimer: void 0,
      askingAgain: void 0,
      leaving: void 0,
      listen(target, type, act, early = false) {
        target.addEventListener(type, act, early);
        ends.push(() => target.removeEventListener(type, act, early));
      },
      send() {
      },
      // until Streamlit says how
      end() {
        endTicks(d);
        cancelAnimationFrame(bare2.redraw);
        clearTimeout(bare2.askingAgain);
        watch.disconnect();
        sight.disconnect();
        ends.forEach((end) => end());
        root.remove();
      }
    };
    parent.append(root);
    const d = furnish(bare2);
    listenView(d);
    setPlaying(d, false);
    d.listen(document, "keydown", (event) => globalKey(d, event));
    d.listen(window, "headwaters:choose", ({ detail }) => follow(d, detail));
    d.listen(window, "headwaters:back", ({ detail }) => goBack(d, detail));
    d.listen(window, "pointermove", ({ screenX, screenY }) => {
      d.moved = d.pointer !== null && (d.pointer.screenX !== screenX || d.pointer.screenY !== screenY);
      d.pointer = { screenX, screenY };
    }, true);
    d.listen(document, "visibilitychange", () => {
      d.last = null;
      tick(d);
    });
    d.listen(motion, "change", () => {
      d.still = motion.matches;
      root.classList.toggle("still", d.still);
      if (d.still && d.playing) pause(d);
      else if (d.frames) showMoment(d, d.t);
    });
    root.classList.toggle("still", d.still);
    const watch = new ResizeObserver(() => {
      if (d.data === NOTHING2) return;
      pickScene(d);
      sizeType(d);
      if (d.scene) d.scene.sheet = null;
      drawDots(d);
    });
    watch.observe(root);
    watch.observe(d.ui.stage);
    const sight = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (target === root) d.inSight = isIntersecting;
        else d.pictureInSight = isIntersecting;
      }
      if (d.inSight && d.playing) showMoment(d, d.t);
      else drawDots(d);
      tick(d);
    });
    sight.observe(root);
    sight.observe(d.ui.stage);
    d.listen(window, "resize", () => redrawDots(d));
    let clearPaper = () => {
    };
    d.listen(window, "beforeprint", () => {
      clearPaper();
      clearPaper = dotsAsCircles(d);
    });
    d.listen(window, "afterprint", () => clearPaper());
    return d;
  }
  var DESKS = window.headwatersDiagrams ??= /* @__PURE__ */ new Map();
  function diagram_default({ data: sent, parentElement, setTriggerValue }) {
    const data = sent instanceof Uint8Array ? parsed(sent) : sent, { name = "" } = data;
    const desk = DESKS.get(name) ?? { notes: {} };
    DESKS.set(name, desk);
    let d = parentElement.livingDiagram;
    if (!d) {
      d = parentElement.livingDiagram = create(parentElement);
      d.hasMoment = typeof desk.notes.state?.moment_s === "number";
    }
    d.send = setTriggerValue;
    desk.diagram = d;
    const hear = (note) => {
      if ("followed" in note) receiveFollowed(d, note);
      else if ("run" in note) receiveRun(d, note);
      else confirmState(d, note);
    };
    desk.hear = hear;
    receive(d, data);
    for (const note of Object.values(desk.notes)) if (note !== d.said) hear(note);
    clearTimeout(d.leaving);
    return () => {
      d.leaving = setTimeout(() => {
        if (d.root.isConnected) return;
        d.end();
        delete parentElement.livingDiagram;
        if (desk.diagram === d) DESKS.delete(name);
      }, 500);
    };
  }

  // lifecycle/diagram/living/script/note.js
  var PATIENCE_MS = 3e3;
  function isOld(desk, said2) {
    if (desk.ahead?.before.run === said2.run && performance.now() - desk.ahead.at < PATIENCE_MS) return true;
    delete desk.ahead;
    return false;
  }
  function note_default({ data }) {
    const said2 = data instanceof Uint8Array ? parsed(data) : data, { name = "", note = "" } = said2;
    const desks = window.headwatersDiagrams ??= /* @__PURE__ */ new Map();
    const desk = desks.get(name) ?? { notes: {} };
    desks.set(name, desk);
    if (note === "run" && isOld(
      desk,
      /** @type {RunNote} */
      said2
    )) return;
    desk.notes = { ...desk.notes, [note]: said2 };
    desk.hear?.(said2);
  }

  // lifecycle/outputs/offline/page/verdict.js
  function mark(right, ...content) {
    return el("p", { class: right ? "part right" : "part wrong" }, el("span", { class: "mark", role: "img", "aria-label": right ? "right:" : "wrong:", text: right ? "✓" : "✗" }), " ", ...content);
  }
  function said(content, right, option) {
    const nodes = [mark(right, content)];
    if (!option) return nodes;
    if (option.feedback) nodes.push(htmlIn("blockquote", option.feedback));
    if (right) return nodes;
    if (option.belief) nodes.push(el("p", { class: "small" }, "The belief behind it: “", htmlIn("span", option.belief), "”"));
    if (option.see) nodes.push(seeLink(option.see, "See why it is not so"));
    return nodes;
  }
  var seeLink = (query, text) => el("p", {}, el("a", { href: `#${query}`, "data-sees": "", text }));
  function missed(text, accepted) {
    if (!("value" in accepted) || !text.trim()) return "";
    const value = typedNumber(text, accepted);
    if (value === null) return `: not a number${accepted.unit ? ` of ${accepted.unit}` : ""}`;
    const how = value < accepted.value ? "too small" : "too large";
    return accepted.unit && typedParts(text, accepted)?.bare ? `: in ${accepted.unit}, ${how}` : `: ${how}`;
  }
  function resolved(question, key, chosen2) {
    const one = key.answer.length === 1;
    const nodes = [el(
      "div",
      { class: "right-answer" },
      el("p", {}, el("b", { text: "The right answer:" }), ...one ? [" ", htmlIn("span", key.answer[0])] : []),
      ...one ? [] : [el(question.kind === "order" ? "ol" : "ul", {}, ...key.answer.map((line) => htmlIn("li", line)))],
      ...key.reasons.map((reason) => htmlIn("blockquote", reason)),
      htmlIn("div", key.explanation, { class: "explanation" })
    )];
    if (question.kind === "multiple" && chosen2.every((option) => option.right)) {
      nodes.unshift(el("p", { text: "What you chose is right, and something is still missing." }));
    }
    if (!chosen2.some((option) => !option.right && option.see)) nodes.push(seeLink(key.view, key.look));
    return nodes;
  }
  var CHOICE = {
    said: (variant, key, given) => given.flatMap((nth) => said(htmlIn("span", variant.options[nth]), key.options[nth].right, key.options[nth])),
    chosen: (key, given) => given.map((nth) => key.options[nth]),
    others: (variant, key, given) => key.options.flatMap((option, nth) => given.includes(nth) || !option.feedback ? [] : said(htmlIn("span", variant.options[nth]), option.right, option))
  };
  var WORDINGS = {
    single: CHOICE,
    multiple: CHOICE,
    blank: {
      said: (_variant, key, given, parts) => parts.flatMap((right, n) => said(`(${n + 1}) ${given[n] || "left empty"}${right ? "" : missed(given[n] ?? "", key.blanks[n])}`, right)),
      chosen: () => [],
      others: () => []
    },
    order: {
      said: (variant, _key, given, parts) => given.flatMap((step2, n) => said(el("span", {}, `${n + 1}. `, htmlIn("span", variant.options[step2])), parts[n])),
      chosen: () => [],
      others: () => []
    },
    match: {
      said: (variant, key, given, parts) => given.flatMap((pair, n) => said(el("span", {}, htmlIn("span", variant.lefts[n]), ` → ${variant.pairs[pair]}`), parts[n], parts[n] ? null : key.options[pair])),
      chosen: (key, given, parts) => given.filter((_, n) => !parts[n]).map((pair) => ({ ...key.options[pair], right: false })),
      others: () => []
    },
    click: {
      said: (_variant, key, [id], [right]) => said(COURSE.pointable[id] ?? id, right, listed(key, id)),
      chosen: (key, [id]) => [listed(key, id) ?? []].flat(),
      others: () => []
    }
  };
  var listed = (key, id) => Object.hasOwn(key.places, id) ? key.places[id] : null;
  function showVerdict(body, place, question, { given, variant, verdict }, { nth, pick, again }) {
    const { key, parts, right } = verdict, wording = WORDINGS[question.kind];
    const nodes = [
      stemOf(variant, (n) => el("b", { text: ` (${n + 1}) ___ ` })),
      el("p", { class: `verdict ${right ? "right" : "wrong"}`, tabindex: "-1", text: right ? "✓ Right." : "✗ Not yet." }),
      ...wording.said(variant, key, given, parts)
    ];
    if (right) {
      const others = wording.others(variant, key, given);
      if (others.length) nodes.push(el("details", {}, el("summary", { text: "Why not the others?" }), ...others));
      if (key.explanation) nodes.push(htmlIn("div", key.explanation, { class: "explanation" }));
    } else nodes.push(...resolved(question, key, wording.chosen(key, given, parts)));
    const questions = questionsOf(place);
    const onward2 = [...questions.keys()].filter((n) => n !== nth && !answered(questions[n])?.verdict.right), next = onward2.find((n) => n > nth) ?? onward2[0];
    const buttons = [el("button", { type: "button", class: right ? "" : "primary", text: "Try again", onclick: () => {
      page.trying = question.id;
      again();
    } })];
    if (next !== void 0) buttons.push(el("button", { type: "button", class: right ? "primary" : "", text: "Next question", onclick: () => pick(next) }));
    body.replaceChildren(...nodes, el("div", { class: "row" }, ...buttons));
  }

  // lifecycle/outputs/offline/page/talk.js
  var guesses = /* @__PURE__ */ new Map();
  function atStep(talk, nth) {
    const step2 = Math.min(talk.steps.length, Math.max(1, nth)), { view, plays } = talk.steps[step2 - 1];
    const wanted = laidOver({ ...START, talk: talk.id, step: step2 }, view);
    return settled(plays ? { ...wanted, moment: null } : wanted);
  }
  function turnTo(nth) {
    const talk = talkOf(page.state.talk);
    if (!talk || nth < 1 || nth > talk.steps.length) return;
    go(...atStep(talk, nth));
    focusStep();
  }
  function focusStep() {
    pointed = false;
    oneOf(document, ".talk.on .talk-step.on h3").focus();
  }
  var leave = () => go({ ...page.state, talk: "", step: 1 });
  function listenTalk() {
    const choice = byId("talk-choice", HTMLSelectElement);
    byId("talk-field").hidden = !COURSE.talks.length;
    choice.append(el("option", { value: "", text: "None" }), ...COURSE.talks.map((talk) => el("option", { value: talk.id, text: talk.title })));
    choice.addEventListener("change", () => {
      const talk = talkOf(choice.value);
      if (!talk) return leave();
      go(...atStep(talk, 1));
      if (pointed) focusStep();
    });
    byId("talk-back").addEventListener("click", () => turnTo(page.state.step - 1));
    byId("talk-next").addEventListener("click", () => turnTo(page.state.step + 1));
    byId("talk-view").addEventListener("click", () => {
      const talk = talkOf(page.state.talk);
      if (talk) go(...atStep(talk, page.state.step));
    });
    byId("talk-leave").addEventListener("click", () => {
      leave();
      choice.focus();
    });
    document.addEventListener("pointerdown", () => {
      pointed = true;
    }, true);
    document.addEventListener("keydown", turnByKey);
  }
  var pointed = false;
  var TURNS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
  var READS_KEYS = "#diagram, #panel, [role=tab], .scroll, pre, textarea, input:not([type=radio]), #talk :is(input, select, ol)";
  function turnByKey(event) {
    const by = TURNS[event.key], at = event.target;
    if (!by || !page.state.talk || !(at instanceof Element) || isChord(event) || event.shiftKey || at.closest(READS_KEYS)) {
      pointed = false;
      return;
    }
    if (at.closest("input, select") && at.id !== "talk-choice" && !pointed) return;
    event.preventDefault();
    turnTo(page.state.step + by);
  }
  var stepShown = "";
  function showTalk() {
    const talk = talkOf(page.state.talk);
    byId("talk-choice", HTMLSelectElement).value = page.state.talk;
    byId("talk").hidden = !talk;
    const now = `${page.state.talk} ${page.state.step}`;
    if (stepShown === now) return;
    stepShown = now;
    if (page.pointing) pointTo(null);
    byId("talk-ask").replaceChildren();
    if (!talk) return;
    for (const article of allOf(document, ".talk")) article.classList.toggle("on", article.dataset.talk === talk.id);
    for (const section of allOf(document, ".talk.on .talk-step")) section.classList.toggle("on", Number(section.dataset.step) === page.state.step);
    byId("talk-where").textContent = `Step ${page.state.step} of ${talk.steps.length}`;
    byId("talk-back", HTMLButtonElement).disabled = page.state.step === 1;
    byId("talk-next", HTMLButtonElement).disabled = page.state.step === talk.steps.length;
    const { question, predict } = talk.steps[page.state.step - 1];
    if (question) askInTalk(question);
    if (predict) guessInTalk(predict, now);
  }
  var rightOptions = (variant, key) => key.options.flatMap((option, nth) => option.right ? said(htmlIn("span", variant.options[nth]), true, option) : []);
  function acceptedWords(accepted) {
    if (!("value" in accepted)) return "";
    const { value, tolerance, unit } = accepted;
    return `Right is ${value}${tolerance ? `, give or take ${+tolerance.toPrecision(6)}` : ""}${unit ? `, in ${unit}` : ""}.`;
  }
  var rightLines = (_variant, key) => key.answer.map((line) => htmlIn("p", line));
  var REVEALED = {
    single: rightOptions,
    multiple: rightOptions,
    blank: (_variant, key) => key.blanks.map((accepted) => el("p", { text: acceptedWords(accepted) })),
    order: rightLines,
    match: rightLines,
    click: (_variant, key) => Object.entries(key.places).filter(([, place]) => place.right).map(([id]) => el("p", { text: `Right: ${COURSE.pointable[id] ?? id}.` }))
  };
  function askInTalk(question) {
    const host = byId("talk-ask"), body = el("div", { class: "question", "data-question": question.id });
    const reveal = el("button", { type: "button", text: "Show the answer" }), shown2 = el("div", { role: "status" });
    const again = () => askInTalk(question), answer = answered(question);
    host.replaceChildren(body, el("p", { class: "row" }, reveal), shown2);
    reveal.addEventListener("click", () => {
      shown2.replaceChildren(...revealed(question));
      reveal.hidden = true;
    });
    if (answer && page.trying !== question.id) {
      showVerdict(body, "", question, answer, { nth: 0, pick: again, again });
      reveal.hidden = answer.verdict.right;
      return;
    }
    ask(body, question, (given, variant) => {
      take(question, variant, given);
      again();
      oneOf(host, ".verdict").focus();
      tellState();
    });
  }
  function revealed(question) {
    const variant = variantOf(question, kept.of(question)?.tries ?? 0), key = keyFor(question, variant);
    return [...REVEALED[question.kind](variant, key), ...key.explanation ? [htmlIn("div", key.explanation, { class: "explanation" })] : []];
  }
  function guessInTalk({ label, unit, low, high, salt, sealed }, now) {
    const words = (value) => `${+value.toPrecision(4)} ${unit}`.trim();
    const input = el("input", { type: "range", min: low, max: high, step: "any", id: "talk-guess" });
    const shown2 = el("output", { for: "talk-guess" }), told = el("p", { role: "status" });
    input.value = String(guesses.get(now) ?? (low + high) / 2);
    const tell = () => {
      shown2.textContent = words(Number(input.value));
      put(input, "aria-valuetext", words(Number(input.value)));
    };
    tell();
    input.addEventListener("input", () => {
      guesses.set(now, Number(input.value));
      tell();
    });
    const reveal = el("button", { type: "button", class: "primary", text: "Show what the simulation says", onclick: () => {
      told.textContent = `Simulated: ${`${number(unsealed(sealed, salt))} ${unit}`.trim()}. You said ${words(Number(input.value))}.`;
    } });
    byId("talk-ask").replaceChildren(el(
      "div",
      { class: "question" },
      el("label", { for: "talk-guess", text: `Your prediction: ${label}` }),
      input,
      shown2,
      el("p", { class: "small", text: `From ${words(low)} to ${words(high)}` }),
      el("p", { class: "row" }, reveal),
      told
    ));
  }

  // lifecycle/outputs/offline/page/state.js
  var VIEWS = ["explain", "watch", "quiz"];
  var START = { stage: "", view: "explain", scenario: dayIds[0], start: "pull", size: "batch", transform: "batch", further: "", follow: "", moment: null, talk: "", step: 1 };
  var NAMES = ["stage", "view", "scenario", "start", "size", "transform", "follow", "talk"];
  var ALLOWED = {
    stage: (text) => placeOf(text) !== null,
    view: (text) => VIEWS.includes(text),
    scenario: (text) => dayIds.includes(text),
    start: (text) => ["pull", "push"].includes(text),
    size: (text) => ["batch", "stream"].includes(text),
    transform: (text) => ["batch", "stream"].includes(text),
    follow: (text) => Object.hasOwn(COURSE.picks, text),
    talk: (text) => talkOf(text) !== null
  };
  var page = {
    state: { ...START },
    written: null,
    // the address as it was written last
    shown: null,
    // the state of the run on screen
    before: null,
    // the state of the run before it, whose figures are the ghosts
    seen: null,
    // the state in which the question was asked whose answer is looked at just now
    pointing: null,
    // what takes a click on the picture while a question asks for one
    pointed: null,
    trying: ""
    // the question that is being tried again
  };
  function laidOver(base, query) {
    const given = new URLSearchParams(query), state = { ...base };
    for (const name of NAMES) {
      const text = given.get(name);
      if (text !== null && ALLOWED[name](text)) state[name] = text;
    }
    const further = COURSE.furtherNames.filter((name) => given.get(name)).map((name) => `${name}=${given.get(name)}`).join("&");
    if (further) state.further = further;
    const steps = talkOf(state.talk)?.steps.length ?? 1;
    if (/^[1-9]\d{0,2}$/.test(given.get("step") ?? "")) state.step = Number(given.get("step"));
    state.step = Math.min(steps, state.step);
    if (/^\d{1,5}$/.test(given.get("moment") ?? "")) state.moment = Math.min(86400, Number(given.get("moment")));
    return state;
  }
  var plainly = (text) => encodeURIComponent(text).replace(/%(3A|2C|2F)/g, (code) => decodeURIComponent(code));
  function asHash(shown2) {
    const parts = NAMES.filter((name) => shown2[name] !== START[name]).map((name) => `${name}=${plainly(shown2[name])}`);
    for (const part of shown2.further ? shown2.further.split("&") : []) {
      const at = part.indexOf("=");
      parts.push(`${part.slice(0, at)}=${plainly(part.slice(at + 1))}`);
    }
    if (shown2.step !== START.step) parts.push(`step=${shown2.step}`);
    if (shown2.moment !== null) parts.push(`moment=${shown2.moment}`);
    return `#${parts.join("&")}`;
  }
  function fromHash(hash) {
    const text = hash.slice(1).replace(/^\?/, ""), wanted = laidOver(START, text);
    const alone = [...new URLSearchParams(text).keys()].every((name) => name === "talk" || name === "step");
    const talk = alone ? talkOf(wanted.talk) : null;
    return talk ? atStep(talk, wanted.step) : settled(wanted);
  }
  function settled(wanted) {
    if (holds(wanted)) return [wanted, ""];
    return [{ ...wanted, further: "" }, "That setting was not computed for this copy; the run without it is shown. The app can compute it."];
  }
  function followed(query) {
    const wanted = laidOver({ ...page.state, moment: null }, query);
    if (holds(wanted)) return [wanted, ""];
    const days2 = COURSE.further[wanted.further] ?? {};
    const scenario = days2[wanted.scenario] ? wanted.scenario : Object.keys(days2)[0];
    if (!scenario) return settled(wanted);
    const switches = days2[scenario].includes(keyOf({ ...wanted, further: "" })) ? keyOf({ ...wanted, further: "" }) : days2[scenario][0];
    const [start, size, transform] = switches.split(",");
    return [{ ...wanted, scenario, start, size, transform }, "That setting was computed for this day and these switches only, so they are shown."];
  }
  function go(wanted, notice = "", quietly = false) {
    page.state = wanted;
    page.written = asHash(page.state);
    if (quietly) location.replace(page.written);
    else if (location.hash !== page.written && !(page.written === "#" && !location.hash)) location.hash = page.written;
    show(notice);
  }
  window.addEventListener("hashchange", () => {
    if ((location.hash || "#") === page.written) return;
    go(...fromHash(location.hash), true);
  });

  // lifecycle/outputs/offline/page/quiz.js
  var HINTS = {
    single: "One answer is right.",
    multiple: "More than one answer is right: choose all of them.",
    blank: "Fill in the blank; capitals do not matter.",
    order: "Move the steps up and down until they are in order.",
    match: "Choose what belongs to each.",
    click: "Click the diagram: a stage, or the line of a flow. Or choose from the list."
  };
  var chosen = /* @__PURE__ */ new Map();
  var questionsOf = (place) => COURSE.questions[place] ?? [];
  var turnTo2 = (place, id) => void chosen.set(place, Math.max(0, questionsOf(place).findIndex((question) => question.id === id)));
  var variantOf = (question, tries) => question.variants[tries % question.variants.length];
  function answered(question) {
    const answer = kept.of(question);
    if (!answer) return null;
    try {
      const variant = variantOf(question, answer.tries - 1);
      const verdict = judge(question, variant, answer.given);
      if (doubts(question, variant, answer.given).length) Object.assign(verdict, { right: answer.right, parts: verdict.parts.map(() => answer.right) });
      return { ...answer, variant, verdict };
    } catch {
      return null;
    }
  }
  function progress() {
    const asking = COURSE.places.map((place) => ({ id: place.id, questions: questionsOf(place.id) })).filter(({ questions }) => questions.length);
    return Object.fromEntries(asking.map(({ id, questions }) => [id, questions.filter((question) => kept.of(question)?.right).length / questions.length]));
  }
  var keyFor = (question, variant) => unsealed(variant.sealed, question.id);
  function judge(question, variant, given) {
    const key = keyFor(question, variant);
    const parts = JUDGES[question.kind](key, given, variant, question.id);
    return { key, parts, right: parts.every(Boolean) };
  }
  function doubts(question, variant, given) {
    const key = keyFor(question, variant);
    return "blanks" in key ? key.blanks.map((accepted, i) => doubt(String(given[i] ?? ""), accepted, question.id)).filter(Boolean) : [];
  }
  var inRange = (given, count) => {
    if (!Array.isArray(given) || given.some((nth) => !Number.isInteger(nth) || nth < 0 || nth >= count)) throw new Error("an answer to another question");
    return given;
  };
  var judgeChoice = (key, given, variant) => key.options.map((option, i) => inRange(given, variant.options.length).includes(i) === option.right);
  var JUDGES = {
    single: judgeChoice,
    multiple: judgeChoice,
    blank: (key, given, _variant, id) => key.blanks.map((accepted, i) => fits(String(given[i] ?? ""), accepted, id)),
    order: (key, given) => inRange(given, key.places.length).map((step2, place) => key.places[step2] === place),
    match: (key, given) => key.pairs.map((pair, i) => inRange(given, key.options.length)[i] === pair),
    click: (key, given) => [Object.hasOwn(key.places, given[0]) && key.places[given[0]].right]
  };
  function showQuiz(host, place, focus = false) {
    const questions = questionsOf(place);
    if (page.pointing) pointTo(null);
    if (!questions.length) return host.replaceChildren(el("p", { text: "No questions here yet." }));
    const right = questions.filter((each) => answered(each)?.verdict.right).length;
    const nth = Math.min(questions.length - 1, chosen.get(place) ?? Math.max(0, questions.findIndex((each) => !answered(each)?.verdict.right)));
    chosen.set(place, nth);
    const question = questions[nth], answer = answered(question);
    const again = () => showQuiz(host, place, true);
    const pick = (n) => {
      chosen.set(place, n);
      page.trying = "";
      again();
    };
    const marks = questions.map((each, n) => {
      const verdict = answered(each)?.verdict, [mark2, words] = !verdict ? ["○", "open"] : verdict.right ? ["✓", "right"] : ["✗", "not right yet"];
      return el("button", { type: "button", "aria-label": `Question ${n + 1}, ${words}`, ...n === nth ? { "aria-current": "true" } : {}, onclick: () => pick(n), text: `${n + 1} ${mark2}` });
    });
    const body = el("div", { class: "question", "data-question": question.id });
    host.replaceChildren(
      el("p", { class: "score" }, el("progress", { max: questions.length, value: right, "aria-label": "Answered right" }), ` ${right} of ${questions.length} right`),
      el("div", { class: "numbers", role: "group", "aria-label": "Questions" }, ...marks),
      body,
      el("p", { class: "small", text: kept.lasting() ? "Your answers are kept in this browser, nowhere else." : "This browser keeps nothing for a page like this: your answers last until you leave it." })
    );
    if (answer && page.trying !== question.id) showVerdict(body, place, question, answer, { nth, pick, again });
    else ask(body, question, (given, variant) => {
      take(question, variant, given);
      again();
      tellState();
    });
    if (focus) allOf(body, ".stem, .verdict").at(-1)?.focus();
  }
  function take(question, variant, given) {
    const tries = (kept.of(question)?.tries ?? 0) + 1;
    kept.put(question, { given, tries, right: judge(question, variant, given).right });
    page.trying = "";
  }
  var blanksOf = (variant) => "blanks" in variant ? variant.blanks : 0;
  function stemOf(variant, makeBlank) {
    const stem = htmlIn("div", variant.stem, { class: "stem", tabindex: "-1" });
    const walk = document.createTreeWalker(stem, NodeFilter.SHOW_TEXT), texts = [];
    for (let node = walk.nextNode(); node; node = walk.nextNode()) if (node instanceof Text && node.data.includes(COURSE.gap)) texts.push(node);
    let n = 0;
    for (const text of texts) {
      const [first, ...rest2] = text.data.split(COURSE.gap);
      text.replaceWith(first, ...rest2.flatMap((part) => [makeBlank(n++), part]));
    }
    while (n < blanksOf(variant)) stem.append(makeBlank(n++));
    return stem;
  }
  function ask(body, question, take2) {
    const variant = variantOf(question, kept.of(question)?.tries ?? 0);
    const form = el("form", {}), missing = el("p", { class: "missing", role: "status" });
    const inputs = Array.from({ length: blanksOf(variant) }, (_, n) => el("input", { type: "text", class: "blank", "aria-label": `Blank ${n + 1}`, autocomplete: "off", spellcheck: "false", size: 14 }));
    const stem = stemOf(variant, (n) => inputs[n]);
    const hint = el("p", { class: "small", text: question.number || HINTS[question.kind] });
    const controls = ASKING[question.kind](question, variant, inputs);
    form.append(stem, hint, ...controls.nodes, el("button", { type: "submit", class: "primary", text: "Check" }), missing);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = controls.given(), unsure = given ? doubts(question, variant, given) : [];
      if (unsure.length) missing.textContent = unsure.join(" ");
      else if (given) take2(given, variant);
      else missing.textContent = "Choose or write an answer first.";
    });
    body.replaceChildren(form);
  }
  function shuffledTo(count) {
    const order = Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = Math.floor(Math.random() * (i + 1));
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }
  function askChoice(question, variant) {
    const type = question.kind === "single" ? "radio" : "checkbox";
    const order = shuffledTo(variant.options.length), inputs = order.map((nth) => el("input", { type, name: "option", value: nth }));
    const boxes = order.map((nth, place) => el("label", { class: "option" }, inputs[place], htmlIn("span", variant.options[nth])));
    const group = el("fieldset", {}, el("legend", { class: "unseen", text: "Your answer" }), ...boxes);
    return {
      nodes: [group],
      given: () => {
        const on = inputs.filter((input) => input.checked).map((input) => Number(input.value)).sort((a, b) => a - b);
        return on.length ? on : null;
      }
    };
  }
  function askOrder(_question, variant) {
    const order = variant.options.map((_, i) => i);
    const list = el("ol", { class: "steps-to-order" }), said2 = el("p", { class: "unseen", role: "status" });
    const move = (place, by) => {
      const step2 = order[place];
      [order[place], order[place + by]] = [order[place + by], order[place]];
      draw();
      const row = list.children[place + by], [up, down] = row.querySelectorAll("button");
      const [same, other] = by > 0 ? [down, up] : [up, down];
      (same.disabled ? other : same).focus();
      said2.textContent = `${oneOf(row, "span").textContent}: now step ${order.indexOf(step2) + 1} of ${order.length}.`;
    };
    const arrow = (place, by) => {
      const button2 = el("button", { type: "button", "aria-label": `Move step ${place + 1} ${by < 0 ? "up" : "down"}`, text: by < 0 ? "↑" : "↓", onclick: () => move(place, by) });
      button2.disabled = !(place + by in order);
      return button2;
    };
    const draw = () => list.replaceChildren(...order.map((step2, place) => el("li", {}, htmlIn("span", variant.options[step2]), arrow(place, -1), arrow(place, 1))));
    draw();
    return { nodes: [list, said2], given: () => [...order] };
  }
  function askMatch(_question, variant) {
    const order = shuffledTo(variant.pairs.length);
    const selects = variant.lefts.map((_, i) => el(
      "select",
      { id: `match-${i}` },
      el("option", { value: "", text: "Choose what belongs to it" }),
      ...order.map((nth) => el("option", { value: nth, text: variant.pairs[nth] }))
    ));
    return {
      nodes: variant.lefts.map((left, i) => el("div", { class: "pair" }, htmlIn("label", left, { for: `match-${i}` }), selects[i])),
      given: () => {
        const values = selects.map((select) => select.value);
        return values.every((value) => value !== "") ? values.map(Number) : null;
      }
    };
  }
  function askClick() {
    const select = el(
      "select",
      { id: "pointed" },
      el("option", { value: "", text: "Click the diagram, or choose" }),
      ...Object.entries(COURSE.pointable).map(([value, text]) => el("option", { value, text }))
    );
    const mark2 = (id) => {
      select.value = id;
      pointTo(mark2, id);
    };
    select.addEventListener("change", () => pointTo(mark2, select.value || null));
    pointTo(mark2);
    return { nodes: [el("label", { for: "pointed", text: "Your answer" }), select], given: () => select.value ? [select.value] : null };
  }
  var ASKING = {
    single: askChoice,
    multiple: askChoice,
    order: askOrder,
    match: askMatch,
    click: askClick,
    blank: (_question, _variant, inputs) => ({
      nodes: [],
      given: () => inputs.some((input) => input.value.trim()) ? inputs.map((input) => input.value) : null
    })
  };

  // lifecycle/outputs/offline/page/picture.js
  var NAME = "diagram";
  var runShown = "";
  var followed2 = () => runOf(page.state)?.orders[page.state.follow];
  function tellState() {
    const order = followed2();
    if (order) note_default({ data: { name: NAME, note: "follow", followed: order } });
    note_default({ data: {
      name: NAME,
      note: "state",
      follows: order?.key ?? "",
      selected: page.state.stage || null,
      moment_s: page.state.moment,
      progress: progress(),
      overlay: null,
      pointing: page.pointing !== null,
      pointed: page.pointed
    } });
  }
  function tellRun(run) {
    const id = runKey(page.state);
    if (id === runShown) return;
    runShown = id;
    note_default({ data: { name: NAME, note: "run", run: id, frames: run.packed, day: page.state.scenario } });
  }
  function mountDiagram() {
    const root = byId("diagram").attachShadow({ mode: "open" });
    const parentElement = el("div");
    root.append(byId("living-style", HTMLTemplateElement).content.cloneNode(true), parentElement);
    diagram_default({ data: COURSE.living, parentElement, setTriggerValue: heard });
  }
  function heard(name, value) {
    if (name === "select") go({ ...page.state, stage: placeOf(String(value))?.id ?? "" });
    else if (name === "moment" && typeof value === "number") {
      page.state = { ...page.state, moment: value };
      page.written = asHash(page.state);
      location.replace(page.written);
    } else if (name === "point" && page.pointing) page.pointing(String(value));
  }
  function pointTo(take2, marked = null) {
    page.pointing = take2;
    page.pointed = marked;
    tellState();
  }

  // lifecycle/outputs/offline/page/readings.js
  var rate = (value) => value === null ? "none" : number(value);
  function mainChart(name, run, ghost) {
    const { heading, axis, log, per } = COURSE.charts[name], now = run.charts[name];
    const before = new Map(ghost?.charts[name].curves.map((curve) => [curve.name, curve]));
    const lines = now.curves.map((curve) => ({ name: curve.name, now: curve, before: before.get(curve.name) }));
    return { heading, axis, log, per, lines, finding: now.finding, unit: log ? "" : " /s", words: log ? duration : rate };
  }
  function stageCharts(place, run, ghost) {
    const now = framesOf(run), was = ghost && framesOf(ghost);
    const stage = now.stations.get(place.id), before = was?.stations.get(place.id);
    if (!stage?.most) return [];
    const rates = ratesOf(stage, now), ratesBefore = was && before ? ratesOf(before, was) : null;
    const most = Math.max(...rates.out), deepest = Math.max(...stage.most), when = stage.most.indexOf(deepest);
    const flow = {
      heading: "Flow",
      axis: "events a second",
      per: "1/s",
      unit: " /s",
      words: rate,
      lines: [lineOf("In", rates.in, ratesBefore?.in), lineOf("Out", rates.out, ratesBefore?.out)],
      finding: most ? `At most ${number(most)} events a second leave ${place.label}` : `Nothing leaves ${place.label} on this day`
    };
    const inside = {
      heading: "Inside",
      axis: "most inside at once",
      per: "events",
      unit: "",
      words: rate,
      lines: [lineOf("Inside", stage.most, before?.most)],
      finding: deepest ? `At most ${number(deepest)} ${deepest === 1 ? "event is" : "events are"} inside, between ${clockWords(when * now.step)} and ${clockWords((when + 1) * now.step)}` : "Nothing stays inside"
    };
    return [flow, inside];
  }
  function ratesOf({ arrived, departed }, { step: step2 }) {
    return { in: arrived.map((count) => count / step2), out: departed.map((count) => count / step2) };
  }
  var lineOf = (name, now, before) => ({ name, now: { name, values: now, at: null }, before: before && { name, values: before, at: null } });
  function latencyTable(run, ghost) {
    const before = new Map(ghost?.latency.map(([label, ...values]) => [label, values]));
    const cell = (value, old) => el("td", {}, duration(value), ...old === void 0 ? [] : [el("small", { text: ` was ${duration(old)}` })]);
    const [first] = run.latency;
    const finding = first ? `From birth to ${first[0]}: half within ${duration(first[1])}, 95 % within ${duration(first[2])}` : "No stage of this pipeline uses the data";
    return [el("h3", { text: finding }), el(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Latency at each consumer" },
      el(
        "table",
        {},
        el("caption", { text: "Time from an event's birth to its being visible: so many per cent of the events take at most so long" }),
        el("thead", {}, el("tr", {}, ...["Consumer", ...COURSE.percents.map((percent) => `${percent} %`)].map((text) => el("th", { scope: "col", text })))),
        el("tbody", {}, ...run.latency.map(([label, ...values]) => el(
          "tr",
          {},
          el("th", { scope: "row", text: label }),
          ...values.map((value, i) => cell(value, before.get(label)?.[i]))
        )))
      )
    )];
  }
  function ledger(run) {
    const frames = framesOf(run);
    const sum = (counts) => counts.reduce((total, count) => total + count, 0);
    const rows = COURSE.places.map((place) => {
      const stage = frames.stations.get(place.id);
      if (!stage) return null;
      const cells = [sum(stage.arrived), sum(stage.departed), sum(stage.lost), stage.inside.at(-1) ?? 0].map((count) => el("td", { text: count.toLocaleString("en") }));
      return el("tr", {}, el("th", { scope: "row", text: place.label }), ...cells);
    });
    return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Ledger of the day" }, el(
      "table",
      {},
      el("caption", { text: "Every event of the day at every stage. What is removed on purpose is in no column but the first." }),
      el("thead", {}, el("tr", {}, ...["Stage", "Arrived", "Went on", "Lost", "Inside at the end"].map((text) => el("th", { scope: "col", text })))),
      el("tbody", {}, ...rows)
    ));
  }

  // lifecycle/outputs/offline/page/seen.js
  var CALLED = { start: "Who starts", size: "How much at a time", transform: "Transformation" };
  var clock = ({ moment }) => moment === null ? "playing" : `stopped at ${clockWords(moment)}`;
  function changesBetween(before, after) {
    const settings = [
      ["Scenario", ...[before, after].map(({ scenario }) => scenarioOf(scenario).title)],
      ...SWITCHES.map((name) => [CALLED[name], before[name], after[name]]),
      ["Settings of the link", before.further || "none", after.further || "none"],
      ["Clock", clock(before), clock(after)]
    ];
    return settings.filter(([, was, now]) => was !== now);
  }
  function showSeen() {
    const host = byId("seen");
    const { seen } = page;
    host.hidden = !seen;
    if (!seen) return host.replaceChildren();
    const place = placeOf(page.state.stage), under = page.state.view === "watch" ? ", under Watch" : "";
    const where2 = `Look at ${place ? place.title + under : "the diagram and the charts beneath it"}.`;
    const changes = changesBetween(seen.before, page.state).map(([label, was, now]) => `${label} from ${was} to ${now}`).join("; ");
    host.replaceChildren(
      el("p", { text: `${changes ? `To show you this, the page changed ${changes}.` : "No setting was changed for this."} ${where2}` }),
      el("button", { type: "button", text: "Back to the question", onclick: () => {
        page.seen = null;
        go(seen.before);
        byId("panel").focus();
      } }),
      el("button", { type: "button", text: "Stay here", onclick: () => {
        page.seen = null;
        show();
      } })
    );
  }

  // lifecycle/outputs/offline/page/page.js
  var dayOfRun = ({ scenario, further }) => JSON.stringify([scenario, ...["trace", "seed"].map((name) => new URLSearchParams(further).get(name))]);
  function show(notice = "") {
    const run = runOf(page.state);
    const unknown = run && page.state.follow && !run.orders[page.state.follow] ? "No such order was recorded on this run; the app can follow one here." : "";
    byId("notice").textContent = run ? notice || unknown : "Reading this day…";
    if (run && (!page.shown || runKey(page.shown) !== runKey(page.state))) {
      page.before = page.shown && dayOfRun(page.shown) === dayOfRun(page.state) ? { ...page.shown } : null;
      showRun(run, page.shown !== null);
      page.shown = { ...page.state };
    }
    showControls();
    showSeen();
    showPanel();
    showTalk();
    tellState();
  }
  var scenarioList = byId("scenario", HTMLSelectElement);
  var placeList = byId("place", HTMLSelectElement);
  var followList = byId("follow", HTMLSelectElement);
  var story = byId("story", HTMLDetailsElement);
  var inputsOf = (name) => allOf(byId(name), "input");
  function fillControls() {
    scenarioList.append(...COURSE.scenarios.map((scenario) => el("option", { value: scenario.id, text: scenario.title })));
    placeList.append(el("option", { value: "", text: COURSE.whole }), ...COURSE.places.map((place) => el("option", { value: place.id, text: place.label })));
    scenarioList.addEventListener("change", () => {
      const { id, switches } = scenarioOf(scenarioList.value);
      story.open = true;
      go(...settled({ ...page.state, ...switches, scenario: id, moment: null }));
    });
    placeList.addEventListener("change", () => go({ ...page.state, stage: placeList.value }));
    followList.append(el("option", { value: "", text: "nobody" }), ...Object.entries(COURSE.picks).map(([value, text]) => el("option", { value, text })));
    followList.addEventListener("change", () => go({ ...page.state, follow: followList.value, moment: null }));
    for (const name of SWITCHES) {
      for (const input of inputsOf(name)) input.addEventListener("change", () => go(...settled({ ...page.state, [name]: input.value })));
    }
  }
  function showAlone(selector, about, wanted) {
    for (const text of allOf(document, selector)) text.classList.toggle("on", text.dataset[about] === wanted);
  }
  function showControls() {
    scenarioList.value = page.state.scenario;
    placeList.value = page.state.stage;
    followList.value = page.state.follow;
    const orders = runOf(page.state)?.orders ?? {};
    for (const option of followList.options) option.disabled = option.value !== "" && !orders[option.value];
    for (const name of SWITCHES) for (const input of inputsOf(name)) input.checked = input.value === page.state[name];
    showAlone(".way", "way", `${page.state.start}-${page.state.size}`);
    const way = document.querySelector(".way.on h3");
    byId("way-title").textContent = way ? `How it moves: ${way.textContent}` : "How it moves";
  }
  var placeShown = null;
  var quizShown = "";
  var watchShown = "";
  function showPanel() {
    const place = placeOf(page.state.stage), id = place?.id ?? COURSE.overview;
    byId("panel-title").textContent = place?.title ?? COURSE.overviewTitle;
    showAlone("article.place", "place", id);
    showAlone(".story", "day", page.state.scenario);
    story.hidden = !document.querySelector(".story.on");
    byId("story-title").textContent = scenarioOf(page.state.scenario).title;
    if (placeShown !== id) {
      if (placeShown !== null) byId("panel").scrollTop = 0;
      story.open = !place;
      placeShown = id;
    }
    for (const view of VIEWS) {
      const tab = byId(`tab-${view}`), on = view === page.state.view;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      byId(`view-${view}`).hidden = !on;
    }
    if (page.state.view === "watch") showWatch(place);
    const quiz = `${page.state.view === "quiz"} ${id}`;
    if (quiz !== quizShown) {
      quizShown = quiz;
      page.trying = "";
      if (page.state.view === "quiz") showQuiz(byId("view-quiz"), id);
      else if (page.pointing) pointTo(null);
    }
  }
  function showWatch(place) {
    const host = byId("view-watch"), run = runOf(page.state), key = `${runKey(page.state)} ${place?.id} ${page.before && runKey(page.before)}`;
    if (!run || key === watchShown) return;
    watchShown = key;
    const charts = place && place.kind === "stage" ? stageCharts(place, run, page.before && runOf(page.before)) : null;
    if (!place) host.replaceChildren(ledger(run));
    else if (!charts) host.replaceChildren(el("p", { text: "An undercurrent moves no events, so it has no charts of its own. Its marks on the diagram show where it acts." }));
    else {
      const boxes = charts.map(() => el("div"));
      host.replaceChildren(...boxes);
      charts.forEach((chart, i) => drawChart(boxes[i], chart));
    }
  }
  function listenTabs() {
    for (const [n, view] of VIEWS.entries()) {
      const tab = byId(`tab-${view}`);
      tab.addEventListener("click", () => go({ ...page.state, view }));
      tab.addEventListener("keydown", (event) => {
        const ways = { ArrowRight: n + 1, ArrowLeft: n + VIEWS.length - 1, Home: 0, End: VIEWS.length - 1 };
        const to = ways[event.key];
        if (to === void 0) return;
        event.preventDefault();
        const next = VIEWS[to % VIEWS.length];
        go({ ...page.state, view: next });
        byId(`tab-${next}`).focus();
      });
    }
  }
  function showRun(run, tell) {
    const ghost = page.before && runOf(page.before);
    tellRun(run);
    const figures = showFigures(run, ghost);
    for (const gap of allOf(document, "[data-told]")) gap.textContent = run.words[gap.dataset.told ?? ""] ?? gap.textContent;
    for (const line of allOf(document, ".other-day")) line.hidden = !/(^|&)(events|trace|seed|faults)=/.test(page.state.further);
    byId("run-words").textContent = runWords(page.state);
    byId("ghost-words").textContent = page.before ? `Before: ${runWords(page.before)}. Same seed, so the difference is the change's own.` : "";
    for (const name of Object.keys(COURSE.charts)) drawChart(byId(`chart-${name.toLowerCase()}`), mainChart(name, run, ghost));
    byId("latency").replaceChildren(...latencyTable(run, ghost));
    if (tell) byId("live").textContent = `${runWords(page.state)}. ${figures.join(". ")}.`;
  }
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const href = link.getAttribute("href") ?? "";
    event.preventDefault();
    if (href.startsWith("#?")) go(...followed(href.slice(2)));
    else if (href === "#panel") byId("panel").focus();
    else if (href.startsWith("#source-")) {
      const entry = document.getElementById(href.slice(1));
      if (!entry) return;
      const list = entry.closest("details");
      if (list) list.open = true;
      entry.scrollIntoView({ block: "nearest" });
      oneOf(entry, "a").focus({ preventScroll: true });
    } else {
      if (link.dataset.sees !== void 0) page.seen = { before: { ...page.state } };
      go(...fromHash(href));
    }
  });
  function goTo({ kind, address, question }) {
    const query = address.slice(1);
    if (kind === "talk") return go(...fromHash(`#${query}`));
    if (!question) return go(...followed(query));
    const stage = new URLSearchParams(query).get("stage") ?? "";
    turnTo2(stage || COURSE.overview, question);
    quizShown = "";
    go({ ...page.state, stage, view: "quiz" });
  }
  function listenLookup() {
    const host = byId("lookup"), search = searchDialog(host, goTo);
    search.fill(COURSE.lookup, []);
    host.append(searchButton(search.open));
    termCards(host, (id) => COURSE.lookup.terms[id], (view) => go(...followed(view.slice(1))));
    listenForSearch(search.open, () => true);
  }
  function listenAbout() {
    const button2 = byId("erase"), done = byId("erased");
    let taken = null;
    button2.addEventListener("click", () => {
      if (taken) kept.restore(taken);
      taken = taken ? null : kept.take();
      button2.textContent = taken ? "Undo" : "Erase my answers";
      done.textContent = taken ? "Erased." : "They are back.";
      quizShown = "";
      show();
    });
    let folded2 = [];
    byId("print").addEventListener("click", () => {
      folded2 = allOf(document, "#panel details:not([open]), #ways:not([open])");
      for (const text of folded2) text.open = true;
      document.documentElement.classList.add("whole");
      window.print();
    });
    window.addEventListener("afterprint", () => {
      for (const text of folded2.splice(0)) text.open = false;
      document.documentElement.classList.remove("whole");
    });
  }
  document.documentElement.classList.add("js");
  fillControls();
  listenTabs();
  listenAbout();
  listenLookup();
  listenFigures();
  listenTalk();
  [page.state] = fromHash(location.hash);
  page.written = location.hash || "#";
  tellState();
  mountDiagram();
  show(fromHash(location.hash)[1]);
  document.addEventListener("DOMContentLoaded", () => {
    if (!page.shown || runKey(page.shown) !== runKey(page.state)) show();
  });
})();
