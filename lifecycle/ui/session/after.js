// Asks the server once for what it left out of the first paint: when the diagram shows its moment, or in two seconds.

import { heedLeaving, leaves } from "../../../js/shared/leaving.js";

const PATIENCE_MS = 2000;

/** @param {Mount<null>} mount */
export default function ({ setTriggerValue }) {
  const end = performance.now() + PATIENCE_MS;
  let timer = 0;
  heedLeaving();
  const look = () => {
    if (leaves() || (window.headwatersMoment === undefined && performance.now() < end)) timer = setTimeout(look, 30);
    else requestAnimationFrame(() => setTriggerValue("ready", true));
  };
  look();
  return () => clearTimeout(timer);
}
