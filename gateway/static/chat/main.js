// Puts the page together: the same for the public page and for the widget's frame.

import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { byId } from "./dom.js";
import { listen } from "./frame.js";
import { openIncident } from "./incident.js";
import { keepNotices } from "./notices.js";
import { Answers } from "./offline.js";
import { installOptions } from "./options.js";
import { Session } from "./session.js";
import { t } from "./strings.js";
import { Thread } from "./thread.js";

// Where the panel fills the screen anyway, in pixels.
const SMALL_SCREEN = 544;

const { surface = "page", site = "", idle, life, origins = "" } = document.documentElement.dataset;
const minutes = { idle: Number(idle), life: Number(life) };

const composer = new Composer((text, shown) => chat.send({ text }, shown));
const thread = new Thread(byId("thread", HTMLElement), {
  choose: ({ id, title }) => void chat.send({ button: id }, title),
  judge: (message, useful, reason) => chat.judge(message, useful, reason),
  incident: openIncident,
});
const session = new Session(`assistant-${surface}`, minutes, {
  warn: (left) => void thread.say(t("expires", { minutes: left })),
  end: () => void thread.say(t("expired")),
});
const chat = new Chat({ surface, site: site || null }, session, thread, composer, new Answers());

// Until here the page is a search form; these say so, or need this module.
byId("without-script", HTMLElement).hidden = true;
byId("options", HTMLElement).hidden = false;
installOptions(chat, composer, minutes);
byId("incident", HTMLButtonElement).addEventListener("click", openIncident);
if (surface === "widget") inFrame();
keepNotices();
void chat.begin();

function inFrame() {
  const hosts = origins.split(" ").map((origin) => (origin === "self" ? location.origin : origin));
  const host = listen(hosts, (focus) => focus && composer.focus());
  const resize = byId("resize", HTMLButtonElement);
  resize.hidden = screen.width < SMALL_SCREEN;
  resize.addEventListener("click", () => {
    const large = resize.getAttribute("aria-pressed") !== "true";
    resize.setAttribute("aria-pressed", String(large));
    host.resize(large ? "large" : "normal");
  });
  byId("close", HTMLButtonElement).addEventListener("click", () => host.close());
  document.addEventListener("keydown", (event) => {
    // Escape belongs to an open dialog first.
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) host.close();
  });
}
