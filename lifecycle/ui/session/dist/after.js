// lifecycle/ui/session/after.js
var PATIENCE_MS = 2e3;
function after_default({ setTriggerValue }) {
  const end = performance.now() + PATIENCE_MS;
  let timer = 0;
  const look = () => {
    if (window.headwatersMoment === void 0 && performance.now() < end) timer = setTimeout(look, 30);
    else requestAnimationFrame(() => setTriggerValue("ready", true));
  };
  look();
  return () => clearTimeout(timer);
}
export {
  after_default as default
};
