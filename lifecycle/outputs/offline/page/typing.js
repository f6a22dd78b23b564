// Reading what was typed, as quizzes/numbers.py does.

import { hashed } from "./sealing.js";

/** @import { AcceptedNumber, AcceptedText, TypingRules } from "./message.js" */

/** @param {string} text */
const normalised = (text) => text.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean).join(" ");

/**
 * The digits without groups and with a decimal point.
 * @param {string} text
 */
function withPoint(text) {
  const digits = text.replace(/[^0-9.,]/g, ""), [commas, points] = [",", "."].map((sign) => digits.split(sign).length - 1);
  if (commas && points) return digits.replaceAll(digits.lastIndexOf(".") > digits.lastIndexOf(",") ? "," : ".", "").replace(",", ".");
  return commas > 1 ? digits.replaceAll(",", "") : points > 1 ? digits.replaceAll(".", "") : digits.replace(",", ".");
}

/**
 * How typed answers are read, by the rules of quizzes/numbers.py: the form of a number, the forms that can mean two, the
 * question that is asked of those, other signs for the same digits, and units with their kinds and sizes.
 * @param {TypingRules} rules
 * @param {Record<string, [string, number]>} units
 */
export function reader({ form, doubtful, doubt: question, signs }, units) {
  const TYPED = new RegExp(`^(?:${form})$`, "i"), DOUBTFUL = new RegExp(`^(?:${doubtful})$`);

  /**
   * A typed number's parts and by what it is multiplied to be in the accepted unit; null where it is no number of it.
   * @param {string} text
   * @param {AcceptedText | AcceptedNumber} accepted
   */
  function typedParts(text, accepted) {
    if (!("value" in accepted)) return null;
    const found = TYPED.exec([...text].map((sign) => signs[sign] ?? sign).join("").trim());
    if (!found) return null;
    const unit = normalised(found[4] ?? ""), here = units[unit], wanted = normalised(accepted.unit), there = units[wanted];
    const same = !unit || unit === wanted;
    if (!same && !(here && there && here[0] === there[0])) return null;
    return { sign: found[1], digits: found[2], exponent: found[3] ?? "", factor: same ? 1 : here[1] / there[1], bare: !unit };
  }

  /**
   * Whether the words are those that are accepted, or others that count as well.
   * @param {string} text
   * @param {AcceptedText | AcceptedNumber} accepted
   * @param {string} salt
   */
  const isSame = (text, { hash, also = [] }, salt) => [hash, ...also].includes(hashed(normalised(text), salt));

  /**
   * A sentence where a typed number can mean two, "" otherwise.
   * @param {string} text
   * @param {AcceptedText | AcceptedNumber} accepted
   * @param {string} salt
   */
  function doubt(text, accepted, salt) {
    if (isSame(text, accepted, salt)) return "";
    const typed = typedParts(text, accepted);
    if (!typed || !DOUBTFUL.test(typed.digits)) return "";
    /** @type {Record<string, string>} */
    const said = { typed: typed.digits, one: typed.digits.replace(",", ""), other: String(Number(typed.digits.replace(",", "."))) };
    return question.replace(/\{(\w+)\}/g, (_gap, name) => said[name]);
  }

  /**
   * What was typed as a number in the accepted one's unit; null where it is none, or can mean two.
   * @param {string} text
   * @param {AcceptedText | AcceptedNumber} accepted
   */
  function typedNumber(text, accepted) {
    const typed = typedParts(text, accepted);
    return typed && !DOUBTFUL.test(typed.digits) ? Number(typed.sign + withPoint(typed.digits) + typed.exponent) * typed.factor : null;
  }

  /**
   * Whether a typed answer is the accepted one: the same words, or a number near enough, in any unit of the same kind.
   * @param {string} text
   * @param {AcceptedText | AcceptedNumber} accepted
   * @param {string} salt
   */
  function fits(text, accepted, salt) {
    if (isSame(text, accepted, salt)) return true;
    const value = typedNumber(text, accepted);
    return "value" in accepted && value !== null && Math.abs(value - accepted.value) <= accepted.tolerance + 1e-9 * Math.abs(accepted.value);
  }

  return { typedParts, doubt, typedNumber, fits };
}
