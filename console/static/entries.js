// The entries, fetched whole when the page opens, and what this agent keeps at hand.

import { get, post } from "./server.js";

/**
 * @typedef {object} Entry
 * @property {string} id
 * @property {string} title
 * @property {string} theme
 * @property {string} owner
 * @property {string} version
 * @property {string} checked_on
 * @property {string} short
 * @property {string} full
 * @property {{document: string, section: string}[]} sources
 * @property {string[]} contradictions
 * @property {string[]} neighbours
 * @property {string[]} avoid
 * @property {{phone: string, mail: string, sms: string}} scripts
 */

const RECENT = 8;

/** @type {Map<string, Entry>} */
const entries = new Map();
/** @type {string[]} */
let favourites = [];
/** @type {string[]} */
let recent = [];

export async function load() {
  const answer = await get("/console/api/entries");
  for (const entry of answer.entries) entries.set(entry.id, entry);
  favourites = answer.favourites;
  recent = answer.recent;
}

/** @param {string} id */
export const entry = (id) => entries.get(id);

/** @param {string[]} ids */
export const known = (ids) => ids.flatMap((id) => entries.get(id) ?? []);

/** @param {string} id */
export const isFavourite = (id) => favourites.includes(id);

/** What to show before anything is typed: favourites, then the last ones opened. */
export const atHand = () => known([...new Set([...favourites, ...recent])]);

/** @param {string} id */
export function opened(id) {
  recent = [id, ...recent.filter((other) => other !== id)].slice(0, RECENT);
  return post("/console/api/opened", { entry: id });
}

/**
 * @param {string} id
 * @returns {Promise<boolean>} whether it is a favourite now
 */
export async function toggleFavourite(id) {
  const { favourite } = await post("/console/api/favourite", { entry: id });
  favourites = favourite ? [id, ...favourites] : favourites.filter((other) => other !== id);
  return favourite;
}
