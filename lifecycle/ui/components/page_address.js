// The page's address with another place in it, letter by letter as the server would write it (`addressbar.py`, and
// Streamlit below it): tests/ui/session/page_addresses.json holds both. So nothing moves when the server has written its own.

// What Streamlit takes for itself it keeps in front, as often as it stands there, name by name.
const STREAMLITS = /^embed(_options)?$/i;

/**
 * @param {string} search the query of the address, with or without its `?`
 * @param {string} place
 * @param {string[]} names all that the address can hold, in the server's order
 */
export function addressOf(search, place, names) {
  const params = new URLSearchParams(search);
  params.set("stage", place);
  const streamlits = [...new Set(params.keys())].filter((name) => STREAMLITS.test(name));
  const kept = streamlits.flatMap((name) => params.getAll(name).map((value) => [name, value]));
  for (const name of names) {
    const value = params.getAll(name).at(-1); // of two with the same name the last one counts
    if (value !== undefined) kept.push([name, value]);
  }
  // where Python's urlencode and the browser's differ
  return new URLSearchParams(kept).toString().replaceAll("*", "%2A").replaceAll("%7E", "~");
}
