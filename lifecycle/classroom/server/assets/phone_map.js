// The diagram on a phone, whose places are tapped.

import { ask } from "./phone_hearing.js";
import { phone } from "./phone_state.js";

let picture = null; // asked for once
export async function diagram(map, poll, tapped) {
  picture ??= ask("diagram.svg").then((answer) => (answer?.ok ? answer.text() : Promise.reject(new Error())));
  try {
    const svg = document.importNode(new DOMParser().parseFromString(await picture, "image/svg+xml").documentElement, true);
    for (const name of ["width", "height"]) svg.removeAttribute(name);
    for (const title of svg.querySelectorAll("title")) title.remove();
    for (const { id } of poll.places) {
      const spot = svg.querySelector(`#${CSS.escape(id.includes("->") ? `flow-${id.replace("->", "-")}` : `stage-${id}`)}`);
      if (!spot) continue;
      spot.classList.add("spot");
      spot.dataset.place = id;
      spot.addEventListener("click", () => tapped(id));
    }
    map.replaceChildren(svg);
    for (const path of svg.querySelectorAll(".spot > path")) {
      if (path.closest(".node") && path.getBBox().height > 40) continue; // large enough for a finger
      const touch = path.cloneNode();
      touch.classList.add("touch");
      path.after(touch);
    }
  } catch {
    picture = null;
    map.replaceChildren();
  }
}
export function light(map, state) {
  for (const spot of map.querySelectorAll(".spot")) {
    spot.classList.toggle("mine", spot.dataset.place === phone.draft?.place);
    spot.classList.toggle("right", Boolean(state.key?.places.includes(spot.dataset.place)));
  }
}
