// What a class's server sends to phone, hall and desk, and what they post: the same fields and types as
// lifecycle/classroom/message.py, which a test holds. HTML in it was made safe by the server's own Markdown; moments
// (`…_s`) are seconds of the wall clock.

/**
 * A place or flow of the diagram that one may point at.
 * @typedef {object} PollPlace
 * @property {string} id
 * @property {string} label
 */

/**
 * A question without its key; `taken` says which units a number may be typed in.
 * @typedef {object} PollShown
 * @property {string} id
 * @property {"single" | "multiple" | "number" | "click" | "predict" | "open"} kind
 * @property {string} stem
 * @property {string[]} options
 * @property {string[]} letters
 * @property {string} hint
 * @property {string} unit
 * @property {string} taken
 * @property {number} low
 * @property {number} high
 * @property {PollPlace[]} places
 */

/**
 * What is right: options by index, places by id, or a number within its tolerance.
 * @typedef {object} KeyKept
 * @property {number[]} options
 * @property {string[]} places
 * @property {number | null} truth
 * @property {number} tolerance
 * @property {string[]} feedback
 * @property {string} why
 */

/**
 * A key with its number in words, "" where it has none.
 * @typedef {object} KeyShown
 * @property {number[]} options
 * @property {string[]} places
 * @property {number | null} truth
 * @property {number} tolerance
 * @property {string[]} feedback
 * @property {string} why
 * @property {string} said
 */

/**
 * A question with its key, as a talk has it.
 * @typedef {object} AskKept
 * @property {PollShown} poll
 * @property {KeyKept} key
 * @property {1 | 2} rounds
 */

/**
 * A choice: exactly one of these. A phone sends a number as it was typed; the server answers with its reading.
 * @typedef {object} BallotSent
 * @property {number[]} [chosen]
 * @property {number | string} [number]
 * @property {string} [place]
 * @property {string} [text]
 */

/**
 * So many numbers from `low` up to, and not with, `high`.
 * @typedef {object} BinShown
 * @property {number} low
 * @property {number} high
 * @property {number} count
 */

/**
 * Who moved from what to what between two rounds.
 * @typedef {object} ShiftShown
 * @property {string[]} labels
 * @property {number[][]} moved
 * @property {number} both
 * @property {number | null} gain
 * @property {number} first
 * @property {number} second
 */

/**
 * One round's votes, the one before it within.
 * @typedef {object} TallyShown
 * @property {number} voted
 * @property {number | null} right
 * @property {number[]} counts
 * @property {Record<string, number>} places
 * @property {number[]} values
 * @property {BinShown[]} bins
 * @property {number} beyond
 * @property {number | null} median
 * @property {TallyShown | null} first
 * @property {ShiftShown | null} shift
 * @property {string} median_said
 */

/**
 * Where a class is; the key only for those who may know it.
 * @typedef {object} StateShown
 * @property {string} talk
 * @property {number} step
 * @property {number} points
 * @property {boolean} black
 * @property {PollShown | null} poll
 * @property {1 | 2} rounds
 * @property {1 | 2} round
 * @property {boolean} open
 * @property {boolean} revealed
 * @property {boolean} answered
 * @property {number | null} discuss_until_s
 * @property {"open" | "present" | "seats"} door
 * @property {KeyShown | null} key
 * @property {string} view
 * @property {boolean} joining
 * @property {number} started_s
 * @property {boolean} over
 */

/**
 * What a phone wrote to an open question, and whether the hall sees it.
 * @typedef {object} TextShown
 * @property {string} id
 * @property {string} text
 * @property {boolean} shown
 */

/**
 * What everybody hears of a class.
 * @typedef {object} ToAll
 * @property {string} code
 * @property {string} title
 * @property {number} now_s
 */

/**
 * What differs from phone to phone: its own vote, and whether the door lets it vote.
 * @typedef {object} OfPhone
 * @property {string} code
 * @property {string} title
 * @property {number} now_s
 * @property {BallotSent | null} mine
 * @property {boolean} votes_here
 */

