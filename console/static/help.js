// The sheet of keys.

import { button, byId, el } from "../../gateway/static/chat/dom.js";
import { t } from "../../gateway/static/chat/strings.js";
import { ACTIONS } from "./answer.js";

const dialog = byId("help", HTMLDialogElement);

/** @type {[string, string][]} */
const IN_FIELD = [
  ["key_up_down", "help_move"],
  ["key_enter", "help_open"],
  ["key_escape", "help_escape"],
  ["key_f1", "help_help"],
];
/** @type {[string, string][]} */
const MORE = [
  ["n", "report_missing"],
  ["1 … 9", "neighbour"],
  ["o", "to_call"],
  ["k", "end_call"],
];

/** Opened, or closed with the focus where it was. */
export function toggle() {
  if (dialog.open) return dialog.close();
  const rows = [
    ...IN_FIELD.map(([key, label]) => row(t(key), label)),
    ...[...ACTIONS, ...MORE].map(([key, label]) => row(t("alt", { key: key.toUpperCase() }), label)),
  ];
  const close = button(t("help_close"), () => dialog.close(), { autofocus: "" });
  dialog.replaceChildren(el("h2", { id: "help-title" }, t("help_title")), el("table", {}, ...rows), el("p", {}, t("help_type")), close);
  dialog.showModal();
}

/**
 * @param {string} key
 * @param {string} label
 */
function row(key, label) {
  return el("tr", {}, el("th", { scope: "row" }, el("kbd", {}, key)), el("td", {}, t(label)));
}
