// Answers, kept in this browser where it lets us.

import { COURSE } from "./course.js";

/** @import { Answer, KindName, Question } from "./types.js" */
/** @typedef {Record<string, Answer>} Answers */

export const kept = (() => {
  /** @type {Answers} */
  let answers = {};
  let lasting = true;
  /** @returns {Answers} */
  const stored = () => JSON.parse(localStorage.getItem(COURSE.key) ?? "{}").answers ?? {};
  const save = () => {
    try {
      localStorage.setItem(COURSE.key, JSON.stringify({ answers }));
    } catch {
      lasting = false;
    }
  };
  const join = () => { // another window may have answered since
    try {
      answers = { ...answers, ...stored() };
    } catch {
      lasting = false;
    }
  };
  join();
  save();
  return {
    lasting: () => lasting,
    /**
     * @template {KindName} K
     * @param {Question<K>} question
     */
    of: ({ id }) => (Object.hasOwn(answers, id) ? /** @type {Answer<K>} */ (answers[id]) : null),
    /**
     * @template {KindName} K
     * @param {Question<K>} question
     * @param {Answer<K>} answer
     */
    put: ({ id }, answer) => { join(); answers[id] = answer; save(); },
    take: () => { const before = answers; answers = {}; save(); return before; },
    /** @param {Answers} before */
    restore: (before) => { answers = before; save(); },
  };
})();
