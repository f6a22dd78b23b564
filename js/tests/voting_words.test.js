// Sentences about a class: nobody, one and many each have their own.

import assert from "node:assert/strict";
import { test } from "node:test";
import { changedInWords, howManyHere, howManySent, onChoice, rightInWords } from "../shared/voting_words.js";

test("how many have sent something", () => {
  assert.equal(howManySent(0, 0, "answered"), "No phone is here yet");
  assert.equal(howManySent(0, 1, "answered"), "Nobody has answered yet");
  assert.equal(howManySent(0, 9, "written"), "Nobody has written yet");
  assert.equal(howManySent(1, 1, "answered"), "The only phone has answered");
  assert.equal(howManySent(1, 2, "answered"), "1 of 2 phones has answered");
  assert.equal(howManySent(2, 2, "written"), "2 of 2 phones have written");
  assert.equal(howManySent(7, 9, "answered"), "7 of 9 phones have answered");
});

test("how many are here", () => {
  assert.deepEqual([0, 1, 2].map(howManyHere), ["No phone is here yet", "1 phone is here", "2 phones are here"]);
});

test("what is right has a sign and the word, with its count or without", () => {
  assert.equal(onChoice(true, "2 (67 %)"), "✓ Right · 2 (67 %)");
  assert.equal(onChoice(true, ""), "✓ Right");
  assert.equal(onChoice(false, "2 (67 %)"), "2 (67 %)");
  assert.equal(onChoice(false, ""), "");
});

test("who changed their mind between two votes", () => {
  assert.equal(changedInWords(0, 0), "Nobody has voted twice");
  assert.equal(changedInWords(0, 1), "The only one who voted twice chose the same both times");
  assert.equal(changedInWords(1, 1), "The only one who voted twice chose something else the second time");
  assert.equal(changedInWords(0, 2), "None of the 2 who voted twice changed their mind");
  assert.equal(changedInWords(2, 2), "Both who voted twice changed their mind");
  assert.equal(changedInWords(1, 5), "1 of the 5 who voted twice changed their mind");
  assert.equal(changedInWords(5, 5), "All of the 5 who voted twice changed their mind");
});

test("who was right at first, and who is now", () => {
  assert.equal(rightInWords(0, 0, 0), "Nobody has voted twice");
  assert.equal(rightInWords(1, 0, 1), "1 voted twice: wrong at first, right now");
  assert.equal(rightInWords(1, 1, 0), "1 voted twice: right at first, wrong now");
  assert.equal(rightInWords(1, 0, 0), "1 voted twice: wrong both times");
  assert.equal(rightInWords(1, 1, 1), "1 voted twice: right both times");
  assert.equal(rightInWords(8, 0, 5), "8 voted twice: none right at first, 5 right now");
  assert.equal(rightInWords(8, 3, 0), "8 voted twice: 3 right at first, none right now");
});
