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
 * A fault that a click makes: what is sent of it (`down.lake`), and what its button says.
 * @typedef {object} SentBreak
 * @property {string} fault
 * @property {string} words
 */

/**
 * What breaks each stage, by its id, and each flow, by its ends (`buffer>lake`).
 * @typedef {object} SentBreaks
 * @property {Record<string, SentBreak[]>} stages
 * @property {Record<string, SentBreak>} flows
 */

/**
 * The picture with its places: sent once. `joins`: the stages between which a flow can be drawn; none where it is missing.
 * @typedef {object} Payload
 * @property {string} version
 * @property {string} facts
 * @property {string} title
 * @property {string} lr
 * @property {string} tb
 * @property {SentZone[]} zones
 * @property {SentPlace[]} places
 * @property {SentFlow[]} flows
 * @property {SentBreaks} [breaks]
 * @property {string[]} [joins]
 * @property {string} [name]
 */

/**
 * What goes over a wire in each minute: a negative number is a packet; `sent` null: all that its source sends. `refused`: what
 * came back from a closed door. `pulled`: whether it is asked for; `loop`: whether it goes home.
 * @typedef {object} SentWire
 * @property {string} source
 * @property {string} target
 * @property {string | null} sent
 * @property {string} refused
 * @property {boolean} pulled
 * @property {boolean} loop
 */

/**
 * A run's frames: each series by station and field packed, in `n` buckets from `start` to `end`, or in `minutes`. The latter have a
 * last number for what is under way at midnight, and after it is where the run has it. `hop_s`: how long an event is on a wire.
 * `keeps`: the stores, where what was sent stays, too. `ticks`: seconds between two ticks of a station, and the second of one.
 * @typedef {object} PackedFrames
 * @property {number} n
 * @property {number} minutes
 * @property {number} start
 * @property {number} end
 * @property {number} hop_s
 * @property {number} looks
 * @property {number} per_dot
 * @property {number} opening
 * @property {[number, number, string, string][]} occasions
 * @property {[number, number, string, string, string, string][]} faults
 * @property {Record<string, Record<string, string>>} stations
 * @property {string[]} keeps
 * @property {Record<string, [number, number]>} ticks
 * @property {SentWire[]} flows
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
 * What a film of the clock needs of the page: where its script is, "" where the page has it already; what is on screen, in words;
 * the address that shows it, to which a moment can be added, "" for none; and whether other machines find it.
 * @typedef {object} SentFilm
 * @property {string} source
 * @property {string} caption
 * @property {string} address
 * @property {boolean} public
 */

/**
 * What of a run is known only after it is drawn: the second by which what its faults held up is worked off, the day's end or later
 * where it is not, null where they held up nothing.
 * @typedef {object} LateNote
 * @property {string} run
 * @property {number | null} caught_up
 * @property {string} [name]
 * @property {"late"} [note]
 */

/**
 * What is selected, and how the diagram is to be shown; `follows`: the key of what is followed, "" for nothing; `dots`:
 * whether a dot can be clicked, to be followed. `breakable`: there where a click may break a place; why it just now cannot, ""
 * where it can; `broken`: what clicks, or the form, broke so far (`down.lake`). `replay`: with another one than before the clock goes to `moment_s` and plays, to see what comes until `until`.
 * Without `film` none is offered. `leaks`: since which second names can be read at a stage by more than those who run the pipeline;
 * `leaking`: the flows along which they came there, as `buffer>lake`; neither where nothing leaks.
 * @typedef {object} StateNote
 * @property {string | null} selected
 * @property {number | null} moment_s
 * @property {Record<string, number>} progress
 * @property {string | null} overlay
 * @property {boolean} pointing
 * @property {string | null} pointed
 * @property {string} [follows]
 * @property {boolean} [dots]
 * @property {string} [breakable]
 * @property {string[]} [broken]
 * @property {string} [replay]
 * @property {number} [until]
 * @property {string} [cue]
 * @property {boolean} [plays]
 * @property {boolean} [bare]
 * @property {string[]} [frame]
 * @property {SentFilm} [film]
 * @property {Record<string, number>} [leaks]
 * @property {string[]} [leaking]
 * @property {string} [name]
 * @property {"state"} [note]
 */

/**
 * A part of a ribbon: so long the event was at a stage, for one cause. `label` of the stage and how long it `lasted` for
 * what, in short; `words`: in full. `share`: of the scale that both ribbons have. `waits`: whether it was held up; `short`: whether it is too narrow to carry words.
 * @typedef {object} SentStretch
 * @property {string} stage
 * @property {string} label
 * @property {string} lasted
 * @property {string} words
 * @property {number} start
 * @property {number} end
 * @property {number} share
 * @property {boolean} waits
 * @property {boolean} short
 */

/**
 * A journey as a ribbon: of which run, in a sentence, part by part, and how it ends.
 * @typedef {object} SentRibbon
 * @property {string} title
 * @property {string} words
 * @property {SentStretch[]} parts
 * @property {string} end
 */

/**
 * A piece of watching: `watch` seconds for the day's `start` to `end`, at `stage` or, with `to`, on the wire there. `part`: which
 * part of the ribbon it shows; `when` that part really was, and the `rate` at which the day goes by, in words.
 * @typedef {object} SentBeat
 * @property {string} stage
 * @property {string} to
 * @property {number} start
 * @property {number} end
 * @property {number} watch
 * @property {number} part
 * @property {string} when
 * @property {string} rate
 */

/**
 * What the event looks like at a stage, as plain text.
 * @typedef {object} SentArtefact
 * @property {string} stage
 * @property {string} title
 * @property {string} text
 */

/**
 * One event that is followed in the run of this digest. `key`: another one is watched from its birth. `other`: the same event in
 * another run, and `parting`: where the two part, or why that cannot be said.
 * @typedef {object} Followed
 * @property {string} key
 * @property {string} run
 * @property {string} tag
 * @property {SentRibbon} ribbon
 * @property {SentBeat[]} beats
 * @property {SentArtefact[]} artefacts
 * @property {SentRibbon | null} other
 * @property {string} parting
 */

/**
 * The event to follow.
 * @typedef {object} FollowNote
 * @property {Followed} followed
 * @property {string} [name]
 * @property {"follow"} [note]
 */

/**
 * What the diagram sends: a place that was chosen ("" for none), the second at which the clock came to rest, a place or flow that
 * was pointed at as an answer, a dot that was clicked: `oltp>jdbc@50400`, the wire and when it set off; what was broken:
 * `down.lake@50400`, the fault and the moment of the clock; the `replay` that was seen to its end; and the two stages
 * that a flow was drawn between, `connect`.
 * @typedef {object} Triggers
 * @property {string} select
 * @property {number} moment
 * @property {string} point
 * @property {string} follow
 * @property {string} broken
 * @property {string} repaired
 * @property {string} watched
 * @property {[string, string]} connect
 */

export {};
