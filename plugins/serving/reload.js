// Added to every page by the development server: loads the page again after each good build,
// and shows the problems of a bad one.
"use strict";

const style = document.createElement("link");
style.rel = "stylesheet";
style.href = "/-/reload.css";
document.head.append(style);

const panel = document.createElement("pre");
panel.className = "gongkai-problems";
panel.setAttribute("role", "alert");

let seen = null;

const events = new EventSource("/-/events");

// The server starts again when its own code changes: what it shows then may be all new.
let isLost = false;
events.addEventListener("error", () => {
  isLost = true;
});
events.addEventListener("open", () => {
  if (isLost) location.reload();
});

events.addEventListener("message", (event) => {
  const state = JSON.parse(event.data);
  seen ??= state.build;
  if (state.build !== seen) {
    location.reload();
    return;
  }
  panel.textContent = state.problem;
  if (state.problem) document.body.append(panel);
  else panel.remove();
});
