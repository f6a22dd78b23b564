// What a question in a hall keeps while it is on the page.

/**
 * @import { KeyShown, TallyShown } from "../../../js/shared/class_message.js"
 * @import { HallQuestion } from "./message.js"
 *
 * @typedef {{ row: HTMLElement, bar: HTMLElement, first: HTMLElement, letter: HTMLElement, count: HTMLElement }} OptionRow
 * @typedef {{ svg: SVGSVGElement, whole: string, places: Map<string, SVGGraphicsElement>,
 *   flows: Map<string, SVGGraphicsElement> }} HallMap the picture with its whole view, and its boxes and wires by their ids
 *
 * @typedef {object} Hall
 * @property {HTMLElement} root
 * @property {HTMLElement} stem
 * @property {HTMLElement} body
 * @property {HTMLElement} talk
 * @property {HTMLElement} clock
 * @property {HTMLElement} said
 * @property {HTMLElement} why
 * @property {HallQuestion} data
 * @property {string} drawn the question that is on the page
 * @property {OptionRow[]} rows
 * @property {HallMap | null} map
 * @property {number | undefined} ticking
 *
 * @typedef {(h: Hall, tally: TallyShown | null, key: KeyShown | null) => void} Paint
 */

export {};
