// The sign-out button of every page.

import { post } from "./server.js";

document.getElementById("sign-out")?.addEventListener("click", async () => {
  const { location } = await post("/console/api/session/end", {});
  window.location.assign(location);
});
