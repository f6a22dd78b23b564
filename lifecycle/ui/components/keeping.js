// Keeps a choice of the page in a cookie, which the server reads when the next session begins. It is no secret, and a browser
// that refuses it begins the next visit as the first.

const YEAR_S = 365 * 24 * 3600;

/** @param {Mount<{ cookie: string, value: string, path: string }>} mount */
export default function ({ data: { cookie, value, path } }) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${cookie}=${value}; Path=${path}; Max-Age=${value ? YEAR_S : 0}; SameSite=Lax${secure}`;
}
