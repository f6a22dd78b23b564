// Tells the server, once a session, that this page stands in a frame of another site. Only the browser knows: a page of our own
// origin lets itself be read, a foreign one does not.

function foreign() {
  for (let above = /** @type {Window} */ (window); above !== above.parent; ) {
    above = above.parent;
    try {
      if (above.location.origin !== location.origin) return true;
    } catch {
      return true;
    }
  }
  return false;
}

/** @param {Mount<{ told: boolean }>} mount */
export default function ({ data, setStateValue }) {
  if (!data.told && foreign()) setStateValue("foreign", true);
}
