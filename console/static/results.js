// The search field and its list: results at each keystroke, arrows to choose, the choice opens beside the list.
// The focus stays in the field; the list is told to screen readers by aria-activedescendant.

import { byId, el } from "../../gateway/static/chat/dom.js";
import { t } from "../../gateway/static/chat/strings.js";
import { atHand, isFavourite, known, opened } from "./entries.js";
import { get } from "./server.js";
import { attempt, say } from "./status.js";

/** @typedef {import("./entries.js").Entry} Entry */

const field = byId("query", HTMLInputElement);
const list = byId("results", HTMLUListElement);
const title = byId("list-title", HTMLElement);
const nothing = byId("nothing", HTMLElement);

/** @type {Entry[]} */
let shown = [];
let active = 0;
let asking = new AbortController();
/** @type {(entry: Entry | undefined, whole: boolean) => void} */
let choose = () => {};

/** @param {(entry: Entry | undefined, whole: boolean) => void} chosen called for each choice; `whole` after Enter */
export function start(chosen) {
  choose = chosen;
  field.addEventListener("input", (event) => void attempt(() => search(event.timeStamp)));
  field.addEventListener("keydown", onKey);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the field
  list.addEventListener("click", (event) => {
    const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    if (option) move([...list.children].indexOf(option)), open();
  });
  void attempt(() => search(performance.now())); // something may have been typed before this page was ready
}

export const query = () => field.value.trim();

/** @param {boolean} [clear] */
export function focus(clear = false) {
  field.focus();
  if (clear && field.value) {
    field.value = "";
    void attempt(() => search(performance.now()));
  }
}

/** @param {number} since when the key was pressed, for the measure `keystroke` (until the result is painted) */
async function search(since) {
  asking.abort();
  asking = new AbortController();
  const text = query();
  try {
    const found = text ? await get(`/console/api/search?q=${encodeURIComponent(text)}`, asking.signal) : null;
    show(found ? known(found.found) : atHand());
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return;
    throw error;
  }
  painted(() => performance.measure("keystroke", { start: since }));
}

/** @param {Entry[]} entries */
function show(entries) {
  shown = entries;
  title.textContent = t(query() ? "results" : "favourites");
  list.replaceChildren(...entries.map(option));
  nothing.hidden = Boolean(entries.length || !query());
  field.setAttribute("aria-expanded", String(entries.length > 0));
  move(0);
  const first = entries[0]?.title ?? "";
  if (query()) say(t(!entries.length ? "none" : entries.length === 1 ? "found_one" : "found", { count: entries.length, title: first }));
}

/**
 * @param {Entry} entry
 * @param {number} at
 */
function option(entry, at) {
  const mark = isFavourite(entry.id) && el("span", { class: "mark", title: t("favourite") }, "★");
  return el("li", { role: "option", id: `result-${at}`, "aria-selected": "false" }, mark, el("span", {}, entry.title));
}

/** @param {number} to */
function move(to) {
  list.children[active]?.setAttribute("aria-selected", "false");
  active = Math.max(0, Math.min(to, shown.length - 1));
  const now = list.children[active];
  now?.setAttribute("aria-selected", "true");
  now?.scrollIntoView({ block: "nearest" });
  if (now) field.setAttribute("aria-activedescendant", now.id);
  else field.removeAttribute("aria-activedescendant");
  choose(shown[active], false);
}

function open() {
  const entry = shown[active];
  if (!entry) return;
  choose(entry, true);
  say(t("opened", { title: entry.title }));
  void attempt(() => opened(entry.id));
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  if (event.key === "ArrowDown") move(active + 1);
  else if (event.key === "ArrowUp") move(active - 1);
  else if (event.key === "Enter") open();
  else if (event.key === "Escape") focus(true);
  else return;
  event.preventDefault();
}

/** @param {() => void} then after the next frame is on the screen */
function painted(then) {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = then;
    channel.port2.postMessage(null);
  });
}
