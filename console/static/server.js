// Calls to the console's server. Each carries the handle of the session this page was made for.

/** The server refused; `message` is its French sentence. A session that is over leads to the sign-in page. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} detail
   */
  constructor(status, code, detail) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

const handle = document.body.dataset["session"] ?? "";

/**
 * @param {string} address
 * @param {AbortSignal} [signal]
 */
export function get(address, signal) {
  return call(address, { signal: signal ?? null });
}

/**
 * @param {string} address
 * @param {unknown} body
 */
export function post(address, body) {
  return call(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

/**
 * @param {string} address
 * @param {RequestInit} request
 * @returns {Promise<any>}
 */
async function call(address, request) {
  const headers = { "X-Console-Session": handle, Accept: "application/json", ...request.headers };
  const answer = await fetch(address, { ...request, headers });
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  const problem = await answer.json().catch(() => ({}));
  if (problem.code === "console-session") window.location.assign("/console/connexion");
  throw new Refusal(answer.status, problem.code ?? "http", problem.detail ?? `Erreur ${answer.status}`);
}
