// Answers, kept in this browser where it lets us.

import { COURSE } from "./course.js";

export const kept = (() => {
  let answers = {}, lasting = true;
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
    of: (id) => (Object.hasOwn(answers, id) ? answers[id] : null),
    put: (id, answer) => { join(); answers[id] = answer; save(); },
    take: () => { const before = answers; answers = {}; save(); return before; },
    restore: (before) => { answers = before; save(); },
  };
})();
