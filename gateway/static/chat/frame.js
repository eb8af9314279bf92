// What passes between the frame and the page that holds it (docs/widget.md). Exact origins both ways.

import { apply } from "./theme.js";

const PROTOCOL = 1;

/**
 * @typedef {object} Host
 * @property {() => void} close
 * @property {(size: "normal" | "large") => void} resize
 */

/**
 * Listens to the host page, once one from the list has spoken.
 * @param {string[]} origins that may hold us
 * @param {(focus: boolean) => void} opened
 * @returns {Host}
 */
export function listen(origins, opened) {
  /** @type {string | null} */
  let host = null;
  /** @param {object} message */
  const tell = (message) => {
    if (host) window.parent.postMessage({ assistant: PROTOCOL, ...message }, host);
  };
  window.addEventListener("message", ({ source, origin, data }) => {
    if (source !== window.parent || source === window || !origins.includes(origin)) return;
    if (typeof data !== "object" || data === null || data.assistant !== PROTOCOL) return;
    if (data.verb === "theme") apply(data.theme);
    if (data.verb === "open" && typeof data.focus === "boolean") {
      host = origin;
      tell({ verb: "ready" });
      opened(data.focus);
    }
  });
  return {
    close: () => tell({ verb: "close" }),
    resize: (size) => tell({ verb: "resize", size }),
  };
}
