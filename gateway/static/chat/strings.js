// The words of the interface, which the server put into the page.

/** @type {Record<string, string>} */
const strings = JSON.parse(document.getElementById("strings")?.textContent ?? "{}");

/**
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string} Markdown where the string holds an address
 */
export function t(key, values = {}) {
  const string = strings[key] ?? key;
  return string.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * « 2026-11-23 » → « 23 novembre 2026 ».
 * @param {string} iso a date without time
 */
export function day(iso) {
  const date = new Date(`${iso}T12:00:00`);
  if (Number.isNaN(date.getTime())) return iso;
  const written = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "long", year: "numeric" }).format(date);
  return written.replace(/^1 /, "1er ");
}

/** @param {Date} date */
export function moment(date) {
  return new Intl.DateTimeFormat("fr-FR", { dateStyle: "long", timeStyle: "short" }).format(date);
}
