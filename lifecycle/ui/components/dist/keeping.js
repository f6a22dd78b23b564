// lifecycle/ui/components/keeping.js
var YEAR_S = 365 * 24 * 3600;
function keeping_default({ data: { cookie, value, path } }) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${cookie}=${value}; Path=${path}; Max-Age=${value ? YEAR_S : 0}; SameSite=Lax${secure}`;
}
export {
  keeping_default as default
};
