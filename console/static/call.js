// Caller mode: consent and reason, number, code, card. It shares the page with the search, which stays usable.

import { button, byId, el } from "../../gateway/static/chat/dom.js";
import { cardElement } from "../../gateway/static/chat/card.js";
import { blocks } from "../../gateway/static/chat/markup.js";
import { t } from "../../gateway/static/chat/strings.js";
import { post } from "./server.js";
import { attempt, say } from "./status.js";

/** @typedef {{text: string, card: import("../../gateway/static/chat/api.js").Card | null}} Shown */

const REASONS = ["suivi", "titre", "attestation", "complement", "compte", "reclamation"];
const REFUSALS = ["no_consent", "no_code", "third", "facts", "decision"];
const panel = byId("call", HTMLElement);

/** The call under way, "" when there is none. */
let id = "";
let back = () => {};

/**
 * @param {() => void} toSearch
 * @param {(entry: string) => void} openEntry
 */
export function start(toSearch, openEntry) {
  back = toSearch;
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    back();
    if (!id) close();
  });
  panel.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href^='/faq/']") : null;
    if (!link) return;
    event.preventDefault();
    openEntry(link.getAttribute("href")?.replace("/faq/", "") ?? "");
  });
}

/** To the panel: a new call, or the field of the one under way. */
export function open() {
  if (!document.getElementById("show-call")) return;
  if (panel.hidden) show(beginning(), refusals());
  panel.hidden = false;
  const first = panel.querySelector("input, select, button");
  if (first instanceof HTMLElement) first.focus();
}

/** The end of the call: nothing of it stays, here or on the server. */
export async function end() {
  if (panel.hidden) return;
  const ended = id;
  close();
  back();
  if (ended) await post("/console/api/call/end", { call: ended });
  say(t("call_ended"));
}

function close() {
  id = "";
  panel.hidden = true;
  panel.replaceChildren();
}

/** @param {...Node} content */
function show(...content) {
  const stop = button("", () => void attempt(end), { class: "end", "aria-keyshortcuts": "Alt+K" });
  stop.append(t("end_call"), " ", el("kbd", {}, t("alt", { key: "K" })));
  panel.replaceChildren(el("h2", { id: "call-title" }, t("call_title")), ...content, stop);
}

function beginning() {
  const kind = select("call-kind", ["status", "account"].map((value) => [value, t(`call_kind_${value}`)]));
  const reasons = REASONS.map((value) => /** @type {[string, string]} */ ([value, t(`call_reason_${value}`)]));
  const reason = select("call-reason", [["", t("call_reason_none")], ...reasons]);
  const reference = el("input", { id: "call-reference", maxlength: "20", autocomplete: "off" });
  const consent = el("input", { id: "call-consent", type: "checkbox" });
  return form(
    "call_begin",
    async () => {
      const asked = { kind: kind.value, reason: reason.value, reference: reference.value.trim(), consent: consent.checked };
      id = (await post("/console/api/call", asked)).call;
      askNumber();
    },
    el("p", {}, t("call_general")),
    labelled("call_kind", kind),
    labelled("call_reason", reason),
    labelled("call_reference", reference),
    toSay("consent"),
    el("p", {}, consent, " ", el("label", { for: "call-consent" }, t("call_consent"))),
  );
}

function askNumber() {
  const number = el("input", { id: "call-number", maxlength: "40", autocomplete: "off", spellcheck: "false" });
  const asking = form(
    "call_send",
    async () => {
      await post("/console/api/call/number", { call: id, number: number.value });
      number.value = "";
      askCode();
    },
    toSay("number"),
    labelled("call_number", number),
  );
  show(asking, refusals());
  number.focus();
}

function askCode() {
  const code = el("input", { id: "call-code", maxlength: "20", inputmode: "numeric", autocomplete: "off" });
  const asking = form(
    "call_check",
    async () => {
      const { cards } = await post("/console/api/call/code", { call: id, code: code.value });
      showCards(cards, false);
    },
    toSay("code"),
    labelled("call_code", code),
  );
  asking.append(button(t("call_again"), askNumber));
  show(asking, refusals());
  code.focus();
}

/**
 * @param {Shown[]} cards
 * @param {boolean} whole
 */
function showCards(cards, whole) {
  const shown = cards.map(({ text, card }) => (card ? cardElement(card) : el("div", { class: "card" }, blocks(text))));
  const reveal = button(t("call_reveal"), () =>
    void attempt(async () => showCards((await post("/console/api/call/reveal", { call: id })).cards, true)),
  );
  const file = el("div", { class: "cards", tabindex: "-1" }, ...shown);
  show(file, whole ? el("p", {}, t("call_whole")) : reveal, refusals());
  say(cards.map(({ card }) => card?.stage.label ?? "").join(" "));
  (whole ? file : reveal).focus();
}

/** What to answer to what callers ask and may not have. */
function refusals() {
  const items = REFUSALS.flatMap((name) => [el("dt", {}, t(`call_refusal_${name}`)), el("dd", {}, t(`call_say_${name}`))]);
  return el("details", { class: "refusals" }, el("summary", {}, t("call_refusals")), el("dl", {}, ...items));
}

/** @param {string} step */
function toSay(step) {
  return el("p", { class: "say" }, el("strong", {}, t("call_say")), " ", t(`call_say_${step}`));
}

/**
 * @param {string} label
 * @param {HTMLElement} field
 */
function labelled(label, field) {
  return el("p", {}, el("label", { for: field.id }, t(label)), field);
}

/**
 * @param {string} name
 * @param {string[][]} choices value and label
 */
function select(name, choices) {
  return el("select", { id: name }, ...choices.map(([value = "", label = ""]) => el("option", { value }, label)));
}

/**
 * @param {string} label of its button
 * @param {() => Promise<void>} submitted
 * @param {...Node} content
 */
function form(label, submitted, ...content) {
  const made = el("form", { novalidate: true }, ...content, el("button", { type: "submit", class: "main-action" }, t(label)));
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    void attempt(submitted);
  });
  return made;
}
