// Stands behind every one of Camunda's web applications: where Dunlin's own pages are, and the way back to them.
"use strict";

/** Where Dunlin's own pages are; ends with a slash. */
export const start = () => document.querySelector("base").getAttribute("app-root").replace(/\/camunda$/, "") + "/";

/** A piece of one of Dunlin's pages, in the language of the browser; null for who may not see it. */
export const piece = async (path) => {
  try {
    const answer = await fetch(start() + path, { headers: { Accept: "text/html" }, redirect: "error" });
    return answer.ok ? await answer.text() : null;
  } catch (e) {
    return null;
  }
};

document.addEventListener(
  "click",
  (event) => {
    if (event.target.closest(".navbar-brand")) {
      event.preventDefault();
      event.stopPropagation();
      location.assign(start());
    }
  },
  true,
);
