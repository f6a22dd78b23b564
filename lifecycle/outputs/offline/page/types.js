// What the page makes of what it holds, and what it keeps while it is open. Moments are seconds of the day.

/**
 * @import { Frames } from "../../../diagram/living/script/types.js"
 * @import { PackedFrames } from "../../../diagram/living/script/message.js"
 * @import { HeldRun, Kinds, SentCourse, SentQuestion, SentStep, SentTalk } from "./message.js"
 *
 * What is shown; `further` is what links turn beyond the switches, as it stands in an address; `follow` which of the recorded
 * orders, "" for none.
 * @typedef {{ stage: string, view: string, scenario: string, start: string, size: string, transform: string, further: string,
 *   follow: string, moment: number | null, talk: string, step: number }} State
 * @typedef {"start" | "size" | "transform"} Switch
 *
 * @typedef {{ name: string, values: (number | null)[], at: number[] | null }} Curve steps at every bucket, or straight through moments
 * @typedef {{ finding: string, curves: Curve[] }} RunChart
 * @typedef {{ figures: HeldRun["figures"], latency: HeldRun["latency"], packed: PackedFrames, about: string[], words: Record<string, string>, orders: HeldRun["orders"],
 *   charts: Record<string, RunChart>, frames: Frames | null }} Run
 * @typedef {{ name: string, now: Curve, before?: Curve }} Line
 * @typedef {{ heading: string, axis: string, per: string, log?: boolean, finding: string, unit: string,
 *   words: (value: number | null) => string, lines: Line[] }} Chart
 *
 * @typedef {keyof Kinds} KindName
 * @typedef {{ single: number[], multiple: number[], blank: string[], order: number[], match: number[], click: string[] }} Givens
 */

/**
 * @typedef {Omit<SentStep, "question"> & { question?: Question }} Step
 * @typedef {Omit<SentTalk, "steps"> & { steps: Step[] }} Talk
 * @typedef {Omit<SentCourse, "questions" | "talks"> & { questions: Record<string, Question[]>, talks: Talk[] }} Course
 */

/**
 * A question of a kind, or of any.
 * @template {KindName} [K=KindName]
 * @typedef {Omit<SentQuestion, "kind" | "variants"> & { kind: K, variants: Kinds[K][0][] }} Question
 */

/**
 * An answer as it is kept: after so many tries.
 * @template {KindName} [K=KindName]
 * @typedef {{ given: Givens[K], tries: number, right: boolean }} Answer
 */

/**
 * @template {KindName} [K=KindName]
 * @typedef {{ key: Kinds[K][1], parts: boolean[], right: boolean }} Verdict
 */

/**
 * @template {KindName} [K=KindName]
 * @typedef {Answer<K> & { variant: Kinds[K][0], verdict: Verdict<K> }} Answered
 */

export {};
