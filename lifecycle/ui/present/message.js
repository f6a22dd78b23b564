// What Streamlit hands to the scripts of this folder, and what they send: the same fields and types as conductor.py and
// running.py, which a test holds.

/**
 * What the class explored last, as an address's query, and how often this window has followed it.
 * @typedef {object} FollowedView
 * @property {number} nth
 * @property {string} view
 */

/**
 * What the conductor is given: `points` counts those of each step; `site` is the app's own address.
 * @typedef {object} TalkDriven
 * @property {string} title
 * @property {string[]} headlines
 * @property {number[]} points
 * @property {number} step
 * @property {number} shown
 * @property {boolean} free
 * @property {string[]} views
 * @property {FollowedView} followed
 * @property {string} code
 * @property {string} secret
 * @property {string} site
 */

/**
 * What the conductor sends: a position ("5", "5.2"; "off" ends what was `free`), or that something was asked.
 * @typedef {object} ConductorTriggers
 * @property {string} go
 * @property {string} free
 * @property {string} leave
 * @property {string} answer
 * @property {string} heard
 * @property {string} look
 */

/**
 * The proof of a class that this session has started: its secret, and its desk's address without that.
 * @typedef {object} Claim
 * @property {string} code
 * @property {string} secret
 * @property {string} desk
 */

/**
 * What the list of classes is given; with `only` it shows the ways to the desk of the class that is claimed.
 * @typedef {object} ClassesRunning
 * @property {Claim | null} claim
 * @property {boolean} only
 * @property {string} site
 */

/**
 * A class to go on with, and when that was asked for.
 * @typedef {object} ClassResumed
 * @property {string} talk
 * @property {string} code
 * @property {number} at
 */

/**
 * What the list sends.
 * @typedef {object} RunningTriggers
 * @property {ClassResumed} resume
 */

export {};
