// The line that says what just happened, read aloud by screen readers.

import { byId } from "../../gateway/static/chat/dom.js";
import { t } from "../../gateway/static/chat/strings.js";
import { Refusal } from "./server.js";

const line = byId("status", HTMLElement);

/** @param {string} text */
export function say(text) {
  line.textContent = text;
}

/**
 * Runs `action` and says why, in words, when it is refused or nobody answers.
 * @param {() => Promise<unknown>} action
 */
export async function attempt(action) {
  try {
    await action();
  } catch (error) {
    say(error instanceof Refusal ? error.message : t("unreachable"));
    if (!(error instanceof Refusal || error instanceof TypeError)) throw error;
  }
}
