// Where the person writes: the question, and the dedicated field when a look-up asks for a number or a code.

import { byId, el } from "./dom.js";
import { inline } from "./markup.js";
import { t } from "./strings.js";

/** @typedef {import("./api.js").Field} Field */

const LONGEST = 1000;

export class Composer {
  /** @param {(text: string, shown: string) => boolean} send false when the text was not taken */
  constructor(send) {
    this.send = send;
    this.form = byId("composer", HTMLFormElement);
    this.input = byId("question", HTMLTextAreaElement);
    this.error = byId("question-error", HTMLElement);
    this.status = byId("status", HTMLElement);
    this.banner = byId("banner", HTMLElement);
    this.secure = byId("secure", HTMLElement);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
    this.input.addEventListener("input", () => this.#refuse(""));
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  /** @param {boolean} busy */
  answering(busy) {
    document.body.classList.toggle("answering", busy);
    this.tell(busy ? t("answering") : "");
  }

  /** @param {string} text announced once, politely */
  tell(text) {
    this.status.textContent = text;
  }

  /** @param {boolean} on */
  offline(on) {
    this.banner.replaceChildren(...(on ? [inline(t("offline_banner"))] : []));
  }

  /**
   * Puts back what could not be sent.
   * @param {string} text
   */
  restore(text) {
    if (!this.input.value) this.input.value = text;
  }

  /** @param {Field | null | undefined} field */
  ask(field) {
    const had = this.secure.contains(document.activeElement);
    this.secure.replaceChildren(...(field ? [this.#secureForm(field)] : []));
    this.secure.hidden = !field;
    if (field) this.secure.querySelector("input")?.focus();
    else if (had) this.focus();
  }

  #submit() {
    const text = this.input.value.trim();
    const count = Array.from(text).length;
    if (!text) return this.#refuse(t("empty"));
    if (count > LONGEST) return this.#refuse(t("too_long", { count }));
    if (this.send(text, text)) this.input.value = "";
  }

  /** @param {string} why */
  #refuse(why) {
    this.error.textContent = why;
    if (why) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }

  /**
   * Its value is shown in the thread as hidden, never as it is.
   * @param {Field} field
   */
  #secureForm(field) {
    const code = field.type === "code";
    const input = el("input", {
      id: "secure-value",
      type: "text",
      inputmode: "numeric",
      autocomplete: code ? "one-time-code" : "off",
      spellcheck: "false",
      "aria-describedby": "secure-hint",
      required: true,
    });
    const form = el(
      "form",
      { class: "secure-form" },
      el("label", { for: "secure-value" }, field.label),
      el("p", { id: "secure-hint", class: "hint" }, field.hint),
      el("div", { class: "row" }, input, el("button", { type: "submit" }, t(code ? "send_code" : "send_number"))),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const value = input.value.trim();
      if (value && this.send(value, t(code ? "hidden_sent_code" : "hidden_sent_number"))) input.value = "";
    });
    return form;
  }
}
