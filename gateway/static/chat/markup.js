// The Markdown subset of the API (paragraphs, lists, bold, links) as elements. Everything else is shown as text.

import { el } from "./dom.js";
import { t } from "./strings.js";

const ITEM = /^\s*(?:[-*]|(\d{1,3})[.)])\s+(.*)$/;
const INLINE = /\*\*(?=\S)(.+?)\*\*|\[([^\]\n]+)\]\(([^)\s]+)\)/g;

/**
 * @param {string} markdown
 * @returns {DocumentFragment}
 */
export function blocks(markdown) {
  markdown = unbroken(markdown);
  const out = document.createDocumentFragment();
  /** @type {string[]} */
  let paragraph = [];
  let list = /** @type {HTMLElement | null} */ (null);

  const endParagraph = () => {
    if (paragraph.length) out.append(el("p", {}, inline(paragraph.join(" "))));
    paragraph = [];
  };
  for (const line of markdown.split("\n")) {
    const item = ITEM.exec(line);
    if (item) {
      endParagraph();
      const tag = item[1] ? "ol" : "ul";
      if (list?.localName !== tag) {
        list = el(tag, item[1] && item[1] !== "1" ? { start: item[1] } : {});
        out.append(list);
      }
      list?.append(el("li", {}, inline(item[2] ?? "")));
    } else if (!line.trim()) {
      endParagraph();
    } else if (list?.lastChild && /^\s/.test(line)) {
      list.lastChild.appendChild(inline(` ${line.trim()}`));
    } else {
      list = null;
      paragraph.push(line.trim());
    }
  }
  endParagraph();
  return out;
}

/**
 * French punctuation stays with its word at the end of a line.
 * @param {string} text
 */
export function unbroken(text) {
  return text.replace(/ (?=[?!:;»])/g, "\u00a0").replace(/« /g, "«\u00a0");
}

/**
 * @param {string} text one line: bold and links
 * @returns {DocumentFragment}
 */
export function inline(text) {
  const out = document.createDocumentFragment();
  let last = 0;
  for (const match of text.matchAll(INLINE)) {
    out.append(text.slice(last, match.index));
    last = match.index + match[0].length;
    const [whole, bold, label = "", url = ""] = match;
    out.append(bold ? el("strong", {}, inline(bold)) : link(label, url) ?? whole);
  }
  out.append(text.slice(last));
  return out;
}

/**
 * A link that says where it leads, or null when the address is neither https: nor tel:.
 * @param {string} label
 * @param {string} address
 */
export function link(label, address) {
  const url = parsed(address);
  if (url?.protocol === "tel:") return el("a", { href: address, class: "phone" }, label);
  if (url?.protocol !== "https:" || url.username || url.password) return null;
  return outward(label, url.href, label.includes(url.hostname) ? "" : url.hostname);
}

/** @param {string} address */
function parsed(address) {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

/**
 * A link that opens beside the conversation, so that the thread stays.
 * @param {string} label
 * @param {string} href
 * @param {string} host shown after the label, unless empty
 */
export function outward(label, href, host = "") {
  const where = el("span", { class: host ? "where" : "where hidden" }, ` (${host}${t("new_window")})`.replace("(, ", "("));
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, label, where);
}
