(() => {
  var __defProp = Object.defineProperty;
  var __export = (target, all) => {
    for (var name in all)
      __defProp(target, name, { get: all[name], enumerable: true });
  };

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
    const at2 = event.composedPath()[0];
    if (!(at2 instanceof HTMLElement)) return false;
    const type = at2 instanceof HTMLInputElement ? at2.type : "";
    return at2.isContentEditable || /^(input|textarea|select)$/i.test(at2.tagName) && !harmless.test(type);
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
      const box2 = now.word.getBoundingClientRect();
      if (!now.word.isConnected || !box2.width || box2.bottom < 0 || box2.top > innerHeight) return close();
      const spot = beside(box2, card.getBoundingClientRect(), { width: innerWidth, height: innerHeight });
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
    const clicked2 = (event) => {
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
    document.addEventListener("click", clicked2, heard2);
    window.addEventListener("keydown", pressed, heard2);
    window.addEventListener("scroll", place, { ...heard2, passive: true });
    window.addEventListener("resize", place, heard2);
    return { end() {
      listening.abort();
      close();
      card.remove();
    } };
  }

  // lifecycle/outputs/lookup/heading.js
  function showSection(page2, heading) {
    const title = allOf(page2, "h3").find((each) => each.textContent === heading && each.checkVisibility());
    if (!title) return false;
    const folded2 = title.closest("details"), place = title.closest("summary") ?? title;
    if (folded2) folded2.open = true;
    if (place === title) title.tabIndex = -1;
    place.focus({ preventScroll: true });
    (folded2 ?? title).scrollIntoView({ block: "nearest" });
    return true;
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
    return all.filter(({ entry }) => !without.includes(entry.kind)).map((one) => ({ entry: one.entry, rank: rank(one, asked) })).filter((one) => one.rank < Infinity).sort((a2, b2) => a2.rank - b2.rank).slice(0, MOST).map(({ entry }) => entry);
  }

  // lifecycle/outputs/lookup/search.js
  var KINDS = { stage: "Stage", undercurrent: "Undercurrent", term: "Term", idea: "Idea", scenario: "Scenario", section: "Section", question: "Question", lesson: "Lesson", talk: "Talk" };
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
  function number(signed) {
    const value = signed + 0;
    const size = Math.abs(value);
    if (Number.isNaN(value)) return "none";
    if (size === Infinity) return "no limit";
    if (size >= 999500) return `${+(value / 1e6).toPrecision(3)} M`;
    if (size >= 9999.5) return `${+(value / 1e3).toPrecision(3)} k`;
    if (size >= 99.5 || Number.isInteger(value)) return even(value).toLocaleString("en");
    const shown2 = +value.toPrecision(size < 1 ? 2 : 3);
    return /e/.test(String(shown2)) ? shown2.toFixed(20).replace(/0+$/, "") : String(shown2);
  }
  var two = (n2) => String(n2).padStart(2, "0");
  function clockWords(seconds) {
    const s2 = Math.floor(seconds);
    return `${two(Math.floor(s2 / 3600))}:${two(Math.floor(s2 / 60) % 60)}`;
  }
  var capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
  var NO_CHANGE = "no change";
  function change(before, after) {
    if (before === after) return NO_CHANGE;
    if (before === null || after === null) return before === null ? "from nothing" : "to nothing";
    if (before === 0) return "from none";
    const ratio = after / before, percent = 100 * (ratio - 1), size = Math.abs(percent);
    if (ratio >= 3) return `${number(ratio)} times as much`;
    if (size < 0.05) return NO_CHANGE;
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
      const ticks = DURATIONS_S.filter((s2) => place(s2) > 0.02 && place(s2) <= 1 && s2 >= 10 ** low);
      return { place, ticks: spaced(ticks, place) };
    }
    const most = Math.max(1e-9, ...values);
    const rough = most / 4, scale = 10 ** Math.floor(Math.log10(rough)), step2 = scale * ([1, 2, 5].find((part) => part * scale >= rough) ?? 10);
    const top = Math.ceil(most / step2 + 1e-9) * step2;
    return { place: (value) => value / top, ticks: Array.from({ length: Math.round(top / step2) + 1 }, (_2, i2) => +(i2 * step2).toPrecision(6)) };
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
  function pathOf({ values, at: at2 }, x2, y2) {
    let text = "", pen = false;
    const bucket = 86400 / values.length;
    values.forEach((value, i2) => {
      if (value === null) {
        pen = false;
        return;
      }
      const high = y2(value).toFixed(1), to = pen ? "L" : "M";
      if (at2) text += `${to}${x2(at2[i2]).toFixed(1)} ${high}`;
      else text += `${to}${x2(i2 * bucket).toFixed(1)} ${high}L${x2((i2 + 1) * bucket).toFixed(1)} ${high}`;
      pen = true;
    });
    return text;
  }
  function valueAt({ values, at: at2 }, moment) {
    if (!at2) return values[Math.min(values.length - 1, Math.floor(moment / 86400 * values.length))] ?? null;
    let next = at2.findIndex((each) => each > moment);
    if (next < 0) next = at2.length;
    const here = values[next - 1] ?? null, there = values[next] ?? null;
    if (here === null || there === null) return here;
    return here + (there - here) * (moment - at2[next - 1]) / (at2[next] - at2[next - 1]);
  }
  var sampleOf = (look) => svgEl("svg", { class: "sample", viewBox: "0 0 26 8", width: 26, height: 8, "aria-hidden": "true" }, svgEl("path", { d: "M0 4H26", ...look }));
  function drawChart(host, chart) {
    const figure = el("figure", { class: "chart" }), box2 = el("div", { class: "plot" });
    const rows = chart.lines.map((line) => ({ value: el("b"), was: line.before ? el("span", { class: "before" }) : null }));
    const legend = el("ul", { class: "legend" }, ...chart.lines.map((line, i2) => el(
      "li",
      {},
      sampleOf(lookOf(chart, i2)),
      el("span", { class: "name", text: line.name }),
      rows[i2].value,
      rows[i2].was && sampleOf({ class: "ghost" }),
      rows[i2].was
    )));
    figure.append(el("h3", { text: chart.finding }), legend, box2, tableOf(chart));
    host.replaceChildren(figure);
    for (const other of drawn) if (!other.figure.isConnected) drawn.delete(other);
    const view = { chart, figure, box: box2, rows, hover: null, width: 0, cursor: svgEl("g"), clock: svgEl("text"), hourX: () => 0 };
    drawn.add(view);
    plot(view);
  }
  function plot(view) {
    const { chart, box: box2 } = view;
    const width = Math.max(240, box2.clientWidth), height = 142;
    const axis = axisOf(chart);
    const right = width - MARGIN.right, low = height - MARGIN.bottom;
    const x2 = (moment) => MARGIN.left + (right - MARGIN.left) * moment / 86400;
    const y2 = (value) => low - (low - MARGIN.top) * axis.place(value);
    const every = width < 460 ? 6 : 3;
    const hours = Array.from({ length: 24 / every + 1 }, (_2, i2) => i2 * every);
    const hourX = (hour) => x2(hour * 3600);
    const line = (cls, d2, more = {}) => svgEl("path", { class: cls, d: d2, ...more });
    const picture = svgEl(
      "svg",
      { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": `${chart.heading}: ${chart.finding}. The table below has the values.` },
      ...axis.ticks.map((tick2) => line("grid", `M${MARGIN.left} ${y2(tick2).toFixed(1)}H${right}`)),
      ...axis.ticks.map((tick2) => svgEl("text", { x: MARGIN.left - 7, y: y2(tick2) + 4, "text-anchor": "end", text: chart.words(tick2) })),
      ...hours.map((hour) => svgEl("text", { x: hourX(hour), y: height - 7, "text-anchor": hour === 24 ? "end" : hour ? "middle" : "start", text: `${String(hour).padStart(2, "0")}:00` })),
      ...hours.map((hour) => line("grid", `M${hourX(hour).toFixed(1)} ${low}v4`)),
      svgEl("text", { x: 2, y: 12, class: "axis", text: chart.axis }),
      ...chart.lines.map(({ before }) => before ? line("ghost", pathOf(before, x2, y2)) : null),
      ...chart.lines.map((each, i2) => line("line", pathOf(each.now, x2, y2), lookOf(chart, i2)))
    );
    view.clock = svgEl("text", { y: 12 });
    view.cursor = svgEl("g", {}, line("cursor", `M0 ${MARGIN.top - 4}V${low}`), view.clock);
    picture.append(view.cursor);
    view.hourX = hourX;
    picture.addEventListener("pointermove", (event) => {
      const at2 = (event.clientX - picture.getBoundingClientRect().left) * (width / picture.clientWidth);
      view.hover = Math.min(86400, Math.max(0, (at2 - MARGIN.left) / (right - MARGIN.left) * 86400));
      readOut(view);
    });
    picture.addEventListener("pointerleave", () => {
      view.hover = null;
      readOut(view);
    });
    box2.replaceChildren(picture);
    view.width = box2.clientWidth;
    readOut(view);
  }
  function readOut(view) {
    const at2 = view.hover ?? window.headwatersMoment ?? 0, { chart } = view;
    put(view.cursor, "transform", `translate(${view.hourX(at2 / 3600).toFixed(1)} 0)`);
    write(view.clock, clockWords(at2));
    put(view.clock, "text-anchor", at2 < 3 * 3600 ? "start" : at2 > 22 * 3600 ? "end" : "middle");
    chart.lines.forEach((line, i2) => {
      const { value, was } = view.rows[i2];
      write(value, `${chart.words(valueAt(line.now, at2))}${chart.unit}`);
      if (was && line.before) write(was, `was ${chart.words(valueAt(line.before, at2))}`);
    });
  }
  function tableOf(chart) {
    const table = el("table"), scroll = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `${chart.heading}, as a table` }, table);
    return el("details", { ontoggle: () => !table.firstChild && fillTable(table, chart) }, el("summary", { text: "As a table" }), scroll);
  }
  function fillTable(table, chart) {
    const curves = chart.lines.flatMap(({ name, now, before }) => [{ ...now, name }, ...before ? [{ ...before, name: `${name}, before` }] : []]);
    const { head, rows } = curves.some((curve) => curve.at) ? cornerRows(curves, `${chart.axis} (${chart.per})`) : bucketRows(curves, chart.per);
    const cell = (text, i2) => i2 ? el("td", { text }) : el("th", { scope: "row", text });
    table.append(
      el("caption", { text: `${chart.heading}: ${chart.finding}` }),
      el("thead", {}, el("tr", {}, ...head.map((text) => el("th", { scope: "col", text })))),
      el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map(cell))))
    );
  }
  var figureOf = (value) => value === null || value === void 0 ? "–" : String(+value.toPrecision(4));
  function bucketRows(curves, per) {
    const count = curves[0]?.values.length ?? 0;
    const rows = Array.from({ length: count }, (_2, i2) => [clockWords(86400 * i2 / count), ...curves.map(({ values }) => figureOf(values[i2]))]);
    return { head: ["time", ...curves.map(({ name }) => `${name} (${per})`)], rows };
  }
  function cornerRows(curves, heading) {
    const second = (moment) => `${clockWords(moment)}:${String(Math.floor(moment % 60)).padStart(2, "0")}`;
    const rows = curves.flatMap(({ name, values, at: at2 }) => values.map((value, i2) => [second(at2 ? at2[i2] : 86400 * i2 / values.length), name, figureOf(value)]));
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
    for (let n2 = 2; primes.length < 64; n2++) if (primes.every((p2) => n2 % p2)) primes.push(n2);
    const fraction = (x2) => (x2 - Math.floor(x2)) * 2 ** 32 | 0;
    return [primes.map((p2) => fraction(Math.cbrt(p2))), primes.slice(0, 8).map((p2) => fraction(Math.sqrt(p2)))];
  })();
  function sha256(bytes) {
    const padded = new Uint8Array(bytes.length + 72 >> 6 << 6);
    padded.set(bytes);
    padded[bytes.length] = 128;
    const view = new DataView(padded.buffer);
    const turn = (x2, by) => x2 >>> by | x2 << 32 - by;
    view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
    view.setUint32(padded.length - 4, bytes.length << 3);
    const sums = [...STARTS], w2 = new Int32Array(64);
    for (let at2 = 0; at2 < padded.length; at2 += 64) {
      for (let i2 = 0; i2 < 64; i2++) {
        if (i2 < 16) w2[i2] = view.getInt32(at2 + 4 * i2);
        else {
          const a3 = w2[i2 - 15], b3 = w2[i2 - 2];
          w2[i2] = w2[i2 - 16] + (turn(a3, 7) ^ turn(a3, 18) ^ a3 >>> 3) + w2[i2 - 7] + (turn(b3, 17) ^ turn(b3, 19) ^ b3 >>> 10);
        }
      }
      let [a2, b2, c2, d2, e2, f2, g2, h2] = sums;
      for (let i2 = 0; i2 < 64; i2++) {
        const one = h2 + (turn(e2, 6) ^ turn(e2, 11) ^ turn(e2, 25)) + (e2 & f2 ^ ~e2 & g2) + ROUNDS[i2] + w2[i2] | 0;
        const two2 = (turn(a2, 2) ^ turn(a2, 13) ^ turn(a2, 22)) + (a2 & b2 ^ a2 & c2 ^ b2 & c2) | 0;
        [h2, g2, f2, e2, d2, c2, b2, a2] = [g2, f2, e2, d2 + one | 0, c2, b2, a2, one + two2 | 0];
      }
      [a2, b2, c2, d2, e2, f2, g2, h2].forEach((x2, i2) => sums[i2] = sums[i2] + x2 | 0);
    }
    const out = new DataView(new ArrayBuffer(32));
    sums.forEach((x2, i2) => out.setInt32(4 * i2, x2));
    return new Uint8Array(out.buffer);
  }
  var digest = (text) => sha256(new TextEncoder().encode(text));
  var hashed = (text, salt) => [...digest(`${salt}\0${text}`)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  function unsealed(text, salt) {
    const data = Uint8Array.from(atob(text), (c2) => c2.charCodeAt(0));
    let stream = new Uint8Array();
    for (let i2 = 0; i2 < data.length; i2++) {
      if (i2 % 32 === 0) stream = digest(`${salt}\0${i2 / 32}`);
      data[i2] ^= stream[i2 % 32];
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
  function reader({ form, doubtful, doubt: question, signs: signs2 }, units) {
    const TYPED = new RegExp(`^(?:${form})$`, "i"), DOUBTFUL = new RegExp(`^(?:${doubtful})$`);
    function typedParts2(text, accepted) {
      if (!("value" in accepted)) return null;
      const found2 = TYPED.exec([...text].map((sign) => signs2[sign] ?? sign).join("").trim());
      if (!found2) return null;
      const unit = normalised(found2[4] ?? ""), here = units[unit], wanted = normalised(accepted.unit), there = units[wanted];
      const same = !unit || unit === wanted;
      if (!same && !(here && there && here[0] === there[0])) return null;
      return { sign: found2[1], digits: found2[2], exponent: found2[3] ?? "", factor: same ? 1 : here[1] / there[1], bare: !unit };
    }
    const isSame = (text, { hash, also = [] }, salt) => [hash, ...also].includes(hashed(normalised(text), salt));
    function doubt2(text, accepted, salt) {
      if (isSame(text, accepted, salt)) return "";
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
      if (isSame(text, accepted, salt)) return true;
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
  function unpack(text, n2) {
    const bytes = Uint8Array.from(atob(text), (c2) => c2.charCodeAt(0));
    const out = [];
    let value = 0, token = 0, scale = 1, run = false;
    for (const byte of bytes) {
      token += (byte & 127) * scale;
      scale *= 128;
      if (byte >= 128) continue;
      if (run) for (let i2 = 0; i2 < token; i2++) out.push(value);
      else if (token) out.push(value += token % 2 ? (token - 1) / 2 : -token / 2);
      run = !run && token === 0;
      token = 0;
      scale = 1;
    }
    while (out.length < n2) out.push(value);
    return out;
  }
  var MOVING = /* @__PURE__ */ new Set(["born", "copies", "lost", "removed", "unreadable", "sent"]);
  function running(counts) {
    const sums = new Float64Array(counts.length + 1);
    counts.forEach((count, i2) => sums[i2 + 1] = sums[i2] + count);
    return sums;
  }
  function sending(counts, { start, end, minutes }) {
    const minute = (end - start) / minutes;
    const packets = counts.flatMap((count, i2) => count < 0 && i2 < minutes ? [{ at: start + (i2 + 1) * minute, events: -count }] : []);
    return { steady: running(counts.map((count) => Math.max(0, count))), together: running(counts.map((count) => Math.max(0, -count))), packets };
  }
  function openFrames(packed) {
    if (!packed) return null;
    const { n: n2, looks, minutes } = packed;
    const byMinute = (text) => unpack(text ?? "", minutes + 1);
    const flows = /* @__PURE__ */ new Map();
    const stations = /* @__PURE__ */ new Map();
    const sent = new Map(Object.entries(packed.stations).map(([id, series]) => [id, sending(byMinute(series.sent), packed)]));
    for (const { source, target, sent: own, refused, pulled, loop } of packed.flows) {
      const leaves2 = own === null ? sent.get(source) : sending(byMinute(own), packed);
      if (leaves2) flows.set(`${source}>${target}`, { sent: leaves2, refused: running(byMinute(refused)), pulled, loop });
    }
    const occasions = (packed.occasions ?? []).map(([from, to, kind, stage]) => ({ from, to, kind, stage }));
    const faults = packed.faults.map(([from, to, stage, words, short, kind]) => ({ from, to, stage, words, short, kind }));
    const step2 = (packed.end - packed.start) / n2, minute = (packed.end - packed.start) / minutes;
    const frames = { ...packed, stations, flows, occasions, faults, step: step2, minute };
    for (const [id, series] of Object.entries(packed.stations)) {
      const { born, copies, lost, removed, unreadable } = series;
      const read = Object.fromEntries(Object.entries(series).filter(([name]) => !MOVING.has(name)).map(([name, text]) => [name, unpack(text, name === "ages" ? n2 * looks + 1 : n2)]));
      const into = [...flows].filter(([key, { loop }]) => key.endsWith(`>${id}`) && !loop).map(([, wire]) => wire);
      const [births, again, losses, left, unread] = [born, copies, lost, removed, unreadable].map((text) => running(byMinute(text)));
      const falls = losses.map((count, i2) => count - into.reduce((sum, wire) => sum + wire.refused[i2], 0));
      const leaves2 = sent.get(id) ?? sending([], packed);
      const s2 = (
        /** @type {Series} */
        { ...read, born: births, copies: again, lost: losses, removed: left, unreadable: unread, sent: leaves2, falls, into, full: 1 }
      );
      stations.set(id, s2);
      for (let i2 = 1; i2 <= minutes; i2++) s2.full = Math.max(s2.full, levelAt(frames, id, packed.start + i2 * minute));
    }
    return frames;
  }
  function countAt(sums, frames, t2) {
    if (t2 >= frames.end) return sums[sums.length - 1];
    const place = Math.max(0, (t2 - frames.start) / frames.minute), i2 = Math.floor(place);
    return sums[i2] + (sums[i2 + 1] - sums[i2]) * (place - i2);
  }
  var nothingButUnread = (s2, frames, t2) => countAt(s2.lost, frames, t2) - countAt(s2.unreadable, frames, t2) < 1e-6;
  function leftBy({ steady, together }, frames, t2) {
    const i2 = t2 >= frames.end ? together.length - 1 : Math.max(0, Math.floor((t2 - frames.start) / frames.minute + 1e-9));
    return countAt(steady, frames, t2) + together[i2];
  }
  var arrivedBy = ({ sent }, frames, t2) => leftBy(sent, frames, t2 >= frames.end ? t2 : t2 - frames.hop_s);
  var onWire = (wire, frames, t2) => wire ? leftBy(wire.sent, frames, t2) - arrivedBy(wire, frames, t2) : 0;
  function cameBy(s2, frames, t2) {
    return s2.into.reduce((sum, wire) => sum + arrivedBy(wire, frames, t2), countAt(s2.born, frames, t2));
  }
  var wentBy = (s2, frames, t2) => leftBy(s2.sent, frames, t2) - countAt(s2.copies, frames, t2);
  function insideAt(s2, frames, t2) {
    return cameBy(s2, frames, t2) - wentBy(s2, frames, t2) - countAt(s2.lost, frames, t2) - countAt(s2.removed, frames, t2);
  }
  function levelAt(frames, id, t2) {
    const s2 = frames.stations.get(id);
    if (!s2) return 0;
    return frames.keeps.includes(id) ? wentBy(s2, frames, t2) : insideAt(s2, frames, t2);
  }
  function timeOf(sums, frames, count) {
    let low = 0, high = frames.minutes;
    while (low < high) {
      const mid = low + high >> 1;
      if (sums[mid + 1] >= count - 1e-9) high = mid;
      else low = mid + 1;
    }
    const inside = sums[low + 1] - sums[low];
    return frames.start + frames.minute * (low + (inside > 0 ? (count - sums[low]) / inside : 0));
  }
  function dotsAt(sums, frames, t2, takes) {
    const size = frames.per_dot, last = frames.end - 1e-6;
    const gone = (at2) => Math.floor(countAt(sums, frames, Math.min(at2, last)) / size + 1e-9);
    const places = [];
    for (let k = gone(t2 - takes) + 1; k <= gone(t2); k++) {
      places.push([k, Math.min(1, Math.max(0, (t2 - timeOf(sums, frames, k * size)) / takes))]);
    }
    return places;
  }
  function packetsAt({ packets }, frames, t2) {
    return packets.filter(({ at: at2 }) => at2 <= t2 + 1e-6 && at2 + frames.hop_s > t2 + 1e-6).map(({ at: at2, events }) => ({ at: at2, events, share: (t2 - at2) / frames.hop_s }));
  }
  function densest(sums, frames) {
    let most = 0;
    for (let i2 = 0; i2 < frames.minutes; i2++) most = Math.max(most, sums[i2 + 1] - sums[i2]);
    return most / frames.per_dot;
  }
  function tickAt(frames, id, t2) {
    if (!frames.ticks[id]) return null;
    const [every, one] = frames.ticks[id], gone = ((t2 - one) % every + every) % every;
    return { share: gone / every, next: t2 - gone + every };
  }
  function stationAt(frames, id, t2) {
    const s2 = frames && frames.stations.get(id);
    if (!s2) return null;
    const place = Math.min(frames.n - 1e-6, Math.max(0, (t2 - frames.start) / frames.step));
    const i2 = Math.floor(place), part = place - i2;
    const between = (series) => (i2 ? series[i2 - 1] : 0) + (series[i2] - (i2 ? series[i2 - 1] : 0)) * part;
    const before = i2 && s2.age_s ? s2.age_s[i2 - 1] : -1, after = s2.age_s ? s2.age_s[i2] : -1;
    const looks = frames.n * frames.looks;
    const look = Math.min(looks, Math.max(0, Math.floor((t2 - frames.start) / frames.step * frames.looks + 1e-6)));
    return {
      in: s2.came[i2] / frames.step,
      // as the charts and headlines have them
      out: passesNothing(frames, id, t2) ? 0 : s2.went[i2] / frames.step,
      // a bucket reaches past the repair
      inside: Math.round(insideAt(s2, frames, t2)),
      level: Math.round(levelAt(frames, id, t2)),
      full: s2.full,
      busy: s2.busy[i2] / 1e3,
      age: s2.ages ? s2.ages[look] : before >= 0 && after >= before ? before + (after - before) * part : after,
      faulty: s2.faulty[i2] === 1,
      lost: Math.floor(countAt(s2.lost, frames, t2) + 1e-9),
      usual: nothingButUnread(s2, frames, t2),
      queries: s2.queries ? Math.round(between(s2.queries)) : 0,
      left: s2.left ? s2.left[i2] / frames.step * 60 : 0,
      fault: faultWords(frames, id, t2)
    };
  }
  var passesNothing = (frames, id, t2) => frames.faults.some(({ stage, kind, from, to }) => stage === id && (kind === "down" || kind === "cut") && from <= t2 && t2 < to);
  function faultWords(frames, id, t2) {
    const i2 = Math.min(frames.n - 1, Math.max(0, Math.floor((t2 - frames.start) / frames.step)));
    const begins = frames.start + i2 * frames.step;
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
    const flows = frames.flows.map((flow) => ({ ...flow, sent: flow.sent === null ? null : texts[flow.sent], refused: texts[flow.refused] }));
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
      curves: lines.map(([name, n2, values, moments]) => ({
        name,
        values: unpack(texts[values], n2).map((value) => value < 0 ? null : value / steps),
        at: moments === void 0 ? null : unpack(texts[moments], n2).map((tenths) => tenths / 10)
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
    const figures = run.figures.map(([label, value, text, , quiet], i2) => {
      const [, before = null, words] = ghost?.figures[i2] ?? [];
      const by = change(before, value);
      const was = words === void 0 ? "" : words === text ? NO_CHANGE : by === NO_CHANGE ? `was ${words}` : `was ${words} (${by})`;
      return { label, text, was, about: run.about[i2], shown: !quiet || Boolean(value) || Boolean(before) };
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

  // js/shared/leaving.js
  var PATIENCE_MS = 8e3;
  function heedLeaving() {
    const path = location.pathname, known2 = window.headwatersLeaving;
    if (known2) {
      if (known2.path !== path) Object.assign(known2, { path, at: -Infinity });
      return;
    }
    const leaving2 = window.headwatersLeaving = { path, at: -Infinity };
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a[data-testid='stPageLink-NavLink']") : null;
      if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (new URL(link.href).pathname !== location.pathname) Object.assign(leaving2, { path: location.pathname, at: performance.now() });
    }, true);
    window.addEventListener("popstate", () => {
      if (location.pathname !== leaving2.path) leaving2.at = performance.now();
    });
  }
  var leaves = () => performance.now() - (window.headwatersLeaving?.at ?? -Infinity) < PATIENCE_MS;

  // js/shared/sent.js
  var KEPT = 6;
  var known = [];
  var equal = (one, other) => one.length === other.length && one.every((byte, i2) => byte === other[i2]);
  function parsed(bytes) {
    const at2 = known.findIndex((one2) => equal(one2.bytes, bytes));
    const [one] = at2 < 0 ? [{ bytes, value: JSON.parse(new TextDecoder().decode(bytes)) }] : known.splice(at2, 1);
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
    const points = Array.from({ length: parts + 1 }, (_2, i2) => path.getPointAtLength(length * i2 / parts));
    return { length, points };
  }
  function onTrack({ points }, share) {
    const place = share * (points.length - 1), i2 = Math.min(points.length - 2, Math.floor(place)), part = place - i2;
    const a2 = points[i2], b2 = points[i2 + 1];
    const step2 = Math.hypot(b2.x - a2.x, b2.y - a2.y) || 1;
    return { x: a2.x + (b2.x - a2.x) * part, y: a2.y + (b2.y - a2.y) * part, dx: (b2.x - a2.x) / step2, dy: (b2.y - a2.y) / step2 };
  }
  function placement({ w: w2, h: h2 }, viewBox, view, [dx, dy]) {
    const fit2 = Math.min(w2 / viewBox.w, h2 / viewBox.h), scale = fit2 * view.k;
    return {
      scale,
      x: dx * scale + (view.x - viewBox.x) * fit2 + (w2 - viewBox.w * fit2) / 2,
      y: dy * scale + (view.y - viewBox.y) * fit2 + (h2 - viewBox.h * fit2) / 2
    };
  }
  var shown = ({ w: w2, h: h2 }, { scale, x: x2, y: y2 }) => ({ x: -x2 / scale, y: -y2 / scale, w: w2 / scale, h: h2 / scale });
  function seen(pane, { k, x: x2, y: y2 }, { width, height }) {
    const within = (place, most) => Math.min(most, Math.max(0, place));
    const left = within((pane.x - x2) / k, width), top = within((pane.y - y2) / k, height);
    return { x: left, y: top, w: within((pane.x + pane.w - x2) / k, width) - left, h: within((pane.y + pane.h - y2) / k, height) - top };
  }

  // lifecycle/diagram/living/script/types.js
  var isStage = (node) => node.place.kind === "stage";
  var partsOf = (node) => isStage(node) ? [node.group, node.falls] : [node.group];

  // lifecycle/diagram/living/script/dots.js
  var [SINGLE, CROWDED, DROP, REQUEST, BACK] = [3.2, 2.3, 2.6, 3.4, 3];
  var FALL = 30;
  var FALL_S = 600;
  var BACK_TO = 0.45;
  var [DIGIT, SIDES, HALF_HIGH] = [7.2, 14, 9];
  function laneOf(length, sums, frames) {
    const room = length * frames.minute / frames.hop_s;
    return Math.min(2.6, Math.max(0, densest(sums, frames) * 6 / Math.max(1, room) - 1));
  }
  function inWindow(window2, { x: x2, y: y2, r: r2 }) {
    return !window2 || x2 - r2 - 1 >= window2.x && x2 + r2 + 1 <= window2.x + window2.w && y2 - r2 - 1 >= window2.y && y2 + r2 + 1 <= window2.y + window2.h;
  }
  function placeOn({ track, backwards }, share, side = 0) {
    const at2 = onTrack(track, backwards ? 1 - share : share);
    return { x: at2.x - at2.dy * side, y: at2.y + at2.dx * side };
  }
  function placeOfPacket(line, share, r2) {
    const { x: x2, dx, dy } = onTrack(line.track, 0.5);
    if (line.over !== void 0 && Math.abs(dx) * (2 * r2 - SIDES) > line.track.length) return { x: x2, y: line.over - HALF_HIGH };
    const room = Math.min(0.5, (Math.abs(dx) * r2 + Math.abs(dy) * HALF_HIGH) / line.track.length);
    return placeOn(line, room + (1 - 2 * room) * share);
  }
  var packetRadius = (words) => (words.length * DIGIT + SIDES) / 2;
  var laneNumber = (k) => k * 2 % 5 - 2;
  function flowDots(line, { sent }, frames, t2) {
    if (t2 >= frames.end) return [];
    const r2 = line.lane > 1 ? CROWDED : SINGLE;
    const dots = dotsAt(sent.steady, frames, t2, frames.hop_s).map(([k, share]) => ({
      kind: (
        /** @type {const} */
        "dot"
      ),
      ...placeOn(line, share, laneNumber(k) * line.lane),
      r: r2,
      opacity: 1,
      at: timeOf(sent.steady, frames, k * frames.per_dot)
    }));
    const packets = packetsAt(sent, frames, t2).map(({ events, at: at2, share }) => {
      const words = events.toLocaleString("en"), r3 = packetRadius(words);
      return { kind: (
        /** @type {const} */
        "packet"
      ), ...placeOfPacket(line, share, r3), r: r3, opacity: 1, words, at: at2 };
    });
    return [...dots, ...packets];
  }
  function requests(line, { sent, pulled }, frames, t2) {
    const then = t2 + frames.hop_s;
    if (!pulled || then >= frames.end) return [];
    const shares = [...dotsAt(sent.steady, frames, then, frames.hop_s).map(([, share]) => share), ...packetsAt(sent, frames, then).map(({ share }) => share)];
    return shares.map((share) => ({ kind: "request", ...placeOn(line, 1 - share), r: REQUEST, opacity: 1 }));
  }
  function sentBack(line, { refused }, frames, t2) {
    return dotsAt(refused, frames, t2, frames.hop_s).map(([k, share]) => ({
      kind: "bounce",
      ...placeOn(line, 1 - BACK_TO * share, laneNumber(k) * 3),
      r: BACK,
      opacity: 1 - share * share
    }));
  }
  function stageDrops({ x: x2, y: y2, w: w2, h: h2 }, series, frames, t2) {
    const kind = nothingButUnread(series, frames, t2) ? "unread" : "drop";
    return dotsAt(series.falls, frames, t2, FALL_S).map(([k, share]) => ({
      kind,
      x: x2 + w2 * 0.58 + k * 37 % (w2 * 0.38),
      y: y2 + h2 + FALL * share * share,
      r: DROP,
      opacity: 1 - share
    }));
  }
  function measured(edge, wire, frames) {
    const track = edge.track ??= trackOf(edge.path);
    if (edge.run !== frames) Object.assign(edge, { lane: laneOf(track.length, wire.sent.steady, frames), run: frames });
    return { track, backwards: edge.backwards, lane: edge.lane, over: edge.over };
  }
  function atRest(line, dots) {
    const packet = dots.find(({ kind }) => kind === "packet"), back = dots.find(({ kind }) => kind === "bounce");
    const request = dots.find(({ kind }) => kind === "request");
    return [[packet, 0.5], [back, 0.88], [request, 0.25]].flatMap(([dot2, share]) => typeof dot2 === "object" && typeof share === "number" ? [{ ...dot2, ...dot2.kind === "packet" ? placeOfPacket(line, share, dot2.r) : placeOn(line, share), opacity: 1 }] : []);
  }
  function layersOf({ frames, scene, still, t: t2 }, window2 = scene?.window) {
    if (!frames || !scene) return [];
    const layers = [];
    for (const [key, edge] of scene.edges) {
      const wire = frames.flows.get(key);
      if (!wire) continue;
      const line = measured(edge, wire, frames);
      const dots = [...requests(line, wire, frames, t2), ...flowDots(line, wire, frames, t2), ...sentBack(line, wire, frames, t2)];
      layers.push({ group: edge.dots, dots: (still ? atRest(line, dots) : dots).filter((dot2) => inWindow(window2, dot2)) });
    }
    for (const [id, node] of scene.nodes) {
      const series = frames.stations.get(id);
      if (series && isStage(node) && !still) layers.push({ group: node.falls, dots: stageDrops(node.box, series, frames, t2) });
    }
    return layers;
  }
  var REACH = 9;
  function dotNear(edge, wire, frames, t2, { x: x2, y: y2 }) {
    let near = null, least = REACH;
    for (const dot2 of flowDots(measured(edge, wire, frames), wire, frames, t2)) {
      const far = Math.max(0, Math.hypot(dot2.x - x2, dot2.y - y2) - (dot2.kind === "packet" ? dot2.r : 0));
      if (far < least) [near, least] = [dot2.at, far];
    }
    return near;
  }
  function dotCount(wire, frames, t2) {
    if (!wire || t2 >= frames.end) return 0;
    return dotsAt(wire.sent.steady, frames, t2, frames.hop_s).length + packetsAt(wire.sent, frames, t2).length;
  }

  // lifecycle/diagram/living/script/state_words.js
  var ageWords = (age) => age < 0 ? "no data yet" : `${duration(age)} old`;
  var AGES = [[60, "fresh"], [900, "recent"], [7200, "ageing"], [Infinity, "stale"]];
  function ageStep(s2) {
    return s2 < 0 ? -1 : AGES.findIndex(([limit]) => s2 < limit);
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
  var lostWords = ({ lost, usual }) => lost ? `${number(lost)} ${usual ? "unreadable" : "lost"}` : "";
  function stateWords(place, now) {
    if (!now) return "";
    const said2 = [];
    if (now.fault) said2.push(`${now.fault} now`);
    if (place.role === "consumer") said2.push(now.age < 0 ? "no data yet" : `newest data is ${ageWords(now.age)}, ${AGES[ageStep(now.age)][1]}`);
    said2.push(`${number(now.in)} in and ${number(now.out)} out a second`);
    if (place.role !== "source" && place.role !== "consumer") said2.push(`${number(now.inside)} waiting`);
    if (place.keeps) said2.push(`${number(now.level)} held`);
    if (now.lost > 0) said2.push(lostWords(now));
    if (now.queries >= FEW_ASKERS) said2.push(`${number(now.queries)} queries wait for a slot`);
    if (now.left >= FEW_ASKERS) said2.push(`${number(Math.round(now.left))} viewers a minute give up`);
    return said2.join(", ");
  }

  // lifecycle/diagram/living/script/telling.js
  function actOn(d2, id) {
    return d2.overlay ? d2.places.get(d2.overlay)?.acts[id] : void 0;
  }
  function actWords(d2, id) {
    const current = d2.overlay === null ? void 0 : d2.places.get(d2.overlay), act = current?.acts[id];
    return current && act ? `${current.label}: ${act.text}` : "";
  }
  function paintTable(d2) {
    if (!d2.ui.words.open || !d2.frames) return;
    const rows = d2.stages.map((place) => {
      const now = stationAt(d2.frames, place.id, d2.t);
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
    d2.ui.tableBody.replaceChildren(...rows);
    write(d2.ui.tableCaption, `State of the pipeline at ${clockWords(d2.t)}; in and out are events a second`);
  }
  function summaryWords(d2) {
    const said2 = [`Paused at ${clockWords(d2.t)}.`];
    for (const place of d2.stages) {
      const now = stationAt(d2.frames, place.id, d2.t);
      if (!now) continue;
      if (now.fault) said2.push(`${place.label}: ${now.fault}.`);
      if (place.role === "consumer") said2.push(`${place.label}: ${now.age < 0 ? "no data yet" : `newest data is ${ageWords(now.age)}`}.`);
      else if (now.inside >= 1 && place.role !== "source") said2.push(`${place.label}: ${number(now.inside)} waiting.`);
      if (now.lost) said2.push(`${place.label}: ${lostWords(now)}.`);
      if (askerWords(now)) said2.push(`${place.label}: ${askerWords(now)}.`);
    }
    return said2.join(" ");
  }

  // lifecycle/diagram/living/script/card.js
  function soonCard(d2, of) {
    clearTimeout(d2.cardTimer);
    d2.cardTimer = setTimeout(() => d2.root.isConnected && showCard(d2, of), 160);
  }
  function showCard(d2, of) {
    const target = typeof of === "string" ? d2.scene?.nodes.get(of)?.body : of.group;
    if (!target) return;
    d2.cardOf = of;
    fillCard(d2);
    const card = d2.ui.card;
    card.hidden = false;
    const home = d2.ui.stage.getBoundingClientRect();
    const box2 = target.getBoundingClientRect();
    const below = box2.bottom - home.top + (d2.cutting ? 46 : 10);
    const left = Math.min(Math.max(6, box2.left - home.left + box2.width / 2 - card.offsetWidth / 2), home.width - card.offsetWidth - 6);
    const above = box2.top - home.top - card.offsetHeight - 10;
    card.style.left = `${left}px`;
    card.style.top = `${above > -60 ? above : below}px`;
  }
  function hideCard(d2) {
    clearTimeout(d2.cardTimer);
    d2.cardOf = null;
    d2.ui.card.hidden = true;
  }
  function fillCard(d2) {
    const { cardOf, frames } = d2;
    if (cardOf === null) return;
    const facts = [];
    const card = d2.ui.card;
    if (typeof cardOf !== "string") {
      const { source, target, label } = cardOf.flow;
      const wire = frames?.flows.get(`${source}>${target}`);
      const name = (id) => d2.places.get(id)?.label ?? id;
      write(oneOf(card, "b"), `${name(source)} → ${name(target)}`);
      const hint = !d2.said?.dots || d2.still ? "" : "Click a dot to follow one of its orders";
      write(oneOf(card, "p"), [label, hint, cutWords(d2, cardOf)].filter(Boolean).join(". "));
      if (frames && wire) {
        facts.push(["so far", number(Math.floor(leftBy(wire.sent, frames, d2.t)))], ["on it now", number(Math.round(onWire(wire, frames, d2.t)))]);
        facts.push(["goes", wire.pulled ? "when it is asked for" : "unasked"]);
        const back = Math.floor(countAt(wire.refused, frames, d2.t));
        if (back) facts.push(["sent back", number(back)]);
      }
    } else {
      const place = d2.places.get(cardOf), now = stationAt(frames, cardOf, d2.t);
      if (!place) return;
      write(oneOf(card, "b"), place.label);
      write(oneOf(card, "p"), actWords(d2, cardOf) || [place.detail, place.summary].filter(Boolean).map(capital).join(". "));
      if (now) {
        facts.push(["in", `${number(now.in)}/s`], ["out", `${number(now.out)}/s`], ["waiting", number(now.inside)]);
        facts.push(["busy", `${Math.round(now.busy * 100)} %`], ["age", ageWords(now.age)]);
        const tick2 = frames && tickAt(frames, place.id, d2.t);
        if (tick2) facts.push(["next tick", clockWords(tick2.next)]);
        if (place.keeps) facts.push(["held", number(now.level)]);
        if (now.lost) facts.push(["lost", `${number(now.lost)}${now.usual ? ", unreadable" : ""}`]);
        if (askerWords(now)) facts.push(["askers", askerWords(now)]);
        if (now.fault) facts.push(["state", `⚠ ${now.fault}`]);
      }
    }
    if (frames) facts.push(["now", clockWords(d2.t)]);
    const list = oneOf(card, "dl");
    while (list.children.length > facts.length) list.lastElementChild?.remove();
    while (list.children.length < facts.length) list.append(el("div", {}, el("dt"), el("dd")));
    facts.forEach(([name, value], i2) => {
      const [term, detail] = list.children[i2].children;
      write(term, name);
      write(detail, value);
    });
  }

  // lifecycle/diagram/living/script/breaking/span.js
  var STEP_S = 300;
  var isSeen = ({ from, until }, t2, end) => t2 >= Math.min(until, end - STEP_S) || t2 < from - 1;

  // lifecycle/diagram/living/script/breaking/replay.js
  var STANDING_S = 60;
  function followReplay(d2, { replay, until, moment_s: moment, broken }) {
    if (!replay || until === void 0 || moment === null || replay === d2.said?.replay) return false;
    hideCard(d2);
    Object.assign(d2, { hasMoment: true, opened: false, momentSent: Math.round(moment), watched: { replay, from: moment, until } });
    d2.t = d2.still ? until - STANDING_S : moment;
    if (d2.frames) showMoment(d2, d2.t);
    setPlaying(d2, !d2.still);
    if (d2.still) seen2(d2);
    comeIntoSight(d2, broken?.at(-1)?.split(".")[1]);
    return true;
  }
  function comeIntoSight(d2, id = "") {
    const stage = d2.scene?.nodes.get(id)?.body, at2 = stage?.getBoundingClientRect();
    const shown2 = d2.ui.stage.getBoundingClientRect();
    if (at2 && (at2.top < Math.max(0, shown2.top) || at2.bottom > Math.min(innerHeight, shown2.bottom))) stage?.scrollIntoView({ block: "center", behavior: d2.still ? "instant" : "smooth" });
  }
  function watchOn(d2) {
    const { watched, frames, playing, t: t2 } = d2;
    if (watched && frames && playing && isSeen(watched, t2, frames.end)) seen2(d2);
  }
  function seen2(d2) {
    const { watched } = d2;
    d2.watched = null;
    if (watched && !leaves()) d2.send("watched", watched.replay);
  }

  // lifecycle/diagram/living/script/follow/gold.js
  var [RADIUS, HIGH, BESIDE] = [5.5, 17, 10];
  function drawGold(d2) {
    const { scene, gold } = d2;
    if (!scene) return;
    const place = gold?.place ? pointOf(d2, scene, gold) : null;
    scene.gold?.group.classList.toggle("off", !place);
    d2.root.dataset.followed = place && gold?.place ? where(gold, d2.still) : "";
    if (!place || !gold) return;
    const { group, label, back } = scene.gold ??= makeGold(scene);
    write(label, gold.tag);
    put(group, "transform", `translate(${place.x.toFixed(1)} ${place.y.toFixed(1)})`);
    const words = label.getComputedTextLength(), wide = words + BESIDE + HIGH;
    const over = place.x + wide > scene.size.width;
    put(back, "x", (over ? HIGH / 2 - wide : -HIGH / 2).toFixed(1));
    put(back, "width", wide.toFixed(1));
    put(label, "x", (over ? -BESIDE - words : BESIDE).toFixed(1));
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
  function pointOf({ frames, t: t2, still }, scene, { place, followed: { beats } }) {
    if (!place) return null;
    const { stage, to, watch, start } = beats[place.beat], share = place.into / watch;
    const from = doorOf(scene, stage), there = to ? doorOf(scene, to) : null;
    if (!to || !there || !from) return from;
    if (still) return there;
    const edge = scene.edges.get(`${stage}>${to}`);
    if (!edge) return { x: from.x + (there.x - from.x) * share, y: from.y + (there.y - from.y) * share };
    const line = { track: edge.track ??= trackOf(edge.path), backwards: edge.backwards, lane: 0, over: edge.over };
    const wire = frames?.flows.get(`${stage}>${to}`), packet = wire && frames && packetsAt(wire.sent, frames, t2).find(({ at: at2 }) => Math.abs(at2 - start) < 1);
    return packet ? placeOfPacket(line, share, packetRadius(packet.events.toLocaleString("en"))) : placeOn(line, share);
  }
  function doorOf(scene, stage) {
    const box2 = scene.nodes.get(stage)?.box;
    return box2 ? { x: box2.x + HIGH / 2, y: box2.y - HIGH / 2 - 1 } : null;
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
      { class: "parts", "aria-label": "Its journey, part by part" },
      ...ribbon.parts.map((part, i2) => el(
        "li",
        { class: `part ${part.waits ? "waits" : "works"}${part.short ? " short" : ""}` },
        el(
          "button",
          { type: "button", onclick: () => asked.part(i2), "aria-label": part.words, title: part.words },
          part.stage === ribbon.parts[i2 - 1]?.stage ? null : el("b", { text: `${part.label} ` }),
          el("span", { text: part.lasted })
        )
      )),
      el("li", { class: "part-end", text: ribbon.end })
    );
    const mine = el("div", { class: "ribbon" }, el("p", { class: "ribbon-of" }, el("b", { text: ribbon.title }), `: ${ribbon.words}`), barOf(ribbon, asked));
    const magnifier = el("div", { class: "magnifier" }, el("p", { text: "The short parts enlarged, not to scale:" }), list);
    const beside2 = el("div", { class: "ribbon beside" });
    if (other) beside2.append(el("p", { class: "ribbon-of" }, el("b", { text: other.title }), `: ${other.words}`), barOf(other, null), heardOf(other));
    if (parting) beside2.append(el("p", { class: "parting", text: parting }));
    const artefact = el("figure", { class: "artefact" }, el("figcaption"), el("pre", {}, el("code")));
    return [head, mine, el("div", { class: "closer" }, magnifier, artefact), beside2];
  }
  var stepButton = (text, title, act) => el("button", { type: "button", class: "tool step", title, "aria-label": title, text, onclick: act });
  function barOf(ribbon, asked) {
    return el("div", { class: "bar", "aria-hidden": "true" }, ...ribbon.parts.map((part, i2) => el("span", {
      class: `part ${part.waits ? "waits" : "works"}${asked ? " open" : ""}`,
      title: part.words,
      style: `width: ${(100 * part.share).toFixed(3)}%`,
      onclick: asked && (() => asked.part(i2))
    }, part.short ? null : el("span", { text: `${part.label} ${part.lasted}` }))));
  }
  var heardOf = (ribbon) => el("ol", { class: "unseen" }, ...ribbon.parts.map(({ words }) => el("li", { text: words })), el("li", { text: ribbon.end }));
  function nowWords({ ribbon }, beat, over) {
    if (!beat) return "Nobody has placed this order yet.";
    const part = ribbon.parts[beat.part];
    if (over) return `${part.label}: ${ribbon.end} · ${beat.when}`;
    return `${beat.to ? `Handed over to ${part.label}` : part.words} · ${beat.when} · ${beat.rate}`;
  }
  function markRibbon(home, { place, followed: followed3 }, over) {
    const beat = place ? followed3.beats[place.beat] : null;
    allOf(home, ":is(.ribbon:not(.beside) .bar, .parts) > .part").forEach((part2, i2) => {
      const here = beat !== null && i2 % followed3.ribbon.parts.length === beat.part;
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
  function placeAt(beats, t2) {
    let beat = -1;
    while (beat + 1 < beats.length && beats[beat + 1].start <= t2) beat++;
    if (beat < 0) return null;
    const { start, end, watch } = beats[beat];
    return { beat, into: end > start ? watch * Math.min(1, (t2 - start) / (end - start)) : watch };
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
    const firsts = beats.flatMap(({ to, stage }, i2) => !to && (i2 === 0 || beats[i2 - 1].to === stage) ? [i2] : []);
    const here = place ? firsts.findLastIndex((i2) => i2 <= place.beat) : -1;
    return firsts[Math.min(firsts.length - 1, Math.max(0, here + step2))];
  }

  // lifecycle/diagram/living/script/follow/follow.js
  var USUAL_SPEED = 300;
  function receiveFollowed(d2, { followed: followed3 }) {
    d2.toFollow = followed3;
    settle(d2);
  }
  function settle(d2) {
    const { toFollow, said: said2 } = d2, key = said2?.follows ?? "";
    const followed3 = toFollow && key && toFollow.key === key && toFollow.run === d2.root.dataset.run ? toFollow : null;
    d2.ui.follow.hidden = !key;
    if (!key) d2.followedKey = "";
    if (followed3 === (d2.gold?.followed ?? null)) return;
    d2.gold = followed3 && { followed: followed3, place: placeAt(followed3.beats, d2.t), tag: followed3.tag };
    d2.ui.follow.classList.toggle("old", !followed3);
    if (!followed3) return drawGold(d2);
    d2.ui.follow.replaceChildren(...ribbonOf(followed3, { part: (part) => goToPart(d2, part), step: (way) => goBy(d2, way) }));
    const fresh = d2.followedKey !== followed3.key;
    d2.followedKey = followed3.key;
    if (fresh) say(d2, followed3.ribbon.words);
    if (fresh && said2?.moment_s === null) {
      goToBeat(d2, 0);
      setPlaying(d2, !d2.still);
    } else showMoment(d2, d2.t);
  }
  function nextMoment(d2, seconds) {
    const { gold } = d2;
    if (!gold) return null;
    const { beats } = gold.followed;
    if (gold.place && isOver(beats, gold.place)) return null;
    gold.place = gold.place ? onward(beats, gold.place, seconds * USUAL_SPEED / d2.speed, d2.still) : { beat: 0, into: 0 };
    return momentAt(beats, gold.place);
  }
  function rewind(d2) {
    if (d2.gold?.place && isOver(d2.gold.followed.beats, d2.gold.place)) goToBeat(d2, 0);
  }
  function showFollowed(d2, words) {
    const { gold } = d2;
    if (gold) {
      const { beats, tag, ribbon } = gold.followed;
      if (!gold.place || Math.abs(momentAt(beats, gold.place) - d2.t) > 1e-6) gold.place = placeAt(beats, d2.t);
      const over = gold.place !== null && isOver(beats, gold.place);
      gold.tag = over ? `${tag} · ${ribbon.end}` : tag;
      if (words) markRibbon(d2.ui.follow, gold, over);
    }
    drawGold(d2);
  }
  function goToPart(d2, part) {
    goToBeat(d2, d2.gold?.followed.beats.findIndex((beat) => beat.part === part && !beat.to) ?? 0);
    rest(d2);
  }
  function goBy(d2, way) {
    if (!d2.gold) return;
    const { beats, ribbon } = d2.gold.followed;
    goToBeat(d2, stageBeat(beats, d2.gold.place, way));
    rest(d2);
    say(d2, ribbon.parts[beats[d2.gold.place?.beat ?? 0].part].words);
  }
  function rest(d2) {
    setPlaying(d2, false);
    sendMoment(d2);
  }
  function goToBeat(d2, beat) {
    if (!d2.gold) return;
    d2.gold.place = { beat, into: 0 };
    showMoment(d2, d2.gold.followed.beats[beat].start);
  }
  function clickWire(d2, edge, { clientX, clientY }) {
    const { frames } = d2, { source, target } = edge.flow, wire = frames?.flows.get(`${source}>${target}`);
    if (!frames || !wire || d2.still || !d2.said?.dots) return false;
    const at2 = new DOMPoint(clientX, clientY).matrixTransform(edge.path.getScreenCTM()?.inverse());
    const setOff = dotNear(edge, wire, frames, d2.t, at2);
    if (setOff === null) return false;
    d2.send("follow", `${source}>${target}@${Math.round(setOff)}`);
    return true;
  }

  // lifecycle/diagram/living/script/placing.js
  function placeBadge(d2, node) {
    const { scene } = d2;
    if (node.signed || !scene) return;
    node.signed = true;
    const { x: x2, y: y2, w: w2, h: h2 } = node.box;
    const flows = [...scene.edges.values()].flatMap((edge) => (edge.track ??= trackOf(edge.path)).points);
    const near = ([dx2, dy2]) => flows.filter((point2) => Math.abs(point2.x - (x2 + w2 - 7 + dx2)) < 16 && Math.abs(point2.y - (y2 + 1.5 + dy2)) < 14).length;
    const spots = [[0, 0], [-14, 0], [13 - w2, 0]];
    if (h2 >= 75) spots.splice(2, 0, [0, 19]);
    const [dx, dy] = spots.reduce((best, spot) => near(spot) < near(best) ? spot : best);
    node.sign = { x: x2 + w2 - 20 + dx, y: y2 - 11 + dy, width: 26, height: 24 };
    put(node.badge, "transform", `translate(${dx} ${dy})`);
  }
  function placeMark(d2, node, mark2, below) {
    const { scene } = d2;
    if (!scene) return;
    const as = `${mark2.textContent.length}|${below}|${d2.type ?? ""}|${d2.frame ?? ""}|${d2.overlay ?? ""}`;
    if (!mark2.textContent || mark2.dataset.as === as) return;
    const { width, height } = mark2.getBBox();
    if (!width) return;
    mark2.dataset.as = as;
    const { x: x2, y: y2, w: w2, h: h2 } = node.box, rise = 0.8 * height;
    const first = { x: x2 + 2, y: y2 + h2 + below - rise };
    const spots = [
      first,
      { x: x2 + 16, y: y2 - height - 2 },
      { x: x2 + w2 - 24 - width, y: y2 - height - 2 },
      { x: x2 + w2 - 2 - width, y: first.y },
      ...[h2 - height, 0, (h2 - height) / 2].flatMap((down) => [{ x: x2 + w2 + 8, y: y2 + down }, { x: x2 - 8 - width, y: y2 + down }])
    ];
    const { nodes, edges, viewBox: view } = scene, [dx, dy] = shiftOf(scene);
    const texts = allOf(scene.back, ".cluster text");
    const names = texts.map((name) => name.getBBox());
    const boxes = [...nodes.values()].map(({ box: box2 }) => ({ x: box2.x, y: box2.y, width: box2.w, height: box2.h }));
    const signs2 = d2.overlay === null ? [] : boxes.map((box2) => ({ x: box2.x - 9, y: box2.y - 9, width: 23, height: 23 }));
    const badge = node.sign ?? { x: x2 + w2 - 20, y: y2 - 11, width: 26, height: 18 };
    const counts = d2.still ? [...edges.values()].flatMap((edge) => edge.spot ?? []) : [];
    const others = [node.lost, node.askers].filter((one) => one !== mark2 && mark2 !== node.lost && !one.classList.contains("off"));
    const other = others.map((one) => one.getBBox());
    const flows = [...edges.values()].flatMap((edge) => (edge.track ??= trackOf(edge.path)).points);
    const free = (at3) => at3.x + dx >= view.x && at3.x + dx + width <= view.x + view.w && at3.y + dy >= view.y && [...names, ...boxes, ...signs2, ...other, ...counts, badge].every((one) => at3.x > one.x + one.width || one.x > at3.x + width || at3.y > one.y + one.height || one.y > at3.y + height) && !flows.some((point2) => point2.x > at3.x - 3 && point2.x < at3.x + width + 3 && point2.y > at3.y && point2.y < at3.y + height);
    const at2 = spots.find(free) ?? { x: first.x + (signs2.length ? 14 : 0), y: first.y };
    put(mark2, "x", at2.x.toFixed(1));
    put(mark2, "y", (at2.y + rise).toFixed(1));
  }
  var SHARES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9];
  var BESIDE2 = [-10, 10, -17, 17];
  var LONGEST_COUNT = "88.8k";
  function placeCounts(d2) {
    const { scene } = d2;
    if (!scene) return;
    const edges = [...scene.edges.values()];
    const sample2 = edges.find((edge) => !edge.words.classList.contains("off"))?.count;
    const as = `${d2.type ?? ""}|${d2.frame ?? ""}`;
    if (scene.countedAs === as || !sample2) return;
    write(sample2, LONGEST_COUNT);
    const { width, height } = sample2.getBBox();
    write(sample2, "");
    if (!width) return;
    scene.countedAs = as;
    const texts = allOf(scene.box, ".cluster text, .edge text:not(.count)");
    const taken = texts.map((text) => text.getBBox());
    for (const node of scene.nodes.values()) {
      const { box: box2 } = node, [right, top] = [box2.x + box2.w, box2.y];
      taken.push({ x: box2.x - 2, y: top - 2, width: box2.w + 4, height: box2.h + 4 });
      if (!isStage(node)) continue;
      taken.push({ x: right - 20, y: top - 11, width: 26, height: 12 }, { x: box2.x - 10, y: top - 10, width: 24, height: 24 });
      taken.push({ x: box2.x, y: top + box2.h, width: 72, height: 17 });
      for (const mark2 of [node.lost, node.askers, node.leak]) if (mark2.textContent) taken.push(mark2.getBBox());
    }
    const free = (spot) => taken.every((one) => spot.x > one.x + one.width || one.x > spot.x + width || spot.y > one.y + one.height || one.y > spot.y + height);
    for (const edge of edges) {
      const track = edge.track ??= trackOf(edge.path);
      const spots = BESIDE2.flatMap((beside2) => SHARES.map((share) => {
        const at2 = onTrack(track, share);
        return { x: at2.x - at2.dy * beside2 * (1 + Math.abs(at2.dy)) - width / 2, y: at2.y + at2.dx * beside2 - height / 2, width, height };
      }));
      edge.spot = spots.find(free) ?? null;
      if (!edge.spot) continue;
      taken.push(edge.spot);
      put(edge.count, "x", (edge.spot.x + width / 2).toFixed(1));
      put(edge.count, "y", (edge.spot.y + 0.78 * height).toFixed(1));
    }
  }
  var SIGN_R = 11;
  var labelOf = (edge) => (
    /** @type {SVGTextElement[]} */
    allOf(edge.words, "text:not(.count)")
  );
  function placeSnipped(edge) {
    const { x: x2, y: y2, dx, dy } = onTrack(edge.track ??= trackOf(edge.path), 0.5);
    put(edge.snipped, "transform", `translate(${x2.toFixed(1)} ${y2.toFixed(1)})`);
    const label = labelOf(edge), boxes = label.map((text) => text.getBBox()).filter((box2) => box2.width);
    if (!boxes.length || label[0].hasAttribute("transform")) return;
    const middle2 = boxes[0], side = (middle2.x + middle2.width / 2 - x2) * -dy + (middle2.y + middle2.height / 2 - y2) * dx < 0 ? -1 : 1;
    const clear2 = (by2) => boxes.every((box2) => {
      const left = box2.x - dy * side * by2 - x2, top = box2.y + dx * side * by2 - y2;
      return left > SIGN_R || left + box2.width < -SIGN_R || top > SIGN_R || top + box2.height < -SIGN_R;
    });
    let by = 0;
    while (by < 60 && !clear2(by)) by += 1;
    for (const text of label) put(text, "transform", `translate(${(-dy * side * by).toFixed(1)} ${(dx * side * by).toFixed(1)})`);
  }
  function joinAgain(edge) {
    for (const text of labelOf(edge)) text.removeAttribute("transform");
  }

  // lifecycle/diagram/living/script/paint.js
  var LEAK = "names leak";
  function leaksAt(d2, id) {
    const since = d2.said?.leaks?.[id];
    return since !== void 0 && since <= d2.t;
  }
  function paintStates(d2) {
    const { frames, scene, t: t2 } = d2;
    if (!scene) return;
    d2.root.dataset.moment = String(Math.round(t2));
    for (const sign of d2.mades) sign.hidden = t2 < (d2.late?.caught_up ?? 0) && t2 < (frames?.end ?? 0);
    for (const [id, node] of scene.nodes) {
      if (!isStage(node)) {
        put(node.group, "aria-label", `${node.place.label}, undercurrent`);
        continue;
      }
      const now = stationAt(frames, id, t2);
      paintLabel(d2, node, now);
      const short = leaksAt(d2, id) ? "" : actOn(d2, id)?.short;
      if (short || now) write(node.state, short || nodeWords(node.place, now));
      if (!now) continue;
      const fill = holds2(node.place) ? now.level / now.full : 0;
      put(node.tank, "y", (node.box.y + node.box.h * (1 - fill)).toFixed(1));
      put(node.tank, "height", (node.box.h * fill).toFixed(1));
      put(node.group, "data-level", now.level);
      put(node.busy, "width", (node.box.w * now.busy).toFixed(1));
      if (node.place.role === "consumer") put(node.bars, "data-step", ageStep(now.age));
      paintTick(node, frames && tickAt(frames, id, t2));
      node.badge.classList.toggle("off", !now.faulty);
      if (now.faulty) placeBadge(d2, node);
      node.group.classList.toggle("faulty", now.faulty);
      node.lost.classList.toggle("off", !now.lost);
      node.lost.classList.toggle("usual", now.usual);
      write(node.lost, now.lost ? `${now.usual ? "" : "−"}${lostWords(now)}` : "");
      const askers = askerWords(now);
      node.askers.classList.toggle("off", !askers);
      write(node.askers, askers);
      placeMark(d2, node, node.lost, 13);
      placeMark(d2, node, node.askers, now.lost ? 26 : 13);
      const leaks = leaksAt(d2, id);
      node.group.classList.toggle("leaks", leaks);
      node.leak.classList.toggle("off", !leaks);
      write(node.leak, leaks ? LEAK : "");
      placeMark(d2, node, node.leak, 13 + 13 * Number(Boolean(now.lost)) + 13 * Number(Boolean(askers)));
    }
    fitTexts(d2, [...scene.nodes.values()].filter(isStage).map(stateRoom));
    paintFlows(d2);
    if (d2.cardOf) fillCard(d2);
  }
  var stateRoom = (node) => [node.state, node.room];
  function paintLabel(d2, node, now) {
    const score = d2.progress[node.place.id];
    const said2 = [node.place.label, stateWords(node.place, now), leaksAt(d2, node.place.id) ? `${LEAK} here` : "", actWords(d2, node.place.id)];
    if (score !== void 0) said2.push(`quiz ${Math.round(score * 100)} %`);
    put(node.group, "aria-label", said2.filter(Boolean).join(". "));
  }
  function paintTick({ tick: ring }, tick2) {
    ring.classList.toggle("off", !tick2);
    if (tick2) put(ring, "stroke-dasharray", `${(100 * tick2.share).toFixed(0)} 100`);
  }
  function paintFlows(d2) {
    const { frames, scene, t: t2 } = d2;
    if (!frames || !scene) return;
    if (d2.still) placeCounts(d2);
    const leaking = new Set([...scene.nodes.keys()].some((id) => leaksAt(d2, id)) ? d2.said?.leaking : []);
    for (const [key, edge] of scene.edges) {
      const wire = frames.flows.get(key), here = onWire(wire, frames, t2);
      const snipped = frames.faults.some(({ kind, stage, from, to }) => kind === "cut" && stage === edge.flow.source && from <= t2 && t2 < to);
      if (snipped) placeSnipped(edge);
      else if (!edge.snipped.classList.contains("off")) joinAgain(edge);
      edge.snipped.classList.toggle("off", !snipped);
      put(edge.group, "data-tokens", dotCount(wire, frames, t2));
      edge.group.classList.toggle("runs", here >= 0.5);
      edge.group.classList.toggle("leaking", leaking.has(key));
      const width = 1.4 + (here > 0 ? Math.min(3.6, 3.6 * here / (frames.per_dot * 30)) : 0);
      edge.path.style.strokeWidth = d2.still ? (width * 1.6).toFixed(2) : width.toFixed(2);
      if (!d2.still) {
        write(edge.count, "");
        continue;
      }
      const packet = wire && packetsAt(wire.sent, frames, t2).length;
      write(edge.count, edge.spot && here >= 0.5 && !packet ? number(Math.round(here)) : "");
    }
  }

  // lifecycle/diagram/living/script/clock.js
  var SPEEDS = [[30, "day in 30 s"], [60, "day in 1 min"], [120, "day in 2 min"], [300, "day in 5 min"], [900, "day in 15 min"]];
  var [PAUSE_MS, UNSEEN_MS] = [28, 100];
  var WORDS_MS = 180;
  var LONGEST_MS = 100;
  function setPlaying(d2, playing) {
    d2.playing = Boolean(playing && d2.frames);
    d2.root.dataset.playing = String(d2.playing);
    put(d2.ui.play, "aria-label", d2.playing ? "Pause" : "Play");
    put(d2.ui.play, "title", d2.playing ? "Pause (space)" : "Play (space)");
    d2.ui.playIcon.setAttribute("d", d2.playing ? "M7 5v14M17 5v14" : "M7 4l13 8-13 8z");
    d2.root.classList.toggle("playing", d2.playing);
    d2.last = null;
    if (d2.playing) tick(d2);
  }
  function tick(d2) {
    endTicks(d2);
    if (!d2.playing || document.hidden) return;
    if (d2.inSight) d2.tickTimer = setTimeout(() => d2.raf = requestAnimationFrame(() => step(d2)), PAUSE_MS);
    else d2.tickTimer = setTimeout(() => step(d2), UNSEEN_MS);
  }
  function endTicks(d2) {
    clearTimeout(d2.tickTimer);
    cancelAnimationFrame(d2.raf);
  }
  function step(d2) {
    const { frames } = d2, now = performance.now();
    if (!d2.playing || !frames || document.hidden || !d2.root.isConnected) return;
    const gone = d2.last === null ? 0 : Math.min(LONGEST_MS, now - d2.last);
    d2.last = now;
    const waits = d2.said?.follows ? d2.t : null;
    const next = d2.gold ? nextMoment(d2, gone / 1e3) : waits ?? dayOnward(d2, frames, gone / 1e3);
    if (next === null) return pause(d2);
    if (d2.inSight) showMoment(d2, next, now - d2.painted > WORDS_MS);
    else moveTo(d2, frames, next);
    tick(d2);
  }
  function dayOnward(d2, frames, seconds) {
    const t2 = d2.t + seconds * ((frames.end - frames.start) / d2.speed);
    return t2 >= frames.end ? frames.start : t2;
  }
  function moveTo(d2, frames, t2) {
    d2.t = Math.min(frames.end, Math.max(frames.start, t2));
    window.headwatersMoment = d2.t;
    window.dispatchEvent(new CustomEvent("headwaters:moment", { detail: d2.t }));
    watchOn(d2);
  }
  function showMoment(d2, t2, words = true) {
    if (!d2.frames) return;
    moveTo(d2, d2.frames, t2);
    drawDots(d2);
    showFollowed(d2, words);
    if (!words) return;
    d2.painted = performance.now();
    paintStates(d2);
    const moment = clockWords(d2.t);
    write(d2.ui.time, moment);
    d2.ui.scrub.value = String(Math.round(d2.t));
    put(d2.ui.scrub, "aria-valuetext", moment);
    paintTable(d2);
  }
  function pause(d2) {
    setPlaying(d2, false);
    showMoment(d2, d2.t);
    say(d2, summaryWords(d2));
    sendMoment(d2);
  }
  function playOrPause(d2) {
    if (d2.playing) return pause(d2);
    rewind(d2);
    setPlaying(d2, true);
  }
  function sendMoment(d2) {
    clearTimeout(d2.momentTimer);
    d2.momentTimer = setTimeout(() => {
      const moment = Math.round(d2.t);
      if (d2.playing || moment === d2.momentSent || leaves()) return;
      d2.momentSent = moment;
      d2.unheard.push(moment);
      d2.send("moment", moment);
    }, 250);
  }
  function scrubbed(d2) {
    setPlaying(d2, false);
    showMoment(d2, Number(d2.ui.scrub.value));
  }

  // lifecycle/diagram/living/script/breaking/tools.js
  var HAMMER = "M14 4l6 6-2.500 2.500-6-6zM12 8.500L4 16.500 7.500 20l8-8M14 4l-3-1-2 2 2 2";
  var TICK = "M4 13l5 5L20 6";
  var SNIPS = "M6 18a2.500 2.500 0 1 0 .010 0M18 18a2.500 2.500 0 1 0 .010 0M7.500 16L17 4M16.500 16L7 4";
  var icon = (path) => svgEl("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svgEl("path", { d: path }));
  var snips = () => icon(SNIPS);
  var AGAIN = "It is broken here. Press again to repair it.";
  var stands = (d2, fault) => d2.said?.broken?.includes(fault.fault) ?? false;
  function offerBreaks(d2) {
    const { breaks } = d2.ui, why = d2.said?.breakable;
    const stage = d2.selected === null ? void 0 : d2.places.get(d2.selected);
    const faults = why === void 0 || !d2.frames || d2.pointing ? [] : d2.data.breaks?.stages[stage?.id ?? ""] ?? [];
    const as = `${stage?.id} ${faults.length} ${why}`;
    if (breaks.dataset.as === as) return press(d2, faults);
    breaks.dataset.as = as;
    breaks.hidden = !faults.length;
    d2.root.classList.toggle("breaking", faults.length > 0);
    if (!stage || !faults.length) return breaks.replaceChildren();
    const name = `Break ${stage.label} at the moment of the clock`;
    put(breaks, "aria-label", name);
    const hammer = el("span", { class: "hammer", title: name }, icon(HAMMER));
    const tools = faults.map((fault, i2) => el("button", {
      type: "button",
      class: "chip",
      tabindex: i2 ? -1 : 0,
      onclick: () => breakIt(d2, fault, stage.label)
    }, el("span", { class: "pressed" }, icon(TICK)), fault.fault.startsWith("cut.") ? snips() : null, el("span", { text: fault.words })));
    breaks.replaceChildren(hammer, ...tools, ...why ? [el("span", { class: "why", text: why })] : []);
    press(d2, faults);
  }
  function press(d2, faults) {
    const why = d2.said?.breakable, tools = allOf(d2.ui.breaks, ".chip");
    faults.forEach((fault, i2) => {
      const on = stands(d2, fault);
      put(tools[i2], "aria-pressed", on);
      put(tools[i2], "aria-disabled", Boolean(why) && !on);
      put(tools[i2], "title", on ? AGAIN : why ?? "");
    });
  }
  function breakIt(d2, fault, label) {
    if (stands(d2, fault)) {
      say(d2, `${label}: repaired`);
      return d2.send("repaired", fault.fault);
    }
    const why = d2.said?.breakable;
    if (why !== "") return say(d2, why ?? "");
    setPlaying(d2, false);
    clearTimeout(d2.momentTimer);
    hideCard(d2);
    say(d2, `${label}, ${clockWords(d2.t)}: ${fault.words}`);
    d2.send("broken", `${fault.fault}@${Math.round(d2.t)}`);
  }

  // lifecycle/diagram/living/script/breaking/cutter.js
  var HOLD_MS = 350;
  var AWAY_PX = 24;
  function cutterFurniture(d2) {
    const full = (
      /** @type {Diagram} */
      d2
    );
    return el("button", {
      type: "button",
      class: "cutter",
      tabindex: "-1",
      hidden: "",
      onclick: () => cut(full),
      onblur: () => hideCutter(full),
      onkeydown: (event) => cutterKey(full, event),
      onpointerenter: () => clearTimeout(full.cutterTimer),
      onpointerleave: () => soonHideCutter(full)
    }, snips());
  }
  var cutOf = (d2, edge) => {
    const offered2 = d2.said?.breakable !== void 0 && d2.frames !== null && !d2.pointing;
    return offered2 ? d2.data.breaks?.flows[keyOf2(edge)] : void 0;
  };
  var keyOf2 = ({ flow }) => `${flow.source}>${flow.target}`;
  function isCut(d2, edge) {
    const cut2 = cutOf(d2, edge);
    return cut2 !== void 0 && stands(d2, cut2);
  }
  var cutWords = (d2, edge) => isCut(d2, edge) ? AGAIN : cutOf(d2, edge) ? d2.said?.breakable || cutOf(d2, edge)?.words || "" : "";
  function showCutter(d2, edge) {
    clearTimeout(d2.cutterTimer);
    if (!cutOf(d2, edge)) return false;
    hideCutter(d2);
    const { cutter, stage } = d2.ui, { source, target } = edge.flow;
    const name = (id) => d2.places.get(id)?.label ?? id;
    d2.cutting = edge;
    cutter.hidden = false;
    put(cutter, "aria-label", `Flow from ${name(source)} to ${name(target)}. ${cutWords(d2, edge)}`);
    put(cutter, "aria-pressed", isCut(d2, edge));
    put(cutter, "aria-disabled", Boolean(d2.said?.breakable) && !isCut(d2, edge));
    for (const one of edgesOf(d2, source, "source")) one.group.classList.add("aimed");
    const at2 = onTrack(edge.track ??= trackOf(edge.path), 0.5), on = edge.path.getScreenCTM(), home = stage.getBoundingClientRect();
    const { x: x2, y: y2 } = new DOMPoint(at2.x, at2.y).matrixTransform(on ?? void 0);
    const size = cutter.offsetWidth, aside = Math.abs(at2.dx) > Math.abs(at2.dy) ? [0, AWAY_PX] : [AWAY_PX, 0];
    const within = (place, room) => `${Math.min(Math.max(0, place - size / 2), room - size).toFixed(1)}px`;
    cutter.style.left = within(x2 - home.left + aside[0], home.width);
    cutter.style.top = within(y2 - home.top + aside[1], home.height);
    return true;
  }
  function hideCutter(d2) {
    clearTimeout(d2.cutterTimer);
    for (const one of d2.scene?.edges.values() ?? []) one.group.classList.remove("aimed");
    d2.cutting = null;
    d2.ui.cutter.hidden = true;
  }
  function soonHideCutter(d2) {
    clearTimeout(d2.cutterTimer);
    d2.cutterTimer = setTimeout(() => d2.root.isConnected && hideCutter(d2), HOLD_MS);
  }
  function aim(d2, edge) {
    if (!showCutter(d2, edge)) return false;
    showCard(d2, edge);
    return true;
  }
  function cut(d2) {
    const edge = d2.cutting, fault = edge && cutOf(d2, edge);
    if (!edge || !fault) return;
    const done = d2.said?.breakable === "" || isCut(d2, edge);
    breakIt(d2, fault, d2.places.get(edge.flow.source)?.label ?? "");
    if (done) hideCutter(d2);
  }
  function walkToFlow(d2, id, key) {
    const way = wayOf(d2, key), edge = way && edgesOf(d2, id, way)[0];
    return Boolean(edge) && walkOnto(
      d2,
      /** @type {SceneEdge} */
      edge
    );
  }
  function walkOnto(d2, edge) {
    if (!aim(d2, edge)) return false;
    d2.ui.cutter.focus({ preventScroll: true });
    return true;
  }
  function wayOf(d2, key) {
    const [onward2, back] = d2.scene?.direction === "LR" ? ["Right", "Left"] : ["Down", "Up"];
    return key === onward2 ? "source" : key === back ? "target" : null;
  }
  var edgesOf = (d2, id, end) => [...d2.scene?.edges.values() ?? []].filter(({ flow }) => flow[end] === id);
  function cutterKey(d2, event) {
    const edge = d2.cutting;
    if (isChord(event) || !edge) return;
    const { source, target } = edge.flow;
    if (event.key === "Escape") walkTo(d2, source);
    else if (event.key.startsWith("Arrow")) {
      const way = wayOf(d2, event.key.slice(5));
      if (way) walkTo(d2, way === "source" ? target : source);
      else {
        const siblings = [edgesOf(d2, source, "source"), edgesOf(d2, target, "target")].find((edges) => edges.length > 1) ?? [edge];
        const step2 = ["ArrowDown", "ArrowRight"].includes(event.key) ? 1 : -1;
        walkOnto(d2, siblings[(siblings.indexOf(edge) + step2 + siblings.length) % siblings.length]);
      }
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // lifecycle/diagram/living/script/overview.js
  var [MOST_WIDE, MOST_HIGH, LEAST] = [170, 130, 36];
  var LEAST_ROOM = 600;
  var INSET = 8;
  var SLACK = 2;
  function overviewFurniture(d2) {
    const full = (
      /** @type {Diagram} */
      d2
    );
    let pointer = -1;
    const go2 = (event) => {
      const { x: x2, y: y2 } = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM()?.inverse());
      goTo(full, x2, y2);
    };
    const map = svgEl("svg", {
      class: "overview off",
      "aria-hidden": "true",
      preserveAspectRatio: "none",
      onpointerdown: (event) => {
        if (event.button) return;
        pointer = event.pointerId;
        map.setPointerCapture(pointer);
        go2(event);
      },
      onpointermove: (event) => event.pointerId === pointer && go2(event),
      onpointerup: () => pointer = -1,
      onpointercancel: () => pointer = -1
    });
    return map;
  }
  function inView(d2, scene) {
    const { stage } = d2.ui, { left, top } = stage.getBoundingClientRect();
    const [x2, y2] = picturePoint(d2, left, top), [right, foot] = picturePoint(d2, left + stage.clientWidth, top + stage.clientHeight);
    return seen({ x: x2, y: y2, w: right - x2, h: foot - y2 }, d2.view, scene.size);
  }
  function drawOverview(d2) {
    const { scene, root, ui: { overview: map, stage } } = d2;
    if (!scene || root.classList.contains("bare") || root.clientWidth < LEAST_ROOM) return map.classList.add("off");
    const box2 = inView(d2, scene), { width, height } = scene.size;
    const slack = SLACK / ((scene.front.getScreenCTM()?.a ?? 1) * d2.view.k), whole = box2.w > width - slack && box2.h > height - slack;
    map.classList.toggle("off", whole);
    if (whole) return;
    if (map.firstChild !== (scene.overview ??= boxesOf(scene))) map.replaceChildren(scene.overview, svgEl("rect", { class: "window" }));
    const scale = Math.min(MOST_WIDE / width, MOST_HIGH / height), high = Math.max(LEAST, height * scale), wide = Math.max(LEAST, width * scale);
    put(map, "viewBox", `0 0 ${width} ${height}`);
    Object.assign(map.style, {
      width: `${wide}px`,
      height: `${high}px`,
      left: `${stage.offsetLeft + stage.clientWidth - wide - INSET}px`,
      top: `${stage.offsetTop + stage.clientHeight - high - INSET}px`
    });
    const pane = (
      /** @type {SVGRectElement} */
      map.lastChild
    );
    for (const [name, value] of Object.entries({ x: box2.x, y: box2.y, width: box2.w, height: box2.h })) put(pane, name, value.toFixed(1));
  }
  function boxesOf(scene) {
    const [dx, dy] = shiftOf(scene);
    return svgEl("g", {}, ...[...scene.nodes.values()].map(({ box: box2 }) => svgEl("rect", { x: box2.x + dx, y: box2.y + dy, width: box2.w, height: box2.h, rx: 6 })));
  }
  var covered = ({ ui: { overview } }) => overview.classList.contains("off") ? 0 : overview.clientHeight + 2 * INSET;

  // lifecycle/diagram/living/script/looking.js
  function goTo(d2, x2, y2) {
    const { scene, ui: { stage }, view: { k } } = d2;
    if (!scene) return;
    const { left, top } = stage.getBoundingClientRect();
    const [midX, midY] = [left + stage.clientWidth / 2, top + stage.clientHeight / 2], middle2 = picturePoint(d2, midX, midY);
    if (k > 1.001) {
      d2.view = { k, x: middle2[0] - x2 * k, y: middle2[1] - y2 * k };
      return clampView(d2);
    }
    const at2 = new DOMPoint(x2, y2).matrixTransform(scene.front.getScreenCTM() ?? void 0);
    stage.scrollBy({ left: at2.x - midX, top: at2.y - midY, behavior: "instant" });
  }
  function middleOf(d2, id) {
    const node = id === null ? void 0 : d2.scene?.nodes.get(id);
    if (!d2.scene || !node) return null;
    const [dx, dy] = shiftOf(d2.scene), { x: x2, y: y2, w: w2, h: h2 } = node.box;
    return { x: x2 + dx + w2 / 2, y: y2 + dy + h2 / 2, w: w2, h: h2 };
  }
  function reveal(d2, id) {
    const at2 = middleOf(d2, id);
    if (!d2.scene || !at2) return;
    const { x: x2, y: y2, w: w2, h: h2 } = inView(d2, d2.scene);
    const apart = [at2.x - at2.w / 2 < x2, at2.x + at2.w / 2 > x2 + w2, at2.y - at2.h / 2 < y2, at2.y + at2.h / 2 > y2 + h2];
    if (apart.some(Boolean)) goTo(d2, at2.x, at2.y);
  }
  function heldView(d2) {
    const { scene, ui: { stage }, view: { k } } = d2, tree = d2.root.getRootNode();
    const anchor = d2.drawn?.[0] ?? d2.selected ?? d2.walker, before = middleOf(d2, anchor);
    const [left, top] = [stage.scrollLeft, stage.scrollTop];
    const at2 = before && new DOMPoint(before.x * k + d2.view.x, before.y * k + d2.view.y).matrixTransform(scene?.front.getScreenCTM() ?? void 0);
    const focused = tree instanceof ShadowRoot && Boolean(tree.activeElement && scene?.front.contains(tree.activeElement));
    return () => {
      stage.scrollTo({ left, top, behavior: "instant" });
      const now = middleOf(d2, anchor);
      if (at2 && now && k > 1.001) {
        const [x2, y2] = picturePoint(d2, at2.x, at2.y);
        d2.view = { k, x: x2 - now.x * k, y: y2 - now.y * k };
        clampView(d2);
      }
      if (focused) (d2.scene?.nodes.get(d2.walker ?? "") ?? d2.scene?.nodes.values().next().value)?.group.focus({ preventScroll: true });
    };
  }

  // lifecycle/diagram/living/script/joining/line.js
  var [HEAD, SPREAD2] = [11, 0.45];
  var leaving = ({ x: x2, y: y2, w: w2, h: h2 }, direction) => direction === "LR" ? { x: x2 + w2, y: y2 + h2 / 2 } : { x: x2 + w2 / 2, y: y2 + h2 };
  var entering = ({ x: x2, y: y2, w: w2, h: h2 }, direction) => direction === "LR" ? { x: x2, y: y2 + h2 / 2 } : { x: x2 + w2 / 2, y: y2 };
  function arrowPath(from, to) {
    const angle = Math.atan2(to.y - from.y, to.x - from.x);
    const [left, right] = [angle - SPREAD2, angle + SPREAD2].map((side) => `${(to.x - HEAD * Math.cos(side)).toFixed(1)} ${(to.y - HEAD * Math.sin(side)).toFixed(1)}`);
    const end = `${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
    return `M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${end}M${left}L${end}L${right}`;
  }

  // lifecycle/diagram/living/script/joining/joining.js
  var STEP_PX = 6;
  var AWAITED_MS = 6e3;
  var [BRINK_PX, SCROLL_PX] = [28, 14];
  var joins = (d2, id) => d2.data.joins?.includes(id) ?? false;
  var labelOf2 = (d2, id) => d2.places.get(id)?.label ?? id;
  function listenJoining(d2) {
    const { stage } = d2.ui;
    stage.addEventListener("pointerdown", (event) => {
      if (d2.joining && d2.joining.pointer !== null) dropFlow(d2);
      d2.press = pressOf(d2, event);
    }, true);
    d2.listen(window, "pointermove", (event) => {
      const { press: press2 } = d2;
      if (press2 && !d2.joining && press2.pointer === event.pointerId && leftBehind(d2, press2, event)) beginFlow(d2, press2.id, event.pointerId);
      if (d2.joining && (d2.joining.pointer === event.pointerId || d2.joining.pointer === null && event.pointerType === "mouse")) lead(d2, event);
    });
    d2.listen(window, "pointerup", (event) => {
      d2.press = null;
      if (d2.joining?.pointer !== event.pointerId) return;
      if (d2.joining.to === null) dropFlow(d2);
      else endFlow(d2, d2.joining.to);
    });
    d2.listen(window, "pointercancel", (event) => {
      d2.press = null;
      if (d2.joining?.pointer === event.pointerId) dropFlow(d2);
    });
    stage.addEventListener("click", ({ target }) => {
      if (d2.joining && !d2.dragged && target instanceof Element && !target.closest(".node, .handle, .finder")) dropFlow(d2);
    });
    d2.root.addEventListener("focusout", ({ relatedTarget }) => {
      if (d2.joining?.pointer === null && relatedTarget instanceof Node && !d2.root.contains(relatedTarget)) dropFlow(d2);
    });
    d2.listen(window, "keydown", (event) => {
      if (event.key !== "Escape" || !d2.joining || !d2.ui.search.hidden) return;
      dropFlow(d2);
      event.preventDefault();
    }, true);
  }
  function pressOf(d2, { target, button: button2, pointerType, pointerId, clientX, clientY }) {
    if (button2 || !d2.data.joins || !(target instanceof Element)) return null;
    const id = target.closest(".handle") ? handled(d2) : pointerType === "mouse" ? stageOf(target) : null;
    return id !== null && joins(d2, id) ? { id, pointer: pointerId, x: clientX, y: clientY } : null;
  }
  var stageOf = (part) => part?.closest(".node")?.getAttribute("data-stage") ?? null;
  var leftBehind = (d2, { id, x: x2, y: y2 }, { clientX, clientY }) => Math.hypot(clientX - x2, clientY - y2) > STEP_PX && stageAt(d2, clientX, clientY) !== id;
  function stageAt(d2, x2, y2) {
    const tree = d2.root.getRootNode();
    return tree instanceof ShadowRoot || tree instanceof Document ? stageOf(tree.elementFromPoint(x2, y2)) : null;
  }
  function beginFlow(d2, id, pointer = null) {
    hideCard(d2);
    hideCutter(d2);
    d2.joining = { from: id, to: null, at: null, pointer };
    if (pointer !== null) {
      d2.dragged = true;
      d2.ui.stage.setPointerCapture(pointer);
    }
    d2.root.classList.add("joining");
    placeHandle(d2);
    draw(d2);
    const how = pointer === null ? "Choose the node that it leads to: with the arrow keys and Enter, or a click. Escape drops it." : "Let go on the node that it leads to.";
    say(d2, `A flow from ${labelOf2(d2, id)}. ${how}`);
  }
  function lead(d2, { clientX, clientY }) {
    const { joining } = d2, node = joining && d2.scene?.nodes.get(joining.from);
    if (!joining || !node) return;
    if (joining.pointer !== null) nudge(d2.ui.stage, clientX, clientY);
    joining.at = new DOMPoint(clientX, clientY).matrixTransform(node.group.getScreenCTM()?.inverse());
    joining.to = stageAt(d2, clientX, clientY);
    draw(d2);
  }
  function nudge(stage, x2, y2) {
    const { left, right, top, bottom } = stage.getBoundingClientRect();
    stage.scrollLeft += x2 > right - BRINK_PX ? SCROLL_PX : x2 < left + BRINK_PX ? -SCROLL_PX : 0;
    stage.scrollTop += y2 > bottom - BRINK_PX ? SCROLL_PX : y2 < top + BRINK_PX ? -SCROLL_PX : 0;
  }
  function aimAt(d2, id) {
    if (d2.joining?.pointer !== null) return;
    d2.joining.to = id;
    reveal(d2, id);
    draw(d2);
  }
  function draw(d2) {
    const { joining, scene } = d2, from = joining && scene?.nodes.get(joining.from);
    if (!joining || !scene || !from) return;
    const to = joining.to !== null && joins(d2, joining.to) ? scene.nodes.get(joining.to) : void 0;
    for (const [id, { group }] of scene.nodes) {
      group.classList.toggle("from", id === joining.from);
      group.classList.toggle("aim", id === to?.place.id && id !== joining.from);
    }
    const end = to === from ? null : to ? entering(to.box, scene.direction) : joining.at;
    const line = scene.front.querySelector(".rubber") ?? svgEl("path", { class: "rubber", "aria-hidden": "true" });
    put(line, "d", end ? arrowPath(leaving(from.box, scene.direction), end) : "M0 0");
    if (!line.isConnected) from.group.parentNode?.append(line);
    d2.ui.hint.hidden = false;
    write(d2.ui.hint, hintOf(d2));
  }
  function hintOf({ joining, places, data }) {
    const name = (id) => places.get(id)?.label ?? id;
    if (!joining) return "";
    const { from, to, pointer } = joining;
    if (to !== null && to !== from) return data.joins?.includes(to) ? `${name(from)} → ${name(to)}` : `${name(to)} is a group: open it to join a node of it`;
    if (pointer !== null) return `A flow from ${name(from)}: let go where it leads`;
    const away = window.matchMedia("(pointer: coarse)").matches ? "A tap" : "Esc, or a click";
    return `A flow from ${name(from)}: choose where it leads. ${away} beside the nodes drops it`;
  }
  function endFlow(d2, to) {
    if (!d2.joining) return;
    const { from } = d2.joining;
    if (!joins(d2, to)) return dropFlow(d2);
    const isNew = from !== to && !d2.flows.some((flow) => flow.source === from && flow.target === to);
    if (isNew) keepLine(d2);
    clear(d2);
    Object.assign(d2, { drawn: isNew ? [from, to] : null, drawnAt: performance.now() });
    say(d2, isNew ? `From ${labelOf2(d2, from)} to ${labelOf2(d2, to)}: being joined.` : "");
    d2.send("connect", [from, to]);
  }
  function keepLine({ scene }) {
    const line = scene?.front.querySelector(".rubber");
    if (!line) return;
    line.classList.replace("rubber", "awaited");
    setTimeout(() => line.remove(), AWAITED_MS);
  }
  function dropFlow(d2) {
    if (!d2.joining) return;
    clear(d2);
    say(d2, "The flow is dropped; nothing was joined.");
  }
  function clear(d2) {
    const { stage, hint } = d2.ui, pointer = d2.joining?.pointer ?? null;
    d2.joining = null;
    d2.press = null;
    if (pointer !== null && stage.hasPointerCapture(pointer)) stage.releasePointerCapture(pointer);
    d2.root.classList.remove("joining");
    for (const { group } of d2.scene?.nodes.values() ?? []) group.classList.remove("from", "aim");
    d2.scene?.front.querySelector(".rubber")?.remove();
    hint.hidden = true;
    placeHandle(d2);
  }
  function sayDrawn(d2) {
    const { drawn: drawn2 } = d2;
    d2.drawn = null;
    if (!drawn2 || !d2.flows.some(({ source, target }) => source === drawn2[0] && target === drawn2[1])) return;
    say(d2, `${labelOf2(d2, drawn2[0])} leads to ${labelOf2(d2, drawn2[1])} now. Undo takes that back.`);
  }

  // lifecycle/diagram/living/script/reach.js
  function reach(flows, id, forward) {
    const next = /* @__PURE__ */ new Map();
    for (const flow of flows) {
      const [start, end] = forward ? [flow.source, flow.target] : [flow.target, flow.source];
      if (!next.has(start)) next.set(start, []);
      if (!flow.loop) next.get(start)?.push(end);
    }
    const found2 = /* @__PURE__ */ new Set([id]);
    for (const stage of found2) for (const end of next.get(stage) ?? []) found2.add(end);
    return found2;
  }

  // lifecycle/diagram/living/script/select.js
  function choose(d2, id) {
    if (d2.pointing && id) return point(d2, id);
    if (d2.joining && id) return endFlow(d2, id);
    if (id === d2.selected) id = null;
    d2.pending = { id, at: performance.now() };
    light(d2, id);
    hideCard(d2);
    hideCutter(d2);
    const place = id ? d2.places.get(id) : void 0;
    if (place) say(d2, `${place.label} selected. ${stateWords(place, stationAt(d2.frames, place.id, d2.t))}`);
    else say(d2, "Selection cleared.");
    window.dispatchEvent(new CustomEvent("headwaters:choose", { detail: id }));
    d2.send("select", id ?? "");
  }
  function follow(d2, id) {
    if (id === d2.selected) return;
    d2.pending = { id, at: performance.now() };
    light(d2, id);
    hideCard(d2);
  }
  function goBack(d2, id) {
    if (!d2.pointing && id !== d2.selected) choose(d2, id);
  }
  function point(d2, id) {
    d2.pointed = id;
    lightPointed(d2);
    const name = (part) => d2.places.get(part)?.label ?? part;
    say(d2, `${id.split("->").map(name).join(" to ")} marked as your answer.`);
    d2.send("point", id);
  }
  function lightPointed(d2) {
    d2.root.classList.toggle("pointing", d2.pointing);
    for (const [id, node] of d2.scene?.nodes ?? []) node.group.classList.toggle("pointed", d2.pointing && id === d2.pointed);
    for (const { group, flow } of d2.scene?.edges.values() ?? []) {
      group.classList.toggle("pointed", d2.pointing && `${flow.source}->${flow.target}` === d2.pointed);
    }
    redrawDots(d2);
  }
  function light(d2, id) {
    const place = id ? d2.places.get(id) : void 0;
    d2.selected = place?.id ?? null;
    d2.overlay = place && place.kind === "undercurrent" ? d2.selected : d2.picked;
    if (d2.ui.overlay.value !== (d2.overlay ?? "")) d2.ui.overlay.value = d2.overlay ?? "";
    const ways = place?.kind === "stage" ? [true, false].map((forward) => reach(d2.flows, place.id, forward)) : [];
    const lit = /* @__PURE__ */ new Set([...place ? [place.id] : [], ...ways.flatMap((way) => [...way])]);
    if (place && place.kind !== "stage") Object.keys(place.acts).forEach((other) => lit.add(other));
    for (const scene of Object.values(d2.scenes)) lightScene(d2, scene, lit, ways);
    d2.root.dataset.selected = d2.selected ?? "";
    offerBreaks(d2);
    redrawDots(d2);
    paintStates(d2);
    placeHandle(d2);
  }
  function lightScene(d2, scene, lit, ways) {
    const current = d2.overlay === null ? void 0 : d2.places.get(d2.overlay);
    scene.box.classList.toggle("chosen", Boolean(d2.selected));
    const home = [d2.walker, d2.selected].find((id) => id !== null && scene.nodes.has(id)) ?? d2.stages[0]?.id;
    for (const [id, node] of scene.nodes) {
      node.group.classList.toggle("selected", id === d2.selected);
      for (const part of partsOf(node)) part.classList.toggle("lit", lit.has(id));
      put(node.group, "aria-pressed", id === d2.selected);
      put(node.group, "tabindex", id === home ? 0 : -1);
      if (!isStage(node)) continue;
      const acts = current?.acts[id] !== void 0;
      node.mark.classList.toggle("off", !acts);
      node.group.classList.toggle("acted", acts);
      if (current && acts) put(node.markIcon, "d", current.icon);
      const score = d2.progress[id];
      put(node.ring, "stroke-dasharray", `${Math.round((score ?? 0) * 100)} 100`);
      node.ringBack.classList.toggle("off", score === void 0);
    }
    for (const edge of scene.edges.values()) {
      const on = onPath(edge.flow, d2.selected, ways);
      edge.group.classList.toggle("lit", on);
      edge.dots.classList.toggle("lit", on);
      edge.words.classList.toggle("lit", on);
    }
  }
  function onPath(flow, stage, ways) {
    if (!flow.loop) return ways.some((way) => way.has(flow.source) && way.has(flow.target));
    return ways.length > 0 && (flow.source === stage || flow.target === stage);
  }
  function listenNode(d2, node) {
    const { group, place } = node;
    group.addEventListener("click", () => {
      if (d2.dragged) return;
      walkTo(d2, place.id);
      choose(d2, place.id);
    });
    group.addEventListener("keydown", (event) => nodeKey(d2, event, place.id));
    group.addEventListener("focus", () => {
      d2.walker = place.id;
      if (d2.joining) return aimAt(d2, place.id);
      showCard(d2, place.id);
    });
    group.addEventListener("blur", () => hideCard(d2));
    listenPointer(d2, group, () => soonCard(d2, place.id));
    group.addEventListener("pointermove", (event) => hoverHandle(d2, place.id, event));
    group.addEventListener("pointerleave", () => (hideCard(d2), leaveHandle(d2)));
  }
  function listenPointer(d2, part, came) {
    let told = false;
    const tell = (event) => {
      if (told || event.pointerType !== "mouse") return;
      told = true;
      came();
    };
    part.addEventListener("pointerenter", (event) => d2.root.classList.contains("bare") || tell(event));
    part.addEventListener("pointermove", (event) => d2.moved && tell(event));
    part.addEventListener("pointerleave", () => told = false);
  }
  function walkTo(d2, id) {
    d2.walker = id;
    if (!d2.scene) return;
    for (const [other, node] of d2.scene.nodes) put(node.group, "tabindex", other === id ? 0 : -1);
    d2.scene.nodes.get(id)?.group.focus({ preventScroll: true });
  }
  function nodeKey(d2, event, id) {
    if (isChord(event)) return;
    if (event.key === "Enter" || event.key === " ") choose(d2, id);
    else if (event.key === "c" && joins(d2, id)) beginFlow(d2, id);
    else if (event.key.startsWith("Arrow")) {
      const way = event.key.slice(5), next = d2.scene && neighbour(d2, d2.scene, id, way);
      if (next && !(event.shiftKey && walkToFlow(d2, id, way))) walkTo(d2, next);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
  function neighbour(d2, { nodes, direction }, id, key) {
    const here = nodes.get(id), way = WAYS[key];
    if (!here || !way) return null;
    const from = middle(here);
    const nearest = (ids) => closest(nodes, ids, (at2) => Math.hypot(at2.x - from.x, at2.y - from.y));
    const [onward2, back] = direction === "LR" ? ["Right", "Left"] : ["Down", "Up"];
    if (key === onward2 || key === back) {
      const steps = d2.flows.filter((f2) => (key === onward2 ? f2.source : f2.target) === id);
      const plain = steps.filter((f2) => !f2.loop).map((f2) => key === onward2 ? f2.target : f2.source);
      const loops = steps.filter((f2) => f2.loop).map((f2) => key === onward2 ? f2.target : f2.source);
      const along = nearest(plain) ?? nearest(loops);
      if (along) return along;
    }
    const [dx, dy] = way;
    return closest(nodes, [...nodes.keys()].filter((other) => other !== id), (at2) => {
      const x2 = at2.x - from.x, y2 = at2.y - from.y, ahead = x2 * dx + y2 * dy;
      return ahead > 8 ? ahead + 3 * (Math.abs(x2 * dy) + Math.abs(y2 * dx)) : Infinity;
    });
  }
  var WAYS = { Right: [1, 0], Left: [-1, 0], Down: [0, 1], Up: [0, -1] };
  var middle = ({ box: box2 }) => ({ x: box2.x + box2.w / 2, y: box2.y + box2.h / 2 });
  function closest(nodes, ids, far) {
    let best = null, least = Infinity;
    for (const id of ids) {
      const node = nodes.get(id), away = node ? far(middle(node)) : Infinity;
      if (away < least) [best, least] = [id, away];
    }
    return best;
  }
  function say(d2, words) {
    d2.ui.live.textContent = words;
  }

  // lifecycle/diagram/living/script/joining/handle.js
  var HOLD_MS2 = 350;
  var LEAST_PX = 40;
  var OUTSIDE_PX = 10;
  function handleFurniture(d2) {
    const full = (
      /** @type {Diagram} */
      d2
    );
    return el("button", {
      type: "button",
      class: "handle",
      tabindex: "-1",
      hidden: "",
      onclick: () => clicked(full),
      onpointerenter: () => clearTimeout(full.handleTimer),
      onpointerleave: () => leaveHandle(full)
    }, svgEl("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svgEl("path", { d: "M4 12h15M13 6l6 6-6 6" })));
  }
  var handled = (d2) => [d2.hovered, d2.selected].find((id) => id !== null && joins(d2, id) && d2.scene?.nodes.has(id)) ?? null;
  function clicked(d2) {
    const id = handled(d2);
    if (!id || d2.dragged) return;
    walkTo(d2, id);
    beginFlow(d2, id);
  }
  function placeHandle(d2) {
    if (!d2.data.joins) return;
    const { handle, stage } = d2.ui, id = d2.joining ? null : handled(d2), node = id === null ? void 0 : d2.scene?.nodes.get(id);
    const on = node?.group.getScreenCTM();
    handle.hidden = !on || !node || node.box.w * on.a < LEAST_PX;
    if (!node || !on || !d2.scene || handle.hidden) return;
    put(handle, "aria-label", `Draw a flow from ${node.place.label}`);
    put(handle, "title", `Drag to where ${node.place.label} leads, or click here and then there`);
    handle.classList.toggle("down", d2.scene.direction === "TB");
    const edge = leaving(node.box, d2.scene.direction), home = stage.getBoundingClientRect();
    const { x: x2, y: y2 } = new DOMPoint(edge.x, edge.y).matrixTransform(on);
    const [right, down] = d2.scene.direction === "LR" ? [OUTSIDE_PX, 0] : [0, OUTSIDE_PX];
    handle.style.left = `${(x2 - home.left + stage.scrollLeft + right).toFixed(1)}px`;
    handle.style.top = `${(y2 - home.top + stage.scrollTop + down).toFixed(1)}px`;
    if (d2.view.k > 1.001) handle.hidden = x2 < home.left || x2 > home.right || y2 < home.top || y2 > home.bottom;
  }
  function hoverHandle(d2, id, { pointerType }) {
    if (pointerType !== "mouse" || !d2.data.joins || !d2.moved) return;
    clearTimeout(d2.handleTimer);
    if (d2.hovered === id) return;
    d2.hovered = id;
    placeHandle(d2);
  }
  function leaveHandle(d2) {
    clearTimeout(d2.handleTimer);
    if (d2.hovered !== null) d2.handleTimer = setTimeout(() => d2.root.isConnected && (d2.hovered = null, placeHandle(d2)), HOLD_MS2);
  }

  // lifecycle/diagram/living/script/chapters.js
  var SIGNS = { fault: "struck", occasion: "marked", caught: "made-up" };
  function occasionWords(d2, { from, to, kind, stage }) {
    const label = d2.places.get(stage)?.label ?? stage;
    const what = { customers: "Rush of customers", viewers: `Rush of viewers at ${label}`, tick: `Timetable of ${label}` }[kind];
    return `${what}, ${clockWords(from)}${to > from ? ` to ${clockWords(to)}` : ""}`;
  }
  var caughtUpWords = (done, end) => done < end ? `All caught up at ${clockWords(done)}` : "Still behind at midnight";
  function chapter(d2, { from, words }) {
    if (d2.root.classList.contains("bare")) return words;
    const title = `Go to ${clockWords(from)}`;
    return el("button", { type: "button", class: "chapter", title, text: words, onclick: () => goTo2(d2, from) });
  }
  function goTo2(d2, t2) {
    showMoment(d2, t2);
    say(d2, summaryWords(d2));
    if (!d2.playing) sendMoment(d2);
  }
  function drawMarks(d2, { start, end, faults: struck, occasions }) {
    const share = (t2) => `${(100 * (Math.min(end, t2) - start) / (end - start)).toFixed(2)}%`;
    const faults = struck.map((each) => ({ ...each, is: "fault", words: each.words.replace("{stage}", d2.places.get(each.stage)?.label ?? each.stage) }));
    const others = occasions.map((each) => ({ ...each, is: "occasion", words: occasionWords(d2, each) }));
    const done = d2.late && d2.late.run === d2.root.dataset.run ? d2.late.caught_up : null;
    const made = done === null ? [] : [{ is: "caught", from: Math.min(done, end), to: Math.min(done, end), words: caughtUpWords(done, end) }];
    const marks = [...others, ...faults, ...made].sort((a2, b2) => a2.from - b2.from);
    d2.ui.faults.replaceChildren(...marks.map(({ is, from, to, words }) => el("span", { class: is, title: words, style: `left: ${share(from)}; width: calc(${share(to)} - ${share(from)})` })));
    d2.ui.marks.replaceChildren(...marks.map((mark2) => el("li", { class: SIGNS[mark2.is] }, chapter(d2, mark2))));
    d2.mades = made.length ? [...allOf(d2.ui.faults, ".caught"), ...allOf(d2.ui.marks, ".made-up")] : [];
    paintStates(d2);
  }
  function receiveLate(d2, note) {
    d2.late = note;
    if (d2.frames && note.run === d2.root.dataset.run) drawMarks(d2, d2.frames);
  }

  // lifecycle/diagram/living/script/scene.js
  var scenes = 0;
  var numbersIn = (text) => (text?.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
  function boxOf(shape2) {
    const numbers = numbersIn(shape2.getAttribute("d") || shape2.getAttribute("points"));
    const xs = numbers.filter((_2, i2) => i2 % 2 === 0), ys = numbers.filter((_2, i2) => i2 % 2 === 1);
    const x2 = Math.min(...xs), y2 = Math.min(...ys);
    return { x: x2, y: y2, w: Math.max(...xs) - x2, h: Math.max(...ys) - y2 };
  }
  function bare(group) {
    group.querySelectorAll("title").forEach((title) => title.remove());
  }
  var rect = (box2, cls, r2, more = {}) => svgEl("rect", { x: box2.x, y: box2.y, width: box2.w, height: box2.h, rx: r2, class: cls, ...more });
  var BESIDE_DOTS = 10;
  function buildScene(d2, text, direction) {
    const parsed2 = new DOMParser().parseFromString(text, "image/svg+xml");
    const back = document.importNode(oneOf(parsed2, "svg"), true);
    const prefix = `hw${++scenes}`;
    const graph = oneOf(back, "g.graph");
    const [, , w2, h2] = numbersIn(back.getAttribute("viewBox"));
    for (const name of ["width", "height"]) back.removeAttribute(name);
    for (const polygon of graph.querySelectorAll(":scope > polygon")) polygon.remove();
    bare(graph);
    for (const comment of [...graph.childNodes].filter((n2) => n2.nodeType === 8)) comment.remove();
    const front = copyOf(back), places = copyOf(graph);
    places.removeAttribute("id");
    const view = svgEl("g", { class: "view" }, places), ground = svgEl("g", {}, graph);
    front.append(view);
    back.append(ground);
    put(back, "class", "back");
    put(back, "aria-hidden", "true");
    put(front, "class", "front");
    put(front, "role", "group");
    put(front, "aria-label", `${d2.data.title}: diagram of ${d2.stages.length} stages. Arrow keys walk the flows.${d2.data.joins ? " C draws one." : ""}`);
    const canvas = el("canvas", { class: "dots-canvas", "aria-hidden": "true", ontransitionend: () => redrawDots(d2) });
    const box2 = el("div", { class: `scene ${direction.toLowerCase()}` }, back, canvas, front);
    const scene = {
      box: box2,
      back,
      front,
      canvas,
      direction,
      views: [view, ground],
      nodes: /* @__PURE__ */ new Map(),
      edges: /* @__PURE__ */ new Map(),
      movers: [],
      size: { width: w2, height: h2 },
      viewBox: { x: 0, y: 0, w: w2, h: h2 },
      sheet: null
    };
    d2.data.zones.forEach((zone, i2) => graph.querySelector(`[id="zone-${zone.id}"]`)?.classList.add(`zone-${i2 % 3}`));
    graph.querySelector("#zone-undercurrents")?.classList.add("under");
    d2.flows.forEach((flow) => {
      const [group] = allOf(graph, `[id="flow-${flow.source}-${flow.target}"]`);
      if (group) scene.edges.set(`${flow.source}>${flow.target}`, dressEdge(group, flow));
    });
    for (const place of d2.places.values()) {
      const [group] = allOf(graph, `[id="stage-${place.id}"]`);
      if (!group) continue;
      scene.nodes.set(place.id, dressNode(d2, group, place, prefix));
      places.append(group);
    }
    for (const edge of scene.edges.values()) {
      const start = numbersIn(edge.path.getAttribute("d"));
      const away = (id) => {
        const box3 = scene.nodes.get(id)?.box;
        return box3 ? Math.hypot(box3.x + box3.w / 2 - start[0], box3.y + box3.h / 2 - start[1]) : 0;
      };
      edge.backwards = away(edge.flow.target) < away(edge.flow.source);
      const tops = [edge.flow.source, edge.flow.target].flatMap((id) => scene.nodes.get(id)?.box.y ?? []);
      edge.over = Math.min(...tops);
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
    const snipped = svgEl("g", { class: "snipped off" }, svgEl("circle", { r: 10 }), svgEl("path", { d: "M-5-5L5 5M-5 5L5-5" }));
    const words = svgEl("g", { class: `edge${flow.loop ? " loop" : ""}` }, ...group.querySelectorAll("text"), count, snipped);
    return { group, flow, path, dots, words, count, snipped, spot: null, track: null, backwards: false, lane: 0 };
  }
  function dressNode(d2, group, place, prefix) {
    bare(group);
    const shape2 = oneOf(group, "path, polygon");
    const box2 = boxOf(shape2);
    shape2.remove();
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
    const low = box2.h < 75;
    const cx = box2.x + box2.w / 2;
    const radius = flat ? box2.h / 2 : 12;
    const clip = svgEl("clipPath", { id: `${prefix}-${place.id}` }, rect(box2, "", radius));
    const focus = rect({ x: box2.x - 4, y: box2.y - 4, w: box2.w + 8, h: box2.h + 8 }, "focus", radius + 4);
    const body = rect(box2, "body", radius);
    const tank = svgEl("rect", { class: "tank", x: box2.x, width: box2.w, y: box2.y + box2.h, height: 0 });
    const busy = svgEl("rect", { class: "busy", x: box2.x, y: box2.y + box2.h - 3, width: 0, height: 3 });
    const inner = svgEl("g", { class: "inner", "clip-path": `url(#${prefix}-${place.id})` }, tank, busy);
    const edge = rect(box2, "rim", radius);
    const at2 = flat ? { x: box2.x + 16, y: box2.y + box2.h / 2 } : { x: cx, y: box2.y + (low ? 14 : 18.5) };
    const size = flat ? 0.6 : low ? 0.62 : 0.7;
    const icon2 = svgEl("path", { class: "icon", d: place.icon, transform: `translate(${at2.x - 12 * size} ${at2.y - 12 * size}) scale(${size})` });
    group.prepend(clip, focus, body, inner, edge, icon2);
    titles.forEach((text, i2) => {
      put(text, "x", flat ? box2.x + 28 : cx);
      if (flat) text.setAttribute("text-anchor", "start");
      put(text, "y", flat ? box2.y + box2.h / 2 + 4 + (titles.length > 1 ? 13 * i2 - 6.5 : 0) : box2.y + (titles.length > 1 ? (low ? 34.5 : 46) + (low ? 11.8 : 13.8) * i2 : low ? 41 : 52));
    });
    const node = { group, place, box: box2, titles, room: flat ? box2.w - 36 : box2.w - 6, focus, body, tank, busy };
    if (isStage(node)) Object.assign(node, stageParts(node, at2));
    listenNode(d2, node);
    return node;
  }
  function stageParts({ box: box2, group }, at2) {
    const cx = box2.x + box2.w / 2, base = box2.y + box2.h - (box2.h < 75 ? 5.5 : 9), r2 = box2.h < 75 ? 11 : 13;
    const state = svgEl("text", { class: "state", x: cx, y: base, "text-anchor": "middle" });
    const ringBack = svgEl("circle", { class: "ring-back", cx: at2.x, cy: at2.y, r: r2 });
    const ring = svgEl("circle", {
      class: "ring",
      cx: at2.x,
      cy: at2.y,
      r: r2,
      pathLength: 100,
      "stroke-dasharray": "0 100",
      transform: `rotate(-90 ${at2.x} ${at2.y})`
    });
    const bars2 = svgEl("g", { class: "bars", "data-step": "-1" });
    for (let i2 = 0; i2 < 4; i2++) {
      bars2.append(svgEl("rect", { x: box2.x + 9 + i2 * 5, y: box2.y + 20 - i2 * 3, width: 3.4, height: 5 + i2 * 3, rx: 1 }));
    }
    const right = box2.x + box2.w - 7, top = box2.y + 1;
    const badge = svgEl(
      "g",
      { class: "badge off" },
      svgEl("title", { text: "Faulty now" }),
      svgEl("path", { d: `M${right} ${top - 10}l12 21h-24z`, class: "sign" }),
      svgEl("text", { x: right, y: top + 8.5, "text-anchor": "middle", text: "!" })
    );
    const lost = svgEl("text", { class: "lost off", x: box2.x + 2, y: box2.y + box2.h + 13 });
    const askers = svgEl("text", { class: "lost askers off", x: box2.x + 2, y: box2.y + box2.h + 13 });
    const falls = svgEl("g", { class: "falls" });
    const markIcon = svgEl("path", { class: "mark-icon", transform: `translate(${box2.x - 5} ${box2.y - 5}) scale(.6)` });
    const mark2 = svgEl(
      "g",
      { class: "mark off" },
      svgEl("circle", { cx: box2.x + 2.2, cy: box2.y + 2.2, r: 11 }),
      markIcon
    );
    const [tx, ty, tr] = [box2.x + box2.w - 17, box2.y + 14, 5.5];
    const tick2 = svgEl("circle", { class: "tick off", cx: tx, cy: ty, r: tr, pathLength: 100, transform: `rotate(-90 ${tx} ${ty})` });
    const leak = svgEl("text", { class: "leak off", x: box2.x + 2, y: box2.y + box2.h + 13 });
    group.append(ringBack, ring, bars2, tick2, state, lost, askers, leak, mark2, badge);
    return { state, ringBack, ring, tick: tick2, bars: bars2, badge, lost, askers, leak, falls, mark: mark2, markIcon };
  }

  // lifecycle/diagram/living/script/search.js
  function openSearch(d2) {
    if (!d2.pointing && !window.dispatchEvent(new Event("headwaters:search", { cancelable: true }))) return;
    d2.ui.search.hidden = false;
    d2.ui.searchInput.value = "";
    d2.hit = 0;
    fillSearch(d2);
    d2.ui.searchInput.focus();
  }
  function closeSearch(d2) {
    if (d2.ui.search.hidden) return false;
    d2.ui.search.hidden = true;
    d2.ui.searchButton.focus({ preventScroll: true });
    return true;
  }
  function fillSearch(d2) {
    const asked = d2.ui.searchInput.value.trim().toLowerCase();
    d2.hits = [...d2.places.values()].filter((p2) => `${p2.label} ${p2.detail} ${p2.id}`.toLowerCase().includes(asked));
    d2.hit = Math.max(0, Math.min(d2.hit, d2.hits.length - 1));
    d2.ui.searchList.replaceChildren(...d2.hits.map((place, i2) => el("li", {
      role: "option",
      id: `${d2.uid}-hit-${i2}`,
      "aria-selected": String(i2 === d2.hit),
      onpointerdown: (event) => {
        event.preventDefault();
        takeHit(d2, i2);
      }
    }, el("b", { text: place.label }), el("span", { text: place.detail }))));
    put(d2.ui.searchInput, "aria-activedescendant", d2.hits.length ? `${d2.uid}-hit-${d2.hit}` : "");
    d2.ui.searchList.children[d2.hit]?.scrollIntoView({ block: "nearest" });
    write(d2.ui.searchNone, d2.hits.length ? "" : "No such stage.");
  }
  function takeHit(d2, i2) {
    const place = d2.hits[i2];
    if (!place) return;
    d2.ui.search.hidden = true;
    walkTo(d2, place.id);
    if (place.id !== d2.selected) choose(d2, place.id);
  }
  function searchKey(d2, event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      d2.hit += event.key === "ArrowDown" ? 1 : -1;
      fillSearch(d2);
    } else if (event.key === "Enter") takeHit(d2, d2.hit);
    else if (event.key === "Escape") closeSearch(d2);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // lifecycle/diagram/living/script/receive.js
  function pickOverlay(d2) {
    d2.picked = d2.ui.overlay.value || null;
    const place = d2.selected === null ? void 0 : d2.places.get(d2.selected);
    if (place && place.kind === "undercurrent" && d2.picked !== d2.selected) choose(d2, null);
    light(d2, d2.selected);
    const current = d2.picked && d2.places.get(d2.picked);
    if (current) {
      const acts = Object.entries(current.acts).map(([id, act]) => `${d2.places.get(id)?.label ?? id}: ${act.text}`);
      say(d2, `${current.label}. ${acts.join(". ") || current.detail}`);
    }
  }
  function receive(d2, data) {
    const before = d2.data;
    d2.data = data;
    if (!before || before.version !== data.version || before.facts !== data.facts) {
      dropFlow(d2);
      hideCard(d2);
      const backTo = heldView(d2);
      d2.places = new Map(data.places.map((place) => [place.id, place]));
      d2.stages = data.places.filter((place) => place.kind === "stage");
      d2.flows = data.flows;
      for (const scene of Object.values(d2.scenes)) scene.box.remove();
      d2.scenes = {};
      d2.scene = null;
      const currents = data.places.filter((place) => place.kind === "undercurrent");
      d2.ui.overlay.replaceChildren(el("option", { value: "", text: "No undercurrent" }), ...currents.map((p2) => el("option", { value: p2.id, text: p2.label })));
      d2.ui.overlay.hidden = !currents.length;
      pickScene(d2);
      backTo();
      sayDrawn(d2);
    }
  }
  var eventsWords = (count) => count === 1 ? "1 event" : `${count.toLocaleString("en")} events`;
  function tellWorth(d2, { per_dot }, before) {
    const changed = before && before !== per_dot;
    const worth = `1 dot = ${eventsWords(per_dot)}${changed ? ` (was ${before.toLocaleString("en")})` : ""}`;
    write(d2.ui.worth, worth);
    write(d2.ui.legendWorth, worth);
    if (changed) say(d2, `One dot now stands for ${eventsWords(per_dot)}; it was ${before.toLocaleString("en")}.`);
  }
  function openRun(d2, packed, day) {
    const first = !d2.frames, worth = d2.frames?.per_dot;
    const another = !first && day !== d2.day;
    d2.day = day;
    const frames = d2.frames = openFrames(packed);
    d2.ui.clock.hidden = !frames;
    d2.ui.words.hidden = !frames;
    d2.ui.marks.hidden = !frames;
    d2.ui.legend.hidden = !frames;
    if (!frames) return paintStates(d2);
    const { start, end, step: step2 } = frames;
    Object.assign(d2.ui.scrub, { min: start, max: end, step: Math.max(1, Math.min(60, step2)) });
    if (another) d2.hasMoment = false;
    d2.opened = another;
    const led = first && d2.said?.cue ? d2.said : null;
    if (led) d2.t = led.moment_s ?? frames.opening;
    else if ((first || another) && !d2.hasMoment && !d2.said?.cue) d2.t = frames.opening;
    tellWorth(d2, frames, worth);
    drawMarks(d2, frames);
    showMoment(d2, d2.t);
    if (led) setPlaying(d2, Boolean(led.plays) && !d2.still);
    else if ((first || another) && !d2.said?.cue) setPlaying(d2, !d2.still && !d2.hasMoment);
  }
  function sceneOf(d2, direction) {
    return d2.scenes[direction] ??= buildScene(d2, direction === "LR" ? d2.data.lr : d2.data.tb, direction);
  }
  function pickScene(d2) {
    const direction = directionOf(d2);
    if (d2.scene?.direction === direction) return;
    hideCutter(d2);
    dropFlow(d2);
    d2.scene?.box.remove();
    d2.scene = sceneOf(d2, direction);
    d2.ui.stage.prepend(d2.scene.box);
    for (const edge of d2.scene.edges.values()) {
      const hit = oneOf(edge.group, ".hit");
      if (!edge.heard) listenPointer(d2, hit, () => (soonCard(d2, edge), showCutter(d2, edge)));
      edge.heard = true;
      hit.onpointerleave = () => (hideCard(d2), soonHideCutter(d2));
      hit.onclick = (event) => {
        if (d2.dragged) return;
        if (d2.pointing) point(d2, `${edge.flow.source}->${edge.flow.target}`);
        else if (!clickWire(d2, edge, event)) aim(d2, edge);
      };
    }
    applyFrame(d2);
    fit(d2);
    light(d2, d2.selected);
    lightPointed(d2);
    if (d2.frames) showMoment(d2, d2.t);
  }
  function receiveRun(d2, note) {
    if (d2.root.dataset.run === note.run) return;
    d2.root.dataset.run = note.run;
    openRun(d2, note.frames, note.day);
    settle(d2);
    offerBreaks(d2);
    d2.root.dataset.ready = "true";
  }
  function confirmState(d2, state) {
    if (window.headwatersCut) return;
    const { pending } = d2, fresh = pending && performance.now() - pending.at < 3e3;
    clearTimeout(d2.askingAgain);
    if (fresh && state.selected !== pending.id) {
      d2.askingAgain = setTimeout(() => d2.pending && !leaves() && d2.send("select", d2.pending.id ?? ""), pending.at + 3e3 - performance.now());
    } else {
      d2.pending = null;
      d2.picked = state.overlay !== d2.said?.overlay ? state.overlay : d2.picked;
      d2.progress = state.progress ?? {};
      if (state.selected !== d2.selected) {
        hideCard(d2);
        if (state.selected) d2.walker = state.selected;
      }
      light(d2, state.selected);
    }
    Object.assign(d2, { pointing: state.pointing, pointed: state.pointed });
    lightPointed(d2);
    d2.root.classList.toggle("bare", Boolean(state.bare));
    d2.frame = state.frame ?? [];
    pickScene(d2);
    applyFrame(d2);
    if (followReplay(d2, state)) d2.unheard = [];
    else if (state.cue) followCue(d2, state);
    else {
      if (d2.said?.cue && state.moment_s === null) reopen(d2);
      followMoment(d2, state.moment_s);
    }
    const leaked = JSON.stringify([d2.said?.leaks, d2.said?.leaking]) !== JSON.stringify([state.leaks, state.leaking]);
    d2.said = state;
    if (leaked) paintStates(d2);
    d2.root.classList.toggle("followable", Boolean(state.dots));
    offerBreaks(d2);
    settle(d2);
  }
  function reopen(d2) {
    d2.hasMoment = false;
    if (d2.frames) showMoment(d2, d2.frames.opening);
    setPlaying(d2, !d2.still);
  }
  function followCue(d2, { cue, moment_s: moment, plays }) {
    if (cue === d2.said?.cue) return;
    hideCard(d2);
    d2.hasMoment = true;
    d2.t = moment ?? d2.t;
    d2.momentSent = Math.round(d2.t);
    if (d2.frames) showMoment(d2, d2.t);
    setPlaying(d2, Boolean(plays) && !d2.still);
  }
  function followMoment(d2, moment) {
    const ours = d2.unheard.indexOf(moment ?? -1);
    d2.unheard.splice(0, ours + 1);
    const news = ours < 0 && moment !== d2.said?.moment_s && Math.round(moment ?? 0) !== d2.momentSent;
    if (moment !== null && (d2.opened || news)) {
      d2.hasMoment = true;
      d2.momentSent = Math.round(moment);
      d2.t = moment;
      setPlaying(d2, false);
      if (d2.frames) showMoment(d2, moment);
    }
    d2.opened = false;
  }
  function hostOf(root) {
    const tree = root.getRootNode();
    return tree instanceof ShadowRoot ? tree.host : root;
  }
  function globalKey(d2, event) {
    const inside = event.composedPath().includes(d2.root);
    const target = event.composedPath()[0];
    if (isChord(event) || isTyping(event) || event.defaultPrevented) return;
    if (!inside && !(target instanceof Element && target.contains(hostOf(d2.root)))) return;
    if (event.key === "/") openSearch(d2);
    else if (event.key === "Escape" && !document.fullscreenElement) {
      hideCard(d2);
      if (!closeSearch(d2) && d2.selected) choose(d2, null);
    } else if (event.key === " " && !(target instanceof HTMLButtonElement) && !(target instanceof HTMLElement && target.tagName === "SUMMARY")) playOrPause(d2);
    else return;
    event.preventDefault();
  }

  // lifecycle/diagram/living/script/view.js
  var [MOST_ZOOM, CLOSE] = [5, 2];
  function applyView(d2) {
    const { k, x: x2, y: y2 } = d2.view;
    for (const part of d2.scene?.views ?? []) put(part, "transform", `translate(${x2.toFixed(2)} ${y2.toFixed(2)}) scale(${k.toFixed(4)})`);
    redrawDots(d2);
    d2.ui.stage.classList.toggle("zoomed", k > 1.001);
    d2.root.dataset.zoom = k.toFixed(2);
    placeHandle(d2);
    drawOverview(d2);
  }
  function zoom(d2, factor, px, py) {
    if (!d2.scene) return;
    const { width, height } = d2.scene.size;
    const most = Math.max(MOST_ZOOM, CLOSE / (d2.scene.front.getScreenCTM()?.a || 1)), k = Math.min(most, Math.max(1, d2.view.k * factor));
    const at2 = { x: px ?? width / 2, y: py ?? height / 2 };
    const x2 = at2.x - (at2.x - d2.view.x) / d2.view.k * k, y2 = at2.y - (at2.y - d2.view.y) / d2.view.k * k;
    d2.view = { k, x: x2, y: y2 };
    clampView(d2);
  }
  function clampView(d2) {
    if (!d2.scene) return;
    const { width, height } = d2.scene.size;
    d2.view.x = Math.min(0, Math.max(width * (1 - d2.view.k), d2.view.x));
    const spare = d2.view.k > 1.001 ? covered(d2) / (d2.scene.front.getScreenCTM()?.a ?? 1) : 0;
    d2.view.y = Math.min(0, Math.max(height * (1 - d2.view.k) - spare, d2.view.y));
    applyView(d2);
  }
  function fit(d2) {
    d2.view = { k: 1, x: 0, y: 0 };
    if (d2.scene) applyView(d2);
  }
  function picturePoint(d2, clientX, clientY) {
    const matrix = d2.scene?.front.getScreenCTM()?.inverse();
    const point2 = new DOMPoint(clientX, clientY).matrixTransform(matrix);
    return [point2.x, point2.y];
  }
  function listenView(d2) {
    const stage = d2.ui.stage;
    stage.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom(d2, Math.exp(-event.deltaY / 300), ...picturePoint(d2, event.clientX, event.clientY));
    }, { passive: false });
    let drag = null;
    stage.addEventListener("pointerdown", (event) => {
      d2.dragged = false;
      if (event.button === 0 && d2.view.k > 1.001 && !d2.press) drag = { at: picturePoint(d2, event.clientX, event.clientY), x: d2.view.x, y: d2.view.y, sx: event.clientX, sy: event.clientY };
    });
    d2.listen(window, "pointermove", (event) => {
      if (!drag || d2.pinch) return;
      if (Math.hypot(event.clientX - drag.sx, event.clientY - drag.sy) < 4 && !d2.dragged) return;
      d2.dragged = true;
      const [x2, y2] = picturePoint(d2, event.clientX, event.clientY);
      d2.view.x = drag.x + x2 - drag.at[0];
      d2.view.y = drag.y + y2 - drag.at[1];
      clampView(d2);
    });
    d2.listen(window, "pointerup", () => drag = null);
    d2.listen(window, "pointercancel", () => drag = null);
    stage.addEventListener("touchmove", (event) => {
      if (event.touches.length !== 2) return;
      event.preventDefault();
      const [a2, b2] = event.touches;
      const spread2 = Math.hypot(a2.clientX - b2.clientX, a2.clientY - b2.clientY);
      if (d2.pinch) zoom(d2, spread2 / d2.pinch, ...picturePoint(d2, (a2.clientX + b2.clientX) / 2, (a2.clientY + b2.clientY) / 2));
      d2.pinch = spread2;
    }, { passive: false });
    stage.addEventListener("touchend", () => d2.pinch = null);
    stage.addEventListener("scroll", () => drawOverview(d2), { passive: true });
  }
  var FRAME_ROOM = 20;
  var [HALL_PX, HALL_WIDE, LEAST_TYPE, MOST_TYPE] = [24.5, 1920, 12.2, 16.5];
  var [DESK_PX, DESK_TYPE] = [12.1, 13.2];
  var MOST_IN_TWO_LINES = 13.2;
  function applyFrame(d2) {
    const { scene } = d2;
    if (!scene) return;
    const zones = new Set(d2.frame ?? []);
    const within = (id) => !zones.size || zones.has(zoneOf(d2, id));
    for (const [id, node] of scene.nodes) for (const part of partsOf(node)) part.classList.toggle("off", !within(id));
    for (const panel of scene.back.querySelectorAll("g.cluster")) panel.classList.toggle("off", !inFrame(zones, panel));
    for (const edge of scene.edges.values()) {
      const ends = [edge.flow.source, edge.flow.target].filter(within).length;
      for (const part of [edge.group, edge.dots, edge.words]) part.classList.toggle("off", !ends || ends === 1 && edge.flow.loop);
      for (const part of [edge.group, edge.words]) part.classList.toggle("stub", ends === 1);
    }
    scene.window = zones.size ? framed(d2, scene) : null;
    const [dx, dy] = scene.window ? shiftOf(scene) : [0, 0], { x: x2, y: y2, w: w2, h: h2 } = framed(d2, scene);
    scene.viewBox = { x: x2 + dx, y: y2 + dy, w: w2, h: h2 };
    for (const half of [scene.back, scene.front]) put(half, "viewBox", [x2 + dx, y2 + dy, w2, h2].map((n2) => n2.toFixed(1)).join(" "));
    scene.box.style.aspectRatio = `${w2} / ${h2}`;
    scene.box.style.setProperty("--units", w2.toFixed(0));
    redrawDots(d2);
    sizeType(d2);
  }
  var zoneOf = (d2, id) => d2.places.get(id)?.zone ?? "";
  var inFrame = (zones, panel) => !zones.size || zones.has(panel.id.replace(/^zone-/, ""));
  function shiftOf(scene) {
    const moved = /translate\(([-\d.]+)[ ,]+([-\d.]+)\)/.exec(oneOf(scene.back, "g.graph").getAttribute("transform") ?? "");
    return moved ? [Number(moved[1]), Number(moved[2])] : [0, 0];
  }
  function framed(d2, scene) {
    const zones = new Set(d2.frame ?? []), boxes = [];
    const all = { x: 0, y: 0, w: scene.size.width, h: scene.size.height };
    if (!zones.size) return all;
    for (const panel of scene.back.querySelectorAll("g.cluster")) {
      const outline = panel.querySelector("path, polygon");
      if (outline && inFrame(zones, panel)) boxes.push(boxOf(outline));
    }
    for (const { flow, path } of scene.edges.values()) {
      if (flow.loop && [flow.source, flow.target].every((id) => zones.has(zoneOf(d2, id)))) boxes.push(boxOf(path));
    }
    if (!boxes.length) return all;
    const x2 = Math.min(...boxes.map((box2) => box2.x)) - FRAME_ROOM, y2 = Math.min(...boxes.map((box2) => box2.y)) - FRAME_ROOM;
    const right = Math.max(...boxes.map((box2) => box2.x + box2.w)) + FRAME_ROOM, foot = Math.max(...boxes.map((box2) => box2.y + box2.h)) + FRAME_ROOM;
    return { x: x2, y: y2, w: right - x2, h: foot - y2 };
  }
  function directionOf(d2) {
    const wide = d2.root.clientWidth;
    if (!d2.root.classList.contains("bare") || !d2.scene || !wide) return wide && wide < 640 ? "TB" : "LR";
    const high = parseFloat(getComputedStyle(d2.scene.box).maxHeight) || window.innerHeight;
    const scale = ({ w: w2, h: h2 }) => Math.min(wide / w2, high / h2);
    return scale(framed(d2, sceneOf(d2, "TB"))) > 1.1 * scale(framed(d2, sceneOf(d2, "LR"))) ? "TB" : "LR";
  }
  function sizeType(d2) {
    const { scene } = d2, scale = scene?.front.getScreenCTM()?.a;
    if (!scene || !scale) return;
    const hall = d2.root.classList.contains("bare");
    if (hall || scene.direction === "LR") {
      const [px, least] = hall ? [HALL_PX * Math.min(1, window.innerWidth / HALL_WIDE), LEAST_TYPE] : [DESK_PX, DESK_TYPE];
      const most = [...scene.nodes.values()].some((node) => node.titles.length > 1) ? MOST_IN_TWO_LINES : MOST_TYPE;
      d2.type = `${Math.min(most, Math.max(least, px / scale)).toFixed(2)}px`;
      d2.root.style.setProperty("--type", d2.type);
    } else d2.type = "";
    fitTexts(d2, [...scene.nodes.values()].flatMap(textsOf));
  }
  var textsOf = (node) => [...node.titles, ...isStage(node) ? [node.state] : []].map((text) => [text, node.room]);
  function fitTexts(d2, texts) {
    const asNow = (text) => `${text.textContent}|${d2.type ?? ""}|${d2.scene?.direction}`;
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
  function toggleFull(d2) {
    if (document.fullscreenElement) document.exitFullscreen();
    else d2.root.requestFullscreen?.();
  }

  // lifecycle/diagram/living/script/canvas.js
  var [MOST_PIXELS, MOST_SIDE] = [16e6, 16e3];
  var [PACKET_HIGH, PACKET_TYPE] = [16, 13];
  function readSheet(d2, scene) {
    const { canvas, viewBox } = scene, pen = canvas.getContext("2d");
    const { width, height } = canvas.getBoundingClientRect(), density = window.devicePixelRatio || 1;
    if (!pen || !width || !height) return null;
    const fine = Math.min(density, Math.sqrt(MOST_PIXELS / (width * height)), MOST_SIDE / Math.max(width, height));
    const w2 = Math.round(width * fine), h2 = Math.round(height * fine);
    if (canvas.width !== w2) canvas.width = w2;
    if (canvas.height !== h2) canvas.height = h2;
    const look = getComputedStyle(canvas);
    const opacities = new Map(scene.movers.map((group) => {
      const { display, opacity } = getComputedStyle(group);
      return [group, display === "none" ? 0 : Number(opacity)];
    }));
    const placed = placement({ w: w2, h: h2 }, viewBox, d2.view, shiftOf(scene));
    pen.setTransform(placed.scale, 0, 0, placed.scale, placed.x, placed.y);
    pen.font = `600 ${PACKET_TYPE}px ${look.fontFamily}`;
    Object.assign(pen, { textAlign: "center", textBaseline: "middle" });
    return {
      pen,
      density,
      opacities,
      inked: true,
      shown: shown({ w: w2, h: h2 }, placed),
      colours: { dot: look.color, drop: look.textDecorationColor, unread: look.columnRuleColor, ground: look.outlineColor }
    };
  }
  function drawAll(sheet, dots) {
    for (const dot2 of dots) {
      sheet.pen.globalAlpha = dot2.opacity;
      if (dot2.kind === "packet") drawPacket(sheet, dot2);
      else if (dot2.kind === "bounce") drawCross(sheet, dot2);
      else drawDot(sheet, dot2);
    }
    sheet.pen.globalAlpha = 1;
  }
  function drawDot({ pen, colours }, { kind, x: x2, y: y2, r: r2 }) {
    const hollow = kind === "request";
    const falls = kind === "drop" || kind === "unread";
    pen.fillStyle = hollow ? colours.ground : colours[falls ? kind : "dot"];
    pen.strokeStyle = hollow ? colours.dot : colours.ground;
    pen.lineWidth = hollow ? 1.5 : 1;
    pen.beginPath();
    pen.arc(x2, y2, hollow ? r2 - 0.75 : r2, 0, 2 * Math.PI);
    pen.fill();
    if (!falls) pen.stroke();
  }
  function drawPacket({ pen, colours }, { x: x2, y: y2, r: r2, words = "" }) {
    pen.fillStyle = colours.dot;
    pen.strokeStyle = colours.ground;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.roundRect(x2 - r2, y2 - PACKET_HIGH / 2, 2 * r2, PACKET_HIGH, PACKET_HIGH / 2);
    pen.fill();
    pen.stroke();
    pen.fillStyle = colours.ground;
    pen.fillText(words, x2, y2 + 0.5);
  }
  function drawCross({ pen, colours }, { x: x2, y: y2, r: r2 }) {
    pen.strokeStyle = colours.drop;
    pen.lineWidth = 2;
    pen.beginPath();
    for (const slope of [-1, 1]) {
      pen.moveTo(x2 - r2, y2 - slope * r2);
      pen.lineTo(x2 + r2, y2 + slope * r2);
    }
    pen.stroke();
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
  function drawDots(d2) {
    const { scene } = d2;
    if (!scene || !d2.pictureInSight) return;
    if (scene.sheet?.density !== (window.devicePixelRatio || 1)) scene.sheet = null;
    const sheet = scene.sheet ??= readSheet(d2, scene);
    if (!sheet) return;
    const layers = layersOf(d2, scene.window && sheet.shown).filter(({ group, dots }) => dots.length && sheet.opacities.get(group));
    if (!layers.length && !sheet.inked) return;
    wipe(sheet);
    sheet.inked = layers.length > 0;
    const levels = [...new Set(layers.map(({ group }) => sheet.opacities.get(group) ?? 1))].sort((a2, b2) => a2 - b2);
    levels.forEach((level, i2) => {
      for (const { group, dots } of layers) if (sheet.opacities.get(group) === level) drawAll(sheet, dots);
      const next = levels[i2 + 1] ?? 1;
      if (level < next) fade(sheet, level / next);
    });
  }
  function redrawDots(d2) {
    if (d2.scene) d2.scene.sheet = null;
    cancelAnimationFrame(d2.redraw);
    d2.redraw = requestAnimationFrame(() => drawDots(d2));
  }
  function shapeOf({ kind, x: x2, y: y2, r: r2, opacity, words }) {
    const more = { class: kind, opacity: opacity < 1 ? opacity.toFixed(2) : null };
    if (kind === "packet") {
      return svgEl(
        "g",
        more,
        svgEl("rect", { x: (x2 - r2).toFixed(1), y: (y2 - PACKET_HIGH / 2).toFixed(1), width: 2 * r2, height: PACKET_HIGH, rx: PACKET_HIGH / 2 }),
        svgEl("text", { x: x2.toFixed(1), y: (y2 + 4.5).toFixed(1), "text-anchor": "middle", text: words })
      );
    }
    if (kind === "bounce") return svgEl("path", { ...more, d: `M${x2 - r2} ${y2 - r2}l${2 * r2} ${2 * r2}M${x2 - r2} ${y2 + r2}l${2 * r2} ${-2 * r2}` });
    return svgEl("circle", { ...more, cx: x2.toFixed(1), cy: y2.toFixed(1), r: kind === "request" ? r2 - 0.75 : r2 });
  }
  function dotsAsShapes(d2) {
    const shapes = layersOf(d2).flatMap(({ group, dots }) => dots.map((dot2) => {
      const shape2 = shapeOf(dot2);
      group.append(shape2);
      return shape2;
    }));
    return () => shapes.forEach((shape2) => shape2.remove());
  }

  // lifecycle/diagram/living/script/frozen.js
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
    return value.replace(/color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.]+))?\)/g, (_2, r2, g2, b2, a2) => `rgba(${[r2, g2, b2].map((x2) => Math.round(x2 * 255)).join(", ")}, ${a2 ?? 1})`);
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
        for (let i2 = 0; i2 < bytes.length; i2 += 8192) text += String.fromCharCode(...bytes.subarray(i2, i2 + 8192));
        return `@font-face{font-family:"${first}";font-weight:${rule.style.fontWeight || 400};src:url(data:font/woff2;base64,${btoa(text)})}`;
      } catch {
        return "";
      }
    }));
    return faces.join("");
  }
  function download(name, blob) {
    const url = URL.createObjectURL(blob);
    el("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1e4);
  }

  // lifecycle/diagram/living/script/save.js
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
  async function pictureText(d2, { back, front, size }) {
    const ground = plainColour(getComputedStyle(d2.root).backgroundColor);
    const faces = await fontFaces(getComputedStyle(front).fontFamily);
    showMoment(d2, d2.t);
    const done = dotsAsShapes(d2), copy = frozenCopy(back) ?? copyOf(back);
    copy.append(...frozenCopy(front)?.childNodes ?? []);
    done();
    copy.removeAttribute("aria-hidden");
    for (const name of ["role", "aria-label"]) copy.setAttribute(name, front.getAttribute(name) ?? "");
    copy.setAttribute("width", String(size.width));
    copy.setAttribute("height", String(size.height));
    copy.setAttribute("xmlns", SVG);
    copy.prepend(svgEl("style", { text: faces }), svgEl("rect", { width: "100%", height: "100%", fill: ground }));
    copy.append(svgEl("title", { text: `${d2.data.title}${d2.frames ? `, ${clockWords(d2.t)}` : ""}` }));
    return new XMLSerializer().serializeToString(copy);
  }
  function fileName(d2, ending) {
    return `pipeline-${clockWords(d2.t).replace(":", "")}${d2.selected ? `-${d2.selected}` : ""}.${ending}`;
  }
  async function saveSvg(d2) {
    if (d2.scene) download(fileName(d2, "svg"), new Blob([await pictureText(d2, d2.scene)], { type: "image/svg+xml" }));
  }
  async function savePng(d2) {
    const { scene } = d2;
    if (!scene) return;
    const text = await pictureText(d2, scene);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = el("canvas", { width: Math.round(scene.size.width * 2), height: Math.round(scene.size.height * 2) });
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => blob && download(fileName(d2, "png"), blob), "image/png");
  }
  async function saveFilm(d2) {
    try {
      const { openFilm: openFilm2 } = window.headwatersFilm ?? await import(d2.said?.film?.source ?? "");
      openFilm2(d2, { paintStates, showFollowed, dotsAsShapes, setPlaying });
    } catch {
      say(d2, "No film can be made now: reload the page.");
    }
  }

  // lifecycle/diagram/living/script/legend.js
  var sample = (...shapes) => svgEl("svg", { class: "sample", viewBox: "0 0 26 16", "aria-hidden": "true" }, ...shapes);
  var box = () => svgEl("rect", { class: "rim", x: 1, y: 1, width: 24, height: 14, rx: 3 });
  var bars = (many) => Array.from({ length: 4 }, (_2, i2) => svgEl("rect", { class: i2 < many ? "on" : "", x: 3 + i2 * 5, y: 10 - i2 * 3, width: 3.4, height: 5 + i2 * 3 }));
  var dot = () => svgEl("circle", { class: "dot", cx: 13, cy: 8, r: 3.4 });
  var signs = () => [
    [sample(svgEl("rect", { class: "pill", x: 1, y: 2, width: 24, height: 12, rx: 6 })), "A packet: what travels together, with its number of events."],
    [sample(svgEl("circle", { class: "request", cx: 13, cy: 8, r: 3.2 })), "A request: in a pull it runs up the wire, and the data comes back. In a push the data is sent unasked."],
    [sample(svgEl("path", { class: "bounce", d: "M10 5l6 6M10 11l6 -6" })), "Sent back: a push that found the door closed. It is lost."],
    [sample(svgEl("circle", { class: "drop", cx: 13, cy: 8, r: 3.2 })), "Falls from a stage: lost there."],
    [sample(svgEl("circle", { class: "unread", cx: 13, cy: 8, r: 3.2 })), "Falls in grey: unreadable. No parser can make sense of a few lines, on any day; they are kept aside as dead letters."],
    [
      sample(svgEl("circle", { class: "tick", cx: 13, cy: 8, r: 5.5, pathLength: 100, "stroke-dasharray": "65 100", transform: "rotate(-90 13 8)" })),
      "A ring in a corner fills until the stage's next tick."
    ],
    [sample(svgEl("rect", { class: "tank", x: 1, y: 7, width: 24, height: 8 }), box()), "How full a box is: what the stage holds now, compared with the most it holds that day."],
    [sample(box(), svgEl("rect", { class: "busy", x: 1, y: 13, width: 16, height: 2.4 })), "The line at its foot: how busy it is."],
    [sample(...bars(3)), "Bars where data is used: four for data less than a minute old, three up to 15 min, two up to 2 h, one for older."],
    [sample(svgEl("path", { class: "leak-path", d: "M1 12C9 12 15 4 25 4" })), "Names leak: who should not can read them at the stage that says so, and along this path they came there."],
    [sample(svgEl("path", { class: "sign", d: "M13 2l8 13h-16z" })), "A sign and a dashed rim: something is wrong there now."]
  ];
  var HOP = "So that you can see it, an event spends 2 min of the day on a wire; in truth it is handed over at once. While it is there, the stage that it left no longer counts it, and the next one does not count it until it arrives. Rates and ages are the same as in the charts.";
  function legendFurniture() {
    const legendWorth = el("b");
    const legend = el(
      "details",
      { class: "legend", hidden: "" },
      el("summary", {}, sample(dot()), legendWorth, el("span", { class: "more", text: "What the signs mean" })),
      el("ul", {}, ...signs().map(([picture, words]) => el("li", {}, picture, el("span", { text: words })))),
      el("p", { text: HOP })
    );
    return { legend, legendWorth };
  }

  // lifecycle/diagram/living/script/furniture.js
  var BUTTONS = {
    search: ["Find a stage (/)", "M10.500 4a6.500 6.500 0 1 0 0 13a6.500 6.500 0 1 0 0-13M15.500 15.500L21 21"],
    in: ["Zoom in", "M12 5v14M5 12h14"],
    out: ["Zoom out", "M5 12h14"],
    fit: ["Fit the whole picture", "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"],
    full: ["Full screen", "M14 10l7-7M15 3h6v6M10 14l-7 7M3 15v6h6"],
    svg: ["Save as SVG", "M12 3v11M7 10l5 5 5-5M4 20h16"],
    png: ["Save as PNG", "M4 5h16v14H4zM8.500 10h.010M4 16l5-4 4 3 3-2 4 3"],
    film: ["Save a film", "M4 5h16v14H4zM8 5v14M16 5v14"]
  };
  function button(name, act, label) {
    const [title, path] = BUTTONS[name];
    const icon2 = svgEl("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svgEl("path", { d: path }));
    return el(
      "button",
      { type: "button", class: `tool ${name}`, "aria-label": title, title, onclick: act },
      icon2,
      label ? el("span", { text: label }) : null
    );
  }
  function furnish(bare2) {
    const d2 = (
      /** @type {Diagram} */
      bare2
    );
    const searchButton2 = button("search", () => openSearch(d2));
    const overlay = el("select", { class: "overlay", "aria-label": "Lay an undercurrent over the picture", onchange: () => pickOverlay(d2) });
    const tools = el(
      "div",
      { class: "tools", role: "toolbar", "aria-label": "Diagram" },
      searchButton2,
      button("out", () => zoom(d2, 1 / 1.35)),
      button("in", () => zoom(d2, 1.35)),
      button("fit", () => fit(d2)),
      button("full", () => toggleFull(d2)),
      overlay,
      el("span", { class: "gap" }),
      saveMenu(d2)
    );
    rove(tools);
    const card = el("div", { class: "card", role: "tooltip", id: `${d2.uid}-card`, hidden: "" }, el("b"), el("p"), el("dl"));
    const stage = el("div", { class: "stage" });
    const live = el("div", { class: "unseen", "aria-live": "polite", role: "status" });
    const tableCaption = el("caption"), tableBody = el("tbody");
    const heads = ["Stage", "In", "Out", "Waiting", "Held", "Busy", "Newest data", "Lost", "Askers", "Fault"];
    const words = el(
      "details",
      { class: "words", ontoggle: () => paintTable(d2) },
      el("summary", { text: "The same state in words" }),
      el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "State in words" }, el(
        "table",
        {},
        tableCaption,
        el("thead", {}, el("tr", {}, ...heads.map((text) => el("th", { scope: "col", text })))),
        tableBody
      ))
    );
    const finder = searchFurniture(d2), watch = clockFurniture(d2);
    const breaks = el("div", { class: "breaks", role: "toolbar", hidden: "" }), cutter = cutterFurniture(d2);
    rove(breaks);
    const handle = handleFurniture(d2), hint = el("p", { class: "hint", "aria-hidden": "true", hidden: "" });
    const overview = overviewFurniture(d2);
    const follow2 = el("section", { class: "follow", "aria-label": "The order that is followed", hidden: "" });
    d2.root.append(tools, stage, watch.clock, breaks, watch.legend, watch.marks, follow2, words, live, overview, hint);
    stage.append(card, cutter, handle, finder.search);
    d2.ui = { searchButton: searchButton2, overlay, tools, card, stage, breaks, cutter, handle, hint, overview, follow: follow2, live, tableCaption, tableBody, words, ...finder, ...watch };
    return d2;
  }
  function saveMenu(d2) {
    const film = button("film", () => saveFilm(d2), "Film"), summary = el("summary", { class: "tool", text: "Save" });
    const close = () => {
      menu.open = false;
      summary.focus();
    };
    const menu = el("details", { class: "saves", ontoggle: () => film.hidden = !d2.said?.film, onkeydown: (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      event.preventDefault();
      close();
    } }, summary, el("div", { onclick: close }, button("svg", () => saveSvg(d2), "SVG"), button("png", () => savePng(d2), "PNG"), film));
    return menu;
  }
  function rove(bar) {
    const tools = () => allOf(bar, ":scope > :is(button, select), summary").filter((tool) => !tool.hidden);
    const stop = (here) => tools().forEach((tool) => put(tool, "tabindex", tool === here ? 0 : -1));
    stop(tools()[0] ?? null);
    bar.addEventListener("focusin", (event) => stop(event.target));
    bar.addEventListener("keydown", (event) => {
      const all = tools(), here = all.findIndex((tool) => tool === event.target);
      const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1 }[event.key];
      if (to === void 0 || isChord(event)) return;
      all[(to + all.length) % all.length].focus();
      event.preventDefault();
    });
  }
  function searchFurniture(d2) {
    const searchInput = el("input", {
      type: "text",
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": `${d2.uid}-hits`,
      "aria-label": "Find a stage",
      placeholder: "Find a stage",
      autocomplete: "off",
      spellcheck: "false",
      oninput: () => {
        d2.hit = 0;
        fillSearch(d2);
      },
      onkeydown: (event) => searchKey(d2, event),
      onblur: () => {
        search.hidden = true;
      }
    });
    const searchList = el("ul", { role: "listbox", id: `${d2.uid}-hits`, "aria-label": "Stages" });
    const searchNone = el("p");
    const search = el("div", { class: "finder", hidden: "" }, searchInput, searchList, searchNone);
    return { search, searchInput, searchList, searchNone };
  }
  function clockFurniture(d2) {
    const playIcon = svgEl("path", { d: "" });
    const play = el(
      "button",
      { type: "button", class: "tool play", onclick: () => playOrPause(d2) },
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
      oninput: () => scrubbed(d2),
      onchange: () => {
        scrubbed(d2);
        say(d2, summaryWords(d2));
        sendMoment(d2);
      }
    });
    const speed = el(
      "select",
      { class: "speed", "aria-label": "Speed", onchange: () => {
        d2.speed = Number(speed.value);
      } },
      ...SPEEDS.map(([value, text]) => el("option", { value, text }))
    );
    speed.value = String(d2.speed);
    const faults = el("div", { class: "faults", "aria-hidden": "true" });
    const track = el("div", { class: "track" }, faults, scrub);
    const worth = el("span", { class: "worth" });
    const clock2 = el("div", { class: "clock", role: "group", "aria-label": "Clock" }, play, time, track, speed, worth);
    const marks = el("ul", { class: "marks", "aria-label": "What happens on this day" });
    return { playIcon, play, time, scrub, speed, faults, worth, clock: clock2, marks, ...legendFurniture() };
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
      late: null,
      mades: [],
      view: { k: 1, x: 0, y: 0 },
      dragged: false,
      pinch: null,
      moved: false,
      pointer: null,
      cardOf: null,
      cutting: null,
      joining: null,
      press: null,
      hovered: null,
      drawn: null,
      drawnAt: 0,
      watched: null,
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
      cutterTimer: void 0,
      handleTimer: void 0,
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
        endTicks(d2);
        cancelAnimationFrame(bare2.redraw);
        clearTimeout(bare2.askingAgain);
        watch.disconnect();
        sight.disconnect();
        ends.forEach((end) => end());
        root.remove();
      }
    };
    parent.append(root);
    const d2 = furnish(bare2);
    listenJoining(d2);
    listenView(d2);
    setPlaying(d2, false);
    d2.listen(document, "keydown", (event) => globalKey(d2, event));
    d2.listen(window, "headwaters:choose", ({ detail }) => follow(d2, detail));
    d2.listen(window, "headwaters:back", ({ detail }) => goBack(d2, detail));
    d2.listen(window, "pointermove", ({ screenX, screenY }) => {
      d2.moved = d2.pointer !== null && (d2.pointer.screenX !== screenX || d2.pointer.screenY !== screenY);
      d2.pointer = { screenX, screenY };
    }, true);
    d2.listen(document, "visibilitychange", () => {
      d2.last = null;
      tick(d2);
    });
    d2.listen(motion, "change", () => {
      d2.still = motion.matches;
      root.classList.toggle("still", d2.still);
      if (d2.still && d2.playing) pause(d2);
      else if (d2.frames) showMoment(d2, d2.t);
    });
    root.classList.toggle("still", d2.still);
    const watch = new ResizeObserver(() => {
      if (d2.data === NOTHING2) return;
      pickScene(d2);
      sizeType(d2);
      if (d2.scene) d2.scene.sheet = null;
      drawDots(d2);
      placeHandle(d2);
      drawOverview(d2);
    });
    watch.observe(root);
    watch.observe(d2.ui.stage);
    const sight = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (target === root) d2.inSight = isIntersecting;
        else d2.pictureInSight = isIntersecting;
      }
      if (d2.inSight && d2.playing) showMoment(d2, d2.t);
      else drawDots(d2);
      tick(d2);
    });
    sight.observe(root);
    sight.observe(d2.ui.stage);
    d2.listen(window, "resize", () => redrawDots(d2));
    let clearPaper = () => {
    };
    d2.listen(window, "beforeprint", () => {
      clearPaper();
      clearPaper = dotsAsShapes(d2);
    });
    d2.listen(window, "afterprint", () => clearPaper());
    return d2;
  }
  var HEARD_MS = 8e3;
  var DESKS = window.headwatersDiagrams ??= /* @__PURE__ */ new Map();
  function diagram_default({ data: sent, parentElement, setTriggerValue }) {
    const data = sent instanceof Uint8Array ? parsed(sent) : sent, { name = "" } = data;
    const desk = DESKS.get(name) ?? { notes: {} };
    DESKS.set(name, desk);
    let d2 = parentElement.livingDiagram;
    if (!d2) {
      d2 = parentElement.livingDiagram = create(parentElement);
      d2.hasMoment = typeof desk.notes.state?.moment_s === "number";
    }
    d2.send = (name2, value) => {
      if (d2.pending && name2 !== "select" && name2 !== "point" && name2 !== "connect") setTriggerValue("select", d2.pending.id ?? "");
      if (d2.drawn && name2 === "select" && performance.now() - d2.drawnAt < HEARD_MS) setTriggerValue("connect", d2.drawn);
      setTriggerValue(name2, value);
    };
    heedLeaving();
    desk.diagram = d2;
    const hear = (note) => {
      if ("followed" in note) receiveFollowed(d2, note);
      else if ("caught_up" in note) receiveLate(d2, note);
      else if ("run" in note) receiveRun(d2, note);
      else confirmState(d2, note);
    };
    desk.hear = hear;
    receive(d2, data);
    for (const note of Object.values(desk.notes)) if (note !== d2.said) hear(note);
    clearTimeout(d2.leaving);
    return () => {
      d2.leaving = setTimeout(() => {
        if (d2.root.isConnected) return;
        d2.end();
        delete parentElement.livingDiagram;
        if (desk.diagram === d2) DESKS.delete(name);
      }, 500);
    };
  }

  // lifecycle/diagram/living/script/film/film.js
  var film_exports = {};
  __export(film_exports, {
    openFilm: () => openFilm
  });

  // js/node_modules/gifenc/dist/gifenc.esm.js
  var X = { signature: "GIF", version: "89a", trailer: 59, extensionIntroducer: 33, applicationExtensionLabel: 255, graphicControlExtensionLabel: 249, imageSeparator: 44, signatureSize: 3, versionSize: 3, globalColorTableFlagMask: 128, colorResolutionMask: 112, sortFlagMask: 8, globalColorTableSizeMask: 7, applicationIdentifierSize: 8, applicationAuthCodeSize: 3, disposalMethodMask: 28, userInputFlagMask: 2, transparentColorFlagMask: 1, localColorTableFlagMask: 128, interlaceFlagMask: 64, idSortFlagMask: 32, localColorTableSizeMask: 7 };
  function F(t2 = 256) {
    let e2 = 0, s2 = new Uint8Array(t2);
    return { get buffer() {
      return s2.buffer;
    }, reset() {
      e2 = 0;
    }, bytesView() {
      return s2.subarray(0, e2);
    }, bytes() {
      return s2.slice(0, e2);
    }, writeByte(r2) {
      n2(e2 + 1), s2[e2] = r2, e2++;
    }, writeBytes(r2, o2 = 0, i2 = r2.length) {
      n2(e2 + i2);
      for (let c2 = 0; c2 < i2; c2++) s2[e2++] = r2[c2 + o2];
    }, writeBytesView(r2, o2 = 0, i2 = r2.byteLength) {
      n2(e2 + i2), s2.set(r2.subarray(o2, o2 + i2), e2), e2 += i2;
    } };
    function n2(r2) {
      var o2 = s2.length;
      if (o2 >= r2) return;
      var i2 = 1024 * 1024;
      r2 = Math.max(r2, o2 * (o2 < i2 ? 2 : 1.125) >>> 0), o2 != 0 && (r2 = Math.max(r2, 256));
      let c2 = s2;
      s2 = new Uint8Array(r2), e2 > 0 && s2.set(c2.subarray(0, e2), 0);
    }
  }
  var O = 12;
  var J = 5003;
  var lt = [0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 1023, 2047, 4095, 8191, 16383, 32767, 65535];
  function at(t2, e2, s2, n2, r2 = F(512), o2 = new Uint8Array(256), i2 = new Int32Array(J), c2 = new Int32Array(J)) {
    let x2 = i2.length, a2 = Math.max(2, n2);
    o2.fill(0), c2.fill(0), i2.fill(-1);
    let l2 = 0, f2 = 0, g2 = a2 + 1, h2 = g2, b2 = false, w2 = h2, _2 = (1 << w2) - 1, u2 = 1 << g2 - 1, k = u2 + 1, B = u2 + 2, p2 = 0, A2 = s2[0], z2 = 0;
    for (let y2 = x2; y2 < 65536; y2 *= 2) ++z2;
    z2 = 8 - z2, r2.writeByte(a2), I2(u2);
    let d2 = s2.length;
    for (let y2 = 1; y2 < d2; y2++) {
      t: {
        let m2 = s2[y2], v2 = (m2 << O) + A2, M2 = m2 << z2 ^ A2;
        if (i2[M2] === v2) {
          A2 = c2[M2];
          break t;
        }
        let V2 = M2 === 0 ? 1 : x2 - M2;
        for (; i2[M2] >= 0; ) if (M2 -= V2, M2 < 0 && (M2 += x2), i2[M2] === v2) {
          A2 = c2[M2];
          break t;
        }
        I2(A2), A2 = m2, B < 1 << O ? (c2[M2] = B++, i2[M2] = v2) : (i2.fill(-1), B = u2 + 2, b2 = true, I2(u2));
      }
    }
    return I2(A2), I2(k), r2.writeByte(0), r2.bytesView();
    function I2(y2) {
      for (l2 &= lt[f2], f2 > 0 ? l2 |= y2 << f2 : l2 = y2, f2 += w2; f2 >= 8; ) o2[p2++] = l2 & 255, p2 >= 254 && (r2.writeByte(p2), r2.writeBytesView(o2, 0, p2), p2 = 0), l2 >>= 8, f2 -= 8;
      if ((B > _2 || b2) && (b2 ? (w2 = h2, _2 = (1 << w2) - 1, b2 = false) : (++w2, _2 = w2 === O ? 1 << w2 : (1 << w2) - 1)), y2 == k) {
        for (; f2 > 0; ) o2[p2++] = l2 & 255, p2 >= 254 && (r2.writeByte(p2), r2.writeBytesView(o2, 0, p2), p2 = 0), l2 >>= 8, f2 -= 8;
        p2 > 0 && (r2.writeByte(p2), r2.writeBytesView(o2, 0, p2), p2 = 0);
      }
    }
  }
  var $ = at;
  function D(t2, e2, s2) {
    return t2 << 8 & 63488 | e2 << 2 & 992 | s2 >> 3;
  }
  function G(t2, e2, s2, n2) {
    return t2 >> 4 | e2 & 240 | (s2 & 240) << 4 | (n2 & 240) << 8;
  }
  function j(t2, e2, s2) {
    return t2 >> 4 << 8 | e2 & 240 | s2 >> 4;
  }
  function R(t2, e2, s2) {
    return t2 < e2 ? e2 : t2 > s2 ? s2 : t2;
  }
  function T(t2) {
    return t2 * t2;
  }
  function tt(t2, e2, s2) {
    var n2 = 0, r2 = 1e100;
    let o2 = t2[e2], i2 = o2.cnt, c2 = o2.ac, x2 = o2.rc, a2 = o2.gc, l2 = o2.bc;
    for (var f2 = o2.fw; f2 != 0; f2 = t2[f2].fw) {
      let h2 = t2[f2], b2 = h2.cnt, w2 = i2 * b2 / (i2 + b2);
      if (!(w2 >= r2)) {
        var g2 = 0;
        s2 && (g2 += w2 * T(h2.ac - c2), g2 >= r2) || (g2 += w2 * T(h2.rc - x2), !(g2 >= r2) && (g2 += w2 * T(h2.gc - a2), !(g2 >= r2) && (g2 += w2 * T(h2.bc - l2), !(g2 >= r2) && (r2 = g2, n2 = f2))));
      }
    }
    o2.err = r2, o2.nn = n2;
  }
  function Q() {
    return { ac: 0, rc: 0, gc: 0, bc: 0, cnt: 0, nn: 0, fw: 0, bk: 0, tm: 0, mtm: 0, err: 0 };
  }
  function ut(t2, e2) {
    let s2 = e2 === "rgb444" ? 4096 : 65536, n2 = new Array(s2), r2 = t2.length;
    if (e2 === "rgba4444") for (let o2 = 0; o2 < r2; ++o2) {
      let i2 = t2[o2], c2 = i2 >> 24 & 255, x2 = i2 >> 16 & 255, a2 = i2 >> 8 & 255, l2 = i2 & 255, f2 = G(l2, a2, x2, c2), g2 = f2 in n2 ? n2[f2] : n2[f2] = Q();
      g2.rc += l2, g2.gc += a2, g2.bc += x2, g2.ac += c2, g2.cnt++;
    }
    else if (e2 === "rgb444") for (let o2 = 0; o2 < r2; ++o2) {
      let i2 = t2[o2], c2 = i2 >> 16 & 255, x2 = i2 >> 8 & 255, a2 = i2 & 255, l2 = j(a2, x2, c2), f2 = l2 in n2 ? n2[l2] : n2[l2] = Q();
      f2.rc += a2, f2.gc += x2, f2.bc += c2, f2.cnt++;
    }
    else for (let o2 = 0; o2 < r2; ++o2) {
      let i2 = t2[o2], c2 = i2 >> 16 & 255, x2 = i2 >> 8 & 255, a2 = i2 & 255, l2 = D(a2, x2, c2), f2 = l2 in n2 ? n2[l2] : n2[l2] = Q();
      f2.rc += a2, f2.gc += x2, f2.bc += c2, f2.cnt++;
    }
    return n2;
  }
  function H(t2, e2, s2 = {}) {
    let { format: n2 = "rgb565", clearAlpha: r2 = true, clearAlphaColor: o2 = 0, clearAlphaThreshold: i2 = 0, oneBitAlpha: c2 = false } = s2;
    if (!t2 || !t2.buffer) throw new Error("quantize() expected RGBA Uint8Array data");
    if (!(t2 instanceof Uint8Array) && !(t2 instanceof Uint8ClampedArray)) throw new Error("quantize() expected RGBA Uint8Array data");
    let x2 = new Uint32Array(t2.buffer), a2 = s2.useSqrt !== false, l2 = n2 === "rgba4444", f2 = ut(x2, n2), g2 = f2.length, h2 = g2 - 1, b2 = new Uint32Array(g2 + 1);
    for (var w2 = 0, u2 = 0; u2 < g2; ++u2) {
      let C2 = f2[u2];
      if (C2 != null) {
        var _2 = 1 / C2.cnt;
        l2 && (C2.ac *= _2), C2.rc *= _2, C2.gc *= _2, C2.bc *= _2, f2[w2++] = C2;
      }
    }
    T(e2) / w2 < 0.022 && (a2 = false);
    for (var u2 = 0; u2 < w2 - 1; ++u2) f2[u2].fw = u2 + 1, f2[u2 + 1].bk = u2, a2 && (f2[u2].cnt = Math.sqrt(f2[u2].cnt));
    a2 && (f2[u2].cnt = Math.sqrt(f2[u2].cnt));
    var k, B, p2;
    for (u2 = 0; u2 < w2; ++u2) {
      tt(f2, u2, false);
      var A2 = f2[u2].err;
      for (B = ++b2[0]; B > 1 && (p2 = B >> 1, !(f2[k = b2[p2]].err <= A2)); B = p2) b2[B] = k;
      b2[B] = u2;
    }
    var z2 = w2 - e2;
    for (u2 = 0; u2 < z2; ) {
      for (var d2; ; ) {
        var I2 = b2[1];
        if (d2 = f2[I2], d2.tm >= d2.mtm && f2[d2.nn].mtm <= d2.tm) break;
        d2.mtm == h2 ? I2 = b2[1] = b2[b2[0]--] : (tt(f2, I2, false), d2.tm = u2);
        var A2 = f2[I2].err;
        for (B = 1; (p2 = B + B) <= b2[0] && (p2 < b2[0] && f2[b2[p2]].err > f2[b2[p2 + 1]].err && p2++, !(A2 <= f2[k = b2[p2]].err)); B = p2) b2[B] = k;
        b2[B] = I2;
      }
      var y2 = f2[d2.nn], m2 = d2.cnt, v2 = y2.cnt, _2 = 1 / (m2 + v2);
      l2 && (d2.ac = _2 * (m2 * d2.ac + v2 * y2.ac)), d2.rc = _2 * (m2 * d2.rc + v2 * y2.rc), d2.gc = _2 * (m2 * d2.gc + v2 * y2.gc), d2.bc = _2 * (m2 * d2.bc + v2 * y2.bc), d2.cnt += y2.cnt, d2.mtm = ++u2, f2[y2.bk].fw = y2.fw, f2[y2.fw].bk = y2.bk, y2.mtm = h2;
    }
    let M2 = [];
    var V2 = 0;
    for (u2 = 0; ; ++V2) {
      let L2 = R(Math.round(f2[u2].rc), 0, 255), C2 = R(Math.round(f2[u2].gc), 0, 255), Y = R(Math.round(f2[u2].bc), 0, 255), E2 = 255;
      if (l2) {
        if (E2 = R(Math.round(f2[u2].ac), 0, 255), c2) {
          let st = typeof c2 == "number" ? c2 : 127;
          E2 = E2 <= st ? 0 : 255;
        }
        r2 && E2 <= i2 && (L2 = C2 = Y = o2, E2 = 0);
      }
      let K2 = l2 ? [L2, C2, Y, E2] : [L2, C2, Y];
      if (xt(M2, K2) || M2.push(K2), (u2 = f2[u2].fw) == 0) break;
    }
    return M2;
  }
  function xt(t2, e2) {
    for (let s2 = 0; s2 < t2.length; s2++) {
      let n2 = t2[s2], r2 = n2[0] === e2[0] && n2[1] === e2[1] && n2[2] === e2[2], o2 = n2.length >= 4 && e2.length >= 4 ? n2[3] === e2[3] : true;
      if (r2 && o2) return true;
    }
    return false;
  }
  function ct(t2 = {}) {
    let { initialCapacity: e2 = 4096, auto: s2 = true } = t2, n2 = F(e2), r2 = 5003, o2 = new Uint8Array(256), i2 = new Int32Array(r2), c2 = new Int32Array(r2), x2 = false;
    return { reset() {
      n2.reset(), x2 = false;
    }, finish() {
      n2.writeByte(X.trailer);
    }, bytes() {
      return n2.bytes();
    }, bytesView() {
      return n2.bytesView();
    }, get buffer() {
      return n2.buffer;
    }, get stream() {
      return n2;
    }, writeHeader: a2, writeFrame(l2, f2, g2, h2 = {}) {
      let { transparent: b2 = false, transparentIndex: w2 = 0, delay: _2 = 0, palette: u2 = null, repeat: k = 0, colorDepth: B = 8, dispose: p2 = -1 } = h2, A2 = false;
      if (s2 ? x2 || (A2 = true, a2(), x2 = true) : A2 = Boolean(h2.first), f2 = Math.max(0, Math.floor(f2)), g2 = Math.max(0, Math.floor(g2)), A2) {
        if (!u2) throw new Error("First frame must include a { palette } option");
        pt(n2, f2, g2, u2, B), it(n2, u2), k >= 0 && dt(n2, k);
      }
      let z2 = Math.round(_2 / 10);
      wt(n2, p2, z2, b2, w2);
      let d2 = Boolean(u2) && !A2;
      ht(n2, f2, g2, d2 ? u2 : null), d2 && it(n2, u2), yt(n2, l2, f2, g2, B, o2, i2, c2);
    } };
    function a2() {
      ft(n2, "GIF89a");
    }
  }
  function wt(t2, e2, s2, n2, r2) {
    t2.writeByte(33), t2.writeByte(249), t2.writeByte(4), r2 < 0 && (r2 = 0, n2 = false);
    var o2, i2;
    n2 ? (o2 = 1, i2 = 2) : (o2 = 0, i2 = 0), e2 >= 0 && (i2 = e2 & 7), i2 <<= 2;
    let c2 = 0;
    t2.writeByte(0 | i2 | c2 | o2), S(t2, s2), t2.writeByte(r2 || 0), t2.writeByte(0);
  }
  function pt(t2, e2, s2, n2, r2 = 8) {
    let o2 = 1, i2 = 0, c2 = Z(n2.length) - 1, x2 = o2 << 7 | r2 - 1 << 4 | i2 << 3 | c2, a2 = 0, l2 = 0;
    S(t2, e2), S(t2, s2), t2.writeBytes([x2, a2, l2]);
  }
  function dt(t2, e2) {
    t2.writeByte(33), t2.writeByte(255), t2.writeByte(11), ft(t2, "NETSCAPE2.0"), t2.writeByte(3), t2.writeByte(1), S(t2, e2), t2.writeByte(0);
  }
  function it(t2, e2) {
    let s2 = 1 << Z(e2.length);
    for (let n2 = 0; n2 < s2; n2++) {
      let r2 = [0, 0, 0];
      n2 < e2.length && (r2 = e2[n2]), t2.writeByte(r2[0]), t2.writeByte(r2[1]), t2.writeByte(r2[2]);
    }
  }
  function ht(t2, e2, s2, n2) {
    if (t2.writeByte(44), S(t2, 0), S(t2, 0), S(t2, e2), S(t2, s2), n2) {
      let r2 = 0, o2 = 0, i2 = Z(n2.length) - 1;
      t2.writeByte(128 | r2 | o2 | 0 | i2);
    } else t2.writeByte(0);
  }
  function yt(t2, e2, s2, n2, r2 = 8, o2, i2, c2) {
    $(s2, n2, e2, r2, t2, o2, i2, c2);
  }
  function S(t2, e2) {
    t2.writeByte(e2 & 255), t2.writeByte(e2 >> 8 & 255);
  }
  function ft(t2, e2) {
    for (var s2 = 0; s2 < e2.length; s2++) t2.writeByte(e2.charCodeAt(s2));
  }
  function Z(t2) {
    return Math.max(Math.ceil(Math.log2(t2)), 1);
  }

  // js/node_modules/lean-qr/index.mjs
  var t = [0.2, 3 / 8, 5 / 9, 2 / 3];
  var o = (o2, e2) => (r2) => {
    const n2 = 4 * o2 + r2 - 4, s2 = "*-04-39?2$%%$%%'$%''%'''%')(%'))%(++'(++'(+.'+-.',/3',33)-/5)-43).36)058*18<+37<+4:<,4:E,5<A-7>C/8@F/:EH/<EK0=FM1?IP2@KS3BNV4DPY5FS\\6HV_6IXb7K[e8N^i9Pam;Rdp<Tgt".charCodeAt(n2) - 35, f2 = n2 > 8 ? s2 : 1, c2 = e2 / f2 | 0, i2 = e2 % f2, l2 = f2 - i2, a2 = n2 > 8 ? c2 * t[r2] + (o2 > 5) & -2 : s2, _2 = c2 - a2;
    return { t: l2 * _2 + i2 * _2 + i2, o: [[l2, _2], [i2, _2 + 1]], i: a2 };
  };
  var e = { min: 0, L: 0, M: 1, Q: 2, H: 3, max: 3 };
  var r = (t2) => new Uint8Array(t2);
  var n = (t2) => {
    const o2 = new Error(`lean-qr error ${t2}`);
    throw o2.code = t2, o2;
  };
  var s = (t2) => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".indexOf(t2);
  var f = (t2) => t2.charCodeAt(0);
  var c = (...t2) => (o2, e2) => t2.forEach((t3) => t3(o2, e2));
  var i = (t2) => (o2) => {
    o2.eci !== t2 && (o2.push(7, 4), t2 < 128 ? o2.push(t2, 8) : t2 < 16384 ? o2.push(32768 | t2, 16) : o2.push(12582912 | t2, 24), o2.eci = t2);
  };
  var l = (t2) => (o2, e2) => {
    o2.push(4, 4), o2.push(t2.length, 8 + 8 * (e2 > 9)), t2.forEach((t3) => o2.push(t3, 8));
  };
  var a = (t2, o2, e2, r2, n2 = (t3, o3) => e2(t3.length, o3), s2 = r2 ? (o3) => c(i(r2), t2(o3)) : t2) => (s2.test = o2, s2.l = e2, s2.est = n2, s2.eci = r2 && [r2], s2);
  var _ = a((t2) => (o2, e2) => {
    o2.push(1, 4), o2.push(t2.length, 10 + 2 * (e2 > 26) + 2 * (e2 > 9));
    let r2 = 0;
    for (; r2 < t2.length - 2; r2 += 3) o2.push(+t2.slice(r2, r2 + 3), 10);
    r2 < t2.length - 1 ? o2.push(+t2.slice(r2), 7) : r2 < t2.length && o2.push(+t2[r2], 4);
  }, (t2) => /[0-9]/.test(t2), (t2, o2) => 14 + 2 * (o2 > 26) + 2 * (o2 > 9) + 10 * t2 / 3);
  var u = a((t2) => (o2, e2) => {
    o2.push(2, 4), o2.push(t2.length, 9 + 2 * (e2 > 26) + 2 * (e2 > 9));
    let r2 = 0;
    for (; r2 < t2.length - 1; r2 += 2) o2.push(45 * s(t2[r2]) + s(t2[r2 + 1]), 11);
    r2 < t2.length && o2.push(s(t2[r2]), 6);
  }, (t2) => s(t2) >= 0, (t2, o2) => 13 + 2 * (o2 > 26) + 2 * (o2 > 9) + 5.5 * t2);
  var d = a((t2) => l([...t2].map(f)), (t2) => f(t2) < 128, (t2, o2) => 12 + 8 * (o2 > 9) + 8 * t2);
  d._ = true, d.u = true;
  var p = a(d, (t2) => f(t2) < 256, d.l, 3);
  p._ = true;
  var m = new TextEncoder();
  var h = a((t2) => l(m.encode(t2)), () => 1, 0, 26, (t2, o2) => 12 + 8 * (o2 > 9) + 8 * m.encode(t2).length);
  h._ = true;
  var w = () => {
    const t2 = /* @__PURE__ */ new Map(), o2 = new TextDecoder("sjis"), e2 = r(2);
    for (let r2 = 0; r2 < 7973; ++r2) e2[0] = r2 / 192 + 129 + 64 * (r2 > 5951), e2[1] = r2 % 192 + 64, t2.set(o2.decode(e2), r2);
    return t2.delete("�"), w = () => t2, t2;
  };
  var y = a((t2) => (o2, e2) => {
    o2.push(8, 4), o2.push(t2.length, 8 + 2 * (e2 > 26) + 2 * (e2 > 9));
    for (const e3 of t2) o2.push(w().get(e3), 13);
  }, (t2) => w().has(t2), (t2, o2) => 12 + 2 * (o2 > 26) + 2 * (o2 > 9) + 13 * t2);
  y._ = true;
  var g = [_, u, d, p, y, h];
  var b = { auto: (t2, { modes: o2 = g } = {}) => (e2, r2) => {
    const s2 = o2.map((o3, e3) => {
      const n2 = /* @__PURE__ */ new Map(), s3 = (t3, o4) => (n2.has(t3) || n2.set(t3, o4(t3, r2)), n2.get(t3));
      return { m: o3, h: 1 << e3, C: o3.est("", r2), S: o3.l ? (t3, e4) => s3(e4 - t3, o3.l) : (e4, r3) => s3(t2.slice(e4, r3), o3.est) };
    });
    let f2 = [{ v: 0 }], c2 = 0, i2 = 0, l2 = -1;
    for (const o3 of [...t2, ""]) {
      let t3 = 0;
      if (o3) for (const e3 of s2) e3.m.test(o3) && (t3 |= e3.h);
      if (!o3 || t3 !== l2) {
        if (-1 !== l2) {
          const t4 = new Set(f2.map((t5) => t5.D)), o4 = [];
          for (const { m: e3, C: r3, S: n2, h: a3 } of s2) if (l2 & a3) {
            const s3 = n2(c2, i2);
            for (const l3 of e3.eci ?? t4) if (!e3.u || !l3) {
              let t5;
              for (const o5 of f2) if (o5.D === l3 || e3.eci) {
                const f3 = o5.m === e3 && o5.D === l3, a4 = f3 ? o5.V : o5, _2 = e3._ && f3 ? o5.v + s3 - r3 : a4.v + 12 * (a4.D !== l3) + (f3 ? n2(f3 ? o5.$ : c2, i2) : s3);
                (!t5 || _2 < t5.v) && (t5 = { $: f3 ? o5.$ : c2, V: a4, m: e3, D: l3, A: i2, v: _2 });
              }
              t5 && o4.push(t5);
            }
          }
          f2 = o4;
        }
        l2 = t3, c2 = i2;
      }
      i2 += o3.length;
    }
    f2.length || n(5);
    const a2 = [];
    for (let o3 = f2.reduce((t3, o4) => o4.v < t3.v ? o4 : t3); o3.m; o3 = o3.V) a2.push(o3.m(t2.slice(o3.$, o3.A)));
    a2.reverse().forEach((t3) => t3(e2, r2));
  }, multi: c, eci: i, bytes: l, numeric: _, alphaNumeric: u, ascii: d, iso8859_1: p, shift_jis: y, utf8: h };
  var C = () => ({ F: r(2956), I: 0, push(t2, o2) {
    for (let e2 = o2, r2 = 8 - (7 & this.I); e2 > 0; e2 -= r2, r2 = 8) this.F[this.I >> 3] |= t2 << r2 >> e2, this.I += e2 < r2 ? e2 : r2;
  } });
  var x = (t2, o2 = t2 * t2, e2 = r(o2)) => ({ size: t2, K: e2, get: (o3, r2) => o3 >= 0 && o3 < t2 && !!(1 & e2[r2 * t2 + o3]), toString({ on: o3 = "##", off: e3 = "  ", lf: r2 = "\n", pad: n2 = 4, padX: s2 = n2, padY: f2 = n2 } = {}) {
    let c2 = "";
    for (let n3 = -f2; n3 < t2 + f2; ++n3) {
      for (let r3 = -s2; r3 < t2 + s2; ++r3) c2 += this.get(r3, n3) ? o3 : e3;
      c2 += r2;
    }
    return c2;
  }, toImageData(o3, { on: e3 = [0, 0, 0], off: r2 = [0, 0, 0, 0], pad: n2 = 4, padX: s2 = n2, padY: f2 = n2 } = {}) {
    const c2 = t2 + 2 * s2, i2 = t2 + 2 * f2, l2 = o3.createImageData(c2, i2), a2 = new Uint32Array(l2.data.buffer);
    l2.data.set([...e3, 255]);
    const _2 = a2[0];
    l2.data.set([...r2, 255]);
    const u2 = a2[0];
    for (let t3 = 0; t3 < i2; ++t3) for (let o4 = 0; o4 < c2; ++o4) a2[t3 * c2 + o4] = this.get(o4 - s2, t3 - f2) ? _2 : u2;
    return l2;
  }, toCanvas(t3, o3) {
    const e3 = t3.getContext("2d"), r2 = this.toImageData(e3, o3);
    t3.width = r2.width, t3.height = r2.height, e3.putImageData(r2, 0, 0);
  }, toDataURL({ type: t3 = "image/png", scale: o3 = 1, ...e3 } = {}) {
    const r2 = document.createElement("canvas"), n2 = r2.getContext("2d"), s2 = this.toImageData(n2, e3);
    return r2.width = s2.width * o3, r2.height = s2.height * o3, n2.putImageData(s2, 0, 0), n2.imageSmoothingEnabled = false, n2.globalCompositeOperation = "copy", n2.drawImage(r2, 0, 0, s2.width, s2.height, 0, 0, r2.width, r2.height), r2.toDataURL(t3, 1);
  } });
  var z = [(t2, o2) => 1 & (t2 ^ o2), (t2, o2) => 1 & o2, (t2) => t2 % 3, (t2, o2) => (t2 + o2) % 3, (t2, o2) => 1 & (t2 / 3 ^ o2 >> 1), (t2, o2) => (t2 & o2 & 1) + t2 * o2 % 3, (t2, o2) => (t2 & o2) + t2 * o2 % 3 & 1, (t2, o2) => (t2 ^ o2) + t2 * o2 % 3 & 1];
  var E = r(511);
  for (let t2 = 0, o2 = 1; t2 < 255; o2 = 2 * o2 ^ 285 * (o2 > 127)) E[E[o2 + 255] = t2++] = o2;
  var M = (t2) => E[t2 % 255];
  var S2 = (t2) => E[t2 + 255];
  var v = (t2, o2) => {
    const e2 = r(t2.length + o2.length - 1);
    for (let r2 = 0; r2 < t2.length; ++r2) for (let n2 = 0; n2 < o2.length; ++n2) e2[r2 + n2] ^= M(t2[r2] + o2[n2]);
    return e2.map(S2);
  };
  var D2 = (t2, o2) => {
    const e2 = r(t2.length + o2.length - 1);
    e2.set(t2, 0);
    for (let r2 = 0; r2 < t2.length; ++r2) if (e2[r2]) {
      const t3 = S2(e2[r2]);
      for (let n2 = 0; n2 < o2.length; ++n2) e2[r2 + n2] ^= M(o2[n2] + t3);
    }
    return e2.slice(t2.length);
  };
  var L = [[0], [0, 0]];
  for (let t2 = 1; t2 < 30; ++t2) L.push(v(L[t2], [0, t2]));
  var V = (t2, o2) => {
    const e2 = [[], []];
    let n2 = 0, s2 = 0;
    for (const [r2, f3] of o2.o) for (let c2 = 0; c2 < r2; ++c2, n2 += f3) {
      const r3 = t2.slice(n2, n2 + f3);
      e2[0].push(r3), e2[1].push(D2(r3, L[o2.i])), s2 += f3 + o2.i;
    }
    const f2 = r(s2);
    s2 = 0;
    for (const t3 of e2) for (let o3 = 0, e3 = -1; e3 < s2; ++o3) {
      e3 = s2;
      for (const e4 of t3) o3 < e4.length && (f2[s2++] = e4[o3]);
    }
    return f2;
  };
  var $2 = (t2, o2, e2) => {
    let r2 = t2 <<= e2;
    for (let t3 = 134217728; t3 >>= 1; ) r2 & t3 && (r2 ^= o2 * (t3 >> e2));
    return r2 | t2;
  };
  var A = ({ size: t2, K: o2 }, e2) => {
    const r2 = (e3, r3, n3, s3) => {
      for (; n3-- > 0; e3 += t2) o2.fill(s3, e3, e3 + r3);
    }, n2 = (o3, e3, n3) => {
      for (let s3 = 0; s3++ < 3; n3 -= 2) r2(e3 * t2 + o3 - (n3 >> 1) * (t2 + 1), n3, n3, 2 | s3);
    }, s2 = 2 * ((t2 - 13) / (1 + (e2 / 7 | 0)) / 2 + 0.75 | 0);
    if (e2 > 1) for (let o3 = t2 - 7; o3 > 8; o3 -= s2) {
      for (let t3 = o3; t3 > 8; t3 -= s2) n2(o3, t3, 5);
      o3 < t2 - 7 && n2(o3, 6, 5);
    }
    if (e2 > 6) for (let r3 = $2(e2, 7973, 12), n3 = 1; n3 < 7; ++n3) for (let e3 = 12; e3-- > 9; r3 >>= 1) o2[n3 * t2 - e3] = 2 | 1 & r3;
    r2(7, 2, 9, 2), r2(t2 - 8, 8, 9, 2);
    for (let e3 = 0; e3 < t2; ++e3) o2[6 * t2 + e3] = 3 ^ 1 & e3;
    n2(3, 3, 7), n2(t2 - 4, 3, 7);
    for (let e3 = 0; e3 < t2; ++e3) for (let r3 = e3; r3 < t2; ++r3) o2[r3 * t2 + e3] = o2[e3 * t2 + r3];
    o2[(t2 - 8) * t2 + 8] = 3;
  };
  var F2 = ({ size: t2, K: o2 }) => {
    const e2 = [];
    for (let r2 = t2 - 2, n2 = t2, s2 = -1; r2 >= 0; r2 -= 2) {
      for (5 === r2 && (r2 = 4); n2 += s2, -1 !== n2 && n2 !== t2; ) {
        const s3 = n2 * t2 + r2;
        o2[s3 + 1] || e2.push(s3 + 1), o2[s3] || e2.push(s3);
      }
      s2 *= -1;
    }
    return e2;
  };
  var H2 = ({ K: t2 }, o2, e2) => o2.forEach((o3, r2) => t2[o3] = e2[r2 >> 3] >> (7 & ~r2) & 1);
  var I = ({ size: t2, K: o2 }, e2, r2, n2) => {
    for (let r3 = 0; r3 < t2; ++r3) for (let n3 = 0; n3 < t2; ++n3) {
      const s3 = r3 * t2 + n3;
      o2[s3] ^= !(e2(n3, r3) || 2 & o2[s3]);
    }
    let s2 = 21522 ^ $2((1 ^ n2) << 3 | r2, 1335, 10);
    for (let e3 = 0; e3++ < 8; s2 >>= 1) o2[(e3 - (e3 < 7)) * t2 + 8] = 1 & s2, o2[9 * t2 - e3] = 1 & s2;
    for (let e3 = 8; --e3, s2; s2 >>= 1) o2[8 * t2 + e3 - (e3 < 7)] = 1 & s2, o2[(t2 - e3) * t2 + 8] = 1 & s2;
  };
  var K = ({ size: t2, K: o2 }, e2 = 0, r2 = 0) => {
    for (let n2 = 0; n2 < t2; ++n2) {
      for (let s2 = 0; s2 < 2; ++s2) for (let f2, c2 = 0, i2 = 0, l2 = 2; c2 < t2; ++c2) {
        const a2 = 1 & o2[s2 ? n2 * t2 + c2 : c2 * t2 + n2];
        r2 += a2, i2 = (i2 >> 1 | 2098176) & (3047517 ^ a2 - 1), 2049 & i2 && (e2 += 40), a2 ^ l2 && (f2 = 0), l2 = a2, e2 += 5 === ++f2 ? 3 : f2 > 5;
      }
      if (n2) for (let r3 = t2 + n2, s2 = 5 * o2[n2 - 1] ^ o2[n2]; r3 < t2 * t2; r3 += t2) {
        const t3 = 5 * o2[r3 - 1] ^ o2[r3];
        e2 += 3 * !(1 & (s2 | t3) | 4 & (s2 ^ t3)), s2 = t3;
      }
    }
    return e2 + 10 * (10 * Math.abs(r2 / (t2 * t2) - 1) | 0);
  };
  var N = [];
  var P = (t2 = n(1), { minCorrectionLevel: e2 = 0, maxCorrectionLevel: r2 = 3, minVersion: s2 = 1, maxVersion: f2 = 40, mask: c2, trailer: i2 = 60433, ...l2 } = {}) => {
    r2 < e2 && n(3), f2 < s2 && n(2), "string" == typeof t2 && (t2 = b.auto(t2, l2));
    for (let n2 = s2, l3 = 0; n2 <= f2; ++n2) {
      let s3 = N[n2];
      s3 || (N[n2] = s3 = x(4 * n2 + 17), A(s3, n2), s3.p = F2(s3));
      const f3 = o(n2, s3.p.length >> 3);
      if (8 * f3(e2).t < l3) continue;
      const a2 = C();
      t2(a2, n2), l3 = a2.I;
      for (let t3 = r2; t3 >= e2; --t3) {
        const o2 = f3(t3);
        if (8 * o2.t < l3) continue;
        for (a2.I = l3 + 11 & -8; a2.I < 8 * o2.t; ) a2.push(i2, 16);
        const e3 = x(s3.size, s3.K);
        return H2(e3, s3.p, V(a2.F, o2)), (z[c2] ? [z[c2]] : z).map((o3, r3) => {
          const n3 = x(e3.size, e3.K);
          return I(n3, o3, c2 ?? r3, t3), n3.s = z[c2] ? 0 : K(n3), n3;
        }).reduce((t4, o3) => o3.s < t4.s ? o3 : t4);
      }
    }
    n(4);
  };
  P.with = (...t2) => (o2, e2) => P(o2, { modes: [...g, ...t2], ...e2 });

  // lifecycle/diagram/living/script/film/shapes.js
  function shape(key, tag, attrs = {}, within = []) {
    const written = Object.fromEntries(Object.entries(attrs).map(([name, value]) => [name, rounded(String(value))]));
    const [text, children] = typeof within === "string" ? [within, []] : ["", within];
    return { key, tag, attrs: written, look: {}, text, children };
  }
  var rounded = (text) => text.replace(/-?\d*\.\d+(e[-+]?\d+)?/g, (number2) => String(Number(Number(number2).toFixed(2)) + 0));
  var escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  var svgText = (moments, lasts = 0) => textOf(moments, moments.map(() => null), lasts);
  function textOf(strand, parents, lasts) {
    const one = strand.find((at2) => at2 !== null);
    if (!one) return "";
    const attributes = [], changes = [];
    for (const [name, values] of timelines(strand, parents)) {
      if (values[0] !== "") attributes.push(` ${name}="${escaped(values[0])}"`);
      if (values.some((value) => value !== values[0])) changes.push(change2(name, values, lasts));
    }
    const within = childrenOf(strand).map((child) => textOf(child, strand, lasts)).join("");
    return `<${one.tag}${attributes.join("")}>${escaped(one.text)}${changes.join("")}${within}</${one.tag}>`;
  }
  function timelines(strand, parents) {
    const first = strand.find((at2) => at2 !== null) ?? null;
    let last = first;
    const filled = strand.map((at2) => last = at2 ?? last);
    const values = (read) => filled.map((at2) => (at2 && read(at2)) ?? "");
    const names = new Set(strand.flatMap((at2) => at2 ? Object.keys(at2.attrs) : []));
    const looks = new Set(strand.flatMap((at2) => at2 ? Object.keys(at2.look) : []));
    const inherits = (name) => strand.every((at2, i2) => !at2 || at2.look[name] === (name === "opacity" ? "1" : parents[i2]?.look[name]));
    const known2 = [...names].map((name) => [name, values((at2) => at2.attrs[name])]);
    for (const name of looks) if (!inherits(name)) known2.push([name, values((at2) => at2.look[name])]);
    const seen3 = strand.map((at2) => at2 ? "inline" : "none");
    if (strand.some((at2, i2) => !at2 && (parents[i2] || !parents.some(Boolean)))) known2.push(["display", seen3]);
    return known2;
  }
  function childrenOf(strand) {
    const order = [];
    const known2 = strand.map((at2) => new Map(at2?.children.map((child) => [child.key, child])));
    for (const children of known2) {
      let place = -1;
      for (const key of children.keys()) {
        const before = order.indexOf(key);
        if (before < 0) order.splice(place + 1, 0, key);
        place = before < 0 ? place + 1 : before;
      }
    }
    return order.map((key) => known2.map((children) => children.get(key) ?? null));
  }
  function change2(name, values, lasts) {
    const steps = values.flatMap((value, i2) => i2 === 0 || value !== values[i2 - 1] ? [i2] : []);
    const all = steps.length > values.length / 2;
    const times = all ? "" : ` keyTimes="${steps.map((i2) => String(Number((i2 / values.length).toFixed(4)))).join(";")}"`;
    const shown2 = (all ? values : steps.map((i2) => values[i2])).map((value) => name === "transform" ? value.replace(/translate\(|\)/g, "") : value);
    const [tag, kind] = name === "transform" ? ["animateTransform", ' type="translate"'] : ["animate", ""];
    return `<${tag} attributeName="${name}"${kind} dur="${lasts}s" repeatCount="indefinite" calcMode="discrete" values="${escaped(shown2.join(";"))}"${times}/>`;
  }

  // lifecycle/diagram/living/script/film/foot.js
  var [PAD, CAPTION, ADDRESS, CLOCK, CLOCK_WIDE, LINE] = [14, 15, 12.5, 20, 66, 1.35];
  var [MODULE, QUIET] = [3, 4];
  var LONG = 300;
  var MOST2 = 1e3;
  function codeOf(address) {
    if (!address || address.length > MOST2) return null;
    const plain = b.bytes(new TextEncoder().encode(address)), level = address.length < LONG ? e.M : e.L;
    const code = P(plain, { minCorrectionLevel: level });
    const places = Array.from({ length: code.size }, (_2, i2) => i2);
    return places.map((y2) => places.map((x2) => code.get(x2, y2)));
  }
  function codePath(code) {
    return code.map((row, y2) => row.map((dark, x2) => {
      if (!dark || row[x2 - 1]) return "";
      const end = row.indexOf(false, x2), length = (end < 0 ? row.length : end) - x2;
      return `M${x2} ${y2}h${length}v1h-${length}z`;
    }).join("")).join("");
  }
  function linesOf(text, room, measure) {
    const lines = [];
    let line = "";
    for (const word of text.trim().split(/(?<=\s)/)) {
      if (line && measure((line + word).trimEnd()) > room) lines.push(line.trimEnd()), line = "";
      for (const letter of word) {
        if (line && measure((line + letter).trimEnd()) > room) lines.push(line), line = "";
        line += letter;
      }
    }
    return line ? [...lines, line.trimEnd()] : lines;
  }
  function footOf(caption, address, { wide, family, ink, soft, measure }) {
    const code = codeOf(address), side = code ? (code.length + 2 * QUIET) * MODULE : 0;
    const x2 = PAD + CLOCK_WIDE, room = wide - x2 - PAD - (code ? side + PAD : 0);
    const said2 = linesOf(caption, room, (text) => measure(text, CAPTION)), where2 = linesOf(address, room, (text) => measure(text, ADDRESS));
    let y2 = PAD;
    const line = (text, size, fill, key) => shape(key, "text", { x: x2, y: (y2 += size * LINE) - size * 0.3, "font-size": size, fill }, text);
    const lines = [...said2.map((text, i2) => line(text, CAPTION, ink, `caption ${i2}`)), ...where2.map((text, i2) => line(text, ADDRESS, soft, `address ${i2}`))];
    const place = `translate(${wide - PAD - side + QUIET * MODULE} ${PAD + QUIET * MODULE}) scale(${MODULE})`;
    const drawn2 = !code ? [] : [
      shape("quiet", "rect", { x: wide - PAD - side, y: PAD, width: side, height: side, fill: "#ffffff" }),
      // dark on light is what all readers know
      shape("code", "path", { d: codePath(code), transform: place, fill: "#000000", "shape-rendering": "crispEdges" })
    ];
    const high = Math.max(y2, PAD + CLOCK * LINE, PAD + side) + PAD;
    return { high, foot: (clock2) => shape("foot", "g", { "font-family": family }, [
      shape(`clock ${clock2}`, "text", { x: PAD, y: PAD + CLOCK, "font-size": CLOCK, "font-weight": 600, fill: ink }, clock2),
      ...lines,
      ...drawn2
    ]) };
  }

  // lifecycle/diagram/living/script/film/stretch.js
  var [SHORTEST_S, LONGEST_S, USUAL_S] = [3, 15, 6];
  var RATES = { gif: 10, svg: 10, webm: 25 };
  function readClock(text) {
    const parts = /^\s*(\d{1,2})[:.](\d{2})\s*$/.exec(text);
    if (!parts) return null;
    const [hours, minutes] = [Number(parts[1]), Number(parts[2])];
    return minutes < 60 && hours * 60 + minutes <= 1440 ? hours * 3600 + minutes * 60 : null;
  }
  function faultOf({ from, to, lasts }, { start, end }) {
    if (from === null || to === null) return `“${from === null ? "From" : "To"}” is not a moment of a day: write it as 02:30.`;
    if (from < start || to > end) return `This day goes from ${clockWords(start)} to ${clockWords(end)}: choose a stretch within it.`;
    if (to <= from) return `The film would end at ${clockWords(to)}, not after its start at ${clockWords(from)}: choose a later “To”.`;
    if (!(lasts >= SHORTEST_S && lasts <= LONGEST_S)) return `A film lasts ${SHORTEST_S} to ${LONGEST_S} seconds: choose a length between them.`;
    return "";
  }
  function momentsOf({ from, to, lasts }, rate2) {
    const many = Math.round(lasts * rate2);
    return Array.from({ length: many }, (_2, i2) => from + (to - from) * i2 / (many - 1));
  }
  var fileName2 = ({ from, to, format }) => `pipeline-${[from, to].map((t2) => clockWords(t2).replace(":", "")).join("-")}.${format}`;

  // lifecycle/diagram/living/script/film/webm.js
  var KINDS2 = ["video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm"];
  var BITS_PER_S = 6e6;
  var recordable = () => typeof MediaRecorder === "function" ? KINDS2.find((kind) => MediaRecorder.isTypeSupported(kind)) : void 0;
  async function recorded(canvas, frames, rate2, signal) {
    const pen = canvas.getContext("2d"), stream = canvas.captureStream(rate2);
    const recorder = new MediaRecorder(stream, { mimeType: recordable(), videoBitsPerSecond: BITS_PER_S });
    const parts = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    const ended = new Promise((resolve, reject) => {
      recorder.onstop = resolve;
      recorder.onerror = () => reject(new Error("the browser stopped recording"));
    });
    recorder.start();
    const began = performance.now(), frame = 1e3 / rate2;
    for (let i2 = 0; i2 < frames.length && !signal.aborted; i2 = Math.max(i2 + 1, Math.floor((performance.now() - began) / frame))) {
      const image = await createImageBitmap(frames[i2]);
      pen?.drawImage(image, 0, 0);
      image.close();
      const wait = (i2 + 1) * frame - (performance.now() - began);
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    }
    recorder.stop();
    await ended;
    for (const track of stream.getTracks()) track.stop();
    signal.throwIfAborted();
    return new Blob(parts, { type: "video/webm" });
  }

  // lifecycle/diagram/living/script/film/form.js
  var USUAL_SPEED2 = 300;
  var FORMATS = { gif: "GIF", webm: "WebM video", svg: "Animated SVG" };
  var STYLE = `
.film { width: min(34rem, 92vw); padding: 16px 18px; border: 1px solid var(--line); border-radius: 12px; background: var(--ground); color: var(--ink); font: inherit; }
.film::backdrop { background: rgb(0 0 0 / 35%); }
.film h2 { margin: 0 0 8px; font-size: 1.0625rem; }
.film form { display: grid; gap: 10px; }
.film .row { display: flex; flex-wrap: wrap; gap: 6px 16px; align-items: center; }
.film fieldset { border: 0; margin: 0; padding: 0; }
.film legend { float: none; margin: 0; padding: 0; color: var(--soft); }
.film label { display: inline-flex; gap: 6px; align-items: center; min-height: 28px; }
.film .wide { display: grid; gap: 2px; }
.film :is([type=text], [type=number]) { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 7px; padding: 4px 8px; min-width: 0; }
.film .short { width: 5.2em; }
.film p { margin: 0; color: var(--soft); font-size: 0.8125rem; overflow-wrap: anywhere; }
.film .wrong { color: var(--alarm); font-weight: 600; }
.film :is(.wrong, .told):empty, .film progress:not(.on) { display: none; }
.film progress { width: 100%; accent-color: var(--accent); }
.film button { font: inherit; min-height: 34px; padding: 0 14px; border-radius: 8px; border: 1px solid var(--line); background: transparent; color: var(--ink); cursor: pointer; }
.film [type=submit] { background: var(--accent); border-color: var(--accent); color: var(--ground); }
.film :disabled { opacity: .55; cursor: default; }
`;
  function offered({ t: t2, speed, gold }, { start, end }) {
    const from = t2 < end - 60 ? Math.floor(t2 / 60) * 60 : start;
    const beats = gold?.followed.beats ?? [], place = gold?.place && !isOver(beats, gold.place) ? gold.place : null;
    const reached = place ? momentAt(beats, onward(beats, place, USUAL_S * USUAL_SPEED2 / speed)) : from + USUAL_S * (end - start) / speed;
    return { from, to: Math.min(Math.floor(end / 60) * 60, Math.max(from + 60, Math.ceil(reached / 60) * 60)) };
  }
  var addressAt = (address, from) => `${address}${/[?#]$/.test(address) ? "" : "&"}moment=${Math.round(from)}`;
  var labelled = (text, field) => el("label", {}, text, field);
  function filmForm(d2, day) {
    const { from, to } = offered(d2, day), { address = "", public: known2 = false } = d2.said?.film ?? {}, possible = recordable();
    const clock2 = (value) => el("input", { type: "text", class: "short", inputmode: "numeric", autocomplete: "off", value: clockWords(value) });
    const start = clock2(from), end = clock2(to);
    const lasts = el("input", { type: "number", class: "short", min: SHORTEST_S, max: LONGEST_S, step: 1, value: USUAL_S });
    const kinds = Object.entries(FORMATS).map(([value, text]) => {
      const off = value === "webm" && !possible;
      return el("label", {}, el("input", { type: "radio", name: "format", value, checked: value === "gif", disabled: off }), text);
    });
    const caption = el("input", { type: "text", maxlength: 200, value: d2.said?.film?.caption || d2.data.title });
    const foot = el("input", { type: "checkbox", checked: Boolean(address) && known2, disabled: !address });
    const notes = [
      possible ? "" : "This browser records no WebM; GIF and SVG it makes.",
      address ? !known2 ? "Only this machine finds the present address." : "" : "This copy has no address that others find."
    ];
    const fields = el(
      "fieldset",
      {},
      el("div", { class: "row" }, labelled("From", start), labelled("To", end), labelled("Lasts (seconds)", lasts)),
      el("div", { class: "row", role: "radiogroup", "aria-label": "Kind of file" }, ...kinds),
      el("label", { class: "wide" }, "Caption", caption),
      labelled("Address and QR code below the picture", foot),
      ...notes.filter(Boolean).map((text) => el("p", { text }))
    );
    function wish() {
      const asked = { from: readClock(start.value), to: readClock(end.value), lasts: lasts.valueAsNumber }, wrong = faultOf(asked, day);
      if (wrong || asked.from === null || asked.to === null) return wrong;
      const chosen2 = kinds.map(({ control }) => control).find((input) => input instanceof HTMLInputElement && input.checked);
      const format = (
        /** @type {Format} */
        chosen2 instanceof HTMLInputElement ? chosen2.value : "gif"
      );
      const shown2 = foot.checked ? addressAt(address, asked.from) : "";
      if (shown2 && !codeOf(shown2)) return "The address is too long for a QR code that a phone reads: leave address and QR code out.";
      return { from: asked.from, to: asked.to, lasts: Math.round(asked.lasts * RATES[format]) / RATES[format], format, caption: caption.value.trim(), address: shown2 };
    }
    return { fields, wish };
  }

  // lifecycle/diagram/living/script/film/gif.js
  var [EXACT, MIXED, UNCHANGED] = [150, 105, 255];
  var LEAVE = 1;
  function paletteOf(samples) {
    const counts = /* @__PURE__ */ new Map();
    for (const pixels of samples) for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
    const common = [...counts].sort(([a2, many], [b2, more]) => more - many || a2 - b2);
    const rest2 = common.slice(EXACT).flatMap(([pixel, many]) => Array(Math.min(many, 64)).fill(pixel));
    const palette = common.slice(0, EXACT).map(([pixel]) => [pixel & 255, pixel >> 8 & 255, pixel >> 16 & 255]);
    if (rest2.length) palette.push(...H(new Uint8Array(Uint32Array.from(rest2).buffer), MIXED, { format: "rgb565" }));
    while (palette.length <= UNCHANGED) palette.push([0, 0, 0]);
    return palette;
  }
  function nearestIn(palette) {
    const known2 = /* @__PURE__ */ new Map();
    return (pixel) => {
      const before = known2.get(pixel);
      if (before !== void 0) return before;
      const r2 = pixel & 255, g2 = pixel >> 8 & 255, b2 = pixel >> 16 & 255;
      let best = 0, least = Infinity;
      for (let i2 = 0; i2 < UNCHANGED && least; i2++) {
        const away = (palette[i2][0] - r2) ** 2 + (palette[i2][1] - g2) ** 2 + (palette[i2][2] - b2) ** 2;
        if (away < least) [best, least] = [i2, away];
      }
      known2.set(pixel, best);
      return best;
    };
  }
  function gifWriter(palette, width, height, delay) {
    const gif = ct(), nearest = nearestIn(palette);
    let before = null;
    return {
      add(pixels) {
        const now = new Uint8Array(pixels.length);
        for (let i2 = 0; i2 < pixels.length; i2++) now[i2] = i2 && pixels[i2] === pixels[i2 - 1] ? now[i2 - 1] : nearest(pixels[i2]);
        const drawn2 = before ? now.map((colour, i2) => colour === before?.[i2] ? UNCHANGED : colour) : now;
        const options = { delay, dispose: LEAVE, transparent: before !== null, transparentIndex: UNCHANGED };
        gif.writeFrame(drawn2, width, height, before ? options : { ...options, palette });
        before = now;
      },
      end() {
        gif.finish();
        return gif.bytes();
      }
    };
  }

  // lifecycle/diagram/living/script/film/reading.js
  var DRAWN = [
    "d",
    "x",
    "y",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "width",
    "height",
    "points",
    "transform",
    "clip-path",
    "text-anchor",
    "textLength",
    "lengthAdjust",
    "pathLength"
  ];
  var UNSAID = ["text-transform", "visibility"];
  var asAttribute = (value) => rounded(plainColour(value)).replace(/rgba?\((\d+), (\d+), (\d+)(?:, 1)?\)/g, (_2, ...rgb) => `#${rgb.slice(0, 3).map((x2) => Number(x2).toString(16).padStart(2, "0")).join("")}`).replace(/([\d.]+)px/g, "$1");
  function lookOf2(live) {
    const style = getComputedStyle(live);
    if (style.display === "none" || style.visibility === "hidden" || style.opacity === "0" || live.classList.contains("hit")) return null;
    return Object.fromEntries(KEPT2.filter((name) => !UNSAID.includes(name)).map((name) => [name, asAttribute(style.getPropertyValue(name))]));
  }
  function nameOf(ids, id) {
    const name = ids.get(id) ?? `c${ids.size + 1}`;
    ids.set(id, name);
    return name;
  }
  function readShape(live, key, ids) {
    const clip = live.tagName === "clipPath", hidden = live.parentElement?.tagName === "clipPath";
    const look = clip || hidden ? {} : lookOf2(live);
    if (!look || live.tagName === "title") return null;
    const text = live.tagName === "text" ? live.textContent : "", children = live.tagName === "text" ? [] : readChildren(live, ids);
    if (live.tagName === "text" && !text.trim() || live.tagName === "g" && !children.length) return null;
    const attrs = clip ? { id: nameOf(ids, live.id) } : {};
    for (const name of DRAWN) {
      const value = live.getAttribute(name);
      if (value !== null) attrs[name] = rounded(value.replace(/url\(#(.+)\)/, (_2, id) => `url(#${nameOf(ids, id)})`));
    }
    return { key, tag: live.tagName, attrs, look, text, children };
  }
  function readChildren(live, ids) {
    const moves = live.matches(".dots, .falls");
    const taken = {};
    return [...live.children].flatMap((child, i2) => {
      if (!(child instanceof SVGElement)) return [];
      const kind = child.classList[0] ?? "", turn = child.getAttribute("transform") ?? "";
      const nth = moves ? taken[kind] = (taken[kind] ?? 0) + 1 : i2;
      const key = [moves ? kind : "", nth, child.tagName === "text" ? child.textContent : "", /^translate\([^)]*\)$/.test(turn) ? "" : turn].join("|");
      return readShape(child, key, ids) ?? [];
    });
  }
  function readPicture({ back, front, viewBox: { x: x2, y: y2, w: w2, h: h2 } }, ids, scale) {
    return shape(
      "picture",
      "svg",
      { viewBox: `${x2} ${y2} ${w2} ${h2}`, width: w2 * scale, height: h2 * scale },
      [back, front].map((half, i2) => shape(`half ${i2}`, "g", {}, readChildren(half, ids)))
    );
  }

  // lifecycle/diagram/living/script/film/making.js
  var [WIDEST, LARGEST] = [1200, 2];
  var SAMPLES = [0, 0.5, 1];
  function forgetPlaces(scene) {
    for (const node of scene.nodes.values()) {
      if (!isStage(node)) continue;
      Object.assign(node, { signed: false, sign: void 0 });
      for (const mark2 of [node.lost, node.askers]) delete mark2.dataset.as;
    }
  }
  function atMoment(d2, scene, { paintStates: paintStates2, showFollowed: showFollowed2, dotsAsShapes: dotsAsShapes2 }, t2, read) {
    const before = { t: d2.t, still: d2.still }, place = d2.gold?.place;
    const draw2 = () => {
      forgetPlaces(scene);
      paintStates2(d2);
      showFollowed2(d2, false);
    };
    Object.assign(d2, { t: t2, still: false });
    draw2();
    const done = dotsAsShapes2(d2);
    try {
      return read();
    } finally {
      done();
      Object.assign(d2, before);
      if (d2.gold) d2.gold.place = place ?? null;
      draw2();
    }
  }
  async function cameraOf(d2, scene, hands, { from, to, format, caption, address }) {
    const { w: w2, h: h2 } = scene.viewBox, scale = format === "svg" ? 1 : Math.min(WIDEST / w2, LARGEST);
    const { fontFamily: family } = getComputedStyle(scene.front), page2 = getComputedStyle(d2.root), pen = el("canvas").getContext("2d");
    const faces = await fontFaces(family);
    const paper = {
      wide: w2 * scale,
      family,
      ink: asAttribute(page2.color),
      soft: asAttribute(getComputedStyle(d2.ui.legend).color),
      measure: (text, size) => {
        if (!pen) return text.length * size;
        pen.font = `${size}px ${family}`;
        return pen.measureText(text).width;
      }
    };
    const { high, foot } = footOf(caption, address, paper);
    const [width, height] = [w2 * scale, h2 * scale + high].map((length) => 2 * Math.ceil(length / 2));
    const ids = /* @__PURE__ */ new Map();
    const title = `${d2.data.title}, ${clockWords(from)} to ${clockWords(to)}`;
    const around = { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` };
    const at2 = (t2) => atMoment(d2, scene, hands, t2, () => shape("film", "svg", around, [
      shape("title", "title", {}, title),
      shape("style", "style", {}, faces),
      shape("ground", "rect", { width, height, fill: asAttribute(page2.backgroundColor) }),
      readPicture(scene, ids, scale),
      shape("below", "g", { transform: `translate(0 ${h2 * scale})` }, [foot(clockWords(t2))])
    ]));
    return { width, height, scale, at: at2 };
  }
  async function drawShape(pen, moment) {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText([moment]))}`;
    await image.decode();
    pen.drawImage(image, 0, 0);
  }
  async function makeFilm(d2, hands, wish, { signal, tell }) {
    const { scene, frames: day } = d2;
    if (!scene || !day) throw new Error("there is no day on screen");
    const moments = momentsOf(wish, RATES[wish.format]), camera = await cameraOf(d2, scene, hands, wish);
    const pictures = moments.length + (wish.format === "gif" ? SAMPLES.length : 0);
    let done = 0;
    const frame = async (i2) => {
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
      if (d2.scene !== scene || d2.frames !== day || !d2.root.isConnected) throw new Error("the day on screen, or its picture, is another one now");
      tell(++done, pictures);
      return camera.at(moments[i2]);
    };
    if (wish.format === "svg") {
      const shapes = [];
      for (const i2 of moments.keys()) shapes.push(await frame(i2));
      return new Blob([svgText(shapes, wish.lasts)], { type: "image/svg+xml" });
    }
    const canvas = el("canvas", { width: camera.width, height: camera.height }), pen = canvas.getContext("2d", { willReadFrequently: true });
    if (!pen) throw new Error("the browser has no room for a picture of this size");
    if (wish.format === "gif") return gifOf(pen, moments, frame);
    const drawn2 = [];
    for (const i2 of moments.keys()) {
      await drawShape(pen, await frame(i2));
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.95));
      if (!blob) throw new Error("the browser has no room for another frame");
      drawn2.push(blob);
    }
    return recorded(canvas, drawn2, RATES.webm, signal);
  }
  async function gifOf(pen, moments, frame) {
    const { width, height } = pen.canvas;
    const pixels = async (i2) => {
      await drawShape(pen, await frame(i2));
      return new Uint32Array(pen.getImageData(0, 0, width, height).data.buffer);
    };
    const samples = [];
    for (const share of SAMPLES) samples.push(await pixels(Math.round(share * (moments.length - 1))));
    const writer = gifWriter(paletteOf(samples), width, height, 1e3 / RATES.gif);
    for (const i2 of moments.keys()) writer.add(await pixels(i2));
    return new Blob([writer.end()], { type: "image/gif" });
  }

  // lifecycle/diagram/living/script/film/film.js
  function dress(root) {
    const tree = root.getRootNode();
    if (!(tree instanceof ShadowRoot || tree instanceof Document)) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    tree.adoptedStyleSheets.push(sheet);
    return () => tree.adoptedStyleSheets = tree.adoptedStyleSheets.filter((other) => other !== sheet);
  }
  function openFilm(d2, hands) {
    const { frames: day, playing } = d2;
    if (!day) return;
    const { fields, wish } = filmForm(d2, day), undress = dress(d2.root), dialog = el("dialog", { class: "film", "aria-label": "Save a film" });
    const wrong = el("p", { class: "wrong", role: "alert" }), told = el("p", { class: "told", role: "status" }), bar = el("progress", { "aria-label": "Pictures drawn" }), count = el("p", { class: "told", "aria-hidden": "true" });
    const make = el("button", { type: "submit", text: "Make the film" });
    let made = null;
    const leave2 = el("button", { type: "button", text: "Close", onclick: () => {
      if (made) made.abort();
      else dialog.close();
    } });
    const busy = (on) => {
      fields.disabled = make.disabled = on;
      bar.classList.toggle("on", on);
      write(leave2, on ? "Cancel" : "Close");
    };
    async function begin(event) {
      event.preventDefault();
      const asked = wish();
      write(wrong, typeof asked === "string" ? asked : "");
      write(told, "");
      if (typeof asked === "string") return;
      const { signal } = made = new AbortController();
      busy(true);
      leave2.focus();
      try {
        const film = await makeFilm(d2, hands, asked, { signal, tell: (done, of) => {
          Object.assign(bar, { max: of, value: done });
          write(count, `Picture ${done} of ${of}`);
          if (done === of && asked.format === "webm") write(told, `It is recorded now, which takes its ${asked.lasts} s.`);
        } });
        const name = fileName2(asked);
        download(name, film);
        write(told, `Saved ${name}, ${number(Math.ceil(film.size / 1e3))} kB.`);
      } catch (error) {
        if (signal.aborted) write(told, "Cancelled; nothing was saved.");
        else {
          write(told, "");
          write(wrong, `No film was made: ${error instanceof Error ? error.message : error}. If memory was short, a film of fewer seconds needs less.`);
        }
      }
      made = null;
      write(count, "");
      busy(false);
    }
    dialog.append(
      el("h2", { text: "Save a film of the clock" }),
      el("form", { novalidate: true, onsubmit: begin }, fields, bar, count, wrong, told, el("div", { class: "row" }, make, leave2))
    );
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    dialog.addEventListener("cancel", (event) => {
      if (!made) return;
      event.preventDefault();
      made.abort();
    });
    dialog.addEventListener("close", () => {
      made?.abort();
      dialog.remove();
      undress?.();
      if (playing && d2.root.isConnected) hands.setPlaying(d2, true);
    });
    hands.setPlaying(d2, false);
    d2.root.append(dialog);
    dialog.showModal();
  }

  // lifecycle/diagram/living/script/note.js
  var PATIENCE_MS2 = 3e3;
  function isOld(desk, said2) {
    if (desk.ahead?.before.run === said2.run && performance.now() - desk.ahead.at < PATIENCE_MS2) return true;
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
      nodes.unshift(el("p", { text: "What you chose is right, but something is still missing." }));
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
      said: (_variant, key, given, parts) => parts.flatMap((right, n2) => said(`(${n2 + 1}) ${given[n2] || "left empty"}${right ? "" : missed(given[n2] ?? "", key.blanks[n2])}`, right)),
      chosen: () => [],
      others: () => []
    },
    order: {
      said: (variant, _key, given, parts) => given.flatMap((step2, n2) => said(el("span", {}, `${n2 + 1}. `, htmlIn("span", variant.options[step2])), parts[n2])),
      chosen: () => [],
      others: () => []
    },
    match: {
      said: (variant, key, given, parts) => given.flatMap((pair, n2) => said(el("span", {}, htmlIn("span", variant.lefts[n2]), ` → ${variant.pairs[pair]}`), parts[n2], parts[n2] ? null : key.options[pair])),
      chosen: (key, given, parts) => given.filter((_2, n2) => !parts[n2]).map((pair) => ({ ...key.options[pair], right: false })),
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
      stemOf(variant, (n2) => el("b", { text: ` (${n2 + 1}) ___ ` })),
      el("p", { class: `verdict ${right ? "right" : "wrong"}`, tabindex: "-1", text: right ? "✓ Right." : "✗ Not yet." }),
      ...wording.said(variant, key, given, parts)
    ];
    if (right) {
      const others = wording.others(variant, key, given);
      if (others.length) nodes.push(el("details", {}, el("summary", { text: "Why not the others?" }), ...others));
      if (key.explanation) nodes.push(htmlIn("div", key.explanation, { class: "explanation" }));
    } else nodes.push(...resolved(question, key, wording.chosen(key, given, parts)));
    const questions = questionsOf(place);
    const onward2 = [...questions.keys()].filter((n2) => n2 !== nth && !answered(questions[n2])?.verdict.right), next = onward2.find((n2) => n2 > nth) ?? onward2[0];
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
    choice.append(el("option", { value: "", text: "None" }));
    for (
      const [label, lesson] of
      /** @type {[string, boolean][]} */
      [["Lessons", true], ["Talks", false]]
    ) {
      const options = COURSE.talks.filter((talk) => talk.lesson === lesson).map((talk) => el("option", { value: talk.id, text: talk.title }));
      if (options.length) choice.append(el("optgroup", { label }, ...options));
    }
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
    const by = TURNS[event.key], at2 = event.target;
    if (!by || !page.state.talk || !(at2 instanceof Element) || isChord(event) || event.shiftKey || at2.closest(READS_KEYS)) {
      pointed = false;
      return;
    }
    if (at2.closest("input, select") && at2.id !== "talk-choice" && !pointed) return;
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
    const reveal2 = el("button", { type: "button", text: "Show the answer" }), shown2 = el("div", { role: "status" });
    const again = () => askInTalk(question), answer = answered(question);
    host.replaceChildren(body, el("p", { class: "row" }, reveal2), shown2);
    reveal2.addEventListener("click", () => {
      shown2.replaceChildren(...revealed(question));
      reveal2.hidden = true;
    });
    if (answer && page.trying !== question.id) {
      showVerdict(body, "", question, answer, { nth: 0, pick: again, again });
      reveal2.hidden = answer.verdict.right;
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
    const reveal2 = el("button", { type: "button", class: "primary", text: "Show what the simulation says", onclick: () => {
      told.textContent = `Simulated: ${`${number(unsealed(sealed, salt))} ${unit}`.trim()}. You said ${words(Number(input.value))}.`;
    } });
    byId("talk-ask").replaceChildren(el(
      "div",
      { class: "question" },
      el("label", { for: "talk-guess", text: `Your prediction: ${label}` }),
      input,
      shown2,
      el("p", { class: "small", text: `From ${words(low)} to ${words(high)}` }),
      el("p", { class: "row" }, reveal2),
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
      const at2 = part.indexOf("=");
      parts.push(`${part.slice(0, at2)}=${plainly(part.slice(at2 + 1))}`);
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
    return "blanks" in key ? key.blanks.map((accepted, i2) => doubt(String(given[i2] ?? ""), accepted, question.id)).filter(Boolean) : [];
  }
  var inRange = (given, count) => {
    if (!Array.isArray(given) || given.some((nth) => !Number.isInteger(nth) || nth < 0 || nth >= count)) throw new Error("an answer to another question");
    return given;
  };
  var judgeChoice = (key, given, variant) => key.options.map((option, i2) => inRange(given, variant.options.length).includes(i2) === option.right);
  var JUDGES = {
    single: judgeChoice,
    multiple: judgeChoice,
    blank: (key, given, _variant, id) => key.blanks.map((accepted, i2) => fits(String(given[i2] ?? ""), accepted, id)),
    order: (key, given) => inRange(given, key.places.length).map((step2, place) => key.places[step2] === place),
    match: (key, given) => key.pairs.map((pair, i2) => inRange(given, key.options.length)[i2] === pair),
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
    const pick = (n2) => {
      chosen.set(place, n2);
      page.trying = "";
      again();
    };
    const marks = questions.map((each, n2) => {
      const verdict = answered(each)?.verdict, [mark2, words] = !verdict ? ["○", "open"] : verdict.right ? ["✓", "right"] : ["✗", "not right yet"];
      return el("button", { type: "button", "aria-label": `Question ${n2 + 1}, ${words}`, ...n2 === nth ? { "aria-current": "true" } : {}, onclick: () => pick(n2), text: `${n2 + 1} ${mark2}` });
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
    let n2 = 0;
    for (const text of texts) {
      const [first, ...rest2] = text.data.split(COURSE.gap);
      text.replaceWith(first, ...rest2.flatMap((part) => [makeBlank(n2++), part]));
    }
    while (n2 < blanksOf(variant)) stem.append(makeBlank(n2++));
    return stem;
  }
  function ask(body, question, take2) {
    const variant = variantOf(question, kept.of(question)?.tries ?? 0);
    const form = el("form", {}), missing = el("p", { class: "missing", role: "status" });
    const inputs = Array.from({ length: blanksOf(variant) }, (_2, n2) => el("input", { type: "text", class: "blank", "aria-label": `Blank ${n2 + 1}`, autocomplete: "off", spellcheck: "false", size: 14 }));
    const stem = stemOf(variant, (n2) => inputs[n2]);
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
    const order = Array.from({ length: count }, (_2, i2) => i2);
    for (let i2 = count - 1; i2 > 0; i2--) {
      const j2 = Math.floor(Math.random() * (i2 + 1));
      [order[i2], order[j2]] = [order[j2], order[i2]];
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
        const on = inputs.filter((input) => input.checked).map((input) => Number(input.value)).sort((a2, b2) => a2 - b2);
        return on.length ? on : null;
      }
    };
  }
  function askOrder(_question, variant) {
    const order = variant.options.map((_2, i2) => i2);
    const list = el("ol", { class: "steps-to-order" }), said2 = el("p", { class: "unseen", role: "status" });
    const move = (place, by) => {
      const step2 = order[place];
      [order[place], order[place + by]] = [order[place + by], order[place]];
      draw2();
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
    const draw2 = () => list.replaceChildren(...order.map((step2, place) => el("li", {}, htmlIn("span", variant.options[step2]), arrow(place, -1), arrow(place, 1))));
    draw2();
    return { nodes: [list, said2], given: () => [...order] };
  }
  function askMatch(_question, variant) {
    const order = shuffledTo(variant.pairs.length);
    const selects = variant.lefts.map((_2, i2) => el(
      "select",
      { id: `match-${i2}` },
      el("option", { value: "", text: "Choose what belongs to it" }),
      ...order.map((nth) => el("option", { value: nth, text: variant.pairs[nth] }))
    ));
    return {
      nodes: variant.lefts.map((left, i2) => el("div", { class: "pair" }, htmlIn("label", left, { for: `match-${i2}` }), selects[i2])),
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
  window.headwatersFilm = film_exports;
  var runShown = "";
  var followed2 = () => runOf(page.state)?.orders[page.state.follow];
  function tellState() {
    const order = followed2();
    if (order) note_default({ data: { name: NAME, note: "follow", followed: order } });
    const address = location.protocol === "file:" ? "" : `${location.href.split("#")[0]}${asHash({ ...page.state, moment: null })}`;
    note_default({ data: {
      name: NAME,
      note: "state",
      follows: order?.key ?? "",
      selected: page.state.stage || null,
      moment_s: page.state.moment,
      progress: progress(),
      overlay: null,
      pointing: page.pointing !== null,
      pointed: page.pointed,
      film: { source: "", caption: `${COURSE.living.title}: ${runWords(page.state)}`, address, public: Boolean(address) }
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
    const stored = now.keeps.includes(place.id) ? ", beside what is stored" : "";
    const inside = {
      heading: "Inside",
      axis: "most at once",
      per: "events",
      unit: "",
      words: rate,
      lines: [lineOf("Inside", stage.most, before?.most)],
      finding: deepest ? `At most ${number(deepest)} ${deepest === 1 ? "event" : "events"} waiting or in work${stored}, between ${clockWords(when * now.step)} and ${clockWords((when + 1) * now.step)}` : "Nothing ever waits here"
    };
    return [flow, inside];
  }
  function ratesOf({ came, went }, { step: step2 }) {
    return { in: came.map((count) => count / step2), out: went.map((count) => count / step2) };
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
          ...values.map((value, i2) => cell(value, before.get(label)?.[i2]))
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
      const cells = [sum(stage.came), sum(stage.went), stage.lost.at(-1) ?? 0, stage.inside?.at(-1) ?? 0].map((count) => el("td", { text: count.toLocaleString("en") }));
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
    const { seen: seen3 } = page;
    host.hidden = !seen3;
    if (!seen3) return host.replaceChildren();
    const place = placeOf(page.state.stage), under = page.state.view === "watch" ? ", under Watch" : "";
    const where2 = `Look at ${place ? place.title + under : "the diagram and the charts beneath it"}.`;
    const changes = changesBetween(seen3.before, page.state).map(([label, was, now]) => `${label} from ${was} to ${now}`).join("; ");
    host.replaceChildren(
      el("p", { text: `${changes ? `To show you this, the page changed ${changes}.` : "No setting was changed for this."} ${where2}` }),
      el("button", { type: "button", text: "Back to the question", onclick: () => {
        page.seen = null;
        go(seen3.before);
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
      charts.forEach((chart, i2) => drawChart(boxes[i2], chart));
    }
  }
  function listenTabs() {
    for (const [n2, view] of VIEWS.entries()) {
      const tab = byId(`tab-${view}`);
      tab.addEventListener("click", () => go({ ...page.state, view }));
      tab.addEventListener("keydown", (event) => {
        const ways = { ArrowRight: n2 + 1, ArrowLeft: n2 + VIEWS.length - 1, Home: 0, End: VIEWS.length - 1 };
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
  function goTo3({ kind, address, question, heading }) {
    const query = address.slice(1);
    if (kind === "talk") return go(...fromHash(`#${query}`));
    if (kind === "lesson") return go(...fromHash(`#${query.replace("lesson=", "talk=lesson-")}`));
    if (!question) {
      go(...followed(query));
      if (heading) showSection(byId("panel"), heading);
      return;
    }
    const stage = new URLSearchParams(query).get("stage") ?? "";
    turnTo2(stage || COURSE.overview, question);
    quizShown = "";
    go({ ...page.state, stage, view: "quiz" });
  }
  function listenLookup() {
    const host = byId("lookup"), search = searchDialog(host, goTo3);
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
/*! Holds gifenc 1.0.3, © 2017 Matt DesLauriers, and lean-qr 2.7.4, © 2021-2025 David Evans, both under the MIT licence */
