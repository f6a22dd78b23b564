// What the diagram is sent and what it sends: the same fields and types as lifecycle/diagram/living/message.py, which a
// test holds. Times are seconds of the day; a series is packed text, see `unpack` of frames.js.

/**
 * @typedef {object} SentAct
 * @property {string} text
 * @property {string} short
 */

/**
 * @typedef {object} SentPlace
 * @property {string} id
 * @property {"stage" | "undercurrent"} kind
 * @property {string} label
 * @property {string} detail
 * @property {string} role
 * @property {string} icon
 * @property {string} summary
 * @property {Record<string, SentAct>} acts
 * @property {string} zone
 * @property {boolean} keeps
 */

/**
 * @typedef {object} SentFlow
 * @property {string} source
 * @property {string} target
 * @property {string} label
 * @property {boolean} loop
 */

/**
 * @typedef {object} SentZone
 * @property {string} id
 * @property {string} label
 */

/**
 * The picture with its places: sent once.
 * @typedef {object} Payload
 * @property {string} version
 * @property {string} facts
 * @property {string} title
 * @property {string} lr
 * @property {string} tb
 * @property {SentZone[]} zones
 * @property {SentPlace[]} places
 * @property {SentFlow[]} flows
 * @property {string} [name]
 */

/**
 * @typedef {object} PackedFrames
 * @property {number} n
 * @property {number} start
 * @property {number} end
 * @property {number} travel_s
 * @property {number} looks
 * @property {number} per_dot
 * @property {number} opening
 * @property {[number, number, string, string][]} occasions
 * @property {[number, number, string, string, string][]} faults
 * @property {Record<string, Record<string, string>>} stations
 * @property {[string, string, string][]} flows
 */

/**
 * The run to play; no frames, no clock.
 * @typedef {object} RunNote
 * @property {string} run
 * @property {PackedFrames | null} frames
 * @property {string} day
 * @property {string} [name]
 * @property {"run"} [note]
 */

/**
 * What is selected, and how the diagram is to be shown.
 * @typedef {object} StateNote
 * @property {string | null} selected
 * @property {number | null} moment_s
 * @property {Record<string, number>} progress
 * @property {string | null} overlay
 * @property {boolean} pointing
 * @property {string | null} pointed
 * @property {string} [cue]
 * @property {boolean} [plays]
 * @property {boolean} [bare]
 * @property {string[]} [frame]
 * @property {string} [name]
 * @property {"state"} [note]
 */

/**
 * What the diagram sends: a place that was chosen ("" for none), the second at which the clock came to rest, and a place
 * or flow that was pointed at as an answer.
 * @typedef {object} Triggers
 * @property {string} select
 * @property {number} moment
 * @property {string} point
 */

export {};
