// Sorting the inbox: a button puts its group into a state; the group leaves the list, the next one has the focus.

import { post, Refusal } from "./server.js";

const told = document.getElementById("sorted");

for (const group of document.querySelectorAll("li.group")) {
  for (const choice of group.querySelectorAll("button")) {
    choice.addEventListener("click", () => void sort(group, choice));
  }
}

/**
 * @param {Element} group
 * @param {HTMLButtonElement} choice
 */
async function sort(group, choice) {
  const { group: id = "" } = /** @type {HTMLElement} */ (group).dataset;
  const { state = "" } = choice.dataset;
  try {
    await post(`/console/api/inbox/${id}`, { state });
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    tell(refusal.message);
    return;
  }
  const next = group.nextElementSibling ?? group.previousElementSibling;
  tell(`${group.querySelector("h2")?.textContent ?? ""} : ${choice.textContent}`);
  group.remove();
  next?.querySelector("h2")?.focus();
}

/** @param {string} text */
function tell(text) {
  if (told) told.textContent = text;
}
