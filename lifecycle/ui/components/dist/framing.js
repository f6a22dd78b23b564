// lifecycle/ui/components/framing.js
function foreign() {
  for (let above = (
    /** @type {Window} */
    window
  ); above !== above.parent; ) {
    above = above.parent;
    try {
      if (above.location.origin !== location.origin) return true;
    } catch {
      return true;
    }
  }
  return false;
}
function framing_default({ data, setStateValue }) {
  if (!data.told && foreign()) setStateValue("foreign", true);
}
export {
  framing_default as default
};
