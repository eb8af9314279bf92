// The thread: a log whose additions are announced. Tools under a message are not: they would drown its words.

import { button, el } from "./dom.js";
import { feedbackElement } from "./feedback.js";
import { blocks } from "./markup.js";
import { assistantMessage, personMessage, sources } from "./message.js";
import { t } from "./strings.js";

/** @typedef {import("./api.js").Message} Message */

const DEAD_ENDS = new Set(["out_of_scope", "not_understood"]);

/**
 * @typedef {object} Actions
 * @property {(choice: {id: string, title: string}) => void} choose
 * @property {(message: string, useful: boolean, reason?: string) => Promise<void>} judge
 * @property {() => void} incident
 */

export class Thread {
  /**
   * @param {HTMLElement} log
   * @param {Actions} actions
   */
  constructor(log, actions) {
    this.log = log;
    this.actions = actions;
  }

  /** @param {Message[]} messages */
  add(messages) {
    const before = this.log.lastElementChild;
    for (const message of messages) {
      if (message.kind === "person") this.log.append(personMessage(message.text));
      else this.#assistant(message);
    }
    // A first message is in sight already; of a thread that comes back, the last one is wanted.
    const wanted = before ? before.nextElementSibling : messages.length > 1 && this.log.lastElementChild;
    if (wanted) show(wanted);
  }

  /** @param {string} text */
  person(text) {
    const element = personMessage(text);
    this.log.append(element);
    show(element);
    return element;
  }

  /**
   * Something the page itself has to say.
   * @param {string} markdown
   * @param {{kind?: "notice" | "trouble", tools?: HTMLElement[]}} [options] trouble offers the incident summary
   */
  say(markdown, { kind = "notice", tools = [] } = {}) {
    const text = el("div", { class: "text", lang: "fr" }, blocks(markdown));
    const author = el("p", { class: "author" }, t("assistant"));
    const element = el("article", { class: `message assistant ${kind}` }, author, text, ...tools);
    this.log.append(element);
    if (kind === "trouble") this.#tools(element, [this.#incident()]);
    show(element);
    return element;
  }

  clear() {
    this.log.replaceChildren();
  }

  /** @param {string} id */
  has(id) {
    return Array.from(this.log.children).some((child) => child.getAttribute("data-id") === id);
  }

  get empty() {
    return this.log.childElementCount === 0;
  }

  /** @param {Message} message */
  #assistant(message) {
    const element = assistantMessage(message, this.actions.choose);
    this.log.append(element);
    if (message.answer) {
      const judge = feedbackElement((useful, reason) => this.actions.judge(message.id, useful, reason));
      this.#tools(element, [sources(message.answer, message.text), judge]);
    } else if (DEAD_ENDS.has(message.kind)) {
      this.#tools(element, [this.#incident()]);
    }
  }

  #incident() {
    return button(t("incident_open"), this.actions.incident, { class: "quiet" });
  }

  /**
   * @param {Element} message
   * @param {HTMLElement[]} tools
   */
  #tools(message, tools) {
    const place = el("div", { class: "tools", "aria-live": "off" });
    message.append(place);
    place.append(...tools);
  }
}

/** @param {Element} element */
function show(element) {
  element.scrollIntoView({ block: "start" });
}
