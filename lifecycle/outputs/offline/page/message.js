// What the page holds: the same fields and types as lifecycle/outputs/offline/message.py, which a test holds. Texts of a
// day are numbers, places in its list of texts; a series is packed text, see `unpack` of frames.js.

/**
 * @import { Followed, Payload } from "../../../diagram/living/script/message.js"
 * @import { Lookup } from "../../lookup/message.js"
 */

/**
 * @typedef {object} HeldPlace
 * @property {string} id
 * @property {"stage" | "undercurrent"} kind
 * @property {string} label
 * @property {string} title
 */

/**
 * A scenario, and the switches that it sets.
 * @typedef {object} SentScenario
 * @property {string} id
 * @property {string} title
 * @property {Record<string, string>} switches
 */

/**
 * A chart of the whole run: its values are held in so many steps a unit.
 * @typedef {object} SentChart
 * @property {string} heading
 * @property {number} steps
 * @property {string} axis
 * @property {string} per
 * @property {boolean} log
 */

/**
 * How a typed number is read: patterns, the sentence that asks back, and signs that stand for others.
 * @typedef {object} TypingRules
 * @property {string} form
 * @property {string} doubtful
 * @property {string} doubt
 * @property {Record<string, string>} signs
 */

/**
 * What every kind of question shows: its stem as HTML, and its key under a veil.
 * @typedef {object} Variant
 * @property {string} stem
 * @property {string} sealed
 */

/**
 * @typedef {object} OptionsVariant
 * @property {string} stem
 * @property {string} sealed
 * @property {string[]} options
 */

/**
 * @typedef {object} BlanksVariant
 * @property {string} stem
 * @property {string} sealed
 * @property {number} blanks
 */

/**
 * @typedef {object} PairsVariant
 * @property {string} stem
 * @property {string} sealed
 * @property {string[]} lefts
 * @property {string[]} pairs
 */

/**
 * A question; its variants are as its kind shows them.
 * @typedef {object} SentQuestion
 * @property {string} id
 * @property {string} kind
 * @property {string} level
 * @property {string} number
 * @property {Variant[]} variants
 */

/**
 * What is said of an option that was chosen.
 * @typedef {object} JudgedOption
 * @property {boolean} right
 * @property {string} [feedback]
 * @property {string} [belief]
 * @property {string} [see]
 */

/**
 * @typedef {object} AcceptedText
 * @property {string} hash
 * @property {string[]} [also]
 */

/**
 * @typedef {object} AcceptedNumber
 * @property {string} hash
 * @property {string[]} [also]
 * @property {number} value
 * @property {number} tolerance
 * @property {string} unit
 */

/**
 * What every key says: the reason, the right answer, and a view that shows it.
 * @typedef {object} HeldKey
 * @property {string} explanation
 * @property {string[]} answer
 * @property {string[]} reasons
 * @property {string} view
 * @property {string} look
 */

/**
 * @typedef {object} ChoiceKey
 * @property {string} explanation
 * @property {string[]} answer
 * @property {string[]} reasons
 * @property {string} view
 * @property {string} look
 * @property {JudgedOption[]} options
 */

/**
 * @typedef {object} BlanksKey
 * @property {string} explanation
 * @property {string[]} answer
 * @property {string[]} reasons
 * @property {string} view
 * @property {string} look
 * @property {(AcceptedText | AcceptedNumber)[]} blanks
 */

/**
 * @typedef {object} OrderKey
 * @property {string} explanation
 * @property {string[]} answer
 * @property {string[]} reasons
 * @property {string} view
 * @property {string} look
 * @property {number[]} places
 */

/**
 * @typedef {object} PairsKey
 * @property {string} explanation
 * @property {string[]} answer
 * @property {string[]} reasons
 * @property {string} view
 * @property {string} look
 * @property {number[]} pairs
 * @property {JudgedOption[]} options
 */

/**
 * @typedef {object} ClickKey
 * @property {string} explanation
 * @property {string[]} answer
 * @property {string[]} reasons
 * @property {string} view
 * @property {string} look
 * @property {Record<string, JudgedOption>} places
 */

/**
 * What each kind of question shows, and what its key holds once the veil is lifted.
 * @typedef {object} Kinds
 * @property {[OptionsVariant, ChoiceKey]} single
 * @property {[OptionsVariant, ChoiceKey]} multiple
 * @property {[BlanksVariant, BlanksKey]} blank
 * @property {[OptionsVariant, OrderKey]} order
 * @property {[PairsVariant, PairsKey]} match
 * @property {[Variant, ClickKey]} click
 */

/**
 * A number to be guessed before the run tells it.
 * @typedef {object} SentGuess
 * @property {string} label
 * @property {string} unit
 * @property {number} low
 * @property {number} high
 * @property {string} salt
 * @property {string} sealed
 */

/**
 * @typedef {object} SentStep
 * @property {string} view
 * @property {boolean} plays
 * @property {SentQuestion} [question]
 * @property {SentGuess} [predict]
 */

/**
 * @typedef {object} SentTalk
 * @property {string} id
 * @property {string} title
 * @property {boolean} lesson
 * @property {SentStep[]} steps
 */

/**
 * Everything but the runs and the texts. `picks`: what the list of orders calls each; `further`: what only links turn,
 * with the days and their switches that have it.
 * @typedef {object} SentCourse
 * @property {string} key
 * @property {Payload} living
 * @property {Record<string, string>} pointable
 * @property {HeldPlace[]} places
 * @property {string} overview
 * @property {string} whole
 * @property {string} overviewTitle
 * @property {SentScenario[]} scenarios
 * @property {Record<string, string>} picks
 * @property {Record<string, Record<string, string[]>>} further
 * @property {string[]} furtherNames
 * @property {Record<string, SentQuestion[]>} questions
 * @property {SentTalk[]} talks
 * @property {string} gap
 * @property {Record<string, [string, number]>} units
 * @property {TypingRules} typed
 * @property {string[]} percents
 * @property {Record<string, SentChart>} charts
 * @property {Lookup} lookup
 */

/**
 * A flow's moves as the diagram plays them, with numbers of texts in place of the texts.
 * @typedef {object} HeldWire
 * @property {string} source
 * @property {string} target
 * @property {number | null} sent
 * @property {number} refused
 * @property {boolean} pulled
 * @property {boolean} loop
 */

/**
 * A run's frames as the diagram plays them, with numbers of texts in place of the texts.
 * @typedef {object} HeldFrames
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
 * @property {Record<string, Record<string, number>>} stations
 * @property {string[]} keeps
 * @property {Record<string, [number, number]>} ticks
 * @property {HeldWire[]} flows
 */

/**
 * What a chart says, and its lines: name, points, values, and moments where they are not those of the buckets.
 * @typedef {object} HeldChart
 * @property {string} finding
 * @property {([string, number, number] | [string, number, number, number])[]} lines
 */

/**
 * A run: its figures (label, value, in words, meaning, whether it is left out where it is zero), its charts, percentiles of latency
 * at each consumer, what the texts are told of it, and the orders that were recorded on it.
 * @typedef {object} HeldRun
 * @property {HeldFrames} frames
 * @property {[string, number | null, string, number, boolean][]} figures
 * @property {Record<string, HeldChart>} charts
 * @property {[string, number | null, number | null, number | null][]} latency
 * @property {Record<string, number>} told
 * @property {Record<string, Followed>} orders
 */

/**
 * The runs of one scenario by their switches; a text that several of them hold stands here once.
 * @typedef {object} HeldDay
 * @property {string[]} texts
 * @property {Record<string, HeldRun>} runs
 */

export {};
