// The agent's page.

import { byId } from "../../gateway/static/chat/dom.js";
import * as actions from "./actions.js";
import * as answer from "./answer.js";
import * as call from "./call.js";
import * as entries from "./entries.js";
import * as help from "./help.js";
import * as notices from "./notices.js";
import * as results from "./results.js";
import { attempt } from "./status.js";

byId("show-help", HTMLElement).addEventListener("click", help.toggle);
document.getElementById("show-call")?.addEventListener("click", call.open);
call.start(results.focus, (id) => answer.show(entries.entry(id), true));
actions.start();
notices.start(answer.refresh);
void attempt(async () => {
  await entries.load();
  results.start(answer.show);
  document.querySelector("main")?.removeAttribute("aria-busy");
});
