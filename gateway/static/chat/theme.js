// Puts a host page's colours on the frame. A theme that would be hard to read is left out, whole.

import { colour, contrast, luminance } from "./colours.js";

const COLOURS = ["accent", "onAccent", "background", "text"];
const READABLE = 4.5;
const ROUNDEST = 24;

/**
 * @param {unknown} theme {accent, onAccent, background, text: colours, radius: pixels}, each of them optional, nothing else
 * @returns {boolean} whether it was taken
 */
export function apply(theme) {
  if (typeof theme !== "object" || theme === null) return false;
  const entries = Object.entries(theme);
  if (!entries.every(([name, value]) => (COLOURS.includes(name) ? colour(value) : name === "radius" && isRadius(value)))) {
    return false;
  }
  const given = new Map(entries);
  if (!readable(given.get("accent"), given.get("onAccent"))) return false;
  if (!readable(given.get("background"), given.get("text"))) return false;
  const root = document.documentElement;
  for (const name of COLOURS) set(root, name, given.get(name));
  set(root, "radius", given.has("radius") ? `${given.get("radius")}px` : undefined);
  linkColour(root, given);
  scheme(root, given.get("background"));
  return true;
}

/**
 * Both of a pair or neither, and legible.
 * @param {unknown} one
 * @param {unknown} other
 */
function readable(one, other) {
  if (one === undefined && other === undefined) return true;
  const [a, b] = [colour(one), colour(other)];
  return a !== null && b !== null && contrast(a, b) >= READABLE;
}

/**
 * Links take the accent where it reads well on the background, else the colour of the text.
 * @param {HTMLElement} root
 * @param {Map<string, unknown>} given
 */
function linkColour(root, given) {
  const [accent, background] = [colour(given.get("accent")), colour(given.get("background"))];
  const legible = accent && background && contrast(accent, background) >= READABLE;
  set(root, "link", legible ? given.get("accent") : background ? given.get("text") : undefined);
}

/**
 * @param {HTMLElement} root
 * @param {unknown} background
 */
function scheme(root, background) {
  const rgb = colour(background);
  if (rgb) root.dataset["scheme"] = luminance(rgb) < 0.2 ? "dark" : "light";
  else delete root.dataset["scheme"];
}

/**
 * @param {HTMLElement} root
 * @param {string} name
 * @param {unknown} value
 */
function set(root, name, value) {
  if (value === undefined) root.style.removeProperty(`--host-${name}`);
  else root.style.setProperty(`--host-${name}`, String(value));
}

/** @param {unknown} value */
function isRadius(value) {
  return typeof value === "number" && value >= 0 && value <= ROUNDEST;
}
