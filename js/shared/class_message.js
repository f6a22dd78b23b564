// What the class's feed says to hall, desk and phone: classroom/server/lectures.py writes it.

/**
 * @typedef {{ id: string, label: string }} PollPlace
 * @typedef {"single" | "multiple" | "number" | "predict" | "click" | "open"} PollKind
 * @typedef {{ id: string, kind: PollKind, stem: string, options: string[], letters: string[], hint: string, unit: string,
 *   taken: string, low: number, high: number, places: PollPlace[] }} Poll
 * @typedef {{ options: number[], places: string[], truth: number | null, tolerance: number, feedback: string[], why: string,
 *   said: string }} Key
 * @typedef {{ low: number, high: number, count: number }} Bin
 * @typedef {{ moved: number[][], both: number, first: number, second: number }} Shift
 * @typedef {{ voted: number, right: number | null, counts: number[], places: Record<string, number>, bins: Bin[], beyond: number,
 *   median_said: string, first: Tally | null, shift: Shift | null }} Tally
 * @typedef {{ chosen?: number[], number?: number | string, place?: string, text?: string }} Ballot
 * @typedef {{ step: number, points: number, poll: Poll | null, open: boolean, round: number, rounds: number, revealed: boolean,
 *   answered: boolean, key: Key | null, black: boolean, joining: boolean, over: boolean, view: string, door: string,
 *   discuss_until_s: number | null, started_s: number | null }} State
 * @typedef {{ id: number, text: string, shown: boolean }} Text
 * @typedef {{ code: string, title: string, now_s: number, ahead_s?: number, state: State, phones: number, here: number, votes: number,
 *   tally: Tally | null, texts: Text[] }} Heard
 * @typedef {Heard & { turned_away: number, without_slip: number, expires_s: number }} DeskHeard
 * @typedef {{ code: string, title: string, now_s: number, state: State, mine: Ballot | null, votes_here: boolean }} PhoneHeard
 */

export {};
