// A section of a place's page that the search found: unfolded, scrolled to, and where the keyboard goes on from.

import { allOf } from "../../../js/shared/dom.js";

/**
 * Whether the section is there and seen.
 * @param {ParentNode} page
 * @param {string} heading
 */
export function showSection(page, heading) {
  const title = allOf(page, "h3").find((each) => each.textContent === heading && each.checkVisibility());
  if (!title) return false;
  const folded = title.closest("details"), place = title.closest("summary") ?? title;
  if (folded) folded.open = true;
  if (place === title) title.tabIndex = -1;
  place.focus({ preventScroll: true });
  (folded ?? title).scrollIntoView({ block: "nearest" });
  return true;
}
