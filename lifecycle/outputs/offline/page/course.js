// What the page holds from the start: everything but the runs and the texts.

import { byId, el, setHtml } from "../../../../js/shared/dom.js";
import { reader } from "./typing.js";

export const COURSE = JSON.parse(byId("course").textContent);
export const { typedParts, doubt, typedNumber, fits } = reader(COURSE.typed, COURSE.units);

export const htmlIn = (tag, html, attributes = {}) => setHtml(el(tag, attributes), html);
