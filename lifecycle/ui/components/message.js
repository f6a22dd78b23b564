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

export {};
