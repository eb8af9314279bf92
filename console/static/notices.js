// What everybody must know for now, at the top of the page and with the answers concerned.

import { byId, el } from "../../gateway/static/chat/dom.js";
import { blocks } from "../../gateway/static/chat/markup.js";
import { get } from "./server.js";

const EVERY = 30_000;
const place = byId("notices", HTMLElement);
/** @type {{text: string, entries: string[]}[]} */
let current = [];

/** @param {() => void} changed */
export function start(changed) {
  void refresh(changed);
  setInterval(() => void refresh(changed), EVERY);
}

/**
 * What is to be said with the answer of an entry.
 * @param {string} entry
 */
export function about(entry) {
  return current.filter(({ entries }) => entries.includes(entry)).map(shown);
}

/** @param {() => void} changed */
async function refresh(changed) {
  const { notices } = await get("/console/api/notices").catch(() => ({ notices: null }));
  if (!notices || JSON.stringify(notices) === JSON.stringify(current)) return; // the same words are not read aloud again
  current = notices;
  place.replaceChildren(...current.map(shown));
  changed();
}

/** @param {{text: string}} notice */
function shown({ text }) {
  return el("div", { class: "notice" }, blocks(text));
}
