// What everybody must know for now, at the top of the page and with the answers concerned.

import { byId, el } from "../../gateway/static/chat/dom.js";
import { blocks } from "../../gateway/static/chat/markup.js";
import { get } from "./server.js";

const EVERY = 30_000;
const place = byId("notices", HTMLElement);
let last = "";

export function start() {
  void refresh();
  setInterval(() => void refresh(), EVERY);
}

async function refresh() {
  const { notices } = await get("/console/api/notices").catch(() => ({ notices: null }));
  const now = JSON.stringify(notices);
  if (!notices || now === last) return; // the same words are not read aloud again
  last = now;
  place.replaceChildren(...notices.map((/** @type {{text: string}} */ notice) => el("div", { class: "notice" }, blocks(notice.text))));
}
