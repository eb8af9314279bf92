// Search in the answers kept in the page, for when the assistant cannot be reached.

import { el } from "./dom.js";
import { blocks, outward, unbroken } from "./markup.js";
import { day, t } from "./strings.js";

/** @typedef {{id: string, title: string, short: string, sources: import("./api.js").Source[]}} Entry */
/** @typedef {{entry: Entry, title: string[], short: string[]}} Indexed */

const TITLE = 3;
const ENOUGH = 1.5;
const STOP = new Set(
  "a ai au aux avec ce ces cette comme comment d dans de des du elle en est et etre faire fait il ils j je l la le les leur lui m ma mais me mes mon n ne nos notre nous on ou par pas peut plus pour pourquoi qu quand que quel quelle qui quoi s sa se ses si son sont sur t te un une vos votre vous y bonjour merci".split(
    " ",
  ),
);

export class Answers {
  constructor() {
    /** @type {Indexed[]} */
    this.index = [];
  }

  /** Fetches the answers, once; a failure leaves what there is. */
  async load() {
    if (this.index.length) return;
    try {
      const response = await fetch("/faq/index.json", { credentials: "omit" });
      /** @type {{entries: Entry[]}} */
      const { entries } = await response.json();
      this.index = entries.map((entry) => ({ entry, title: words(entry.title), short: words(entry.short) }));
    } catch {
      // Without them the page still gives the phone number.
    }
  }

  /**
   * @param {string} question
   * @param {number} [limit]
   * @returns {Entry[]} best first
   */
  search(question, limit = 3) {
    const asked = [...new Set(words(question))];
    const scored = this.index.map(({ entry, title, short }) => {
      const score = (/** @type {string} */ word) => Math.max(TITLE * best(word, title), best(word, short));
      return { entry, score: asked.reduce((sum, word) => sum + score(word) * this.#rarity(word), 0) };
    });
    const good = scored.filter(({ score }) => score >= ENOUGH).sort((a, b) => b.score - a.score);
    return good.slice(0, limit).map(({ entry }) => entry);
  }

  /** @param {string} word */
  #rarity(word) {
    const holding = this.index.filter(({ title, short }) => best(word, title) || best(word, short)).length;
    return Math.log(1 + this.index.length / (1 + holding));
  }
}

/** @param {Entry[]} entries */
export function results(entries) {
  const items = entries.map(({ id, title, short, sources }, at) => {
    const source = sources.map(({ document, section, checked_on }) =>
      el("p", { class: "hint" }, t("source", { document, section, date: day(checked_on) })),
    );
    const entry = el("p", {}, outward(t("entry"), `/faq/${encodeURIComponent(id)}`));
    return el("details", { open: at === 0 }, el("summary", {}, unbroken(title)), blocks(short), ...source, entry);
  });
  return el("div", { class: "found" }, ...items);
}

/** @param {string} text */
function words(text) {
  const folded = text.toLowerCase().replace(/œ/g, "oe").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  return (folded.match(/[a-z0-9]+/g) ?? []).filter((word) => !STOP.has(word));
}

/**
 * 1 for the word itself, less for its beginning or one slip of the finger, 0 for nothing like it.
 * @param {string} asked
 * @param {string[]} known
 */
function best(asked, known) {
  let found = 0;
  for (const word of known) {
    if (word === asked) return 1;
    if (asked.length >= 3 && word.startsWith(asked)) found = Math.max(found, 0.6);
    else if (asked.length >= 5 && oneSlip(asked, word)) found = Math.max(found, 0.7);
  }
  return found;
}

/**
 * Whether one letter added, lost, changed or swapped with its neighbour makes one word of the other.
 * @param {string} a
 * @param {string} b
 */
function oneSlip(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const [restA, restB] = [a.slice(at), b.slice(at)];
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}
