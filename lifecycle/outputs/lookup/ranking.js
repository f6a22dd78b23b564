// What the search finds and in which order: names that begin so, words within names, synonyms, then all other text. The
// whole of a synonym comes before a word of a name, or "lake" would not find the stage; a question is text and no name.

/**
 * @import { SearchEntry } from "./message.js"
 *
 * @typedef {{ entry: SearchEntry, name: string, synonyms: string[], text: string }} Prepared an entry, its words folded
 */

export const MOST = 40;

/**
 * A text without accents, capitals and signs: words with one space between them.
 * @param {string} text
 */
export const folded = (text) => text.normalize("NFKD").replace(/[\p{M}'’]/gu, "").toLowerCase().replace(/ß/g, "ss")
  .replace(/[^\p{L}\p{N}]+/gu, " ").trim();

/**
 * @param {SearchEntry[]} entries
 * @returns {Prepared[]}
 */
export const prepared = (entries) => entries.map((entry) => ({
  entry, name: entry.kind === "question" ? "" : folded(entry.name), synonyms: entry.synonyms.map(folded),
  text: folded([entry.name, ...entry.synonyms, entry.shown, entry.text].join(" ")),
}));

/**
 * Whether a word of the text begins with these letters.
 * @param {string} text
 * @param {string} start
 */
const hasWord = (text, start) => ` ${text}`.includes(` ${start}`);

/**
 * How well an entry fits, 0 best; Infinity where it does not.
 * @param {Prepared} one
 * @param {string} asked folded
 */
function rank({ name, synonyms, text }, asked) {
  if (!asked || name === asked) return 0;
  if (name.startsWith(asked)) return 1;
  if (synonyms.includes(asked)) return 2;
  if (hasWord(name, asked)) return 3;
  if (synonyms.some((synonym) => hasWord(synonym, asked))) return 4;
  return asked.split(" ").every((word) => hasWord(text, word)) ? 5 : Infinity;
}

/**
 * The entries that fit what was typed, best first and else in the order of the course; all of them where nothing was.
 * @param {Prepared[]} all
 * @param {string} typed
 * @param {readonly string[]} [without] kinds that are left out
 * @returns {SearchEntry[]}
 */
export function found(all, typed, without = []) {
  const asked = folded(typed);
  return all.filter(({ entry }) => !without.includes(entry.kind)).map((one) => ({ entry: one.entry, rank: rank(one, asked) }))
    .filter((one) => one.rank < Infinity).sort((a, b) => a.rank - b.rank).slice(0, MOST).map(({ entry }) => entry);
}
