// What everybody must know for now, kept up to date while the page is looked at.

import { notices } from "./api.js";
import { byId, el } from "./dom.js";
import { blocks } from "./markup.js";

const EVERY = 30_000;

export function keepNotices() {
  const place = byId("notices", HTMLElement);
  let shown = "";
  const look = async () => {
    if (document.hidden) return;
    const current = await notices().then(({ notices }) => notices, () => null);
    const key = JSON.stringify(current);
    if (!current || key === shown) return;
    // The first look finds what the server has put there: saying it twice would be noise.
    if (shown || place.childElementCount !== current.length) {
      place.replaceChildren(...current.map(({ text }) => el("div", { class: "notice" }, blocks(text))));
    }
    shown = key;
  };
  setInterval(look, EVERY);
}
