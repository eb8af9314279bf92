// The public API, typed. Every call ends in its answer, a Refusal (the gateway said no) or an Unreachable.

/**
 * @typedef {{document: string, section: string, checked_on: string}} Source
 * @typedef {{id: string, title: string, version: string, sources: Source[], links: {text: string, url: string}[]}} Answer
 * @typedef {{type: "numero-etranger" | "code", label: string, hint: string}} Field
 * @typedef {object} Card
 * @property {string} title
 * @property {string} [reference]
 * @property {{id: string, label: string, index: number, of: number}} stage
 * @property {string} since
 * @property {string} meaning
 * @property {string[]} do
 * @property {string[]} avoid
 * @property {{label: string, note: string, entry?: string}[]} documents
 * @property {{asked_on: string, document: string, message: string, entry?: string} | null} complement
 * @property {string} entry
 * @typedef {object} Message
 * @property {string} id
 * @property {"answer" | "question" | "suggestions" | "lookup" | "smalltalk" | "out_of_scope" | "not_understood" | "notice" | "person"} kind
 * @property {string} text
 * @property {string} [language]
 * @property {{id: string, title: string}[]} [buttons]
 * @property {Answer | null} [answer]
 * @property {Card | null} [card]
 * @property {Field | null} [field]
 * @typedef {{id: string, token: string}} Key
 * @typedef {{text: string} | {button: string}} Said
 */

const CONVERSATIONS = "/api/conversations";
const SECONDS = 20;

/** The gateway refused: `detail` is a French sentence, `after` the seconds to wait (429) or null. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} detail
   * @param {number | null} after
   */
  constructor(status, detail, after) {
    super(detail);
    this.status = status;
    this.detail = detail;
    this.after = after;
  }
}

/** Nobody answered, or not in the agreed form. */
export class Unreachable extends Error {}

/**
 * @param {string} surface
 * @param {string | null} site
 * @returns {Promise<Key & {messages: Message[]}>}
 */
export function open(surface, site) {
  return call("POST", CONVERSATIONS, null, site ? { surface, site } : { surface });
}

/**
 * @param {Key} key
 * @param {string} messageId the same id again gives the same answer
 * @param {Said} said
 * @returns {Promise<{messages: Message[]}>}
 */
export function say(key, messageId, said) {
  return call("POST", `${CONVERSATIONS}/${key.id}/messages`, key, { message_id: messageId, ...said });
}

/**
 * @param {Key} key
 * @returns {Promise<{messages: Message[]}>}
 */
export function thread(key) {
  return call("GET", `${CONVERSATIONS}/${key.id}`, key);
}

/**
 * @param {Key} key
 * @returns {Promise<void>}
 */
export function erase(key) {
  return call("DELETE", `${CONVERSATIONS}/${key.id}`, key);
}

/**
 * @param {Key} key
 * @param {{message: string, useful: boolean, reason?: string}} feedback
 * @returns {Promise<void>}
 */
export function judge(key, feedback) {
  return call("POST", `${CONVERSATIONS}/${key.id}/feedback`, key, feedback);
}

/**
 * What everybody must know for now.
 * @returns {Promise<{notices: {id: string, text: string}[]}>}
 */
export function notices() {
  return call("GET", "/api/notices", null);
}

/** Whether the gateway answers at all; when only the dialogue is down, it says so itself. */
export async function alive() {
  try {
    return (await fetch("/health/live", { cache: "no-store", signal: AbortSignal.timeout(SECONDS * 1000) })).ok;
  } catch {
    return false;
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {Key | null} key
 * @param {object} [body]
 */
async function call(method, path, key, body) {
  /** @type {Record<string, string>} */
  const headers = {};
  if (key) headers["Authorization"] = `Bearer ${key.token}`;
  if (body) headers["Content-Type"] = "application/json";
  const response = await send(path, {
    method,
    headers,
    body: body ? JSON.stringify(body) : null,
    cache: "no-store",
    credentials: "omit",
    signal: AbortSignal.timeout(SECONDS * 1000),
  });
  if (response.status === 204) return undefined;
  const content = await response.json().catch(() => null);
  if (response.ok && content) return content;
  if (response.status >= 500 || typeof content?.detail !== "string") throw new Unreachable(String(response.status));
  throw new Refusal(response.status, content.detail, Number(response.headers.get("Retry-After")) || null);
}

/**
 * @param {string} url
 * @param {RequestInit} options
 */
async function send(url, options) {
  try {
    return await fetch(url, options);
  } catch {
    throw new Unreachable("network");
  }
}
