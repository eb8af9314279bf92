// A dated summary of a problem, to print or to copy into the contact form. It never leaves the browser.

import { button, el } from "./dom.js";
import { inline } from "./markup.js";
import { copy } from "./options.js";
import { moment, t } from "./strings.js";

const QUESTIONS = ["what", "when", "page", "message", "tried"];

/** Opens the dialog; focus comes back to where it was when it closes. */
export function openIncident() {
  const dialog = el("dialog", { class: "incident", "aria-labelledby": "incident-title" });
  const title = el("h2", { id: "incident-title" }, t("incident_title"));
  const form = questions();
  const result = el("div", { hidden: true });
  const close = button(t("incident_close"), () => dialog.close(), { class: "quiet" });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    result.replaceChildren(...summary(text(form), () => swap(result, form)));
    swap(form, result);
    result.querySelector("h3")?.focus();
  });
  dialog.append(title, form, result, close);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function questions() {
  const fields = QUESTIONS.flatMap((name) => {
    const id = `incident-${name}`;
    const hint = name === "page" ? el("p", { id: `${id}-hint`, class: "hint" }, t("incident_page_hint")) : null;
    return [el("label", { for: id }, t(`incident_${name}`)), ...(hint ? [hint] : []), control(name, id)];
  });
  return el(
    "form",
    {},
    el("p", {}, t("incident_intro")),
    el("p", { class: "warning" }, t("incident_warning")),
    ...fields,
    el("button", { type: "submit" }, t("incident_make")),
  );
}

/**
 * @param {string} name
 * @param {string} id
 */
function control(name, id) {
  if (name === "when") return el("input", { id, name, type: "datetime-local", value: localNow() });
  const shared = { id, name, autocomplete: "off" };
  if (name === "page") return el("input", { ...shared, type: "text", inputmode: "url", "aria-describedby": `${id}-hint` });
  return el("textarea", { ...shared, rows: "2" });
}

/**
 * @param {string} written
 * @param {() => void} edit
 */
function summary(written, edit) {
  const said = el("p", { role: "status" });
  const copied = () => void copy(written).then((done) => (said.textContent = t(done ? "incident_copied" : "copy_failed")));
  const print = () => {
    document.body.classList.add("print-summary");
    window.addEventListener("afterprint", () => document.body.classList.remove("print-summary"), { once: true });
    window.print();
  };
  return [
    el("h3", { tabindex: "-1" }, t("incident_result")),
    el("pre", { class: "summary", tabindex: "0", role: "region", "aria-label": t("incident_result") }, written),
    el("p", {}, inline(t("incident_next"))),
    el(
      "div",
      { class: "row" },
      button(t("incident_copy"), copied),
      button(t("incident_print"), print),
      button(t("incident_edit"), edit, { class: "quiet" }),
    ),
    said,
  ];
}

/** @param {HTMLFormElement} form */
function text(form) {
  const data = new FormData(form);
  const parts = QUESTIONS.map((name) => {
    const value = String(data.get(name) ?? "").trim();
    return `${t(`incident_${name}`)}\n${shown(name, value) || t("incident_blank")}`;
  });
  return [t("incident_header", { date: moment(new Date()) }), ...parts].join("\n\n");
}

/**
 * @param {string} name
 * @param {string} value
 */
function shown(name, value) {
  if (name === "when" && value) return moment(new Date(value));
  // The rest of an address may hold a token (confirmation and reset links do).
  return name === "page" ? value.replace(/[?#].*$/, "") : value;
}

/** @returns {string} as datetime-local wants it, to the minute */
function localNow() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/**
 * @param {HTMLElement} from
 * @param {HTMLElement} to
 */
function swap(from, to) {
  from.hidden = true;
  to.hidden = false;
  to.querySelector("textarea")?.focus();
}
