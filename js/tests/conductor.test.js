// What the presenter's window does with news of its class and with keys, on a page that takes everything.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

// by their addresses: their types are a browser's, and these tests are checked with Node's
const PRESENT = new URL("../../lifecycle/ui/present/", import.meta.url);
const { listen } = await import(new URL("class_feed.js", PRESENT).href);
const { default: mount } = await import(new URL("conductor.js", PRESENT).href);

/**
 * Takes and gives whatever is asked of it: the page that the conductor paints, of which these tests see nothing.
 * @type {any}
 */
const anything = new Proxy(function () {}, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => "" : anything),
  set: () => true,
  apply: () => anything,
});

class Feed {
  /** @type {(event: { data: string }) => void} */
  onmessage = () => {};
  close() {}
}

const STATE = {
  step: 1, points: 0, black: false, poll: null, rounds: 1, round: 1, open: false, revealed: false, answered: false,
  discuss_until_s: null, key: null, view: "", joining: false, started_s: 0, over: false, talk: "t", door: "open",
};

/** @type {{ aheadOf: number[] }} */
const heard = { aheadOf: [] };
/** @type {any} */
const page = globalThis;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  heard.aheadOf = [];
  Object.assign(page, {
    window: { headwatersClass: null, dispatchEvent: (/** @type {CustomEvent} */ event) => event.detail && heard.aheadOf.push(event.detail.ahead_s) },
    EventSource: Feed, location: { search: "", origin: "" }, document: anything,
    fetch: () => Promise.reject(new Error("no server here")),
  });
});
afterEach(() => {
  mock.timers.reset();
  for (const name of ["window", "EventSource", "location", "document", "fetch"]) delete page[name];
});

/** A window of a class, moved by a key just now. */
function conductor() {
  /** @type {any} */
  const c = {
    root: anything, ui: anything, send: () => {}, code: "ABCD2345", site: "", feedOf: "", points: [0, 0], headlines: ["", ""],
    step: 0, shown: 0, furthest: 0, digits: "", look: "", sentAt: performance.now(),
  };
  listen(c);
  return c;
}
/** @param {any} c @param {object} change */
const say = (c, change = {}) => c.feed.onmessage({ data: JSON.stringify({ code: c.code, title: "", now_s: Date.now() / 1000 + 30, phones: 0, here: 0, votes: 0, tally: null, texts: [], state: { ...STATE, ...change } }) });

test("news that waits for a key of our own to be over is not taken up once the class has ended", () => {
  const c = conductor();
  say(c);
  say(c, { over: true });
  assert.doesNotThrow(() => mock.timers.tick(1200));
  assert.equal(c.step, 0);
  assert.ok(c.ended);
});

test("a view to follow that waits is not taken up once the class has ended", () => {
  const c = conductor();
  c.lookedAt = performance.now();
  say(c, { view: "?size=stream" });
  say(c, { over: true });
  assert.doesNotThrow(() => mock.timers.tick(1200));
  assert.equal(c.look, "");
});

test("the news says at once how far the server's clock is ahead", () => {
  say(conductor());
  assert.equal(heard.aheadOf.length, 1);
  assert.ok(Math.abs(heard.aheadOf[0] - 30) < 1);
});

test("a page drawn anew between two presses does not forget the first", () => {
  /** @type {Record<string, (event: object) => void>} */
  const listeners = {};
  let now = 0;
  mock.method(performance, "now", () => now);
  class Element {}
  Object.assign(page, { HTMLElement: Element, HTMLInputElement: Element, HTMLButtonElement: class {}, matchMedia: () => ({ matches: false }), MutationObserver: class { observe() {} disconnect() {} } });
  page.window.addEventListener = (/** @type {string} */ name, /** @type {any} */ act) => { listeners[name] = act; };
  const data = {
    title: "", headlines: ["", ""], points: [0, 0], step: 0, shown: 0, free: false, views: ["", ""],
    followed: { nth: 0, view: "" }, code: "ABCD2345", secret: "", site: "",
  };
  /** @type {any} */
  const parentElement = { append: () => {} };
  const draw = () => mount({ data, parentElement, setTriggerValue: () => {} });
  const next = () => listeners.keydown({ key: "ArrowRight", composedPath: () => [], preventDefault() {}, stopImmediatePropagation() {} });
  const leave = draw();
  const c = parentElement.conductor;
  c.ui = new Proxy({}, { get: (_, name) => (name === "keys" || name === "steps" ? { open: false } : anything) }); // no dialog is open
  try {
    page.window.headwatersClass = { code: c.code, ahead_s: 0, state: { ...STATE, step: 0, open: true, poll: { id: "q", kind: "single" } } };
    next();
    assert.equal(c.step, 0);
    assert.match(c.warning, /press again to leave it/);
    leave();
    draw();
    now = 2000;
    next();
    assert.equal(c.step, 1);
  } finally {
    page.window.removeEventListener = () => {};
    c.end();
    mock.restoreAll();
  }
});