/**
 * All that a phone shows.
 * @typedef {object} ToPhone
 * @property {string} code
 * @property {string} title
 * @property {number} now_s
 * @property {BallotSent | null} mine
 * @property {boolean} votes_here
 * @property {StateShown} state
 */

/**
 * All that the hall's screen shows.
 * @typedef {object} ToScreen
 * @property {string} code
 * @property {string} title
 * @property {number} now_s
 * @property {StateShown} state
 * @property {TextShown[]} texts
 * @property {number} phones
 * @property {number} here
 * @property {number} votes
 * @property {TallyShown | null} tally
 */

/**
 * What the desk alone hears: phones that were turned away, or could not vote by seat, and when all is erased.
 * @typedef {object} OfDesk
 * @property {number} turned_away
 * @property {number} without_slip
 * @property {number} expires_s
 */

/**
 * All that the desk shows; its state has the key, its tally is never hidden.
 * @typedef {object} ToDesk
 * @property {string} code
 * @property {string} title
 * @property {number} now_s
 * @property {StateShown} state
 * @property {TextShown[]} texts
 * @property {number} phones
 * @property {number} here
 * @property {number} votes
 * @property {TallyShown | null} tally
 * @property {number} turned_away
 * @property {number} without_slip
 * @property {number} expires_s
 */

/**
 * A step of the talk with its notes; `minutes` as planned, `points` as many as `points_html` has.
 * @typedef {object} StepToDesk
 * @property {string} headline
 * @property {string} notes_html
 * @property {number} points
 * @property {number} minutes
 * @property {AskKept | null} ask
 * @property {string} [text_html]
 * @property {string[]} [points_html]
 */

/**
 * The talk that a class follows; without steps where none was given.
 * @typedef {object} TalkToDesk
 * @property {string} [id]
 * @property {string} [title]
 * @property {number} [minutes]
 * @property {StepToDesk[]} [steps]
 */

/**
 * What the desk asks for once: the talk, and where phones `join`.
 * @typedef {object} DeskOpened
 * @property {TalkToDesk} talk
 * @property {string} join
 * @property {number} most_phones
 */

/**
 * A class that this browser presents.
 * @typedef {object} ClassListed
 * @property {string} code
 * @property {string} spelled
 * @property {string} title
 * @property {string} talk
 * @property {number} step
 * @property {number} points
 * @property {boolean} over
 * @property {number} phones
 * @property {number} voters
 * @property {number} most_phones
 * @property {number} expires_s
 */

/**
 * The classes that this browser presents, the newest first.
 * @typedef {object} ClassesListed
 * @property {ClassListed[]} classes
 * @property {number} now_s
 */

/**
 * The desk's own link, with its secret.
 * @typedef {object} DeskLink
 * @property {string} link
 */

/**
 * A vote as a phone posts it, under a `key` of its own by which a second try is known.
 * @typedef {object} VoteSent
 * @property {string} key
 * @property {string} poll
 * @property {1 | 2} round
 * @property {BallotSent} ballot
 */

/**
 * The answer to a vote: it is on the disk, and so the server has read it.
 * @typedef {object} VoteTaken
 * @property {boolean} recorded
 * @property {string} key
 * @property {BallotSent | null} ballot
 */

/**
 * What a presenter's key or button posts; which values an action takes, `server/acts.py` says.
 * @typedef {object} ActSent
 * @property {"ask" | "aside" | "put_away" | "close" | "discuss" | "reopen" | "second_round" | "reveal" | "answer" | "hide" | "toggle" | "unfold" | "onward" | "go" | "black" | "join" | "look" | "clock" | "end" | "door" | "limit" | "show_text" | "hide_text" | "hide_texts"} action
 * @property {number} [step]
 * @property {number} [points]
 * @property {boolean} [on]
 * @property {string} [view]
 * @property {string} [door]
 * @property {number} [most]
 * @property {string} [text]
 * @property {string} [id]
 */

/**
 * Why something was not done, in words.
 * @typedef {object} RefusalSent
 * @property {string} error
 */

/**
 * What the hall's screen was sent, with how far the server's clock is ahead of this window's.
 * @typedef {ToScreen & { ahead_s: number }} HeardByHall
 */

export {};
