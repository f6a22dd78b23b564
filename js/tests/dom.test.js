// Whether a key goes into a field: a letter typed there is no command of the picture.

import assert from "node:assert/strict";
import { test } from "node:test";

class HTMLElement {
  isContentEditable = false;
  type = "";
  /** @param {string} tagName */
  constructor(tagName) {
    this.tagName = tagName;
  }
}
class HTMLInputElement extends HTMLElement {}
Object.assign(globalThis, { HTMLElement, HTMLInputElement });
const { isTyping } = await import("../shared/dom.js");

/** @param {HTMLElement} at */
const keyAt = (at) => Object.assign(new Event("keydown"), { composedPath: () => [at] });

/**
 * @param {HTMLElement} at
 * @param {RegExp} [harmless]
 */
const typing = (at, harmless) => isTyping(keyAt(at), harmless);

test("every field takes letters unless its type is named as harmless, also one that has no type", () => {
  for (const field of ["TEXTAREA", "SELECT", "INPUT"]) assert.equal(typing(new HTMLElement(field)), true, field);
  const slider = Object.assign(new HTMLInputElement("INPUT"), { type: "range" });
  assert.equal(typing(slider), true);
  assert.equal(typing(slider, /^range$/), false);
  assert.equal(typing(new HTMLElement("TEXTAREA"), /^range$/), true);
  assert.equal(typing(new HTMLElement("BUTTON")), false);
});
