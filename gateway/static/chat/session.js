// Which conversation this tab holds and until when. Kept in the tab's own storage, so that a reload finds it again.

/** @typedef {import("./api.js").Key} Key */
/** @typedef {{key: Key, started: number, seen: number}} Kept times in milliseconds */

const WARNING = 5 * 60_000;

export class Session {
  /**
   * @param {string} name of the place in storage
   * @param {{idle: number, life: number}} minutes how long a conversation lives without a message, and in any case
   * @param {{warn: (minutes: number) => void, end: () => void}} on
   */
  constructor(name, minutes, on) {
    this.name = name;
    this.idle = minutes.idle * 60_000;
    this.life = minutes.life * 60_000;
    this.on = on;
    /** @type {number[]} */
    this.timers = [];
    this.kept = this.#read();
    if (this.kept && this.#deadline(this.kept) <= Date.now()) this.close();
    this.#wait();
  }

  get key() {
    return this.kept?.key ?? null;
  }

  /** @param {Key} key */
  open({ id, token }) {
    const now = Date.now();
    this.#keep({ key: { id, token }, started: now, seen: now });
  }

  touch() {
    if (this.kept) this.#keep({ ...this.kept, seen: Date.now() });
  }

  close() {
    this.#keep(null);
  }

  /** @param {Kept | null} kept */
  #keep(kept) {
    this.kept = kept;
    try {
      if (kept) sessionStorage.setItem(this.name, JSON.stringify(kept));
      else sessionStorage.removeItem(this.name);
    } catch {
      // Storage is refused: the conversation lives as long as the page.
    }
    this.#wait();
  }

  /** @returns {Kept | null} */
  #read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.name) ?? "null");
    } catch {
      return null;
    }
  }

  /** @param {Kept} kept */
  #deadline({ started, seen }) {
    return Math.min(seen + this.idle, started + this.life);
  }

  #wait() {
    this.timers.forEach(clearTimeout);
    this.timers = [];
    if (!this.kept) return;
    const left = this.#deadline(this.kept) - Date.now();
    const end = () => {
      this.close();
      this.on.end();
    };
    this.timers.push(setTimeout(end, left));
    if (left > WARNING) this.timers.push(setTimeout(() => this.on.warn(WARNING / 60_000), left - WARNING));
  }
}
