// The card of a look-up: four stages as a picture made of text, then what it means and what to do.

import { el } from "./dom.js";
import { blocks, inline, outward } from "./markup.js";
import { day, t } from "./strings.js";

/** @typedef {import("./api.js").Card} Card */

const STAGES = 4;

/**
 * @param {Card} card
 * @returns {HTMLElement}
 */
export function cardElement(card) {
  const { stage } = card;
  const position = { index: stage.index, of: stage.of, label: stage.label, date: day(card.since) };
  return el(
    "section",
    { class: "card" },
    el("h2", {}, card.title),
    card.reference && el("p", { class: "reference" }, t("card_reference", { reference: card.reference })),
    stage.of > 1 && stages(card),
    el("p", { class: "position" }, el("strong", {}, t(stage.of > 1 ? "card_position" : "card_state", position))),
    ...part("card_meaning", card.meaning && [blocks(card.meaning)]),
    ...complement(card.complement),
    ...list("card_do", card.do),
    ...list("card_avoid", card.avoid),
    ...documents(card.documents),
    card.entry && el("p", {}, toEntry("card_entry", card.entry)),
  );
}

/**
 * The stages in a row. Done, current and later are told by words and shapes, not by colour alone.
 * @param {Card} card
 */
function stages({ stage }) {
  const items = Array.from({ length: stage.of }, (_, at) => {
    const state = at + 1 < stage.index ? "done" : at + 1 === stage.index ? "now" : "later";
    const usual = stage.of === STAGES ? t(`card_stage_${at + 1}`) : t("card_stage", { index: at + 1 });
    const label = state === "now" ? stage.label : usual;
    const mark = el("span", { class: "mark", "aria-hidden": "true" }, state === "done" ? "✓" : String(at + 1));
    const words = el("span", {}, label, el("span", { class: "state" }, ` (${t(`card_${state}`)})`));
    return el("li", { class: state, "aria-current": state === "now" ? "step" : null }, mark, words);
  });
  return el("ol", { class: "stages", "aria-label": t("card_stages") }, ...items);
}

/** @param {Card["complement"]} asked */
function complement(asked) {
  if (!asked) return [];
  const when = t("card_asked", { date: day(asked.asked_on), document: asked.document });
  return part("card_complement", [
    el("p", {}, when),
    asked.message && el("blockquote", {}, asked.message),
    asked.entry && el("p", {}, toEntry("entry", asked.entry)),
  ]);
}

/** @param {Card["documents"]} held */
function documents(held) {
  if (!held?.length) return [];
  const items = held.map(({ label, note, entry }) =>
    el("li", {}, el("strong", {}, label), note && ` : ${note}. `, entry && toEntry("entry", entry)),
  );
  return part("card_documents", [el("ul", {}, ...items)]);
}

/**
 * @param {string} label
 * @param {string} entry
 */
function toEntry(label, entry) {
  return outward(t(label), `/faq/${encodeURIComponent(entry)}`);
}

/**
 * @param {string} heading
 * @param {string[]} points
 */
function list(heading, points) {
  if (!points?.length) return [];
  return part(heading, [el("ul", {}, ...points.map((point) => el("li", {}, inline(point))))]);
}

/**
 * @param {string} heading
 * @param {(Node | "" | undefined)[] | ""} content
 * @returns {Node[]}
 */
function part(heading, content) {
  if (!content) return [];
  return [el("h3", {}, t(heading)), el("div", {}, ...content)];
}
