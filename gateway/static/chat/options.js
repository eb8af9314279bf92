// What a person may do with the whole conversation: copy it, print it, erase it.

import { button, byId, el } from "./dom.js";
import { moment, t } from "./strings.js";

/**
 * @param {import("./chat.js").Chat} chat
 * @param {import("./composer.js").Composer} composer
 * @param {{idle: number}} minutes
 */
export function installOptions(chat, composer, minutes) {
  const log = chat.thread.log;
  byId("copy", HTMLButtonElement).addEventListener("click", async () => {
    const done = await copy(`${t("copy_title", { date: moment(new Date()) })}\n\n${plain(log)}`);
    composer.tell(t(done ? "copied" : "copy_failed"));
  });
  byId("print", HTMLButtonElement).addEventListener("click", () => window.print());
  byId("erase", HTMLButtonElement).addEventListener("click", () =>
    confirmErasure(async () => {
      const sure = await chat.erase();
      chat.thread.say(t(sure ? "erased" : "erase_failed", { minutes: minutes.idle }));
      composer.focus();
    }),
  );
}

/**
 * @param {string} text
 * @returns {Promise<boolean>} false when the browser does not allow it
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** @param {() => void} erase */
function confirmErasure(erase) {
  const dialog = el(
    "dialog",
    { "aria-labelledby": "erase-title", "aria-describedby": "erase-text" },
    el("h2", { id: "erase-title" }, t("erase_confirm")),
    el("p", { id: "erase-text" }, t("erase_text")),
  );
  const yes = button(t("erase_yes"), () => {
    dialog.close();
    erase();
  });
  const no = button(t("erase_no"), () => dialog.close(), { class: "quiet" });
  dialog.append(el("div", { class: "row" }, yes, no));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * The thread as text: who says what, without the tools.
 * @param {HTMLElement} log
 */
function plain(log) {
  const said = Array.from(log.children, (message) => {
    const author = message.querySelector(".author")?.textContent ?? "";
    const text = message.querySelector(".text");
    return `${author} : ${text instanceof HTMLElement ? text.innerText.trim() : ""}`;
  });
  return said.join("\n\n");
}
