// What the search finds, and in which order.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST, folded, found, prepared } from "../../lifecycle/outputs/lookup/ranking.js";

/** @import { SearchEntry } from "../../lifecycle/outputs/lookup/message.js" */

/**
 * @param {SearchEntry["kind"]} kind
 * @param {string} name
 * @param {Partial<SearchEntry>} more
 * @returns {SearchEntry}
 */
const entry = (kind, name, more = {}) => ({ kind, name, synonyms: [], shown: "", text: "", address: "?", question: "", heading: "", ...more });

const ALL = [
  entry("stage", "Raw storage", { synonyms: ["data lake", "lake"], shown: "Keeps every file." }),
  entry("stage", "Machine learning", { text: "models of the lag" }),
  entry("term", "lag", { shown: "How far a reader is behind." }),
  entry("term", "late event", { synonyms: ["Überlauf"] }),
  entry("term", "at-least-once", { shown: "Again until it is confirmed." }),
  entry("scenario", "The lagging reader"),
  entry("scenario", "A lake of orders"),
  entry("question", "Which lag is worst?", { shown: "Raw storage" }),
  entry("talk", "Push or pull", { text: "Little's law" }),
];

/**
 * @param {string} typed
 * @param {string[]} [without]
 */
const names = (typed, without) => found(prepared(ALL), typed, without).map(({ name }) => name);

test("the start of a name comes before a word in it, that before other text", () => {
  assert.deepEqual(names("lag"), ["lag", "The lagging reader", "Machine learning", "Which lag is worst?"]);
  assert.deepEqual(names("la").slice(0, 2), ["lag", "late event"]);
});

test("a whole synonym comes before a word of a name, the start of one behind it", () => {
  assert.deepEqual(names("lake"), ["Raw storage", "A lake of orders"]);
  assert.deepEqual(names("lak"), ["A lake of orders", "Raw storage"]);
});

test("case, accents, hyphens and apostrophes do not matter", () => {
  assert.equal(folded("  Über-Läufe: Little's LAW "), "uber laufe littles law");
  assert.deepEqual(names("UBERLAUF"), ["late event"]);
  assert.deepEqual(names("At least once"), ["at-least-once"]);
  assert.deepEqual(names("littles law"), ["Push or pull"]);
});

test("several words may stand anywhere in an entry, each as the start of a word", () => {
  assert.deepEqual(names("reader behind"), ["lag"]);
  assert.deepEqual(names("worst stor"), ["Which lag is worst?"]);
  assert.deepEqual(names("ehind"), []);
});

test("what is not there is not found, and nothing typed shows the course in its order", () => {
  assert.deepEqual(names("xqz"), []);
  assert.deepEqual(names(" "), ALL.map(({ name }) => name));
});

test("kinds that a page leaves out are not found", () => {
  assert.deepEqual(names("lag", ["question", "scenario"]), ["lag", "Machine learning"]);
});

test("no more are shown than can be walked through", () => {
  const many = prepared(Array.from({ length: MOST + 5 }, (_, nth) => entry("term", `word ${nth}`)));
  assert.equal(found(many, "word").length, MOST);
});
