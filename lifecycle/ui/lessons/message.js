// What Streamlit hands to the script beside a lesson: the same fields and types as leading.py, which a test holds.

/**
 * A step: which of how many, in words for the ear, and the moment of the day that it waits for.
 * @typedef {object} LessonLed
 * @property {string} step
 * @property {number} index
 * @property {number} steps
 * @property {string} words
 * @property {number | null} until_s
 */

export {};
