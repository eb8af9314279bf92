// The two-key actions: Alt and a letter, from anywhere on the page, or their buttons.

import { byId } from "../../gateway/static/chat/dom.js";
import { t } from "../../gateway/static/chat/strings.js";
import * as answer from "./answer.js";
import * as call from "./call.js";
import { entry, opened, toggleFavourite } from "./entries.js";
import * as help from "./help.js";
import * as results from "./results.js";
import { post } from "./server.js";
import { attempt, say } from "./status.js";

/** @typedef {import("./entries.js").Entry} Entry */

/** @type {Record<string, () => Promise<void> | void>} */
const ON = {
  t: () => onOpen((open) => copy(open.scripts.phone, t("done_phone"))),
  c: () => onOpen((open) => copy(open.scripts.mail, t("done_mail"))),
  s: () => onOpen((open) => copy(open.scripts.sms, t("done_sms", { count: open.scripts.sms.length }))),
  x: () => answer.toggle("full"),
  p: () => answer.toggle("sources"),
  g: () => onOpen(async (open) => say(t((await toggleFavourite(open.id)) ? "kept" : "not_kept"))),
  r: () => onOpen(async (open) => {
    await post("/console/api/reports", { kind: "wrong", entry: open.id, query: results.query() });
    say(t("reported_wrong", { title: open.title }));
  }),
  n: reportMissing,
  o: call.open,
  k: call.end,
};

export function start() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.key === "F1") {
    event.preventDefault();
    help.toggle();
  } else if (event.altKey && !event.ctrlKey && !event.metaKey) {
    const key = letter(event);
    if (!(key in ON) && !/^[1-9]$/.test(key)) return;
    event.preventDefault();
    run(key);
  } else if (isTyping(event) && !document.activeElement?.matches("input, select, textarea, dialog *")) {
    results.focus(); // the letter goes into the field
  }
}

/**
 * On a Mac, Alt changes the letter: then its place on the keyboard says which it is. Actions use letters that have
 * the same place on French and English keyboards.
 * @param {KeyboardEvent} event
 */
function letter({ key, code }) {
  const typed = key.toLowerCase();
  return /^[a-z]$/.test(typed) ? typed : code.replace(/^(Key|Digit|Numpad)/, "").toLowerCase();
}

/**
 * A letter or digit; the space bar presses what has the focus.
 * @param {KeyboardEvent} event
 */
const isTyping = ({ key, ctrlKey, metaKey }) => key.length === 1 && key !== " " && !ctrlKey && !metaKey;

/** @param {MouseEvent} event */
function onClick({ target, detail }) {
  const pressed = target instanceof Element ? target.closest("button") : null;
  const key = pressed?.dataset["key"] ?? pressed?.dataset["neighbour"];
  if (!key) return;
  run(key);
  if (detail || pressed?.dataset["neighbour"]) results.focus(); // pressed with the mouse, or replaced by the new answer
}

/** @param {string} key */
function run(key) {
  void attempt(async () => (key in ON ? ON[key]?.() : toNeighbour(Number(key))));
}

/** @param {(open: Entry) => Promise<void>} act */
async function onOpen(act) {
  const open = answer.open();
  if (open) await act(open);
  else say(t("no_answer"));
}

/** @param {number} place from 1 */
function toNeighbour(place) {
  const next = entry(answer.open()?.neighbours[place - 1] ?? "");
  if (!next) return;
  answer.show(next, true);
  say(t("opened", { title: next.title }));
  return opened(next.id);
}

async function reportMissing() {
  const query = results.query();
  if (!query) return say(t("nothing_to_report"));
  await post("/console/api/reports", { kind: "missing", query });
  say(t("reported_missing", { query }));
}

/**
 * @param {string} text
 * @param {string} done
 */
async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    say(done);
  } catch {
    const pane = byId("answer", HTMLElement);
    const shown = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
    shown.setAttribute("aria-label", t("actions"));
    pane.prepend(shown);
    shown.select();
    say(t("not_copied"));
  }
}
