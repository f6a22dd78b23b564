// How many of a class have done something, in sentences that are right for nobody, for one and for many.

import { plural } from "./words.js";

/**
 * How many phones have sent something: `3 of 4 phones have answered`.
 * @param {number} votes
 * @param {number} phones that could have, those that have among them
 * @param {"answered" | "written"} done
 */
export function howManySent(votes, phones, done) {
  if (!phones) return "No phone is here yet";
  if (!votes) return `Nobody has ${done} yet`;
  if (phones === 1) return `The only phone has ${done}`;
  return `${votes} of ${phones} phones ${votes === 1 ? "has" : "have"} ${done}`;
}

/**
 * What stands on a choice or place in a hall: how many took it, after the sign and word where it is the right one.
 * @param {boolean} right
 * @param {string} count "" where none is shown
 */
export const onChoice = (right, count) => [...(right ? ["✓ Right"] : []), ...(count ? [count] : [])].join(" · ");

/**
 * How many phones are here: `No phone is here yet`, `1 phone is here`, `2 phones are here`.
 * @param {number} phones
 */
export const howManyHere = (phones) => (phones ? `${plural(phones, "phone")} ${phones === 1 ? "is" : "are"} here` : "No phone is here yet");

/**
 * What became of those who voted in both rounds, from one answer to the next.
 * @param {number} changed how many chose something else the second time
 * @param {number} both
 */
export function changedInWords(changed, both) {
  if (!both) return "Nobody has voted twice";
  if (both === 1) return changed ? "The only one who voted twice chose something else the second time" : "The only one who voted twice chose the same both times";
  const who = changed === 0 ? "None" : changed < both ? `${changed}` : both === 2 ? "Both" : "All";
  return who === "Both" ? "Both who voted twice changed their mind" : `${who} of the ${both} who voted twice changed their mind`;
}

/**
 * How many of those who voted in both rounds were right, at first and then.
 * @param {number} both
 * @param {number} first of them were right in the first round
 * @param {number} second of them in the second
 */
export function rightInWords(both, first, second) {
  if (!both) return "Nobody has voted twice";
  if (both === 1) {
    const [was, is] = [first, second].map((right) => (right ? "right" : "wrong"));
    return `1 voted twice: ${was === is ? `${was} both times` : `${was} at first, ${is} now`}`;
  }
  return `${both} voted twice: ${first || "none"} right at first, ${second || "none"} right now`;
}
