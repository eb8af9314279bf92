// One message of the thread as an element.

import { cardElement } from "./card.js";
import { button, el } from "./dom.js";
import { blocks, link, outward, unbroken } from "./markup.js";
import { day, t } from "./strings.js";

/**
 * @typedef {import("./api.js").Message} Message
 * @typedef {import("./api.js").Answer} Answer
 */

// What the gateway wrote in place of an identifier: ⟦type⟧ or ⟦type:defect⟧.
const PLACEHOLDER = /⟦([a-z-]+)(?::[a-z0-9-]+)?⟧/g;
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "prs", "ps", "ur"]);

/**
 * What the assistant said, without the tools below it.
 * @param {Message} message
 * @param {(choice: {id: string, title: string}) => void} choose
 */
export function assistantMessage(message, choose) {
  const language = message.language ?? "fr";
  const text = el("div", { class: "text", lang: language, dir: RIGHT_TO_LEFT.has(language) ? "rtl" : "ltr" });
  if (message.answer) text.append(el("h2", {}, unbroken(message.answer.title)));
  text.append(blocks(message.text));
  if (message.card) text.append(cardElement(message.card));
  return el(
    "article",
    { class: `message assistant ${message.kind}`, "data-id": message.id },
    el("p", { class: "author" }, t("assistant")),
    text,
    message.buttons?.length ? choices(message.buttons, choose) : null,
  );
}

/**
 * What the person said, exactly as text; in whatever direction it was written.
 * @param {string} text
 */
export function personMessage(text) {
  const lines = el("p", { class: "text", dir: "auto" }, text.replace(PLACEHOLDER, (_, type) => `« ${hidden(type)} »`));
  return el("article", { class: "message person" }, el("p", { class: "author" }, t("you")), lines);
}

/** @param {string} type of a placeholder */
function hidden(type) {
  const key = `hidden_${type}`;
  return t(key) === key ? t("hidden_other") : t(key);
}

/**
 * Source and date, folded; links that the text does not hold already.
 * @param {Answer} answer
 * @param {string} text the message, to tell which links it holds
 */
export function sources(answer, text) {
  const items = answer.sources.map(({ document, section, checked_on }) =>
    el("li", {}, t("source", { document, section, date: day(checked_on) })),
  );
  const further = answer.links.filter(({ url }) => !text.includes(url));
  return el(
    "details",
    { class: "sources" },
    el("summary", {}, t("sources")),
    el("ul", {}, ...items),
    further.length > 0 && el("p", {}, t("links")),
    further.length > 0 && el("ul", {}, ...further.map((to) => el("li", {}, link(to.text, to.url) ?? to.text))),
    el("p", {}, outward(t("entry"), `/faq/${encodeURIComponent(answer.id)}`)),
  );
}

/**
 * @param {{id: string, title: string}[]} offered
 * @param {(choice: {id: string, title: string}) => void} choose
 */
function choices(offered, choose) {
  const items = offered.map((choice) => el("li", {}, button(unbroken(choice.title), () => choose(choice))));
  return el("ul", { class: "choices", "aria-label": t("choices") }, ...items);
}
