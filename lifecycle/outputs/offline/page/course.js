// What the page holds from the start: everything but the runs and the texts.

import { byId, el, setHtml } from "../../../../js/shared/dom.js";
import { reader } from "./typing.js";

/**
 * @import { Attributes } from "../../../../js/shared/dom.js"
 * @import { Course } from "./types.js"
 */

/** @type {Course} */
export const COURSE = JSON.parse(byId("course").textContent);
export const { typedParts, doubt, typedNumber, fits } = reader(COURSE.typed, COURSE.units);

/**
 * An element of HTML with an author's text in it, which Python made of Markdown.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} html
 * @param {Attributes} [attributes]
 */
export const htmlIn = (tag, html, attributes = {}) => setHtml(el(tag, attributes), html);

/** @param {string} id */
export const placeOf = (id) => COURSE.places.find((place) => place.id === id) ?? null;

/** @param {string} id */
export const talkOf = (id) => COURSE.talks.find((talk) => talk.id === id) ?? null;
