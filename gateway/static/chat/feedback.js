// « Utile / pas utile » under an answer, with four reasons.

import { button, el } from "./dom.js";
import { t } from "./strings.js";

const REASONS = ["faux", "incomplet", "pas-ma-question", "pas-clair"];

/**
 * @param {(useful: boolean, reason?: string) => Promise<void>} send
 * @returns {HTMLElement}
 */
export function feedbackElement(send) {
  const box = el("div", { class: "feedback" });
  /** @param {...Node} content */
  const show = (...content) => box.replaceChildren(...content);

  /**
   * @param {boolean} useful
   * @param {string} [reason]
   */
  const judge = async (useful, reason) => {
    const said = el("p", { tabindex: "-1" }, t("thanks"));
    try {
      await send(useful, reason);
    } catch {
      said.textContent = t("feedback_failed");
    }
    show(said);
    said.focus();
  };

  const ask = () => {
    const choices = REASONS.map((reason) => button(t(`reason_${reason}`), () => void judge(false, reason)));
    choices.push(button(t("no_reason"), () => void judge(false)));
    show(group(t("why"), choices));
    choices[0]?.focus();
  };

  show(group(t("useful_question"), [button(t("useful"), () => void judge(true)), button(t("not_useful"), ask)]));
  return box;
}

/**
 * @param {string} legend
 * @param {HTMLElement[]} buttons
 */
function group(legend, buttons) {
  const set = el("fieldset", {}, el("legend", {}, legend));
  set.append(...buttons);
  return set;
}
