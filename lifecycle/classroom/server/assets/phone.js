// A phone in a class: shows the open question, sends the vote, and does not lose it on a bad network.

import { byId } from "../../../../js/shared/dom.js";
import { talkItOver, waiting } from "./phone_draw.js";
import { ask, gone, hear, line, listen, poll, words } from "./phone_hearing.js";
import { SILENT_MS, phone, seated } from "./phone_state.js";
import { send, vote } from "./phone_voting.js";

/** @import { ToPhone } from "../../../../js/shared/class_message.js" */

byId("ask").addEventListener("submit", vote);
addEventListener("online", () => { if (!phone.over) { listen(); send(); } });
document.addEventListener("visibilitychange", () => { if (!document.hidden && !phone.over && Date.now() - phone.heardAt > 5000) poll(); });
setInterval(() => { if (!phone.over && !phone.polling && Date.now() - phone.heardAt > SILENT_MS) { line(false); listen(); poll(); } }, 5000);
setInterval(() => { if (phone.told?.state.discuss_until_s && !phone.over && !phone.pending && phone.told.votes_here) talkItOver(); }, 1000);

(async () => {
  const answer = await ask(`state${seated()}`); // it brings the phone's name, without which no events come
  if (answer?.ok) {
    /** @type {ToPhone} */
    const said = await answer.json();
    hear(said);
  }
  else if (answer?.status === 404) return gone(await words(answer));
  else if (answer && [403, 409, 429].includes(answer.status)) { waiting(await words(answer)); return poll(); }
  listen();
})();
