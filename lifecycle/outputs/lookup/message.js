// What a page is given to look up: the same fields and types as message.py beside this, which a test holds.

/**
 * A term as its card shows it; `view` is an address that shows it, or "".
 * @typedef {object} TermCard
 * @property {string} name
 * @property {string} about
 * @property {string} view
 */

/**
 * One thing that the search finds, and the address that leads to it. `shown` stands below its name; `text` is searched
 * besides, and shown nowhere. `question` is the id of a question, `heading` the heading of a section on the page of the address.
 * @typedef {object} SearchEntry
 * @property {"stage" | "undercurrent" | "term" | "idea" | "scenario" | "section" | "question" | "lesson" | "talk"} kind
 * @property {string} name
 * @property {string[]} synonyms
 * @property {string} shown
 * @property {string} text
 * @property {string} address
 * @property {string} question
 * @property {string} heading
 */

/**
 * The cards by the ids of their terms, and all that the search finds, in the order of the course.
 * @typedef {object} Lookup
 * @property {Record<string, TermCard>} terms
 * @property {SearchEntry[]} entries
 */

export {};
