// The conversation: what is sent, what comes back, and what happens when nothing comes back.

import * as api from "./api.js";
import { button } from "./dom.js";
import { results } from "./offline.js";
import { t } from "./strings.js";

/**
 * @typedef {import("./api.js").Said} Said
 * @typedef {{id: string, said: Said, words: string | null, again?: boolean}} Pending words: what local search may use
 */

const PATIENCE = 10;
const FIRST_TRY = 2_000;
const SLOWEST_TRY = 30_000;

export class Chat {
  /**
   * @param {{surface: string, site: string | null}} place
   * @param {import("./session.js").Session} session
   * @param {import("./thread.js").Thread} thread
   * @param {import("./composer.js").Composer} composer
   * @param {import("./offline.js").Answers} answers
   */
  constructor(place, session, thread, composer, answers) {
    this.place = place;
    this.session = session;
    this.thread = thread;
    this.composer = composer;
    this.answers = answers;
    this.busy = false;
    this.down = false;
    this.begun = false;
    /** @type {Pending | null} what still has no reply */
    this.unsent = null;
  }

  /** Takes up the conversation of this tab, or opens one. */
  async begin() {
    await this.#attempt(async () => {
      if (this.session.key && (await this.#resumed())) return;
      const { messages } = await this.#open();
      this.#show(messages);
    }, () => this.thread.say(t("offline_start")));
    void this.answers.load();
  }

  /**
   * @param {Said} said
   * @param {string} shown what the thread shows of it
   * @returns {boolean} false while another turn is under way
   */
  send(said, shown) {
    if (this.busy) {
      this.composer.tell(t("wait"));
      return false;
    }
    this.thread.person(shown);
    const hidden = "text" in said && said.text !== shown;
    this.#deliver({ id: crypto.randomUUID(), said, words: hidden ? null : shown });
    return true;
  }

  /**
   * @param {string} message
   * @param {boolean} useful
   * @param {string} [reason]
   */
  async judge(message, useful, reason) {
    if (!this.session.key) throw new api.Unreachable("ended");
    await api.judge(this.session.key, reason ? { message, useful, reason } : { message, useful });
  }

  /** @returns {Promise<boolean>} whether the server confirmed */
  async erase() {
    const { key } = this.session;
    this.session.close();
    this.unsent = null;
    this.thread.clear();
    this.composer.ask(null);
    try {
      if (key) await api.erase(key);
      return true;
    } catch (error) {
      return error instanceof api.Refusal;
    }
  }

  /** @param {Pending} pending */
  async #deliver(pending) {
    this.unsent = null;
    await this.#attempt(async () => {
      const { messages } = await this.#reply(pending);
      this.session.touch();
      this.#show(messages);
    }, () => this.#offlineReply(pending), pending);
  }

  /**
   * @param {Pending} pending
   * @param {number} [tries]
   * @returns {Promise<{messages: api.Message[]}>}
   */
  async #reply(pending, tries = 0) {
    const key = this.session.key ?? (await this.#open());
    try {
      return await api.say(key, pending.id, pending.said);
    } catch (error) {
      if (!(error instanceof api.Refusal)) throw error;
      if (error.status === 409 && tries < PATIENCE) {
        this.composer.tell(error.detail);
        await pause((error.after ?? 1) * 1000);
        return this.#reply(pending, tries + 1);
      }
      if ((error.status === 404 || error.status === 401) && tries === 0) {
        this.session.close();
        this.thread.say(t("ended"));
        // A button belongs to the conversation that is gone; its title asks the same.
        const said = "button" in pending.said && pending.words ? { text: pending.words } : pending.said;
        return this.#reply({ ...pending, said }, 1);
      }
      throw error;
    }
  }

  async #open() {
    const opened = await api.open(this.place.surface, this.place.site);
    this.session.open(opened);
    this.begun = true;
    return opened;
  }

  /** Shows the thread again; false when it is gone. */
  async #resumed() {
    try {
      const { messages } = await api.thread(/** @type {api.Key} */ (this.session.key));
      this.begun = true;
      this.#show(messages);
      return true;
    } catch (error) {
      if (!(error instanceof api.Refusal)) throw error;
      this.session.close();
      return false;
    }
  }

  /** @param {api.Message[]} messages */
  #show(messages) {
    this.thread.add(messages);
    this.composer.ask(messages.at(-1)?.field);
  }

  /**
   * Runs one exchange; whatever goes wrong ends in words.
   * @param {() => Promise<void>} exchange
   * @param {() => void} unreachable what to say when nobody answers
   * @param {Pending} [pending]
   */
  async #attempt(exchange, unreachable, pending) {
    this.busy = true;
    this.composer.answering(true);
    try {
      await exchange();
      this.#online();
      this.composer.answering(false);
    } catch (error) {
      this.composer.answering(false);
      if (error instanceof api.Refusal) this.#refused(error, pending);
      else if (error instanceof api.Unreachable) this.#offline(unreachable, pending);
      else throw error;
    } finally {
      this.busy = false;
    }
  }

  /**
   * @param {api.Refusal} refusal
   * @param {Pending} [pending]
   */
  #refused(refusal, pending) {
    const temporary = refusal.status === 429 || refusal.status === 409;
    if (!temporary && pending?.words) this.composer.restore(pending.words);
    const tools = temporary && pending ? [this.#resend(pending, refusal.after)] : [];
    this.thread.say(refusal.detail, { kind: "trouble", tools });
  }

  /**
   * A button that sends the same again, after `seconds` if there is something to wait for.
   * @param {Pending} pending
   * @param {number | null} seconds
   */
  #resend(pending, seconds) {
    const label = button(t("resend"), () => {
      if (this.busy || label.getAttribute("aria-disabled")) return;
      label.remove();
      this.composer.focus();
      void this.#deliver(pending);
    });
    if (seconds) {
      label.setAttribute("aria-disabled", "true");
      this.composer.tell(t("resend_in", { seconds }));
      setTimeout(() => {
        label.removeAttribute("aria-disabled");
        this.composer.tell(t("resend_now"));
      }, seconds * 1000);
    }
    return label;
  }

  /**
   * @param {() => void} say
   * @param {Pending} [pending]
   */
  #offline(say, pending) {
    if (pending) this.unsent = pending;
    if (!pending?.again) say();
    this.composer.offline(true);
    if (!this.down) {
      this.down = true;
      void this.#untilBack();
    }
  }

  /** @param {Pending} pending */
  #offlineReply({ words }) {
    if (words === null) {
      this.thread.say(t("offline_button"), { kind: "trouble" });
      return;
    }
    const found = this.answers.search(words);
    const tools = found.length ? [results(found)] : [];
    this.thread.say(t(found.length ? "offline_results" : "offline_none"), { kind: "trouble", tools });
  }

  #online() {
    if (!this.down) return;
    this.down = false;
    this.composer.offline(false);
  }

  /** Asks from time to time whether the gateway is back; then sends what had no reply. */
  async #untilBack() {
    for (let wait = FIRST_TRY; this.down; wait = Math.min(wait * 1.7, SLOWEST_TRY)) {
      await pause(wait);
      if (!this.down || this.busy || !(await api.alive())) continue;
      this.#online();
      this.composer.tell(t("back"));
      void this.answers.load();
      if (!this.begun) await this.begin();
      if (this.unsent) await this.#deliver({ ...this.unsent, again: true });
      return;
    }
  }
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
