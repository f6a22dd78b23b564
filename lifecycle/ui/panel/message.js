// What Streamlit hands to the hall's question: the same fields and types as hall.py, which a test holds.

/** @import { KeyShown, PollShown } from "../../../js/shared/class_message.js" */

/**
 * A question; a `click` is made on the `picture` (SVG). With the `code` of a class the key comes by its feed.
 * @typedef {object} HallQuestion
 * @property {PollShown} poll
 * @property {1 | 2} rounds
 * @property {KeyShown | null} key
 * @property {string} code
 * @property {boolean} compact
 * @property {string} [picture]
 */

export {};
