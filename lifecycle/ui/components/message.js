// What Streamlit hands to the parts of the stage panel: the same fields and types as explanation.py, which a test holds.

/**
 * What one part of the panel shows of a place ("" is the whole): its title as text, or all that explains it as HTML.
 * `source` is where the page fetches what it shows of any place before the server has answered, all at once or
 * `apiece`. `names` are those of the address, in its order; with another `reading` the text is read from its beginning.
 * @typedef {object} PanelPart
 * @property {"title" | "html"} part
 * @property {string} place
 * @property {string} content
 * @property {string} source
 * @property {boolean} apiece
 * @property {string[]} names
 * @property {string} reading
 */

/**
 * A switch of the page with a value that it does not have, as its button says it, and the key under which the server
 * hands out what the page would show then.
 * @typedef {object} Flip
 * @property {string} switch
 * @property {string} value
 * @property {string} key
 */

/**
 * A figure as the page shows it: its label, its value and what it was, in words; "" for what it was not. `name` is its key
 * on the page. `bars` are the run before's and this one's, as shares of the longer, and `compared` says them; without a run
 * before both are 0 and "".
 * @typedef {object} SentFigure
 * @property {string} name
 * @property {string} label
 * @property {string} shown
 * @property {string} change
 * @property {[number, number]} bars
 * @property {string} compared
 */

/**
 * A run by its digest, and the figures that the page has of it; `nth` is new whenever the server says it.
 * @typedef {object} Truth
 * @property {string} nth
 * @property {string} run
 * @property {SentFigure[]} figures
 */

/**
 * What the page shows by itself when a switch is flipped, handed out under `source`; and what the server shows `now`.
 * @typedef {object} Flips
 * @property {string} source
 * @property {Truth} now
 * @property {Flip[]} flips
 */

/**
 * A knob by its slider's class on the page, and the figure that it turns.
 * @typedef {object} Turn
 * @property {string} knob
 * @property {string} figure
 */

/**
 * The knobs that the page follows while they are dragged, whose places are handed out under `source`.
 * @typedef {object} Turns
 * @property {string} source
 * @property {Turn[]} turns
 */

/**
 * What the page's search and cards are given. The index is fetched at `source`. What is chosen is followed by the server
 * where it `follows`, on the explorer; elsewhere the browser goes to `site`. The search is `offered`, or the page has
 * keys of its own; `without` are kinds left out.
 * @typedef {object} LookupPart
 * @property {string} source
 * @property {string} site
 * @property {boolean} follows
 * @property {boolean} offered
 * @property {string[]} without
 */

/**
 * What stands beside the diagram: the keys of its container, of its button that closes it, and of the button, or the place
 * of the page, to which the keyboard goes back. It `takes` the keyboard when it opens. `place` is the one that a diagram
 * too small for its picture brings into view, "" for none.
 * @typedef {object} AsidePart
 * @property {string} within
 * @property {string} close
 * @property {string} back
 * @property {boolean} takes
 * @property {string} place
 */

export {};
