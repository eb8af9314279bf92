// The widget on a host page: a button, and once it is pressed, a frame on the assistant's origin.
// A released file never changes (integrity.json): a change is a new version. What passes between the host page and the
// frame is in docs/widget.md.

(() => {
  "use strict";

  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement) || !script.dataset["site"]) return;

  const ORIGIN = new URL(script.src).origin;
  const PROTOCOL = 1;
  const KEPT = "assistant-open";
  const READY_WITHIN = 15_000;
  // The only words outside the strings file: before opening nothing may be fetched.
  const WORDS = {
    open: "Poser une question",
    close: "Fermer l'assistant",
    frame: "Assistant ANEF, automatique",
    failed: "L'assistant ne répond pas pour le moment. Centre de contact citoyens (CCC) : 0 806 001 620.",
  };
  // What the host may set: our own name first, then that of the State's design system.
  /** @type {Record<string, [string, string]>} */
  const VARIABLES = {
    accent: ["--assistant-accent", "--background-action-high-blue-france"],
    onAccent: ["--assistant-on-accent", "--text-inverted-blue-france"],
    background: ["--assistant-background", "--background-default-grey"],
    text: ["--assistant-text", "--text-default-grey"],
  };
  const ACCENT = variable("accent", "#1d5c63");
  const ON_ACCENT = variable("onAccent", "#fff");
  const CSS = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    .side { position: fixed; z-index: 2147483002; inset-block-end: 1rem; inset-inline-end: 1rem; }
    .side.away { inset-inline: 1rem auto; }
    button { font: 600 1rem/1.3 system-ui, sans-serif; min-height: 3rem; padding: .6rem 1.2rem; cursor: pointer;
      color: ${ON_ACCENT}; background: ${ACCENT}; border: 2px solid ${ON_ACCENT};
      border-radius: var(--assistant-radius, 8px); box-shadow: 0 1px 6px rgb(0 0 0 / 40%); }
    button:hover { text-decoration: underline; }
    button:focus-visible { outline: 3px solid ${ACCENT}; outline-offset: 3px; }
    .panel { position: fixed; z-index: 2147483001; inset: auto 1rem 5rem auto; width: min(26rem, calc(100vw - 2rem));
      height: min(42rem, calc(100vh - 6rem)); background: Canvas; border: 1px solid GrayText;
      border-radius: var(--assistant-radius, 8px); overflow: hidden; box-shadow: 0 2px 16px rgb(0 0 0 / 35%); }
    .panel.large { width: min(48rem, calc(100vw - 2rem)); height: calc(100vh - 6rem); }
    @media (max-width: 34rem), (max-height: 34rem) {
      .panel, .panel.large { inset: 0; width: auto; height: auto; border: 0; border-radius: 0; }
      .side:has(+ .ready:not([hidden])) { display: none; }
    }
    [hidden] { display: none; }
    iframe { display: block; width: 100%; height: 100%; border: 0; }
    p { font: 1rem/1.5 system-ui, sans-serif; color: CanvasText; margin: 0; padding: 1rem; }
    @media print { :host { display: none; } }`;

  /** @type {HTMLIFrameElement | null} */
  let frame = null;
  let ready = false;

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(CSS);
  root.adoptedStyleSheets = [style];

  const side = make("div", { class: "side" });
  const opener = make("button", { type: "button", "aria-expanded": "false", "aria-controls": "panel" });
  const panel = make("section", { class: "panel", id: "panel", "aria-label": WORDS.frame });
  const probe = make("span", {});
  opener.textContent = WORDS.open;
  panel.hidden = probe.hidden = true;
  side.append(opener);
  root.append(side, panel, probe);

  opener.addEventListener("click", () => (panel.hidden ? open(true) : close()));
  panel.addEventListener("keydown", (event) => event.key === "Escape" && close());
  window.addEventListener("message", hear);
  document.addEventListener("focusin", uncover);

  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);

  function start() {
    document.body.append(host);
    // Room for the button, so that what the keyboard reaches is not behind it; the host's own rule wins.
    const room = new CSSStyleSheet();
    room.replaceSync(":where(html) { scroll-padding-bottom: 5rem; }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, room];
    if (recall()) open(false);
  }

  /** @param {boolean} focus false when the person only came to another page of the host */
  function open(focus) {
    panel.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    opener.textContent = WORDS.close;
    remember(true);
    if (!frame) {
      frame = load(focus);
    } else {
      greet(focus);
    }
  }

  /** @param {boolean} focus */
  function load(focus) {
    const site = encodeURIComponent(/** @type {HTMLScriptElement} */ (script).dataset["site"] ?? "");
    const made = make("iframe", {
      title: WORDS.frame,
      allow: `clipboard-write ${ORIGIN}`,
      referrerpolicy: "no-referrer",
      src: `${ORIGIN}/widget/frame?site=${site}`,
    });
    made.addEventListener("load", () => greet(focus));
    setTimeout(() => {
      if (ready) return;
      const failed = make("p", { role: "alert" });
      failed.textContent = WORDS.failed;
      panel.prepend(failed);
    }, READY_WITHIN);
    panel.append(made);
    new MutationObserver(sendTheme).observe(document.documentElement, { attributes: true });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", sendTheme);
    return made;
  }

  function close() {
    panel.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    opener.textContent = WORDS.open;
    remember(false);
    opener.focus();
  }

  /** @param {boolean} focus */
  function greet(focus) {
    sendTheme();
    if (focus) frame?.focus();
    tell({ verb: "open", focus });
  }

  /** @param {MessageEvent} event */
  function hear({ source, origin, data }) {
    if (!frame || source !== frame.contentWindow || origin !== ORIGIN || data?.assistant !== PROTOCOL) return;
    if (data.verb === "ready") {
      ready = true;
      // From now on the frame has a button of its own to close with.
      panel.classList.add("ready");
      panel.querySelector("p")?.remove();
    }
    if (data.verb === "close") close();
    if (data.verb === "resize") panel.classList.toggle("large", data.size === "large");
  }

  /** @param {object} message */
  function tell(message) {
    frame?.contentWindow?.postMessage({ assistant: PROTOCOL, ...message }, ORIGIN);
  }

  function sendTheme() {
    /** @type {Record<string, string | number>} */
    const theme = {};
    for (const name of Object.keys(VARIABLES)) {
      probe.style.color = variable(name, "transparent");
      const computed = getComputedStyle(probe).color;
      if (/^rgb\(/.test(computed)) theme[name] = computed;
    }
    probe.style.borderRadius = "var(--assistant-radius, 8px)";
    theme["radius"] = Math.min(parseFloat(getComputedStyle(probe).borderTopLeftRadius) || 0, 24);
    tell({ verb: "theme", theme });
  }

  /**
   * Steps aside when the host's focus is behind the button.
   * @param {FocusEvent} event
   */
  function uncover({ target }) {
    side.classList.remove("away");
    if (!(target instanceof Element) || target === host) return;
    const [a, b] = [target.getBoundingClientRect(), side.getBoundingClientRect()];
    const covered = a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
    side.classList.toggle("away", covered);
  }

  /** @param {boolean} on kept for this tab while the person goes through the host's pages */
  function remember(on) {
    try {
      if (on) sessionStorage.setItem(KEPT, "1");
      else sessionStorage.removeItem(KEPT);
    } catch {
      // Storage refused: the widget starts closed on the next page.
    }
  }

  function recall() {
    try {
      return sessionStorage.getItem(KEPT) === "1";
    } catch {
      return false;
    }
  }

  /**
   * @param {string} name
   * @param {string} fallback
   */
  function variable(name, fallback) {
    const [own, state] = VARIABLES[name] ?? [];
    return `var(${own}, var(${state}, ${fallback}))`;
  }

  /**
   * @template {keyof HTMLElementTagNameMap} K
   * @param {K} tag
   * @param {Record<string, string>} attributes
   * @returns {HTMLElementTagNameMap[K]}
   */
  function make(tag, attributes) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }
})();
