// The answer beside the list: what to say, what not to say, then everything that stands behind it.

import { byId, el } from "../../gateway/static/chat/dom.js";
import { blocks } from "../../gateway/static/chat/markup.js";
import { day, t } from "../../gateway/static/chat/strings.js";
import { known } from "./entries.js";
import { about } from "./notices.js";

/** @typedef {import("./entries.js").Entry} Entry */

const pane = byId("answer", HTMLElement);
/** @type {Entry | undefined} */
let current;

export const open = () => current;

/**
 * @param {Entry | undefined} entry
 * @param {boolean} whole with the full text unfolded
 */
export function show(entry, whole) {
  current = entry;
  pane.replaceChildren(...(entry ? parts(entry, whole) : []));
}

/** The open answer again, with the notices of now. */
export function refresh() {
  const full = pane.querySelector("details.full");
  show(current, full instanceof HTMLDetailsElement && full.open);
}

/** @param {"full" | "sources"} part */
export function toggle(part) {
  const details = pane.querySelector(`details.${part}`);
  if (details instanceof HTMLDetailsElement) details.open = !details.open;
}

/**
 * @param {Entry} entry
 * @param {boolean} whole
 */
function parts(entry, whole) {
  return [
    el("h2", { id: "answer-title" }, entry.title),
    ...about(entry.id),
    el("div", { class: "short" }, blocks(entry.short)),
    entry.avoid.length ? avoid(entry) : "",
    actionBar(),
    folded("full", whole, t("full"), blocks(entry.full)),
    folded("sources", whole, t("sources"), ...sources(entry)),
    entry.neighbours.length ? neighbours(entry) : "",
  ];
}

/** @param {Entry} entry */
function avoid(entry) {
  const items = entry.avoid.map((warning) => el("li", {}, warning));
  return el("section", { class: "avoid", "aria-labelledby": "avoid-title" }, el("h3", { id: "avoid-title" }, t("avoid")), el("ul", {}, ...items));
}

/** @param {Entry} entry */
function sources(entry) {
  const checked = t("checked", { date: day(entry.checked_on), owner: entry.owner, version: entry.version });
  const items = entry.sources.map((source) => el("li", {}, t("source", source)));
  const against = entry.contradictions.map((contradiction) => el("li", {}, contradiction));
  return [
    el("ul", {}, ...items),
    el("p", {}, checked),
    against.length ? el("h4", {}, t("contradictions")) : "",
    against.length ? el("ul", { class: "against" }, ...against) : "",
  ];
}

/** @param {Entry} entry */
function neighbours(entry) {
  const items = known(entry.neighbours).map((other, at) =>
    el("li", {}, el("button", { type: "button", "data-neighbour": String(at + 1) }, other.title, " ", el("kbd", {}, t("alt", { key: at + 1 })))),
  );
  return el("section", { "aria-labelledby": "neighbours-title" }, el("h3", { id: "neighbours-title" }, t("neighbours")), el("ol", { class: "neighbours" }, ...items));
}

/**
 * @param {string} name
 * @param {boolean} open
 * @param {string} label
 * @param {...(Node | string)} content
 */
function folded(name, open, label, ...content) {
  return el("details", { class: name, open }, el("summary", {}, label), ...content);
}

/** The buttons of the two-key actions, for the mouse and for screen readers; actions.js gives them their work. */
function actionBar() {
  const bar = el("div", { class: "actions", role: "group", "aria-label": t("actions") });
  for (const [key, label] of ACTIONS) {
    bar.append(el("button", { type: "button", "data-key": key, "aria-keyshortcuts": `Alt+${key.toUpperCase()}` }, t(label), " ", el("kbd", {}, t("alt", { key: key.toUpperCase() }))));
  }
  return bar;
}

/** @type {[string, string][]} letter → string of its label */
export const ACTIONS = [
  ["t", "copy_phone"],
  ["c", "copy_mail"],
  ["s", "copy_sms"],
  ["x", "toggle_full"],
  ["p", "toggle_sources"],
  ["g", "keep"],
  ["r", "report_wrong"],
];
