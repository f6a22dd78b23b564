// Where a term's card stands: beside its word, never on it, and within the window.

import assert from "node:assert/strict";
import { test } from "node:test";
import { beside } from "../../lifecycle/outputs/lookup/cards.js";

const SCREEN = { width: 390, height: 844 }, CARD = { width: 300, height: 120 };

/**
 * @param {number} left
 * @param {number} top
 */
const word = (left, top) => ({ left, top, bottom: top + 20, width: 60, height: 20 });

test("below the word where there is room, else above it", () => {
  assert.deepEqual(beside(word(20, 100), CARD, SCREEN), { top: 126, left: 20 });
  assert.deepEqual(beside(word(20, 800), CARD, SCREEN), { top: 674, left: 20 });
});

test("a card never lies on its word, wherever that is, even in a low window", () => {
  for (const height of [150, 300, 844]) {
    for (let top = -10; top < height; top += 7) {
      const at = word(300, top), spot = beside(at, CARD, { width: 390, height });
      assert.ok(spot.top >= at.bottom || spot.top + CARD.height <= at.top, `${top} of ${height}`);
    }
  }
});

test("within the window from left to right", () => {
  assert.equal(beside(word(350, 100), CARD, SCREEN).left, 82);
  assert.equal(beside(word(-30, 100), CARD, SCREEN).left, 8);
});
