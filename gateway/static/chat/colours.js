// Colours as a host page may send them: read strictly, compared by WCAG contrast.

/** @typedef {[number, number, number]} Rgb 0 to 255 each */

const HEX = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;
const FUNCTION = /^rgb\((\d{1,3}), (\d{1,3}), (\d{1,3})\)$/;

/**
 * @param {unknown} value « #1d5c63 », or « rgb(29, 92, 99) » as browsers compute it
 * @returns {Rgb | null} null for anything else, transparent colours included
 */
export function colour(value) {
  if (typeof value !== "string") return null;
  const hex = HEX.exec(value);
  const parts = hex ? hex.slice(1).map((part) => parseInt(part, 16)) : FUNCTION.exec(value)?.slice(1).map(Number);
  if (!parts || parts.some((part) => part > 255)) return null;
  return /** @type {Rgb} */ (parts);
}

/**
 * @param {Rgb} a
 * @param {Rgb} b
 * @returns {number} 1 to 21
 */
export function contrast(a, b) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (/** @type {number} */ (light) + 0.05) / (/** @type {number} */ (dark) + 0.05);
}

/**
 * @param {Rgb} rgb
 * @returns {number} 0 to 1
 */
export function luminance(rgb) {
  const [r, g, b] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * /** @type {number} */ (r) + 0.7152 * /** @type {number} */ (g) + 0.0722 * /** @type {number} */ (b);
}
