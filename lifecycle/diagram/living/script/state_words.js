// A stage's state in words. Held against lifecycle/diagram/state_words.py by one table of cases.

import { duration, number } from "../../../../js/shared/words.js";

/** @import { Now } from "./types.js" */
/** @import { SentPlace } from "./message.js" */

/** @param {number} age */
export const ageWords = (age) => (age < 0 ? "no data yet" : `${duration(age)} old`);

/**
 * Steps of the age scale: each has its own number of bars, word and colour.
 * @type {[number, string][]}
 */
const AGES = [[60, "fresh"], [900, "recent"], [7200, "ageing"], [Infinity, "stale"]];
/** @param {number} s */
export function ageStep(s) {
  return s < 0 ? -1 : AGES.findIndex(([limit]) => s < limit);
}

/**
 * Whether a place has a level of events to show: a store, or a log.
 * @param {SentPlace} place
 */
export const holds = (place) => place.keeps || place.role === "buffer";

/**
 * The short line inside a node.
 * @param {SentPlace} place
 * @param {Now | null} now
 */
export function nodeWords(place, now) {
  if (!now) return "";
  if (place.role === "consumer") return ageWords(now.age);
  if (place.role === "buffer") return `${number(now.level)} waiting`;
  if (place.keeps) return `${number(now.level)} held`;
  if (place.role !== "source" && now.inside > 0) return `${number(now.inside)} waiting`;
  return now.out > 0 ? `${number(now.out)}/s` : now.fault || "idle";
}

// Fewer queries in line, or viewers who leave in a minute, are on any day: not worth a line of the picture.
const FEW_ASKERS = 5;

/**
 * What becomes of those who ask here; "" where next to nobody waits.
 * @param {Now} now
 */
export function askerWords(now) {
  if (now.queries >= FEW_ASKERS) return `${number(now.queries)} queries wait`;
  return now.left >= FEW_ASKERS ? `${number(Math.round(now.left))}/min give up` : "";
}

/**
 * What a stage has lost, in words; "" for nothing. What could not be read is called so while it is all.
 * @param {Now} now
 */
export const lostWords = ({ lost, usual }) => (lost ? `${number(lost)} ${usual ? "unreadable" : "lost"}` : "");

/**
 * The whole state of a stage, for ears.
 * @param {SentPlace} place
 * @param {Now | null} now
 */
export function stateWords(place, now) {
  if (!now) return "";
  const said = [];
  if (now.fault) said.push(`${now.fault} now`);
  if (place.role === "consumer") said.push(now.age < 0 ? "no data yet" : `newest data is ${ageWords(now.age)}, ${AGES[ageStep(now.age)][1]}`);
  said.push(`${number(now.in)} in and ${number(now.out)} out a second`);
  if (place.role !== "source" && place.role !== "consumer") said.push(`${number(now.inside)} waiting`);
  if (place.keeps) said.push(`${number(now.level)} held`);
  if (now.lost > 0) said.push(lostWords(now));
  if (now.queries >= FEW_ASKERS) said.push(`${number(now.queries)} queries wait for a slot`);
  if (now.left >= FEW_ASKERS) said.push(`${number(Math.round(now.left))} viewers a minute give up`);
  return said.join(", ");
}

